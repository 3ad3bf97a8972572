// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The threads of a {@link WorkerPool}: when they are started, how they begin, what they survive. */
class WorkerPoolWorkersTest {

    @Test
    void daemonOrNot_isTheCallersWord() throws Exception {
        try (WorkerPool daemons = WorkerPool.fixed(1, PoolOptions.defaults().daemon(true));
                WorkerPool others = WorkerPool.fixed(1)) {
            assertThat(daemons.submit(() -> Thread.currentThread().isDaemon()).get())
                    .isTrue();
            assertThat(others.submit(() -> Thread.currentThread().isDaemon()).get())
                    .isFalse();
        }
    }

    @EachThreadKind
    void initializer_runsOnceInEachWorker_beforeItsFirstTask(ThreadKind kind) throws Exception {
        ThreadLocal<String> connection = new ThreadLocal<>();
        AtomicInteger made = new AtomicInteger();
        PoolOptions options = Pools.of(kind).initializer(() -> connection.set("connection " + made.incrementAndGet()));
        try (WorkerPool pool = WorkerPool.fixed(2, options)) {
            CountDownLatch gate = new CountDownLatch(1);
            Pools.block(pool, gate);
            gate.countDown();
            for (int i = 0; i < 20; i++) {
                assertThat(pool.submit(connection::get).get()).startsWith("connection ");
            }
        }
        assertThat(made).hasValue(2);
    }

    @EachThreadKind
    void failingInitializer_isReported_andFailsWhatWasSubmitted(ThreadKind kind) throws Exception {
        RuntimeException failure = new RuntimeException("of the initializer");
        CountDownLatch gate = new CountDownLatch(1);
        List<Throwable> told = Collections.synchronizedList(new ArrayList<>());
        List<Runnable> of = Collections.synchronizedList(new ArrayList<>());
        Runnable initializer = () -> {
            Pools.awaitGate(gate);
            throw failure;
        };
        PoolOptions options = Pools.of(kind).initializer(initializer).onFailure((task, thrown) -> {
            of.add(task);
            told.add(thrown);
        });
        WorkerPool pool = WorkerPool.fixed(1, options);
        Future<Integer> future = pool.submit(() -> 42);
        Runnable plain = () -> {};
        pool.execute(plain);
        gate.countDown();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(future::get)
                .havingCause()
                .isInstanceOf(BrokenPoolException.class)
                .havingCause()
                .isSameAs(failure);
        assertThatExceptionOfType(BrokenPoolException.class)
                .isThrownBy(() -> pool.execute(plain))
                .havingCause()
                .isSameAs(failure);
        assertThatExceptionOfType(BrokenPoolException.class).isThrownBy(() -> pool.tryExecute(plain, Duration.ZERO));
        assertThatExceptionOfType(BrokenPoolException.class).isThrownBy(() -> pool.map(List.of(1), x -> x));
        assertThat(pool.awaitTermination(Duration.ofHours(1))).isTrue();
        assertThat(of).containsExactly(initializer, plain);
        assertThat(told.get(0)).isSameAs(failure);
        assertThat(told.get(1)).isInstanceOf(BrokenPoolException.class);
        pool.close();
    }

