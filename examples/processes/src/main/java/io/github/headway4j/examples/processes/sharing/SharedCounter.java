// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.sharing;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.processes.LongArray;
import io.github.headway4j.processes.SharedLock;
import io.github.headway4j.processes.SharedMemory;
import java.io.IOException;

/**
 * Two processes count in one number of shared memory: by reading, adding one and writing, which loses counts; by the
 * same under a lock between processes; and by one atomic step, for which no lock is needed.
 */
public final class SharedCounter {
    private static final int TIMES = 1_000_000;
    private static final int PROCESSES = 2;

    /** What is at which place of the memory. */
    private static final int COUNT = 0;

    private static final int READY = 1;

    private SharedCounter() {}

    /** How a process counts. */
    public enum Way {
        /** Reads, adds one, writes. */
        PLAIN("read, add one, write") {
            @Override
            void count(LongArray memory, SharedLock lock) {
                memory.setVolatile(COUNT, memory.getVolatile(COUNT) + 1L);
            }
        },
        /** The same with the lock. */
        LOCKED("the same under a lock") {
            @Override
            void count(LongArray memory, SharedLock lock) {
                try (Held held = lock.hold()) {
                    memory.set(COUNT, memory.get(COUNT) + 1L);
                }
            }
        },
        /** In one step. */
        ATOMIC("in one atomic step") {
            @Override
            void count(LongArray memory, SharedLock lock) {
                memory.getAndAdd(COUNT, 1L);
            }
        };

        private final String words;

        Way(String words) {
            this.words = words;
        }

        abstract void count(LongArray memory, SharedLock lock);
    }

    /**
     * What came of it.
     *
     * @param expected how often the processes counted
     * @param counted how often they counted by the number
     */
    public record Result(long expected, long counted) {

        /** {@return how many counts were lost} */
        public long lost() {
            return expected - counted;
        }
    }

    /**
     * Counts in each way.
     *
     * @param args how often each process counts; may be left out
     * @throws Exception if a process cannot be started, or the main thread is interrupted
     */
    public static void main(String[] args) throws Exception {
        int times = args.length > 0 ? Integer.parseInt(args[0]) : TIMES;
        for (Way way : Way.values()) {
            Result result = run(way, times);
            System.out.printf(
                    "%22s: %,d of %,d, %,d lost%n", way.words, result.counted(), result.expected(), result.lost());
        }
    }

    /**
     * Lets two processes count at the same time.
     *
     * @param way how they count
     * @param times how often each of them counts
     * @return what came of it
     * @throws IOException if a process cannot be started
     * @throws InterruptedException if the caller is interrupted; the processes are then ended
     */
    public static Result run(Way way, int times) throws IOException, InterruptedException {
        try (SharedMemory shared = SharedMemory.create(2L * Long.BYTES);
                SharedLock lock = SharedLock.create();
                Children children = new Children()) {
            LongArray memory = shared.longs();
            for (int i = 0; i < PROCESSES; i++) {
                children.start(() -> count(way, times, memory, lock));
            }
            children.join();
            return new Result((long) PROCESSES * times, memory.get(COUNT));
        }
    }

    /** Runs in a child. */
    private static void count(Way way, int times, LongArray memory, SharedLock lock) {
        memory.getAndAdd(READY, 1L);
        while (memory.getVolatile(READY) < PROCESSES) {
            Thread.yield(); // so that they count at the same time; for longer waits there is SharedEvent
        }
        for (int i = 0; i < times; i++) {
            way.count(memory, lock);
        }
    }
}
