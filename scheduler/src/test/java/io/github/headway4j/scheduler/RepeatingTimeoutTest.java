// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.scheduler.Timeout.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Series of runs, in virtual time. */
class RepeatingTimeoutTest {

    private static final Duration PERIOD = Duration.ofNanos(100);
    private static final RepeatOptions REPEAT = RepeatOptions.defaults();

    private final VirtualTime time = new VirtualTime();
    private final HandExecutor executor = new HandExecutor();
    private final List<Throwable> failed = new ArrayList<>();
    private final TimerOptions options =
            TimerOptions.defaults().time(time).onFailure((timeout, failure) -> failed.add(failure));
    private final Timers timers = new Timers(options);
    private final List<Long> moments = new ArrayList<>();

    private void note() {
        moments.add(time.nanoTime());
    }

    private void pass(long nanos) {
        time.advance(Duration.ofNanos(nanos));
    }

    /** Nobody runs anything for so long; then what is due. */
    private void stall(long nanos) {
        pass(nanos);
        time.runUntil(time.nanoTime());
    }

    // ---- when it runs ----

    @Test
    void runs_areAtMultiplesOfThePeriod_howeverLongTheyTake() {
        RepeatingTimeout series = timers.every(PERIOD, () -> {
            note();
            pass(30);
        });
        time.runUntil(450);
        assertThat(moments).containsExactly(100L, 200L, 300L, 400L);
        assertThat(series.runs()).isEqualTo(4L);
        assertThat(series.missed()).isZero();
        assertThat(series.nanoTime()).isEqualTo(500L);
    }

    @Test
    void firstRun_isAfterTheInitialDelay() {
        timers.every(PERIOD, this::note, REPEAT.initialDelay(Duration.ofNanos(7)));
        timers.every(PERIOD, this::note, REPEAT.initialDelay(Duration.ZERO));
        timers.every(PERIOD, this::note, REPEAT.initialDelay(Duration.ofSeconds(-1)));
        time.runUntil(150);
        assertThat(moments).containsExactly(0L, 0L, 7L, 100L, 100L, 107L);
    }

    @Test
    void fixedDelay_countsFromTheEndOfTheRun() {
        RepeatingTimeout series = timers.every(
                PERIOD,
                () -> {
                    note();
                    pass(30);
                },
                REPEAT.fixedDelay());
        time.runUntil(400);
        assertThat(moments).containsExactly(100L, 230L, 360L);
        stall(1_000);
        assertThat(moments).containsExactly(100L, 230L, 360L, 1_400L);
        assertThat(series.missed()).isZero();
    }

    @Test
    void priority_isThatOfTheOptions() {
        List<String> order = new ArrayList<>();
        timers.every(PERIOD, () -> order.add("5"), REPEAT.priority(5));
        timers.every(PERIOD, () -> order.add("3"), REPEAT.priority(3));
        timers.scheduleAtNanos(100, 4, () -> order.add("4"));
        time.runUntil(200);
        assertThat(order).containsExactly("3", "4", "5", "3", "5");
    }

    @Test
    void jitter_putsOffEachRun_withoutDrift() {
        timers.every(PERIOD, this::note, REPEAT.jitter(Duration.ofNanos(50)));
        time.runUntil(10_050);
        assertThat(moments).hasSize(100);
        for (int run = 0; run < 100; run++) {
            assertThat(moments.get(run)).isBetween((run + 1) * 100L, (run + 1) * 100L + 50L);
        }
    }

    @Test
    void jitter_putsOffRunsWithFixedDelay() {
        timers.every(PERIOD, this::note, REPEAT.jitter(Duration.ofNanos(50)).fixedDelay());
        time.runUntil(100_000);
        Set<Long> distances = new HashSet<>();
        for (int run = 1; run < moments.size(); run++) {
            distances.add(moments.get(run) - moments.get(run - 1));
        }
        assertThat(distances).hasSizeGreaterThan(10).allMatch(distance -> distance >= 100L && distance <= 150L);
    }

