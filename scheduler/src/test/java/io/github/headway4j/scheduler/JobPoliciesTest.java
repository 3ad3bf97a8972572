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
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of runs that overlap, fail, are put off or are the last ones; and that it is counted and told. */
class JobPoliciesTest {

    private static final Runnable NOTHING = () -> {};

    private final HandClock clock = new HandClock("Europe/Berlin", "2026-03-02 12:00");
    private final List<String> told = new ArrayList<>();
    private final JobSchedule schedule = new JobSchedule(clock.options()
            .random(new SplittableRandom(1))
            .onFailure((job, failure) -> told.add("reported"))
            .listener(new Telling()));
    private boolean fails = true;

    /** Writes down what it is told. */
    private final class Telling implements JobListener {
        @Override
        public void ran(Job job, Duration lateBy, Duration took, @Nullable Throwable failure) {
            told.add((failure == null ? "ran" : "failed") + " late " + lateBy + " took " + took);
        }

        @Override
        public void missed(Job job, long runs) {
            told.add("missed " + runs);
        }

        @Override
        public void skipped(Job job, long runs) {
            told.add("skipped " + runs);
        }

        @Override
        public void heldBack(Job job, long runs) {
            told.add("held back " + runs);
        }

        @Override
        public void ended(Job job) {
            told.add("ended");
        }
    }

    private void advance(int minutes) {
        clock.advance(Duration.ofMinutes(minutes));
    }

    private void failIfSo() {
        if (fails) {
            throw new IllegalStateException("on purpose");
        }
    }

    /** A job each ten minutes that finds itself due twice while its first run is under way. */
    private Job overlapping(Overlap policy, int... inside) {
        AtomicInteger run = new AtomicInteger();
        Job job = schedule.every(10).minutes().overlap(policy).run(() -> {
            if (run.getAndIncrement() == 0) {
                for (int expected : inside) {
                    advance(10);
                    assertThat(schedule.runPending()).isEqualTo(expected);
                }
            }
        });
        advance(10);
        return job;
    }

    // ---- runs at the same time ----

    @Test
    void runThatIsDueDuringAnother_isSkipped_byDefault() {
        Job job = overlapping(Overlap.SKIP, 0, 0);
        assertThat(schedule.runPending()).isEqualTo(1);
        assertThat(job.skipped()).isEqualTo(2);
        assertThat(job.missed()).isZero();
        assertThat(job.failures()).isZero();
        assertThat(told).containsExactly("skipped 1", "skipped 1", "ran late PT0S took PT20M");
        advance(10);
        assertThat(schedule.runPending()).isEqualTo(1);
        assertThat(schedule.every().day().run(NOTHING).skipped()).isZero();
    }

    @Test
    void runThatIsDueDuringAnother_queued_isMadeByTheSameThreadAfterwards() {
        Job job = overlapping(Overlap.QUEUE, 0, 0);
        assertThat(schedule.runPending()).isEqualTo(3);
        assertThat(job.runs()).isEqualTo(3);
        assertThat(job.skipped()).isZero();
        assertThat(schedule.stats().waiting()).isZero();
        assertThat(told)
                .containsExactly("ran late PT0S took PT20M", "ran late PT10M took PT0S", "ran late PT10M took PT0S");
    }

    @Test
    void runThatIsDueDuringAnother_parallel_takesPlaceAtTheSameTime_upToTheBound() {
        Job job = overlapping(Overlap.parallel(2), 1, 1);
        assertThat(schedule.runPending()).isEqualTo(1);
        assertThat(job.runs()).isEqualTo(3);
        Job nested = schedule.every().hour().overlap(Overlap.parallel(2)).run(() -> {
            clock.advance(Duration.ofHours(1));
            schedule.runPending();
        });
        clock.advance(Duration.ofHours(1));
        job.cancel();
        assertThat(schedule.runPending()).isEqualTo(1);
        assertThat(nested.runs()).isEqualTo(2);
        assertThat(nested.skipped()).isEqualTo(1);
    }

