// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/**
 * The condition of a {@link Mutex}, with what {@link Condition} leaves open decided as follows.
 *
 * <p><b>Ordering.</b> {@code signal} wakes the thread that has waited longest. <b>No spurious wake-ups</b>: an
 * untimed {@code await} returns only after a signal meant for it. <b>No lost signals</b>: a thread that was chosen by a
 * signal returns as signalled, also if its time ran out or it was interrupted before it had locked the mutex again (the
 * interrupt stays pending then). <b>Misuse</b>: each method throws {@link IllegalMonitorStateException} if the mutex is
 * free or registered as held by another thread, which is best effort where one thread locks and another unlocks.
 */
final class MutexCondition implements Condition {
    /*
     * The list of waiters and their flags are guarded by the mutex; a thread that stops waiting, for whatever reason,
     * first locks the mutex again and only then looks whether it was signalled. So every signal is consumed by the
     * thread that it chose, and there is nothing to hand on. The queue serves as a place to sleep: signal sets the flag
     * (volatile, since the sleeper reads it without the mutex), then wakes that waiter. All that the way back may need
     * is made before the mutex is given up: a thread that came back without it would unlock what somebody else holds.
     */

    private final Mutex mutex;
    private final WaitQueue sleepers;

    /** Threads that wait and have not been signalled, oldest first. Guarded by the mutex. */
    private final ArrayDeque<Sleeper> unsignalled = new ArrayDeque<>();

    @SuppressWarnings("nullness:argument") // only kept, to be shown in thread dumps
    MutexCondition(Mutex mutex, Parker parker) {
        this.mutex = mutex;
        this.sleepers = WaitQueue.barging(this, parker);
    }

    @Override
    public void await() throws InterruptedException {
        throwIfInterrupted();
        sleep(false, 0L);
    }

    @Override
    public void awaitUninterruptibly() {
        Sleeper sleeper = new Sleeper();
        Mutex.Suspended suspended = leaveMutex(sleeper);
        try {
            sleepers.awaitUninterruptibly(sleeper);
        } finally {
            returnToMutex(sleeper, suspended);
        }
    }

    @Override
    public long awaitNanos(long nanosTimeout) throws InterruptedException {
        throwIfInterrupted();
        long deadline = System.nanoTime() + Math.max(0L, nanosTimeout);
        sleep(true, Math.max(0L, nanosTimeout));
        return deadline - System.nanoTime();
    }

    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        throwIfInterrupted();
        return sleep(true, unit.toNanos(time));
    }

    @Override
    public boolean awaitUntil(Date deadline) throws InterruptedException {
        throwIfInterrupted();
        return sleep(true, WaitQueue.saturatedNanos(Duration.between(Instant.now(), deadline.toInstant())));
    }

    @Override
    public void signal() {
        checkHeld();
        Sleeper oldest = unsignalled.pollFirst();
        if (oldest != null) {
            wake(oldest);
        }
    }

    @Override
    public void signalAll() {
        checkHeld();
        for (Sleeper s = unsignalled.pollFirst(); s != null; s = unsignalled.pollFirst()) {
            wake(s);
        }
    }

    /** Shown in thread dumps as what a waiting thread is parked on. */
    @Override
    public String toString() {
        return "Condition[" + sleepers.waiting() + " waiting] of " + mutex;
    }

    /** True if a signal had chosen this thread before it locked the mutex again. */
    private boolean sleep(boolean timed, long nanos) throws InterruptedException {
        Sleeper sleeper = new Sleeper();
        Mutex.Suspended suspended = leaveMutex(sleeper);
        boolean interrupted = false;
        try {
            if (timed) {
                sleepers.await(sleeper, nanos);
            } else {
                sleepers.await(sleeper);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            returnToMutex(sleeper, suspended);
        }
        if (interrupted) {
            if (!sleeper.signalled) {
                throw new InterruptedException();
            }
            Thread.currentThread().interrupt();
        }
        return sleeper.signalled;
    }

    private Mutex.Suspended leaveMutex(Sleeper sleeper) {
        checkHeld();
        unsignalled.addLast(sleeper);
        Mutex.Suspended suspended = null;
        try {
            suspended = mutex.suspend();
            return suspended;
        } finally {
            if (suspended == null) {
                unsignalled.remove(sleeper); // somebody else unlocked meanwhile, or there is no memory to come back
            }
        }
    }

    /** Locks the mutex again, whatever has ended the wait. No signal can choose this thread any more after that. */
    private void returnToMutex(Sleeper sleeper, Mutex.Suspended suspended) {
        mutex.resume(suspended);
        if (!sleeper.signalled) {
            unsignalled.remove(sleeper);
        }
    }

    private void wake(Sleeper sleeper) {
        sleeper.signalled = true;
        sleepers.signal(sleeper);
    }

    private void checkHeld() {
        Thread owner = mutex.owner();
        if (owner != Thread.currentThread() && (owner != null || !mutex.isLocked())) {
            throw new IllegalMonitorStateException("expected the calling thread to hold " + mutex);
        }
    }

    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** A thread that waits for a signal. */
    private static final class Sleeper extends WaitQueue.Waiter {
        private volatile boolean signalled;

        @Override
        protected boolean attempt() {
            return signalled;
        }

        @Override
        protected boolean more() {
            return false; // a signal is for one thread, by name
        }
    }
}
