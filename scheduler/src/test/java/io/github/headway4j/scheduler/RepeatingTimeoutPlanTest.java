// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What is planned for a series whose runs are put off, left out or far away, in virtual time. */
class RepeatingTimeoutPlanTest {

    private static final Duration PERIOD = Duration.ofNanos(10);
    private static final RepeatOptions AT_ONCE =
            RepeatOptions.defaults().jitter(Duration.ofNanos(9)).initialDelay(Duration.ZERO);
    private static final int SEEDS = 200;

    private static final RepeatOptions PAUSING =
            RepeatOptions.defaults().onFailure(FailurePolicy.backOff(Duration.ofNanos(15), Duration.ofNanos(15)));

    private static final RepeatOptions DELAY =
            RepeatOptions.defaults().fixedDelay().initialDelay(Duration.ofNanos(100));

    private final VirtualTime time = new VirtualTime();
    private final HandExecutor executor = new HandExecutor();
    private final List<Long> moments = new ArrayList<>();

    private void note() {
        moments.add(time.nanoTime());
    }

    private void fail() {
        note();
        throw new IllegalStateException("planned");
    }

    private Timers timers(long seed) {
        return new Timers(TimerOptions.defaults()
                .time(time)
                .onFailure((timeout, failure) -> {})
                .random(() -> seed));
    }

    /** When a series runs that nobody disturbs. */
    private static List<Long> plan(long seed) {
        RepeatingTimeoutPlanTest undisturbed = new RepeatingTimeoutPlanTest();
        undisturbed.timers(seed).every(PERIOD, undisturbed::note, AT_ONCE);
        undisturbed.time.runUntil(100);
        return undisturbed.moments;
    }

    /** The first planned moment that is not before the given one. */
    private static long next(List<Long> plan, long moment) {
        return plan.stream().filter(each -> each >= moment).findFirst().orElseThrow();
    }

    private static long count(List<Long> plan, long before) {
        return plan.stream().filter(each -> each < before).count();
    }

    /** The same for many series, of which each test is one. */
    private static void eachSeed(BiConsumer<RepeatingTimeoutPlanTest, Long> body) {
        for (long seed = 0; seed < SEEDS; seed++) {
            body.accept(new RepeatingTimeoutPlanTest(), seed);
        }
    }

    // ---- runs that are put off ----

