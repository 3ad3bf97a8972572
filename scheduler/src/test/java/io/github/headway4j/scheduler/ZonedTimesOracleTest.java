// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/**
 * Runs around every change of every clock, against an oracle that knows of no changes: it looks at the clock of the
 * zone minute by minute and applies the definitions of the policies to what it has seen.
 *
 * <p>By default a sample of the zones is tested, with {@code -Dheadway.zones=all} all of them.
 */
class ZonedTimesOracleTest {

    private static final Instant FROM = Instant.parse("2016-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2027-01-01T00:00:00Z");

    /** Changes before that by which a zone left out a whole day. */
    private static final Map<String, Instant> DAYS_LEFT_OUT = Map.of(
            "Pacific/Kwajalein", Instant.parse("1993-08-21T12:00:00Z"),
            "Pacific/Apia", Instant.parse("2011-12-30T10:00:00Z"));

    /** In a sample one zone in so many is tested. */
    private static final int SAMPLE = 25;

    /** Changes that differ from those of others: by half an hour, two or three hours, at or about midnight. */
    private static final List<String> ALWAYS = List.of(
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "Antarctica/Troll",
            "Antarctica/Casey",
            "Asia/Pyongyang",
            "Africa/Cairo",
            "Africa/Casablanca",
            "America/Nuuk",
            "Asia/Tehran",
            "Pacific/Chatham");

    /** What the oracle looks at on both sides of a change, and what of it is compared. */
    private static final int SEEN = 36 * 60;

    private static final int COMPARED = 24 * 60;

    private static final int DAY = 24 * 60;

    /** Stands for a run that is not at a full minute. */
    private static final int NO_MINUTE = 2 * SEEN;

    @Test
    void runsAroundEveryChange_areThoseThatTheClockShows() {
        int changes = 0;
        for (ZoneId zone : zones()) {
            ZoneRules rules = zone.getRules();
            ZoneOffsetTransition change = rules.nextTransition(FROM);
            while (change != null && change.getInstant().isBefore(TO)) {
                new Window(zone, change).check();
                changes++;
                change = rules.nextTransition(change.getInstant());
            }
        }
        assertThat(changes).isGreaterThan(100);
    }

    @Test
    void runsAroundADayThatIsLeftOut_areThoseThatTheClockShows() {
        DAYS_LEFT_OUT.forEach((id, moment) -> {
            ZoneId zone = ZoneId.of(id);
            ZoneOffsetTransition change = zone.getRules().nextTransition(moment.minusNanos(1));
            assertThat(change.getInstant()).isEqualTo(moment);
            assertThat(change.getDuration()).isEqualTo(Duration.ofDays(1));
            new Window(zone, change).check();
        });
    }

