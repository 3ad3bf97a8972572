// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import java.util.SplittableRandom;

/**
 * Threads that wait for each other, without a time-out and undisturbed, for as long as a round lasts. Each turn of one
 * needs a turn of all others, so that a wake-up that is lost stops them all, and the round notices.
 */
interface Ring {

    /** What its threads are called. */
    String name();

    /** How many threads it needs. */
    int parties();

    /**
     * One turn of one party. The party with number 0 begins each turn: the same turn of the others cannot end before
     * its own has begun.
     *
     * @param who the number of the party, from 0 on
     * @param random the calling thread's own
     * @throws InterruptedException if the thread was interrupted, which happens only when the round has failed
     */
    void turn(int who, SplittableRandom random) throws InterruptedException;
}
