// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Instant;
import java.time.ZoneId;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A recurrence told by a cron text.
 *
 * @param text the text
 * @param times what it means
 * @param zone whose clock it is
 * @param gap what to do about a time that is left out, or null for what suits the text
 * @param overlap which of two times to take, or null for what suits the text
 */
record CronRule(
        String text,
        CronTimes times,
        ZoneId zone,
        @Nullable DstGap gap,
        @Nullable DstOverlap overlap) implements Recurrence {

    @Override
    public RunTimes timesFrom(Instant base, Instant origin, RandomGenerator random) {
        boolean interval = times.isInterval();
        DstGap gapOrDefault = gap != null ? gap : interval ? DstGap.SKIP : DstGap.RUN_AT_END;
        DstOverlap overlapOrDefault = overlap != null ? overlap : interval ? DstOverlap.BOTH : DstOverlap.FIRST;
        return new ZonedTimes(times, zone, gapOrDefault, overlapOrDefault);
    }

    @Override
    public boolean isRandom() {
        return false;
    }

    @Override
    public boolean isOfTheCalendar() {
        return !times.isInterval();
    }

    @Override
    public String toString() {
        return "cron \"" + text + "\" in " + zone;
    }
}
