// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.SplittableRandom;

/** Times until an event plans the next one: distributed exponentially, from a table. */
final class Increments {
    /** A second, in nanoseconds: so long that events hardly ever meet. */
    static final long MEAN = 1_000_000_000L;

    private static final int SIZE = 1 << 14;
    private static final long SEED = 42;

    private final long[] table = new long[SIZE];
    private int index;

    Increments() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < SIZE; i++) {
            table[i] = (long) (-Math.log(1 - random.nextDouble()) * MEAN);
        }
    }

    long next() {
        index++;
        return table[index & (SIZE - 1)];
    }
}
