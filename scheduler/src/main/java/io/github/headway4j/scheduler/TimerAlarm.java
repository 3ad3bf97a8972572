// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import io.github.headway4j.primitives.Parker;
import io.github.headway4j.primitives.WaitQueue;

/** What the thread of {@link Timers} waits for, and how it is woken when something comes before that. */
final class TimerAlarm {
    /*
     * Model. waitedFor is the moment that the thread has decided to wait for, NOBODY while it has other things to do:
     * that of the first timeout, or one before it if that is not known, at which the thread then looks again.
     * Something earlier changes it, which the thread looks for while it waits. If what it waits for is cancelled, it
     * wakes in vain, and then knows better.
     *
     * Lost wake-ups. The thread reads changes under the lock of the timers, when it decides to wait and everything that
     * came before is in the store. Who inserts something earlier finds waitedFor set, writes changes under the same
     * lock, and signals afterwards. See WaitQueue: the thread looks at changes once it is in the queue.
     *
     * Access modes. changes: volatile, written under the lock. All else is guarded by the lock; what only the thread
     * writes, it also reads without.
     */

    private static final long NOBODY = Long.MIN_VALUE;

    private final WaitQueue queue;

    private long waitedFor = NOBODY;

    /** Written and read by the thread: what it waits for, and the changes until then. */
    private long moment;

    private long seen;

    private volatile long changes;

    TimerAlarm(Timers timers) {
        queue = WaitQueue.broadcast(timers, Parker.system());
    }

    // ---- under the lock ----

    /** Something is to be done at the given moment. Whether the thread must be woken for that. */
    boolean isBeforeWait(long time) {
        if (time >= waitedFor) {
            return false;
        }
        change(time);
        return true;
    }

    /** The thread is to look again, whatever it waits for. Whether it must be woken for that. */
    boolean endsWait() {
        if (waitedFor == NOBODY) {
            return false;
        }
        change(NOBODY);
        return true;
    }

    private void change(long newWaitedFor) {
        waitedFor = newWaitedFor;
        long count = changes;
        changes = count + 1L;
    }

    /** By the thread: it has something to do. */
    void nobodyWaits() {
        waitedFor = NOBODY;
    }

    /** By the thread: it is going to wait for the given moment. */
    void prepare(long first) {
        waitedFor = first;
        moment = first;
        seen = changes;
    }

    // ---- without the lock ----

    /** By the thread: waits until the moment has come, or until it is woken or interrupted. */
    void await(TimeSource time, long origin) {
        try {
            if (moment == Agenda.NEVER) {
                queue.await(new Waiting(this));
            } else {
                time.awaitUntil(queue, origin + moment, this::isChanged);
            }
        } catch (InterruptedException noMatter) {
            return; // it looks again
        }
    }

    /** Wakes the thread. */
    void ring() {
        queue.signalAll();
    }

    private boolean isChanged() {
        return changes != seen;
    }

    /** The thread, while there is nothing to wait for. */
    private static final class Waiting extends WaitQueue.Waiter {
        private final TimerAlarm alarm;

        Waiting(TimerAlarm alarm) {
            this.alarm = alarm;
        }

        @Override
        protected boolean attempt() {
            return alarm.isChanged();
        }

        @Override
        protected boolean more() {
            return true;
        }
    }
}
