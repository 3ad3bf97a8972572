// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.NavigableSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A recurrence that ends: certain dates.
 *
 * @param dates the dates; nobody changes them
 * @param at the times of the day; none is the beginning of the day
 * @param zone whose clock it is
 * @param gap what to do about a time that is left out, or null for its end
 * @param overlap which of two times to take, or null for the first
 */
record DatesRule(
        NavigableSet<LocalDate> dates,
        List<LocalTime> at,
        ZoneId zone,
        @Nullable DstGap gap,
        @Nullable DstOverlap overlap)
        implements Recurrence {

    @Override
    public RunTimes timesFrom(Instant base, Instant origin, RandomGenerator random) {
        DstGap gapOrDefault = gap == null ? DstGap.RUN_AT_END : gap;
        DstOverlap overlapOrDefault = overlap == null ? DstOverlap.FIRST : overlap;
        List<LocalTime> times = at.isEmpty() ? List.of(LocalTime.MIDNIGHT) : at;
        return UnionTimes.of(
                times, time -> new ZonedTimes(new DatesAt(dates, time), zone, gapOrDefault, overlapOrDefault));
    }

    @Override
    public boolean isRandom() {
        return false;
    }

    @Override
    public boolean isOfTheCalendar() {
        return true;
    }

    /** In the words in which it was told, such as {@code on 2026-12-24 at 10:30 in Europe/Berlin}. */
    @Override
    public String toString() {
        String days = dates.stream().map(LocalDate::toString).collect(Collectors.joining(", ", "on ", ""));
        String times = at.isEmpty()
                ? ""
                : at.stream().map(LocalTime::toString).collect(Collectors.joining(" and ", " at ", ""));
        return days + times + " in " + zone;
    }
}
