// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import io.github.headway4j.primitives.WaitQueue.Waiter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The place of a {@link Waiter} in a queue: its link, its thread and the state of its wait. An object of its own, since
 * some nodes stay linked when their wait is over, and the waiter and all that it has got must not.
 */
final class WaiterNode {
    /*
     * State (who moves it):
     *   AWAKE    the owner is awake and will attempt before it parks: a signal has nothing to do
     *   LOOKING  the owner attempts, or is about to (owner only, fifo only): a signal moves it to AWAKE, so that the
     *            owner attempts once more
     *   ARMED    the owner is awake and looks at this state only: a signal moves it to AWAKE, a hand-over to DONE
     *   PARKED   the owner parks or is about to: as ARMED, and the owner is unparked
     *   DONE     the owner has left, or has been handed what it waits for
     *
     * Invariant. DONE is final. From AWAKE only the owner moves the node, so it may write; and it writes DONE when it
     * leaves, in a state from which others could make it AWAKE at most. All other moves are compareAndSets.
     *
     * Access modes. next and state: volatile, but for the writes before a node is published. thread: volatile, read by
     * those who wake. waiter: plain, written before the node is published and cleared by the owner at the end; a
     * thread that hands over reads it once, and what it reads too late it drops, as the state is DONE by then.
     */

    static final int AWAKE = 0;
    static final int LOOKING = 1;
    static final int ARMED = 2;
    static final int PARKED = 3;
    static final int DONE = 4;

    /** Moves a node from one state to another. */
    static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(WaiterNode.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Later node; null at the end of the list; the node itself once head has passed it. */
    volatile @Nullable WaiterNode next;

    volatile int state;

    /** The waiting thread, for those who wake it; null before a wait and after one in the queue. */
    volatile @Nullable Thread thread;

    /** Whose place it is; null before a wait and after one in the queue. */
    @Nullable
    Waiter waiter;

    /** Owner only: an interrupt came during an uninterruptible wait, or after a hand-over. */
    private boolean interrupted;

    /** Owner only: the thread has parked or was about to. */
    private boolean parked;

    // ---- for the owner ----

    void begin(Waiter owner, Thread current) {
        if (thread != null || state == DONE) {
            throw new IllegalStateException("a Waiter serves one wait; expected a new one");
        }
        waiter = owner;
        thread = current;
    }

    /** Sees an interrupt that is pending: throws, or remembers it for the end. */
    void noteInterrupt(boolean throwIt) throws InterruptedException {
        if (Thread.interrupted()) {
            if (throwIt) {
                throw new InterruptedException();
            }
            interrupted = true;
        }
    }

    /** As noteInterrupt, where a hand-over may have come first. */
    void noteInterruptUnlessDone(boolean throwIt) throws InterruptedException {
        if (Thread.interrupted()) {
            interrupted = true;
            if (throwIt && recall()) {
                interrupted = false;
                throw new InterruptedException();
            }
        }
    }

    /** Takes the node out of the reach of a hand-over. False if it comes too late. */
    boolean recall() {
        int s = state;
        while (s != DONE && !STATE.compareAndSet(this, s, AWAKE)) {
            s = state;
        }
        return s != DONE;
    }

    /** Parks once. False if the time has run out. */
    boolean park(Waiter owner, Parker parker, Object blocker, boolean timed, long deadline) {
        if (!parked) {
            parked = true;
            try {
                owner.parking();
            } catch (Throwable failure) { // a recording must not decide a wait, which may have been ended by now
                report(failure);
            }
        }
        if (!timed) {
            parker.park(blocker);
            return true;
        }
        long nanos = deadline - System.nanoTime();
        if (nanos <= 0L) {
            return false;
        }
        parker.parkNanos(blocker, nanos);
        return true;
    }

    void end(Waiter owner, boolean success) {
        thread = null;
        waiter = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (parked) {
            try {
                owner.parked(success);
            } catch (Throwable failure) {
                report(failure);
            }
        }
    }

    /** Hands a failure to the thread's handler, where it must not reach the caller, who has got what it waited for. */
    static void report(Throwable failure) {
        Thread current = Thread.currentThread();
        try {
            Thread.UncaughtExceptionHandler handler = current.getUncaughtExceptionHandler();
            if (handler != null) { // null once the thread has ended
                handler.uncaughtException(current, failure);
            }
        } catch (Throwable ignored) {
            // as the virtual machine does with what a handler throws
        }
    }

    // ---- for everybody ----

    /** Makes the owner attempt, if it still waits. */
    void wake(Parker parker) {
        for (; ; ) {
            int s = state;
            if (s == AWAKE || s == DONE) {
                return;
            }
            if (STATE.compareAndSet(this, s, AWAKE)) {
                Thread t = thread;
                if (s == PARKED && t != null) {
                    parker.unpark(t);
                }
                return;
            }
        }
    }
}
