// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A recurrence told by a number and a unit: each so many seconds, minutes, hours, days, weeks or months, on a weekday
 * or day of the month if there is one, at times if there are any.
 *
 * <p>Days, weeks and months go by the calendar of the zone and keep their time of the day when the clock is put
 * forward or back. Seconds, minutes and hours elapse. The run at one place in each hour or minute takes place whenever
 * the clock shows it.
 *
 * @param least the number of units, the smallest if it is drawn; at least 1
 * @param most the number of units, the greatest if it is drawn; not smaller
 * @param unit the unit
 * @param weekday the only day of the week, or null; with weeks
 * @param dayOfMonth the only day of the month, or NO_DAY; with months
 * @param at the times of the day, in the hour or in the minute; none is that of the origin
 * @param zone whose clock it is
 * @param gap what to do about a time that is left out, or null for what suits the unit
 * @param overlap which of two times to take, or null for what suits the unit
 */
record EveryRule(
        int least,
        int most,
        JobUnit unit,
        @Nullable DayOfWeek weekday,
        int dayOfMonth,
        List<LocalTime> at,
        ZoneId zone,
        @Nullable DstGap gap,
        @Nullable DstOverlap overlap)
        implements Recurrence {

    /** No certain day of the month. */
    static final int NO_DAY = 0;

    /** More than are over or left out by a clock one after the other. */
    private static final int MOST_DAYS_WITHOUT_RUN = 4;

    /** Each month has it, as its last day. */
    private static final int LAST_DAY = 31;

    @Override
    public RunTimes timesFrom(Instant base, Instant origin, RandomGenerator random) {
        int number = isRandom() ? (int) random.nextLong(least, most + 1L) : least;
        if (unit.isDate()) {
            LocalDateTime said = LocalDateTime.ofInstant(origin, zone);
            List<LocalTime> times = at.isEmpty() ? List.of(said.toLocalTime()) : at;
            LocalDate today = LocalDate.ofInstant(base, zone);
            boolean isARun = isRandom() && !base.equals(origin); // which the next distance begins at
            LocalDate first = isARun ? today : firstDay(today, times, base);
            return UnionTimes.of(times, time -> calendar(first, number, said.getDayOfMonth(), time));
        }
        if (at.isEmpty()) {
            Duration period = period(number);
            return onePass(new SteadyTimes(base.plus(period), period));
        }
        return UnionTimes.of(at, place -> places(base, number, place));
    }

    /** The day from which on days are counted: the certain day of the week or month that has a run to come, if any. */
    private LocalDate firstDay(LocalDate today, List<LocalTime> times, Instant base) {
        if (weekday == null && dayOfMonth == NO_DAY) {
            return today;
        }
        LocalDate day = certainDay(today);
        for (int i = 0; i < MOST_DAYS_WITHOUT_RUN && isOver(day, times, base); i++) {
            day = certainDay(day.plusDays(1));
        }
        return day;
    }

    /** The certain day of the week or month that is not before the given one. */
    private LocalDate certainDay(LocalDate from) {
        if (weekday != null) {
            return from.with(TemporalAdjusters.nextOrSame(weekday));
        }
        LocalDate day = dayIn(YearMonth.from(from));
        return day.isBefore(from) ? dayIn(YearMonth.from(from).plusMonths(1)) : day;
    }

    private LocalDate dayIn(YearMonth month) {
        return month.atDay(Math.min(dayOfMonth, month.lengthOfMonth()));
    }

    /** Whether a day has no run any more, or never had one, since its clock left the times out. */
    private boolean isOver(LocalDate day, List<LocalTime> times, Instant base) {
        NavigableSet<LocalDate> it = new TreeSet<>(Set.of(day));
        return times.stream().allMatch(time -> zoned(new DatesAt(it, time)).after(base) == null);
    }

    /** The runs at one time of the day. */
    private RunTimes calendar(LocalDate today, int number, int dayOfOrigin, LocalTime time) {
        return zoned(unit == JobUnit.MONTH ? months(today, number, dayOfOrigin, time) : days(today, number, time));
    }

    private ZonedTimes zoned(WallTimes days) {
        return new ZonedTimes(days, zone, chosen(gap, DstGap.RUN_AT_END), chosen(overlap, DstOverlap.FIRST));
    }

    private WallTimes days(LocalDate today, int number, LocalTime time) {
        long step =
                Math.multiplyExact((long) number, unit.chrono().getDuration().toDays());
        if (weekday != null) {
            return new DaysAt(today.with(TemporalAdjusters.nextOrSame(weekday)), step, time);
        }
        return new DaysAt(step == 1L ? today : today.plusDays(step), step, time);
    }

    private WallTimes months(LocalDate today, int number, int dayOfOrigin, LocalTime time) {
        YearMonth month = YearMonth.from(today);
        if (dayOfMonth == NO_DAY) {
            return new MonthsAt(number == 1 ? month : month.plusMonths(number), number, dayOfOrigin, time);
        }
        boolean passed = Math.min(dayOfMonth, month.lengthOfMonth()) < today.getDayOfMonth();
        return new MonthsAt(passed ? month.plusMonths(1) : month, number, dayOfMonth, time);
    }

    /** The runs at one place in hours or minutes. */
    private RunTimes places(Instant base, int number, LocalTime place) {
        EachUnitAt places = new EachUnitAt(unit.chrono(), place.toSecondOfDay());
        if (number == 1) {
            return new ZonedTimes(places, zone, chosen(gap, DstGap.SKIP), chosen(overlap, DstOverlap.BOTH));
        }
        Duration period = period(number);
        LocalDateTime local = LocalDateTime.ofInstant(base, zone);
        Instant first = base.plus(Duration.between(local, places.in(local))).plus(period);
        ZonedTimes always = new ZonedTimes(places, zone, DstGap.SKIP, DstOverlap.BOTH);
        return onePass(new AlignedTimes(new SteadyTimes(first, period), always, unit.chrono()));
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

    @Override
    public boolean isOfTheCalendar() {
        return unit.isDate();
    }

    /** In the words in which it was told, such as {@code every 2 hours at :30 in Europe/Berlin}. */
    @Override
    public String toString() {
        StringBuilder words = new StringBuilder("every ");
        String dayOfWeek = weekday == null ? "" : weekday.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        if (weekday != null && most == 1) {
            words.append(dayOfWeek);
        } else {
            if (isRandom()) {
                words.append(least).append(" to ").append(most).append(' ').append(unit.several());
            } else {
                words.append(least == 1 ? unit.one() : least + " " + unit.several());
            }
            words.append(weekday == null ? "" : " on " + dayOfWeek);
        }
        if (dayOfMonth != NO_DAY) {
            words.append(dayOfMonth == LAST_DAY ? " on the last day" : " on day " + dayOfMonth);
        }
        if (!at.isEmpty()) {
            words.append(at.stream().map(this::shortTime).collect(Collectors.joining(" and ", " at ", "")));
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
