// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.scheduler.Timeout.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Timers for actions that run once, in virtual time, where one thread does all. */
class TimersTest {

    private static final Duration LATE = Duration.ofMillis(10);

    private final VirtualTime time = new VirtualTime();
    private final HandExecutor executor = new HandExecutor();
    private final List<Object> ran = new ArrayList<>();
    private final List<Object> failed = new ArrayList<>();
    private final TimerOptions options = TimerOptions.defaults().time(time).onFailure((timeout, failure) -> {
        failed.add(timeout);
        failed.add(failure);
    });
    private final Timers timers = new Timers(options);

    private Runnable add(Object name) {
        return () -> ran.add(name);
    }

    private Timeout at(long nanos, Object name) {
        return timers.scheduleAtNanos(nanos, 0, add(name));
    }

    // ---- order ----

    @Test
    void actions_runByMoment_thenPriority_thenInTheOrderOfScheduling() {
        at(30, "30");
        timers.schedule(Duration.ofNanos(20), 2, add("20, 2"));
        timers.schedule(Duration.ofNanos(20), 1, add("20, 1"));
        timers.schedule(Duration.ofNanos(20), 2, add("20, 2, later"));
        timers.schedule(Duration.ofNanos(20), add("20, 0"));
        at(10, "10");
        time.runAll();
        assertThat(ran).containsExactly("10", "20, 0", "20, 1", "20, 2", "20, 2, later", "30");
        assertThat(time.nanoTime()).isEqualTo(30L);
    }

    @Test
    void action_runsAtItsMoment_orAtOnceIfThatHasPassed() {
        List<Long> moments = new ArrayList<>();
        timers.schedule(Duration.ofNanos(40), () -> moments.add(time.nanoTime()));
        time.advance(Duration.ofNanos(15));
        timers.schedule(Duration.ofNanos(10), () -> moments.add(time.nanoTime()));
        timers.schedule(Duration.ofDays(-1), () -> moments.add(time.nanoTime()));
        timers.scheduleAtNanos(3, 0, () -> moments.add(time.nanoTime()));
        time.runUntil(15);
        assertThat(moments).containsExactly(15L, 15L);
        time.runAll();
        assertThat(moments).containsExactly(15L, 15L, 25L, 40L);
    }

    @Test
    void moments_farAway_areTakenToBeJustSoFar() {
        timers.schedule(Duration.ofSeconds(Long.MAX_VALUE), add("last"));
        timers.scheduleAtNanos(Long.MAX_VALUE, 0, add("last too"));
        timers.schedule(Duration.ofSeconds(Long.MIN_VALUE), add("first"));
        time.runAll();
        assertThat(ran).containsExactly("first", "last", "last too");
    }

    @Test
    void moments_farAway_areFarAway_whateverTheClockShows() throws InterruptedException {
        for (long now : new long[] {5L, -5L}) {
            Semaphore scheduled = new Semaphore(0);
            try (Timers stepped = new Timers(TimerOptions.defaults().time(new SteppedTime(now)))) {
                // the thread is not to sleep before all is scheduled: nothing wakes it on such a clock
                stepped.scheduleAtNanos(Long.MIN_VALUE, -1, scheduled::acquireUninterruptibly);
                Timeout never = stepped.scheduleAtNanos(Long.MAX_VALUE, 0, add("never"));
                Timeout past = stepped.scheduleAtNanos(Long.MIN_VALUE, 0, add("past"));
                assertThat(stepped.queue()).endsWith(past, never);
                scheduled.release();
                past.await();
                assertThat(never.isDone()).isFalse();
            }
        }
        assertThat(ran).containsExactly("past", "past");
    }

    @Test
    void action_mayScheduleAndCancelOthers() {
        Timeout doomed = at(10, "doomed");
        timers.scheduleAtNanos(10, -1, () -> {
            at(10, "next");
            at(5, "at once");
            assertThat(doomed.cancel()).isEqualTo(Cancellation.PREVENTED);
        });
        time.runAll();
        assertThat(ran).containsExactly("at once", "next");
    }

    // ---- the life of a timeout ----

