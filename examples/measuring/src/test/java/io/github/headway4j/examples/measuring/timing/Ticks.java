// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.timing;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A clock under the hand of a test. */
final class Ticks implements LongSupplier {
    private long now = -1_000; // clocks may begin anywhere

    @Override
    public long getAsLong() {
        return now;
    }

    void pass(Duration time) {
        now += time.toNanos();
    }
}
