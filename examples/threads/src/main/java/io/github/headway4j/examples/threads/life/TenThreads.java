// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.life;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Ten threads made from a function. Each sleeps at random for one to ten seconds; meanwhile all active threads are
 * listed.
 *
 * <p>{@code threading.enumerate()} is {@link Thread#enumerate} here: the live platform threads of the caller's group and
 * the groups below. Virtual threads are never in that list.
 */
public final class TenThreads {

    /** How many threads the course starts. */
    public static final int THREADS = 10;

    private static final int LONGEST_SECONDS = 10;

    private TenThreads() {}

    /**
     * Runs the program.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        run(
                THREADS,
                Nap.of(args),
                new Random(),
                active -> System.out.println(active.size() + " active threads: " + String.join(", ", active)),
                System.out::println);
    }

    /**
     * Starts the threads, lists the active ones, and waits for their end.
     *
     * @param threads how many threads to start
     * @param nap how they sleep
     * @param random decides how long
     * @param listing told the names of the active threads once all are started, by the calling thread
     * @param out told what the threads say, by themselves
     * @throws InterruptedException if the caller is interrupted; the threads then end too
     */
    public static void run(int threads, Nap nap, Random random, Consumer<List<String>> listing, Consumer<String> out)
            throws InterruptedException {
        List<Thread> started = new ArrayList<>();
        try {
            for (int number = 0; number < threads; number++) {
                int seconds = 1 + random.nextInt(LONGEST_SECONDS);
                Thread thread = new Thread(() -> sleep(nap, seconds, out), "sleeper-" + number);
                thread.start();
                started.add(thread);
            }
            listing.accept(active());
            Workers.join(started);
        } finally {
            Workers.sendHome(started);
        }
    }

    /** The function that each thread runs. */
    private static void sleep(Nap nap, int seconds, Consumer<String> out) {
        Workers.untilInterrupted(() -> {
                    nap.take(seconds);
                    out.accept(Thread.currentThread().getName() + " slept " + seconds + " s");
                })
                .run();
    }

    /** Names the active threads. Another one may start while they are counted, so there is room for more. */
    private static List<String> active() {
        Thread[] threads = new Thread[2 * Thread.activeCount() + 1];
        Thread.enumerate(threads);
        return Arrays.stream(threads)
                .filter(Objects::nonNull)
                .map(Thread::getName)
                .toList();
    }
}
