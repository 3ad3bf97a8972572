// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

/**
 * How long the waiters of one queue look again before they park: learned from whether looking again paid.
 *
 * <p>Spinning and yielding are learned apart, because they pay in different situations: spinning when the thread waited
 * for runs on another processor and is about done, yielding when it is runnable but has no processor. A wait that ends
 * while looking restores the budget of that kind; one that goes on takes a part of it, down to nothing. Then every
 * {@value #PROBE_EVERY}th wait tries that kind with the full budget, so that the queue notices when times have changed:
 * two threads that hand each other work and both park each time get out of it by one that stays awake for as long as
 * the other takes to wake up.
 *
 * <p>All fields are plain and shared: a lost update costs some microseconds once.
 */
final class SpinBudget {

    /** Longest spin of a wait, in nanoseconds: about what it takes to park a thread and to wake it again. */
    static final int MAX_SPIN = Integer.getInteger("MS", 50_000);

    /** Most yields of a wait. */
    static final int MAX_YIELDS = Integer.getInteger("MY", 16);

    /** Waits per probe of a kind of looking that does not pay. A power of two. */
    static final int PROBE_EVERY = 16;

    private final boolean enabled;
    private int spin;
    private int yields;
    private int waits;

    SpinBudget(boolean enabled) {
        this.enabled = enabled;
        this.spin = enabled ? MAX_SPIN / 4 : 0;
        this.yields = enabled ? MAX_YIELDS / 4 : 0;
    }

    /** Nanoseconds that the wait that begins now may spin. */
    int spin() {
        int s = spin;
        return s > 0 ? s : enabled && (++waits & (PROBE_EVERY - 1)) == 0 ? MAX_SPIN : 0;
    }

    /** Yields that the wait that begins now may spend. */
    int yields() {
        int y = yields;
        return y > 0 ? y : enabled && (++waits & (PROBE_EVERY - 1)) == 0 ? MAX_YIELDS : 0;
    }

    /** A wait ended while spinning. */
    void spinPaid() {
        spin = MAX_SPIN;
    }

    /** A wait went on after spinning in vain. */
    void spinFailed() {
        spin = Math.max(0, spin - MAX_SPIN / 4);
    }

    /** A wait ended while yielding. */
    void yieldPaid() {
        yields = MAX_YIELDS;
    }

    /** A wait went on after yielding in vain. */
    void yieldFailed() {
        yields = Math.max(0, yields - MAX_YIELDS / 4);
    }
}
