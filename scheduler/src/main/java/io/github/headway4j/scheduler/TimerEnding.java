// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import io.github.headway4j.primitives.Parker;
import io.github.headway4j.primitives.WaitQueue;

/** What those wait for who close {@link Timers}, that runs end, and the thread; and runs, that they are interrupted. */
final class TimerEnding {
    /*
     * Lost wake-ups. Who closes looks at the runs and reads changes under the lock of the timers. Whoever ends
     * something writes changes under the same lock; once the timers are closed, whoever gives back the lock signals
     * afterwards. See WaitQueue: who closes looks at changes once it is in the queue.
     */

    private final WaitQueue queue;

    /** How often something ended. Written under the lock. */
    private volatile long changes;

    TimerEnding(Timers timers) {
        queue = WaitQueue.broadcast(timers, Parker.system());
    }

    /** Under the lock: something that others may wait for has ended. */
    void note() {
        long count = changes;
        changes = count + 1L;
    }

    /** Under the lock: what {@link #await} is to be told. */
    long seen() {
        return changes;
    }

    /** Once the timers are closed, by whoever has given back the lock. */
    void signal() {
        queue.signalAll();
    }

    /** Waits at most so long until something else has ended. */
    void await(long seen, long nanos) throws InterruptedException {
        queue.await(new Waiting(this, seen), nanos);
    }

    /** Waits until something else has ended. May return too early, if there is no memory to wait. */
    void awaitUninterruptibly(long seen) {
        Waiting waiting;
        try {
            waiting = new Waiting(this, seen);
        } catch (OutOfMemoryError noMatter) {
            Thread.yield();
            return;
        }
        queue.awaitUninterruptibly(waiting);
    }

    /** A thread that closes, or has been interrupted by one. */
    private static final class Waiting extends WaitQueue.Waiter {
        private final TimerEnding ending;
        private final long seen;

        Waiting(TimerEnding ending, long seen) {
            this.ending = ending;
            this.seen = seen;
        }

        @Override
        protected boolean attempt() {
            return ending.changes != seen;
        }

        @Override
        protected boolean more() {
            return true;
        }
    }
}