    /** Zones with rules of their own. */
    private static List<ZoneId> zones() {
        Map<ZoneRules, ZoneId> distinct = new LinkedHashMap<>();
        for (String id : ALWAYS) {
            distinct.put(ZoneId.of(id).getRules(), ZoneId.of(id));
        }
        int always = distinct.size();
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            distinct.putIfAbsent(ZoneId.of(id).getRules(), ZoneId.of(id));
        }
        List<ZoneId> zones = new ArrayList<>(distinct.values());
        if (System.getProperty("headway.zones", "sample").equals("all")) {
            return zones;
        }
        List<ZoneId> sample = new ArrayList<>(zones.subList(0, always));
        for (int i = always; i < zones.size(); i += SAMPLE) {
            sample.add(zones.get(i));
        }
        return sample;
    }

    /** A wanted local time for the oracle, by its number of minutes since the epoch, and the same for the code. */
    private record Wanted(String name, IntPredicate minutes, WallTimes times) {

        static Wanted each(int days, LocalDate first, int minuteOfDay) {
            LocalTime time = LocalTime.ofSecondOfDay(minuteOfDay * 60L);
            int firstDay = (int) first.toEpochDay();
            return new Wanted(
                    "each " + days + " days at " + time + " from " + first,
                    minute -> Math.floorMod(minute, DAY) == minuteOfDay
                            && Math.floorDiv(minute, DAY) >= firstDay
                            && (Math.floorDiv(minute, DAY) - firstDay) % days == 0,
                    new DaysAt(first, days, time));
        }

        /** Each month on the day that a date has; that has to be one that all months have. */
        static Wanted eachMonth(LocalDate date, int minuteOfDay) {
            LocalTime time = LocalTime.ofSecondOfDay(minuteOfDay * 60L);
            return new Wanted(
                    "each month as on " + date + " at " + time,
                    minute -> Math.floorMod(minute, DAY) == minuteOfDay
                            && LocalDate.ofEpochDay(Math.floorDiv(minute, DAY)).getDayOfMonth() == date.getDayOfMonth(),
                    new MonthsAt(YearMonth.from(date).minusMonths(1), 1, date.getDayOfMonth(), time));
        }

        static Wanted on(NavigableSet<LocalDate> dates, int minuteOfDay) {
            LocalTime time = LocalTime.ofSecondOfDay(minuteOfDay * 60L);
            return new Wanted(
                    "on " + dates + " at " + time,
                    minute -> Math.floorMod(minute, DAY) == minuteOfDay
                            && dates.contains(LocalDate.ofEpochDay(Math.floorDiv(minute, DAY))),
                    new DatesAt(dates, time));
        }

        static Wanted eachHour(int minuteOfHour) {
            return new Wanted(
                    "each hour at :" + minuteOfHour,
                    minute -> Math.floorMod(minute, 60) == minuteOfHour,
                    new EachUnitAt(ChronoUnit.HOURS, minuteOfHour * 60));
        }

        /** Any times of the day, as a cron text may tell. */
        static Wanted at(BitSet minutesOfDay) {
            return new Wanted("at " + minutesOfDay, minute -> minutesOfDay.get(Math.floorMod(minute, DAY)), time -> {
                LocalDateTime midnight = time.toLocalDate().atStartOfDay();
                int elapsed = (int) ChronoUnit.MINUTES.between(midnight, time);
                int next = minutesOfDay.nextSetBit(elapsed + 1);
                return next < 0
                        ? midnight.plusDays(1).plusMinutes(minutesOfDay.nextSetBit(0))
                        : midnight.plusMinutes(next);
            });
        }
    }

    /** What a clock shows minute by minute about a change. */
    private static final class Window {

        private final ZoneId zone;
        private final ZoneOffsetTransition change;
        private final long firstMinute;
        private final int[] shown = new int[2 * SEEN];
        private final BitSet shownBefore = new BitSet();
        private final BitSet shownAgain = new BitSet();
        private final Random random;

        Window(ZoneId zone, ZoneOffsetTransition change) {
            this.zone = zone;
            this.change = change;
            this.firstMinute = Math.floorDiv(change.getInstant().getEpochSecond(), 60) - SEEN;
            this.random = new Random(change.hashCode());
            Map<Integer, Integer> last = new LinkedHashMap<>();
            for (int i = 0; i < shown.length; i++) {
                ZoneOffset offset = zone.getRules().getOffset(instant(i));
                shown[i] = Math.toIntExact(firstMinute + i + offset.getTotalSeconds() / 60);
                Integer earlier = last.put(shown[i], i);
                if (earlier != null) {
                    shownBefore.set(i);
                    shownAgain.set(earlier);
                }
            }
        }

        private Instant instant(int minute) {
            return Instant.ofEpochSecond((firstMinute + minute) * 60);
        }

        void check() {
            LocalDate eve = change.getDateTimeBefore().toLocalDate().minusDays(2);
            TreeSet<Integer> minutes = new TreeSet<>();
            for (LocalDateTime edge : List.of(change.getDateTimeBefore(), change.getDateTimeAfter())) {
                int minute = edge.toLocalTime().toSecondOfDay() / 60;
                for (int off : new int[] {-60, -31, -1, 0, 1, 15, 30, 59}) {
                    minutes.add(Math.floorMod(minute + off, DAY));
                }
            }
            minutes.add(random.nextInt(DAY));
            for (int minute : minutes) {
                check(Wanted.each(1, eve, minute));
            }
            check(Wanted.each(2, eve, minutes.first()));
            check(Wanted.each(3, eve, minutes.last()));
            LocalTime early = change.getDateTimeBefore().isBefore(change.getDateTimeAfter())
                    ? change.getDateTimeBefore().toLocalTime()
                    : change.getDateTimeAfter().toLocalTime();
            int length = Math.abs((int) change.getDuration().toMinutes());
            int twiceOrNever = early.toSecondOfDay() / 60 + random.nextInt(Math.max(1, length));
            checkFar(eve.plusDays(2), Math.floorMod(twiceOrNever, DAY));
            check(Wanted.eachHour(0));
            check(Wanted.eachHour(random.nextInt(60)));
            BitSet some = new BitSet();
            minutes.forEach(some::set);
            check(Wanted.at(some));
            some.clear();
            for (int minute = random.nextInt(10); minute < DAY; minute += 1 + random.nextInt(90)) {
                some.set(minute);
            }
            check(Wanted.at(some));
            for (DstOverlap overlap : DstOverlap.values()) {
                checkSteady(overlap);
            }
        }

        /** Runs that are further apart than what a search may jump over: one near the change, the others days away. */
        private void checkFar(LocalDate day, int minute) {
            check(Wanted.each(7, day, minute));
            check(Wanted.each(7, day.plusDays(3 - 7), minute));
            check(Wanted.on(new TreeSet<>(Set.of(day, day.plusDays(4 + random.nextInt(2)))), minute));
            check(Wanted.on(new TreeSet<>(Set.of(day.plusDays(2 + random.nextInt(3)), day.plusYears(300))), minute));
            if (day.getDayOfMonth() <= 28) {
                check(Wanted.eachMonth(day, minute));
            }
        }

        private void check(Wanted wanted) {
            BitSet shownWanted = new BitSet();
            BitSet missingWanted = new BitSet();
            for (int i = 1; i < shown.length; i++) {
                shownWanted.set(i, wanted.minutes().test(shown[i]));
                for (int missing = shown[i - 1] + 1; missing < shown[i]; missing++) {
                    if (wanted.minutes().test(missing)) {
                        missingWanted.set(i);
                    }
                }
            }
            for (DstGap gap : DstGap.values()) {
                for (DstOverlap overlap : DstOverlap.values()) {
                    BitSet expected = (BitSet) shownWanted.clone();
                    expected.andNot(leftOut(overlap));
                    if (gap == DstGap.RUN_AT_END) {
                        expected.or(missingWanted);
                    }
                    RunTimes times = new ZonedTimes(wanted.times(), zone, gap, overlap);
                    compare(wanted.name() + ", " + gap + ", " + overlap, times, expected);
                }
            }
        }

        /** An interval in elapsed time, without the runs of one pass. */
        private void checkSteady(DstOverlap overlap) {
            int phase = random.nextInt(11);
            RunTimes all = new SteadyTimes(instant(phase), Duration.ofMinutes(11));
            RunTimes times =
                    overlap == DstOverlap.BOTH ? all : new OnePassTimes(all, zone, overlap == DstOverlap.FIRST);
            BitSet expected = new BitSet();
            for (int i = phase; i < shown.length; i += 11) {
                expected.set(i);
            }
            expected.andNot(leftOut(overlap));
            compare("each 11 minutes, " + overlap, times, expected);
        }

        private BitSet leftOut(DstOverlap overlap) {
            return switch (overlap) {
                case FIRST -> shownBefore;
                case SECOND -> shownAgain;
                case BOTH -> new BitSet();
            };
        }

        private void compare(String what, RunTimes times, BitSet expected) {
            int from = SEEN - COMPARED;
            int to = SEEN + COMPARED;
            BitSet actual = new BitSet();
            Instant run = times.after(instant(from).minusNanos(1));
            Instant end = instant(to);
            while (run != null && run.isBefore(end)) {
                actual.set(minute(run));
                run = times.after(run);
            }
            BitSet within = expected.get(0, to);
            within.clear(0, from);
            if (!actual.equals(within)) { // asserted only then: there are hundreds of thousands of cases
                assertThat(actual).as(describe(what)).isEqualTo(within);
            }
            for (int i = 0; i < 8; i++) {
                int minute = from + random.nextInt(to - from - DAY / 2);
                int next = within.nextSetBit(minute + 1);
                if (next >= 0) {
                    Instant between = instant(minute).plusNanos(random.nextLong(60_000_000_000L));
                    Instant after = times.after(between);
                    if (!instant(next).equals(after)) {
                        assertThat(after)
                                .as(describe(what) + " after " + between)
                                .isEqualTo(instant(next));
                    }
                }
            }
        }

        private int minute(Instant run) {
            long seconds = run.getEpochSecond() - firstMinute * 60;
            return seconds % 60 == 0 && run.getNano() == 0 ? Math.toIntExact(seconds / 60) : NO_MINUTE;
        }

        private String describe(String what) {
            return zone + " at " + change + ": " + what;
        }
    }
}