    @Test
    void cancel_whilePending_prevents_onceOnly() {
        Timeout timeout = at(10, "never");
        assertThat(timeout.isDone()).isFalse();
        assertThat(timeout.cancel()).isEqualTo(Cancellation.PREVENTED);
        assertThat(timeout.isDone()).isTrue();
        assertThat(timeout.cancel()).isEqualTo(Cancellation.DONE);
        time.runAll();
        assertThat(ran).isEmpty();
        assertThat(time.nanoTime()).isZero();
        assertThat(timers.pending()).isZero();
    }

    @Test
    void cancel_fromTheActionItself_andAfterwards() {
        AtomicReference<Timeout> self = new AtomicReference<>();
        Timeout timeout = timers.scheduleAtNanos(10, 0, () -> {
            ran.add(self.get().cancel());
            ran.add(self.get().isDone());
        });
        self.set(timeout);
        time.runAll();
        assertThat(ran).containsExactly(Cancellation.RUNNING, false);
        assertThat(timeout.isDone()).isTrue();
        assertThat(timeout.cancel()).isEqualTo(Cancellation.DONE);
        assertThat(timers.stats().cancelled()).isZero();
    }

    @Test
    void cancel_ofWhatTheExecutorHasNotBegun_prevents() {
        Timers handing = new Timers(options.executor(executor));
        Timeout first = handing.scheduleAtNanos(10, 0, add("first"));
        Timeout second = handing.scheduleAtNanos(10, 0, add("second"));
        time.runAll();
        assertThat(executor.waiting()).isEqualTo(2);
        assertThat(handing.pending()).isEqualTo(2);
        assertThat(first.cancel()).isEqualTo(Cancellation.PREVENTED);
        assertThat(handing.pending()).isEqualTo(1);
        executor.runAll();
        assertThat(ran).containsExactly("second");
        assertThat(second.cancel()).isEqualTo(Cancellation.DONE);
        assertThat(handing.stats()).isEqualTo(new TimerStats(0, 0, 2, 1, 0, 0, 0, 0, 1, 0, 0));
    }

    @Test
    void executorThatRunsATaskTwice_runsTheActionOnce() {
        Timers handing = new Timers(options.executor(task -> {
            task.run();
            task.run();
        }));
        handing.scheduleAtNanos(10, 0, add("once"));
        time.runAll();
        assertThat(ran).containsExactly("once");
        assertThat(handing.stats().runs()).isEqualTo(1L);
    }

    @Test
    void timeout_tellsItsMomentPriorityAndState() {
        time.advance(Duration.ofNanos(5));
        Timeout timeout = timers.schedule(Duration.ofNanos(10), 7, add("ran"));
        assertThat(timeout.nanoTime()).isEqualTo(15L);
        assertThat(timeout.priority()).isEqualTo(7);
        assertThat(timeout.toString()).contains("at 15", "priority 7", "pending");
        time.runAll();
        assertThat(timeout.toString()).contains("done");
        assertThat(at(20, "x").cancel()).isEqualTo(Cancellation.PREVENTED);
    }

    @Test
    void await_inItsOwnAction_isRefused_andTheActionGoesOn() throws InterruptedException {
        AtomicReference<Timeout> self = new AtomicReference<>();
        Timeout timeout = timers.scheduleAtNanos(10, 0, () -> {
            assertThatIllegalStateException().isThrownBy(() -> self.get().await());
            assertThatIllegalStateException().isThrownBy(() -> self.get().await(Duration.ofDays(1)));
            assertThatIllegalStateException().isThrownBy(() -> self.get().awaitUninterruptibly());
            ran.add("refused");
        });
        self.set(timeout);
        time.runAll();
        assertThat(ran).containsExactly("refused");
        timeout.await();
        assertThat(timeout.await(Duration.ZERO)).isTrue();
        assertThat(timers.core.endsWaitedFor()).isZero();
    }

    // ---- failures ----

