// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The permits of a {@link BoundedSemaphore}: how many there are and how many are out, in one word. Nothing here waits or
 * wakes. A superclass and not a field, so that a semaphore is one object.
 */
abstract class Permits {
    /*
     * State. One long: the bound in the upper half, the permits that are out in the lower half, both non-negative. What
     * is available is their difference, or nothing while more permits are out than a lowered bound allows.
     *
     * Invariants. out >= 0: giving back subtracts no more than is out. Taking leaves out <= bound.
     *
     * Linearization points. The successful compareAndSet of take, giveBack and changeBound; when take fails: the
     * volatile read of the state that shows too few permits.
     *
     * Access modes. state: volatile reads and compareAndSet. guess, readsFirst: plain hints; every decision is taken on
     * a value that compareAndSet, or a read, has found to be the state.
     */

    /** Under contention a wrong guess costs a write to a busy cache line; so many reads make that rare. */
    private static final int READS_AFTER_A_MISS = 128;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Permits.class, "state", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final boolean fair;

    private volatile long state;

    /**
     * A guess at the state: plain, written after each change, possibly stale or torn. Comparing with a guess instead of
     * reading the state first saves the wait for a word that was just written, a sixth of an uncontended acquire and
     * release.
     */
    private long guess;

    /** How often to read the state before guessing again, because threads contend. Plain, approximate. */
    private int readsFirst;

    /** As many permits as the bound, none of them out. */
    Permits(int bound, boolean fair) {
        this.fair = fair;
        this.state = packed(checkBound(bound), 0);
    }

    /** Takes so many if so many are available. */
    final boolean take(int permits) {
        for (long s = guess(); ; s = state) {
            if (bound(s) - out(s) >= permits) {
                if (STATE.compareAndSet(this, s, s + permits)) {
                    guess = s + permits;
                    return true;
                }
                readsFirst = READS_AFTER_A_MISS;
            } else if (s == state) {
                return false;
            }
        }
    }

    /** Puts so many back, or throws if fewer are out. */
    final void giveBack(int permits) {
        for (long s = guess(); ; s = state) {
            if (out(s) >= permits) {
                if (STATE.compareAndSet(this, s, s - permits)) {
                    guess = s - permits;
                    return;
                }
                readsFirst = READS_AFTER_A_MISS;
            } else if (s == state) {
                throw new IllegalStateException("release of " + permits + " permit(s) while " + out(s) + " of "
                        + bound(s) + " are out; expected at most as many as are out");
            }
        }
    }

    /** Leaves out as many as are out. */
    final void changeBound(int bound) {
        checkBound(bound);
        for (; ; ) {
            long s = state;
            if (STATE.compareAndSet(this, s, packed(bound, out(s)))) {
                return;
            }
        }
    }

    /** Whether so many could pass from one who has them to another, without a change: they are out, within the bound. */
    final boolean mayPassOn(int permits) {
        long s = state;
        return permits <= out(s) && out(s) <= bound(s);
    }

    /** All figures at one moment, to be read by bound, out and available. */
    final long state() {
        return state;
    }

    static int bound(long s) {
        return (int) (s >>> 32);
    }

    static int out(long s) {
        return (int) s;
    }

    static int available(long s) {
        return Math.max(0, bound(s) - out(s));
    }

    static int checkPermits(int permits) {
        if (permits < 1) {
            throw new IllegalArgumentException("permits is " + permits + "; expected at least 1");
        }
        return permits;
    }

    private static int checkBound(int bound) {
        if (bound < 0) {
            throw new IllegalArgumentException("bound is " + bound + "; expected at least 0");
        }
        return bound;
    }

    private static long packed(int bound, int out) {
        return ((long) bound << 32) | out;
    }

    /** What the state probably is: the guess, or the state itself for a while after a guess was wrong. */
    private long guess() {
        if (fair) {
            return state; // a hand-over reads the state without changing it: keep the cache line clean for it
        }
        int reads = readsFirst;
        if (reads > 0) {
            readsFirst = reads - 1;
            return state;
        }
        return guess;
    }
}
