// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sentences that Python's {@code schedule} does not have: several times, several weeks, months and dates. */
class JobCalendarTest {

    private static final Runnable NOTHING = () -> {};

    /** A Wednesday. */
    private final HandClock clock = new HandClock("Europe/Berlin", "2026-01-14 12:15");

    private final JobSchedule schedule = clock.schedule();

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

    private static String text(Job job) {
        return job.toString().substring("job: ".length(), job.toString().indexOf(" (last run"));
    }

    // ---- several times ----

    @Test
    void severalTimesADay_runAtEach() {
        Job job = schedule.every().day().at("10:30").and("18:00").and("14:00").run(NOTHING);
        assertThat(runs(job, 4))
                .containsExactly("2026-01-14 14:00", "2026-01-14 18:00", "2026-01-15 10:30", "2026-01-15 14:00");
        assertThat(text(job)).isEqualTo("every day at 10:30 and 18:00 and 14:00 in Europe/Berlin");
        Job same = schedule.every()
                .day()
                .at(LocalTime.of(10, 30), LocalTime.of(18, 0), LocalTime.of(10, 30))
                .in("Asia/Tokyo")
                .run(NOTHING);
        assertThat(runs(same, 3)).containsExactly("2026-01-16 02:30", "2026-01-16 10:00", "2026-01-17 02:30");
    }

    @Test
    void severalPlacesInAnHour_andOnSomeDaysOrWeekdays() {
        Job hourly = schedule.every().hour().at(":00").and(":30").run(NOTHING);
        assertThat(runs(hourly, 3)).containsExactly("2026-01-14 12:30", "2026-01-14 13:00", "2026-01-14 13:30");
        hourly.cancel();
        Job days = schedule.every(2).days().at("09:00").and("17:00").run(NOTHING);
        assertThat(runs(days, 4))
                .containsExactly("2026-01-16 09:00", "2026-01-16 17:00", "2026-01-18 09:00", "2026-01-18 17:00");
        days.cancel();
        Job monday = schedule.every().monday().at("09:00").and("17:00").run(NOTHING);
        assertThat(runs(monday, 3)).containsExactly("2026-01-19 09:00", "2026-01-19 17:00", "2026-01-26 09:00");
    }

    @Test
    void severalTimesInAGap_areOneRun_andAreCountedWhenMissed() {
        clock.set("2026-03-28 12:00");
        Job job = schedule.every().day().at("02:10").and("02:50").and("03:00").run(NOTHING);
        assertThat(runs(job, 3)).containsExactly("2026-03-29 03:00", "2026-03-30 02:10", "2026-03-30 02:50");
        clock.set("2026-03-31 12:00");
        assertThat(schedule.runPending()).isEqualTo(1);
        assertThat(job.missed()).isEqualTo(3);
    }

    @Test
    void firstDayWhoseOnlyTimeIsLeftOut_isNotTheFirstOfSeveralWeeksOrMonths() {
        clock.set("2026-03-25 12:00");
        Job weeks = schedule.every(2)
                .weeks()
                .on(DayOfWeek.SUNDAY)
                .at("02:30")
                .gap(DstGap.SKIP)
                .run(NOTHING);
        Job months = schedule.every(2)
                .months()
                .onDay(29)
                .at("02:30")
                .gap(DstGap.SKIP)
                .run(NOTHING);
        assertThat(clock.next(weeks)).isEqualTo("2026-04-05 02:30");
        assertThat(clock.next(months)).isEqualTo("2026-04-29 02:30");
    }

    @Test
    void at_afterAnother_takesItsPlace() {
        assertThat(runs(
                        schedule.every()
                                .day()
                                .at("13:00")
                                .and("14:00")
                                .at("15:00")
                                .run(NOTHING),
                        2))
                .containsExactly("2026-01-14 15:00", "2026-01-15 15:00");
    }