    @Test
    void generator_isAskedOnce_whileTheTimersAreMade() {
        AtomicLong asked = new AtomicLong();
        Timers jittery = new Timers(options.random(asked::incrementAndGet));
        assertThat(asked).hasValue(1L);
        jittery.every(PERIOD, this::note, REPEAT.jitter(Duration.ofNanos(50)));
        jittery.every(PERIOD, this::note, REPEAT.jitter(Duration.ofNanos(50)));
        time.runUntil(1_000);
        assertThat(asked).hasValue(1L);
    }

    @Test
    void periodsThatLeadFarAway_endThere() {
        RepeatingTimeout series = timers.every(Duration.ofSeconds(Long.MAX_VALUE), this::note);
        assertThat(series.untilNextRun().orElseThrow()).isGreaterThan(Duration.ofDays(99_999));
        timers.every(Duration.ofNanos(Long.MAX_VALUE - 10), this::note, REPEAT.initialDelay(Duration.ofNanos(5)));
        time.runUntil(1_000);
        assertThat(moments).containsExactly(5L);
        assertThat(timers.pending()).isEqualTo(2);
    }

    // ---- runs that could not begin in time ----

    @Test
    void missedRuns_coalesced_runOnce() {
        RepeatingTimeout series = timers.every(PERIOD, this::note);
        stall(550);
        time.runUntil(700);
        assertThat(moments).containsExactly(550L, 600L, 700L);
        assertThat(series.missed()).isEqualTo(4L);
        assertThat(timers.stats().missed()).isEqualTo(4L);
    }

    @Test
    void missedRuns_inABurst_runEach() {
        RepeatingTimeout series = timers.every(PERIOD, this::note, REPEAT.missed(MissedRuns.BURST));
        stall(350);
        time.runUntil(400);
        assertThat(moments).containsExactly(350L, 350L, 350L, 400L);
        assertThat(series.missed()).isZero();
    }

    @Test
    void missedRuns_skipped_ifAWholePeriodLate() {
        RepeatingTimeout series = timers.every(PERIOD, this::note, REPEAT.missed(MissedRuns.SKIP));
        stall(199);
        assertThat(moments).containsExactly(199L);
        assertThat(series.missed()).isZero();
        stall(101);
        assertThat(series.missed()).isEqualTo(2L);
        stall(250);
        assertThat(series.missed()).isEqualTo(4L);
        assertThat(moments).containsExactly(199L);
        time.runUntil(600);
        assertThat(moments).containsExactly(199L, 600L);
    }

    @Test
    void runThatTakesLong_makesTheNextOnesLate() {
        timers.every(PERIOD, () -> {
            note();
            pass(moments.size() == 1 ? 550 : 0);
        });
        time.runUntil(800);
        assertThat(moments).containsExactly(100L, 650L, 700L, 800L);
    }

    // ---- runs while others are under way ----

    @Test
    void overlap_isSkipped_andCounted() {
        Timers handing = new Timers(options.executor(executor));
        RepeatingTimeout series = handing.every(PERIOD, this::note);
        time.runUntil(350);
        assertThat(executor.waiting()).isEqualTo(1);
        assertThat(series.skipped()).isEqualTo(2L);
        executor.runAll();
        time.runUntil(400);
        executor.runAll();
        assertThat(moments).containsExactly(350L, 400L);
        assertThat(handing.stats().skipped()).isEqualTo(2L);
        assertThat(series.missed()).isZero();
    }

    @Test
    void overlap_queued_runsOneAfterTheOther() {
        Timers handing = new Timers(options.executor(executor));
        List<Integer> underWay = new ArrayList<>();
        RepeatingTimeout series = handing.every(
                PERIOD,
                () -> {
                    note();
                    pass(10);
                    underWay.add(handing.stats().running());
                },
                REPEAT.overlap(Overlap.QUEUE));
        time.runUntil(350);
        assertThat(executor.waiting()).isEqualTo(1);
        executor.runAll();
        assertThat(moments).containsExactly(350L, 360L, 370L);
        assertThat(underWay).containsExactly(1, 1, 1);
        assertThat(series.runs()).isEqualTo(3L);
        assertThat(series.skipped()).isZero();
        assertThat(handing.stats().running()).isZero();
    }

