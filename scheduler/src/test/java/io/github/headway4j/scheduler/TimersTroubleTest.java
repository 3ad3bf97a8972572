// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.headway4j.primitives.Event;
import io.github.headway4j.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Timers whose steps fail, whose clock is gone, or whose executor does not return. */
class TimersTroubleTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final List<Object> ran = new CopyOnWriteArrayList<>();
    private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();

    private Runnable add(Object name) {
        return () -> ran.add(name);
    }

    // ---- steps that fail ----

    @Test
    void runThatWasTaken_isGivenAgainToTheNextStep() {
        FickleTime time = new FickleTime();
        time.answers.clear();
        try (Timers timers = new Timers(TimerOptions.defaults().time(time))) {
            Timeout timeout = timers.schedule(HOUR, add("ran"));
            TimerRun run = new TimerRun(timers.core, true);
            long then = HOUR.toNanos() * 2L;
            assertThat(timers.core.turn(run, then)).isEqualTo(TimerCore.Turn.RUN);
            assertThat(timers.core.turn(run, then)).isEqualTo(TimerCore.Turn.RUN);
            assertThat(timeout.isDone()).isFalse();
            assertThat(timers.core.recover(run)).isTrue();
            assertThat(timeout.isDone()).isFalse();
            run.callOnce();
            assertThat(timers.core.turn(run, then)).isEqualTo(TimerCore.Turn.NOTHING);
            assertThat(timeout.isDone()).isTrue();
            time.answers.set();
        }
        assertThat(ran).containsExactly("ran");
    }

    @Test
    void runThatWasTakenForTheExecutor_isGivenAgainToTheNextStep() {
        FickleTime time = new FickleTime();
        time.answers.clear();
        HandExecutor executor = new HandExecutor();
        try (Timers timers = new Timers(TimerOptions.defaults().time(time).executor(executor))) {
            Timeout timeout = timers.schedule(HOUR, add("ran"));
            TimerRun run = new TimerRun(timers.core, false);
            long then = HOUR.toNanos() * 2L;
            assertThat(timers.core.turn(run, then)).isEqualTo(TimerCore.Turn.RUN);
            assertThat(timers.core.turn(run, then)).isEqualTo(TimerCore.Turn.RUN);
            time.answers.set();
            run.hand(executor);
            executor.runAll();
            assertThat(timeout.isDone()).isTrue();
        }
        assertThat(ran).containsExactly("ran");
    }

    // ---- a clock that is gone ----

    /** The system's clock, which for threads other than that of the test may not answer, or be lost for good. */
    private static final class FickleTime extends WrappedTime {
        private final Thread test = Thread.currentThread();
        private final Event answers = new Event();
        private volatile boolean lost;

        FickleTime() {
            super(TimeSource.system());
            answers.set();
        }

        @Override
        public long nanoTime() {
            if (Thread.currentThread() != test) {
                answers.awaitUninterruptibly();
                if (lost) {
                    throw new IllegalStateException("planned");
                }
            }
            return System.nanoTime();
        }
    }

    @Test
    void clockThatIsLost_actionsThatRanAreOver_andTheThreadEnds() throws InterruptedException {
        FickleTime time = new FickleTime();
        Timers timers = new Timers(TimerOptions.defaults().time(time));
        AtomicReference<Thread> thread = new AtomicReference<>();
        Timeout timeout = timers.schedule(Duration.ZERO, () -> {
            thread.set(Thread.currentThread());
            Thread.currentThread().setUncaughtExceptionHandler((where, failure) -> uncaught.add(failure));
            time.lost = true;
        });
        assertThat(timeout.await(HOUR)).isTrue();
        Await.until("the clock to be missed", () -> uncaught.size() > 1);
        assertThat(timers.close(HOUR)).isTrue();
        thread.get().join();
        assertThat(uncaught).allMatch(IllegalStateException.class::isInstance);
    }

    // ---- an executor in the thread of the timers ----

    @Test
    void executorThatDoesNotReturn_isInterruptedByClose() throws InterruptedException {
        Event begun = new Event();
        AtomicReference<Thread> thread = new AtomicReference<>();
        Timers timers = new Timers(TimerOptions.defaults()
                .executor(task -> {
                    thread.set(Thread.currentThread());
                    begun.set();
                    try {
                        new Event().await();
                    } catch (InterruptedException e) {
                        throw new RejectedExecutionException(e);
                    }
                })
                .onFailure((timeout, failure) -> ran.add(failure.getCause().getClass())));
        timers.schedule(Duration.ZERO, add("never"));
        begun.await();
        timers.close(Duration.ZERO);
        assertThat(timers.close(HOUR)).isTrue();
        thread.get().join();
        assertThat(ran).containsExactly(InterruptedException.class);
    }

    @Test
    void interruptThatAnActionLeaves_isNotSeenByTheNextOne_ifTheExecutorRunsInTheCaller() throws InterruptedException {
        Event scheduled = new Event();
        try (Timers timers = new Timers(TimerOptions.defaults().executor(Runnable::run))) {
            timers.schedule(Duration.ZERO, () -> {
                scheduled.awaitUninterruptibly();
                Thread.currentThread().interrupt();
            });
            Timeout next = timers.schedule(
                    Duration.ZERO, () -> ran.add(Thread.currentThread().isInterrupted()));
            scheduled.set();
            next.await();
        }
        assertThat(ran).containsExactly(false);
    }

    // ---- virtual time ----

    @Test
    void await_byAnActionInVirtualTime_isRefused_forAnyTimeout() {
        VirtualTime time = new VirtualTime();
        Timers timers = new Timers(TimerOptions.defaults().time(time));
        Timeout other = timers.schedule(HOUR, add("other"));
        timers.schedule(Duration.ZERO, () -> {
            assertThatIllegalStateException().isThrownBy(() -> other.await(Duration.ofSeconds(1)));
            ran.add("refused");
        });
        time.runAll();
        assertThat(ran).containsExactly("refused", "other");
    }

    @Test
    void momentOfASeriesThatIsOver_isFarAway() {
        VirtualTime time = new VirtualTime();
        Timers timers = new Timers(TimerOptions.defaults().time(time));
        RepeatingTimeout series = timers.every(HOUR, add("never"));
        series.cancel();
        assertThat(series.nanoTime()).isEqualTo(Long.MAX_VALUE);
    }
}
