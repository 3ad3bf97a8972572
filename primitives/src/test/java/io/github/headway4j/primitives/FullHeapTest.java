// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is left of an operation that runs out of memory. Each case has a virtual machine of its own, whose heap has not
 * one free word while the operation runs.
 */
class FullHeapTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void operationThatRunsOutOfMemory_leavesNothingTaken(Case which) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--limit-modules",
                        "java.base", // without recordings, whose events are garbage at bad moments
                        "-Xmx8m",
                        "-XX:+UseSerialGC",
                        "-XX:-UseTLAB", // whose rest would be free memory
                        "-Xint", // in which no object is optimised away
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        which.name())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(child.waitFor(50, TimeUnit.SECONDS))
                    .as("the child ended")
                    .isTrue();
        } finally {
            child.destroyForcibly();
        }
        assertThat(Files.readAllLines(output, StandardCharsets.UTF_8)).last().isEqualTo("OK");
        assertThat(child.exitValue()).isZero();
    }

    /** What runs out of memory. */
    enum Case {
        MUTEX_TRY {
            @Override
            void run(Heap heap) throws Exception {
                Mutex mutex = new Mutex();
                expect(failsWithoutMemory(heap, mutex::tryHold), "no room for a hold");
                expect(!mutex.isLocked(), "free");
            }
        },

        MUTEX_TIMED {
            @Override
            void run(Heap heap) throws Exception {
                Mutex mutex = new Mutex();
                expect(failsWithoutMemory(heap, () -> mutex.tryHold(Duration.ZERO)), "no room for a hold");
                expect(!mutex.isLocked(), "free");
            }
        },

        SET_TRY {
            @Override
            void run(Heap heap) throws Exception {
                reenter(heap, LockedSet::tryHold);
            }
        },

        SET_TIMED {
            @Override
            void run(Heap heap) throws Exception {
                reenter(heap, set -> set.tryHold(Duration.ZERO));
            }
        },

        SET_INTERRUPTIBLE {
            @Override
            void run(Heap heap) throws Exception {
                reenter(heap, LockedSet::holdInterruptibly);
            }
        },

        GUARDED_WAY_BACK {
            @Override
            void run(Heap heap) throws Exception {
                Guarded<int[]> guarded = Guarded.of(new int[1]);
                Thread waiter = start(() -> guarded.await(value -> value[0] > 0));
                Held held = guarded.hold();
                heap.fill();
                waiter.interrupt();
                while (waiter.isAlive() && guarded.entering() == 0) {
                    heap.refill();
                }
                boolean mine = guarded.isHeldByCurrentThread();
                heap.free();
                expect(mine, "still held by the thread that holds");
                held.close();
                waiter.join();
                expect(guarded.tryHold() != null, "free");
            }
        },

        CONDITION_WAY_BACK {
            @Override
            void run(Heap heap) throws Exception {
                Mutex mutex = new Mutex();
                Condition condition = mutex.newCondition();
                Thread waiter = start(() -> {
                    mutex.lock();
                    try {
                        condition.await();
                    } finally {
                        mutex.unlock();
                    }
                });
                mutex.lock();
                heap.fill();
                condition.signal();
                while (waiter.isAlive() && mutex.waiting() == 0) {
                    heap.refill();
                }
                boolean locked = mutex.isLocked();
                heap.free();
                expect(locked, "still locked");
                mutex.unlock();
                waiter.join();
                expect(!mutex.isLocked(), "free");
            }
        };

        abstract void run(Heap heap) throws Exception;

        /** One more level of a hold, so that the hold is all that needs memory. */
        static void reenter(Heap heap, SetOperation operation) throws Exception {
            LockedSet<String> set = new LockedSet<>();
            Held outer = set.hold();
            expect(failsWithoutMemory(heap, () -> operation.on(set)), "no room for a hold");
            outer.close();
            expect(!set.isHeld(), "free");
        }

        /** A thread that waits. It may fail as it likes; what counts is what it leaves. */
        static Thread start(Operation operation) {
            Thread thread = new Thread(() -> {
                try {
                    operation.run();
                } catch (Exception | OutOfMemoryError ended) {
                    // as good an end as any
                }
            });
            thread.setDaemon(true);
            thread.start();
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            return thread;
        }

        static void expect(boolean condition, String what) {
            if (!condition) {
                throw new AssertionError("expected: " + what);
            }
        }

        /** Whether the operation runs out of memory, from which its thread recovers. */
        static boolean failsWithoutMemory(Heap heap, Operation operation) throws Exception {
            heap.fill();
            try {
                operation.run();
                return false;
            } catch (OutOfMemoryError expected) {
                return true;
            } finally {
                heap.free();
            }
        }
    }

    private interface Operation {
        void run() throws Exception;
    }

    private interface SetOperation {
        Held on(LockedSet<String> set) throws Exception;
    }

    /** What fills the heap. */
    private static final class Heap {

        /** As small as an object can be. */
        private static final class Word {
            final @Nullable Object next;

            Word(@Nullable Object next) {
                this.next = next;
            }
        }

        private static final int ROUNDS = 3;

        private final boolean fills;
        private @Nullable Object all;

        Heap(boolean fills) {
            this.fills = fills;
        }

        void fill() {
            if (!fills) {
                return;
            }
            for (int size = 1 << 20; size > 0; size >>= 1) {
                fillWith(size);
            }
            for (int round = 0; round < ROUNDS; round++) { // the collector may find a little more
                fillWith(0);
            }
        }

        /** Takes what other threads have left since. */
        void refill() {
            if (fills) {
                fillWith(0);
            }
        }

        private void fillWith(int size) {
            try {
                for (; ; ) {
                    if (size == 0) {
                        all = new Word(all);
                    } else {
                        Object[] array = new Object[size];
                        array[0] = all;
                        all = array;
                    }
                }
            } catch (OutOfMemoryError full) {
                // as intended
            }
        }

        void free() {
            all = null;
        }
    }

    /** The program of the child. */
    static final class Program {

        private Program() {}

        public static void main(String... args) throws Exception {
            Heap heap = new Heap(true);
            heap.fill();
            heap.free();
            Case which = Case.valueOf(args[0]);
            Heap spacious = new Heap(false);
            try {
                which.run(spacious); // loads and links what the case needs
            } catch (AssertionError enoughMemory) {
                System.out.println("with memory: " + enoughMemory.getMessage());
            }
            which.run(heap);
            System.out.println("OK");
        }
    }
}
