// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.processes.SharedRing.Result;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ring in shared memory: its edges, and that it does what a queue of arrays does. */
class SharedRingTest {

    /** The smallest ring. */
    private static final int DATA = RingMemory.LEAST_DATA;

    /** A message up to this length goes into the smallest ring. */
    private static final int LONGEST_INLINE = DATA / 8 - RingMemory.PREFIX;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100})
    void capacity_isExact_whateverTheLengths(int capacity) throws Exception {
        for (int length : new int[] {0, 1, 8, 9, 100, LONGEST_INLINE, LONGEST_INLINE + 1, 2 * DATA}) {
            try (Ring ring = new Ring(capacity, DATA, true)) {
                for (int round = 0; round < 3; round++) {
                    for (int i = 0; i < capacity; i++) {
                        assertThat(ring.put(message(length, i))).isEqualTo(Result.DONE);
                        assertThat(ring.ring.size()).isEqualTo(i + 1);
                    }
                    assertThat(ring.put(message(length, 0))).isEqualTo(Result.WAIT);
                    assertThat(ring.put(message(0, 0))).isEqualTo(Result.WAIT);
                    for (int i = 0; i < capacity; i++) {
                        assertThat(ring.take()).isEqualTo(message(length, i));
                    }
                    assertThat(ring.take()).isNull();
                }
                assertThat(ring.files()).as("files beside the ring").isZero();
            }
        }
    }

    @Test
    void longMessages_goBesideTheRing_andTheirFilesGoWithThem() throws Exception {
        try (Ring ring = new Ring(3, DATA, true)) {
            assertThat(ring.put(message(LONGEST_INLINE, 1))).isEqualTo(Result.DONE);
            assertThat(ring.files()).isZero();
            assertThat(ring.put(message(LONGEST_INLINE + 1, 2))).isEqualTo(Result.DONE);
            assertThat(ring.files()).isEqualTo(1);
            assertThat(ring.put(message(100 * DATA, 3))).isEqualTo(Result.DONE);
            assertThat(ring.files()).isEqualTo(2);
            assertThat(ring.put(message(100 * DATA, 4))).isEqualTo(Result.WAIT);
            assertThat(ring.files()).as("a message that was not put").isEqualTo(2);
            assertThat(ring.take()).isEqualTo(message(LONGEST_INLINE, 1));
            assertThat(ring.take()).isEqualTo(message(LONGEST_INLINE + 1, 2));
            assertThat(ring.files()).isEqualTo(1);
            assertThat(ring.take()).isEqualTo(message(100 * DATA, 3));
            assertThat(ring.files()).isZero();
        }
    }

    @Test
    void everyPlaceInTheRing_isGoneThrough_withMessagesThatWrapAround() throws Exception {
        try (Ring ring = new Ring(20, DATA, true)) {
            for (int i = 0; i < 3_000; i++) {
                byte[] first = message(i % (LONGEST_INLINE + 1), i);
                byte[] second = message(i * 31 % 300, i);
                ring.put(first);
                ring.put(second);
                assertThat(ring.take()).isEqualTo(first);
                assertThat(ring.take()).isEqualTo(second);
            }
        }
    }

    @Test
    void randomSteps_doWhatAQueueOfArraysDoes() throws Exception {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int capacity = 1 + random.nextInt(random.nextBoolean() ? 4 : 120);
            try (Ring ring = new Ring(capacity, DATA, true)) {
                ArrayDeque<byte[]> model = new ArrayDeque<>();
                boolean closed = false;
                for (int step = 0; step < 400; step++) {
                    int choice = random.nextInt(100);
                    if (choice < 50) {
                        byte[] message = message(length(random), step);
                        Result expected = closed ? Result.CLOSED : model.size() == capacity ? Result.WAIT : Result.DONE;
                        assertThat(ring.put(message))
                                .as("seed %d, step %d", seed, step)
                                .isEqualTo(expected);
                        if (expected == Result.DONE) {
                            model.add(message);
                        }
                    } else if (choice < 98) {
                        assertThat(ring.take())
                                .as("seed %d, step %d", seed, step)
                                .isEqualTo(model.poll());
                    } else if (choice == 98) {
                        byte[] first = model.peek();
                        assertThat(ring.peek()).isEqualTo(first);
                    } else if (step > 300) {
                        closed |= ring.ring.close();
                    }
                    assertThat(ring.ring.size()).isEqualTo(model.size());
                    assertThat(ring.ring.isEnded()).isEqualTo(closed && model.isEmpty());
                }
                assertThat(ring.ring.notDone()).isEqualTo(ring.puts);
            }
        }
    }

    private static int length(Random random) {
        switch (random.nextInt(10)) {
            case 0:
                return 0;
            case 1:
                return LONGEST_INLINE + random.nextInt(3) - 1;
            case 2:
                return random.nextInt(10_000);
            default:
                return random.nextInt(200);
        }
    }

    @Test
    void ringThatDoesNotSpill_waitsForBytes_andWithALongMessageUntilItIsEmpty() throws Exception {
        try (Ring ring = new Ring(DATA, DATA, false)) {
            int fit = 0;
            while (ring.put(message(100, fit)) == Result.DONE) {
                fit++;
            }
            assertThat(fit).isEqualTo(DATA / 112);
            assertThat(ring.files()).isZero();
            assertThat(ring.put(message(2 * DATA, 0))).isEqualTo(Result.WAIT);
            for (int i = 0; i < fit; i++) {
                assertThat(ring.take()).isEqualTo(message(100, i));
                Result expected = i == fit - 1 ? Result.DONE : Result.WAIT;
                assertThat(ring.put(message(2 * DATA, 0))).isEqualTo(expected);
                assertThat(ring.files()).isEqualTo(i == fit - 1 ? 1 : 0);
            }
            assertThat(ring.put(message(2 * DATA, 1))).isEqualTo(Result.WAIT);
            assertThat(ring.put(message(100, 1))).isEqualTo(Result.DONE);
            assertThat(ring.take()).isEqualTo(message(2 * DATA, 0));
            assertThat(ring.take()).isEqualTo(message(100, 1));
        }
    }

    @Test
    void waitingPutter_goesOnWhenThereIsRoomForItsBytes() throws Exception {
        for (int length : new int[] {100, 2 * DATA}) {
            try (Ring ring = new Ring(DATA, DATA, false);
                    TestThreads threads = new TestThreads()) {
                int fit = 0;
                while (ring.put(message(100, fit)) == Result.DONE) {
                    fit++;
                }
                TestThread<Result> putter = threads.start(
                        "putter", () -> ring.ring.tail().put(wrapped(message(length, 7)), SharedRing.FOREVER));
                putter.awaitParked();
                for (int i = 0; i < fit; i++) {
                    assertThat(ring.take()).isEqualTo(message(100, i));
                }
                assertThat(putter.result()).isEqualTo(Result.DONE);
                assertThat(ring.take()).isEqualTo(message(length, 7));
            }
        }
    }

    @Test
    void longMessageWhoseWaitIsInterrupted_leavesNoFile() throws Exception {
        try (Ring ring = new Ring(1, DATA, true);
                TestThreads threads = new TestThreads()) {
            ring.put(message(1, 1));
            TestThread<Void> putter = threads.start("putter", () -> {
                assertThatThrownBy(() -> ring.ring.tail().put(wrapped(message(2 * DATA, 2)), SharedRing.FOREVER))
                        .isInstanceOf(InterruptedException.class);
            });
            putter.awaitParked();
            putter.interrupt();
            putter.join();
            assertThat(ring.ring.tail().put(wrapped(message(2 * DATA, 2)), 1_000_000L))
                    .isEqualTo(Result.WAIT);
            assertThat(ring.files()).isZero();
        }
    }

    @Test
    void twoViewsOfOneRing_seeTheSame() throws Exception {
        try (Ring ring = new Ring(4, DATA, true);
                SharedMemory again = SharedMemory.open(ring.memory.name())) {
            SharedRing other = Ring.at(RingMemory.at(again, 0), ring.annex);
            for (int i = 0; i < 100; i++) {
                assertThat(other.tail().tryPut(wrapped(message(i * 10, i)))).isEqualTo(Result.DONE);
                assertThat(ring.put(message(5, i))).isEqualTo(Result.DONE);
                assertThat(ring.take()).isEqualTo(message(i * 10, i));
                WireBuffer into = new WireBuffer();
                assertThat(other.head().tryTake(into, null)).isEqualTo(Result.DONE);
                assertThat(bytes(into)).isEqualTo(message(5, i));
            }
        }
    }

    @Test
    void manyThreads_eachMessageOnce_andInTheOrderOfEachPutter() throws Exception {
        int putters = 2;
        int each = 5_000;
        try (Ring ring = new Ring(16, DATA, true);
                TestThreads threads = new TestThreads()) {
            AtomicInteger taken = new AtomicInteger();
            for (int p = 0; p < putters; p++) {
                int putter = p;
                threads.start("putter " + p, () -> {
                    for (int i = 0; i < each; i++) {
                        byte[] message = new byte[(i % 50) + 8];
                        ByteBuffer.wrap(message).putInt(putter).putInt(i);
                        assertThat(ring.ring.tail().put(wrapped(message), SharedRing.FOREVER))
                                .isEqualTo(Result.DONE);
                    }
                });
            }
            for (int t = 0; t < 2; t++) {
                threads.start("taker " + t, () -> {
                    int[] last = {-1, -1};
                    WireBuffer into = new WireBuffer();
                    while (ring.ring.head().take(into, null, SharedRing.FOREVER) == Result.DONE) {
                        ByteBuffer message = into.asByteBuffer();
                        int putter = message.getInt();
                        int number = message.getInt();
                        assertThat(number).isGreaterThan(last[putter]);
                        assertThat(into.remaining()).isEqualTo(number % 50 + 8);
                        last[putter] = number;
                        into.clear();
                        if (taken.incrementAndGet() == putters * each) {
                            ring.ring.close();
                        }
                    }
                });
            }
        }
    }

    @Test
    void memoryThatIsNoRing_isRefused() throws Exception {
        try (SharedMemory memory = SharedMemory.create(10_000);
                SharedMemory small = SharedMemory.create(10)) {
            assertThatThrownBy(() -> RingMemory.at(memory, 0))
                    .isInstanceOf(StreamCorruptedException.class)
                    .hasMessageContaining("no ring");
            assertThatThrownBy(() -> RingMemory.at(small, 0)).isInstanceOf(StreamCorruptedException.class);
            assertThatThrownBy(() -> RingMemory.format(memory, 0, 1, 5_000, true))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> RingMemory.format(memory, 0, DATA, DATA, true))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void timedWait_takesItsTime() throws Exception {
        try (Ring ring = new Ring(1, DATA, true)) {
            long start = System.nanoTime();
            assertThat(ring.ring.head().take(new WireBuffer(), null, 2_000_000L))
                    .isEqualTo(Result.WAIT);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(2));
        }
    }

    static byte[] message(int length, int seed) {
        byte[] message = new byte[length];
        new Random(seed).nextBytes(message);
        return message;
    }

    static WireBuffer wrapped(byte[] message) {
        return WireBuffer.wrap(message, 0, message.length);
    }

    static byte[] bytes(WireBuffer buffer) {
        return Arrays.copyOfRange(buffer.array(), buffer.position(), buffer.end());
    }

    /** A ring with its memory. */
    private static final class Ring implements AutoCloseable {
        private final SharedMemory memory;
        private final Annex annex;
        private final SharedRing ring;
        private long puts;

        Ring(int capacity, int data, boolean spills) throws IOException {
            memory = SharedMemory.create(RingMemory.bytes(data));
            annex = new Annex(PrivateFiles.directory().resolve(memory.name()));
            ring = at(RingMemory.format(memory, 0, capacity, data, spills), annex);
        }

        static SharedRing at(RingMemory words, Annex annex) {
            return new SharedRing(words, annex, words, () -> true, null);
        }

        Result put(byte[] message) throws IOException {
            Result result = ring.tail().tryPut(wrapped(message));
            puts += result == Result.DONE ? 1 : 0;
            return result;
        }

        byte[] take() throws IOException {
            WireBuffer into = new WireBuffer(1);
            return ring.head().tryTake(into, null) == Result.DONE ? bytes(into) : null;
        }

        byte[] peek() throws IOException {
            if (ring.size() == 0) {
                return null;
            }
            WireBuffer into = new WireBuffer(1);
            assertThat(ring.head().tryTake(into, message -> false)).isEqualTo(Result.WAIT);
            return bytes(into);
        }

        long files() throws IOException {
            String prefix = "x" + memory.name().substring(1);
            try (Stream<Path> files = Files.list(PrivateFiles.directory())) {
                return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                        .count();
            }
        }

        @Override
        public void close() throws IOException {
            annex.deleteAll();
            assertThat(files()).isZero();
            memory.close();
        }
    }
}
