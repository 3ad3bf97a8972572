// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.Rounds;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.io.EOFException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A pipe as one process sees it. */
class PipeTest {

    private static final Duration SHORT = Duration.ofMillis(2);

    @Test
    void messages_goBothWays_withoutMeeting() throws Exception {
        try (Pipe pipe = Pipe.open()) {
            pipe.first().send("to the second");
            pipe.second().send(List.of("to", "the", "first"));
            assertThat(pipe.first().receive()).isEqualTo(List.of("to", "the", "first"));
            assertThat(pipe.second().receive()).isEqualTo("to the second");
            assertThat(pipe.first().poll()).isFalse();
        }
    }

    @Test
    void null_isAMessage() throws Exception {
        try (Pipe pipe = Pipe.open()) {
            pipe.first().send(null);
            assertThat(pipe.second().poll()).isTrue();
            assertThat(pipe.second().receive()).isNull();
        }
    }

    @Test
    void fullPipe_refusesATimedSend_andLetsItGoOnOnceThereIsRoom() throws Exception {
        try (Pipe pipe = Pipe.oneWay();
                TestThreads threads = new TestThreads()) {
            byte[] message = new byte[10_000];
            int sent = 0;
            while (pipe.second().send(message, Duration.ZERO)) {
                sent++;
            }
            assertThat(sent).isBetween(20, 30);
            assertThat(pipe.second().send(message, SHORT)).isFalse();
            TestThread<Void> sender =
                    threads.start("sender", () -> pipe.second().sendBytes(message));
            sender.awaitParked();
            for (int i = 0; i < sent; i++) {
                assertThat(pipe.first().receiveBytes()).hasSize(10_000);
            }
            sender.join();
            assertThat((byte[]) pipe.first().receive()).hasSize(10_000);
        }
    }

    @Test
    void messageThatCannotBeSerialized_isRefused_andThePipeGoesOn() throws Exception {
        try (Pipe pipe = Pipe.open()) {
            assertThatThrownBy(() -> pipe.first().send(new Object())).isInstanceOf(NotSerializableException.class);
            assertThat(pipe.second().poll()).isFalse();
            pipe.first().send("fine");
            assertThat(pipe.second().receive()).isEqualTo("fine");
        }
    }

    @Test
    void messageThatIsNotBytes_staysInThePipe() throws Exception {
        try (Pipe pipe = Pipe.open()) {
            pipe.first().send("text");
            assertThatThrownBy(() -> pipe.second().receiveBytes())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no array of bytes");
            assertThat(pipe.second().receive()).isEqualTo("text");
            pipe.first().send(new byte[] {1, 2});
            assertThat(pipe.second().receiveBytes()).containsExactly(1, 2);
            pipe.first().sendBytes(new byte[] {3});
            assertThat((byte[]) pipe.second().receive()).containsExactly(3);
        }
    }

    /** Such a message is a file beside the pipe, of which no more is read than it takes to refuse it. */
    @Test
    void longMessage_isRefusedByItsFirstBytes_andStays() throws Exception {
        try (Pipe pipe = Pipe.open()) {
            byte[] large = new byte[1 << 20];
            large[large.length - 1] = 7;
            pipe.first().sendBytes(large);
            assertThatThrownBy(() -> pipe.second().receiveBytes(10))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("1048576 bytes long; expected at most 10");
            SharedRing.Inspection curious = new SharedRing.Inspection() {
                @Override
                public int looksAt() {
                    return 5;
                }

                @Override
                public boolean takes(WireBuffer message) {
                    assertThat(message.remaining()).isEqualTo(5);
                    return false;
                }
            };
            assertThat(pipe.second().incoming().head().tryTake(new WireBuffer(), curious))
                    .isEqualTo(SharedRing.Result.WAIT);
            assertThat(pipe.second().receiveBytes(large.length)).isEqualTo(large);
            pipe.first().send("x".repeat(1 << 20));
            assertThatThrownBy(() -> pipe.second().receiveBytes()).hasMessageContaining("no array of bytes");
            assertThat((String) pipe.second().receive()).hasSize(1 << 20);
        }
    }

