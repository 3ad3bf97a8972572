// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Rounds;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What {@link JobSchedule} and {@link Job} promise beyond Python's {@code schedule}. */
class JobScheduleTest {

    private static final Runnable NOTHING = () -> {};

    private final HandClock clock = new HandClock("Europe/Berlin", "2026-03-02 12:00");
    private final JobSchedule schedule = clock.schedule();
    private final List<String> ran = new ArrayList<>();

    private Runnable noting(String name) {
        return () -> ran.add(name);
    }

    private void advance(int minutes) {
        clock.advance(Duration.ofMinutes(minutes));
    }

    // ---- order and late runs ----

    @Test
    void dueJobs_runInTheOrderOfTheirTimes_thenOfRegistration() {
        schedule.every(30).minutes().run(noting("30"));
        schedule.every(10).minutes().run(noting("10"));
        schedule.every(20).minutes().run(noting("20"));
        schedule.every(10).minutes().run(noting("10 too"));
        advance(45);
        assertThat(schedule.runPending()).isEqualTo(4);
        assertThat(ran).containsExactly("10", "10 too", "20", "30");
    }

    @Test
    void lateRuns_doNotShiftThoseThatFollow() {
        Job job = schedule.every(10).minutes().run(NOTHING);
        advance(13);
        schedule.runPending();
        assertThat(clock.next(job)).isEqualTo("2026-03-02 12:20");
        assertThat(job.missed()).isZero();
    }

    @Test
    void lateRuns_areOneByDefault_andAreCounted() {
        Job job = schedule.every(10).minutes().run(NOTHING);
        advance(45);
        assertThat(schedule.runPending()).isEqualTo(1);
        assertThat(job.runs()).isEqualTo(1);
        assertThat(job.missed()).isEqualTo(3);
        assertThat(clock.next(job)).isEqualTo("2026-03-02 12:50");
    }

    @Test
    void lateRuns_burst_isOneRunForEach() {
        Job job = schedule.every(10).minutes().missed(MissedRuns.BURST).run(NOTHING);
        advance(45);
        assertThat(schedule.runPending()).isEqualTo(4);
        assertThat(job.missed()).isZero();
        assertThat(clock.next(job)).isEqualTo("2026-03-02 12:50");
    }

    @Test
    void lateRuns_skip_dropsThoseThatWereOvertaken_only() {
        Job job = schedule.every(10).minutes().missed(MissedRuns.SKIP).run(NOTHING);
        advance(19);
        assertThat(schedule.runPending()).isEqualTo(1);
        advance(26);
        assertThat(schedule.runPending()).isZero();
        assertThat(job.missed()).isEqualTo(3);
        assertThat(clock.next(job)).isEqualTo("2026-03-02 12:50");
        advance(5);
        assertThat(schedule.runPending()).isEqualTo(1);
    }

    @Test
    void lateRuns_ofTheCalendar_areCountedToo() {
        Job job = schedule.every().day().at("10:30").run(NOTHING);
        clock.advance(Duration.ofDays(30));
        assertThat(schedule.runPending()).isEqualTo(1);
        assertThat(job.missed()).isEqualTo(29);
        assertThat(clock.next(job)).isEqualTo("2026-04-02 10:30");
    }

    @Test
    void lateRuns_beyondCounting_areCountedUpToALimit() {
        Job job = schedule.every().minute().at(":17").run(NOTHING);
        clock.advance(Duration.ofDays(3_650));
        assertThat(schedule.runPending()).isEqualTo(1);
        assertThat(job.missed()).isEqualTo(10_000);
        Job steady = schedule.every().second().run(NOTHING);
        clock.advance(Duration.ofDays(3_650));
        schedule.runPending();
        assertThat(steady.missed()).isEqualTo(3_650L * 86_400 - 1);
    }

