// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Instant;
import java.time.ZoneId;
import java.util.random.RandomGenerator;

/** When a job runs again and again, as its user said it. Immutable; {@link #toString()} says it in words. */
interface Recurrence {

    /**
     * The times of the runs, as of a given moment. What has no place of its own, such as a number of minutes, is
     * counted from there.
     *
     * @param base the moment
     * @param origin when the sentence was said; the time of the day and the day of the month that it does not tell are
     *     those of this moment
     * @param random what draws the distance of runs that are at random distances
     * @return the times, the first one strictly after the moment
     */
    RunTimes timesFrom(Instant base, Instant origin, RandomGenerator random);

    /**
     * Whether the distance of runs is drawn anew for each.
     *
     * @return whether {@link #timesFrom} is to be called with each run
     */
    boolean isRandom();

    /**
     * Whether the runs are at places of a calendar, such as times of the day; else they are an interval.
     *
     * @return whether a clock that is put back shows the place of a run again
     */
    boolean isOfTheCalendar();

    /**
     * The zone whose clock is looked at.
     *
     * @return the zone
     */
    ZoneId zone();
}
