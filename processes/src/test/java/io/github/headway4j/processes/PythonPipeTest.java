// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.Python;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What CPython's tests demand of {@code multiprocessing.Pipe} and of {@code connection.wait}. */
class PythonPipeTest {

    private static final Duration SHORT = Duration.ofMillis(5);

    @Test
    @Python({"M40", "M41", "M44", "M45"})
    void childThatEchoes_objectsBytesAndSixteenMebibytes_thenTheEnd() throws Exception {
        try (Pipe pipe = Pipe.open()) {
            PipeEnd there = pipe.second();
            try (OtherJvm child = OtherJvm.start(talk -> {
                try (PipeEnd end = there) {
                    for (Object message = end.receive(); message != null; message = end.receive()) {
                        end.send(message);
                    }
                }
                talk.hear(); // lives on: it is the closing that is told
            })) {
                there.close(); // the child has read its own from its first line when it answers
                PipeEnd here = pipe.first();
                List<Object> sequence = List.of(1, 2.25, List.of("nested", List.of(3)));
                here.send(sequence);
                assertThat(here.receive()).isEqualTo(sequence);
                here.sendBytes("hello".getBytes(StandardCharsets.US_ASCII));
                assertThat(here.receiveBytes())
                        .asString(StandardCharsets.US_ASCII)
                        .isEqualTo("hello");
                assertThat(here.poll()).isFalse();
                assertThat(here.poll(Duration.ofSeconds(-1))).isFalse();
                long start = System.nanoTime();
                assertThat(here.poll(SHORT)).isFalse();
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT);
                here.sendBytes(new byte[0]);
                here.sendBytes(new byte[] {1});
                assertThat(here.poll(Duration.ofMinutes(1))).isTrue();
                assertThat(here.receiveBytes()).isEmpty();
                assertThat(here.receiveBytes()).containsExactly(1);
                byte[] large = new byte[16 << 20];
                new Random(1).nextBytes(large);
                here.sendBytes(large);
                assertThat(Arrays.equals(here.receiveBytes(), large)).isTrue();
                here.send(null);
                assertThatThrownBy(here::receive).isInstanceOf(EOFException.class);
                assertThat(here.poll()).isTrue();
                assertThatThrownBy(() -> here.send(1)).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    @Python("M42")
    void simplexPipe_firstReceives_secondSends() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            pipe.second().send(1);
            assertThat(pipe.first().receive()).isEqualTo(1);
            assertThatThrownBy(() -> pipe.first().send(2)).isInstanceOf(NonWritableChannelException.class);
            assertThatThrownBy(() -> pipe.second().receive()).isInstanceOf(NonReadableChannelException.class);
            assertThatThrownBy(() -> pipe.second().poll()).isInstanceOf(NonReadableChannelException.class);
        }
    }

    @Test
    @Python("M43")
    void partsOfAnArray_areSent_andWhatIsNoPartIsRefused() throws Exception {
        byte[] letters = "abcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.US_ASCII);
        try (Pipe pipe = Pipe.open()) {
            int[][] parts = {{0, 26}, {5, 21}, {7, 8}, {26, 0}, {0, 0}};
            for (int[] part : parts) {
                pipe.first().sendBytes(letters, part[0], part[1]);
                assertThat(pipe.second().receiveBytes())
                        .isEqualTo(Arrays.copyOfRange(letters, part[0], part[0] + part[1]));
            }
            int[][] noParts = {{27, 0}, {22, 5}, {26, 1}, {-1, 1}, {4, -1}};
            for (int[] part : noParts) {
                assertThatThrownBy(() -> pipe.first().sendBytes(letters, part[0], part[1]))
                        .isInstanceOf(IndexOutOfBoundsException.class);
            }
            assertThat(pipe.second().poll()).isFalse();
        }
    }