    @Test
    void jobThatTakesLong_isLateNextTime_notShifted() {
        Job job = schedule.every(10).minutes().run(() -> advance(25));
        advance(10);
        schedule.runPending();
        assertThat(clock.next(job)).isEqualTo("2026-03-02 12:20");
        assertThat(schedule.runPending()).isEqualTo(1);
        assertThat(job.missed()).isEqualTo(1);
    }

    // ---- control ----

    @Test
    void pause_leavesOutRuns_resumeGoesOnWithThoseThatFollow() {
        Job job = schedule.every(10).minutes().run(NOTHING);
        assertThat(job.pause()).isTrue();
        assertThat(job.pause()).isFalse();
        assertThat(job.isPaused()).isTrue();
        assertThat(job.nextRun()).isEmpty();
        assertThat(schedule.idle()).isEmpty();
        advance(45);
        assertThat(schedule.runPending()).isZero();
        assertThat(schedule.runAll()).isZero();
        assertThat(schedule.jobs()).containsExactly(job);
        assertThat(job.resume()).isTrue();
        assertThat(job.resume()).isFalse();
        assertThat(clock.next(job)).isEqualTo("2026-03-02 12:50");
        assertThat(job.missed()).isZero();
        advance(5);
        assertThat(schedule.runPending()).isEqualTo(1);
    }

    @Test
    void resume_atTheVeryTime_orAfterTheEnd() {
        Job job = schedule.every(10).minutes().run(NOTHING);
        Job ends = schedule.every(10).minutes().until(Duration.ofMinutes(15)).run(NOTHING);
        job.pause();
        ends.pause();
        advance(20);
        assertThat(job.resume()).isTrue();
        assertThat(schedule.runPending()).isEqualTo(1);
        assertThat(ends.resume()).isTrue();
        assertThat(ends.isOver()).isTrue();
        assertThat(ends.pause()).isFalse();
        assertThat(schedule.jobs()).containsExactly(job);
    }

    @Test
    void runNow_runsOnce_alsoWhenPaused_andDoesWhatIsDue() {
        Job job = schedule.every(10).minutes().run(noting("job"));
        advance(5);
        assertThat(job.runNow()).isTrue();
        assertThat(clock.next(job)).isEqualTo("2026-03-02 12:10");
        advance(7);
        assertThat(job.runNow()).isTrue();
        assertThat(schedule.runPending()).isZero();
        assertThat(clock.next(job)).isEqualTo("2026-03-02 12:20");
        job.pause();
        assertThat(job.runNow()).isTrue();
        assertThat(job.isPaused()).isTrue();
        job.cancel();
        assertThat(job.runNow()).isFalse();
        assertThat(ran).hasSize(3);
    }

    private record Two(JobSchedule schedule, Job job, AtomicInteger counted) {}

    @EachThreadKind
    void dueJob_isRunOnce_whateverNumberOfThreadsLookForIt(ThreadKind kind) {
        Rounds.of(1_000, () -> {
                    HandClock own = new HandClock("Europe/Berlin", "2026-03-02 12:00");
                    JobSchedule shared = own.schedule();
                    AtomicInteger running = new AtomicInteger();
                    Job job = shared.every().minute().run(() -> {
                        assertThat(running.incrementAndGet()).isEqualTo(1);
                        running.decrementAndGet();
                    });
                    own.advance(Duration.ofMinutes(1));
                    return new Two(shared, job, new AtomicInteger());
                })
                .body("first", two -> two.counted.addAndGet(two.schedule.runPending()))
                .body("second", two -> two.counted.addAndGet(two.schedule.runPending()))
                .check(two -> {
                    assertThat(two.counted).hasValue(1);
                    assertThat(two.job.runs()).isEqualTo(1);
                    assertThat(two.job.failures()).isZero();
                })
                .run(kind);
    }

    // ---- a week ----

