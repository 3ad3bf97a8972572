// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import org.jspecify.annotations.Nullable;

/** A thread that waits for permits of a {@link BoundedSemaphore}. */
final class PermitWaiter extends WaitQueue.Waiter {
    private final BoundedSemaphore semaphore;
    private final int permits;
    private @Nullable Object event;

    PermitWaiter(BoundedSemaphore semaphore, int permits) {
        this.semaphore = semaphore;
        this.permits = permits;
    }

    @Override
    protected boolean attempt() {
        // A barging waiter mostly finds nothing, so it looks before it writes; a fair one was sent for.
        return (semaphore.fair || semaphore.availablePermits() >= permits) && semaphore.take(permits);
    }

    @Override
    protected boolean more() {
        return semaphore.availablePermits() > 0;
    }

    @Override
    protected boolean accepts(int amount) {
        return amount == permits && semaphore.mayPassOn(amount);
    }

    @Override
    protected void parking() {
        event = WaitEvents.beginSemaphoreWait(semaphore, permits);
    }

    @Override
    protected void parked(boolean success) {
        WaitEvents.endSemaphoreWait(event, success);
    }
}
