// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What has been said about a job.
 *
 * @param name its name
 * @param tags its tags, immutable
 * @param rule when it runs
 * @param until when it ends, or null for never
 * @param times how often it runs at most
 * @param jitter by how much less than which each run is put off at random; zero for not at all
 * @param missed what to do about runs that could not take place in time
 * @param overlap what to do about runs that are due during another
 * @param failures what to do when it fails
 * @param action what it does
 */
record JobPlan(
        String name,
        Set<String> tags,
        Recurrence rule,
        @Nullable Instant until,
        long times,
        Duration jitter,
        MissedRuns missed,
        Overlap overlap,
        FailurePolicy failures,
        Callable<Job.Result> action) {

    /** Whether the moment is after the end. */
    boolean isPast(Instant moment) {
        return until != null && moment.isAfter(until);
    }

    /** The moment, or the end if that is earlier. */
    Instant notPast(Instant moment) {
        return until != null && moment.isAfter(until) ? until : moment;
    }
}
