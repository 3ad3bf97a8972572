// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.machine;

import com.google.common.util.concurrent.Uninterruptibles;
import io.github.headway4j.examples.threads.life.Nap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * 5 000 threads that sleep for 2 to 10 seconds. Every half second their number is printed, until only one is left: the
 * main thread. Then the same with virtual threads, where the JDK has them.
 */
public final class FiveThousandThreads {

    /** How many threads the course starts. */
    public static final int THREADS = 5_000;

    private static final double SECONDS_BETWEEN_COUNTS = 0.5;
    private static final int SHORTEST_SECONDS = 2;
    private static final int LONGEST_SECONDS = 10;

    private FiveThousandThreads() {}

    /**
     * What {@link #run} did.
     *
     * @param started how many threads could be started
     * @param counts the live threads at each count, the calling one with them
     * @param starting how long it took to start the threads
     */
    public record Result(int started, List<Integer> counts, Duration starting) {
        /** Copies the list. */
        public Result {
            counts = List.copyOf(counts);
        }
    }

    /**
     * Runs the program.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        for (ThreadKind kind : ThreadKind.values()) {
            if (!kind.isThere()) {
                System.out.println(kind + ": not on this JDK, they came with 21");
                continue;
            }
            System.out.println(kind + ":");
            Result result =
                    run(kind, THREADS, Nap.of(args), new Random(), alive -> System.out.printf("  %,6d alive%n", alive));
            System.out.printf(
                    "  %,d of %,d started, in %d ms%n",
                    result.started(), THREADS, result.starting().toMillis());
        }
    }

    /**
     * Starts threads and counts them until one is left. A machine that refuses to give so many gets no further threads;
     * the others are counted.
     *
     * @param kind the kind of the threads
     * @param threads how many to start
     * @param nap how they sleep, and how the caller does between two counts
     * @param random decides how long each thread sleeps
     * @param counted told each count, by the calling thread
     * @return how many were started, and the counts
     * @throws InterruptedException if the caller is interrupted; the threads then end too
     */
    public static Result run(ThreadKind kind, int threads, Nap nap, Random random, IntConsumer counted)
            throws InterruptedException {
        AtomicInteger alive = new AtomicInteger(1);
        List<Thread> started = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        long start = System.nanoTime();
        try {
            while (started.size() < threads) {
                int seconds = SHORTEST_SECONDS + random.nextInt(LONGEST_SECONDS - SHORTEST_SECONDS + 1);
                alive.incrementAndGet();
                try {
                    started.add(kind.start(() -> sleep(nap, seconds, alive)));
                } catch (OutOfMemoryError noMoreThreads) {
                    alive.decrementAndGet();
                    break;
                }
            }
            Duration starting = Duration.ofNanos(System.nanoTime() - start);
            int count;
            do {
                count = alive.get();
                counts.add(count);
                counted.accept(count);
                nap.take(SECONDS_BETWEEN_COUNTS);
            } while (count > 1);
            for (Thread thread : started) {
                thread.join();
            }
            return new Result(started.size(), counts, starting);
        } finally {
            started.forEach(Thread::interrupt);
            started.forEach(Uninterruptibles::joinUninterruptibly);
        }
    }

    private static void sleep(Nap nap, int seconds, AtomicInteger alive) {
        try {
            nap.take(seconds);
        } catch (InterruptedException sentHome) {
            Thread.currentThread().interrupt();
        } finally {
            alive.decrementAndGet();
        }
    }
}
