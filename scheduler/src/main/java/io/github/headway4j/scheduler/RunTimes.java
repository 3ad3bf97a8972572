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
}
