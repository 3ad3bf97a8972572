// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class MessageRingTest {

    private static final int CAPACITY = 256;

    private final ByteBuffer memory =
            ByteBuffer.allocateDirect(MessageRing.COUNTERS + CAPACITY).order(ByteOrder.nativeOrder());
    private final MessageRing in = ring();
    private final MessageRing out = ring();

    private MessageRing ring() {
        return new MessageRing(memory, 0, MessageRing.COUNTERS, CAPACITY);
    }

    private static byte[] bytes(int length, int first) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    @Test
    void messages_ofAllLengths_comeAsTheyWere_aroundTheEndToo() throws Exception {
        ArrayDeque<byte[]> sent = new ArrayDeque<>();
        Random random = new Random(7);
        int taken = 0;
        for (int i = 0; taken < 20_000; i++) {
            byte[] message = bytes(random.nextInt(in.longest() + 1), i);
            if (in.put(i & 127, sent.size(), message, 0, message.length)) {
                sent.add(message);
                in.publish();
            }
            while (random.nextInt(3) == 0 && out.take()) {
                assertThat(out.bytes()).isEqualTo(sent.poll());
                out.release();
                taken++;
            }
        }
    }

    @Test
    void message_isNotSeenBeforeItIsPublished() throws Exception {
        in.put(1, 2, bytes(10, 0), 3, 4);
        assertThat(out.take()).isFalse();
        in.publish();
        assertThat(out.take()).isTrue();
        assertThat(out.type()).isEqualTo(1);
        assertThat(out.number()).isEqualTo(2);
        assertThat(out.bytes()).isEqualTo(bytes(4, 3));
        out.release();
        assertThat(out.take()).isFalse();
    }

    @Test
    void ringWithoutRoom_refuses_andChangesNothing() throws Exception {
        byte[] half = bytes(in.longest(), 0);
        assertThat(in.put(1, 1, half, 0, half.length)).isTrue();
        assertThat(in.put(1, 2, half, 0, half.length)).isTrue();
        assertThat(in.put(1, 3, half, 0, 0)).isFalse();
        in.publish();
        for (int i = 1; i <= 2; i++) {
            assertThat(out.take()).isTrue();
            assertThat(out.number()).isEqualTo(i);
            out.release();
        }
        assertThat(out.take()).isFalse();
        assertThat(in.put(1, 4, half, 0, half.length)).isTrue();
    }

    @Test
    void whoHasAskedForRoom_isTold_onceTheRingIsHalfEmpty() throws Exception {
        byte[] quarter = bytes(CAPACITY / 4 - MessageRing.HEAD, 0);
        for (int i = 0; i < 4; i++) {
            assertThat(in.put(1, i, quarter, 0, quarter.length)).isTrue();
        }
        in.publish();
        assertThat(out.isAskedForRoom()).isFalse();
        in.askForRoom();
        assertThat(out.take()).isTrue();
        out.release();
        assertThat(out.isAskedForRoom()).isFalse();
        assertThat(out.take()).isTrue();
        out.release();
        assertThat(out.isAskedForRoom()).isTrue();
        assertThat(out.isAskedForRoom()).isFalse();
    }

    @Test
    void ringThatIsBroken_isNotBelieved() {
        Random random = new Random(3);
        for (int round = 0; round < 2_000; round++) {
            for (int i = 0; i < memory.capacity(); i++) {
                memory.put(i, (byte) (random.nextInt(4) == 0 ? random.nextInt() : 0));
            }
            MessageRing broken = ring();
            try {
                for (int i = 0; i < 10 && broken.take(); i++) {
                    assertThat(broken.bytes().length).isLessThanOrEqualTo(CAPACITY);
                    broken.release();
                }
            } catch (StreamCorruptedException expected) {
                assertThat(expected).hasMessageContaining("; ");
            }
        }
    }

    @Test
    void length_thatIsNone_isRefused() {
        in.put(1, 1, bytes(8, 0), 0, 8);
        in.publish();
        memory.putInt(MessageRing.COUNTERS + (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? 4 : 0), -5);
        assertThatExceptionOfType(StreamCorruptedException.class)
                .isThrownBy(out::take)
                .withMessageContaining("a message of -5 bytes");
    }

    @Test
    void capacity_thatIsNoPowerOfTwo_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MessageRing(memory, 0, 0, 100))
                .withMessage("capacity: 100; expected a power of two");
    }

    @Test
    void whoIsAboutToSleep_seesWhatCameBeforeThatWasTold() throws Exception {
        assertThat(out.take()).isFalse();
        assertThat(in.put(1, 0, bytes(8, 0), 0, 8)).isTrue();
        in.publish();
        assertThat(in.isToBeWoken()).isFalse();
        assertThat(out.maySleep()).isFalse();
        assertThat(out.take()).isTrue();
        out.release();
        assertThat(out.take()).isFalse();
        assertThat(out.maySleep()).isTrue();
        in.publish();
        assertThat(in.isToBeWoken()).isTrue();
        assertThat(in.isToBeWoken()).as("told once").isFalse();
    }

    @Test
    void whoSleeps_isWokenForEachMessage() {
        int messages = 50_000;
        try (TestThreads threads = new TestThreads()) {
            TestThread<Integer> taker = threads.start("taker", () -> take(messages));
            threads.start("putter", () -> {
                byte[] message = bytes(20, 0);
                for (int i = 0; i < messages; i++) {
                    while (!in.put(1, i, message, 0, i % 20)) {
                        ring(taker);
                        Thread.yield();
                    }
                    if (i % 3 == 0) {
                        ring(taker);
                    }
                }
                ring(taker);
            });
            assertThat(taker.result()).isEqualTo(messages);
        }
    }

    private void ring(TestThread<?> taker) {
        in.publish();
        if (in.isToBeWoken()) {
            LockSupport.unpark(taker.thread());
        }
    }

    private int take(int messages) throws StreamCorruptedException {
        int taken = 0;
        while (taken < messages) {
            if (out.take()) {
                assertThat(out.number()).isEqualTo(taken);
                assertThat(out.bytes()).isEqualTo(Arrays.copyOf(bytes(20, 0), taken % 20));
                out.release();
                taken++;
            } else if (out.maySleep()) {
                LockSupport.park(this);
            }
        }
        return taken;
    }
}