    @Test
    void overlap_parallel_allowsSoMany() {
        Timers handing = new Timers(options.executor(executor));
        RepeatingTimeout series = handing.every(PERIOD, this::note, REPEAT.overlap(Overlap.parallel(2)));
        time.runUntil(450);
        assertThat(executor.waiting()).isEqualTo(2);
        assertThat(series.skipped()).isEqualTo(2L);
        executor.runOne();
        time.runUntil(500);
        assertThat(executor.waiting()).isEqualTo(2);
    }

    @Test
    void overlap_byAnActionThatMovesTheClock_isTreatedAlike() {
        RepeatingTimeout series = timers.every(PERIOD, () -> {
            note();
            if (moments.size() == 1) {
                time.runUntil(350);
            }
        });
        time.runUntil(100);
        assertThat(series.skipped()).isEqualTo(2L);
        time.runUntil(400);
        assertThat(moments).containsExactly(100L, 400L);
    }

    // ---- failures ----

    private void fail() {
        note();
        throw new IllegalStateException("run " + moments.size());
    }

    @Test
    void failure_isReported_andTheSeriesGoesOn() {
        RepeatingTimeout series = timers.every(PERIOD, this::fail);
        time.runUntil(300);
        assertThat(moments).hasSize(3);
        assertThat(failed).extracting(Throwable::getMessage).containsExactly("run 1", "run 2", "run 3");
        assertThat(series.failures()).isEqualTo(3L);
        assertThat(series.lastFailure()).hasValue(failed.get(2));
    }

    @Test
    void failure_mayEndTheSeries() {
        RepeatingTimeout series = timers.every(PERIOD, this::fail, REPEAT.onFailure(FailurePolicy.stopAfter(2)));
        time.runAll();
        assertThat(moments).containsExactly(100L, 200L);
        assertThat(series.isDone()).isTrue();
        assertThat(series.cancel()).isEqualTo(Cancellation.DONE);
        assertThat(timers.pending()).isZero();
        assertThat(timers.stats().failed()).isEqualTo(2L);
    }

    @Test
    void failure_mayPauseTheSeries_twiceAsLongEachTime() {
        RepeatingTimeout series = timers.every(
                PERIOD,
                () -> {
                    note();
                    if (time.nanoTime() != 900L) {
                        throw new IllegalStateException("planned");
                    }
                },
                REPEAT.onFailure(FailurePolicy.backOff(Duration.ofNanos(250), Duration.ofNanos(1_000))));
        time.runUntil(399);
        assertThat(series.missed()).isEqualTo(2L);
        time.runUntil(1_300);
        assertThat(moments).containsExactly(100L, 400L, 900L, 1_000L, 1_300L);
        assertThat(series.missed()).isEqualTo(10L + 2L);
        assertThat(timers.stats().missed()).isEqualTo(series.missed());
    }

    @Test
    void pauseAfterAFailure_withFixedDelay() {
        timers.every(
                PERIOD,
                this::fail,
                REPEAT.fixedDelay().onFailure(FailurePolicy.backOff(Duration.ofNanos(50), Duration.ofNanos(1_000))));
        time.runUntil(1_000);
        assertThat(moments).containsExactly(100L, 200L, 300L, 500L, 900L);
    }

