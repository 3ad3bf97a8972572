// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A recurrence told by a number and a unit: each so many seconds, minutes, hours, days or weeks, or each weekday of a
 * name, at a time if there is one.
 *
 * <p>Days and weeks go by the calendar of the zone and keep their time of the day when the clock is put forward or
 * back. Seconds, minutes and hours elapse. The run at one place in each hour or minute takes place whenever the clock
 * shows it.
 *
 * @param least the number of units, the smallest if it is drawn; at least 1
 * @param most the number of units, the greatest if it is drawn; not smaller
 * @param unit the unit
 * @param weekday the only day of the week, or null; then the unit is one week
 * @param at the time of the day, in the hour or in the minute, or null for that of the base
 * @param zone whose clock it is
 * @param gap what to do about a time that is left out, or null for what suits the unit
 * @param overlap which of two times to take, or null for what suits the unit
 */
record EveryRule(
        int least,
        int most,
        JobUnit unit,
        @Nullable DayOfWeek weekday,
        @Nullable LocalTime at,
        ZoneId zone,
        @Nullable DstGap gap,
        @Nullable DstOverlap overlap)
        implements Recurrence {

    @Override
    public RunTimes timesFrom(Instant base, RandomGenerator random) {
        int number = isRandom() ? (int) random.nextLong(least, most + 1L) : least;
        if (unit.isDate()) {
            return calendar(base, number);
        }
        if (at == null) {
            Duration period = period(number);
            return onePass(new SteadyTimes(base.plus(period), period));
        }
        EachUnitAt places = new EachUnitAt(unit.chrono(), at.toSecondOfDay());
        if (number == 1) {
            return new ZonedTimes(places, zone, chosen(gap, DstGap.SKIP), chosen(overlap, DstOverlap.BOTH));
        }
        Duration period = period(number);
        LocalDateTime local = LocalDateTime.ofInstant(base, zone);
        Instant first = base.plus(Duration.between(local, places.in(local))).plus(period);
        ZonedTimes always = new ZonedTimes(places, zone, DstGap.SKIP, DstOverlap.BOTH);
        return onePass(new AlignedTimes(new SteadyTimes(first, period), always, unit.chrono()));
    }

    private ZonedTimes calendar(Instant base, int number) {
        LocalDateTime local = LocalDateTime.ofInstant(base, zone);
        LocalDate today = local.toLocalDate();
        long step = Math.multiplyExact((long) number, unit.chrono().getDuration().toDays());
        LocalDate first;
        if (weekday != null) {
            first = today.with(TemporalAdjusters.nextOrSame(weekday));
        } else {
            first = step == 1 ? today : today.plusDays(step);
        }
        LocalTime time = at == null ? local.toLocalTime() : at;
        DaysAt days = new DaysAt(first, step, time);
        return new ZonedTimes(days, zone, chosen(gap, DstGap.RUN_AT_END), chosen(overlap, DstOverlap.FIRST));
    }

    private Duration period(int number) {
        return Duration.of(number, unit.chrono());
    }

    private RunTimes onePass(RunTimes all) {
        boolean both = chosen(overlap, DstOverlap.BOTH) == DstOverlap.BOTH;
        return both ? all : new OnePassTimes(all, zone, overlap == DstOverlap.FIRST);
    }

    private static <C extends Object> C chosen(@Nullable C choice, C otherwise) {
        return choice == null ? otherwise : choice;
    }

    @Override
    public boolean isRandom() {
        return least != most;
    }

    /** In the words in which it was told, such as {@code every 2 hours at :30 in Europe/Berlin}. */
    @Override
    public String toString() {
        StringBuilder words = new StringBuilder("every ");
        if (weekday != null) {
            words.append(weekday.getDisplayName(TextStyle.FULL, Locale.ENGLISH));
        } else if (isRandom()) {
            words.append(least).append(" to ").append(most).append(' ').append(unit.several());
        } else {
            words.append(least == 1 ? unit.one() : least + " " + unit.several());
        }
        if (at != null) {
            words.append(" at ").append(shortTime(at));
        }
        return words.append(" in ").append(zone).toString();
    }

    /** The time as a user would write it. */
    private String shortTime(LocalTime time) {
        if (unit.isDate()) {
            return time.toString();
        }
        if (unit.chrono() == ChronoUnit.HOURS && time.getSecond() == 0) {
            return String.format(Locale.ROOT, ":%02d", time.getMinute());
        }
        String minute = unit.chrono() == ChronoUnit.HOURS ? String.format(Locale.ROOT, "%02d", time.getMinute()) : "";
        return String.format(Locale.ROOT, "%s:%02d", minute, time.getSecond());
    }
}
