// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.testing;

import io.github.headway4j.testing.BlockingOperation.Form;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A closable semaphore of one permit that hands its permit to the longest waiter, with one deliberate flaw or none. */
final class FlawedSemaphore {

    /** How long a leaver dawdles whose flaw is to leave with the permit, so that the flaw shows in every race. */
    private static final long DAWDLE_NANOS = 5_000_000;

    private final Flaw flaw;
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private int permits = 1;
    private volatile boolean closed;

    FlawedSemaphore(Flaw flaw) {
        this.flaw = flaw;
    }

    void acquire() throws InterruptedException {
        checkInterrupt();
        await(Long.MAX_VALUE, true);
    }

    boolean acquire(Duration timeout) throws InterruptedException {
        checkInterrupt();
        long nanos = flaw == Flaw.TIME_OUT_OVERFLOWS
                ? timeout.getSeconds() * 1_000_000_000
                : TimeUnit.NANOSECONDS.convert(timeout);
        if (flaw == Flaw.REFUSES_ZERO && nanos == 0) {
            return false;
        }
        if (flaw == Flaw.WAITS_FOR_ZERO && nanos == 0) {
            nanos = Long.MAX_VALUE;
        }
        if (flaw == Flaw.TIMES_OUT_EARLY) {
            nanos = Math.min(nanos, 1);
        }
        if (flaw == Flaw.HANGS_IF_ENDLESS && nanos == Long.MAX_VALUE) {
            while (!Thread.currentThread().isInterrupted()) {
                LockSupport.park(this);
            }
        }
        return await(nanos, true);
    }

    void acquireUninterruptibly() {
        try {
            await(Long.MAX_VALUE, flaw == Flaw.UNINTERRUPTIBLE_ENDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized boolean tryAcquire() {
        if (flaw == Flaw.TRY_REFUSES_IF_INTERRUPTED && Thread.currentThread().isInterrupted()) {
            return false;
        }
        if (flaw == Flaw.TRY_CLEARS_STATUS) {
            Thread.interrupted();
        }
        if (closed || permits == 0) {
            return false;
        }
        permits--;
        return true;
    }

    synchronized void release() {
        Waiter first = waiters.poll();
        if (first == null) {
            permits++;
            return;
        }
        first.granted = true;
        LockSupport.unpark(first.thread);
    }

    synchronized void close() {
        closed = true;
        if (flaw != Flaw.SLEEPS_THROUGH_CLOSING) {
            waiters.forEach(waiter -> LockSupport.unpark(waiter.thread));
        }
    }

    synchronized List<Integer> state() {
        return List.of(permits, waiters.size());
    }

    private void checkInterrupt() throws InterruptedException {
        if (flaw == Flaw.PASSES_IF_INTERRUPTED || !Thread.interrupted()) {
            return;
        }
        if (flaw == Flaw.EATS_PERMIT_IF_INTERRUPTED) {
            tryAcquire();
        }
        if (flaw == Flaw.KEEPS_STATUS) {
            Thread.currentThread().interrupt();
        }
        throw new InterruptedException();
    }

    private boolean await(long nanos, boolean interruptible) throws InterruptedException {
        Waiter waiter = new Waiter(Thread.currentThread());
        synchronized (this) {
            if (closed && flaw != Flaw.PASSES_IF_CLOSED) {
                throw new IllegalStateException("closed");
            }
            if (closed || permits > 0) {
                permits--;
                return true;
            }
            if (nanos <= 0) {
                return false;
            }
            waiters.add(waiter);
        }
        boolean interrupted = false;
        long start = System.nanoTime();
        while (!waiter.granted) {
            long left = nanos - (System.nanoTime() - start);
            if (left <= 0 && leaveTimedOut(waiter)) {
                return false;
            }
            LockSupport.parkNanos(flaw == Flaw.SHOWS_ANOTHER_BLOCKER ? waiter : this, left);
            if (Thread.interrupted()) {
                if (interruptible && flaw != Flaw.IGNORES_INTERRUPT && leaveInterrupted(waiter)) {
                    throw new InterruptedException();
                }
                interrupted = flaw != Flaw.UNINTERRUPTIBLE_CLEARS_STATUS;
            }
            if (closed && leave(waiter)) {
                throw new IllegalStateException("closed");
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    private boolean leaveTimedOut(Waiter waiter) {
        if (flaw == Flaw.LEAVES_ITS_WAITER) {
            return true;
        }
        return flaw == Flaw.LOSES_PERMIT_ON_TIME_OUT ? leaveLate(waiter) : leave(waiter);
    }

    private boolean leaveInterrupted(Waiter waiter) {
        return flaw == Flaw.LOSES_PERMIT_ON_INTERRUPT ? leaveLate(waiter) : leave(waiter);
    }

    /** Leaves whether it has been handed the permit or not. */
    private boolean leaveLate(Waiter waiter) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < DAWDLE_NANOS) {
            Thread.yield();
        }
        leave(waiter);
        return true;
    }

    /** False if the waiter has been handed the permit already. */
    private synchronized boolean leave(Waiter waiter) {
        return waiters.remove(waiter);
    }

    private static final class Waiter {

        private final Thread thread;
        private volatile boolean granted;

        Waiter(Thread thread) {
            this.thread = thread;
        }
    }

    /** A flaw, the form of operation that it hurts, and the case that must find it. */
    enum Flaw {
        EATS_PERMIT_IF_INTERRUPTED(Form.INTERRUPTIBLE, "interrupted before, free"),
        PASSES_IF_INTERRUPTED(Form.INTERRUPTIBLE, "interrupted before, free"),
        KEEPS_STATUS(Form.INTERRUPTIBLE, "interrupted before, busy"),
        IGNORES_INTERRUPT(Form.INTERRUPTIBLE, "interrupted during the wait"),
        LOSES_PERMIT_ON_INTERRUPT(Form.INTERRUPTIBLE, "interrupted just as it is freed, another one waits"),
        SHOWS_ANOTHER_BLOCKER(Form.INTERRUPTIBLE, "busy, then freed"),
        SLEEPS_THROUGH_CLOSING(Form.INTERRUPTIBLE, "closed during the wait"),
        PASSES_IF_CLOSED(Form.INTERRUPTIBLE, "closed before"),
        TIMES_OUT_EARLY(Form.TIMED, "busy with a time-out of 5 ms, timed out"),
        WAITS_FOR_ZERO(Form.TIMED, "busy with a time-out of 0, timed out"),
        REFUSES_ZERO(Form.TIMED, "free with a time-out of 0"),
        TIME_OUT_OVERFLOWS(Form.TIMED, "busy with the longest time-out, then freed"),
        HANGS_IF_ENDLESS(Form.TIMED, "free with the longest time-out"),
        LEAVES_ITS_WAITER(Form.TIMED, "busy with a time-out of 5 ms, timed out"),
        LOSES_PERMIT_ON_TIME_OUT(Form.TIMED, "timed out just as it is freed, another one waits"),
        TRY_REFUSES_IF_INTERRUPTED(Form.TRY, "interrupted before, free"),
        TRY_CLEARS_STATUS(Form.TRY, "interrupted before, busy"),
        UNINTERRUPTIBLE_ENDS(Form.UNINTERRUPTIBLE, "interrupted during the wait, then freed"),
        UNINTERRUPTIBLE_CLEARS_STATUS(Form.UNINTERRUPTIBLE, "interrupted during the wait, then freed");

        final Form form;
        final String foundBy;

        Flaw(Form form, String foundBy) {
            this.form = form;
            this.foundBy = foundBy;
        }
    }
}