    @Test
    void refusalByTheExecutor_isNoRun_andTheSeriesGoesOn() {
        List<Throwable> refusals = new ArrayList<>();
        Timers refused = new Timers(options.executor(task -> {
            if (time.nanoTime() < 300L) {
                RejectedExecutionException refusal = new RejectedExecutionException("planned");
                refusals.add(refusal);
                throw refusal;
            }
            task.run();
        }));
        RepeatingTimeout rate = refused.every(PERIOD, this::note);
        RepeatingTimeout delay = refused.every(PERIOD, this::note, REPEAT.fixedDelay());
        time.runUntil(400);
        assertThat(failed).hasSize(4).containsExactlyElementsOf(refusals);
        assertThat(moments).containsExactly(300L, 300L, 400L, 400L);
        assertThat(rate.runs()).isEqualTo(2L);
        assertThat(delay.runs()).isEqualTo(2L);
        assertThat(rate.failures()).isZero();
    }

    // ---- control ----

    @Test
    void cancel_betweenRuns_prevents() {
        RepeatingTimeout series = timers.every(PERIOD, this::note);
        time.runUntil(250);
        assertThat(series.cancel()).isEqualTo(Cancellation.PREVENTED);
        assertThat(series.isDone()).isTrue();
        assertThat(series.cancel()).isEqualTo(Cancellation.DONE);
        assertThat(series.untilNextRun()).isEmpty();
        time.runAll();
        assertThat(moments).hasSize(2);
        assertThat(timers.pending()).isZero();
    }

    @Test
    void cancel_byTheActionItself_lastRunGoesOn() {
        AtomicReference<RepeatingTimeout> self = new AtomicReference<>();
        List<Object> told = new ArrayList<>();
        RepeatingTimeout series = timers.every(PERIOD, () -> {
            note();
            if (moments.size() == 2) {
                told.add(self.get().cancel());
                told.add(self.get().isDone());
                told.add(self.get().cancel());
                assertThatIllegalStateException().isThrownBy(() -> self.get().await());
            }
        });
        self.set(series);
        time.runAll();
        assertThat(told).containsExactly(Cancellation.RUNNING, false, Cancellation.RUNNING);
        assertThat(failed).isEmpty();
        assertThat(moments).containsExactly(100L, 200L);
        assertThat(series.isDone()).isTrue();
        assertThat(timers.stats()).isEqualTo(new TimerStats(0, 0, 1, 2, 0, 0, 0, 0, 1, 0, 0));
    }

    @Test
    void cancel_ofARunThatTheExecutorHasNotBegun_prevents_queuedOnesToo() {
        Timers handing = new Timers(options.executor(executor));
        RepeatingTimeout series = handing.every(PERIOD, this::note, REPEAT.overlap(Overlap.QUEUE));
        time.runUntil(300);
        assertThat(series.cancel()).isEqualTo(Cancellation.PREVENTED);
        executor.runAll();
        assertThat(moments).isEmpty();
        assertThat(series.isDone()).isTrue();
    }

    @Test
    void pause_leavesOutRuns_andResumeFindsTheNextMultiple() {
        RepeatingTimeout series = timers.every(PERIOD, this::note);
        time.runUntil(100);
        series.pause();
        assertThat(series.isPaused()).isTrue();
        assertThat(series.untilNextRun()).isEmpty();
        time.runUntil(550);
        assertThat(time.nanoTime()).isEqualTo(550L);
        series.resume();
        assertThat(series.isPaused()).isFalse();
        assertThat(series.untilNextRun()).hasValue(Duration.ofNanos(50));
        time.runUntil(700);
        assertThat(moments).containsExactly(100L, 600L, 700L);
        assertThat(series.missed()).isZero();
        series.resume();
        series.pause();
        series.pause();
        time.runAll();
        assertThat(moments).hasSize(3);
        assertThat(series.cancel()).isEqualTo(Cancellation.PREVENTED);
        series.resume();
        series.pause();
        assertThat(series.isPaused()).isFalse();
        assertThat(timers.queue()).isEmpty();
    }

    @Test
    void pause_duringARun_takesEffectAfterIt() {
        AtomicReference<RepeatingTimeout> self = new AtomicReference<>();
        RepeatingTimeout series = timers.every(
                PERIOD,
                () -> {
                    note();
                    self.get().pause();
                },
                REPEAT.fixedDelay());
        self.set(series);
        time.runAll();
        assertThat(moments).containsExactly(100L);
        pass(500);
        series.resume();
        time.runUntil(600);
        assertThat(moments).containsExactly(100L, 600L);
    }

