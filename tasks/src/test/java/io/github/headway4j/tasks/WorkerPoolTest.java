// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A {@link WorkerPool} as an executor. */
class WorkerPoolTest {

    @EachThreadKind
    void submit_givesTheResult_orTheFailure(ThreadKind kind) throws Exception {
        Exception failure = new Exception("of the task");
        try (WorkerPool pool = WorkerPool.fixed(2, Pools.of(kind))) {
            assertThat(pool.submit(() -> 42).get()).isEqualTo(42);
            assertThat(pool.submit(() -> {}).get()).isNull();
            assertThat(pool.submit(() -> {}, "given").get()).isEqualTo("given");
            Future<?> failed = pool.submit(() -> {
                throw failure;
            });
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(failed::get)
                    .havingCause()
                    .isSameAs(failure);
        }
    }

    @Test
    void oneWorker_runsTasksInTheOrderOfTheirSubmission() {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        try (WorkerPool pool = WorkerPool.fixed(1)) {
            for (int i = 0; i < 1_000; i++) {
                int number = i;
                pool.execute(() -> order.add(number));
            }
        }
        assertThat(order).hasSize(1_000).isSorted();
    }

    @EachThreadKind
    void tasksThatWaitForEachOther_eachGetAWorker(ThreadKind kind) throws Exception {
        for (int round = 0; round < 200; round++) {
            try (WorkerPool pool = WorkerPool.fixed(3, Pools.of(kind));
                    TestThreads threads = new TestThreads(kind)) {
                CountDownLatch together = new CountDownLatch(3);
                for (int i = 0; i < 3; i++) {
                    threads.start(
                            "submitter",
                            () -> pool.submit(() -> {
                                        together.countDown();
                                        together.await();
                                        return null;
                                    })
                                    .get());
                }
            }
        }
    }

