// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.primitives.Event;
import io.github.headway4j.scheduler.Timeout.Cancellation;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Rounds;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** How timers are closed. */
class TimersCloseTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MOMENT = Duration.ofNanos(1);

    private final List<Object> ran = new CopyOnWriteArrayList<>();
    private final Event begun = new Event();
    private final Event end = new Event();

    private Runnable add(Object name) {
        return () -> ran.add(name);
    }

    /** An action that ends when it is told to or interrupted. */
    private void untilInterrupted() {
        begun.set();
        try {
            end.await();
            ran.add("told to end");
        } catch (InterruptedException e) {
            ran.add("interrupted");
        }
    }

    /** An action that ends when it is told to. */
    private void untilTold() {
        begun.set();
        end.awaitUninterruptibly();
        ran.add("told to end");
    }

    // ---- what is pending ----

    @EachThreadKind
    void close_dropsWhatIsPending_andWhoAwaitsItGoesOn(ThreadKind kind) {
        Timers timers = Timers.daemon();
        Timeout timeout = timers.schedule(HOUR, add("never"));
        RepeatingTimeout series = timers.every(HOUR, add("never"));
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> one = threads.start("one", () -> timeout.await());
            TestThread<Boolean> other = threads.start("other", () -> series.await(HOUR));
            one.awaitParked(timeout);
            other.awaitParked(series);
            assertThat(timers.isClosed()).isFalse();
            timers.close();
            assertThat(other.result()).isTrue();
        }
        assertThat(timers.isClosed()).isTrue();
        assertThat(timeout.isDone()).isTrue();
        assertThat(timeout.cancel()).isEqualTo(Cancellation.DONE);
        assertThat(series.isDone()).isTrue();
        assertThat(series.untilNextRun()).isEmpty();
        assertThat(timers.queue()).isEmpty();
        assertThat(timers.stats()).isEqualTo(new TimerStats(0, 0, 2, 0, 0, 0, 0, 0, 0, 2, 0));
        assertThat(ran).isEmpty();
    }

    @Test
    void scheduling_afterClose_isRefused() {
        Timers timers = Timers.daemon();
        timers.close();
        assertThatThrownBy(() -> timers.schedule(HOUR, add("never")))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> timers.every(HOUR, add("never"))).isInstanceOf(RejectedExecutionException.class);
        assertThat(timers.stats().scheduled()).isZero();
        assertThat(timers.close(HOUR)).isTrue();
    }

    @Test
    void close_dropsWhatTheExecutorHasNotBegun() throws InterruptedException {
        VirtualTime time = new VirtualTime();
        HandExecutor executor = new HandExecutor();
        Timers timers = new Timers(TimerOptions.defaults().time(time).executor(executor));
        Timeout timeout = timers.schedule(Duration.ZERO, add("never"));
        RepeatingTimeout series = timers.every(MOMENT, add("never"));
        time.runUntil(1);
        assertThat(executor.waiting()).isEqualTo(2);
        assertThat(timers.close(HOUR)).isTrue();
        timeout.await();
        series.await();
        executor.runAll();
        assertThat(ran).isEmpty();
        assertThat(timers.stats().dropped()).isEqualTo(2L);
    }

    // ---- what is under way ----

    @EachThreadKind
    void close_waitsForWhatIsUnderWay_andForTheThread_eachTime(ThreadKind kind) throws InterruptedException {
        Timers timers = Timers.nonDaemon();
        AtomicReference<Thread> thread = new AtomicReference<>();
        Timeout running = timers.schedule(Duration.ZERO, () -> {
            thread.set(Thread.currentThread());
            untilTold();
        });
        timers.schedule(Duration.ZERO, add("never"));
        begun.await();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> first = threads.start("first", () -> timers.close(HOUR));
            first.awaitParked(timers);
            TestThread<Boolean> second = threads.start("second", () -> timers.close(HOUR));
            second.awaitParked(timers);
            assertThat(running.isDone()).isFalse();
            assertThat(timers.close(Duration.ZERO)).isFalse();
            first.assertStillParked();
            end.set();
            assertThat(first.result()).isTrue();
            assertThat(second.result()).isTrue();
        }
        assertThat(running.isDone()).isTrue();
        thread.get().join();
        assertThat(ran).containsExactly("told to end");
    }

    @EachThreadKind
    void close_waitsForWhatTheExecutorRuns_andInterruptsIt(ThreadKind kind) throws InterruptedException {
        try (TestThreads threads = new TestThreads(kind)) {
            Timers timers = new Timers(TimerOptions.defaults().executor(task -> threads.start("runner", task::run)));
            Timeout timeout = timers.schedule(Duration.ZERO, this::untilTold);
            timers.schedule(Duration.ZERO, this::untilInterrupted);
            Await.until("the actions to begin", () -> timers.stats().running() == 2);
            TestThread<Boolean> closer = threads.start("closer", () -> timers.close(HOUR));
            closer.awaitParked(timers);
            assertThat(timers.close(Duration.ZERO)).isFalse();
            Await.until("an action to be interrupted", () -> ran.contains("interrupted"));
            closer.assertStillParked();
            assertThat(timeout.isDone()).isFalse();
            end.set();
            assertThat(closer.result()).isTrue();
            assertThat(timeout.isDone()).isTrue();
        }
        assertThat(ran).containsExactly("interrupted", "told to end");
    }

    @Test
    void close_interruptsWhatIsUnderWayStill() throws InterruptedException {
        Timers timers = Timers.daemon();
        Timeout timeout = timers.schedule(Duration.ZERO, this::untilInterrupted);
        begun.await();
        assertThat(timers.close(Duration.ofMillis(1)) || timers.close(HOUR)).isTrue();
        assertThat(timeout.isDone()).isTrue();
        assertThat(ran).containsExactly("interrupted");
    }

    @Test
    void close_tellsIfSomethingDoesNotEnd() throws InterruptedException {
        Timers timers = Timers.daemon();
        timers.schedule(Duration.ZERO, this::untilTold);
        begun.await();
        assertThat(timers.close(Duration.ofMillis(1))).isFalse();
        end.set();
        assertThat(timers.close(HOUR)).isTrue();
    }

    @EachThreadKind
    void interruptOfWhoCloses_interruptsWhatIsUnderWay_andStays(ThreadKind kind) throws InterruptedException {
        Timers timers = Timers.daemon();
        timers.schedule(Duration.ZERO, this::untilInterrupted);
        begun.await();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> closer = threads.start(
                    "closer", () -> timers.close(HOUR) && Thread.currentThread().isInterrupted());
            closer.awaitParked(timers);
            closer.interrupt();
            assertThat(closer.result()).isTrue();
        }
        assertThat(ran).containsExactly("interrupted");
    }

    @Test
    void close_endsTheSleepOfAClockThatCannotBeWoken() throws InterruptedException {
        AtomicReference<Thread> thread = new AtomicReference<>();
        Timers timers = new Timers(TimerOptions.defaults().time(new SteppedTime()));
        timers.schedule(Duration.ZERO, () -> thread.set(Thread.currentThread())).await();
        timers.schedule(HOUR, add("never"));
        Await.until(
                "the thread to sleep by the clock",
                () -> thread.get().getState() == Thread.State.WAITING
                        && LockSupport.getBlocker(thread.get()) != timers);
        assertThat(timers.close(HOUR)).isTrue();
    }

    // ---- from inside ----

    @Test
    void close_byAnAction_doesNotWaitForItself() throws InterruptedException {
        Timers timers = Timers.daemon();
        AtomicReference<Thread> thread = new AtomicReference<>();
        Timeout other = timers.schedule(HOUR, add("never"));
        Timeout timeout = timers.schedule(Duration.ZERO, () -> {
            thread.set(Thread.currentThread());
            ran.add(timers.close(HOUR));
            ran.add(other.isDone());
            ran.add(Thread.currentThread().isInterrupted());
        });
        timeout.await();
        assertThat(ran).containsExactly(true, true, false);
        assertThat(timers.close(HOUR)).isTrue();
        thread.get().join();
    }

    @Test
    void close_byAHandler_doesNotWaitForItself() throws InterruptedException {
        AtomicReference<Timers> self = new AtomicReference<>();
        Timers timers = new Timers(TimerOptions.defaults()
                .executor(task -> {
                    throw new RejectedExecutionException("planned");
                })
                .onFailure((timeout, failure) -> ran.add(self.get().close(HOUR))));
        self.set(timers);
        timers.schedule(Duration.ZERO, add("never")).await();
        assertThat(timers.close(HOUR)).isTrue();
        assertThat(ran).containsExactly(true);
    }

    @EachThreadKind
    void close_byTwoActionsAtTheSameTime_neitherWaitsForTheOther(ThreadKind kind) throws InterruptedException {
        try (TestThreads threads = new TestThreads(kind)) {
            Timers timers = new Timers(TimerOptions.defaults().executor(task -> threads.start("runner", task::run)));
            Timeout one = timers.schedule(Duration.ZERO, () -> {
                begun.awaitUninterruptibly();
                ran.add(timers.close(HOUR));
            });
            Timeout other = timers.schedule(Duration.ZERO, () -> {
                begun.set();
                Await.until("the other one to begin", () -> timers.stats().running() == 2);
                ran.add(timers.close(HOUR));
            });
            one.await();
            other.await();
            assertThat(timers.close(HOUR)).isTrue();
        }
        assertThat(ran).containsExactly(true, true);
    }

    @EachThreadKind
    void close_byAnAction_isKnownToOthersThatClose_beforeItTellsWhatItDrops(ThreadKind kind)
            throws InterruptedException {
        try (TestThreads threads = new TestThreads(kind)) {
            TimerOptions options = TimerOptions.defaults()
                    .executor(task -> threads.start("runner", task::run))
                    .listener(new TimerListener() {
                        @Override
                        public void dropped(Timeout timeout) {
                            end.awaitUninterruptibly();
                        }
                    });
            Timers timers = new Timers(options);
            timers.schedule(HOUR, add("never"));
            Timeout one = timers.schedule(Duration.ZERO, () -> {
                begun.awaitUninterruptibly();
                timers.close(HOUR);
            });
            Timeout other = timers.schedule(Duration.ZERO, () -> {
                begun.set();
                Await.until("the other one to close", timers::isClosed);
                ran.add(timers.close(HOUR));
                end.set();
            });
            one.await();
            other.await();
        }
        assertThat(ran).containsExactly(true);
    }

    @Test
    void close_byAListenerThatIsToldOfAPause_isNotInterrupted() throws InterruptedException {
        AtomicReference<Timers> self = new AtomicReference<>();
        self.set(new Timers(TimerOptions.defaults()
                .onFailure((timeout, failure) -> begun.awaitUninterruptibly())
                .listener(new TimerListener() {
                    @Override
                    public void missed(RepeatingTimeout series, long runs) {
                        self.get().close(HOUR);
                        ran.add(Thread.currentThread().isInterrupted());
                        end.set();
                    }
                })));
        self.get()
                .every(
                        Duration.ofNanos(1),
                        () -> {
                            throw new IllegalStateException("planned");
                        },
                        RepeatOptions.defaults().missed(MissedRuns.BURST).onFailure(FailurePolicy.backOff(HOUR, HOUR)));
        begun.set();
        end.await();
        assertThat(self.get().close(HOUR)).isTrue();
        assertThat(ran).containsExactly(false);
    }

    @EachThreadKind
    void close_byAnAction_waitsForTheOthers(ThreadKind kind) throws InterruptedException {
        try (TestThreads threads = new TestThreads(kind)) {
            Timers timers = new Timers(TimerOptions.defaults().executor(task -> threads.start("runner", task::run)));
            timers.schedule(Duration.ZERO, this::untilTold);
            begun.await();
            AtomicReference<Thread> closing = new AtomicReference<>();
            Timeout closer = timers.schedule(Duration.ZERO, () -> {
                closing.set(Thread.currentThread());
                ran.add(timers.close(HOUR));
            });
            Await.until("the action to wait for the other one", () -> {
                Thread thread = closing.get();
                return timers.isClosed() && thread != null && thread.getState() == Thread.State.TIMED_WAITING;
            });
            assertThat(closer.isDone()).isFalse();
            end.set();
            closer.await();
            assertThat(timers.close(HOUR)).isTrue();
        }
        assertThat(ran).containsExactly("told to end", true);
    }

    @Test
    void close_whileASeriesRuns_itIsOverAfterThatRun() throws InterruptedException {
        Timers timers = Timers.daemon();
        RepeatingTimeout series =
                timers.every(MOMENT, this::untilTold, RepeatOptions.defaults().fixedDelay());
        begun.await();
        assertThat(timers.close(Duration.ZERO)).isFalse();
        assertThat(series.isDone()).isFalse();
        assertThat(series.cancel()).isEqualTo(Cancellation.RUNNING);
        end.set();
        series.await();
        assertThat(series.runs()).isEqualTo(1L);
        assertThat(timers.close(HOUR)).isTrue();
    }

    // ---- interrupts ----

    /** A thread that an interrupt reaches only after its action has ended. */
    private final class ThreadInterruptedLate extends Thread {
        private final Event interrupting = new Event();
        private final Event interrupted = new Event();
        private volatile Timeout timeout;

        ThreadInterruptedLate(Runnable task) {
            super(task);
        }

        @Override
        public void interrupt() {
            interrupting.set();
            Await.until("the action to end", timeout::isDone);
            super.interrupt();
            interrupted.set();
        }
    }

    @Test
    void interruptThatComesLate_isWaitedFor_andReachesNothingElse() throws InterruptedException {
        AtomicReference<ThreadInterruptedLate> thread = new AtomicReference<>();
        Timers timers = new Timers(TimerOptions.defaults().executor(task -> {
            thread.set(new ThreadInterruptedLate(() -> {
                task.run();
                thread.get().interrupted.awaitUninterruptibly();
                ran.add(Thread.currentThread().isInterrupted());
            }));
            thread.get().start();
        }));
        Timeout timeout = timers.schedule(Duration.ZERO, () -> {
            begun.set();
            thread.get().interrupting.awaitUninterruptibly();
        });
        begun.await();
        thread.get().timeout = timeout;
        timers.close(Duration.ZERO);
        thread.get().join();
        assertThat(ran).containsExactly(false);
    }

    @EachThreadKind
    void interrupt_ofAnActionInsideAnother_reachesBoth(ThreadKind kind) {
        VirtualTime time = new VirtualTime();
        Timers timers = new Timers(TimerOptions.defaults().time(time));
        timers.schedule(Duration.ZERO, () -> {
            timers.schedule(Duration.ZERO, this::untilInterrupted);
            time.runAll();
            untilInterrupted();
        });
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> runner = threads.start("runner", time::runAll);
            begun.awaitUninterruptibly();
            timers.close(Duration.ZERO);
            runner.result();
        }
        assertThat(ran).containsExactly("interrupted", "interrupted");
    }

    /** A thread whose interrupt throws, as what it waits for at a channel of the user's may. */
    private static final class ThreadWithBadInterrupt extends Thread {
        ThreadWithBadInterrupt(Runnable task) {
            super(task);
        }

        @Override
        public void interrupt() {
            super.interrupt();
            throw new IllegalStateException("planned");
        }
    }

    @Test
    void interruptThatThrows_isReported_andTheOthersAreInterrupted() throws InterruptedException {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        Timers timers = new Timers(TimerOptions.defaults().executor(task -> {
            threads.add(new ThreadWithBadInterrupt(task));
            threads.get(threads.size() - 1).start();
        }));
        timers.schedule(Duration.ZERO, this::untilInterrupted);
        timers.schedule(Duration.ZERO, this::untilInterrupted);
        Await.until("both to begin", () -> timers.stats().running() == 2);
        try (UncaughtFailures uncaught = new UncaughtFailures()) {
            timers.close(Duration.ZERO);
            assertThat(uncaught.all).hasSize(2).allMatch(IllegalStateException.class::isInstance);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(ran).containsExactly("interrupted", "interrupted");
        assertThat(timers.close(HOUR)).isTrue();
    }

    @EachThreadKind
    void runThatIsInterruptedLate_sleepsUntilThen(ThreadKind kind) {
        HandExecutor executor = new HandExecutor();
        VirtualTime time = new VirtualTime();
        Timers timers = new Timers(TimerOptions.defaults().time(time).executor(executor));
        timers.schedule(Duration.ZERO, add("ran"));
        time.runAll();
        TimerRun run = timers.core.runs.first;
        run.interrupts = 1;
        run.interrupted = true;
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> runner = threads.start("runner", executor::runAll);
            runner.awaitParked(timers);
            timers.close();
            run.interrupts = 0;
            timers.core.workerEnds();
            runner.result();
        }
        assertThat(ran).containsExactly("ran");
    }

    /** A round: an action that ends just as it is interrupted, in a thread that has other things to do. */
    private static final class Interrupting {
        private static final int OFFSETS = 128;

        private static final AtomicInteger ROUNDS = new AtomicInteger();

        private final HandExecutor executor = new HandExecutor();
        private final VirtualTime time = new VirtualTime();
        private final Timers timers =
                new Timers(TimerOptions.defaults().time(time).executor(executor));
        private final List<Boolean> interrupted = new ArrayList<>();

        Interrupting() {
            timers.schedule(Duration.ZERO, () -> {
                while (!timers.isClosed()) {
                    Thread.onSpinWait();
                }
                for (int i = ROUNDS.incrementAndGet() % OFFSETS; i > 0; i--) {
                    Thread.onSpinWait();
                }
            });
            time.runAll();
        }

        void run() {
            executor.runAll();
            for (int i = 0; i < 100; i++) {
                Thread.onSpinWait();
            }
            interrupted.add(Thread.currentThread().isInterrupted());
        }
    }

    @EachThreadKind
    void interrupt_reachesNothingButTheAction(ThreadKind kind) {
        Rounds.of(1_000, Interrupting::new)
                .body("runner", Interrupting::run)
                .body("closer", round -> round.timers.close(Duration.ZERO))
                .check(round -> {
                    assertThat(round.timers.close(HOUR)).isTrue();
                    assertThat(round.interrupted).containsExactly(false);
                })
                .run(kind);
    }
}
