// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

/**
 * How long a waiter may look again in one way, spinning or yielding, before it tries the next way: learned from whether
 * looking paid.
 *
 * <p>A wait that ends while looking restores the budget; one that goes on takes a quarter of it, so that four vain ones
 * in a row leave nothing. Then only some waits probe, with the full budget, to notice when times have changed: two
 * threads that hand each other work and park each time get out of it by one that stays awake for as long as the other
 * takes to wake up. Vain probes become rarer, from one wait in {@value #OFTEN} to one in {@value #SELDOM}.
 *
 * <p>All fields are plain and shared: a lost update costs some microseconds once.
 */
final class SpinBudget {

    /** The full budget, in nanoseconds: about what it takes to park a thread and to wake it again. */
    static final int FULL = 50_000;

    /** Waits from one probe to the next, at first. */
    static final int OFTEN = 16;

    /** Waits from one probe to the next, at most. */
    static final int SELDOM = 1_024;

    private int nanos = FULL / 2;
    private int waits;
    private int probeEvery = OFTEN;

    /** Nanoseconds that the wait that begins now may look; the caller reports by paid or failed unless it is 0. */
    int nanos() {
        int n = nanos;
        if (n == 0 && ++waits >= probeEvery) {
            waits = 0;
            return FULL;
        }
        return n;
    }

    /** A wait ended while looking. */
    void paid() {
        if (nanos != FULL) { // writes only news, as every waiter reads this
            nanos = FULL;
            probeEvery = OFTEN;
        }
    }

    /** A wait went on after looking in vain. */
    void failed() {
        int n = nanos;
        if (n > 0) {
            nanos = Math.max(0, n - FULL / 4);
        } else {
            probeEvery = Math.min(SELDOM, 2 * probeEvery);
        }
    }
}
