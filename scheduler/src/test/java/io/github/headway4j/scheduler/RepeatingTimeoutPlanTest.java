// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What is planned for a series whose runs are put off, left out or far away, in virtual time. */
class RepeatingTimeoutPlanTest {

    private static final Duration PERIOD = Duration.ofNanos(10);
    private static final RepeatOptions JITTER = RepeatOptions.defaults().jitter(Duration.ofNanos(9));

    private static final RepeatOptions PAUSING =
            RepeatOptions.defaults().onFailure(FailurePolicy.backOff(Duration.ofNanos(15), Duration.ofNanos(15)));

    private final VirtualTime time = new VirtualTime();
    private final List<Long> moments = new ArrayList<>();

    private void note() {
        moments.add(time.nanoTime());
    }

    private void fail() {
        note();
        throw new IllegalStateException("planned");
    }

    /** Timers whose runs are put off by these numbers, the last of them for ever. */
    private Timers putOffBy(long... draws) {
        return new Timers(TimerOptions.defaults()
                .time(time)
                .onFailure((timeout, failure) -> {})
                .random(new RandomGenerator() {
                    private int next;

                    @Override
                    public long nextLong() {
                        throw new AssertionError("expected a bound");
                    }

                    @Override
                    public long nextLong(long bound) {
                        long draw = draws[next];
                        next = Math.min(next + 1, draws.length - 1);
                        return draw;
                    }
                }));
    }

    // ---- runs that are put off ----

    @Test
    void pauseAfterAFailure_noRunBeginsInIt_whateverRunsArePutOffBy() {
        RepeatingTimeout series = putOffBy(9, 9, 0)
                .every(
                        PERIOD,
                        this::fail,
                        JITTER.initialDelay(Duration.ZERO)
                                .onFailure(FailurePolicy.backOff(Duration.ofNanos(15), Duration.ofNanos(15))));
        time.runUntil(9);
        assertThat(moments).containsExactly(9L);
        assertThat(series.untilNextRun()).hasValue(Duration.ofNanos(21));
        assertThat(series.missed()).isEqualTo(2L);
    }

    @Test
    void resume_plansNothingThatIsPast_whateverRunsArePutOffBy() {
        RepeatingTimeout series = putOffBy(9, 9, 0).every(PERIOD, this::note, JITTER.initialDelay(Duration.ZERO));
        time.runUntil(9);
        series.pause();
        time.runUntil(24);
        series.resume();
        time.runUntil(30);
        assertThat(moments).containsExactly(9L, 30L);
    }

    @Test
    void runsThatAreDueTogether_runOnce_whateverTheyArePutOffBy() {
        RepeatingTimeout series = putOffBy(9, 0).every(PERIOD, this::note, JITTER.initialDelay(Duration.ZERO));
        time.advance(Duration.ofNanos(18));
        time.runUntil(20);
        assertThat(moments).containsExactly(18L, 20L);
        assertThat(series.missed()).isEqualTo(1L);
    }

    @Test
    void runThatAnotherHasOvertaken_isSkipped_whateverTheyArePutOffBy() {
        RepeatingTimeout series = putOffBy(9, 0)
                .every(PERIOD, this::note, JITTER.initialDelay(Duration.ZERO).missed(MissedRuns.SKIP));
        time.advance(Duration.ofNanos(18));
        time.runUntil(20);
        assertThat(moments).containsExactly(20L);
        assertThat(series.missed()).isEqualTo(2L);
    }

    // ---- what is counted ----

    @Test
    void runNow_whilePaused_countsNothingAsMissed() {
        RepeatingTimeout series = putOffBy(0).every(PERIOD, this::note);
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
        Timers timers = putOffBy(0);
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
        Timers timers = putOffBy(0);
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

    // ---- the end of time ----

    @Test
    void seriesAtTheEndOfTime_hasNoNextRun() {
        Timers timers = putOffBy(0);
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
