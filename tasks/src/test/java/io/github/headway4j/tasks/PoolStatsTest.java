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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The figures of a {@link WorkerPool}. */
class PoolStatsTest {

    @Test
    void everyTask_isCountedWhereItIs() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        WorkerPool pool = WorkerPool.fixed(2, Pools.daemons().onFailure((task, failure) -> {}));
        assertThat(pool.stats()).isEqualTo(new PoolStats(0, 0, 0, 0L, 0L, 0L, 0L, 0L, 0L, false));
        Pools.block(pool, gate);
        Future<?> good = pool.submit(() -> {});
        Future<?> bad = pool.submit(() -> {
            throw new Exception("of the task");
        });
        pool.submit(() -> {}).cancel(false);
        pool.execute(() -> {
            throw new IllegalStateException("of the task");
        });
        assertThat(pool.stats()).isEqualTo(new PoolStats(2, 4, 2, 6L, 0L, 0L, 0L, 0L, 0L, false));
        gate.countDown();
        Await.until(
                "the tasks to end", () -> pool.stats().running() + pool.stats().queued() == 0);
        assertThat(pool.stats()).isEqualTo(new PoolStats(2, 0, 0, 6L, 3L, 2L, 1L, 0L, 0L, false));
        assertThat(good.isDone() && bad.isDone()).isTrue();
        CountDownLatch second = new CountDownLatch(1);
        Pools.block(pool, second);
        pool.execute(() -> {});
        pool.shutdownNow();
        assertThat(pool.stats()).isEqualTo(new PoolStats(2, 0, 2, 9L, 3L, 2L, 1L, 1L, 0L, true));
        second.countDown();
        pool.close();
        assertThat(pool.stats()).isEqualTo(new PoolStats(0, 0, 0, 9L, 5L, 2L, 1L, 1L, 0L, true));
    }

    @EachThreadKind
    void whoHasWaitedForATask_findsItCounted(ThreadKind kind) throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(1, Pools.of(kind))) {
            for (long i = 1; i <= 2_000L; i++) {
                pool.submit(() -> 1).get();
                PoolStats stats = pool.stats();
                assertThat(stats.succeeded()).isEqualTo(i);
                assertThat(stats.running()).isZero();
            }
            Future<?> failed = pool.submit(() -> {
                throw new Exception("of the task");
            });
            assertThatExceptionOfType(ExecutionException.class).isThrownBy(failed::get);
            assertThat(pool.stats().failed()).isEqualTo(1L);
        }
    }

    @Test
    void figures_areOfOneMoment_whileTasksComeAndGo() {
        AtomicBoolean over = new AtomicBoolean();
        try (WorkerPool pool = WorkerPool.fixed(2);
                TestThreads threads = new TestThreads()) {
            TestThread<?> submitter = threads.start("submitter", () -> {
                while (!over.get()) {
                    for (int i = 0; i < 100; i++) {
                        pool.execute(() -> {});
                    }
                    while (pool.stats().queued() > 100) {
                        Thread.yield();
                    }
                }
            });
            Await.until("both workers to be at work", () -> pool.stats().workers() == 2);
            long before = 0L;
            for (int i = 0; i < 30_000; i++) {
                PoolStats stats = pool.stats();
                assertThat(stats.submitted())
                        .isEqualTo(stats.queued()
                                + stats.running()
                                + stats.succeeded()
                                + stats.failed()
                                + stats.leftOut()
                                + stats.handedBack());
                assertThat(stats.running()).isBetween(0, 2);
                assertThat(stats.succeeded()).isGreaterThanOrEqualTo(before);
                before = stats.succeeded();
            }
            over.set(true);
            submitter.join();
        }
    }

    @EachThreadKind
    void figures_areOfOneMoment_whileWorkersEnd(ThreadKind kind) {
        Rounds.of(2_000, () -> WorkerPool.fixed(2, Pools.daemons()))
                .body("closer", pool -> {
                    pool.execute(() -> {});
                    pool.execute(() -> {});
                    pool.shutdown();
                })
                .body("looker", pool -> {
                    while (!pool.isTerminated()) {
                        PoolStats stats = pool.stats();
                        assertThat(stats.running()).isBetween(0, stats.workers());
                        Thread.yield();
                    }
                })
                .check(WorkerPool::close)
                .run(kind);
    }
}
