// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Duration;
import java.time.Instant;

/** A clock as users would write one: it is moved by hand, and cannot be woken for another reason. */
final class SteppedTime implements TimeSource {

    private long now; // guarded by this

    SteppedTime() {
        this(0L);
    }

    SteppedTime(long now) {
        this.now = now;
    }

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(nanoTime());
    }

    @Override
    public synchronized void sleepUntil(long nanoTime) throws InterruptedException {
        while (now < nanoTime) {
            wait();
        }
    }

    synchronized void advance(Duration by) {
        now += by.toNanos();
        notifyAll();
    }
}
