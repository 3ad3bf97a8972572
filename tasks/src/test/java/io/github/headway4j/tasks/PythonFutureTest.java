// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * What CPython's tests of futures show, by number: with the futures of a {@link WorkerPool}, and with the JDK's {@code
 * CompletableFuture} and {@code ExecutorCompletionService} on top of one.
 */
class PythonFutureTest {

    /** One future of each state: not begun, running, cancelled, failed, done. */
    private static final class States implements AutoCloseable {
        private final CountDownLatch gate = new CountDownLatch(1);
        private final CountDownLatch begun = new CountDownLatch(1);
        private final WorkerPool pool = WorkerPool.fixed(1, Pools.daemons());
        private final Future<Integer> done = pool.submit(() -> 42);
        private final Future<Integer> failed = pool.submit(() -> {
            throw new IllegalStateException("of the task");
        });
        private final Future<Integer> running = pool.submit(() -> {
            begun.countDown();
            Pools.awaitGate(gate);
            return 43;
        });
        private final Future<Integer> pending = pool.submit(() -> 44);
        private final Future<Integer> cancelled = pool.submit(() -> 45);

        States() {
            cancelled.cancel(false);
            Await.until("the states", () -> begun.getCount() == 0L);
        }

        @Override
        public void close() {
            gate.countDown();
            pool.close();
        }
    }