    @Test
    void failure_reachesTheHandler_andTheOthersRun() {
        RuntimeException exception = new RuntimeException("planned");
        Error error = new StackOverflowError("planned");
        Timeout first = timers.scheduleAtNanos(10, 0, () -> {
            throw exception;
        });
        Timeout second = timers.scheduleAtNanos(10, 0, () -> {
            throw error;
        });
        at(10, "third");
        time.runAll();
        assertThat(failed).containsExactly(first, exception, second, error);
        assertThat(ran).containsExactly("third");
        assertThat(first.isDone()).isTrue();
        assertThat(timers.stats().failed()).isEqualTo(2L);
        assertThat(timers.stats().runs()).isEqualTo(3L);
    }

    @Test
    void failure_withoutAHandler_reachesThatOfTheThread() {
        RuntimeException exception = new RuntimeException("planned");
        Timers plain = new Timers(TimerOptions.defaults().time(time));
        try (UncaughtFailures uncaught = new UncaughtFailures()) {
            plain.scheduleAtNanos(10, 0, () -> {
                throw exception;
            });
            time.runAll();
            assertThat(uncaught.all).containsExactly(exception);
        }
    }

    @Test
    void handlerThatThrows_isReported_withTheFailure() {
        RuntimeException exception = new RuntimeException("planned");
        RuntimeException second = new RuntimeException("planned, too");
        Timers troubled = new Timers(options.onFailure((timeout, failure) -> {
            throw second;
        }));
        try (UncaughtFailures uncaught = new UncaughtFailures()) {
            troubled.scheduleAtNanos(10, 0, () -> {
                throw exception;
            });
            Timeout other = troubled.scheduleAtNanos(20, 0, add("other"));
            time.runAll();
            assertThat(uncaught.all).containsExactly(second);
            assertThat(second).hasSuppressedException(exception);
            assertThat(other.isDone()).isTrue();
            assertThat(ran).containsExactly("other");
        }
    }

    @Test
    void executorThatRefuses_isReported_andTheTimeoutIsOver() {
        RejectedExecutionException refusal = new RejectedExecutionException("planned");
        Timers refused = new Timers(options.executor(task -> {
            throw refusal;
        }));
        Timeout timeout = refused.scheduleAtNanos(10, 0, add("never"));
        RepeatingTimeout series = refused.every(Duration.ofNanos(30), add("never"));
        time.runUntil(60);
        assertThat(failed).containsExactly(timeout, refusal, series, refusal, series, refusal);
        assertThat(timeout.isDone()).isTrue();
        assertThat(timeout.cancel()).isEqualTo(Cancellation.DONE);
        assertThat(series.isDone()).isFalse();
        assertThat(refused.stats()).isEqualTo(new TimerStats(1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3));
        assertThat(ran).isEmpty();
    }

    @Test
    void executorThatThrowsAfterTheRun_isReported_andNothingElseHappens() {
        RuntimeException trouble = new RuntimeException("planned");
        Timers troubled = new Timers(options.executor(task -> {
            task.run();
            throw trouble;
        }));
        try (UncaughtFailures uncaught = new UncaughtFailures()) {
            Timeout timeout = troubled.scheduleAtNanos(10, 0, add("ran"));
            time.runAll();
            assertThat(uncaught.all).containsExactly(trouble);
            assertThat(timeout.isDone()).isTrue();
        }
        assertThat(ran).containsExactly("ran");
        assertThat(troubled.stats()).isEqualTo(new TimerStats(0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0));
    }

    // ---- bounds ----

    @Test
    void moreThanMayBePending_isRefused_andNothingHasChanged() {
        Timers bounded = new Timers(options.maxPending(2));
        Timeout first = bounded.scheduleAtNanos(10, 0, add("first"));
        bounded.every(Duration.ofNanos(30), add("series"));
        TimerStats stats = bounded.stats();
        assertThatThrownBy(() -> bounded.scheduleAtNanos(10, 0, add("third")))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("2 timeouts are pending; at most 2");
        assertThatThrownBy(() -> bounded.every(Duration.ofNanos(30), add("third")))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(bounded.stats()).isEqualTo(stats);
        assertThat(first.cancel()).isEqualTo(Cancellation.PREVENTED);
        bounded.scheduleAtNanos(10, 0, add("third"));
        time.runUntil(20);
        assertThat(ran).containsExactly("third");
        bounded.scheduleAtNanos(10, 0, add("fourth"));
        assertThat(bounded.pending()).isEqualTo(2);
    }

