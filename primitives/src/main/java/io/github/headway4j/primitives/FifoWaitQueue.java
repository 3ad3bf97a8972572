// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

/**
 * The {@linkplain WaitQueue#fifo fifo} queue: a waiter attempts when it is first or has been sent for, and may be handed
 * what it waits for instead. The {@linkplain WaitQueue#addressed addressed} queue differs in that newcomers attempt once
 * whoever else waits.
 */
final class FifoWaitQueue extends WaitQueue {
    /*
     * Model.
     *
     *   await:     append w as LOOKING; sent for = is it first?
     *              loop { if sent for: attempt; become ARMED, look at the own node for a while; become PARKED, park;
     *                     if DONE: has been handed it; else sent for, LOOKING again }
     *   signal:    wake the first node
     *   handOver:  state ARMED or PARKED of the first node -> DONE, and unpark; if more(): wake the first node then
     *
     * A signal that comes during an attempt moves LOOKING to AWAKE, so that the owner fails to become ARMED and attempts
     * once more.
     *
     * Hand-over. It succeeds by the move from ARMED or PARKED to DONE. An owner attempts only as LOOKING or AWAKE, and
     * leaves by itself only as one of these, so it cannot both get by its own and be handed; and an owner that wants to
     * leave, also because of an error, moves itself to AWAKE first, or finds that it has got what it waited for.
     *
     * Lost-wakeup argument, with WaitQueue's.
     *   (e) The first waiter, or in an addressed queue the one that the releaser names, attempts as LOOKING or AWAKE and
     *       becomes ARMED after that. Either the attempt sees S, or the releaser's read of the state comes later and
     *       finds LOOKING, ARMED or PARKED, all of which lead to a look.
     *   (f) A waiter behind a node P that is not DONE yet does not attempt. P, when it leaves, writes DONE and then
     *       reads S in more() and the first node. If the releaser found P or an earlier node, its write of S came before
     *       P wrote DONE, so P's more() sees S and P wakes the waiter. A newcomer asks whether it is first after it has
     *       appended: it sees P DONE and attempts, or P's read of the first node comes later and finds it.
     *   (g) A node that is handed over runs no more(); the one who hands over does, after it has written DONE, as if it
     *       were the owner that leaves.
     */

    private final boolean addressed;

    FifoWaitQueue(Object blocker, Parker parker, boolean addressed) {
        super(blocker, parker, new Lookout());
        this.addressed = addressed;
    }

    @Override
    boolean mayAttemptAtOnce() {
        return !hasWaiters();
    }

    @Override
    boolean waitInQueue(Waiter w, boolean interruptible, boolean timed, long deadline, boolean spin)
            throws InterruptedException {
        WaiterNode n = w.node;
        n.state = WaiterNode.LOOKING;
        append(n);
        try {
            return waitForTurn(w, n, interruptible, timed, deadline, spin);
        } catch (RuntimeException | Error failure) {
            if (n.recall()) {
                throw failure;
            }
            WaiterNode.report(failure); // it has been handed what it waited for, and nobody else can give that back
            return true;
        }
    }

    private boolean waitForTurn(
            Waiter w, WaiterNode n, boolean interruptible, boolean timed, long deadline, boolean spin)
            throws InterruptedException {
        boolean sentFor = addressed || first() == n;
        for (; ; ) {
            if (sentFor) {
                n.noteInterrupt(interruptible);
                if (w.attempt()) {
                    return true;
                }
            }
            long left = left(timed, deadline);
            if (left <= 0L) {
                return false; // signals that come to nothing must not keep a thread beyond its time
            }
            if (WaiterNode.STATE.compareAndSet(n, WaiterNode.LOOKING, WaiterNode.ARMED)
                    && !(spin && lookout.seesTurn(this, n, left))
                    && WaiterNode.STATE.compareAndSet(n, WaiterNode.ARMED, WaiterNode.PARKED)) {
                while (n.state == WaiterNode.PARKED) {
                    if (!n.park(w, parker, blocker, timed, deadline)) {
                        return !n.recall();
                    }
                    n.noteInterruptUnlessDone(interruptible);
                }
            }
            if (n.state == WaiterNode.DONE) {
                return true;
            }
            n.state = WaiterNode.LOOKING; // pairs with the state change before a signal: later signals move it again
            sentFor = true;
        }
    }

    @Override
    public boolean handOver(int amount) {
        WaiterNode first = first();
        if (first == null) {
            return false;
        }
        int s = first.state;
        Thread thread = first.thread; // before the hand-over, after which its owner forgets it
        Waiter owner = first.waiter;
        if ((s != WaiterNode.ARMED && s != WaiterNode.PARKED)
                || owner == null // it has gone
                || !owner.accepts(amount)
                || !WaiterNode.STATE.compareAndSet(first, s, WaiterNode.DONE)) {
            return false;
        }
        if (s == WaiterNode.PARKED && thread != null) {
            parker.unpark(thread);
        }
        WaiterNode next = first();
        if (next != null && owner.more()) {
            next.wake(parker);
        }
        return true;
    }

    @Override
    String kind() {
        return addressed ? "addressed" : "fifo";
    }
}