    @Test
    void runsThatWait_areDropped_whenTheJobIsCancelledOrPaused() {
        List<Job> jobs = new ArrayList<>();
        for (boolean pauses : new boolean[] {false, true}) {
            Job[] self = new Job[1];
            self[0] = schedule.every(10).minutes().overlap(Overlap.QUEUE).run(() -> {
                advance(10);
                assertThat(schedule.runPending()).isZero();
                assertThat(schedule.stats().waiting()).isEqualTo(1);
                assertThat(pauses ? self[0].pause() : self[0].cancel()).isTrue();
                assertThat(schedule.stats().waiting()).isZero();
            });
            advance(10);
            assertThat(schedule.runPending()).isEqualTo(1);
            jobs.add(self[0]);
        }
        assertThat(jobs.get(0).isOver()).isTrue();
        assertThat(jobs.get(1).isPaused()).isTrue();
        assertThat(jobs)
                .allSatisfy(job -> assertThat(job.missed() + job.failures()).isZero());
    }

    @Test
    void runsThatWait_areMissed_whenTheEndOfTheJobHasPassed() {
        Job job = schedule.every(10)
                .minutes()
                .overlap(Overlap.QUEUE)
                .until(LocalTime.of(12, 25))
                .run(() -> {
                    advance(10);
                    assertThat(schedule.runPending()).isZero();
                    advance(10);
                });
        advance(10);
        assertThat(schedule.runPending()).isEqualTo(1);
        assertThat(job.isOver()).isTrue();
        assertThat(job.missed()).isEqualTo(1);
    }

    @Test
    void runNow_isRefused_whileAsManyRunsAreUnderWayAsMayBe() {
        Job[] self = new Job[1];
        self[0] = schedule.every().hour().overlap(Overlap.parallel(2)).run(() -> {
            boolean second = self[0].runs() == 2;
            assertThat(self[0].runNow()).isEqualTo(!second);
        });
        assertThat(self[0].runNow()).isTrue();
        assertThat(self[0].runs()).isEqualTo(2);
        assertThat(self[0].failures()).isZero();
    }

    @Test
    void burst_thatIsLateDuringARun_isSkippedOrQueuedAsAWhole() {
        for (Overlap policy : new Overlap[] {Overlap.SKIP, Overlap.QUEUE}) {
            AtomicInteger run = new AtomicInteger();
            Job job = schedule.every(10)
                    .minutes()
                    .missed(MissedRuns.BURST)
                    .overlap(policy)
                    .run(() -> {
                        if (run.getAndIncrement() == 0) {
                            advance(30);
                            assertThat(schedule.runPending()).isZero();
                        }
                    });
            advance(20);
            boolean queues = policy == Overlap.QUEUE;
            assertThat(schedule.runPending()).isEqualTo(queues ? 5 : 2);
            assertThat(job.skipped()).isEqualTo(queues ? 0 : 3);
            assertThat(job.missed()).isZero();
            job.cancel();
        }
    }

    private record Crowd(VirtualTime time, JobSchedule schedule, Job job) {

        static Crowd of(Overlap overlap) {
            VirtualTime time = new VirtualTime();
            JobSchedule schedule = new JobSchedule(ScheduleOptions.defaults().time(time));
            AtomicInteger running = new AtomicInteger();
            Job job = schedule.every()
                    .minute()
                    .missed(MissedRuns.BURST)
                    .overlap(overlap)
                    .run(() -> {
                        assertThat(running.incrementAndGet()).isLessThanOrEqualTo(overlap.most());
                        running.decrementAndGet();
                    });
            return new Crowd(time, schedule, job);
        }

        void step() {
            for (int i = 0; i < 5; i++) {
                time.advance(Duration.ofMinutes(1));
                schedule.runPending();
                ScheduleStats stats = schedule.stats();
                assertThat(stats.runs()).isEqualTo(stats.succeeded() + stats.failed() + stats.running());
            }
        }

        void check(boolean all) {
            schedule.runPending();
            ScheduleStats stats = schedule.stats();
            assertThat(job.failures()).isZero();
            assertThat(stats.running()).isZero();
            assertThat(stats.waiting()).isZero();
            assertThat(stats.missed()).isZero();
            assertThat(stats.runs() + stats.skipped()).isEqualTo(10);
            assertThat(stats.succeeded()).isEqualTo(stats.runs());
            if (all) {
                assertThat(stats.skipped()).isZero();
            }
        }
    }

    @EachThreadKind
    void runsOfOneJob_neverOverlap_andEachIsMadeOrCounted(ThreadKind kind) {
        Rounds.of(300, () -> Crowd.of(Overlap.SKIP))
                .body("one", Crowd::step)
                .body("other", Crowd::step)
                .check(crowd -> crowd.check(false))
                .run(kind);
    }

