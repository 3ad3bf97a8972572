// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import io.github.headway4j.primitives.Parker;
import io.github.headway4j.primitives.WaitQueue;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** The time source of production code. */
final class SystemTime implements TimeSource {

    static final SystemTime INSTANCE = new SystemTime();

    private SystemTime() {}

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public void sleepUntil(long nanoTime) throws InterruptedException {
        for (; ; ) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long left = nanoTime - System.nanoTime();
            if (left <= 0L) {
                return;
            }
            Parker.system().parkNanos(this, left);
        }
    }

    @Override
    public boolean awaitUntil(WaitQueue queue, long nanoTime, BooleanSupplier condition) throws InterruptedException {
        return queue.await(new Condition(condition), nanoTime - System.nanoTime());
    }

    @Override
    public String toString() {
        return "TimeSource.system()";
    }

    /** A thread that waits for a condition. */
    private static final class Condition extends WaitQueue.Waiter {
        private final BooleanSupplier condition;

        Condition(BooleanSupplier condition) {
            this.condition = condition;
        }

        @Override
        protected boolean attempt() {
            return condition.getAsBoolean();
        }

        @Override
        protected boolean more() {
            return true;
        }
    }
}
