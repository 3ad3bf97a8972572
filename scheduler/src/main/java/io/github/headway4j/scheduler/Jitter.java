// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

/**
 * What puts off the runs of a series: by times that look random, but depend on nothing but a seed and the moment that
 * is put off. So nothing has to be drawn or remembered from one run to the next, and any run can be asked about, in
 * any order.
 */
final class Jitter {

    /** What seeds differ by: odd, and like no period; the golden ratio of all longs. */
    static final long STEP = 0x9e37_79b9_7f4a_7c15L;

    /** The longest time that anything is put off by. */
    final long most;

    private final long seed;

    Jitter(long seed, long most) {
        this.seed = mix(seed);
        this.most = most;
    }

    /** The moment that a run takes place at, instead of the given one. */
    long putOff(long moment) {
        return most == 0L ? moment : Moments.plus(moment, Long.remainderUnsigned(mix(seed + moment * STEP), most + 1L));
    }

    /** What ends each step of SplitMix64: each bit of the result depends on each bit of the argument. */
    private static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return z ^ (z >>> 31);
    }
}
