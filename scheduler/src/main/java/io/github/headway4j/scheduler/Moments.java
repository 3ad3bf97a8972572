// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

/** Arithmetic of nanoseconds that stops at the ends. */
final class Moments {

    private Moments() {}

    /**
     * How long it is from one moment of a clock to another. A clock may overflow, so that the later of two moments is
     * the lesser one; but one that shows a moment far from both ends does not for 146 years, and what seems to be
     * before its overflow, or after it, is as far away as there is, in its direction.
     */
    static long between(long from, long to) {
        boolean overflowsSoon = (from ^ (from << 1)) < 0L;
        return overflowsSoon ? to - from : minus(to, from);
    }

    /** The difference, or the least or greatest {@code long} if it is beyond that. */
    static long minus(long a, long b) {
        long difference = a - b;
        return ((a ^ b) & (a ^ difference)) < 0L ? (a < 0L ? Long.MIN_VALUE : Long.MAX_VALUE) : difference;
    }

    /** The sum, or the least or greatest {@code long} if it is beyond that. */
    static long plus(long a, long b) {
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0L ? (a < 0L ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }
}
