// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

/**
 * What {@link Timers} have done, all of one moment. Numbers other than the first two count from the making of the
 * timers on. For timeouts that are no series, {@code scheduled} is the sum of those that are pending, that have begun,
 * and that were cancelled, dropped or refused.
 *
 * @param pending timeouts whose action has not begun, and series that are not over
 * @param running actions that are under way
 * @param scheduled timeouts and series that were accepted
 * @param runs actions that have begun
 * @param late of these, actions that began 10 ms or more after their moment
 * @param failed actions that have thrown something
 * @param missed runs of series that did not take place because they would have begun too late, or within the pause
 *     after a failure
 * @param skipped runs of series that did not take place because others were under way
 * @param cancelled timeouts and series that were cancelled before they were over
 * @param dropped timeouts and series that were pending when the timers were closed
 * @param refused runs that the executor did not take
 * @since 0.1
 */
public record TimerStats(
        int pending,
        int running,
        long scheduled,
        long runs,
        long late,
        long failed,
        long missed,
        long skipped,
        long cancelled,
        long dropped,
        long refused) {}
