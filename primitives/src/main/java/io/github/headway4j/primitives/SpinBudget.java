// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

/**
 * How often the waiters of one queue look again before they park: learned from whether looking again paid.
 *
 * <p>Spinning and yielding are learned apart, because they pay in different situations: spinning when the thread waited
 * for runs on another processor and is about done, yielding when it is runnable but has no processor. A kind of looking
 * that fails gets a smaller budget each time, down to nothing; then every {@value #PROBE_EVERY}th wait tries a little
 * of it, so that the queue notices when times have changed.
 *
 * <p>All fields are plain and shared: a lost update costs some nanoseconds once.
 */
final class SpinBudget {

    /** Longest spin, in pauses of 20 to 50 ns each: about the cost of parking and waking a thread. */
    static final int MAX_SPINS = 512;

    /** Most yields of one wait. */
    static final int MAX_YIELDS = 16;

    /** Waits per probe of a kind of looking that does not pay. A power of two. */
    static final int PROBE_EVERY = 64;

    private static final int PROBE_SPINS = 64;
    private static final int PROBE_YIELDS = 2;

    private final boolean enabled;
    private int spins;
    private int yields;
    private int waits;

    SpinBudget(boolean enabled) {
        this.enabled = enabled;
        this.spins = enabled ? MAX_SPINS / 2 : 0;
        this.yields = enabled ? MAX_YIELDS / 2 : 0;
    }

    /** Pauses that the wait that begins now may spend. */
    int spins() {
        int s = spins;
        if (s == 0 && enabled && (++waits & (PROBE_EVERY - 1)) == 0) {
            return PROBE_SPINS;
        }
        return s;
    }

    /** Yields that the wait that begins now may spend. */
    int yields() {
        int y = yields;
        if (y == 0 && enabled && (waits & (PROBE_EVERY - 1)) == 0) {
            return PROBE_YIELDS;
        }
        return y;
    }

    /** A wait ended while spinning, after the given number of pauses. */
    void spinPaid(int used) {
        int target = Math.min(MAX_SPINS, 2 * used + PROBE_SPINS);
        int s = spins;
        spins = s + ((target - s) >> 3);
    }

    /** A wait went on after the given number of pauses. */
    void spinFailed(int used) {
        if (used > 0) {
            int s = spins;
            spins = s - (s >> 2) - (s > 0 ? 1 : 0);
        }
    }

    /** A wait ended while yielding. */
    void yieldPaid() {
        int y = yields;
        if (y < MAX_YIELDS) {
            yields = y + 1;
        }
    }

    /** A wait went on after the given number of yields. */
    void yieldFailed(int used) {
        int y = yields;
        if (used > 0 && y > 0) {
            yields = y - 1;
        }
    }
}
