// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import io.github.headway4j.primitives.WaitQueue;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** A clock that is another one but for what a test overrides. */
class WrappedTime implements TimeSource {

    private final TimeSource time;

    WrappedTime(TimeSource time) {
        this.time = time;
    }

    @Override
    public long nanoTime() {
        return time.nanoTime();
    }

    @Override
    public Instant instant() {
        return time.instant();
    }

    @Override
    public void sleepUntil(long nanoTime) throws InterruptedException {
        time.sleepUntil(nanoTime);
    }

    @Override
    public boolean awaitUntil(WaitQueue queue, long nanoTime, BooleanSupplier condition) throws InterruptedException {
        return time.awaitUntil(queue, nanoTime, condition);
    }
}
