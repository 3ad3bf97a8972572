// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.headway4j.testing.Python;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tests of Python's {@code schedule} demand of the times of runs. */
class PythonScheduleTimesTest {

    private static final Runnable NOTHING = () -> {};

    /** Wednesday, 6 January 2010, a quarter past noon. */
    private final HandClock clock = new HandClock("Europe/Berlin", "2010-01-06 12:15");

    private final JobSchedule schedule = clock.schedule();

    private String next(JobBuilder sentence) {
        return clock.next(sentence.run(NOTHING));
    }

    @Test
    @Python("J1")
    void units_singularAndPluralMeanTheSame() {
        Every every = schedule.every();
        assertThat(next(every.second())).isEqualTo(next(every.seconds())).isEqualTo("2010-01-06 12:15:01");
        assertThat(next(every.minute())).isEqualTo(next(every.minutes())).isEqualTo("2010-01-06 12:16");
        assertThat(next(every.hour())).isEqualTo(next(every.hours())).isEqualTo("2010-01-06 13:15");
        assertThat(next(every.day())).isEqualTo(next(every.days())).isEqualTo("2010-01-07 12:15");
        assertThat(next(every.week())).isEqualTo(next(every.weeks())).isEqualTo("2010-01-13 12:15");
    }

    @Test
    @Python("J2")
    void singularWithAnotherNumber_isRefusedAndToldHowToWriteIt() {
        Every two = schedule.every(2);
        List<Function<Every, JobBuilder>> singulars =
                List.of(Every::second, Every::minute, Every::hour, Every::day, Every::week);
        for (Function<Every, JobBuilder> singular : singulars) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> singular.apply(two))
                    .withMessageContaining("every(2).")
                    .withMessageContaining("s()");
        }
        List<Function<Every, JobBuilder>> weekdays = List.of(
                Every::monday,
                Every::tuesday,
                Every::wednesday,
                Every::thursday,
                Every::friday,
                Every::saturday,
                Every::sunday);
        for (Function<Every, JobBuilder> weekday : weekdays) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> weekday.apply(two))
                    .withMessageContaining("every(2).")
                    .withMessageContaining("at(\"10:30\")");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.every(1).to(2).day());
        for (int number : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> schedule.every(number))
                    .withMessageContaining("every(" + number + ")")
                    .withMessageContaining("every(10).minutes()");
        }
    }

    @Test
    @Python("J3")
    void timesThatGoWithNoSuchUnit_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.every().week().at("10:30"))
                .withMessageContaining("weeks")
                .withMessageContaining("every().monday().at(\"10:30\")");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.every(2).weeks().at(LocalTime.NOON))
                .withMessageContaining("weeks");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.every(5).seconds().at(":10"))
                .withMessageContaining("seconds");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.every().hour().at(LocalTime.NOON))
                .withMessageContaining("12:00");
        assertThatNullPointerException().isThrownBy(() -> schedule.every().on(null));
        assertThat(schedule.jobs()).isEmpty();
    }

    @Test
    @Python("J4")
    void randomDistance_isDrawnAnewForEachRun_withinTheBounds() {
        JobSchedule drawn = new JobSchedule(clock.options().random(new SplittableRandom(1)));
        Job job = drawn.every(5).to(30).minutes().run(NOTHING);
        TreeSet<Long> minutes = new TreeSet<>();
        Instant before = clock.instant();
        for (int i = 0; i < 1_000; i++) {
            Instant next = job.nextRun().orElseThrow();
            minutes.add(Duration.between(before, next).toMinutes());
            clock.advance(Duration.between(clock.instant(), next));
            assertThat(drawn.runPending()).isEqualTo(1);
            before = next;
        }
        assertThat(minutes.first()).isEqualTo(5);
        assertThat(minutes.last()).isEqualTo(30);
        assertThat(minutes).hasSize(26);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.every(5).to(4))
                .withMessageContaining("to(4)")
                .withMessageContaining("every(5).to(10).seconds()");
    }

    @ParameterizedTest
    @Python("J5")
    @CsvSource({
        "10:30:50, 2010-01-07 10:30:50",
        "10:30,    2010-01-07 10:30",
        "20:59,    2010-01-06 20:59",
        "00:00,    2010-01-07 00:00",
        "23:59:59, 2010-01-06 23:59:59",
        "12:15,    2010-01-07 12:15",
    })
    void dailyTimes(String time, String expected) {
        assertThat(next(schedule.every().day().at(time))).isEqualTo(expected);
        assertThat(next(schedule.every().day().at(LocalTime.parse(time)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @Python("J5")
    @ValueSource(
            strings = {
                "",
                "2",
                "2:",
                ":2",
                "::2",
                ".2",
                "20:",
                ":30",
                "2:30",
                "2:30:00",
                "02:3",
                "24:00",
                "25:30",
                "29:59:00",
                "12:60",
                "12:61:00",
                "12:30:60",
                "12:30:5",
                " 12:30",
                "12:30 ",
                "12.30",
                "12:30:00.5",
                "-1:30",
                "noon",
                "1\u0662:30",
                "12:30:00:00",
                "61:61"
            })
    void dailyTimesThatAreNone(String time) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.every().day().at(time))
                .withMessageContaining("at(\"" + time + "\")")
                .withMessageContaining("expected")
                .withMessageContaining("for example");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.every().monday().at(time));
    }

    @Test
    @Python("J5")
    void noTimeAtAll_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> schedule.every().day().at((String) null));
        assertThatNullPointerException().isThrownBy(() -> schedule.every().day().at((LocalTime) null));
    }

    @ParameterizedTest
    @Python("J6")
    @CsvSource({
        "1, :30,   2010-01-06 12:30",
        "1, :10,   2010-01-06 13:10",
        "1, :15,   2010-01-06 13:15",
        "1, :00,   2010-01-06 13:00",
        "1, 20:30, 2010-01-06 12:20:30",
        "1, 05:30, 2010-01-06 13:05:30",
        "2, :30,   2010-01-06 14:30",
        "2, :10,   2010-01-06 14:10",
        "2, :00,   2010-01-06 14:00",
    })
    void placesInHours(int number, String place, String expected) {
        assertThat(next(schedule.every(number).hours().at(place))).isEqualTo(expected);
    }

    @ParameterizedTest
    @Python("J6")
    @ValueSource(
            strings = {"", "2:30:00", "::2", ".2", "2", ":2", " 2:30", "61:00", "00:61", ":60", "01:61", "10:20:30"})
    void placesInHoursThatAreNone(String place) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.every().hour().at(place))
                .withMessageContaining("at(\"" + place + "\")")
                .withMessageContaining("expected")
                .withMessageContaining("for example");
    }

    @ParameterizedTest
    @Python("J7")
    @CsvSource({
        "1, :17, 2010-01-06 12:15:17",
        "1, :00, 2010-01-06 12:16",
        "2, :10, 2010-01-06 12:17:10",
        "2, :00, 2010-01-06 12:17",
    })
    void placesInMinutes(int number, String place, String expected) {
        assertThat(next(schedule.every(number).minutes().at(place))).isEqualTo(expected);
    }

    @ParameterizedTest
    @Python("J7")
    @ValueSource(strings = {"", "::2", ".2", "2", ":2", "2:30", ":60", "12:30", "00:10"})
    void placesInMinutesThatAreNone(String place) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.every().minute().at(place))
                .withMessageContaining("at(\"" + place + "\")")
                .withMessageContaining("expected")
                .withMessageContaining("for example");
    }

    @ParameterizedTest
    @Python("J10")
    @CsvSource({
        "MONDAY,    2010-01-11 12:15",
        "TUESDAY,   2010-01-12 12:15",
        "WEDNESDAY, 2010-01-13 12:15",
        "THURSDAY,  2010-01-07 12:15",
        "FRIDAY,    2010-01-08 12:15",
        "SATURDAY,  2010-01-09 12:15",
        "SUNDAY,    2010-01-10 12:15",
    })
    void firstRunsOnWeekdays(DayOfWeek weekday, String expected) {
        assertThat(next(schedule.every().on(weekday))).isEqualTo(expected);
    }

    @Test
    @Python("J10")
    void weekdaysByName() {
        Every every = schedule.every();
        List<JobBuilder> week = List.of(
                every.monday(),
                every.tuesday(),
                every.wednesday(),
                every.thursday(),
                every.friday(),
                every.saturday(),
                every.sunday());
        for (int day = 0; day < week.size(); day++) {
            assertThat(next(week.get(day))).isEqualTo(next(every.on(DayOfWeek.of(day + 1))));
        }
    }

    @Test
    @Python("J10")
    void firstRunsOfSeveralUnits() {
        assertThat(next(schedule.every(10).seconds())).isEqualTo("2010-01-06 12:15:10");
        assertThat(next(schedule.every(5).minutes())).isEqualTo("2010-01-06 12:20");
        assertThat(next(schedule.every(6).hours())).isEqualTo("2010-01-06 18:15");
        assertThat(next(schedule.every(3).days())).isEqualTo("2010-01-09 12:15");
        assertThat(next(schedule.every(2).weeks())).isEqualTo("2010-01-20 12:15");
        assertThat(next(schedule.every(Integer.MAX_VALUE).days()))
                .startsWith("+58")
                .endsWith(" 12:15");
    }

    @Test
    @Python("J11")
    void weekdayOfToday_laterToday_orNextWeekIfItHasPassed() {
        assertThat(next(schedule.every().wednesday().at("12:16"))).isEqualTo("2010-01-06 12:16");
        assertThat(next(schedule.every().wednesday().at("23:59"))).isEqualTo("2010-01-06 23:59");
        assertThat(next(schedule.every().wednesday().at("12:14"))).isEqualTo("2010-01-13 12:14");
        assertThat(next(schedule.every().wednesday().at("12:15"))).isEqualTo("2010-01-13 12:15");
        assertThat(next(schedule.every().tuesday().at("12:16"))).isEqualTo("2010-01-12 12:16");
    }

    @Test
    @Python("J12")
    void jobThatEndsAfterMidnight_keepsItsTimeOfTheDay() {
        clock.set("2010-12-01 23:30");
        Job job = schedule.every().day().at("23:30").run(() -> clock.advance(Duration.ofMinutes(31)));
        clock.set("2010-12-02 23:30");
        assertThat(schedule.runPending()).isEqualTo(1);
        assertThat(clock.local(clock.instant())).isEqualTo("2010-12-03 00:01");
        assertThat(clock.next(job)).isEqualTo("2010-12-03 23:30");
    }

    @Test
    @Python("J12")
    void atTheVeryTime_theNextRunIsOneDayLater() {
        clock.set("2010-01-06 10:30");
        assertThat(next(schedule.every().day().at("10:30"))).isEqualTo("2010-01-07 10:30");
    }

    @Test
    @Python("J13")
    void endsOfHoursAndMinutes() {
        clock.set("2010-10-10 10:59");
        assertThat(next(schedule.every().hour().at(":00"))).isEqualTo("2010-10-10 11:00");
        clock.set("2010-10-10 23:59:59");
        assertThat(next(schedule.every().hour().at("59:59"))).isEqualTo("2010-10-11 00:59:59");
        assertThat(next(schedule.every().minute().at(":00"))).isEqualTo("2010-10-11 00:00");
        assertThat(next(schedule.every().minute().at(":59"))).isEqualTo("2010-10-11 00:00:59");
        assertThat(next(schedule.every().second())).isEqualTo("2010-10-11 00:00");
    }

    @Test
    @Python("J13")
    void placesInHours_areThoseOfTheZone() {
        // Kathmandu is 4:45 ahead of Berlin in winter: noon in Berlin is a quarter to.
        clock.set("2010-12-01 12:00");
        assertThat(next(schedule.every().hour().at(":00", "Asia/Kathmandu"))).isEqualTo("2010-12-01 12:15");
        assertThat(next(schedule.every().hour().at(":45", "Asia/Kathmandu"))).isEqualTo("2010-12-01 13:00");
        assertThat(next(schedule.every(2).hours().at(":30", "Asia/Kathmandu"))).isEqualTo("2010-12-01 13:45");
    }

    @ParameterizedTest
    @Python("J14")
    @CsvSource({
        "2022-03-20 10:00, 10:30, Europe/Berlin,     2022-03-20 10:30",
        "2022-03-20 10:00, 04:30, America/New_York,  2022-03-21 09:30",
        "2022-03-20 10:00, 05:30, America/New_York,  2022-03-20 10:30",
        "2022-03-20 10:00, 10:30, Asia/Kolkata,      2022-03-21 06:00",
        "2022-03-20 10:00, 23:00, Asia/Kolkata,      2022-03-20 18:30",
        "2022-12-31 23:50, 10:00, Australia/Sydney,  2023-01-01 00:00",
        "2024-02-28 23:50, 02:00, Asia/Dubai,        2024-02-29 23:00",
        "2024-02-28 23:50, 03:00, Asia/Dubai,        2024-02-29 00:00",
        "2023-10-18 10:00, 21:45, Pacific/Chatham,   2023-10-19 10:00",
        "2023-01-01 12:00, 09:30, America/St_Johns,  2023-01-01 14:00",
        "2023-10-15 16:30, 00:00, Pacific/Chatham,   2023-10-16 12:15",
    })
    void timesOfOtherZones(String now, String time, String zone, String expected) {
        clock.set(now);
        assertThat(next(schedule.every().day().at(time, zone))).isEqualTo(expected);
    }

    @Test
    @Python("J15")
    void timeInTheGap_runsAtItsEnd_andTheNextDayAsEver() {
        clock.set("2023-03-25 12:00");
        Job job = schedule.every().day().at("02:30").run(NOTHING);
        assertThat(runs(job, 3)).containsExactly("2023-03-26 03:00", "2023-03-27 02:30", "2023-03-28 02:30");
    }

    @Test
    @Python("J15")
    void timeShownTwice_runsTheFirstTimeOnly() {
        clock.set("2023-10-28 12:00");
        Job job = schedule.every().day().at("02:30").run(NOTHING);
        assertThat(job.nextRun()).contains(Instant.parse("2023-10-29T00:30:00Z"));
        assertThat(runs(job, 2)).containsExactly("2023-10-29 02:30", "2023-10-30 02:30");
    }

    @Test
    @Python("J15")
    void manyDaysAcrossBothChanges_keepTheirTimeOfTheDay() {
        clock.set("2023-03-01 10:30");
        Job job = schedule.every(120).days().run(NOTHING);
        assertThat(runs(job, 3)).containsExactly("2023-06-29 10:30", "2023-10-27 10:30", "2024-02-24 10:30");
    }

    @Test
    @Python("J16")
    void zonesThatThereAreNot_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.every().day().at("10:30", "Europe/Atlantis"))
                .withMessageContaining("Europe/Atlantis")
                .withMessageContaining("Europe/Berlin");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.every().day().in(""));
        assertThatNullPointerException().isThrownBy(() -> schedule.every().day().at("10:30", (ZoneId) null));
        assertThatNullPointerException().isThrownBy(() -> schedule.every().day().at("10:30", (String) null));
    }

    @Test
    @Python("J18")
    void everySoManyDays_firstAfterSoManyDays_alwaysAtTheTime() {
        for (String now : new String[] {"2010-01-06 11:29", "2010-01-06 11:30", "2010-01-06 11:31"}) {
            clock.set(now);
            Job job = schedule.every(2).days().at("11:30").run(NOTHING);
            assertThat(runs(job, 2)).containsExactly("2010-01-08 11:30", "2010-01-10 11:30");
        }
    }

    /** The next runs, each in time. */
    private List<String> runs(Job job, int number) {
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Instant next = job.nextRun().orElseThrow();
            runs.add(clock.local(next));
            clock.advance(Duration.between(clock.instant(), next));
            schedule.runPending();
        }
        return runs;
    }
}
