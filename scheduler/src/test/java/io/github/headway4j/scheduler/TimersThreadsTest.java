// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.headway4j.primitives.Event;
import io.github.headway4j.scheduler.Timeout.Cancellation;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Rounds;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Timers with a thread of their own, on the system's clock, and others that use them at the same time. */
class TimersThreadsTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MANY = 40;

    private final Timers timers = new Timers(TimerOptions.defaults().name("the timers"));
    private final List<Object> ran = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        assertThat(timers.close(HOUR)).isTrue();
    }

    private Runnable add(Object name) {
        return () -> ran.add(name);
    }

    private Thread thread() throws InterruptedException {
        AtomicReference<Thread> thread = new AtomicReference<>();
        timers.schedule(Duration.ZERO, () -> thread.set(Thread.currentThread())).await();
        return thread.get();
    }

    // ---- the thread ----

    @Test
    void thread_isStartedByTheFirstAction_namedAndADaemonOrNot() throws InterruptedException {
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(each -> each.getName().equals("the timers"));
        Thread thread = thread();
        assertThat(thread.getName()).isEqualTo("the timers");
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread()).isSameAs(thread);
        AtomicReference<Thread> other = new AtomicReference<>();
        try (Timers nonDaemon = Timers.nonDaemon();
                Timers daemon = Timers.daemon()) {
            nonDaemon
                    .schedule(Duration.ZERO, () -> other.set(Thread.currentThread()))
                    .await();
            assertThat(other.get().isDaemon()).isFalse();
            daemon.schedule(Duration.ZERO, () -> other.set(Thread.currentThread()))
                    .await();
            assertThat(other.get().isDaemon()).isTrue();
        }
        assertThat(other.get().isAlive()).isFalse();
    }

    @Test
    void thread_isOfUsualPriority_andInTheGroupOfWhoMadeTheTimers_whoeverSchedulesFirst() throws InterruptedException {
        AtomicReference<Thread> thread = new AtomicReference<>();
        Thread hidden = new Thread(
                new ThreadGroup("another"),
                () -> timers.schedule(Duration.ZERO, () -> thread.set(Thread.currentThread()))
                        .awaitUninterruptibly());
        hidden.setPriority(Thread.MIN_PRIORITY);
        hidden.start();
        hidden.join();
        assertThat(thread.get().getPriority()).isEqualTo(Thread.NORM_PRIORITY);
        assertThat(thread.get().getThreadGroup())
                .isSameAs(Thread.currentThread().getThreadGroup());
    }

    @Test
    void threadWithNothingToDo_sleepsWithoutATimeOut() throws InterruptedException {
        Thread thread = thread();
        Await.until("the thread to sleep", () -> isAsleep(thread, Thread.State.WAITING));
        Timeout far = timers.schedule(HOUR, add("never"));
        Await.until("the thread to wait for an action", () -> isAsleep(thread, Thread.State.TIMED_WAITING));
        assertThat(far.cancel()).isEqualTo(Cancellation.PREVENTED);
        RepeatingTimeout series = timers.every(HOUR, add("never"));
        series.pause();
        timers.schedule(Duration.ZERO, add("ran")).await();
        Await.until("the thread to sleep", () -> isAsleep(thread, Thread.State.WAITING));
    }

    private boolean isAsleep(Thread thread, Thread.State state) {
        return LockSupport.getBlocker(thread) == timers && thread.getState() == state;
    }

    @Test
    void action_doesNotRunBeforeItsMoment() throws InterruptedException {
        List<Long> early = new CopyOnWriteArrayList<>();
        List<Timeout> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            long moment = System.nanoTime() + i * 300_000L;
            all.add(timers.scheduleAtNanos(moment, 0, () -> {
                if (System.nanoTime() - moment < 0L) {
                    early.add(moment);
                }
            }));
        }
        for (Timeout timeout : all) {
            timeout.await();
        }
        assertThat(early).isEmpty();
        assertThat(timers.stats().runs()).isEqualTo(20L);
    }

    @Test
    void earlierAction_isNotKeptWaitingByALaterOne() throws InterruptedException {
        Thread thread = thread();
        timers.schedule(HOUR, add("never"));
        Await.until("the thread to wait", () -> isAsleep(thread, Thread.State.TIMED_WAITING));
        timers.schedule(HOUR.dividedBy(2), add("never"));
        timers.schedule(Duration.ofMillis(1), add("soon")).await();
        timers.schedule(Duration.ZERO, add("now")).await();
        assertThat(ran).containsExactly("soon", "now");
    }

    @Test
    void interruptOfTheThread_isNotSeenByTheNextAction_andDoesNotEndIt() throws InterruptedException {
        Thread thread = thread();
        AtomicReference<Timeout> next = new AtomicReference<>();
        timers.schedule(Duration.ZERO, () -> {
                    next.set(timers.schedule(
                            Duration.ZERO, () -> ran.add(Thread.currentThread().isInterrupted())));
                    Thread.currentThread().interrupt();
                })
                .await();
        next.get().await();
        Await.until("the thread to sleep", () -> isAsleep(thread, Thread.State.WAITING));
        thread.interrupt();
        timers.schedule(Duration.ZERO, add("ran")).await();
        assertThat(ran).containsExactly(false, "ran");
        assertThat(thread()).isSameAs(thread);
    }

    @Test
    void series_runsInTheBackground_untilItIsCancelled() throws InterruptedException {
        AtomicLong runs = new AtomicLong();
        RepeatingTimeout series = timers.every(Duration.ofNanos(100_000), runs::incrementAndGet);
        Await.until("some runs", () -> runs.get() > 10L);
        series.cancel();
        series.await();
        long last = runs.get();
        timers.schedule(Duration.ofMillis(1), add("later")).await();
        assertThat(runs.get()).isEqualTo(last).isEqualTo(series.runs());
        assertThat(series.isDone()).isTrue();
    }

    @Test
    void await_inTheThreadOfTheTimers_isRefused_forAnyTimeout() throws InterruptedException {
        Timeout far = timers.schedule(HOUR, add("never"));
        timers.schedule(Duration.ZERO, () -> {
                    assertThatIllegalStateException().isThrownBy(far::await);
                    assertThatIllegalStateException().isThrownBy(() -> far.await(HOUR));
                    ran.add("refused");
                })
                .await();
        assertThat(ran).containsExactly("refused");
        assertThat(far.isDone()).isFalse();
    }

    @EachThreadKind
    void executor_runsActionsAtTheSameTime(ThreadKind kind) throws InterruptedException {
        try (TestThreads threads = new TestThreads(kind);
                Timers handing =
                        new Timers(TimerOptions.defaults().executor(task -> threads.start("runner", task::run)))) {
            Event first = new Event();
            Event second = new Event();
            Timeout one = handing.schedule(Duration.ZERO, () -> {
                first.set();
                second.awaitUninterruptibly();
            });
            Timeout other = handing.schedule(Duration.ZERO, () -> {
                first.awaitUninterruptibly();
                second.set();
            });
            one.await();
            other.await();
        }
    }

    // ---- a clock that fails ----

    /** The system's clock, which throws in a thread other than that of the test. */
    private static final class FailingTime extends WrappedTime {
        private final Thread test = Thread.currentThread();
        private final AtomicInteger failures = new AtomicInteger();

        FailingTime() {
            super(TimeSource.system());
        }

        @Override
        public long nanoTime() {
            if (Thread.currentThread() != test && failures.get() > 0) {
                failures.decrementAndGet();
                throw new OutOfMemoryError("planned");
            }
            return System.nanoTime();
        }
    }

    @Test
    void errorInTheThread_isReported_andNothingIsLost() throws InterruptedException {
        FailingTime time = new FailingTime();
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        try (Timers failing = new Timers(TimerOptions.defaults().time(time))) {
            failing.schedule(
                            Duration.ZERO,
                            () -> Thread.currentThread()
                                    .setUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure)))
                    .await();
            List<Timeout> all = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                all.add(failing.schedule(Duration.ZERO, () -> {
                    ran.add("ran");
                    time.failures.set(1);
                }));
            }
            for (Timeout timeout : all) {
                timeout.await();
            }
            assertThat(ran).hasSize(MANY);
            assertThat(uncaught).hasSizeGreaterThanOrEqualTo(MANY - 1).allMatch(OutOfMemoryError.class::isInstance);
            assertThat(failing.stats().runs()).isEqualTo(MANY + 1L);
            time.failures.set(0);
        }
    }

    @Test
    void clockThatThrowsInTheExecutor_isReported_andTheRunTakesPlace() throws InterruptedException {
        FailingTime time = new FailingTime();
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        TimerOptions options = TimerOptions.defaults().time(time).executor(task -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
            time.failures.set(2);
            task.run();
            time.failures.set(0);
        });
        try (Timers failing = new Timers(options)) {
            RepeatingTimeout series =
                    failing.every(HOUR, add("ran"), RepeatOptions.defaults().initialDelay(Duration.ZERO));
            Await.until("the run", () -> series.runs() == 1L && failing.stats().running() == 0);
            assertThat(ran).containsExactly("ran");
            assertThat(uncaught).hasSize(2);
        }
    }

    // ---- races ----

    /** A round: an action that is about to begin, and threads that cancel it. */
    private final class Cancelling {
        private final AtomicInteger runs = new AtomicInteger();
        private final AtomicInteger prevented = new AtomicInteger();
        private final Timeout timeout = timers.schedule(Duration.ofNanos(20_000), runs::incrementAndGet);

        void cancel() {
            if (timeout.cancel() == Cancellation.PREVENTED) {
                prevented.incrementAndGet();
            }
        }

        void check() throws InterruptedException {
            timeout.await();
            assertThat(runs.get() + prevented.get()).isEqualTo(1);
            assertThat(timeout.cancel()).isEqualTo(Cancellation.DONE);
        }
    }

    @EachThreadKind
    void action_runsOnce_orOneCallPreventsIt(ThreadKind kind) {
        Rounds.of(2_000, Cancelling::new)
                .body("one", Cancelling::cancel)
                .body("other", Cancelling::cancel)
                .check(Cancelling::check)
                .run(kind);
        TimerStats stats = timers.stats();
        assertThat(stats.runs() + stats.cancelled()).isEqualTo(stats.scheduled());
        assertThat(stats.pending()).isZero();
    }

    /** A round: an action that runs, is cancelled or is dropped, and threads that wait for its end. */
    private static final class Ending {
        private final Timers own = new Timers(TimerOptions.defaults());
        private final AtomicBoolean acted = new AtomicBoolean();
        private final Timeout timeout = own.schedule(Duration.ofNanos(20_000), () -> acted.set(true));

        void await() throws InterruptedException {
            timeout.await();
            assertThat(timeout.isDone()).isTrue();
        }

        void check() {
            own.close();
            assertThat(own.core.endsWaitedFor()).isZero();
        }
    }

    @EachThreadKind
    void awaitAgainstTheEnd_noWakeUpIsLost(ThreadKind kind) {
        Rounds.of(500, Ending::new)
                .body("one", Ending::await)
                .body("other", Ending::await)
                .check(round -> {
                    assertThat(round.acted).isTrue();
                    round.check();
                })
                .run(kind);
    }

    @EachThreadKind
    void awaitAgainstCancel_noWakeUpIsLost(ThreadKind kind) {
        Rounds.of(500, Ending::new)
                .body("waits", Ending::await)
                .body("cancels", round -> round.timeout.cancel())
                .check(Ending::check)
                .run(kind);
    }

    @EachThreadKind
    void awaitAgainstClose_noWakeUpIsLost(ThreadKind kind) {
        Rounds.of(500, Ending::new)
                .body("waits", Ending::await)
                .body("closes", round -> round.own.close())
                .check(Ending::check)
                .run(kind);
    }

    /** A round: the thread of the timers is about to wait for an hour, and something comes before that. */
    private static final class Waking {
        private final Timers own = new Timers(TimerOptions.defaults());

        void later() {
            own.schedule(HOUR, () -> {});
        }

        void now() throws InterruptedException {
            own.schedule(Duration.ZERO, () -> {}).await();
        }
    }

    @EachThreadKind
    void scheduleAgainstTheWaitOfTheThread_noWakeUpIsLost(ThreadKind kind) {
        Rounds.of(500, Waking::new)
                .body("later", Waking::later)
                .body("now", Waking::now)
                .check(round -> round.own.close())
                .run(kind);
    }

    /** A round: timeouts that are scheduled, or refused because the timers are being closed. */
    private static final class Closing {
        private final Timers own = new Timers(TimerOptions.defaults());
        private final AtomicInteger runs = new AtomicInteger();
        private final List<Timeout> accepted = new CopyOnWriteArrayList<>();

        void schedule() {
            try {
                for (int i = 0; i < MANY; i++) {
                    accepted.add(own.schedule(Duration.ofNanos(i * 1_000L), runs::incrementAndGet));
                }
            } catch (RejectedExecutionException closed) {
                assertThat(own.isClosed()).isTrue();
            }
        }

        void check() {
            assertThat(own.close(HOUR)).isTrue();
            assertThat(accepted).allMatch(Timeout::isDone);
            TimerStats stats = own.stats();
            assertThat(stats.scheduled()).isEqualTo(accepted.size());
            assertThat(stats.runs()).isEqualTo(runs.get());
            assertThat(stats.runs() + stats.dropped()).isEqualTo(stats.scheduled());
            assertThat(stats.pending()).isZero();
        }
    }

    @EachThreadKind
    void scheduleAgainstClose_isRefused_orRunsOrIsDropped(ThreadKind kind) {
        Rounds.of(500, Closing::new)
                .body("schedules", Closing::schedule)
                .body("closes", round -> round.own.close())
                .check(Closing::check)
                .run(kind);
    }

    /** A round: a series that others pause, resume, ask to run and cancel. */
    private final class Controlling {
        private final AtomicInteger underWay = new AtomicInteger();
        private final AtomicLong runs = new AtomicLong();
        private final RepeatingTimeout series = timers.every(Duration.ofNanos(5_000), () -> {
            assertThat(underWay.incrementAndGet()).isEqualTo(1);
            runs.incrementAndGet();
            underWay.decrementAndGet();
        });

        private final AtomicLong asked = new AtomicLong();

        void control() {
            for (int i = 0; i < MANY; i++) {
                series.pause();
                asked.addAndGet(series.runNow() ? 1L : 0L);
                series.resume();
            }
        }

        void check() throws InterruptedException {
            Await.until("the runs that were asked for", () -> series.runs() >= asked.get());
            series.cancel();
            series.await();
            assertThat(series.failures()).isZero();
            assertThat(series.runs()).isEqualTo(runs.get());
            assertThat(timers.pending()).isZero();
        }
    }

    @EachThreadKind
    void series_whoeverControlsIt_staysConsistent(ThreadKind kind) {
        Rounds.of(300, Controlling::new)
                .body("one", Controlling::control)
                .body("other", Controlling::control)
                .check(Controlling::check)
                .run(kind);
        assertThat(timers.stats().failed()).isZero();
    }

    // ---- memory effects ----

    @EachThreadKind
    void whatComesBeforeScheduling_isSeenByTheAction_andWhatItDoes_byThoseWhoAwaitIt(ThreadKind kind) {
        /** Plain fields, which a happens-before edge must carry. */
        final class Cell {
            private int before;
            private int after;
        }
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> thread = threads.start("scheduler", () -> {
                for (int i = 1; i <= 500; i++) {
                    Cell cell = new Cell();
                    cell.before = i;
                    timers.schedule(Duration.ZERO, () -> cell.after = cell.before)
                            .await();
                    assertThat(cell.after).isEqualTo(i);
                }
            });
            thread.join();
        }
    }

    // ---- retention ----

    /** An action that is nowhere else. */
    private static final class Action implements Runnable {
        @Override
        public void run() {
            // nothing to do
        }
    }

    /** In a frame of its own, so that no local variable keeps an action. */
    private static List<Timeout> schedule(Timers timers, Duration delay, List<WeakReference<Object>> gone) {
        List<Timeout> timeouts = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Action action = new Action();
            gone.add(new WeakReference<>(action));
            timeouts.add(timers.schedule(delay, i % 2, action));
        }
        return timeouts;
    }

    private static void awaitCleared(List<WeakReference<Object>> gone) {
        Await.until("what is over to be collected", () -> {
            System.gc();
            return gone.stream().allMatch(each -> each.get() == null);
        });
    }

    @Test
    void actionThatRanOrWasCancelled_isNotHeld_notEvenByItsTimeout() throws InterruptedException {
        List<WeakReference<Object>> gone = new ArrayList<>();
        List<Timeout> over = schedule(timers, HOUR, gone);
        over.forEach(Timeout::cancel);
        List<Timeout> ranToTheirEnd = schedule(timers, Duration.ZERO, gone);
        for (Timeout timeout : ranToTheirEnd) {
            timeout.await();
        }
        over.addAll(ranToTheirEnd);
        awaitCleared(gone);
        Reference.reachabilityFence(over);
    }

    @Test
    void timeoutThatIsOver_isNotHeld_whileOthersStay() throws InterruptedException {
        List<WeakReference<Object>> gone = new ArrayList<>();
        timers.schedule(HOUR, add("stays"));
        for (int i = 0; i < MANY; i++) {
            endOne(gone);
        }
        awaitCleared(gone);
        assertThat(timers.pending()).isEqualTo(1);
    }

    private void endOne(List<WeakReference<Object>> gone) throws InterruptedException {
        Timeout cancelled = timers.schedule(HOUR, add("never"));
        assertThat(cancelled.await(Duration.ofNanos(1))).isFalse();
        cancelled.cancel();
        Timeout ended = timers.schedule(Duration.ZERO, () -> {});
        ended.await();
        RepeatingTimeout series = timers.every(HOUR, add("never"));
        series.pause();
        series.cancel();
        gone.add(new WeakReference<>(cancelled));
        gone.add(new WeakReference<>(ended));
        gone.add(new WeakReference<>(series));
    }

    @Test
    void actionThatWasCancelled_isNotHeld_thoughTheExecutorHasGotIt() {
        List<WeakReference<Object>> gone = new ArrayList<>();
        VirtualTime time = new VirtualTime();
        HandExecutor executor = new HandExecutor();
        Timers handing = new Timers(TimerOptions.defaults().time(time).executor(executor));
        List<Timeout> handed = schedule(handing, Duration.ZERO, gone);
        time.runAll();
        assertThat(executor.waiting()).isEqualTo(MANY);
        handed.forEach(Timeout::cancel);
        awaitCleared(gone);
        executor.runAll();
        assertThat(handing.stats().runs()).isZero();
        Reference.reachabilityFence(handed);
    }

    @Test
    void timersThatAreClosed_areNotHeld() {
        List<WeakReference<Object>> gone = new ArrayList<>();
        VirtualTime time = new VirtualTime();
        closeOne(TimerOptions.defaults(), gone);
        closeOne(TimerOptions.defaults().time(time), gone);
        awaitCleared(gone);
        Reference.reachabilityFence(time);
    }

    private static void closeOne(TimerOptions options, List<WeakReference<Object>> gone) {
        try (Timers closed = new Timers(options)) {
            closed.schedule(HOUR, () -> {});
            gone.add(new WeakReference<>(closed));
        }
    }
}