    @Test
    void week_inWhichTheClockIsPutBack_ranByHand() {
        clock.set("2026-10-21 00:00");
        Job minutes = schedule.every(10).minutes().run(NOTHING);
        Job hourly = schedule.every().hour().run(NOTHING);
        Job daily = schedule.every().day().at("10:30").run(NOTHING);
        Job monday = schedule.every().monday().run(NOTHING);
        Job wednesday = schedule.every().wednesday().at("13:15").run(NOTHING);
        Job second = schedule.every().minute().at(":17").run(NOTHING);
        Instant end = clock.instant().plus(Duration.ofDays(7)).plus(Duration.ofHours(1));
        while (!schedule.nextRun().orElseThrow().isAfter(end)) {
            clock.advance(schedule.idle().orElseThrow());
            schedule.runPending();
        }
        int hours = 7 * 24 + 1;
        assertThat(minutes.runs()).isEqualTo(hours * 6);
        assertThat(hourly.runs()).isEqualTo(hours);
        assertThat(daily.runs()).isEqualTo(7);
        assertThat(monday.runs()).isEqualTo(1);
        assertThat(wednesday.runs()).isEqualTo(1);
        assertThat(second.runs()).isEqualTo(hours * 60);
        assertThat(schedule.jobs()).allSatisfy(job -> assertThat(job.missed()).isZero());
    }

    // ---- clocks ----

    @Test
    void clockPutBackALittle_runsNothingTwice() {
        Job job = schedule.every().day().at("12:30").run(NOTHING);
        advance(30);
        assertThat(schedule.runPending()).isEqualTo(1);
        advance(-5);
        assertThat(schedule.runPending()).isZero();
        advance(5);
        assertThat(schedule.runPending()).isZero();
        assertThat(clock.next(job)).isEqualTo("2026-03-03 12:30");
    }

    @Test
    void clockPutBackBeyondTheDistanceOfRuns_theJobGoesOn() {
        Job job = schedule.every(10).minutes().run(NOTHING);
        advance(10);
        schedule.runPending();
        advance(-60);
        assertThat(schedule.runPending()).isZero();
        assertThat(clock.next(job)).isEqualTo("2026-03-02 11:20");
        assertThat(schedule.idle()).contains(Duration.ofMinutes(10));
    }

    @Test
    void wrongDateThatWasCorrected_silencesNoJob() {
        List<Job> jobs = new ArrayList<>();
        for (MissedRuns policy : MissedRuns.values()) {
            jobs.add(schedule.every().hour().missed(policy).times(100_000).run(NOTHING));
        }
        Job paused = schedule.every().hour().run(NOTHING);
        Job daily = schedule.every().day().run(NOTHING);
        paused.pause();
        Duration leap = Duration.ofDays(365).plusMinutes(70);
        clock.advance(leap);
        schedule.runPending();
        paused.resume();
        clock.advance(leap.negated().plusMinutes(70));
        assertThat(schedule.runPending()).isZero();
        for (Job job : jobs) {
            assertThat(clock.next(job)).isEqualTo("2026-03-02 14:10");
        }
        assertThat(clock.next(paused)).isEqualTo("2026-03-02 14:10");
        assertThat(clock.next(daily)).isEqualTo("2026-03-03 12:00");
    }

    @Test
    void clockPutBackALittle_runsNothingTwice_howeverNearTheNextRunIs() {
        Job job = schedule.every().day().at("13:00").and("13:01").and("13:02").run(NOTHING);
        Job cron = schedule.cron("0-2 13 * * *").run(NOTHING);
        advance(60);
        assertThat(schedule.runPending()).isEqualTo(2);
        advance(-2);
        assertThat(schedule.runPending()).isZero();
        advance(2);
        assertThat(schedule.runPending()).isZero();
        assertThat(clock.next(job)).isEqualTo("2026-03-02 13:01");
        assertThat(clock.next(cron)).isEqualTo("2026-03-02 13:01");
    }

    // ---- clocks put forward or back by law ----