    @Test
    @Python("F1")
    void callback_isCalledOnResult_onFailure_andOnCancel() throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(1)) {
            AtomicReference<Integer> result = new AtomicReference<>();
            CompletableFuture.supplyAsync(() -> 42, pool)
                    .whenComplete((value, failure) -> result.set(value))
                    .get();
            assertThat(result).hasValue(42);
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            IllegalStateException failure = new IllegalStateException("of the task");
            CompletableFuture<Integer> failing = CompletableFuture.supplyAsync(
                    () -> {
                        throw failure;
                    },
                    pool);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() ->
                            failing.whenComplete((value, t) -> thrown.set(t)).get());
            assertThat(thrown.get()).isInstanceOf(CompletionException.class).hasCause(failure);
            AtomicReference<Throwable> cancellation = new AtomicReference<>();
            CompletableFuture<Integer> never = new CompletableFuture<>();
            never.whenComplete((value, t) -> cancellation.set(t));
            assertThat(never.cancel(false)).isTrue();
            assertThat(cancellation.get()).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    @Python("F2")
    void callbackThatThrows_doesNotKeepOthersFromBeingCalled_andIsNotLost() {
        CompletableFuture<Integer> future = new CompletableFuture<>();
        AtomicInteger called = new AtomicInteger();
        IllegalStateException failure = new IllegalStateException("of the callback");
        CompletableFuture<Integer> throwing = future.whenComplete((value, t) -> {
            throw failure;
        });
        future.whenComplete((value, t) -> called.incrementAndGet());
        future.complete(42);
        assertThat(called).hasValue(1);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(throwing::get)
                .withCause(failure);
    }

    @Test
    @Python("F3")
    void callbackOnADoneFuture_isCalledAtOnce() {
        AtomicReference<Thread> by = new AtomicReference<>();
        CompletableFuture.completedFuture(42).whenComplete((value, t) -> by.set(Thread.currentThread()));
        assertThat(by.get()).isSameAs(Thread.currentThread());
        by.set(null);
        CompletableFuture.failedFuture(new Exception("given"))
                .whenComplete((value, t) -> by.set(Thread.currentThread()));
        assertThat(by.get()).isSameAs(Thread.currentThread());
        by.set(null);
        CompletableFuture<Integer> cancelled = new CompletableFuture<>();
        cancelled.cancel(false);
        cancelled.whenComplete((value, t) -> by.set(Thread.currentThread()));
        assertThat(by.get()).isSameAs(Thread.currentThread());
    }

    @Test
    @Python("F4")
    void cancel_ofEachState() {
        try (States states = new States()) {
            assertThat(states.pending.cancel(false)).isTrue();
            assertThat(states.cancelled.cancel(false)).as("again").isTrue();
            assertThat(states.done.cancel(false)).isFalse();
            assertThat(states.failed.cancel(false)).isFalse();
            assertThat(states.running.cancel(false)).as("unlike Python's").isTrue();
            assertThat(states.done.isCancelled()).isFalse();
            assertThat(states.failed.isCancelled()).isFalse();
        }
    }

    @Test
    @Python("F5")
    void doneAndCancelled_ofEachState() {
        try (States states = new States()) {
            assertThat(List.of(states.done, states.failed, states.cancelled)).allMatch(Future::isDone);
            assertThat(List.of(states.running, states.pending)).noneMatch(Future::isDone);
            assertThat(states.cancelled.isCancelled()).isTrue();
            assertThat(List.of(states.done, states.failed, states.running, states.pending))
                    .noneMatch(Future::isCancelled);
        }
    }

    @Test
    @Python("F6")
    void resultWithoutWaiting_ofEachState() throws Exception {
        try (States states = new States()) {
            assertThat(states.done.get(0, TimeUnit.SECONDS)).isEqualTo(42);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> states.failed.get(0, TimeUnit.SECONDS))
                    .withCauseInstanceOf(IllegalStateException.class);
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> states.cancelled.get(0, TimeUnit.SECONDS));
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> states.running.get(0, TimeUnit.SECONDS));
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> states.pending.get(0, TimeUnit.SECONDS));
        }
    }

    @EachThreadKind
    @Python("F7")
    void waiter_getsALateResult_aLateFailure_andALateCancel(ThreadKind kind) {
        try (States states = new States();
                TestThreads threads = new TestThreads(kind)) {
            Future<Integer> failing = states.pool.submit(() -> {
                throw new IllegalStateException("late");
            });
            TestThread<Integer> result = threads.start("result", () -> states.running.get());
            TestThread<Integer> failure = threads.start("failure", () -> failing.get());
            TestThread<Integer> cancel = threads.start("cancel", () -> states.pending.get());
            result.awaitParked();
            failure.awaitParked();
            cancel.awaitParked();
            states.pending.cancel(false);
            assertThat(cancel.failure()).isInstanceOf(CancellationException.class);
            states.gate.countDown();
            assertThat(result.result()).isEqualTo(43);
            assertThat(failure.failure())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    @Python("F8")
    void secondResult_isRefused_andTheFirstKept() throws Exception {
        CompletableFuture<Integer> future = new CompletableFuture<>();
        assertThat(future.complete(1)).isTrue();
        assertThat(future.complete(2)).isFalse();
        assertThat(future.completeExceptionally(new Exception("late"))).isFalse();
        assertThat(future.get()).isEqualTo(1);
    }

    @Test
    @Python("F9")
    void text_tellsTheState_andTheTypeOfWhatCame() {
        try (States states = new States()) {
            assertThat(states.pending).asString().contains("not begun");
            assertThat(states.running).asString().contains("running");
            assertThat(states.cancelled).asString().contains("cancelled");
            assertThat(states.failed).asString().contains("failed with java.lang.IllegalStateException");
            assertThat(states.done).asString().contains("done with java.lang.Integer");
        }
    }

    @Test
    @Python("F11")
    void firstCompleted_isAnyOf() throws Exception {
        CompletableFuture<Integer> done = CompletableFuture.completedFuture(42);
        CompletableFuture<Integer> never = new CompletableFuture<>();
        assertThat(CompletableFuture.anyOf(never, done).get()).isEqualTo(42);
        assertThat(never).isNotDone();
    }

    @Test
    @Python("F14")
    void allCompleted_isAllOf() {
        CompletableFuture<Integer> failed = CompletableFuture.failedFuture(new IllegalStateException("of one"));
        CompletableFuture<Integer> late = new CompletableFuture<>();
        CompletableFuture<Void> all = CompletableFuture.allOf(failed, late);
        assertThat(all).isNotDone();
        late.complete(1);
        assertThat(all).isCompletedExceptionally();
    }

    @EachThreadKind
    @Python({"F16", "F17"})
    void asCompleted_isACompletionService(ThreadKind kind) throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(4, Pools.of(kind))) {
            ExecutorCompletionService<Integer> completed = new ExecutorCompletionService<>(pool);
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int number = i;
                futures.add(completed.submit(() -> number));
            }
            Set<Integer> seen = new HashSet<>();
            for (int i = 0; i < 100; i++) {
                seen.add(completed.take().get());
            }
            assertThat(seen).hasSize(100);
            assertThat(completed.poll()).isNull();
            assertThat(futures).allMatch(Future::isDone);
        }
    }
}
