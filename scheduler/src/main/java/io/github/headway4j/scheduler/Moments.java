// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

/** Arithmetic of nanoseconds that stops at the ends. */
final class Moments {

    private Moments() {}

    /** The sum, or the least or greatest {@code long} if it is beyond that. */
    static long plus(long a, long b) {
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0L ? (a < 0L ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }
}
