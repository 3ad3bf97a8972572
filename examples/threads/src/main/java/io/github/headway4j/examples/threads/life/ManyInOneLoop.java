// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.life;

import java.util.ArrayList;
import java.util.List;

/** Many threads started in one loop, and after each start the live ones are printed. */
public final class ManyInOneLoop {

    private static final int THREADS = 12;

    /** Five threads can be started in a second: the first are over before the last begin. */
    private static final double SECONDS_BETWEEN_STARTS = 0.2;

    private static final double SECONDS_OF_WORK = 1;

    private ManyInOneLoop() {}

    /**
     * Runs the program.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        Nap nap = Nap.of(args);
        run(THREADS, nap, alive -> {
            System.out.println(alive.size() + " alive: " + String.join(", ", alive));
            nap.take(SECONDS_BETWEEN_STARTS);
        });
    }

    /** What is told of the live threads. */
    @FunctionalInterface
    public interface Listing {

        /**
         * Takes the live threads after a start.
         *
         * @param alive their names
         * @throws InterruptedException if the caller of the program is interrupted
         */
        void accept(List<String> alive) throws InterruptedException;
    }

    /**
     * Starts the threads, one after another, and waits for their end.
     *
     * @param threads how many threads to start
     * @param nap how each works: it sleeps for a second
     * @param listing told the names of the live threads after each start, by the calling thread
     * @throws InterruptedException if the caller is interrupted; the threads then end too
     */
    public static void run(int threads, Nap nap, Listing listing) throws InterruptedException {
        List<Thread> started = new ArrayList<>();
        try {
            for (int number = 1; number <= threads; number++) {
                Thread thread =
                        new Thread(Workers.untilInterrupted(() -> nap.take(SECONDS_OF_WORK)), "worker-" + number);
                thread.start();
                started.add(thread);
                listing.accept(Workers.alive(started));
            }
            Workers.join(started);
        } finally {
            Workers.sendHome(started);
        }
    }
}
