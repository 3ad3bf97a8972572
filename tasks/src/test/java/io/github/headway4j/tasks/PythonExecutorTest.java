// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.ThreadKind;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What CPython's tests of {@code ThreadPoolExecutor} show, by number. */
class PythonExecutorTest {

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @Test
    @Python("F21")
    void submit_givesTheValue() throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(2)) {
            int base = 2;
            assertThat(pool.submit(() -> (int) Math.pow(base, 8)).get()).isEqualTo(256);
        }
    }

    @EachThreadKind
    @Python("F22")
    void map_equalsALoop_alsoInChunksOfThree(ThreadKind kind) throws Exception {
        List<Integer> squares = numbers(10).stream().map(x -> x * x).toList();
        try (WorkerPool pool = WorkerPool.fixed(5, Pools.of(kind))) {
            assertThat(pool.map(numbers(10), x -> x * x)).isEqualTo(squares);
            assertThat(pool.map(numbers(10), 3, x -> x * x)).isEqualTo(squares);
        }
    }

    @Test
    @Python("F23")
    void map_throwsWhatTheFunctionThrows() {
        try (WorkerPool pool = WorkerPool.fixed(2)) {
            assertThatExceptionOfType(ArithmeticException.class)
                    .isThrownBy(() -> pool.map(List.of(1, 1, 0, 1), x -> 1 / x));
        }
    }

    @Test
    @Python("F25")
    void submitAfterShutdown_isRefused() {
        WorkerPool pool = WorkerPool.fixed(1);
        pool.shutdown();
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.submit(() -> 1));
    }

    @EachThreadKind
    @Python("F26")
    void fiftyQueuedTasks_endAfterShutdown(ThreadKind kind) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        WorkerPool pool = WorkerPool.fixed(5, Pools.of(kind));
        Pools.block(pool, gate);
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            futures.add(pool.submit(() -> number));
        }
        pool.shutdown();
        gate.countDown();
        assertThat(pool.awaitTermination(Duration.ofHours(1))).isTrue();
        for (int i = 0; i < 50; i++) {
            assertThat(futures.get(i).get()).isEqualTo(i);
        }
    }

    @Test
    @Python("F27")
    void cancelFutures_cancelsWhatHasNotBegun_andLetsTheRestEnd() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        WorkerPool pool = WorkerPool.fixed(5, Pools.daemons());
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            futures.add(pool.submit(() -> Pools.awaitGate(gate)));
        }
        Await.until("five to begin", () -> pool.stats().running() == 5);
        for (Runnable task : pool.shutdownAndDrain()) {
            ((Future<?>) task).cancel(false);
        }
        gate.countDown();
        pool.close();
        assertThat(futures).filteredOn(Future::isCancelled).hasSize(45);
        for (Future<?> future : futures) {
            assertThat(future.isDone()).isTrue();
            if (!future.isCancelled()) {
                assertThat(future.get()).isNull();
            }
        }
    }

    @Test
    @Python("F28")
    void shutdownWithAFutureJustCancelled_doesNotHang() {
        for (int i = 0; i < 200; i++) {
            WorkerPool pool = WorkerPool.fixed(1);
            pool.submit(() -> 1).cancel(false);
            pool.close();
            assertThat(pool.isTerminated()).isTrue();
        }
    }

    @Test
    @Python("F29")
    void shutdownWithoutWaiting_letsTasksComplete() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        WorkerPool pool = WorkerPool.fixed(5, Pools.daemons());
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = -5; i < 5; i++) {
            int number = i;
            futures.add(pool.submit(() -> {
                Pools.awaitGate(gate);
                return Math.abs(number);
            }));
        }
        pool.shutdown();
        gate.countDown();
        for (int i = -5; i < 5; i++) {
            assertThat(futures.get(i + 5).get()).isEqualTo(Math.abs(i));
        }
    }

    @Test
    @Python("F30")
    void numberOfWorkers_isPositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> WorkerPool.fixed(0));
        assertThatIllegalArgumentException().isThrownBy(() -> WorkerPool.fixed(-1));
    }

    @EachThreadKind
    @Python("F31")
    void initializer_isSeenByAllTasks(ThreadKind kind) throws Exception {
        ThreadLocal<String> status = ThreadLocal.withInitial(() -> "uninitialized");
        PoolOptions options = Pools.of(kind).initializer(() -> status.set("initialized"));
        try (WorkerPool pool = WorkerPool.fixed(5, options)) {
            for (String found : pool.map(numbers(100), 1, x -> status.get())) {
                assertThat(found).isEqualTo("initialized");
            }
        }
    }

    @Test
    @Python("F32")
    void failingInitializer_breaksThePool() {
        List<Throwable> told = new CopyOnWriteArrayList<>();
        ArithmeticException failure = new ArithmeticException("of the initializer");
        PoolOptions options = PoolOptions.defaults()
                .initializer(() -> {
                    throw failure;
                })
                .onFailure((task, thrown) -> told.add(thrown));
        WorkerPool pool = WorkerPool.fixed(1, options);
        try {
            Future<?> future = pool.submit(() -> {});
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(future::get)
                    .withCauseInstanceOf(BrokenPoolException.class);
        } catch (BrokenPoolException atOnce) {
            assertThat(atOnce).hasCause(failure);
        }
        Await.until("the pool to break", pool::isShutdown);
        assertThatExceptionOfType(BrokenPoolException.class).isThrownBy(() -> pool.submit(() -> {}));
        pool.close();
        assertThat(told).containsExactly(failure);
    }

    @Test
    @Python("F33")
    void resultThatNobodyHolds_isCollected_andSoAreArguments() throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(1)) {
            WeakReference<Object> result =
                    new WeakReference<>(pool.submit(Object::new).get());
            Await.until("the result to be collected", () -> gone(result));
            WeakReference<Object> argument = given(pool);
            Await.until("the argument to be collected", () -> gone(argument));
        }
    }

    private static WeakReference<Object> given(WorkerPool pool) throws Exception {
        Object argument = new Object();
        pool.submit(() -> argument.hashCode()).get();
        return new WeakReference<>(argument);
    }

    private static boolean gone(WeakReference<?> reference) {
        System.gc();
        return reference.get() == null;
    }

    @Test
    @Python("F34")
    void map_doesItsWork_whateverBecomesOfTheResult() throws Exception {
        Set<Integer> seen = Collections.synchronizedSet(new HashSet<>());
        try (WorkerPool pool = WorkerPool.fixed(2)) {
            pool.map(numbers(10), seen::add);
            assertThat(seen).hasSize(10);
        }
    }

    @EachThreadKind
    @Python("F35")
    void saturatedPool_hasExactlyItsNumberOfThreads(ThreadKind kind) {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger made = new AtomicInteger();
        PoolOptions options = PoolOptions.defaults().threadFactory(worker -> {
            made.incrementAndGet();
            return kind.unstarted("worker", worker);
        });
        try (WorkerPool pool = WorkerPool.fixed(4, options)) {
            for (int i = 0; i < 60; i++) {
                pool.execute(() -> Pools.awaitGate(gate));
            }
            Await.until("four to begin", () -> pool.stats().running() == 4);
            assertThat(made).hasValue(4);
            assertThat(pool.stats().workers()).isEqualTo(4);
            gate.countDown();
        }
    }

    @EachThreadKind
    @Python("F36")
    void oneTaskAfterTheOther_reusesOneThread(ThreadKind kind) throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(4, Pools.of(kind))) {
            for (int i = 0; i < 1_000; i++) {
                pool.submit(() -> 42).get();
            }
            assertThat(pool.stats().workers()).isEqualTo(1);
        }
    }

    @Test
    @Python("F37")
    void threads_haveTheNameOfThePool_andANumber() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (WorkerPool named = WorkerPool.fixed(3, Pools.daemons().name("SpecialPool"));
                WorkerPool other = WorkerPool.fixed(1)) {
            Pools.block(named, gate);
            gate.countDown();
            Set<String> names = Collections.synchronizedSet(new HashSet<>());
            named.map(numbers(1_000), 1, x -> names.add(Thread.currentThread().getName()));
            assertThat(names).isSubsetOf("SpecialPool-0", "SpecialPool-1", "SpecialPool-2");
            assertThat(other.submit(() -> Thread.currentThread().getName()).get())
                    .matches("worker-pool-[0-9]+-0");
        }
    }

    @Test
    @Python("F38")
    void tryWithResources_computesAll_andEndsTheThreads() throws Exception {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        PoolOptions options = PoolOptions.defaults().threadFactory(worker -> {
            Thread thread = new Thread(worker);
            threads.add(thread);
            return thread;
        });
        List<Integer> absolute;
        try (WorkerPool pool = WorkerPool.fixed(5, options)) {
            absolute = pool.map(List.of(-5, -4, -3, -2, -1), 1, Math::abs);
        }
        assertThat(absolute).containsExactly(5, 4, 3, 2, 1);
        for (Thread thread : threads) {
            thread.join(30_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    @Python("F40")
    void defaultNumberOfWorkers_dependsOnTheMachine() {
        try (WorkerPool pool = WorkerPool.perProcessor()) {
            assertThat(pool.size()).isEqualTo(Runtime.getRuntime().availableProcessors());
        }
    }
}
