// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Rounds;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The futures of a {@link WorkerPool}. */
class PoolTaskTest {

    /** Results that the task keeps as it keeps its own state. */
    static Stream<Object> results() {
        return Stream.of("text", 7, new Thread("a result"), new RuntimeException("a result"), new Object());
    }

    @ParameterizedTest
    @MethodSource("results")
    void anyResult_isGivenAsItIs(Object result) throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(1)) {
            Future<Object> future = pool.submit(() -> result);
            assertThat(future.get(30, TimeUnit.SECONDS)).isSameAs(result);
            assertThat(future.isDone()).isTrue();
            assertThat(future.isCancelled()).isFalse();
            assertThat(future.cancel(true)).isFalse();
            assertThat(future.get(0, TimeUnit.SECONDS)).isSameAs(result);
        }
    }

    /** As functions of some languages are. */
    private static final class Both implements Callable<String>, Runnable {
        private final AtomicBoolean ran = new AtomicBoolean();

        @Override
        public String call() {
            return "called";
        }

        @Override
        public void run() {
            ran.set(true);
        }
    }

    @Test
    void taskOfBothKinds_isWhatItWasSubmittedAs() throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(1)) {
            Both both = new Both();
            assertThat(pool.submit((Callable<String>) both).get()).isEqualTo("called");
            assertThat(both.ran).isFalse();
            assertThat(pool.submit((Runnable) both).get()).isNull();
            assertThat(both.ran).isTrue();
            assertThat(pool.submit((Runnable) both, "given").get()).isEqualTo("given");
        }
    }

    @EachThreadKind
    void get_waits_timesOut_andIsInterrupted(ThreadKind kind) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (WorkerPool pool = WorkerPool.fixed(1, Pools.daemons());
                TestThreads threads = new TestThreads(kind)) {
            Future<Integer> future = pool.submit(() -> {
                Pools.awaitGate(gate);
                return 42;
            });
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(0, TimeUnit.SECONDS));
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(-1, TimeUnit.DAYS));
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(5, TimeUnit.MILLISECONDS));
            TestThread<Integer> getter = threads.start("getter", () -> future.get());
            TestThread<Integer> timed = threads.start("timed", () -> future.get(Long.MAX_VALUE, TimeUnit.DAYS));
            TestThread<Integer> left = threads.start("left", () -> future.get());
            TestThread<Integer> leftTimed = threads.start("left timed", () -> future.get(1, TimeUnit.HOURS));
            for (TestThread<?> thread : List.of(getter, timed, left, leftTimed)) {
                thread.awaitParked(pool);
            }
            left.interrupt();
            leftTimed.interrupt();
            assertThat(left.failure()).isInstanceOf(InterruptedException.class);
            assertThat(leftTimed.failure()).isInstanceOf(InterruptedException.class);
            gate.countDown();
            assertThat(getter.result()).isEqualTo(42);
            assertThat(timed.result()).isEqualTo(42);
        }
    }

    /** A task for which somebody waits, parked, when others race. */
    private static final class Awaited {
        private final PoolTask<Integer> task;
        private final Thread stays;
        private volatile boolean ended;

        Awaited(PoolCore core, ThreadKind kind) {
            task = new PoolTask<>(core, (Runnable) () -> {});
            stays = kind.unstarted("stays", () -> {
                try {
                    task.get();
                    ended = true;
                } catch (InterruptedException | ExecutionException e) {
                    throw new AssertionError(e);
                }
            });
            stays.start();
            Await.until("it to wait", () -> LockSupport.getBlocker(stays) != null);
        }

        void leave() throws Exception {
            try {
                task.get(1, TimeUnit.NANOSECONDS);
            } catch (TimeoutException tooEarly) {
                return;
            }
        }
    }

    @EachThreadKind
    void waiterThatLeaves_justAsTheTaskEnds_keepsNobodyWaiting(ThreadKind kind) {
        try (WorkerPool pool = WorkerPool.fixed(1, Pools.daemons())) {
            Rounds.of(2_000, () -> new Awaited(pool.core(), kind))
                    .body("leaves", Awaited::leave)
                    .body("runs", round -> round.task.run())
                    .check(round -> Await.until("the one who stays", () -> round.ended))
                    .run(kind);
        }
    }

    @Test
    void cancelledBeforeItsTurn_neverRuns() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicBoolean ran = new AtomicBoolean();
        try (WorkerPool pool = WorkerPool.fixed(1, Pools.daemons())) {
            Pools.block(pool, gate);
            Future<?> future = pool.submit(() -> ran.set(true));
            assertThat(future.cancel(false)).isTrue();
            assertThat(future.cancel(true)).as("again").isTrue();
            assertThat(future.isCancelled() && future.isDone()).isTrue();
            assertThatExceptionOfType(CancellationException.class).isThrownBy(future::get);
            gate.countDown();
            pool.submit(() -> {}).get();
            assertThat(pool.stats().leftOut()).isEqualTo(1L);
        }
        assertThat(ran).isFalse();
    }

    @EachThreadKind
    void cancelledWhileItRuns_isInterruptedIfAskedTo_andTheWorkerGoesOn(ThreadKind kind) throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(1, Pools.of(kind))) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch interrupted = new CountDownLatch(1);
            Future<?> future = pool.submit(() -> {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            });
            begun.await();
            assertThat(future.cancel(true)).isTrue();
            assertThatExceptionOfType(CancellationException.class).isThrownBy(future::get);
            interrupted.await();
            assertThat(pool.submit(() -> Thread.currentThread().isInterrupted()).get())
                    .isFalse();

            CountDownLatch gate = new CountDownLatch(1);
            AtomicBoolean disturbed = new AtomicBoolean();
            CountDownLatch second = new CountDownLatch(1);
            Future<?> gentle = pool.submit(() -> {
                second.countDown();
                Pools.awaitGate(gate);
                disturbed.set(Thread.currentThread().isInterrupted());
            });
            second.await();
            assertThat(gentle.cancel(false)).isTrue();
            gate.countDown();
            pool.submit(() -> {}).get();
            assertThat(disturbed).isFalse();
        }
    }

    /** A task, and one behind it that must not be interrupted. */
    private static final class Pair {
        private final WorkerPool pool = WorkerPool.fixed(1, Pools.daemons());
        private final AtomicInteger interrupted = new AtomicInteger();
        private volatile Future<?> first;
        private volatile Future<?> second;
        private final CountDownLatch submitted = new CountDownLatch(1);

        void submit() {
            first = pool.submit(() -> {});
            second = pool.submit(() -> {
                for (int i = 0; i < 100; i++) {
                    Thread.onSpinWait();
                }
                if (Thread.interrupted()) {
                    interrupted.incrementAndGet();
                }
            });
            submitted.countDown();
        }

        void check() throws Exception {
            second.get();
            assertThat(interrupted).hasValue(0);
            assertThat(first.isDone()).isTrue();
            pool.close();
        }
    }

    @Test
    void cancelAgainstTheEnd_interruptsNobodyElse() {
        Rounds.of(2_000, Pair::new)
                .body("submitter", Pair::submit)
                .body("canceller", pair -> {
                    Pools.awaitGate(pair.submitted);
                    pair.first.cancel(true);
                })
                .check(Pair::check)
                .run(ThreadKind.PLATFORM);
    }

    @Test
    void endedTask_holdsNeitherItsActionNorItsWaiters() throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(1)) {
            CountDownLatch gate = new CountDownLatch(1);
            Pools.block(pool, gate);
            List<Future<?>> kept = new ArrayList<>();
            WeakReference<Object> argument = submitWith(pool, kept);
            WeakReference<Object> cancelled = submitWith(pool, kept);
            kept.get(1).cancel(false);
            Await.until("the action of the cancelled one to be gone", () -> gone(cancelled));
            gate.countDown();
            kept.get(0).get();
            Await.until("the action of the other one to be gone", () -> gone(argument));
        }
    }

    private static WeakReference<Object> submitWith(WorkerPool pool, List<Future<?>> kept) {
        Object argument = new Object();
        kept.add(pool.submit(() -> argument.hashCode()));
        return new WeakReference<>(argument);
    }

    private static boolean gone(WeakReference<?> reference) {
        System.gc();
        return reference.get() == null;
    }

    @Test
    void toString_tellsStateAndType() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (WorkerPool pool = WorkerPool.fixed(1, Pools.daemons().name("mill"))) {
            Future<Integer> running = pool.submit(() -> {
                Pools.awaitGate(gate);
                return 42;
            });
            Await.until("the task to begin", () -> pool.stats().running() == 1);
            Future<?> nothing = pool.submit(() -> {});
            Future<?> failed = pool.submit(() -> {
                throw new java.io.IOException("secret");
            });
            Future<?> cancelled = pool.submit(() -> {});
            Future<?> thread = pool.submit(() -> new Thread("a result"));
            cancelled.cancel(false);
            Await.until("the task to run", () -> running.toString().endsWith("[running in mill-0]"));
            assertThat(nothing).asString().endsWith("[not begun]");
            assertThat(cancelled).asString().endsWith("[cancelled]");
            gate.countDown();
            thread.get();
            assertThat(running).asString().matches("PoolTask@[0-9a-f]+\\[done with java.lang.Integer\\]");
            assertThat(nothing).asString().endsWith("[done with null]");
            assertThat(failed).asString().endsWith("[failed with java.io.IOException]");
            assertThat(thread).asString().endsWith("[done with java.lang.Thread]");
            assertThatExceptionOfType(ExecutionException.class).isThrownBy(failed::get);
        }
    }
}
