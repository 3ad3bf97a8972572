// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.time.Duration;

/**
 * A time from now, in the forms that are asked for.
 *
 * @param nanos the same as {@code duration}
 */
record Delay(Duration duration, long nanos) {
    static final Delay NONE = ofNanos(0);

    static Delay ofNanos(long nanos) {
        return new Delay(Duration.ofNanos(nanos), nanos);
    }
}
