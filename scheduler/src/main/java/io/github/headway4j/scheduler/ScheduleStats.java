// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

/**
 * The numbers of a {@link JobSchedule} at one moment: they fit together, so that {@code runs} is always the sum of
 * {@code succeeded}, {@code failed} and {@code running}. Those of jobs that are over are in the sums.
 *
 * @param jobs the number of jobs in the schedule
 * @param paused how many of them are paused
 * @param ended the number of jobs that have been in the schedule and are over
 * @param running the number of runs that are under way
 * @param waiting the number of runs that wait for another run of the same job to end
 * @param runs the number of runs that have begun
 * @param succeeded how many of them have ended well
 * @param failed how many of them have thrown something
 * @param missed the number of runs that did not take place since nobody could begin them in time
 * @param skipped the number of runs that did not take place since another run of the same job had not ended
 * @param heldBack the number of runs that did not take place since they were planned for the pause after a failure
 * @since 0.1
 */
public record ScheduleStats(
        int jobs,
        int paused,
        long ended,
        int running,
        long waiting,
        long runs,
        long succeeded,
        long failed,
        long missed,
        long skipped,
        long heldBack) {}
