// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.counters;

import io.github.headway4j.examples.synchronization.Crew;
import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.Mutex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * The counter of {@link RacyCounter} made exclusive, with limits of 10 and -10: each thread takes a {@link Mutex} for
 * its whole way to its limit. Who comes first still depends on luck, but nothing else: one goes all the way, then the
 * other, and no step is lost.
 */
public final class ExclusiveCounter {

    private static final int LIMIT = 10;
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(5);

    private final Mutex mutex = new Mutex();
    private final int limit;
    private final long longestPauseNanos;

    /** Where the counter has been, with where it is at the end; only touched under the mutex. */
    private final List<Integer> trace = new ArrayList<>(List.of(0));

    private ExclusiveCounter(int limit, Duration longestPause) {
        if (limit < 1) {
            throw new IllegalArgumentException("expected a limit of at least one, not " + limit);
        }
        this.limit = limit;
        this.longestPauseNanos = longestPause.toNanos();
    }

    /**
     * Runs the program.
     *
     * @param args not used
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        List<Integer> trace = run(LIMIT, LONGEST_PAUSE);
        System.out.println(trace.stream().map(String::valueOf).collect(Collectors.joining(" ")));
        System.out.println("The end is " + trace.get(trace.size() - 1));
    }

    /**
     * Lets two threads push a counter, one after the other.
     *
     * @param limit where the first thread stops; the other one stops at the same distance below zero
     * @param longestPause the longest pause between looking at the counter and pushing it
     * @return where the counter has been, from zero to its end
     * @throws InterruptedException if the caller is interrupted; the threads then end too
     */
    public static List<Integer> run(int limit, Duration longestPause) throws InterruptedException {
        return new ExclusiveCounter(limit, longestPause).run();
    }

    @SuppressWarnings("try") // the mutex is only held
    private List<Integer> run() throws InterruptedException {
        Thread up = new Thread(() -> push(1), "up");
        Thread down = new Thread(() -> push(-1), "down");
        up.start();
        down.start();
        try {
            up.join();
            down.join();
        } finally {
            Crew.sendHome(List.of(up, down));
        }
        try (Held held = mutex.hold()) {
            return List.copyOf(trace);
        }
    }

    @SuppressWarnings("try") // the mutex is only held
    private void push(int direction) {
        Random random = new Random();
        try (Held held = mutex.holdInterruptibly()) {
            int counter = trace.get(trace.size() - 1);
            while (counter * direction < limit && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos((long) (random.nextDouble() * longestPauseNanos));
                counter += direction;
                trace.add(counter);
            }
        } catch (InterruptedException sentHome) {
            Thread.currentThread().interrupt();
        }
    }
}
