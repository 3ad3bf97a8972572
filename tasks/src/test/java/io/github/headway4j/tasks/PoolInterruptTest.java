// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Whom an interrupt by a pool reaches, and what becomes of it if the thread does not want to be interrupted. */
class PoolInterruptTest {

    // ---- a task that waits for another one runs it ----

    /** A task that runs another one while it waits for it, in a pool that has nobody else to do so. */
    private static final class Nested implements AutoCloseable {
        private final WorkerPool pool;
        private final CountDownLatch begun = new CountDownLatch(1);
        private final AtomicReference<Future<?>> inner = new AtomicReference<>();
        private final Future<Boolean> outer;

        Nested(ThreadKind kind) {
            pool = WorkerPool.fixed(1, Pools.of(kind));
            outer = pool.submit(() -> {
                Future<?> task = pool.submit(this::runUntilCancelled);
                inner.set(task);
                assertThatExceptionOfType(CancellationException.class).isThrownBy(task::get);
                return Thread.interrupted();
            });
            Pools.awaitGate(begun);
        }

        private void runUntilCancelled() {
            begun.countDown();
            while (!inner.get().isCancelled()) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void close() {
            pool.close();
        }
    }

    @EachThreadKind
    void cancelOfATaskThatItsWaiterRuns_leavesNoInterruptToTheWaiter(ThreadKind kind) throws Exception {
        try (Nested nested = new Nested(kind)) {
            assertThat(nested.inner.get().cancel(true)).isTrue();
            assertThat(nested.outer.get()).isFalse();
        }
    }

    @EachThreadKind
    void cancelOfBoth_leavesTheWaiterItsOwnInterrupt(ThreadKind kind) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicReference<Future<?>> inner = new AtomicReference<>();
        CountDownLatch interrupted = new CountDownLatch(1);
        try (WorkerPool pool = WorkerPool.fixed(1, Pools.of(kind))) {
            Future<?> outer = pool.submit(() -> {
                Future<?> task = pool.submit(() -> {
                    begun.countDown();
                    while (!inner.get().isCancelled()) {
                        Thread.onSpinWait();
                    }
                });
                inner.set(task);
                assertThatExceptionOfType(CancellationException.class).isThrownBy(task::get);
                if (Thread.interrupted()) {
                    interrupted.countDown();
                }
            });
            begun.await();
            assertThat(outer.cancel(true)).isTrue();
            assertThat(inner.get().cancel(true)).isTrue();
        }
        assertThat(interrupted.getCount()).isZero();
    }

    @EachThreadKind
    void cancelOfTwoThatAWaiterRuns_oneWithinTheOther_leavesNoInterruptToTheWaiter(ThreadKind kind) throws Exception {
        CountDownLatch innerBegun = new CountDownLatch(1);
        CountDownLatch innerOver = new CountDownLatch(1);
        AtomicReference<Future<?>> inner = new AtomicReference<>();
        AtomicReference<Future<?>> middle = new AtomicReference<>();
        AtomicReference<Boolean> between = new AtomicReference<>();
        try (WorkerPool pool = WorkerPool.fixed(1, Pools.of(kind))) {
            Future<Boolean> outer = pool.submit(() -> {
                middle.set(pool.submit(() -> {
                    inner.set(pool.submit(() -> spinUntilCancelled(innerBegun, inner)));
                    assertThatExceptionOfType(CancellationException.class)
                            .isThrownBy(() -> inner.get().get());
                    between.set(Thread.currentThread().isInterrupted());
                    spinUntilCancelled(innerOver, middle);
                }));
                assertThatExceptionOfType(CancellationException.class)
                        .isThrownBy(() -> middle.get().get());
                return Thread.interrupted();
            });
            innerBegun.await();
            assertThat(inner.get().cancel(true)).isTrue();
            innerOver.await();
            assertThat(middle.get().cancel(true)).isTrue();
            assertThat(outer.get()).isFalse();
        }
        assertThat(between).hasValue(false);
    }

    private static void spinUntilCancelled(CountDownLatch begun, AtomicReference<Future<?>> task) {
        begun.countDown();
        while (!task.get().isCancelled()) {
            Thread.onSpinWait();
        }
    }