    @Test
    void factoryThatFails_refusesTheFirstTask_andIsAskedAgain() throws Exception {
        AtomicBoolean works = new AtomicBoolean();
        Error noThread = new OutOfMemoryError("unable to create native thread");
        PoolOptions options = PoolOptions.defaults().threadFactory(worker -> {
            if (works.get()) {
                return new Thread(worker);
            }
            throw noThread;
        });
        try (WorkerPool pool = WorkerPool.fixed(1, options)) {
            assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> pool.execute(() -> {}));
            assertThat(pool.stats().submitted()).isZero();
            works.set(true);
            assertThat(pool.submit(() -> 42).get()).isEqualTo(42);
        }
    }

    @Test
    void factoryThatReturnsNull_isToldSo() {
        WorkerPool none = WorkerPool.fixed(1, PoolOptions.defaults().threadFactory(worker -> null));
        assertThatIllegalStateException().isThrownBy(() -> none.execute(() -> {}));
        none.close();
        assertThat(none.isTerminated()).isTrue();
    }

    @Test
    void factoryThatFailsLater_isReported_andTheWorkersThereAreDoTheWork() {
        AtomicInteger made = new AtomicInteger();
        AtomicReference<Throwable> told = new AtomicReference<>();
        IllegalArgumentException noMore = new IllegalArgumentException("no more");
        PoolOptions options = PoolOptions.defaults()
                .threadFactory(worker -> {
                    if (made.incrementAndGet() > 1) {
                        throw noMore;
                    }
                    return new Thread(worker);
                })
                .onFailure((task, failure) -> told.set(failure));
        AtomicInteger ran = new AtomicInteger();
        try (WorkerPool pool = WorkerPool.fixed(2, options)) {
            CountDownLatch gate = new CountDownLatch(1);
            pool.execute(() -> Pools.awaitGate(gate));
            pool.execute(ran::incrementAndGet);
            assertThat(told.get()).isSameAs(noMore);
            gate.countDown();
        }
        assertThat(ran).hasValue(1);
    }

    @Test
    void threadThatCannotBeStarted_isNoWorker_andTheNextTaskTriesAgain() {
        AtomicInteger made = new AtomicInteger();
        List<Throwable> told = new ArrayList<>();
        OutOfMemoryError noThread = new OutOfMemoryError("unable to create native thread");
        PoolOptions options = PoolOptions.defaults()
                .threadFactory(worker -> new Thread(worker) {
                    @Override
                    public void start() {
                        if (made.getAndIncrement() % 2 == 0) {
                            throw noThread;
                        }
                        super.start();
                    }
                })
                .onFailure((task, failure) -> told.add(failure));
        AtomicInteger ran = new AtomicInteger();
        CountDownLatch gate = new CountDownLatch(1);
        try (WorkerPool pool = WorkerPool.fixed(2, options)) {
            assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> pool.execute(() -> {}));
            assertThat(pool.stats().workers()).isZero();
            pool.execute(() -> Pools.awaitGate(gate));
            pool.execute(ran::incrementAndGet);
            assertThat(told).containsExactly(noThread);
            assertThat(pool.stats().workers()).isEqualTo(1);
            pool.execute(ran::incrementAndGet);
            Await.until("both to run beside the first one", () -> ran.get() == 2);
            gate.countDown();
        }
        assertThat(told).hasSize(1);
    }

    @Test
    void factoryThatSubmits_beforeThereIsAWorker_isRefused() throws Exception {
        AtomicReference<WorkerPool> submitsTo = new AtomicReference<>();
        AtomicInteger made = new AtomicInteger();
        PoolOptions options = PoolOptions.defaults().threadFactory(worker -> {
            if (made.getAndIncrement() == 0) {
                submitsTo.get().execute(() -> {});
            }
            return new Thread(worker);
        });
        try (WorkerPool pool = WorkerPool.fixed(1, options)) {
            submitsTo.set(pool);
            assertThatIllegalStateException().isThrownBy(() -> pool.execute(() -> {}));
            assertThat(pool.stats()).isEqualTo(new PoolStats(0, 0, 0, 0L, 0L, 0L, 0L, 0L, 0L, false));
            assertThat(pool.submit(() -> 42).get()).isEqualTo(42);
            assertThat(pool.stats().workers()).isEqualTo(1);
        }
    }

    @Test
    void factoryThatSubmits_whenThereIsAWorker_getsAWorkerForIt_andNotMoreThanAskedFor() {
        AtomicReference<WorkerPool> submitsTo = new AtomicReference<>();
        AtomicInteger made = new AtomicInteger();
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(3);
        Runnable task = () -> {
            begun.countDown();
            Pools.awaitGate(gate);
        };
        PoolOptions options = Pools.daemons().threadFactory(worker -> {
            if (made.getAndIncrement() == 1) {
                submitsTo.get().execute(task);
            }
            return new Thread(worker);
        });
        try (WorkerPool pool = WorkerPool.fixed(3, options)) {
            submitsTo.set(pool);
            pool.execute(task);
            pool.execute(task);
            Await.until("all three to run", () -> begun.getCount() == 0L);
            pool.execute(task);
            assertThat(made).hasValue(3);
            assertThat(pool.stats().workers()).isEqualTo(3);
            gate.countDown();
        }
    }

    @Test
    void poolWhoseFactoryFailed_canBeClosed() throws Exception {
        WorkerPool pool = WorkerPool.fixed(1, PoolOptions.defaults().threadFactory(worker -> {
            throw new IllegalArgumentException("no thread");
        }));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> pool.execute(() -> {}));
        pool.shutdown();
        assertThat(pool.awaitTermination(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void stop_whileAWorkerIsBeingStarted_interruptsWhatItRuns() throws Exception {
        AtomicReference<WorkerPool> stopped = new AtomicReference<>();
        AtomicInteger made = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        PoolOptions options = PoolOptions.defaults().threadFactory(worker -> new Thread(worker) {
            @Override
            public void start() {
                super.start();
                if (made.incrementAndGet() == 2) {
                    Pools.awaitGate(begun); // its task runs, and the pool does not know the worker yet
                    assertThat(stopped.get().shutdownNow()).isEmpty();
                }
            }
        });
        WorkerPool pool = WorkerPool.fixed(2, options);
        stopped.set(pool);
        pool.execute(() -> Pools.awaitGate(gate));
        Await.until("the first worker to be busy", () -> pool.stats().running() == 1);
        pool.execute(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        Await.until("the interrupt", () -> interrupted.getCount() == 0L);
        gate.countDown();
        assertThat(pool.awaitTermination(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void stop_beforeAWorkerHasItsThread_interruptsItsInitializer() throws Exception {
        AtomicReference<WorkerPool> stopped = new AtomicReference<>();
        AtomicInteger made = new AtomicInteger();
        AtomicInteger initialized = new AtomicInteger();
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        PoolOptions options = PoolOptions.defaults()
                .threadFactory(worker -> {
                    if (made.incrementAndGet() == 2) {
                        assertThat(stopped.get().shutdownNow()).hasSize(1);
                    }
                    return new Thread(worker);
                })
                .initializer(() -> {
                    if (initialized.incrementAndGet() == 2) {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                        }
                    }
                });
        WorkerPool pool = WorkerPool.fixed(2, options);
        stopped.set(pool);
        pool.execute(() -> Pools.awaitGate(gate));
        Await.until("the first worker to be busy", () -> pool.stats().running() == 1);
        pool.execute(() -> {});
        Await.until("the interrupt", () -> interrupted.getCount() == 0L);
        gate.countDown();
        assertThat(pool.awaitTermination(Duration.ofSeconds(30))).isTrue();
    }

    @EachThreadKind
    void workersEnd_whenTheInitializerOfEachFails(ThreadKind kind) throws Exception {
        for (int round = 0; round < 200; round++) {
            WorkerPool pool = WorkerPool.fixed(
                    2,
                    Pools.of(kind)
                            .initializer(() -> {
                                throw new IllegalStateException("of the initializer");
                            })
                            .onFailure((task, failure) -> {}));
            try (TestThreads threads = new TestThreads(kind)) {
                for (int i = 0; i < 2; i++) {
                    threads.start("submitter", () -> {
                        Future<Integer> future;
                        try {
                            future = pool.submit(() -> 42);
                        } catch (BrokenPoolException broken) {
                            return;
                        }
                        assertThatExceptionOfType(ExecutionException.class)
                                .isThrownBy(future::get)
                                .withCauseInstanceOf(BrokenPoolException.class);
                    });
                }
            }
            assertThat(pool.awaitTermination(Duration.ofSeconds(30))).isTrue();
        }
    }
}
