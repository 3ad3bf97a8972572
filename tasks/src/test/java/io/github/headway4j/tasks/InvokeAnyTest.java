// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@link WorkerPool#invokeAny}, whose tasks may fail, be dropped, or come too late. */
class InvokeAnyTest {

    private static final Callable<Integer> FAILS = () -> {
        throw new IllegalStateException("of the task");
    };

    @EachThreadKind
    void tasksOfAPoolThatBreaks_fail(ThreadKind kind) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        PoolOptions options = Pools.of(kind)
                .initializer(() -> {
                    Pools.awaitGate(gate);
                    throw new IllegalStateException("of the initializer");
                })
                .onFailure((task, failure) -> {});
        WorkerPool pool = WorkerPool.fixed(1, options);
        try (TestThreads threads = new TestThreads(kind)) {
            List<Callable<Integer>> tasks = List.of(() -> 1, () -> 2);
            TestThread<Integer> caller = threads.start("caller", () -> pool.invokeAny(tasks));
            caller.awaitParked();
            gate.countDown();
            assertThat(caller.failure())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(BrokenPoolException.class);
        }
        pool.close();
    }

    @EachThreadKind
    void tasksThatAreDropped_endTheWait(ThreadKind kind) {
        CountDownLatch gate = new CountDownLatch(1);
        WorkerPool pool = WorkerPool.fixed(1, Pools.daemons());
        Pools.block(pool, gate);
        try (TestThreads threads = new TestThreads(kind)) {
            List<Callable<Integer>> tasks = List.of(() -> 1, () -> 2);
            TestThread<Integer> caller = threads.start("caller", () -> pool.invokeAny(tasks));
            caller.awaitParked();
            assertThat(pool.close(Duration.ZERO)).isFalse();
            assertThat(caller.failure())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(CancellationException.class);
        }
        gate.countDown();
        pool.close();
    }

    @EachThreadKind
    void firstResult_cancelsWhatIsUnderWay(ThreadKind kind) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Callable<Integer> stuck = () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return 1;
        };
        Callable<Integer> quick = () -> {
            begun.await();
            return 2;
        };
        try (WorkerPool pool = WorkerPool.fixed(2, Pools.of(kind))) {
            assertThat(pool.invokeAny(List.of(FAILS, stuck, quick))).isEqualTo(2);
            assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void nullAsTheFirstResult_isAResult() throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(1)) {
            assertThat(pool.invokeAny(List.<Callable<Integer>>of(FAILS, () -> null)))
                    .isNull();
        }
    }

    @Test
    void failureOfTheLast_isThrown() {
        try (WorkerPool pool = WorkerPool.fixed(1)) {
            Callable<Integer> last = () -> {
                throw new ArithmeticException("of the last");
            };
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> pool.invokeAny(List.of(FAILS, last), 1, TimeUnit.HOURS))
                    .havingCause()
                    .isInstanceOf(ArithmeticException.class);
        }
    }

    @Test
    void pendingInterrupt_isSeen_beforeAnythingIsSubmitted() {
        try (WorkerPool pool = WorkerPool.fixed(1)) {
            List<Callable<Integer>> tasks = List.of(() -> 1);
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> pool.invokeAny(tasks));
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedException.class)
                    .isThrownBy(() -> pool.invokeAny(tasks, 1, TimeUnit.HOURS));
            assertThat(Thread.interrupted()).isFalse();
            assertThat(pool.stats().submitted()).isZero();
        }
    }

    @Test
    void noTasks_orNulls_areRefused_beforeAnythingIsSubmitted() {
        try (WorkerPool pool = WorkerPool.fixed(1)) {
            assertThatIllegalArgumentException().isThrownBy(() -> pool.invokeAny(List.<Callable<Integer>>of()));
            assertThatNullPointerException().isThrownBy(() -> pool.invokeAny(null));
            assertThatNullPointerException().isThrownBy(() -> pool.invokeAny(Arrays.asList(FAILS, null)));
            assertThat(pool.stats().submitted()).isZero();
        }
    }
}
