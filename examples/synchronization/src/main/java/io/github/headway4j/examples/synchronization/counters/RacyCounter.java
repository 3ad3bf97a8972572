// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.counters;

import io.github.headway4j.examples.synchronization.Crew;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * Two threads push one counter, one towards +1000 and the other towards -1000, with random pauses. The end cannot be
 * foreseen: each run ends elsewhere, and steps get lost on the way.
 */
public final class RacyCounter {

    private static final int LIMIT = 1_000;
    private static final int STEPS_EACH = 2_000;
    private static final Duration LONGEST_PAUSE = Duration.ofNanos(50_000);
    private static final int RUNS = 3;

    /** Volatile, so that each read and write happens where it is written. That does not make the pair one step. */
    private volatile int counter;

    private final int limit;
    private final int stepsEach;
    private final long longestPauseNanos;
    private final CountDownLatch bothThere = new CountDownLatch(2);

    /**
     * How a run ended.
     *
     * @param ups how many steps up were made
     * @param downs how many steps down were made
     * @param end where the counter was in the end
     */
    public record Result(int ups, int downs, int end) {

        /** {@return how far the counter is from where the steps should have led} */
        public int error() {
            return end - (ups - downs);
        }
    }

    private RacyCounter(int limit, int stepsEach, Duration longestPause) {
        if (limit < 1 || stepsEach < 1) {
            throw new IllegalArgumentException("expected at least one step, not " + limit + " and " + stepsEach);
        }
        this.limit = limit;
        this.stepsEach = stepsEach;
        this.longestPauseNanos = longestPause.toNanos();
    }

    /**
     * Runs the race three times.
     *
     * @param args not used
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        for (int run = 1; run <= RUNS; run++) {
            Result result = run(LIMIT, STEPS_EACH, LONGEST_PAUSE);
            System.out.printf(
                    "run %d: %,d steps up and %,d down should lead to %,d, but the counter is at %,d%n",
                    run, result.ups(), result.downs(), result.ups() - result.downs(), result.end());
        }
    }

    /**
     * Lets two threads push a counter.
     *
     * @param limit where the first thread stops; the other one stops at the same distance below zero
     * @param stepsEach after how many steps each thread gives up
     * @param longestPause the longest pause between looking at the counter and pushing it
     * @return how it ended
     * @throws InterruptedException if the caller is interrupted; the threads then end too
     */
    public static Result run(int limit, int stepsEach, Duration longestPause) throws InterruptedException {
        return new RacyCounter(limit, stepsEach, longestPause).run();
    }

    private Result run() throws InterruptedException {
        Pusher up = new Pusher(1);
        Pusher down = new Pusher(-1);
        up.start();
        down.start();
        try {
            up.join();
            down.join();
        } finally {
            Crew.sendHome(List.of(up, down));
        }
        return new Result(up.steps, down.steps, counter);
    }

    /** Pushes in one direction until the limit is reached, or the patience is gone. */
    private final class Pusher extends Thread {
        private final int direction;
        private final Random random = new Random();

        /** How many steps were made; read when the thread is over. */
        private int steps;

        Pusher(int direction) {
            super(direction > 0 ? "up" : "down");
            this.direction = direction;
        }

        @Override
        public void run() {
            try {
                bothThere.countDown();
                bothThere.await();
            } catch (InterruptedException sentHome) {
                return;
            }
            while (counter * direction < limit && steps < stepsEach && !isInterrupted()) {
                int seen = counter;
                LockSupport.parkNanos((long) (random.nextDouble() * longestPauseNanos));
                counter = seen + direction;
                steps++;
            }
        }
    }
}