    @EachThreadKind
    void tasksThatMeetTheNextOne_doSo_alsoBehindManyShortOnes(ThreadKind kind) throws Exception {
        CyclicBarrier pair = new CyclicBarrier(2);
        try (WorkerPool pool = WorkerPool.fixed(2, Pools.of(kind))) {
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < 10_000; i++) {
                    pool.execute(() -> {});
                }
                List<Future<Integer>> met = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    met.add(pool.submit(() -> pair.await()));
                }
                for (Future<Integer> future : met) {
                    assertThat(future.get(30, TimeUnit.SECONDS)).isBetween(0, 1);
                }
            }
        }
    }

    @Test
    void executeThatFails_isReportedToTheHandler_andTheWorkerGoesOn() throws Exception {
        AtomicReference<Throwable> told = new AtomicReference<>();
        AtomicReference<Runnable> of = new AtomicReference<>();
        Error failure = new StackOverflowError("of the task");
        PoolOptions options = PoolOptions.defaults().onFailure((task, thrown) -> {
            of.set(task);
            told.set(thrown);
        });
        Runnable failing = () -> {
            throw failure;
        };
        try (WorkerPool pool = WorkerPool.fixed(1, options)) {
            Thread before = pool.submit(Thread::currentThread).get();
            pool.execute(failing);
            assertThat(pool.submit(Thread::currentThread).get()).isSameAs(before);
        }
        assertThat(told.get()).isSameAs(failure);
        assertThat(of.get()).isSameAs(failing);
    }

    @Test
    void executeThatFails_goesToTheHandlerOfTheThread_ifNoneWasChosen() {
        AtomicReference<Throwable> told = new AtomicReference<>();
        RuntimeException failure = new RuntimeException("of the task");
        PoolOptions options = PoolOptions.defaults().threadFactory(worker -> {
            Thread thread = new Thread(worker);
            thread.setUncaughtExceptionHandler((t, thrown) -> told.set(thrown));
            return thread;
        });
        try (WorkerPool pool = WorkerPool.fixed(1, options)) {
            pool.execute(() -> {
                throw failure;
            });
        }
        assertThat(told.get()).isSameAs(failure);
    }

    @Test
    void handlerThatThrows_isReportedToTheThread_withWhatItWasTold() {
        AtomicReference<Throwable> told = new AtomicReference<>();
        RuntimeException failure = new RuntimeException("of the task");
        IllegalStateException second = new IllegalStateException("of the handler");
        PoolOptions options = PoolOptions.defaults()
                .threadFactory(worker -> {
                    Thread thread = new Thread(worker);
                    thread.setUncaughtExceptionHandler((t, thrown) -> told.set(thrown));
                    return thread;
                })
                .onFailure((task, thrown) -> {
                    throw second;
                });
        try (WorkerPool pool = WorkerPool.fixed(1, options)) {
            pool.execute(() -> {
                throw failure;
            });
        }
        assertThat(told.get()).isSameAs(second).hasSuppressedException(failure);
    }

    @EachThreadKind
    void interruptThatATaskLeaves_doesNotReachTheNextOne(ThreadKind kind) throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(1, Pools.of(kind))) {
            pool.submit(() -> Thread.currentThread().interrupt()).get();
            assertThat(pool.submit(() -> Thread.currentThread().isInterrupted()).get())
                    .isFalse();
            CountDownLatch gate = new CountDownLatch(1);
            Pools.block(pool, gate);
            pool.execute(() -> Thread.currentThread().interrupt());
            Future<Boolean> next = pool.submit(() -> Thread.currentThread().isInterrupted());
            gate.countDown();
            assertThat(next.get()).isFalse();
        }
    }

    @EachThreadKind
    void taskThatWaitsForOneThatHasNotBegun_runsIt(ThreadKind kind) throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(1, Pools.of(kind))) {
            Future<Integer> outer = pool.submit(() -> {
                Future<Integer> inner = pool.submit(() -> pool.submit(() -> 20).get() + 1);
                return 2 * inner.get();
            });
            assertThat(outer.get(30, TimeUnit.SECONDS)).isEqualTo(42);
            Await.until("the turns of the inner ones", () -> pool.stats().queued() == 0);
            assertThat(pool.stats().leftOut()).isEqualTo(2L);
        }
    }

    @Test
    void invokeAll_andInvokeAny() throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(2)) {
            List<Callable<Integer>> tasks = List.of(() -> 1, () -> 2, () -> 3);
            List<Future<Integer>> all = pool.invokeAll(tasks);
            assertThat(all).allMatch(Future::isDone);
            assertThat(all.get(2).get()).isEqualTo(3);
            assertThat(pool.invokeAll(tasks, 1, TimeUnit.HOURS).get(1).get()).isEqualTo(2);
            List<Callable<Integer>> oneWorks = List.of(
                    () -> {
                        throw new Exception("no");
                    },
                    () -> 7);
            assertThat(pool.invokeAny(oneWorks)).isEqualTo(7);
            assertThat(pool.invokeAny(oneWorks, 1, TimeUnit.HOURS)).isEqualTo(7);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> pool.invokeAny(List.of(oneWorks.get(0))));
        }
    }

    @Test
    void invokeAll_outOfTime_cancelsTheRest() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (WorkerPool pool = WorkerPool.fixed(1)) {
            Callable<Integer> waits = () -> {
                gate.await();
                return 1;
            };
            List<Future<Integer>> all = pool.invokeAll(List.of(waits, waits), 10, TimeUnit.MILLISECONDS);
            assertThat(all).allMatch(Future::isCancelled);
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> pool.invokeAny(List.of(waits), 10, TimeUnit.MILLISECONDS));
        }
    }

    @Test
    void invokeAll_interruptedWhileItWaitsForRoom_throwsInterruptedException() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (WorkerPool pool = WorkerPool.fixed(1, Pools.daemons().backlog(1));
                TestThreads threads = new TestThreads()) {
            Pools.block(pool, gate);
            List<Callable<Integer>> tasks = List.of(() -> 1, () -> 2, () -> 3);
            TestThread<?> all = threads.start("all", () -> pool.invokeAll(tasks));
            TestThread<?> any = threads.start("any", () -> pool.invokeAny(tasks));
            all.awaitParked();
            any.awaitParked();
            all.interrupt();
            assertThat(all.failure()).isInstanceOf(InterruptedException.class);
            any.interrupt();
            assertThat(any.failure()).isInstanceOf(InterruptedException.class);
            gate.countDown();
        }
    }

    @Test
    void completableFutures_useItAsAnExecutor() throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(2)) {
            CompletableFuture<Integer> sum = CompletableFuture.supplyAsync(() -> 20, pool)
                    .thenCombineAsync(CompletableFuture.supplyAsync(() -> 22, pool), Integer::sum, pool);
            assertThat(sum.get()).isEqualTo(42);
        }
    }

    // ---- back-pressure ----

    @Test
    void fullBacklog_ofAPoolThatRejects() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        PoolOptions options = Pools.daemons().backlog(2).whenFull(WhenFull.REJECT);
        try (WorkerPool pool = WorkerPool.fixed(1, options)) {
            Pools.block(pool, gate);
            AtomicInteger ran = new AtomicInteger();
            pool.execute(ran::incrementAndGet);
            pool.execute(ran::incrementAndGet);
            assertThatExceptionOfType(RejectedExecutionException.class)
                    .isThrownBy(() -> pool.execute(ran::incrementAndGet));
            assertThat(pool.tryExecute(ran::incrementAndGet)).isFalse();
            assertThat(pool.tryExecute(ran::incrementAndGet, Duration.ZERO)).isFalse();
            gate.countDown();
            pool.close();
            assertThat(ran).hasValue(2);
        }
    }

    @Test
    void refusal_doesNotWaitForAMomentWithoutWork() {
        CountDownLatch gate = new CountDownLatch(1);
        PoolOptions options = Pools.daemons().name("mill").backlog(1).whenFull(WhenFull.REJECT);
        try (WorkerPool pool = WorkerPool.fixed(1, options);
                TestThreads threads = new TestThreads()) {
            Pools.block(pool, gate);
            pool.execute(() -> {});
            PoolFigures figures = pool.core().figures;
            figures.beginTakingBack(); // until the end of which there are no figures
            TestThread<?> full = threads.start("full", () -> pool.execute(() -> {}));
            assertThat(full.failure())
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageStartingWith("pool mill has no room");
            pool.shutdown();
            TestThread<?> late = threads.start("late", () -> pool.execute(() -> {}));
            assertThat(late.failure())
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageStartingWith("pool mill is shut down");
            figures.endTakingBack(0);
            gate.countDown();
        }
    }

    @Test
    void fullBacklog_ofAPoolWhoseCallersRunTasks() {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicReference<Throwable> told = new AtomicReference<>();
        PoolOptions options = Pools.daemons()
                .backlog(1)
                .whenFull(WhenFull.CALLER_RUNS)
                .onFailure((task, failure) -> told.set(failure));
        try (WorkerPool pool = WorkerPool.fixed(1, options)) {
            Pools.block(pool, gate);
            pool.execute(() -> {});
            AtomicReference<Thread> by = new AtomicReference<>();
            pool.execute(() -> by.set(Thread.currentThread()));
            assertThat(by.get()).isSameAs(Thread.currentThread());
            RuntimeException failure = new RuntimeException("of the task");
            pool.execute(() -> {
                throw failure;
            });
            assertThat(told.get()).isSameAs(failure);
            assertThat(pool.stats().ranInCaller()).isEqualTo(2L);
            gate.countDown();
        }
    }

    @EachThreadKind
    void tasksThatFillTheBacklogOfTheirOwnPool_doNotWaitForThemselves(ThreadKind kind) throws Exception {
        for (int workers = 1; workers <= 2; workers++) {
            AtomicInteger ran = new AtomicInteger();
            try (WorkerPool pool = WorkerPool.fixed(workers, Pools.of(kind).backlog(1))) {
                pool.submit(() -> {
                            for (int i = 0; i < 100; i++) {
                                pool.execute(ran::incrementAndGet);
                            }
                        })
                        .get();
            }
            assertThat(ran).hasValue(100);
        }
    }

    @Test
    void fullBacklog_fromWhichATaskWasTaken_hasRoomForOne() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        try (WorkerPool pool = WorkerPool.fixed(1, Pools.daemons().backlog(4))) {
            Pools.block(pool, gate);
            pool.execute(() -> {
                begun.countDown();
                Pools.awaitGate(second);
            });
            for (int i = 0; i < 3; i++) {
                assertThat(pool.tryExecute(() -> {})).isTrue();
            }
            assertThat(pool.tryExecute(() -> {})).isFalse();
            gate.countDown();
            begun.await();
            assertThat(pool.tryExecute(() -> {})).isTrue();
            assertThat(pool.tryExecute(() -> {})).isFalse();
            second.countDown();
        }
    }

    @Test
    void producerWaits_untilThereIsRoom() {
        CountDownLatch gate = new CountDownLatch(1);
        try (WorkerPool pool = WorkerPool.fixed(1, Pools.daemons().backlog(1));
                TestThreads threads = new TestThreads()) {
            Pools.block(pool, gate);
            pool.execute(() -> {});
            TestThread<?> producer = threads.start("producer", () -> pool.execute(() -> {}));
            producer.awaitParked();
            assertThat(pool.stats().queued()).isEqualTo(1);
            gate.countDown();
            producer.join();
        }
    }

    // ---- arguments ----

    @Test
    void badArguments_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorkerPool.fixed(-1))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> Pools.daemons().backlog(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Pools.daemons().backlog(Integer.MAX_VALUE));
        try (WorkerPool pool = WorkerPool.fixed(1)) {
            assertThatNullPointerException().isThrownBy(() -> pool.execute(null));
            assertThatNullPointerException().isThrownBy(() -> pool.tryExecute(null));
            assertThatNullPointerException().isThrownBy(() -> pool.tryExecute(null, Duration.ZERO));
            assertThatNullPointerException().isThrownBy(() -> pool.submit((Callable<?>) null));
            assertThatNullPointerException().isThrownBy(() -> pool.submit((Runnable) null));
            assertThatNullPointerException().isThrownBy(() -> pool.map(List.of(1), null));
            assertThatNullPointerException().isThrownBy(() -> pool.map(null, x -> x));
            assertThatNullPointerException().isThrownBy(() -> pool.close(null));
            assertThatIllegalArgumentException().isThrownBy(() -> pool.map(List.of(1), 0, x -> x));
            assertThat(pool.stats().submitted()).isZero();
            assertThat(pool.stats().workers()).isZero();
        }
        PoolOptions options = PoolOptions.defaults();
        assertThatNullPointerException().isThrownBy(() -> options.name(null));
        assertThatNullPointerException().isThrownBy(() -> options.threadFactory(null));
        assertThatNullPointerException().isThrownBy(() -> options.initializer(null));
        assertThatNullPointerException().isThrownBy(() -> options.whenFull(null));
        assertThatNullPointerException().isThrownBy(() -> options.onFailure(null));
        assertThatNullPointerException().isThrownBy(() -> WorkerPool.fixed(1, null));
    }

    @Test
    void toString_tellsNameAndFigures() {
        CountDownLatch gate = new CountDownLatch(1);
        WorkerPool pool = WorkerPool.fixed(2, Pools.daemons().name("mill"));
        assertThat(pool.toString()).matches("WorkerPool@[0-9a-f]+\\[mill, 0 of 2 workers, 0 running, 0 queued\\]");
        Pools.block(pool, gate);
        Future<?> waiting = pool.submit(() -> {});
        assertThat(pool.toString()).contains("2 of 2 workers, 2 running, 1 queued");
        pool.shutdown();
        assertThat(pool.toString()).contains("shut down]");
        waiting.cancel(false);
        gate.countDown();
        pool.close();
        assertThat(pool.toString()).contains("0 of 2 workers, 0 running, 0 queued, terminated]");
        assertThatExceptionOfType(CancellationException.class).isThrownBy(waiting::get);
    }
}
