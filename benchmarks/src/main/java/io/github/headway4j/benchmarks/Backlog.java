// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Keeps those who put into an unbounded queue from running away from those who take: beyond a backlog they yield. Each
 * thread tells its count once in a while only, so that the measure costs next to nothing and is the same for everybody.
 */
final class Backlog {
    /** How many operations a thread does before it tells of them. */
    static final int STEP = 64;

    private static final int MOST = 4096;
    private static final int STRIDE = 16;
    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);

    /** By thread, far apart: elements put, or elements taken as a negative number. */
    private final long[] counts;

    Backlog(int threads) {
        counts = new long[(threads + 1) * STRIDE];
    }

    /** Tells of some more elements put or, as a negative number, taken. Called by that thread only. */
    void add(int thread, int elements) {
        int place = (thread + 1) * STRIDE;
        COUNT.setRelease(counts, place, (long) COUNT.get(counts, place) + elements);
    }

    boolean isTooLong() {
        long sum = 0;
        for (int place = STRIDE; place < counts.length; place += STRIDE) {
            sum += (long) COUNT.getAcquire(counts, place);
        }
        return sum > MOST;
    }
}