    @Test
    @Python({"M43", "M44"})
    void messagesThatAreTooLong_areRefusedAndStay_othersAreReceivedWhole() throws Exception {
        try (Pipe pipe = Pipe.open()) {
            pipe.first().sendBytes(new byte[] {1, 2, 3});
            assertThatThrownBy(() -> pipe.second().receiveBytes(2))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("3 bytes long; expected at most 2");
            assertThatThrownBy(() -> pipe.second().receiveBytes(-1)).isInstanceOf(IllegalArgumentException.class);
            byte[] target = new byte[5];
            assertThatThrownBy(() -> pipe.second().receiveBytes(target, 3)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> pipe.second().receiveBytes(target, 6))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(pipe.second().receiveBytes(target, 1)).isEqualTo(3);
            assertThat(target).containsExactly(0, 1, 2, 3, 0);
            pipe.first().sendBytes(new byte[0]);
            pipe.first().sendBytes(new byte[] {4, 5});
            pipe.first().sendBytes(new byte[] {6});
            assertThat(pipe.second().receiveBytes(0)).isEmpty();
            assertThat(pipe.second().receiveBytes(2)).containsExactly(4, 5);
            assertThat(pipe.second().receiveBytes(target, 4)).isEqualTo(1);
        }
    }

    /** Killed without a word; noticed by one who waits, one who polls, and one who sends. */
    @Test
    @Python("M45")
    void childThatIsKilled_isTheEnd() throws Exception {
        try (Pipe pipe = Pipe.open()) {
            PipeEnd there = pipe.second();
            PipeEnd here = pipe.first();
            try (OtherJvm child = OtherJvm.start(talk -> {
                there.send("last words");
                talk.hear();
            })) {
                there.close();
                assertThat(here.receive()).isEqualTo("last words");
                assertThat(here.poll()).isFalse();
                child.kill();
                assertThatThrownBy(here::receive).isInstanceOf(EOFException.class);
                assertThat(here.poll()).isTrue();
                assertThatThrownBy(() -> here.send("hello")).hasMessageContaining("broken pipe");
            }
        }
    }

    @Test
    @Python("M46")
    void tryWithResources_closes() throws Exception {
        Pipe pipe = Pipe.open();
        try (PipeEnd first = pipe.first();
                PipeEnd second = pipe.second()) {
            first.send(1234);
            assertThat(second.receive()).isEqualTo(1234);
        }
        assertThat(pipe.first().isOpen()).isFalse();
        assertThat(pipe.second().isOpen()).isFalse();
    }

    /** Four senders, two of them killed when they have sent all: each message is received, and each end is told. */
    @Test
    @Python("M47")
    void waitOverFourReaders_collectsAllMessages_andAllEnds() throws Exception {
        int messages = 10;
        List<Pipe> pipes = new ArrayList<>();
        List<PipeEnd> senders = new ArrayList<>();
        Set<PipeEnd> readers = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            Pipe pipe = Pipe.oneWay();
            pipes.add(pipe);
            readers.add(pipe.first());
            senders.add(pipe.second());
        }
        PipeEnd[] ofOne = {senders.get(0), senders.get(1)};
        PipeEnd[] ofOther = {senders.get(2), senders.get(3)};
        try (OtherJvm one = OtherJvm.start(talk -> send(ofOne, messages, talk));
                OtherJvm other = OtherJvm.start(talk -> send(ofOther, messages, talk))) {
            senders.forEach(PipeEnd::close);
            assertThat(Pipe.waitAny(readers, Duration.ofSeconds(-1))).isEmpty();
            one.tell("go");
            other.tell("go");
            List<Object> got = new ArrayList<>();
            boolean killed = false;
            while (!readers.isEmpty()) {
                for (PipeEnd reader : Pipe.waitAny(readers, Duration.ofMinutes(1))) {
                    try {
                        got.add(reader.receive());
                    } catch (EOFException end) {
                        readers.remove(reader);
                    }
                }
                if (got.size() == 4 * messages && !killed) {
                    assertThat(Pipe.waitAny(readers, SHORT)).isEmpty();
                    one.kill();
                    other.tell("close");
                    killed = true;
                }
            }
            assertThat(got).hasSize(4 * messages);
            for (int i = 0; i < messages; i++) {
                int number = i;
                assertThat(got.stream().filter(message -> message.equals(number)))
                        .hasSize(4);
            }
        } finally {
            pipes.forEach(Pipe::close);
        }
    }

    private static void send(PipeEnd[] ends, int messages, OtherJvm.Talk talk) throws Exception {
        talk.hear();
        for (int i = 0; i < messages; i++) {
            for (PipeEnd end : ends) {
                end.send(i);
            }
        }
        talk.hear();
        for (PipeEnd end : ends) {
            end.close();
        }
        talk.hear();
    }
}
