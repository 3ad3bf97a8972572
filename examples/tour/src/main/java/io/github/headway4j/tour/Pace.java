// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import com.google.common.util.concurrent.Uninterruptibles;
import io.github.headway4j.primitives.Event;
import java.time.Duration;

/** Moves a progress bar as time passes, for a piece of work that takes a known time and says nothing meanwhile. */
final class Pace implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(50);

    private final Progress bar;
    private final int to;
    private final Event over = new Event();
    private final Thread thread;

    /**
     * Starts to move a bar.
     *
     * @param bar the bar
     * @param from where it is when the work begins, in percent
     * @param to where it is when the work is over, in percent
     * @param expected how long the work takes
     */
    Pace(Progress bar, int from, int to, Duration expected) {
        this.bar = bar;
        this.to = to;
        this.thread = new Thread(() -> move(from, expected), "pace");
        thread.setDaemon(true);
        thread.start();
    }

    private void move(int from, Duration expected) {
        long start = System.nanoTime();
        try {
            do {
                double part = (double) (System.nanoTime() - start) / Math.max(1, expected.toNanos());
                bar.accept((int) (from + (to - from) * Math.min(1, part)));
            } while (!over.await(STEP));
        } catch (InterruptedException sentHome) {
            Thread.currentThread().interrupt();
        }
    }

    /** Moves the bar to its end; it is not moved afterwards. */
    @Override
    public void close() {
        over.set();
        Uninterruptibles.joinUninterruptibly(thread);
        bar.accept(to);
    }
}
