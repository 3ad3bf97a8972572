// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Duration;
import java.time.Instant;

/**
 * One moment and then another after each period, in elapsed time: no clock that is put forward or back disturbs it, and
 * runs that are late do not shift those that follow.
 *
 * @param first the first moment
 * @param period the time from one to the next, positive
 */
record SteadyTimes(Instant first, Duration period) implements RunTimes {

    @Override
    public Instant after(Instant instant) {
        return first.plus(period.multipliedBy(until(instant)));
    }

    /** How many there are between two moments, the second inclusive; it takes no time. */
    long count(Instant from, Instant to) {
        return Math.max(0L, until(to) - until(from));
    }

    /** The number of moments up to the given one, inclusive. */
    private long until(Instant instant) {
        return instant.isBefore(first) ? 0L : Duration.between(first, instant).dividedBy(period) + 1;
    }
}
