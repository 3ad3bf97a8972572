// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The times at which a job runs. Immutable, and a pure function: it looks at no clock. */
@FunctionalInterface
interface RunTimes {

    /** So many runs are counted one by one; counting all those of a second-hand since 1970 would take minutes. */
    int MOST_COUNTED = 10_000;

    /**
     * The first run after a given moment.
     *
     * @param instant some moment
     * @return the next run, strictly later, or null if there is none
     */
    @Nullable
    Instant after(Instant instant);

    /**
     * Whether {@link #count} looks at each run.
     *
     * @return false if it takes no time
     */
    default boolean isCountedOneByOne() {
        return true;
    }

    /**
     * How many runs there are between two moments.
     *
     * @param from the first moment, exclusive
     * @param to the last moment, inclusive
     * @return their number, or {@link #MOST_COUNTED} if there are more and they had to be counted one by one
     */
    default long count(Instant from, Instant to) {
        long runs = 0;
        Instant run = after(from);
        while (run != null && !run.isAfter(to) && runs < MOST_COUNTED) {
            runs++;
            run = after(run);
        }
        return runs;
    }
}
