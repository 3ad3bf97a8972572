// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import io.github.headway4j.primitives.WaitQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Clocks that threads wait for, moved by a test, whose date and time of day can be set as those of a computer can. */
final class SettableTime implements TimeSource {

    private final VirtualTime time = new VirtualTime();
    private volatile Duration set = Duration.ZERO;

    @Override
    public long nanoTime() {
        return time.nanoTime();
    }

    @Override
    public Instant instant() {
        return time.instant().plus(set);
    }

    @Override
    public void sleepUntil(long nanoTime) throws InterruptedException {
        time.sleepUntil(nanoTime);
    }

    @Override
    public boolean awaitUntil(WaitQueue queue, long nanoTime, BooleanSupplier condition) throws InterruptedException {
        return time.awaitUntil(queue, nanoTime, condition);
    }

    void advance(Duration by) {
        time.advance(by);
    }

    /** Sets the date and time of day so far ahead of what they would be, or behind; nobody is told. */
    void set(Duration ahead) {
        set = ahead;
    }
}
