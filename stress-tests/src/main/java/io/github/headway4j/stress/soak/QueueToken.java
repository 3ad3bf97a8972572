// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.primitives.Parker;
import io.github.headway4j.primitives.WaitQueue;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/** The least that can be built on a queue: a flag that is taken by who waits for it. */
final class QueueToken implements Token {

    /** A factory of queues. */
    interface Kind {
        WaitQueue create(Object blocker, Parker parker);
    }

    private final AtomicBoolean there = new AtomicBoolean();
    private final WaitQueue queue;
    private final boolean gate;

    /**
     * A flag with a queue of the given kind.
     *
     * @param kind how the queue is made
     * @param gate whether the queue wakes everybody at once
     */
    QueueToken(Kind kind, boolean gate) {
        this.queue = kind.create(this, Parker.system());
        this.gate = gate;
    }

    @Override
    public void give(SplittableRandom random) {
        there.set(true);
        if (gate) {
            queue.signalAll();
        } else {
            queue.signal();
        }
    }

    @Override
    public void take() throws InterruptedException {
        queue.await(new Taker());
    }

    @Override
    public void linger(Duration timeout) throws InterruptedException {
        boolean taken = queue.await(new Lingerer(), timeout.toNanos());
        Scenario.expect("hand-off by " + queue + ", taken by who wants nothing", 0, taken ? 1 : 0);
    }

    private final class Taker extends WaitQueue.Waiter {
        @Override
        protected boolean attempt() {
            return there.compareAndSet(true, false);
        }

        @Override
        protected boolean more() {
            return there.get();
        }
    }

    /** Never gets what it wants, and leaves a wake-up that came its way to the next. */
    private final class Lingerer extends WaitQueue.Waiter {
        @Override
        protected boolean attempt() {
            return false;
        }

        @Override
        protected boolean more() {
            return there.get();
        }
    }
}
