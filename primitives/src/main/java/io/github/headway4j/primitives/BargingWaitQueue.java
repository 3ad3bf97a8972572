// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The {@linkplain WaitQueue#barging barging} queue: whoever is awake attempts; one thread at a time looks again. */
final class BargingWaitQueue extends WaitQueue {
    /*
     * Model.
     *
     *   await:   if nobody is spinning: spin and yield, attempting; that over: if more(): signal()
     *            append w as PARKED
     *            loop { attempt; if AWAKE: spin as above, then become PARKED; else park }
     *   signal:  wake the first node, unless a spinning thread will look anyway
     *
     * So a thread spins before it is in the queue, or after it has been woken in it. Several that spin would take the
     * cache line from each other and from the one they wait for.
     *
     * Lost-wakeup argument, with WaitQueue's.
     *   (c) A waiter writes PARKED, attempts, and then parks. Either this attempt sees S, or the releaser's reads come
     *       later and find a node that is first, this one or one before it, in a state that leads to a look.
     *   (d) A releaser that leaves its signal to a spinning thread has read spinning as 1. That thread writes 0 later
     *       and then reads S in more() and signals itself, whether or not it has got what it wanted or has thrown.
     *
     * Access modes. spinning: volatile. skipped: plain, approximate.
     */

    /** Signals that a spinning thread may be left in a row before a parked one gets one. A power of two. */
    private static final int SKIPS = 1_024;

    private static final VarHandle SPINNING;

    static {
        try {
            SPINNING = MethodHandles.lookup().findVarHandle(BargingWaitQueue.class, "spinning", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** 1 while a thread outside the queue, or a woken one inside, attempts again and again. */
    private volatile int spinning;

    /** Signals that were left to the spinning thread. Plain, approximate. */
    private int skipped;

    BargingWaitQueue(Object blocker, Parker parker, Lookout lookout) {
        super(blocker, parker, lookout);
    }

    @Override
    boolean lookFirst(Waiter w, long left) {
        return lookAgain(w, left);
    }

    @Override
    boolean waitInQueue(Waiter w, boolean interruptible, boolean timed, long deadline, boolean spin)
            throws InterruptedException {
        WaiterNode n = w.node;
        n.state = WaiterNode.PARKED;
        append(n);
        for (; ; ) {
            n.noteInterrupt(interruptible);
            if (w.attempt()) {
                return true;
            }
            if (n.state == WaiterNode.AWAKE) {
                if (spin && lookAgain(w, left(timed, deadline))) {
                    return true;
                }
                if (timed && deadline - System.nanoTime() <= 0L) {
                    return false; // signals that come to nothing must not keep a thread beyond its time
                }
                n.state = WaiterNode.PARKED; // and look once more before parking
            } else if (!n.park(w, parker, blocker, timed, deadline)) {
                return false;
            }
        }
    }

    /** Looks as long as the budgets say, unless somebody does so already. Signals have nothing to do meanwhile. */
    private boolean lookAgain(Waiter w, long left) {
        int spinNanos = lookout.spinNanos();
        int yieldNanos = lookout.yieldNanos();
        if (spinNanos + yieldNanos == 0 || spinning != 0 || !SPINNING.compareAndSet(this, 0, 1)) {
            return false;
        }
        try {
            return lookout.seesSuccess(w, spinNanos, yieldNanos, left);
        } finally {
            spinning = 0;
            if (w.more()) {
                signal(); // for those whose signals were left to this thread
            }
        }
    }

    @Override
    boolean isLookedAfter() {
        return spinning != 0 && (++skipped & (SKIPS - 1)) != 0;
    }

    @Override
    String kind() {
        return "barging";
    }
}