    @EachThreadKind
    void cancelOfATaskThatItsSubmitterRuns_leavesNoInterruptToTheSubmitter(ThreadKind kind) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicReference<Future<?>> inner = new AtomicReference<>();
        try (WorkerPool pool = WorkerPool.fixed(1, Pools.of(kind).backlog(1))) {
            Future<Boolean> outer = pool.submit(() -> {
                pool.execute(() -> {}); // so that there is no room
                PoolTask<?> task = new PoolTask<>(pool.core(), (Runnable) () -> spinUntilCancelled(begun, inner));
                inner.set(task);
                pool.execute(task);
                return Thread.interrupted();
            });
            begun.await();
            assertThat(inner.get().cancel(true)).isTrue();
            assertThat(outer.get()).isFalse();
        }
    }

    @EachThreadKind
    void stop_whileATaskRunsAnother_interruptsBoth(ThreadKind kind) throws Exception {
        Nested nested = new Nested(kind);
        assertThat(nested.pool.shutdownNow()).hasSize(1); // it is still in its place
        assertThat(nested.inner.get().cancel(true)).isTrue();
        assertThat(nested.outer.get()).isTrue();
        nested.close();
    }

    // ---- threads that throw ----

    /** Threads of which each throws when it is interrupted, as a security manager may have it, after it was. */
    private static final class Unwilling {
        private final AtomicInteger refused = new AtomicInteger();
        private final WorkerPool pool;

        Unwilling(int workers) {
            pool = WorkerPool.fixed(workers, PoolOptions.defaults().threadFactory(worker -> new Thread(worker) {
                @Override
                public void interrupt() {
                    super.interrupt();
                    refused.incrementAndGet();
                    throw new SecurityException("not to be interrupted");
                }
            }));
        }
    }

    @Test
    void cancelThatThrows_hasCancelled_andWokenWhoWaits() throws Exception {
        Unwilling unwilling = new Unwilling(2);
        CountDownLatch gate = new CountDownLatch(1);
        try (WorkerPool pool = unwilling.pool;
                TestThreads threads = new TestThreads()) {
            Future<?> future = pool.submit(() -> Pools.awaitGate(gate));
            Await.until("the task to begin", () -> pool.stats().running() == 1);
            TestThread<Integer> getter = threads.start("getter", () -> {
                assertThatExceptionOfType(CancellationException.class).isThrownBy(future::get);
                return 42;
            });
            getter.awaitParked(pool);
            assertThatExceptionOfType(SecurityException.class).isThrownBy(() -> future.cancel(true));
            assertThat(getter.result()).isEqualTo(42);
            gate.countDown();
        }
    }

    @Test
    void interruptThatIsLeftToAnIdleThreadThatThrows_costsNoTask() throws Exception {
        AtomicReference<Thread> worker = new AtomicReference<>();
        AtomicReference<Throwable> told = new AtomicReference<>();
        AtomicReference<Future<?>> left = new AtomicReference<>();
        CountDownLatch begun = new CountDownLatch(1);
        Unwilling unwilling = new Unwilling(1);
        try (WorkerPool pool = unwilling.pool) {
            left.set(pool.submit(() -> {
                worker.set(Thread.currentThread());
                worker.get().setUncaughtExceptionHandler((thread, failure) -> told.set(failure));
                spinUntilCancelled(begun, left);
            }));
            begun.await();
            assertThatExceptionOfType(SecurityException.class)
                    .isThrownBy(() -> left.get().cancel(true));
            Await.until("the worker to be idle", () -> worker.get().getState() == Thread.State.WAITING);
            assertThat(pool.submit(() -> 42).get(30, TimeUnit.SECONDS)).isEqualTo(42);
        }
        assertThat(told.get()).isInstanceOf(SecurityException.class);
    }

    @Test
    void workerWhoseInterruptTakesItsTime_naps() throws Exception {
        CountDownLatch interrupting = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        AtomicReference<Thread> worker = new AtomicReference<>();
        PoolOptions slow = PoolOptions.defaults().threadFactory(task -> new Thread(task) {
            @Override
            public void interrupt() {
                interrupting.countDown();
                Pools.awaitGate(gate);
                super.interrupt();
            }
        });
        try (WorkerPool pool = WorkerPool.fixed(1, slow);
                TestThreads threads = new TestThreads()) {
            Future<?> future = pool.submit(() -> {
                worker.set(Thread.currentThread());
                Pools.awaitGate(interrupting);
            });
            Await.until("the task to begin", () -> worker.get() != null);
            TestThread<Boolean> canceller = threads.start("canceller", () -> future.cancel(true));
            Await.until("the worker to nap", () -> worker.get().getState() == Thread.State.TIMED_WAITING);
            gate.countDown();
            assertThat(canceller.result()).isTrue();
            assertThat(pool.submit(() -> Thread.currentThread().isInterrupted()).get(30, TimeUnit.SECONDS))
                    .isFalse();
        }
    }

    @Test
    void stopOfThreadsThatThrow_interruptsAll_handsBackTheRest_andTellsOfIt() throws Exception {
        Unwilling unwilling = new Unwilling(2);
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(2);
        WorkerPool pool = unwilling.pool;
        Pools.block(pool, gate);
        Runnable rest = () -> {};
        pool.execute(rest);
        try (TestThreads threads = new TestThreads()) {
            threads.start("stopper", () -> {
                Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> told.countDown());
                assertThat(pool.shutdownNow()).containsExactly(rest);
            });
        }
        assertThat(unwilling.refused).hasValue(2);
        assertThat(told.getCount()).isZero();
        gate.countDown();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
}