    @Test
    void gapAndOverlap_asChosen() {
        clock.set("2026-03-28 12:00");
        assertThat(clock.next(schedule.every().day().at("02:30").run(NOTHING))).isEqualTo("2026-03-29 03:00");
        assertThat(clock.next(
                        schedule.every().day().at("02:30").gap(DstGap.SKIP).run(NOTHING)))
                .isEqualTo("2026-03-30 02:30");
        clock.set("2026-10-24 12:00");
        Instant first = Instant.parse("2026-10-25T00:30:00Z");
        Instant second = Instant.parse("2026-10-25T01:30:00Z");
        assertThat(schedule.every().day().at("02:30").run(NOTHING).nextRun()).contains(first);
        assertThat(schedule.every()
                        .day()
                        .at("02:30")
                        .overlap(DstOverlap.SECOND)
                        .run(NOTHING)
                        .nextRun())
                .contains(second);
        Job both = schedule.every().day().at("02:30").overlap(DstOverlap.BOTH).run(NOTHING);
        assertThat(runs(both, 3)).containsExactly(first, second, Instant.parse("2026-10-26T01:30:00Z"));
    }

    @Test
    void intervals_goOnThroughGapAndOverlap() {
        clock.set("2026-03-29 01:00");
        Job half = schedule.every(30).minutes().run(NOTHING);
        Job hourly = schedule.every().hour().at(":30").run(NOTHING);
        assertThat(locally(runs(half, 4))).containsExactly("01:30", "03:00", "03:30", "04:00");
        clock.set("2026-03-29 01:00");
        hourly.cancel();
        hourly = schedule.every().hour().at(":30").run(NOTHING);
        assertThat(locally(runs(hourly, 3))).containsExactly("01:30", "03:30", "04:30");
        clock.set("2026-10-25 01:45");
        hourly = schedule.every().hour().at(":30").run(NOTHING);
        assertThat(locally(runs(hourly, 4))).containsExactly("02:30", "02:30", "03:30", "04:30");
        clock.set("2026-10-25 01:45");
        Job once = schedule.every(30).minutes().overlap(DstOverlap.FIRST).run(NOTHING);
        assertThat(locally(runs(once, 4))).containsExactly("02:15", "02:45", "03:15", "03:45");
    }

    @Test
    void everySecondHour_staysAtItsPlace_whereClocksChangeByHalfAnHour() {
        JobSchedule lordHowe = new JobSchedule(clock.options().zone(ZoneId.of("Australia/Lord_Howe")));
        clock.set("2026-01-01 00:10");
        for (String place : new String[] {":00", ":15", ":30", ":45"}) {
            Job job = lordHowe.every(2).hours().at(place).run(NOTHING);
            Instant first = job.nextRun().orElseThrow();
            Instant before = first;
            for (int i = 0; i < 365 * 12; i++) {
                assertThat(before.atZone(job.zone()).getMinute()).isEqualTo(Integer.parseInt(place.substring(1)));
                clock.advance(Duration.between(clock.instant(), before));
                assertThat(lordHowe.runPending()).isEqualTo(1);
                Instant next = job.nextRun().orElseThrow();
                assertThat(Duration.between(before, next)).isBetween(Duration.ofHours(1), Duration.ofHours(3));
                before = next;
            }
            assertThat(Duration.between(first, before).toHours()).isBetween(365L * 24 - 1, 365L * 24 + 1);
            job.cancel();
        }
    }

    @Test
    void dayThatAZoneLeftOut_isAGapLikeAnyOther() {
        // Samoa went from Thursday to Saturday, at midnight.
        clock.set("2011-12-29 06:00");
        Job friday = schedule.every().friday().at("10:30", "Pacific/Apia").run(NOTHING);
        Job skipping = schedule.every()
                .friday()
                .at("10:30", "Pacific/Apia")
                .gap(DstGap.SKIP)
                .run(NOTHING);
        assertThat(friday.nextRun()).contains(Instant.parse("2011-12-30T10:00:00Z"));
        assertThat(skipping.nextRun().orElseThrow().atZone(skipping.zone()).toLocalDate())
                .isEqualTo(LocalDate.of(2012, 1, 6));
    }