    @Test
    void runNow_runsOnce_andThePlanStays() {
        RepeatingTimeout series = timers.every(PERIOD, this::note);
        time.runUntil(120);
        assertThat(series.runNow()).isTrue();
        assertThat(series.runNow()).isFalse();
        assertThat(series.untilNextRun()).hasValue(Duration.ZERO);
        time.runUntil(200);
        assertThat(moments).containsExactly(100L, 120L, 200L);
        pass(60);
        assertThat(series.runNow()).isTrue();
        time.runUntil(300);
        assertThat(moments).containsExactly(100L, 120L, 200L, 260L, 300L);
        series.pause();
        time.runUntil(350);
        assertThat(series.runNow()).isTrue();
        time.runUntil(1_000);
        assertThat(moments).containsExactly(100L, 120L, 200L, 260L, 300L, 350L);
        assertThat(series.cancel()).isEqualTo(Cancellation.PREVENTED);
        assertThat(series.runNow()).isFalse();
    }

    @Test
    void runNow_ofARunThatIsDue_isThatRun() {
        RepeatingTimeout series = timers.every(PERIOD, this::note);
        pass(250);
        assertThat(series.runNow()).isTrue();
        time.runUntil(300);
        assertThat(moments).containsExactly(250L, 300L);
        assertThat(series.missed()).isEqualTo(1L);
    }

    @Test
    void runNow_whileOneIsUnderWay_isRefused() {
        AtomicReference<RepeatingTimeout> self = new AtomicReference<>();
        List<Boolean> asked = new ArrayList<>();
        RepeatingTimeout series =
                timers.every(PERIOD, () -> asked.add(self.get().runNow()));
        self.set(series);
        time.runUntil(250);
        assertThat(asked).containsExactly(false, false);
    }

    @Test
    void extraRunWhileFixedDelayIsDue_countsThePeriodFromItsEnd() {
        RepeatingTimeout series = timers.every(
                PERIOD,
                () -> {
                    note();
                    if (time.nanoTime() == 50L) {
                        time.runUntil(130);
                    }
                },
                REPEAT.fixedDelay());
        time.runUntil(50);
        assertThat(series.runNow()).isTrue();
        time.runUntil(400);
        assertThat(moments).containsExactly(50L, 230L, 330L);
        assertThat(series.skipped()).isEqualTo(1L);
    }

    // ---- memory ----

    /** A store that has no memory for the next insertions. */
    private static final class ScantyStore extends BucketQueue<Timeout> {
        private int failures;

        @Override
        void insert(Timeout entry) {
            if (failures > 0) {
                failures--;
                throw new OutOfMemoryError("planned");
            }
            super.insert(entry);
        }
    }

    @Test
    void seriesThatCannotBePlanned_forLackOfMemory_isPlannedLater() {
        ScantyStore store = new ScantyStore();
        timers.core.store = store;
        RepeatingTimeout series = timers.every(PERIOD, this::note);
        RepeatingTimeout other = timers.every(PERIOD, this::note, REPEAT.initialDelay(Duration.ofNanos(50)));
        time.runUntil(50);
        store.failures = 2;
        series.pause();
        other.pause();
        series.resume();
        assertThat(timers.pending()).isEqualTo(2);
        store.failures = 1;
        assertThatThrownBy(() -> time.runUntil(99)).isInstanceOf(OutOfMemoryError.class);
        time.runUntil(100);
        assertThat(moments).containsExactly(50L, 100L);
        store.failures = 1;
        time.runUntil(300);
        assertThat(moments).containsExactly(50L, 100L, 200L, 300L);
        store.failures = 1;
        series.pause();
        timers.close();
        assertThat(series.isDone()).isTrue();
        assertThat(other.isDone()).isTrue();
        assertThat(timers.pending()).isZero();
    }
}