    @Test
    void runs_arePutOffByAllTimesUpToTheJitter_eachSeriesInItsOwnWay_andAlikeForEqualSeeds() {
        Set<Long> times = new HashSet<>();
        Set<List<Long>> plans = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            List<Long> plan = plan(seed);
            for (int run = 0; run < 10; run++) {
                times.add(plan.get(run) - run * PERIOD.toNanos());
            }
            plans.add(plan);
            assertThat(plan(seed)).isEqualTo(plan);
        }
        assertThat(times).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(plans).hasSize(SEEDS);
        List<Long> other = new ArrayList<>();
        Timers two = timers(1);
        two.every(PERIOD, this::note, AT_ONCE);
        two.every(PERIOD, () -> other.add(time.nanoTime()), AT_ONCE);
        time.runUntil(100);
        assertThat(moments).isEqualTo(plan(1)).isNotEqualTo(other);
    }

    @Test
    void pauseAfterAFailure_noRunBeginsInIt_whateverRunsArePutOffBy() {
        eachSeed((test, seed) -> {
            List<Long> plan = plan(seed);
            RepeatingTimeout series = test.timers(seed)
                    .every(
                            PERIOD,
                            test::fail,
                            AT_ONCE.onFailure(FailurePolicy.backOff(Duration.ofNanos(15), Duration.ofNanos(15))));
            test.time.runUntil(plan.get(0));
            long next = next(plan, plan.get(0) + 15L);
            assertThat(test.moments).containsExactly(plan.get(0));
            assertThat(series.untilNextRun()).hasValue(Duration.ofNanos(next - plan.get(0)));
            assertThat(series.missed()).isEqualTo(count(plan, next) - 1L);
        });
    }

    @Test
    void resume_plansNothingThatIsPast_whateverRunsArePutOffBy() {
        eachSeed((test, seed) -> {
            List<Long> plan = plan(seed);
            RepeatingTimeout series = test.timers(seed).every(PERIOD, test::note, AT_ONCE);
            series.pause();
            test.time.runUntil(24);
            series.resume();
            long next = next(plan, 24L);
            test.time.runUntil(next);
            assertThat(test.moments).containsExactly(next);
        });
    }

    @Test
    void runsThatAreDueTogether_runOnce_whateverTheyArePutOffBy() {
        eachSeed((test, seed) -> {
            List<Long> plan = plan(seed);
            RepeatingTimeout series = test.timers(seed).every(PERIOD, test::note, AT_ONCE);
            test.time.advance(Duration.ofNanos(18));
            long next = next(plan, 19L);
            test.time.runUntil(next);
            assertThat(test.moments).containsExactly(18L, next);
            assertThat(series.missed()).isEqualTo(count(plan, 19L) - 1L);
        });
    }

    @Test
    void runThatAnotherHasOvertaken_isSkipped_whateverTheyArePutOffBy() {
        eachSeed((test, seed) -> {
            List<Long> plan = plan(seed);
            RepeatingTimeout series = test.timers(seed).every(PERIOD, test::note, AT_ONCE.missed(MissedRuns.SKIP));
            test.time.advance(Duration.ofNanos(18));
            long due = count(plan, 19L);
            test.time.runUntil(18);
            assertThat(test.moments).hasSize(due == 1L ? 1 : 0);
            assertThat(series.missed()).isEqualTo(due == 1L ? 0L : due);
        });
    }

    // ---- what is counted ----

    @Test
    void runNow_whilePaused_countsNothingAsMissed() {
        RepeatingTimeout series = timers(0).every(PERIOD, this::note);
        series.pause();
        time.runUntil(105);
        assertThat(series.runNow()).isTrue();
        time.runUntil(105);
        series.resume();
        time.runUntil(110);
        assertThat(moments).containsExactly(105L, 110L);
        assertThat(series.missed()).isZero();
    }

    @Test
    void failureOfASeriesThatIsOver_countsNothingAsMissed() {
        AtomicReference<RepeatingTimeout> self = new AtomicReference<>();
        Timers timers = timers(0);
        self.set(timers.every(
                PERIOD,
                () -> {
                    self.get().cancel();
                    fail();
                },
                PAUSING));
        time.runAll();
        assertThat(moments).containsExactly(10L);
        assertThat(self.get().missed()).isZero();
        assertThat(timers.stats().missed()).isZero();
    }

    @Test
    void failureOfASeriesThatIsPaused_countsNothingAsMissed_andItsPauseIsKept() {
        AtomicReference<RepeatingTimeout> self = new AtomicReference<>();
        Timers timers = timers(0);
        self.set(timers.every(
                PERIOD,
                () -> {
                    self.get().pause();
                    fail();
                },
                PAUSING));
        time.runUntil(10);
        self.get().resume();
        time.runUntil(30);
        assertThat(moments).containsExactly(10L, 30L);
        assertThat(timers.stats().missed()).isZero();
    }

    // ---- runs asked for, with a fixed delay ----

    private Timers handing() {
        return new Timers(TimerOptions.defaults().time(time).executor(executor).onFailure((timeout, failure) -> {}));
    }

    private void take(long nanos) {
        note();
        time.advance(Duration.ofNanos(nanos));
    }

    @Test
    void runNow_withFixedDelay_thePlanStays() {
        RepeatingTimeout series = timers(0).every(PERIOD, () -> take(5), DELAY);
        time.runUntil(50);
        assertThat(series.runNow()).isTrue();
        time.runUntil(130);
        assertThat(moments).containsExactly(50L, 100L, 115L, 130L);
        assertThat(series.runs()).isEqualTo(4L);
    }

    @Test
    void runNow_withFixedDelay_thatTheExecutorRefuses_thePlanStays() {
        Timers timers = new Timers(TimerOptions.defaults()
                .time(time)
                .executor(task -> {
                    if (time.nanoTime() == 50L) {
                        throw new RejectedExecutionException("planned");
                    }
                    task.run();
                })
                .onFailure((timeout, failure) -> {}));
        RepeatingTimeout series = timers.every(PERIOD, this::note, DELAY);
        time.runUntil(50);
        assertThat(series.runNow()).isTrue();
        time.runUntil(110);
        assertThat(moments).containsExactly(100L, 110L);
    }

    @Test
    void runNow_withFixedDelay_whileAnotherIsUnderWay_theLastEndCounts() {
        AtomicReference<RepeatingTimeout> self = new AtomicReference<>();
        self.set(handing()
                .every(
                        PERIOD,
                        () -> {
                            take(5);
                            if (moments.size() == 1) {
                                assertThat(self.get().runNow()).isTrue();
                                time.runUntil(105);
                                executor.runOne();
                                assertThat(self.get().untilNextRun()).isEmpty();
                                take(5);
                            }
                        },
                        DELAY.overlap(Overlap.parallel(2))));
        time.runUntil(100);
        executor.runOne();
        assertThat(moments).containsExactly(100L, 105L, 110L);
        assertThat(self.get().failures()).isZero();
        assertThat(self.get().nanoTime()).isEqualTo(125L);
    }

    /** A run that was asked for is under way when the planned one is due, which waits. */
    private RepeatingTimeout extraRunThatIsUnderWayAt120(RepeatOptions options, boolean fails) {
        RepeatingTimeout series = handing()
                .every(
                        PERIOD,
                        () -> {
                            note();
                            time.runUntil(time.nanoTime() + 30L);
                            if (fails) {
                                throw new IllegalStateException("planned");
                            }
                        },
                        options.overlap(Overlap.QUEUE));
        time.runUntil(90);
        assertThat(series.runNow()).isTrue();
        time.runUntil(90);
        executor.runOne();
        return series;
    }

    @Test
    void runNow_withFixedDelay_theEndOfTheRunThatWaitedForItCounts() {
        RepeatingTimeout series = extraRunThatIsUnderWayAt120(DELAY, false);
        assertThat(moments).containsExactly(90L, 120L);
        assertThat(series.nanoTime()).isEqualTo(160L);
    }

    @Test
    void runNow_withFixedDelay_thatFails_theNextRunIsPlannedAfterThePause() {
        RepeatingTimeout series = extraRunThatIsUnderWayAt120(
                DELAY.onFailure(FailurePolicy.backOff(Duration.ofNanos(15), Duration.ofNanos(15))), true);
        assertThat(moments).containsExactly(90L);
        assertThat(series.missed()).isEqualTo(1L);
        assertThat(series.nanoTime()).isEqualTo(135L);
    }

    @Test
    void runNow_withFixedDelay_thatFailsWhileAnotherIsUnderWay_theNextRunIsPlannedAfterThePause() {
        AtomicReference<RepeatingTimeout> self = new AtomicReference<>();
        self.set(handing()
                .every(
                        PERIOD,
                        () -> {
                            take(5);
                            if (moments.size() == 2) {
                                throw new IllegalStateException("extra");
                            }
                            assertThat(self.get().runNow()).isTrue();
                            time.runUntil(105);
                            executor.runOne();
                            take(5);
                        },
                        DELAY.overlap(Overlap.parallel(2))
                                .onFailure(FailurePolicy.backOff(Duration.ofNanos(50), Duration.ofNanos(50)))));
        time.runUntil(100);
        executor.runOne();
        assertThat(moments).containsExactly(100L, 105L, 110L);
        assertThat(self.get().failures()).isEqualTo(1L);
        assertThat(self.get().nanoTime()).isEqualTo(160L);
    }

    // ---- the end of time ----

    @Test
    void seriesAtTheEndOfTime_hasNoNextRun() {
        Timers timers = timers(0);
        RepeatingTimeout rate = timers.every(Duration.ofSeconds(1), this::note);
        RepeatingTimeout delay = timers.every(
                Duration.ofSeconds(1), this::note, RepeatOptions.defaults().fixedDelay());
        RepeatingTimeout burst = timers.every(
                Duration.ofDays(200 * 365), this::note, RepeatOptions.defaults().missed(MissedRuns.BURST));
        time.advance(Duration.ofDays(400 * 365));
        time.runUntil(time.nanoTime());
        assertThat(moments).hasSize(3);
        assertThat(rate.untilNextRun()).isEmpty();
        assertThat(delay.untilNextRun()).isEmpty();
        assertThat(burst.untilNextRun()).isEmpty();
        assertThat(timers.pending()).isEqualTo(3);
    }
}
