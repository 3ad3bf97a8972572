// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Is told what becomes of the jobs of a {@link JobSchedule}, for metrics and logs: of every run that takes place, of
 * every one that does not, and of the end of every job. Does nothing unless overridden.
 *
 * <p>It is called after the fact, in the thread that knows first, without any lock; different calls may come at the
 * same time. What it throws is dealt with as what the {@linkplain ScheduleOptions#onFailure handler of failures}
 * throws.
 *
 * @since 0.1
 */
public interface JobListener {

    /**
     * A run has ended. A failure has been counted and reported already.
     *
     * @param job the job
     * @param lateBy how long after its moment it began, that of a run that waited counted from the first of those that
     *     waited; zero for one that was not due
     * @param took how long it ran
     * @param failure what it has thrown, or null
     */
    default void ran(Job job, Duration lateBy, Duration took, @Nullable Throwable failure) {}

    /**
     * Runs did not take place because nobody could begin them in time, see {@link MissedRuns}, or before the job ended.
     *
     * @param job the job
     * @param runs how many
     */
    default void missed(Job job, long runs) {}

    /**
     * Runs did not take place because other runs of the job were under way, see {@link Overlap}.
     *
     * @param job the job
     * @param runs how many
     */
    default void skipped(Job job, long runs) {}

    /**
     * Runs did not take place because they were planned for the pause after a failure, see
     * {@link FailurePolicy#backOff}.
     *
     * @param job the job
     * @param runs how many
     */
    default void heldBack(Job job, long runs) {}

    /**
     * A job is over, for whatever reason.
     *
     * @param job the job
     */
    default void ended(Job job) {}
}