    @Test
    void and_needsATime_andAFixedDistance() {
        assertThatIllegalStateException()
                .isThrownBy(() -> schedule.every().day().and("18:00"))
                .withMessageContaining("and(18:00)")
                .withMessageContaining("at(\"10:30\").and(\"18:00\")");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.every(2).to(4).days().at("10:30").and("18:00"))
                .withMessageContaining("every(2).to(4).days()")
                .withMessageContaining("for example");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.every().day().at("10:30").and("25:00"))
                .withMessageContaining("25");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.every().day().at("10:30", "18:00"))
                .withMessageContaining("no zone \"18:00\"")
                .withMessageContaining("at(\"10:30\").and(\"18:00\")");
        assertThatNullPointerException()
                .isThrownBy(() -> schedule.every().day().at("10:30").and((String) null));
        assertThatNullPointerException().isThrownBy(() -> schedule.every().day().at(LocalTime.NOON, (LocalTime) null));
    }

    // ---- several weeks ----

    @Test
    void weekdayOfSeveralWeeks_firstTheOneToCome() {
        Job job = schedule.every(2).weeks().on(DayOfWeek.FRIDAY).at("10:30").run(NOTHING);
        assertThat(runs(job, 3)).containsExactly("2026-01-16 10:30", "2026-01-30 10:30", "2026-02-13 10:30");
        assertThat(text(job)).isEqualTo("every 2 weeks on Friday at 10:30 in Europe/Berlin");
        clock.set("2026-01-14 12:15");
        assertThat(runs(
                        schedule.every(3)
                                .weeks()
                                .on(DayOfWeek.WEDNESDAY)
                                .at("18:00")
                                .and("10:00")
                                .run(NOTHING),
                        3))
                .containsExactly("2026-01-14 18:00", "2026-02-04 10:00", "2026-02-04 18:00");
        Job single = schedule.every().week().on(DayOfWeek.MONDAY).run(NOTHING);
        assertThat(text(single)).isEqualTo("every Monday in Europe/Berlin");
        clock.set("2026-01-14 12:15");
        Job random =
                schedule.every(2).to(2).weeks().on(DayOfWeek.FRIDAY).at("10:30").run(NOTHING);
        assertThat(runs(random, 2)).containsExactly("2026-01-16 10:30", "2026-01-30 10:30");
    }

    @Test
    void dayWhoseLastTimeHasPassed_isNotTheFirst() {
        assertThat(clock.next(schedule.every(2)
                        .weeks()
                        .on(DayOfWeek.WEDNESDAY)
                        .at("10:30")
                        .and("12:15")
                        .run(NOTHING)))
                .isEqualTo("2026-01-21 10:30");
        assertThat(clock.next(schedule.every(2).weeks().on(DayOfWeek.WEDNESDAY).run(NOTHING)))
                .isEqualTo("2026-01-21 12:15");
        assertThat(clock.next(schedule.every(3).months().onDay(14).at("09:00").run(NOTHING)))
                .isEqualTo("2026-02-14 09:00");
        Job random = schedule.every(2)
                .to(3)
                .weeks()
                .on(DayOfWeek.WEDNESDAY)
                .at("10:30")
                .run(NOTHING);
        List<String> runs = runs(random, 2);
        assertThat(runs.get(0)).isEqualTo("2026-01-21 10:30");
        assertThat(runs.get(1)).isIn("2026-02-04 10:30", "2026-02-11 10:30");
        clock.set("2026-10-25 01:00");
        clock.advance(Duration.ofMinutes(100)); // 02:40, for the first time
        Job second = schedule.every(2)
                .weeks()
                .on(DayOfWeek.SUNDAY)
                .at("02:30")
                .overlap(DstOverlap.SECOND)
                .run(NOTHING);
        assertThat(second.nextRun()).contains(Instant.parse("2026-10-25T01:30:00Z"));
        clock.set("2026-01-31 18:00");
        assertThat(runs(schedule.every(2).months().onLastDay().at("18:00").run(NOTHING), 2))
                .containsExactly("2026-02-28 18:00", "2026-04-30 18:00");
    }

    @Test
    void weekdaysAndDaysOfTheMonth_goWithTheirUnitsOnly() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.every(2).days().on(DayOfWeek.FRIDAY))
                .withMessageContaining("on(FRIDAY)")
                .withMessageContaining("every(2).days()")
                .withMessageContaining("every(2).weeks().on(DayOfWeek.MONDAY)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.every().monday().on(DayOfWeek.FRIDAY))
                .withMessageContaining(".on(MONDAY)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.every().week().onLastDay())
                .withMessageContaining("every(1).weeks()")
                .withMessageContaining("onLastDay()");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.cron("0 9 * * *").onDay(3))
                .withMessageContaining("cron(\"0 9 * * *\")");
        for (int day : new int[] {0, -1, 32}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> schedule.every().month().onDay(day))
                    .withMessageContaining("onDay(" + day + ")")
                    .withMessageContaining("1 to 31");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.every(2).month())
                .withMessageContaining("every(2).months()");
    }

    // ---- months ----

    @Test
    void months_onTheDayAndTimeOfNow_orOnTheirLastIfTheyAreShort() {
        Job job = schedule.every().month().run(NOTHING);
        assertThat(runs(job, 2)).containsExactly("2026-02-14 12:15", "2026-03-14 12:15");
        job.cancel();
        clock.set("2026-08-31 12:15");
        assertThat(runs(schedule.every(2).months().run(NOTHING), 4))
                .containsExactly("2026-10-31 12:15", "2026-12-31 12:15", "2027-02-28 12:15", "2027-04-30 12:15");
    }

    @Test
    void months_onACertainDay_firstTheOneToCome() {
        Job job = schedule.every().month().onDay(1).at("09:00").run(NOTHING);
        assertThat(runs(job, 2)).containsExactly("2026-02-01 09:00", "2026-03-01 09:00");
        assertThat(text(job)).isEqualTo("every month on day 1 at 09:00 in Europe/Berlin");
        job.cancel();
        clock.set("2026-01-14 12:15");
        Job quarterly =
                schedule.every(3).months().onDay(14).at("09:00").and("18:00").run(NOTHING);
        assertThat(runs(quarterly, 3)).containsExactly("2026-01-14 18:00", "2026-04-14 09:00", "2026-04-14 18:00");
        assertThat(runs(schedule.every(3).months().onDay(1).at("09:00").run(NOTHING), 2))
                .containsExactly("2026-05-01 09:00", "2026-08-01 09:00");
    }

    @Test
    void months_onTheirLastDay() {
        Job job = schedule.every().month().onLastDay().at("18:00").run(NOTHING);
        assertThat(runs(job, 4))
                .containsExactly("2026-01-31 18:00", "2026-02-28 18:00", "2026-03-31 18:00", "2026-04-30 18:00");
        assertThat(text(job)).isEqualTo("every month on the last day at 18:00 in Europe/Berlin");
        clock.set("2028-02-29 18:00");
        assertThat(runs(schedule.every().month().onLastDay().at("18:00").run(NOTHING), 1))
                .containsExactly("2028-03-31 18:00");
    }

    @Test
    void months_ofRandomDistance_stayOnTheirDay() {
        Job job = schedule.every(1).to(3).months().onLastDay().at("18:00").run(NOTHING);
        for (String run : runs(job, 40)) {
            LocalDate day = LocalDate.parse(run.substring(0, 10));
            assertThat(day.getDayOfMonth()).isEqualTo(day.lengthOfMonth());
        }
        assertThat(schedule.every(Integer.MAX_VALUE).months().run(NOTHING).nextRun())
                .isPresent();
        clock.set("2026-01-31 12:15");
        for (String run : runs(schedule.every(1).to(3).months().run(NOTHING), 40)) {
            LocalDate day = LocalDate.parse(run.substring(0, 10));
            assertThat(day.getDayOfMonth()).isEqualTo(day.lengthOfMonth());
        }
    }

    @Test
    void days_ofRandomDistance_stayAtTheirTime_alsoAfterOneThatTheClockLeavesOut() {
        for (int i = 0; i < 20; i++) {
            clock.set("2026-03-27 02:30");
            assertThat(runs(schedule.every(1).to(2).days().run(NOTHING), 8))
                    .allSatisfy(run -> assertThat(run).endsWith(run.startsWith("2026-03-29") ? " 03:00" : " 02:30"));
            schedule.cancelAll();
        }
    }

    // ---- dates ----

    @Test
    void dates_runOnEach_andThenTheJobIsOver() {
        Job job = schedule.on(LocalDate.of(2026, 12, 31), LocalDate.of(2026, 12, 24), LocalDate.of(2026, 1, 14))
                .at("10:30")
                .and("18:00")
                .run(NOTHING);
        assertThat(text(job)).isEqualTo("on 2026-01-14, 2026-12-24, 2026-12-31 at 10:30 and 18:00 in Europe/Berlin");
        assertThat(runs(job, 5))
                .containsExactly(
                        "2026-01-14 18:00",
                        "2026-12-24 10:30",
                        "2026-12-24 18:00",
                        "2026-12-31 10:30",
                        "2026-12-31 18:00");
        assertThat(job.isOver()).isTrue();
        assertThat(job.runs()).isEqualTo(5);
        assertThat(schedule.jobs()).isEmpty();
    }

    @Test
    void dates_withoutATime_areTheBeginningOfTheDay() {
        Job job = schedule.on(LocalDate.of(2026, 2, 1)).in("Asia/Tokyo").run(NOTHING);
        assertThat(runs(job, 1)).containsExactly("2026-01-31 16:00");
        assertThat(text(job)).isEqualTo("on 2026-02-01 in Asia/Tokyo");
    }

    @Test
    void dates_inGapAndOverlap_followThePoliciesAsAllDo() {
        LocalDate gap = LocalDate.of(2026, 3, 29);
        LocalDate overlap = LocalDate.of(2026, 10, 25);
        Job job = schedule.on(gap, overlap).at("02:30").overlap(DstOverlap.BOTH).run(NOTHING);
        assertThat(runs(job, 3)).containsExactly("2026-03-29 03:00", "2026-10-25 02:30", "2026-10-25 02:30");
        assertThat(job.isOver()).isTrue();
        clock.set("2026-03-01 12:00");
        Job second = schedule.on(overlap).at("02:30").overlap(DstOverlap.SECOND).run(NOTHING);
        assertThat(second.nextRun()).contains(Instant.parse("2026-10-25T01:30:00Z"));
        Job first = schedule.on(overlap).at("02:30").run(NOTHING);
        assertThat(first.nextRun()).contains(Instant.parse("2026-10-25T00:30:00Z"));
        runs(first, 1);
        assertThat(first.isOver()).isTrue();
    }

    @Test
    void runsDaysAfterAnOverlap_atATimeThatItShowsTwice_areFound() {
        clock.set("2026-10-21 12:00");
        for (DstOverlap overlap : DstOverlap.values()) {
            Job weekly =
                    schedule.every().wednesday().at("02:30").overlap(overlap).run(NOTHING);
            assertThat(clock.next(weekly)).isEqualTo("2026-10-28 02:30");
            Job date = schedule.on(LocalDate.of(2026, 10, 28))
                    .at("02:30")
                    .overlap(overlap)
                    .run(NOTHING);
            assertThat(clock.next(date)).isEqualTo("2026-10-28 02:30");
            Job monthly = schedule.every()
                    .month()
                    .onDay(28)
                    .at("02:30")
                    .overlap(overlap)
                    .run(NOTHING);
            assertThat(clock.next(monthly)).isEqualTo("2026-10-28 02:30");
        }
    }

    @Test
    void secondPassOfAnOverlap_isNotLost_ifTheNextRunIsFarOff() {
        Instant first = Instant.parse("2026-10-25T00:30:00Z");
        Instant second = Instant.parse("2026-10-25T01:30:00Z");
        clock.set("2026-10-24 12:00");
        Job weekly =
                schedule.every().sunday().at("02:30").overlap(DstOverlap.BOTH).run(NOTHING);
        Job monthly = schedule.every()
                .month()
                .onDay(25)
                .at("02:30")
                .overlap(DstOverlap.BOTH)
                .run(NOTHING);
        Job cron = schedule.cron("30 2 * * SUN").overlap(DstOverlap.BOTH).run(NOTHING);
        for (Instant expected : List.of(first, second)) {
            assertThat(List.of(weekly, monthly, cron))
                    .allSatisfy(job -> assertThat(job.nextRun()).contains(expected));
            clock.advance(Duration.between(clock.instant(), expected));
            assertThat(schedule.runPending()).isEqualTo(3);
        }
        assertThat(clock.next(weekly)).isEqualTo("2026-11-01 02:30");
        clock.set("2026-10-25 02:40");
        assertThat(schedule.every()
                        .sunday()
                        .at("02:30")
                        .overlap(DstOverlap.SECOND)
                        .run(NOTHING)
                        .nextRun())
                .contains(second);
    }

    @Test
    void timeThatClocksAlwaysLeaveOut_neverComes() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> schedule.cron("0 30 2 ? 3 SUNL").gap(DstGap.SKIP).run(NOTHING))
                .withMessageContaining("never comes");
    }

    @Test
    void dates_thatHavePassed_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> schedule.on(LocalDate.of(2026, 1, 14)).at("12:15").run(NOTHING))
                .withMessageContaining("on 2026-01-14 at 12:15")
                .withMessageContaining("expected a time to come");
        assertThatNullPointerException().isThrownBy(() -> schedule.on(null));
        assertThatNullPointerException().isThrownBy(() -> schedule.on(LocalDate.EPOCH, (LocalDate) null));
        assertThat(schedule.jobs()).isEmpty();
    }

    // ---- clocks that are read at the wrong moment ----

    /** A clock of which single looks show an earlier time, as those of a thread that was held up. */
    private static final class LateReader implements TimeSource {
        private final VirtualTime time = new VirtualTime();
        private Duration behind = Duration.ZERO;

        @Override
        public long nanoTime() {
            return time.nanoTime();
        }

        @Override
        public Instant instant() {
            Instant shown = time.instant().minus(behind);
            behind = Duration.ZERO;
            return shown;
        }

        @Override
        public void sleepUntil(long nanoTime) throws InterruptedException {
            time.sleepUntil(nanoTime);
        }
    }

    @Test
    void timeThatWasReadBeforeTheLastRun_isNoClockThatWasPutBack() {
        LateReader clocks = new LateReader();
        JobSchedule seconds = new JobSchedule(ScheduleOptions.defaults().time(clocks));
        Job job = seconds.every().second().run(NOTHING);
        for (int i = 0; i < 5; i++) {
            clocks.time.advance(Duration.ofSeconds(1));
            assertThat(seconds.runPending()).isEqualTo(1);
        }
        clocks.time.advance(Duration.ofMillis(500));
        Instant next = job.nextRun().orElseThrow();
        clocks.behind = Duration.ofSeconds(4);
        assertThat(seconds.nextRun()).contains(next);
        clocks.behind = Duration.ofSeconds(4);
        assertThat(seconds.runPending()).isZero();
        assertThat(job.nextRun()).contains(next);
    }
}