    @Test
    void until_inTheGap_isItsEnd_inTheOverlapTheSecondTime() {
        clock.set("2026-03-28 12:00");
        assertThat(schedule.every()
                        .hour()
                        .until("2026-03-29 02:30")
                        .run(NOTHING)
                        .until())
                .contains(Instant.parse("2026-03-29T01:00:00Z"));
        assertThat(schedule.every()
                        .hour()
                        .until("2026-10-25 02:30")
                        .run(NOTHING)
                        .until())
                .contains(Instant.parse("2026-10-25T01:30:00Z"));
    }

    @Test
    void jobThatWouldFirstRunAfterItsEnd_isOverAtOnce() {
        Job job = schedule.every().day().at("10:30").until(LocalTime.of(20, 0)).run(NOTHING);
        assertThat(job.isOver()).isTrue();
        assertThat(schedule.jobs()).isEmpty();
        assertThat(schedule.stats().ended()).isEqualTo(1);
    }

    // ---- failures ----

    @Test
    void failure_isReported_othersAndLaterRunsDoNotSuffer() {
        List<String> reports = new ArrayList<>();
        JobSchedule reporting = new JobSchedule(
                clock.options().onFailure((job, failure) -> reports.add(job.name() + " " + failure.getMessage())));
        Job failing = reporting.every().minute().named("bad").run(() -> {
            throw new IllegalStateException("on purpose");
        });
        Job dying = reporting.every().minute().named("worse").run(() -> {
            throw new AssertionError("on purpose too");
        });
        Job good = reporting.every().minute().run(NOTHING);
        advance(1);
        assertThat(reporting.runPending()).isEqualTo(3);
        advance(1);
        assertThat(reporting.runPending()).isEqualTo(3);
        assertThat(reports)
                .containsExactly("bad on purpose", "worse on purpose too", "bad on purpose", "worse on purpose too");
        assertThat(failing.failures()).isEqualTo(2);
        assertThat(failing.lastFailure()).containsInstanceOf(IllegalStateException.class);
        assertThat(dying.failures()).isEqualTo(2);
        assertThat(good.failures()).isZero();
    }

    @Test
    void failure_stop_cancelsTheJob() {
        List<Throwable> reports = new ArrayList<>();
        JobSchedule reporting = new JobSchedule(clock.options().onFailure((job, failure) -> reports.add(failure)));
        Job job = reporting.every().minute().onFailure(FailurePolicy.stop()).run(() -> {
            throw new IllegalStateException("on purpose");
        });
        advance(1);
        reporting.runPending();
        assertThat(job.isOver()).isTrue();
        assertThat(reporting.jobs()).isEmpty();
        assertThat(reports).hasSize(1);
    }

