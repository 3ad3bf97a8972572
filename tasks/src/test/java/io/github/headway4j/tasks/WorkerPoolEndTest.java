// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Rounds;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How a {@link WorkerPool} ends. */
class WorkerPoolEndTest {

    @EachThreadKind
    void close_waitsForAllTasks_andForTheThreads(ThreadKind kind) {
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger ran = new AtomicInteger();
        PoolOptions options = PoolOptions.defaults().threadFactory(worker -> {
            Thread thread = kind.unstarted("worker", worker);
            threads.add(thread);
            return thread;
        });
        WorkerPool pool = WorkerPool.fixed(2, options);
        for (int i = 0; i < 100; i++) {
            pool.execute(ran::incrementAndGet);
        }
        pool.close();
        assertThat(ran).hasValue(100);
        assertThat(pool.isTerminated()).isTrue();
        assertThat(pool.isShutdown()).isTrue();
        Await.until("the last step of the threads", () -> threads.stream().noneMatch(Thread::isAlive));
        pool.close();
    }

    @EachThreadKind
    void close_waitsForTasksThatRun_alsoWhenNoneIsLeftInTheBacklog(ThreadKind kind) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        WorkerPool pool = WorkerPool.fixed(2, Pools.of(kind));
        Pools.block(pool, gate);
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<?> closer = threads.start("closer", () -> pool.close());
            closer.awaitParked();
            assertThat(pool.isTerminated()).isFalse();
            assertThat(pool.awaitTermination(Duration.ZERO)).isFalse();
            gate.countDown();
            closer.join();
        }
        assertThat(pool.isTerminated()).isTrue();
    }

    @Test
    void poolWithoutATask_endsAtOnce() throws Exception {
        WorkerPool pool = WorkerPool.fixed(2);
        assertThat(pool.awaitTermination(0, TimeUnit.SECONDS)).isFalse();
        pool.shutdown();
        assertThat(pool.isTerminated()).isTrue();
        assertThat(pool.awaitTermination(Duration.ZERO)).isTrue();
        assertThat(pool.shutdownNow()).isEmpty();
        assertThat(pool.stats().workers()).isZero();
    }

    @Test
    void afterShutdown_whatComesIsRefused_whatWasThereRuns() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        WorkerPool pool = WorkerPool.fixed(1, Pools.daemons());
        Pools.block(pool, gate);
        Future<Integer> before = pool.submit(() -> 42);
        pool.shutdown();
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.execute(() -> {}));
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.submit(() -> 1));
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> pool.tryExecute(() -> {}, Duration.ofHours(1)));
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.map(List.of(1), x -> x));
        assertThat(pool.tryExecute(() -> {})).isFalse();
        assertThat(pool.isTerminated()).isFalse();
        gate.countDown();
        assertThat(before.get()).isEqualTo(42);
        assertThat(pool.awaitTermination(Duration.ofHours(1))).isTrue();
    }

    @EachThreadKind
    void shutdownNow_interruptsWhatRuns_andHandsBackTheRestInOrder(ThreadKind kind) throws Exception {
        WorkerPool pool = WorkerPool.fixed(2, Pools.of(kind));
        CountDownLatch begun = new CountDownLatch(2);
        AtomicInteger interrupted = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            pool.execute(() -> {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                }
            });
        }
        begun.await();
        Runnable plain = () -> {};
        pool.execute(plain);
        Future<Integer> future = pool.submit(() -> 42);
        List<Runnable> rest = pool.shutdownNow();
        assertThat(rest).hasSize(2);
        assertThat(rest.get(0)).isSameAs(plain);
        assertThat(rest.get(1)).isSameAs(future);
        assertThat(pool.awaitTermination(Duration.ofHours(1))).isTrue();
        assertThat(interrupted).hasValue(2);
        assertThat(future.isDone()).isFalse();
        rest.get(1).run();
        assertThat(future.get()).isEqualTo(42);
    }

    @EachThreadKind
    void shutdownNow_handsBackFirst_whatWasMovedToTheFront(ThreadKind kind) throws Exception {
        WorkerPool pool = WorkerPool.fixed(1, Pools.of(kind));
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        Pools.block(pool, gate);
        pool.execute(() -> {
            begun.countDown();
            Pools.awaitGate(second);
        });
        List<Runnable> tasks = Stream.<Runnable>generate(() -> new FutureTask<>(() -> 42))
                .limit(10)
                .toList();
        tasks.subList(0, 5).forEach(pool::execute);
        gate.countDown();
        begun.await(); // it was moved together with the five behind it
        tasks.subList(5, 10).forEach(pool::execute);
        assertThat(pool.core().front.hasTasks()).isTrue();
        assertThat(pool.shutdownNow()).isEqualTo(tasks);
        second.countDown();
        assertThat(pool.awaitTermination(Duration.ofHours(1))).isTrue();
        assertThat(pool.stats().handedBack()).isEqualTo(10L);
    }

    @Test
    void shutdownAndDrain_leavesAloneWhatRuns() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        WorkerPool pool = WorkerPool.fixed(1, Pools.daemons());
        CountDownLatch begun = new CountDownLatch(1);
        Future<?> running = pool.submit(() -> {
            begun.countDown();
            Pools.awaitGate(gate);
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        begun.await();
        Future<?> next = pool.submit(() -> {});
        List<Runnable> rest = pool.shutdownAndDrain();
        assertThat(rest).hasSize(1);
        assertThat(rest.get(0)).isSameAs(next);
        gate.countDown();
        running.get();
        assertThat(interrupted).isFalse();
        assertThat(pool.awaitTermination(Duration.ofHours(1))).isTrue();
    }

    @EachThreadKind
    void interruptedClose_stopsThePool_waitsOn_andStaysInterrupted(ThreadKind kind) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        List<Runnable> told = Collections.synchronizedList(new ArrayList<>());
        WorkerPool pool = WorkerPool.fixed(1, Pools.daemons().onFailure((task, failure) -> {
            assertThat(failure).isInstanceOf(RejectedExecutionException.class);
            told.add(task);
        }));
        Pools.block(pool, gate);
        Runnable plain = () -> {};
        Future<?> future = pool.submit(() -> {});
        pool.execute(plain);
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> closer = threads.start("closer", () -> {
                pool.close();
                return Thread.interrupted();
            });
            closer.awaitParked();
            closer.interrupt();
            Await.until("the rest to be dropped", () -> future.isCancelled() && told.size() == 1);
            closer.assertStillParked();
            assertThat(told.get(0)).isSameAs(plain);
            gate.countDown();
            assertThat(closer.result()).isTrue();
        }
        assertThat(pool.isTerminated()).isTrue();
    }

    @EachThreadKind
    void pool_isNotTerminated_beforeAllThatIsDroppedHasEnded(ThreadKind kind) {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch telling = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        WorkerPool pool = WorkerPool.fixed(1, Pools.daemons().onFailure((task, failure) -> {
            telling.countDown();
            Pools.awaitGate(told);
        }));
        Pools.block(pool, gate);
        pool.execute(() -> {});
        Future<?> future = pool.submit(() -> {});
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> closer = threads.start("closer", () -> {
                Thread.currentThread().interrupt();
                pool.close();
                return Thread.interrupted();
            });
            Await.until("the handler to be told", () -> telling.getCount() == 0L);
            gate.countDown();
            TestThread<Boolean> other = threads.start("other", () -> {
                pool.close();
                return future.isCancelled();
            });
            Await.until("the worker to end", () -> pool.stats().workers() == 0);
            other.awaitParked();
            assertThat(pool.isTerminated()).isFalse();
            told.countDown();
            assertThat(other.result()).isTrue();
            assertThat(closer.result()).isTrue();
        }
        assertThat(pool.isTerminated()).isTrue();
    }

    @Test
    void boundedClose_endsInTime_whateverTheTasksDo() {
        CountDownLatch gate = new CountDownLatch(1);
        WorkerPool pool = WorkerPool.fixed(1, Pools.daemons());
        Pools.block(pool, gate);
        Future<?> future = pool.submit(() -> {});
        assertThat(pool.close(Duration.ofMillis(5))).isFalse();
        assertThat(future.isCancelled()).isTrue();
        assertThat(pool.isTerminated()).isFalse();
        assertThat(pool.close(Duration.ofSeconds(Long.MIN_VALUE))).isFalse();
        gate.countDown();
        assertThat(pool.close(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
    }

    @Test
    void boundedClose_interruptsWhatDoesNotEndByItself() throws Exception {
        WorkerPool pool = WorkerPool.fixed(1, Pools.daemons());
        Future<?> stuck = pool.submit(() -> {
            new CountDownLatch(1).await();
            return null;
        });
        Await.until("the task to begin", () -> pool.stats().running() == 1);
        pool.shutdown();
        try (TestThreads threads = new TestThreads()) {
            TestThread<Boolean> closer = threads.start("closer", () -> {
                boolean ended = pool.close(Duration.ofHours(1));
                return ended && Thread.interrupted();
            });
            closer.awaitParked();
            closer.interrupt(); // which makes it impatient
            assertThat(closer.result()).isTrue();
        }
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(stuck::get)
                .withCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void closeByATaskOfThePool_isRefused() throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(1)) {
            pool.submit(() -> {
                        assertThatIllegalStateException().isThrownBy(pool::close);
                        assertThatIllegalStateException().isThrownBy(() -> pool.close(Duration.ZERO));
                        assertThat(pool.isShutdown()).isFalse();
                    })
                    .get();
        }
    }

    // ---- races ----

    /** What becomes of the tasks of one round. */
    private static final class Accepted {
        private final WorkerPool pool;
        private final AtomicInteger accepted = new AtomicInteger();
        private final AtomicInteger ran = new AtomicInteger();
        private volatile int handedBack;

        Accepted(PoolOptions options) {
            pool = WorkerPool.fixed(2, options);
        }

        void submit() {
            for (int i = 0; i < 10; i++) {
                try {
                    pool.execute(ran::incrementAndGet);
                    accepted.incrementAndGet();
                } catch (RejectedExecutionException e) {
                    return;
                }
            }
        }

        void check() throws InterruptedException {
            assertThat(pool.awaitTermination(Duration.ofSeconds(30))).isTrue();
            assertThat(ran.get() + handedBack).isEqualTo(accepted.get());
            PoolStats stats = pool.stats();
            assertThat(stats.submitted()).isEqualTo(accepted.get());
            assertThat(stats.succeeded()).isEqualTo(ran.get());
            assertThat(stats.handedBack()).isEqualTo(handedBack);
            assertThat(stats.workers()).isZero();
        }
    }

    @EachThreadKind
    void shutdownAgainstSubmit_whatWasAcceptedRuns(ThreadKind kind) {
        Rounds.of(1_000, () -> new Accepted(Pools.daemons()))
                .body("submitter", Accepted::submit)
                .body("closer", round -> round.pool.shutdown())
                .check(Accepted::check)
                .run(kind);
    }

    @EachThreadKind
    void shutdownNowAgainstSubmit_whatWasAcceptedRunsOrIsHandedBack(ThreadKind kind) {
        Rounds.of(1_000, () -> new Accepted(Pools.daemons()))
                .body("submitter", Accepted::submit)
                .body(
                        "stopper",
                        round -> round.handedBack = round.pool.shutdownNow().size())
                .check(Accepted::check)
                .run(kind);
    }

    @EachThreadKind
    void shutdownAgainstASubmitThatWaitsForRoom(ThreadKind kind) {
        Rounds.of(1_000, () -> new Accepted(Pools.daemons().backlog(1)))
                .body("submitter", Accepted::submit)
                .body(
                        "stopper",
                        round -> round.handedBack = round.pool.shutdownNow().size())
                .check(Accepted::check)
                .run(kind);
    }
}
