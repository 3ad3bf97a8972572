// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import io.github.headway4j.primitives.Parker;
import io.github.headway4j.primitives.WaitQueue;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

// snippet: own-synchronizer
/** Counts operations under way, and lets threads wait until there are none. */
final class InFlight {

    private final AtomicInteger running = new AtomicInteger();
    private final WaitQueue queue = WaitQueue.barging(this, Parker.system());

    void begin() {
        running.incrementAndGet();
    }

    void end() {
        int before = running.getAndUpdate(n -> Math.max(0, n - 1));
        if (before == 0) {
            throw new IllegalStateException("end of an operation while none runs; expected a begin before");
        }
        if (before == 1) {
            queue.signal(); // after the change of state, never before it
        }
    }

    void awaitIdle() throws InterruptedException {
        queue.await(new Idle());
    }

    boolean awaitIdle(Duration timeout) throws InterruptedException {
        return queue.await(new Idle(), WaitQueue.saturatedNanos(timeout));
    }

    @Override
    public String toString() {
        return "InFlight[" + running + " running, " + queue.waiting() + " waiting]";
    }

    private final class Idle extends WaitQueue.Waiter {
        @Override
        protected boolean attempt() {
            return running.get() == 0; // reads the state that end() writes; takes nothing
        }

        @Override
        protected boolean more() {
            return running.get() == 0; // whoever leaves wakes the next one, if that may go too
        }
    }
}
// end
