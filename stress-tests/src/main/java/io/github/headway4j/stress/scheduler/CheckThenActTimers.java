// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.scheduler;

import java.util.concurrent.atomic.AtomicInteger;

/** Planted bug: timers that look whether they may do something, and then do it. */
final class CheckThenActTimers {

    private final AtomicInteger pending = new AtomicInteger();
    private volatile boolean closed;
    private volatile boolean paused;
    private final AtomicInteger runs = new AtomicInteger();

    /** 1 if planned, 0 if that is refused because they are closed, or because so many are pending. */
    int schedule(int most) {
        if (closed || pending.get() >= most) {
            return 0;
        }
        pending.incrementAndGet();
        return 1;
    }

    /** Drops what is pending. */
    void close() {
        pending.set(0);
        closed = true;
    }

    int pending() {
        return pending.get();
    }

    /** Runs a series once, unless it is paused. */
    void runDue() {
        if (!paused) {
            runs.incrementAndGet();
        }
    }

    /** Pauses the series: how often it has run. */
    int pause() {
        paused = true;
        return runs.get();
    }

    int runs() {
        return runs.get();
    }
}
