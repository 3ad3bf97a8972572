// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import io.github.headway4j.primitives.WaitQueue;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** A clock that never moves, for model checkers: nothing but a wake-up helps who waits for it. */
final class StillTime implements TimeSource {

    /** What it shows. */
    static final long NOW = 2L;

    @Override
    public long nanoTime() {
        return NOW;
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(NOW);
    }

    @Override
    public void sleepUntil(long nanoTime) {
        throw new AssertionError("a sleep that nothing ends");
    }

    @Override
    public boolean awaitUntil(WaitQueue queue, long nanoTime, BooleanSupplier condition) throws InterruptedException {
        queue.await(new WaitQueue.Waiter() {
            @Override
            protected boolean attempt() {
                return condition.getAsBoolean();
            }

            @Override
            protected boolean more() {
                return true;
            }
        });
        return true;
    }
}
