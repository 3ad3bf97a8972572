// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.primitives;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Planted bugs: a barrier of two whose arrivals, generation and end are three words instead of one. A party may leave in
 * between. Waits are bounded, so that controls end.
 */
final class TwoWordBarrier {

    private final AtomicInteger arrived = new AtomicInteger();
    private volatile int generation;
    private volatile boolean broken;

    /** The index, or -1 if the barrier is broken, or -2 if the time ran out, which breaks it. */
    int await(long nanos) {
        if (broken) {
            return -1;
        }
        int mine = generation;
        int index = arrived.getAndIncrement();
        if (index == 1) {
            arrived.set(0);
            generation = mine + 1;
            return 1;
        }
        long start = System.nanoTime();
        while (generation == mine && !broken) {
            if (System.nanoTime() - start > nanos) {
                broken = true;
                return -2;
            }
        }
        return broken ? -1 : index;
    }

    void abort() {
        broken = true;
    }
}