    @Test
    void oneWay_goesOneWay() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            List<Executable> reads = List.of(
                    () -> pipe.second().receive(),
                    () -> pipe.second().receive(SHORT),
                    () -> pipe.second().receiveBytes(),
                    () -> pipe.second().poll(),
                    () -> pipe.second().poll(SHORT),
                    () -> Pipe.waitAny(List.of(pipe.second()), SHORT));
            for (Executable read : reads) {
                assertThatThrownBy(read::execute).isInstanceOf(NonReadableChannelException.class);
            }
            assertThatThrownBy(() -> pipe.first().send(1)).isInstanceOf(NonWritableChannelException.class);
            assertThatThrownBy(() -> pipe.first().sendBytes(new byte[1]))
                    .isInstanceOf(NonWritableChannelException.class);
        }
    }

    @Test
    void closedEnd_refusesEverything_andCanBeClosedAgain() throws Exception {
        try (Pipe pipe = Pipe.open()) {
            PipeEnd end = pipe.first();
            assertThat(end.isOpen()).isTrue();
            end.close();
            end.close();
            assertThat(end.isOpen()).isFalse();
            List<Executable> calls = List.of(
                    () -> end.send(1),
                    () -> end.send(1, SHORT),
                    () -> end.sendBytes(new byte[1]),
                    end::receive,
                    () -> end.receive(SHORT),
                    end::receiveBytes,
                    end::poll,
                    () -> end.poll(SHORT),
                    () -> Pipe.waitAny(List.of(end), SHORT));
            for (Executable call : calls) {
                assertThatThrownBy(call::execute).isInstanceOf(ClosedChannelException.class);
            }
            assertThatThrownBy(() -> Copies.of(end)).isInstanceOf(NotSerializableException.class);
            assertThat(end.toString()).contains("closed");
        }
    }

    @Test
    void closingAnEnd_wakesThoseWhoWaitAtIt() throws Exception {
        try (Pipe pipe = Pipe.open();
                TestThreads threads = new TestThreads()) {
            TestThread<Void> receiver = threads.start("receiver", () -> {
                assertThatThrownBy(() -> pipe.first().receive()).isInstanceOf(ClosedChannelException.class);
            });
            receiver.awaitParked();
            pipe.first().close();
            receiver.join();
        }
    }

    // ---- the other end ----

    @Test
    void otherEndClosed_whatWasSentIsReceived_thenTheEnd_andNothingCanBeSent() throws Exception {
        try (Pipe pipe = Pipe.open()) {
            pipe.second().send(1);
            pipe.second().send(2);
            pipe.second().close();
            assertThat(pipe.first().receive()).isEqualTo(1);
            assertThat(pipe.first().receive(SHORT)).isEqualTo(2);
            assertThat(pipe.first().poll()).isTrue();
            assertThat(Pipe.waitAny(List.of(pipe.first()), Duration.ZERO)).containsExactly(pipe.first());
            assertThatThrownBy(() -> pipe.first().receive()).isInstanceOf(EOFException.class);
            assertThatThrownBy(() -> pipe.first().receive(Duration.ZERO)).isInstanceOf(EOFException.class);
            assertThatThrownBy(() -> pipe.first().receiveBytes()).isInstanceOf(EOFException.class);
            assertThatThrownBy(() -> pipe.first().send(3))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(ClosedChannelException.class)
                    .hasMessageContaining("broken pipe");
        }
    }

    @Test
    void closingTheOtherEnd_wakesThoseWhoWait() throws Exception {
        try (Pipe pipe = Pipe.open();
                TestThreads threads = new TestThreads()) {
            TestThread<Void> receiver = threads.start("receiver", () -> {
                assertThatThrownBy(() -> pipe.first().receive()).isInstanceOf(EOFException.class);
            });
            byte[] message = new byte[30_000];
            while (pipe.first().send(message, Duration.ZERO)) {}
            TestThread<Void> sender = threads.start("sender", () -> {
                assertThatThrownBy(() -> pipe.first().send(message)).hasMessageContaining("broken pipe");
            });
            receiver.awaitParked();
            sender.awaitParked();
            pipe.second().close();
            receiver.join();
            sender.join();
        }
    }

    @Test
    void endThatSeveralHave_isOpenUntilAllHaveClosedIt() throws Exception {
        try (Pipe pipe = Pipe.open()) {
            List<PipeEnd> copies = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                copies.add(Copies.of(pipe.second()));
            }
            pipe.second().close();
            for (PipeEnd copy : copies) {
                pipe.first().send("hello");
                assertThat(copy.receive()).isEqualTo("hello");
                assertThat(pipe.first().poll()).isFalse();
                copy.close();
            }
            assertThat(pipe.first().poll()).isTrue();
            assertThatThrownBy(() -> pipe.first().receive()).isInstanceOf(EOFException.class);
        }
    }

    /** A pipe of which somebody else has an end, too. */
    private static final class Ends {
        final Pipe pipe;
        final PipeEnd elsewhere;

        Ends() {
            try {
                pipe = Pipe.open();
                elsewhere = Copies.of(pipe.second());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void bothEndsClosedAtTheSameTime_leaveThePipeInOrder() {
        Rounds.of(300, Ends::new)
                .body("first", ends -> ends.pipe.first().close())
                .body("second", ends -> ends.pipe.second().close())
                .check(ends -> {
                    try (PipeEnd elsewhere = ends.elsewhere) {
                        assertThat(elsewhere.poll())
                                .as("nobody is at the first end")
                                .isTrue();
                    }
                })
                .run(ThreadKind.PLATFORM);
    }

    @Test
    void endOnItsWay_isOpen() throws Exception {
        try (Pipe pipe = Pipe.open();
                Pipe carrier = Pipe.open()) {
            carrier.first().send(pipe.second());
            pipe.second().close();
            assertThat(pipe.first().poll()).as("a message or the end").isFalse();
            pipe.first().send("for whom it concerns");
            try (PipeEnd arrived = (PipeEnd) carrier.second().receive()) {
                assertThat(arrived.receive()).isEqualTo("for whom it concerns");
                arrived.send("thanks");
            }
            assertThat(pipe.first().receive()).isEqualTo("thanks");
            assertThatThrownBy(() -> pipe.first().receive()).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void creatorThatHasClosedBothEnds_withOneOnItsWay_letsItArrive() throws Exception {
        try (Pipe carrier = Pipe.open()) {
            Pipe pipe = Pipe.open();
            carrier.first().send(pipe.first());
            carrier.first().send(pipe.second());
            pipe.close();
            try (PipeEnd first = (PipeEnd) carrier.second().receive();
                    PipeEnd second = (PipeEnd) carrier.second().receive()) {
                first.send("still there");
                assertThat(second.receive()).isEqualTo("still there");
            }
        }
    }

    @Test
    void endInAMessageThatIsNotSent_isNotOnItsWay() throws Exception {
        try (Pipe pipe = Pipe.open();
                Pipe carrier = Pipe.open();
                ProcessQueue<Object> full = ProcessQueue.create(1)) {
            full.put("the only one");
            carrier.first().send("the first one");
            List<Object> tooLong = List.of(pipe.second(), new byte[1 << 17]);
            List<Object> impossible = List.of(pipe.second(), new Object());
            for (int i = 0; i < 2 * PipeTable.PLACES; i++) {
                assertThat(full.offer(pipe.second())).isFalse();
                assertThat(full.offer(pipe.second(), Duration.ZERO)).isFalse();
                assertThat(carrier.first().send(tooLong, Duration.ZERO)).isFalse();
                assertThatThrownBy(() -> full.offer(impossible)).isInstanceOf(IllegalArgumentException.class);
            }
            pipe.second().close();
            assertThatThrownBy(() -> pipe.first().receive()).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void tooManyCopies_areRefused() throws Exception {
        try (Pipe pipe = Pipe.open()) {
            List<PipeEnd> copies = new ArrayList<>();
            for (int i = 1; i < PipeTable.PLACES; i++) {
                copies.add(Copies.of(pipe.second()));
            }
            assertThatThrownBy(() -> Copies.of(pipe.second())).hasStackTraceContaining("in use 32 times");
            copies.forEach(PipeEnd::close);
            Copies.of(pipe.second()).close();
        }
    }

    @Test
    void close_leavesNothingBehind() throws Exception {
        Pipe.open().close();
        try (Leaks leaks = Leaks.watch()) {
            try (Pipe pipe = Pipe.open();
                    PipeEnd copy = Copies.of(pipe.second())) {
                pipe.first().send(new byte[1 << 20]);
                copy.send(new byte[1 << 20]);
                pipe.first().receive();
            }
        }
    }

    // ---- waiting for several ----

    @Test
    void waitAny_tellsThoseThatAreReady_inTheirOrder() throws Exception {
        try (Pipe a = Pipe.open();
                Pipe b = Pipe.open();
                Pipe c = Pipe.open();
                TestThreads threads = new TestThreads()) {
            List<PipeEnd> ends = List.of(a.first(), b.first(), c.first());
            assertThat(Pipe.waitAny(ends, Duration.ZERO)).isEmpty();
            assertThat(Pipe.waitAny(ends, SHORT)).isEmpty();
            assertThat(Pipe.waitAny(ends, Duration.ofSeconds(-1))).isEmpty();
            assertThat(Pipe.waitAny(List.of(), SHORT)).isEmpty();
            TestThread<List<PipeEnd>> waiting = threads.start("waiting", () -> Pipe.waitAny(ends, Duration.ofHours(1)));
            waiting.awaitParked();
            b.second().send("b");
            assertThat(waiting.result()).containsExactly(b.first());
            c.second().close();
            assertThat(Pipe.waitAny(ends, Duration.ZERO)).containsExactly(b.first(), c.first());
        }
    }

    @Test
    void timedReceive_tellsThatTheTimeRanOut() throws Exception {
        try (Pipe pipe = Pipe.open()) {
            assertThatThrownBy(() -> pipe.first().receive(SHORT)).isInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> pipe.first().receive(Duration.ZERO)).isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void toString_tellsWhichEndItIs() throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            assertThat(pipe.first().toString()).contains("first, receives");
            assertThat(pipe.second().toString()).contains("second, sends");
            assertThat(pipe.toString()).startsWith("Pipe[PipeEnd[");
        }
    }
}