    @EachThreadKind
    void runsThatAreQueued_areAllMade(ThreadKind kind) {
        Rounds.of(300, () -> Crowd.of(Overlap.QUEUE))
                .body("one", Crowd::step)
                .body("other", Crowd::step)
                .check(crowd -> crowd.check(true))
                .run(kind);
    }

    // ---- failures ----

    @Test
    void failures_backOff_leavesOutRunsWithinThePause_twiceAsLongEachTime() {
        Job job = schedule.every()
                .minute()
                .onFailure(FailurePolicy.backOff(Duration.ofMinutes(2), Duration.ofMinutes(10)))
                .run(this::failIfSo);
        List<String> moments = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String next = clock.next(job);
            moments.add(next.substring("2026-03-02 ".length()));
            clock.set(next);
            fails = i != 4;
            assertThat(schedule.runPending()).isEqualTo(1);
        }
        assertThat(moments).containsExactly("12:01", "12:03", "12:07", "12:15", "12:25");
        assertThat(job.heldBack()).isEqualTo(1 + 3 + 7 + 9);
        assertThat(job.missed()).isZero();
        assertThat(clock.next(job)).isEqualTo("2026-03-02 12:26");
        fails = true;
        advance(1);
        schedule.runPending();
        assertThat(clock.next(job)).isEqualTo("2026-03-02 12:28");
        assertThat(told).contains("held back 7").doesNotContain("missed 1");
    }

    @Test
    void failures_backOff_doesNotDelayRunsAfterThePause_norPreventRunNow() {
        Job job = schedule.every(10)
                .minutes()
                .onFailure(FailurePolicy.backOff(Duration.ofMinutes(3), Duration.ofMinutes(30)))
                .run(this::failIfSo);
        advance(10);
        schedule.runPending();
        assertThat(clock.next(job)).isEqualTo("2026-03-02 12:20");
        assertThat(job.heldBack()).isZero();
        assertThat(job.runNow()).isTrue();
        assertThat(job.runNow()).isTrue();
        assertThat(clock.next(job)).isEqualTo("2026-03-02 12:30");
        assertThat(job.heldBack()).isEqualTo(1);
    }

    @Test
    void failures_backOff_dropsWhatWaits_andEndsTheJobIfNoRunIsLeft() {
        Job burst = schedule.every()
                .minute()
                .missed(MissedRuns.BURST)
                .onFailure(FailurePolicy.backOff(Duration.ofMinutes(5), Duration.ofMinutes(5)))
                .until(LocalTime.of(12, 6))
                .run(this::failIfSo);
        advance(3);
        assertThat(schedule.runPending()).isEqualTo(1);
        assertThat(burst.heldBack()).isEqualTo(2 + 3);
        assertThat(burst.isOver()).isTrue();
        assertThat(told).endsWith("held back 5", "ended");
    }

    @Test
    void failures_stopAfter_countsThoseInARow() {
        Job job =
                schedule.every().minute().onFailure(FailurePolicy.stopAfter(3)).run(this::failIfSo);
        for (int i = 0; i < 3; i++) {
            fails = i < 2;
            advance(1);
            schedule.runPending();
        }
        fails = true;
        for (int i = 0; i < 3; i++) {
            assertThat(job.isOver()).isFalse();
            advance(1);
            assertThat(schedule.runPending()).isEqualTo(1);
        }
        assertThat(job.isOver()).isTrue();
        assertThat(job.failures()).isEqualTo(5);
        assertThat(told).filteredOn("reported"::equals).hasSize(5);
        assertThat(told).filteredOn("ended"::equals).hasSize(1);
    }

    @Test
    void handlerAndListenerThatThrow_reachTheCaller_afterAllJobsHadTheirTurn() {
        List<String> ran = new ArrayList<>();
        JobSchedule strict = new JobSchedule(clock.options()
                .onFailure((job, failure) -> {
                    throw new IllegalStateException("handler of " + job.name());
                })
                .listener(new JobListener() {
                    @Override
                    public void ended(Job job) {
                        throw new IllegalStateException("end of " + job.name());
                    }
                }));
        strict.every().minute().named("a").onFailure(FailurePolicy.stop()).run(this::failIfSo);
        strict.every().minute().named("b").missed(MissedRuns.BURST).run(() -> {
            ran.add("b");
            failIfSo();
        });
        strict.every().minute().named("c").run(() -> {
            ran.add("c");
        });
        advance(2);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(strict::runPending)
                .withMessage("handler of a")
                .satisfies(thrown -> assertThat(thrown.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("end of a", "handler of b", "handler of b"));
        assertThat(ran).containsExactly("b", "b", "c");
        assertThat(strict.stats().running()).isZero();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(strict::cancelAll)
                .withMessage("end of b");
        assertThat(strict.jobs()).isEmpty();
    }

    @Test
    void jobThatLeavesAnInterrupt_leavesTheCallerInterrupted_butNotTheRunsAfterIt() {
        List<Boolean> seen = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            schedule.every().minute().missed(MissedRuns.BURST).run(() -> {
                seen.add(Thread.currentThread().isInterrupted());
                Thread.currentThread().interrupt();
            });
        }
        advance(2);
        assertThat(schedule.runPending()).isEqualTo(4);
        assertThat(seen).containsExactly(false, false, false, false);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void sourceOfRandomNumbersThatThrows_endsItsJob_andNoOther() {
        AtomicInteger draws = new AtomicInteger();
        RandomGenerator broken = () -> {
            if (draws.incrementAndGet() > 3) {
                throw new IllegalStateException("no more numbers");
            }
            return draws.get();
        };
        List<Throwable> reports = new ArrayList<>();
        JobSchedule drawing =
                new JobSchedule(clock.options().random(broken).onFailure((job, failure) -> reports.add(failure)));
        Job random = drawing.every(2).to(3).minutes().run(NOTHING);
        Job steady = drawing.every().minute().run(NOTHING);
        for (int i = 0; i < 10; i++) {
            advance(1);
            assertThat(drawing.runPending()).isPositive();
        }
        assertThat(steady.runs()).isEqualTo(10);
        assertThat(random.isOver()).isTrue();
        assertThat(random.runs()).isPositive();
        assertThat(random.lastFailure()).containsSame(reports.get(0));
        assertThat(reports).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(drawing.stats().running()).isZero();
    }

    @Test
    void jobThatTakesAnInterrupt_leavesTheCallerInterrupted_butNotTheJobsAfterIt() {
        List<Boolean> seen = new ArrayList<>();
        schedule.every().minute().run(() -> {
            throw new InterruptedException("on purpose");
        });
        schedule.every().minute().run(() -> {
            seen.add(Thread.currentThread().isInterrupted());
        });
        advance(1);
        assertThat(schedule.runPending()).isEqualTo(2);
        assertThat(seen).containsExactly(false);
        assertThat(Thread.interrupted()).isTrue();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> schedule.runAll(Duration.ZERO));
        assertThat(seen).hasSize(1);
    }

    @Test
    void jobThatReturnsNull_hasFailed_andGoesOn() {
        Job job = schedule.every().minute().run(() -> (Job.Result) null);
        advance(1);
        schedule.runPending();
        assertThat(job.failures()).isEqualTo(1);
        assertThat(job.lastFailure().orElseThrow()).hasMessageContaining("CONTINUE or CANCEL");
        assertThat(job.isOver()).isFalse();
    }

    // ---- so many runs ----

    @Test
    void times_endsTheJobAfterSoManyRuns_whoeverAskedForThem() {
        Job job = schedule.every().minute().times(3).run(this::failIfSo);
        advance(1);
        schedule.runPending();
        assertThat(job.runNow()).isTrue();
        assertThat(job.isOver()).isFalse();
        assertThat(job.nextRun()).isPresent();
        advance(1);
        assertThat(schedule.runPending()).isEqualTo(1);
        assertThat(job.isOver()).isTrue();
        assertThat(job.runNow()).isFalse();
        assertThat(schedule.jobs()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.every().minute().times(0))
                .withMessageContaining("times(0)")
                .withMessageContaining("for example");
    }

    @Test
    void times_boundsBurstsAndQueues_andNoRunIsPlannedBeyondTheLast() {
        Job burst = schedule.every().minute().times(3).missed(MissedRuns.BURST).run(NOTHING);
        advance(5);
        assertThat(schedule.runPending()).isEqualTo(3);
        assertThat(burst.isOver()).isTrue();
        Job[] self = new Job[1];
        self[0] = schedule.every().minute().times(2).overlap(Overlap.QUEUE).run(() -> {
            if (self[0].runs() == 1) {
                advance(1);
                assertThat(schedule.runPending()).isZero();
                assertThat(self[0].nextRun()).isEmpty();
                advance(1);
                assertThat(schedule.runPending()).isZero();
            }
        });
        advance(1);
        assertThat(schedule.runPending()).isEqualTo(2);
        assertThat(self[0].isOver()).isTrue();
        assertThat(self[0].failures()).isZero();
    }

    @Test
    void lastRun_takesPlace_ifItBeginsALittleAfterTheEnd_andNoOtherIsDue() {
        Duration tolerance = ScheduleOptions.defaults().clockCheck();
        for (boolean inTime : new boolean[] {true, false}) {
            Job job = schedule.every()
                    .minute()
                    .until(clock.instant().plus(Duration.ofMinutes(2)))
                    .run(NOTHING);
            advance(1);
            assertThat(schedule.runPending()).isEqualTo(1);
            advance(1);
            clock.advance(inTime ? tolerance : tolerance.plusNanos(1));
            assertThat(schedule.runPending()).isEqualTo(inTime ? 1 : 0);
            assertThat(job.isOver()).isTrue();
            assertThat(job.missed()).isEqualTo(inTime ? 0 : 1);
        }
        Job late = schedule.every(2).seconds().until(Duration.ofSeconds(5)).run(NOTHING);
        clock.advance(Duration.ofSeconds(6));
        assertThat(schedule.runPending()).isZero();
        assertThat(late.missed()).isEqualTo(2);
    }

    // ---- runs that are put off ----

    @Test
    void jitter_putsEachRunOff_withinItsBound_withoutShiftingTheSeries() {
        Job job = schedule.every(10).minutes().jitter(Duration.ofMinutes(3)).run(NOTHING);
        Instant start = clock.instant();
        Set<Duration> drawn = new HashSet<>();
        for (int i = 1; i <= 500; i++) {
            Instant next = job.nextRun().orElseThrow();
            Duration off = Duration.between(start.plus(Duration.ofMinutes(10L * i)), next);
            assertThat(off).isBetween(Duration.ZERO, Duration.ofMinutes(3).minusNanos(1));
            drawn.add(off);
            clock.advance(Duration.between(clock.instant(), next).minusNanos(1));
            assertThat(schedule.runPending()).isZero();
            clock.advance(Duration.ofNanos(1));
            assertThat(schedule.runPending()).isEqualTo(1);
        }
        assertThat(drawn).hasSizeGreaterThan(490);
        assertThat(job.missed()).isZero();
    }

    @Test
    void jitter_staysBeforeTheRunThatFollows_andNotAfterTheEnd() {
        Job job = schedule.every(10).minutes().jitter(Duration.ofDays(1)).run(NOTHING);
        Instant start = clock.instant();
        for (int i = 1; i <= 200; i++) {
            Instant next = job.nextRun().orElseThrow();
            assertThat(Duration.between(start, next)).isLessThan(Duration.ofMinutes(10L * i + 10));
            clock.advance(Duration.between(clock.instant(), next));
            assertThat(schedule.runPending()).isEqualTo(1);
        }
        assertThat(job.missed()).isZero();
        Instant end = clock.instant().plus(Duration.ofMinutes(10)).plusNanos(5);
        for (int i = 0; i < 50; i++) {
            Job last = schedule.every(10)
                    .minutes()
                    .jitter(Duration.ofMinutes(5))
                    .until(end)
                    .run(NOTHING);
            assertThat(last.nextRun().orElseThrow()).isBetween(end.minusNanos(5), end);
        }
        job.cancel();
        clock.advance(Duration.between(clock.instant(), end.plusNanos(1)));
        assertThat(schedule.runPending()).isEqualTo(50);
        assertThat(schedule.jobs()).isEmpty();
    }

    @Test
    void jitter_ofARandomDistance_staysBeforeTheRunThatFollows() {
        Job job =
                schedule.every(5).to(10).seconds().jitter(Duration.ofSeconds(9)).run(NOTHING);
        for (int i = 0; i < 500; i++) {
            clock.advance(schedule.idle().orElseThrow());
            assertThat(schedule.runPending()).isEqualTo(1);
        }
        assertThat(job.missed()).isZero();
    }

    @Test
    void jitter_isPartOfTheNextRunToo_soThatOneThatIsALittleLateDoesNotOvertakeIt() {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            jobs.add(schedule.every()
                    .minute()
                    .jitter(Duration.ofMinutes(1))
                    .missed(MissedRuns.SKIP)
                    .run(NOTHING));
        }
        for (int look = 0; look < 100 * 120; look++) {
            clock.advance(Duration.ofMillis(500)); // so that some runs begin when the next minute has begun
            schedule.runPending();
        }
        assertThat(jobs).allSatisfy(job -> assertThat(job.missed()).isZero());
        assertThat(jobs).allSatisfy(job -> assertThat(job.runs()).isBetween(99L, 100L));
    }

    /** Fifty jobs with runs at 13:00 and 13:01, and then none for as long as they may be put off. */
    private void assertThatTheSecondIsNotMissed(Supplier<JobBuilder> sentence, Duration jitter) {
        schedule.cancelAll();
        clock.set("2026-03-02 12:30");
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            jobs.add(sentence.get().jitter(jitter).run(NOTHING));
        }
        advance(33);
        assertThat(schedule.runPending()).isEqualTo(50);
        assertThat(jobs.stream().mapToLong(Job::missed).sum()).isLessThan(15);
        advance(56);
        schedule.runPending();
        assertThat(jobs.stream().mapToLong(job -> job.missed() + job.runs()).sum())
                .isEqualTo(100);
    }

    @Test
    void jitter_ofTimesThatAreNear_isThatOfEach_soThatTheLastIsNotMissedBeforeItsMoment() {
        Duration half = Duration.ofMinutes(30);
        assertThatTheSecondIsNotMissed(() -> schedule.every().day().at("13:00").and("13:01"), half);
        assertThatTheSecondIsNotMissed(() -> schedule.every().hour().at(":00").and(":01"), half);
        assertThatTheSecondIsNotMissed(() -> schedule.cron("0,1 * * * *"), half);
    }

    @Test
    void jitter_isTheSameForTheSameRandomNumbers_andBadOnesAreRefused() {
        JobSchedule same = new JobSchedule(clock.options().random(new SplittableRandom(1)));
        Job one = schedule.every().day().at("10:30").jitter(Duration.ofHours(1)).run(NOTHING);
        Job other = same.every().day().at("10:30").jitter(Duration.ofHours(1)).run(NOTHING);
        assertThat(one.nextRun()).isEqualTo(other.nextRun());
        assertThat(clock.next(one)).isNotEqualTo("2026-03-03 10:30");
        for (Duration bad : new Duration[] {Duration.ofNanos(-1), Duration.ofSeconds(Long.MAX_VALUE)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> schedule.every().day().jitter(bad))
                    .withMessageContaining("jitter(" + bad + ")")
                    .withMessageContaining("292 years")
                    .withMessageContaining("for example");
        }
    }

    // ---- figures ----

    @Test
    void stats_areTheSumsOfAllJobs_thoseThatAreOverIncluded() {
        Job good = schedule.every(10).minutes().run(NOTHING);
        Job bad = schedule.every(10).minutes().times(1).run(this::failIfSo);
        schedule.every().day().run(NOTHING).pause();
        advance(35);
        schedule.runPending();
        assertThat(schedule.stats()).isEqualTo(new ScheduleStats(2, 1, 1, 0, 0, 2, 1, 1, 4, 0, 0));
        assertThat(good.missed() + bad.missed()).isEqualTo(4);
        schedule.cancelAll();
        assertThat(schedule.stats()).isEqualTo(new ScheduleStats(0, 0, 3, 0, 0, 2, 1, 1, 4, 0, 0));
    }

    @Test
    void listener_isToldOfEachRun_ofThoseThatAreLeftOut_andOfTheEnd() {
        schedule.every(10).minutes().times(2).run(this::failIfSo);
        advance(25);
        schedule.runPending();
        fails = false;
        advance(10);
        schedule.runPending();
        assertThat(told)
                .containsExactly(
                        "reported", "failed late PT15M took PT0S", "missed 1", "ran late PT5M took PT0S", "ended");
    }

    @Test
    void pausedJob_thatIsRunByHand_missesNothing() {
        Job job = schedule.every(10).minutes().run(NOTHING);
        job.pause();
        advance(45);
        assertThat(job.runNow()).isTrue();
        assertThat(job.missed()).isZero();
        job.resume();
        assertThat(clock.next(job)).isEqualTo("2026-03-02 12:50");
    }

    @Test
    void queue_isSortedByTheNextRuns_withoutPausedJobs() {
        Job day = schedule.every().day().run(NOTHING);
        Job hour = schedule.every().hour().run(NOTHING);
        Job minute = schedule.every().minute().run(NOTHING);
        schedule.every().second().run(NOTHING).pause();
        assertThat(schedule.queue()).containsExactly(minute, hour, day);
    }
}
