// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import io.github.headway4j.primitives.Parker;
import io.github.headway4j.primitives.WaitQueue;
import org.jspecify.annotations.Nullable;

/** The end of a timeout that somebody waits for. There is one only as long as somebody does. */
final class TimeoutEnd {
    /*
     * Lost wake-ups. See WaitQueue: release writes over, then signals all; the attempt of a waiter reads over. Waiters
     * join under the lock of the timers, if the timeout is not over; who ends it takes this object from there under the
     * same lock, and releases it afterwards.
     */

    final Timeout timeout;

    /** Guarded by the lock of the timers: how many wait. */
    int waiters;

    /** Guarded by the lock of the timers, then of the thread that releases: another one to be released. */
    @Nullable
    TimeoutEnd next;

    private final WaitQueue queue;
    private volatile boolean over;

    TimeoutEnd(Timeout timeout) {
        this.timeout = timeout;
        this.queue = WaitQueue.broadcast(timeout, Parker.system());
    }

    void await() throws InterruptedException {
        queue.await(new Waiting(this));
    }

    boolean await(long nanos) throws InterruptedException {
        return queue.await(new Waiting(this), nanos);
    }

    void awaitUninterruptibly() {
        queue.awaitUninterruptibly(new Waiting(this));
    }

    /** By the thread that has ended the timeout, once it has given back the lock. */
    void release() {
        over = true;
        queue.signalAll();
    }

    /** A thread that waits. */
    private static final class Waiting extends WaitQueue.Waiter {
        private final TimeoutEnd end;

        Waiting(TimeoutEnd end) {
            this.end = end;
        }

        @Override
        protected boolean attempt() {
            return end.over;
        }

        @Override
        protected boolean more() {
            return true;
        }
    }
}
