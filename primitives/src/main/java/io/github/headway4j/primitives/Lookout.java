// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import io.github.headway4j.primitives.WaitQueue.Waiter;

/**
 * How the threads of a {@link WaitQueue} look again before they park: for a bounded time, first spinning, then yielding
 * the processor. How long is learned from whether it paid: see {@link SpinBudget}.
 *
 * <p>What they look at is what the others are disturbed by least. A waiter that attempts takes the cache line away from
 * the one that holds what is waited for, so it looks more and more seldom. One that will be sent for looks at its own
 * node. A gate that opens for everybody is read by all and written rarely, so it is looked at often.
 *
 * <p>A wait that has little time left looks for that time at most, and learns nothing if it does so in vain. A thread
 * that yields may come back later than that.
 *
 * <p>Looking changes nothing but budgets, and a look in vain proves nothing: whoever comes back with false goes on as if
 * it had never looked. That no wake-up is lost is shown without it, by the queues.
 */
final class Lookout {

    /** Pauses before the first attempt of a spinning thread. Short enough for a hand-off between two running threads. */
    private static final int FIRST_GAP = 16;

    /** Pauses between later attempts, doubled up to this many; rare attempts let the holder run undisturbed. */
    private static final int LAST_GAP = 512;

    /** Looks at one's own node, or at a gate, from one look at the clock to the next. */
    private static final int LOOKS_PER_CLOCK = 32;

    /** Looks at a gate before the first look at the clock. */
    private static final int LOOKS_BEFORE_CLOCK = 128;

    private final SpinBudget spins = new SpinBudget();
    private final SpinBudget yields = new SpinBudget();
    private final int firstGap;

    Lookout() {
        this(FIRST_GAP);
    }

    private Lookout(int firstGap) {
        this.firstGap = firstGap;
    }

    /** Attempts as seldom at the beginning of a wait as later. */
    static Lookout seldom() {
        return new Lookout(LAST_GAP);
    }

    // ---- by attempts ----

    /** How long the wait that begins now may spin; the caller passes it to {@link #seesSuccess}, unless all is 0. */
    int spinNanos() {
        return spins.nanos();
    }

    /** How long the wait that begins now may yield; the caller passes it to {@link #seesSuccess}, unless all is 0. */
    int yieldNanos() {
        return yields.nanos();
    }

    /** Attempts again and again, spinning and then yielding for the given times. Whether an attempt succeeded. */
    boolean seesSuccess(Waiter w, int spinNanos, int yieldNanos, long left) {
        return spinForSuccess(w, spinNanos, left) || yieldForSuccess(w, yieldNanos, left - spinNanos);
    }

    private boolean spinForSuccess(Waiter w, int nanos, long left) {
        long most = Math.min(nanos, left);
        if (most <= 0L) {
            return false;
        }
        long start = System.nanoTime();
        int gap = firstGap;
        do {
            for (int i = 0; i < gap; i++) {
                Thread.onSpinWait();
            }
            if (w.attempt()) {
                spins.paid();
                return true;
            }
            gap = Math.min(2 * gap, LAST_GAP);
        } while (System.nanoTime() - start < most);
        if (most == nanos) {
            spins.failed();
        }
        return false;
    }

    private boolean yieldForSuccess(Waiter w, int nanos, long left) {
        long most = Math.min(nanos, left);
        if (most <= 0L) {
            return false;
        }
        long start = System.nanoTime();
        do {
            Thread.yield();
            if (w.attempt()) {
                yields.paid();
                return true;
            }
        } while (System.nanoTime() - start < most);
        if (most == nanos) {
            yields.failed();
        }
        return false;
    }

    // ---- at one's own node ----

    /** Yields while others come first, and spins when the waiter is next, until its node is no longer ARMED. */
    boolean seesTurn(WaiterList list, WaiterNode n, long left) {
        boolean spun = isNext(list, n);
        int spinNanos = spun ? spins.nanos() : 0;
        if (spun && spinForTurn(n, spinNanos, left)) {
            return true;
        }
        return yieldForTurn(list, n, spun, yields.nanos(), left - spinNanos);
    }

    private boolean yieldForTurn(WaiterList list, WaiterNode n, boolean hasSpun, int nanos, long left) {
        boolean spun = hasSpun;
        long most = Math.min(nanos, left);
        if (most <= 0L) {
            return false;
        }
        long start = System.nanoTime();
        do {
            Thread.yield();
            if (!spun && list.first() == n) {
                spun = true;
                if (spinForTurn(n, spins.nanos(), left)) {
                    yields.paid();
                    return true;
                }
            }
            if (n.state != WaiterNode.ARMED) {
                yields.paid();
                return true;
            }
        } while (System.nanoTime() - start < most);
        if (most == nanos) {
            yields.failed();
        }
        return false;
    }

    /** Looks for a moment whether the one before leaves. */
    private static boolean isNext(WaiterList list, WaiterNode n) {
        for (int i = 0; i < LOOKS_PER_CLOCK; i++) {
            if (n.state != WaiterNode.ARMED || list.first() == n) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    private boolean spinForTurn(WaiterNode n, int nanos, long left) {
        long most = Math.min(nanos, left);
        if (most <= 0L) {
            return false;
        }
        long start = System.nanoTime();
        do {
            for (int i = 0; i < LOOKS_PER_CLOCK; i++) {
                if (n.state != WaiterNode.ARMED) {
                    spins.paid();
                    return true;
                }
                Thread.onSpinWait();
            }
        } while (System.nanoTime() - start < most);
        if (most == nanos) {
            spins.failed();
        }
        return false;
    }

    // ---- at a gate ----

    /**
     * Looks at a gate, spinning and then yielding.
     *
     * @param gate what is waited for
     * @param since when the wait began, in terms of the gate
     * @param alone whether those who are waited for have processors of their own, so that spinning may pay
     * @param left how long the wait may last
     * @return whether the gate was seen open
     */
    boolean seesOpening(Gate gate, long since, boolean alone, long left) {
        int spinNanos = alone ? spins.nanos() : 0;
        return spinAtGate(gate, since, spinNanos, left) || yieldAtGate(gate, since, yields.nanos(), left - spinNanos);
    }

    private boolean spinAtGate(Gate gate, long since, int nanos, long left) {
        long most = Math.min(nanos, left);
        if (most <= 0L) {
            return false;
        }
        for (int i = 0; i < LOOKS_BEFORE_CLOCK; i++) {
            if (gate.isOpen(since)) {
                spins.paid();
                return true;
            }
            Thread.onSpinWait();
        }
        long start = System.nanoTime();
        do {
            for (int i = 0; i < LOOKS_PER_CLOCK; i++) {
                if (gate.isOpen(since)) {
                    spins.paid();
                    return true;
                }
                Thread.onSpinWait();
            }
        } while (System.nanoTime() - start < most);
        if (most == nanos) {
            spins.failed();
        }
        return false;
    }

    private boolean yieldAtGate(Gate gate, long since, int nanos, long left) {
        long most = Math.min(nanos, left);
        if (most <= 0L) {
            return false;
        }
        long start = System.nanoTime();
        do {
            Thread.yield();
            if (gate.isOpen(since)) {
                yields.paid();
                return true;
            }
        } while (System.nanoTime() - start < most);
        if (most == nanos) {
            yields.failed();
        }
        return false;
    }
}