    @Test
    void badArguments_areRefused_andNothingIsPending() {
        Duration second = Duration.ofSeconds(1);
        assertThatNullPointerException().isThrownBy(() -> new Timers(null));
        assertThatNullPointerException().isThrownBy(() -> timers.schedule(null, add("x")));
        assertThatNullPointerException().isThrownBy(() -> timers.schedule(second, null));
        assertThatNullPointerException().isThrownBy(() -> timers.scheduleAtNanos(1, 0, null));
        assertThatNullPointerException().isThrownBy(() -> timers.every(null, add("x")));
        assertThatNullPointerException().isThrownBy(() -> timers.every(second, null));
        assertThatNullPointerException().isThrownBy(() -> timers.every(second, add("x"), null));
        assertThatNullPointerException().isThrownBy(() -> timers.close(null));
        assertThatNullPointerException().isThrownBy(() -> options.name(null));
        assertThatNullPointerException().isThrownBy(() -> options.executor(null));
        assertThatNullPointerException().isThrownBy(() -> options.time(null));
        assertThatNullPointerException().isThrownBy(() -> options.onFailure(null));
        assertThatNullPointerException().isThrownBy(() -> options.listener(null));
        assertThatNullPointerException().isThrownBy(() -> options.closeLimit(null));
        assertThatNullPointerException().isThrownBy(() -> options.random(null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.maxPending(0))
                .withMessageContaining("0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> timers.every(Duration.ZERO, add("x")))
                .withMessageContaining("PT0S");
        RepeatOptions repeat = RepeatOptions.defaults();
        assertThatNullPointerException().isThrownBy(() -> repeat.initialDelay(null));
        assertThatNullPointerException().isThrownBy(() -> repeat.missed(null));
        assertThatNullPointerException().isThrownBy(() -> repeat.overlap(null));
        assertThatNullPointerException().isThrownBy(() -> repeat.onFailure(null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> repeat.jitter(Duration.ofNanos(-1)))
                .withMessageContaining("PT-0.000000001S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> timers.every(second, add("x"), repeat.jitter(second)))
                .withMessageContaining("PT1S");
        assertThat(timers.pending()).isZero();
        assertThat(timers.isClosed()).isFalse();
    }

    // ---- figures ----

    @Test
    void queue_isSorted_andOfOneMoment() {
        Timeout last = at(30, "last");
        Timeout first = timers.scheduleAtNanos(10, 1, add("first"));
        Timeout before = timers.scheduleAtNanos(10, 0, add("before"));
        RepeatingTimeout paused = timers.every(Duration.ofNanos(5), add("series"));
        paused.pause();
        Timeout again = timers.scheduleAtNanos(10, 1, add("again"));
        List<Timeout> queue = timers.queue();
        assertThat(queue).containsExactly(before, first, again, last, paused);
        first.cancel();
        assertThat(queue).hasSize(5);
        assertThat(timers.queue()).containsExactly(before, again, last, paused);
    }

    @Test
    void figures_addUp_whateverBecomesOfTimeouts() {
        Random random = new Random(42);
        Timers bounded = new Timers(options.executor(executor).maxPending(50));
        List<Timeout> all = new ArrayList<>();
        long accepted = 0;
        for (int i = 0; i < 2_000; i++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    try {
                        all.add(bounded.schedule(Duration.ofNanos(random.nextInt(50)), add(i)));
                        accepted++;
                    } catch (RejectedExecutionException full) {
                        assertThat(bounded.pending()).isEqualTo(50);
                    }
                }
                case 2 -> time.runUntil(time.nanoTime() + random.nextInt(20));
                case 3 -> {
                    if (executor.waiting() > 0) {
                        executor.runOne();
                    }
                }
                default -> {
                    if (!all.isEmpty()) {
                        all.get(Math.max(0, all.size() - 1 - random.nextInt(40)))
                                .cancel();
                    }
                }
            }
            TimerStats stats = bounded.stats();
            assertThat(stats.scheduled()).isEqualTo(accepted);
            assertThat(stats.runs()).isEqualTo(ran.size());
            assertThat(stats.pending() + stats.runs() + stats.cancelled()).isEqualTo(accepted);
            assertThat(stats.pending())
                    .isEqualTo(all.stream().filter(timeout -> !timeout.isDone()).count());
        }
        assertThat(ran).hasSizeGreaterThan(50);
        assertThat(bounded.stats().cancelled()).isGreaterThan(50L);
        bounded.close();
        TimerStats stats = bounded.stats();
        assertThat(stats.pending()).isZero();
        assertThat(stats.dropped() + stats.runs() + stats.cancelled()).isEqualTo(accepted);
    }

    @Test
    void lateActions_areCounted() {
        at(0, "late");
        at(1, "not late");
        time.advance(LATE);
        time.runAll();
        assertThat(timers.stats().late()).isEqualTo(1L);
        assertThat(timers.stats().runs()).isEqualTo(2L);
    }

    @Test
    void text_tellsNameAndFigures() {
        Timers named = new Timers(options.name("mine"));
        named.scheduleAtNanos(10, 0, () -> ran.add(named.toString()));
        named.scheduleAtNanos(20, 0, add("x"));
        assertThat(named.toString()).contains("mine", "2 pending", "0 running").doesNotContain("closed");
        time.runUntil(10);
        assertThat(ran).singleElement().asString().contains("1 pending", "1 running");
        named.close();
        assertThat(named.toString()).contains("0 pending", "closed");
    }

    @Test
    void listener_isToldOfEachOutcome_andMayThrow() {
        List<String> told = new ArrayList<>();
        TimerListener listener = new TimerListener() {
            @Override
            public void ran(Timeout timeout, Duration lateBy, Duration took, Throwable failure) {
                told.add("ran " + lateBy.toNanos() + " " + took.toNanos() + " " + failure + " " + timeout.isDone());
                throw new IllegalStateException("planned");
            }

            @Override
            public void missed(RepeatingTimeout timeout, long runs) {
                told.add("missed " + runs);
            }

            @Override
            public void skipped(RepeatingTimeout timeout) {
                told.add("skipped");
            }

            @Override
            public void cancelled(Timeout timeout) {
                told.add("cancelled " + timeout.isDone());
            }

            @Override
            public void dropped(Timeout timeout) {
                told.add("dropped " + timeout.isDone());
            }
        };
        Timers heard = new Timers(options.listener(listener));
        try (UncaughtFailures uncaught = new UncaughtFailures()) {
            heard.scheduleAtNanos(10, 0, () -> time.advance(Duration.ofNanos(7)));
            heard.scheduleAtNanos(11, 0, () -> {
                throw new IllegalArgumentException();
            });
            time.runAll();
            assertThat(uncaught.all).hasSize(2).allMatch(failure -> failure instanceof IllegalStateException);
        }
        assertThat(told).containsExactly("ran 0 7 null false", "ran 6 0 java.lang.IllegalArgumentException false");
        told.clear();
        heard.scheduleAtNanos(100, 0, add("x")).cancel();
        RepeatingTimeout series = heard.every(Duration.ofNanos(10), add("never"));
        RepeatingTimeout other = heard.every(
                Duration.ofNanos(10), add("never"), RepeatOptions.defaults().missed(MissedRuns.SKIP));
        series.cancel();
        time.advance(Duration.ofNanos(25));
        time.runUntil(time.nanoTime());
        assertThat(other.missed()).isEqualTo(2L);
        heard.close();
        assertThat(told).containsExactly("cancelled true", "cancelled true", "missed 2", "dropped true");
    }

    @Test
    void listenerWithoutMethods_isLegal() {
        Timers heard = new Timers(options.executor(executor).listener(new TimerListener() {}));
        RepeatingTimeout series = heard.every(Duration.ofNanos(10), add("series"));
        heard.scheduleAtNanos(5, 0, add("x")).cancel();
        time.runUntil(20);
        executor.runAll();
        time.runUntil(30);
        heard.close();
        assertThat(series.skipped()).isEqualTo(1L);
        assertThat(ran).containsExactly("series");
    }
}
