// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

/** The {@linkplain WaitQueue#broadcast broadcast} queue: everybody looks, and takes nothing from the others. */
final class BroadcastWaitQueue extends WaitQueue {
    /*
     * Model.
     *
     *   await:      spin and yield, looking
     *               append w as PARKED
     *               loop { look; if AWAKE: become PARKED; else park }
     *   signalAll:  wake every node
     *
     * Lost-wakeup argument, with WaitQueue's.
     *   (h) A waiter appends its node as PARKED, then attempts, then parks. A releaser writes S, then walks over all
     *       nodes. The walk meets the node and wakes it, or the node was appended later, and then its attempt sees S.
     *       What is true stays true for this waiter, so a look that comes late finds the same, nobody's success takes
     *       anything from others, and a leaver has nothing to pass on.
     */

    BroadcastWaitQueue(Object blocker, Parker parker) {
        super(blocker, parker, new Lookout());
    }

    /** A {@link GateWaiter} is made after its thread has {@linkplain #watch watched}. */
    @Override
    boolean lookFirst(Waiter w, long left) {
        return !(w instanceof GateWaiter) && lookout.seesOpening(new Attempts(w), 0L, true, left);
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
                if (timed && deadline - System.nanoTime() <= 0L) {
                    return false; // signals that come to nothing must not keep a thread beyond its time
                }
                n.state = WaiterNode.PARKED; // and look once more before parking
            } else if (!n.park(w, parker, blocker, timed, deadline)) {
                return false;
            }
        }
    }

    @Override
    String kind() {
        return "broadcast";
    }

    /** The attempts of a waiter, to be watched. */
    private static final class Attempts extends Gate {
        private final Waiter waiter;

        Attempts(Waiter waiter) {
            this.waiter = waiter;
        }

        @Override
        boolean isOpen(long since) {
            return waiter.attempt();
        }
    }
}