    @Test
    void failure_goesToTheUncaughtExceptionHandler_byDefault() throws InterruptedException {
        List<Throwable> reports = new ArrayList<>();
        schedule.every().minute().run(() -> {
            throw new IllegalStateException("on purpose");
        });
        advance(1);
        Thread thread = new Thread(schedule::runPending);
        thread.setUncaughtExceptionHandler((dead, failure) -> reports.add(failure));
        thread.start();
        thread.join();
        assertThat(reports).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void handlerThatThrows_reachesTheCaller_theScheduleGoesOn() {
        JobSchedule strict = new JobSchedule(clock.options().onFailure((job, failure) -> {
            throw new IllegalStateException("refused", failure);
        }));
        Job job = strict.every().minute().run(() -> {
            throw new IllegalStateException("on purpose");
        });
        advance(1);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(strict::runPending)
                .withMessage("refused");
        assertThat(clock.next(job)).isEqualTo("2026-03-02 12:02");
        advance(1);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(strict::runPending);
        assertThat(job.runs()).isEqualTo(2);
    }

    // ---- jobs that work on the schedule ----

    @Test
    void jobs_mayScheduleCancelAndRun() {
        AtomicInteger runs = new AtomicInteger();
        Job[] victim = new Job[1];
        schedule.every().minute().run(() -> {
            runs.incrementAndGet();
            schedule.every().minute().run(NOTHING);
            victim[0].cancel();
            assertThat(schedule.runPending()).isZero(); // neither itself nor the one that was cancelled
            assertThat(schedule.runAll()).isEqualTo(1); // the new one
        });
        victim[0] = schedule.every().minute().run(noting("victim"));
        advance(1);
        assertThat(schedule.runPending()).isEqualTo(1);
        assertThat(runs).hasValue(1);
        assertThat(ran).isEmpty();
    }

    @Test
    void jobThatCancelsItself_endsAfterTheRun() {
        Job[] self = new Job[1];
        self[0] =
                schedule.every().minute().run(() -> assertThat(self[0].cancel()).isTrue());
        advance(1);
        assertThat(schedule.runPending()).isEqualTo(1);
        advance(1);
        assertThat(schedule.runPending()).isZero();
        assertThat(self[0].failures()).isZero();
    }

    // ---- cron ----

    @Test
    void cron_fixedTimes_andIntervals() {
        Job workdays = schedule.cron("30 10 * * MON-FRI").run(NOTHING);
        assertThat(clock.next(workdays)).isEqualTo("2026-03-03 10:30");
        assertThat(clock.next(schedule.cron("*/20 * * * *").run(NOTHING))).isEqualTo("2026-03-02 12:20");
        assertThat(clock.next(schedule.cron("15 0 8 1 * *").run(NOTHING))).isEqualTo("2026-04-01 08:00:15");
        assertThat(clock.next(schedule.cron("0 9 29 2 *").in("Asia/Tokyo").run(NOTHING)))
                .isEqualTo("2028-02-29 01:00");
        assertThat(workdays.toString()).contains("cron \"30 10 * * MON-FRI\" in Europe/Berlin");
    }

    @Test
    void cron_onDaysThatClocksChange_followsThePoliciesAsAllDo() {
        clock.set("2026-03-29 01:45");
        assertThat(locally(runs(schedule.cron("30 2 * * *").run(NOTHING), 1))).containsExactly("03:00");
        clock.set("2026-03-29 01:45");
        assertThat(locally(runs(schedule.cron("30 * * * *").run(NOTHING), 2))).containsExactly("03:30", "04:30");
        clock.set("2026-10-25 01:45");
        assertThat(locally(runs(schedule.cron("*/30 * * * *").run(NOTHING), 5)))
                .containsExactly("02:00", "02:30", "02:00", "02:30", "03:00");
        clock.set("2026-10-25 01:45");
        assertThat(locally(runs(schedule.cron("30 2,3 * * *").run(NOTHING), 2))).containsExactly("02:30", "03:30");
    }

    @Test
    void cron_thatCannotBeReadOrNeverComes_isRefused() {
        for (String text : new String[] {"", "* * *", "60 * * * *", "* 24 * * *", "a b c d e", "0 0 0 0 0 0 0"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> schedule.cron(text))
                    .withMessageContaining("cron(\"" + text + "\")")
                    .withMessageContaining("expected five fields")
                    .withMessageContaining("30 10 * * MON-FRI");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.cron("0 0 30 2 *").run(NOTHING))
                .withMessageContaining("0 0 30 2 *");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.cron("0 9 * * *").at("10:30"))
                .withMessageContaining("30 10 * * *");
    }

    /** The next runs, each in time. */
    private List<Instant> runs(Job job, int number) {
        List<Instant> runs = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Instant next = job.nextRun().orElseThrow();
            runs.add(next);
            clock.advance(Duration.between(clock.instant(), next));
            schedule.runPending();
        }
        return runs;
    }

    private List<String> locally(List<Instant> runs) {
        return runs.stream()
                .map(run -> run.atZone(clock.zone).toLocalTime().toString())
                .toList();
    }
}
