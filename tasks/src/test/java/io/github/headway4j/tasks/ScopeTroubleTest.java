// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.headway4j.primitives.Event;
import io.github.headway4j.primitives.Parker;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.TestThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** No threads, no memory, no stack: scopes stay consistent all the same. */
class ScopeTroubleTest {

    private static TaskScope<Object, List<Outcome<Object>>> open(ThreadFactory factory) {
        return TaskScope.open(
                Policy.outcomes(), options -> options.concurrency(1).threadFactory(factory));
    }

    private static Thread daemon(Runnable body) {
        Thread thread = new Thread(body, "made");
        thread.setDaemon(true);
        return thread;
    }

    // ---- threads ----

    @Test
    void threadThatCannotBeStarted_isToldByFork_andTheScopeGoesOn() throws Exception {
        OutOfMemoryError none = new OutOfMemoryError("planned");
        AtomicInteger asked = new AtomicInteger();
        try (TaskScope<Object, List<Outcome<Object>>> scope = open(body -> asked.getAndIncrement() != 0
                ? daemon(body)
                : new Thread(body) {
                    @Override
                    public void start() {
                        throw none;
                    }
                })) {
            assertThat(catchThrowable(() -> scope.fork(() -> "a"))).isSameAs(none);
            assertThat(scope.isCancelled()).isFalse();
            assertThat(scope.fork(() -> "b")).isNotNull(); // the limit is one: nothing was counted twice
            assertThat(scope.fork(() -> "c")).isNotNull();
            assertThat(scope.join()).containsExactly(Outcome.failure(none), Outcome.success("b"), Outcome.success("c"));
            assertThat(scope.toString()).contains(", 0 running");
        }
    }

    @Test
    void startThatFailsAfterTheThreadHasBegun_countsTheSubtaskOnce_andItIsWaitedFor() throws Exception {
        OutOfMemoryError late = new OutOfMemoryError("planned");
        Event begun = new Event();
        Event end = new Event();
        try (TestThreads threads = new TestThreads();
                TaskScope<Object, List<Outcome<Object>>> scope = open(body -> new Thread(body) {
                    @Override
                    public void start() {
                        super.start();
                        begun.awaitUninterruptibly();
                        throw late;
                    }
                })) {
            Throwable thrown = catchThrowable(() -> scope.fork(() -> {
                begun.set();
                end.await();
                return "a";
            }));
            assertThat(thrown).isSameAs(late);
            assertThat(scope.toString()).contains(", 1 running");
            assertThat(scope.tryFork(() -> "b")).isNull();
            threads.start("end", end::set);
            assertThat(scope.join()).containsExactly(Outcome.success("a"));
            assertThat(scope.toString()).contains(", 0 running");
        }
    }

    @Test
    void threadThatRunsItsBodyTwice_runsTheTaskOnce() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        try (TaskScope<Object, List<Outcome<Object>>> scope = open(body -> daemon(() -> {
            body.run();
            body.run();
        }))) {
            for (int i = 0; i < 10; i++) {
                scope.fork(runs::incrementAndGet);
            }
            assertThat(scope.join()).hasSize(10).allMatch(Outcome::isSuccess);
            assertThat(runs).hasValue(10);
            assertThat(scope.toString()).contains(", 0 running");
        }
    }

    // ---- memory ----

    @Test
    void failureOfAMap_isToldToItsOwner_beforeAnythingIsDoneForWhichThereMayBeNoMemory() {
        RuntimeException failure = new IllegalStateException("planned");
        Event release = new Event();
        try (TaskResults<Object> results = Tasks.<Integer, Object>map(
                List.of(1),
                1,
                i -> {
                    throw failure;
                },
                options -> options.scope(scope -> scope.context(body -> () -> {
                    body.run();
                    release.awaitUninterruptibly(); // as far as the policy, nothing comes
                })))) {
            boolean told = awaitTold(results);
            release.set();
            assertThat(told).isTrue();
            assertThat(catchThrowable(results::next)).isSameAs(failure);
        }
    }

    private static boolean awaitTold(TaskResults<?> results) {
        try {
            return results.await(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** The first wait for something of the given type fails. */
    private static final class FailingParker implements Parker {
        final OutOfMemoryError failure = new OutOfMemoryError("planned");
        final Event waitsAgain = new Event();
        private final Class<?> type;
        private final AtomicBoolean failed = new AtomicBoolean();

        FailingParker(Class<?> type) {
            this.type = type;
        }

        @Override
        public void park(Object blocker) {
            if (type.isInstance(blocker)) {
                if (failed.compareAndSet(false, true)) {
                    throw failure;
                }
                waitsAgain.set();
            }
            Parker.system().park(blocker);
        }

        @Override
        public void parkNanos(Object blocker, long nanos) {
            Parker.system().parkNanos(blocker, nanos);
        }

        @Override
        public void unpark(Thread thread) {
            Parker.system().unpark(thread);
        }

        @Override
        public boolean spins() {
            return Parker.system().spins();
        }
    }

    @Test
    void endThatIsCutShort_waitsAllTheSameForAnInterruptThatIsUnderWay() throws Exception {
        FailingParker parker = new FailingParker(Subtask.class);
        Event begun = new Event();
        Event interrupting = new Event();
        AtomicBoolean interrupted = new AtomicBoolean();
        AtomicBoolean clear = new AtomicBoolean();
        Policy<Object, Boolean> policy = new Policy<>() {
            @Override
            public boolean onComplete(Subtask<?> subtask) {
                clear.set(interrupted.get() && !Thread.currentThread().isInterrupted());
                parker.waitsAgain.set();
                return false;
            }

            @Override
            public Boolean result() {
                return clear.get();
            }
        };
        try (TestThreads helpers = new TestThreads();
                TaskScope<Object, Boolean> scope = TaskScope.open(policy, options -> {
                    options.parker = parker;
                    options.threadFactory(body -> new Thread(body) {
                        @Override
                        public void interrupt() {
                            interrupting.set();
                            parker.waitsAgain.awaitUninterruptibly();
                            super.interrupt();
                            interrupted.set(true);
                        }
                    });
                })) {
            Subtask<String> subtask = scope.fork(() -> {
                begun.set();
                interrupting.awaitUninterruptibly();
                return "a";
            });
            begun.await();
            helpers.start("canceller", scope::cancel);
            assertThat(scope.join()).isTrue();
            assertThat(subtask.exception()).isSameAs(parker.failure);
        }
    }

    @Test
    void closeThatIsCutShort_tellsFailuresWhenItIsRepeated() throws Exception {
        FailingParker parker = new FailingParker(TaskScope.class);
        List<Throwable> told = new ArrayList<>();
        IOException unseen = new IOException("planned");
        Event release = new Event();
        TaskScope<Object, List<Outcome<Object>>> scope = TaskScope.open(Policy.outcomes(), options -> {
            options.parker = parker;
            options.onUnseenFailure(told::add);
        });
        Subtask<Object> failing = scope.fork(() -> {
            throw unseen;
        });
        Event begun = new Event();
        scope.fork(() -> {
            begun.set();
            release.awaitUninterruptibly();
            return "a";
        });
        begun.await();
        Await.until("the failure", () -> failing.state() != Subtask.State.UNAVAILABLE);
        assertThat(catchThrowable(scope::close)).isSameAs(parker.failure);
        assertThat(told).isEmpty();
        release.set();
        scope.close();
        scope.close();
        assertThat(told).containsExactly(unseen);
    }

    // ---- the stack ----

    /** Made before the stack is short. */
    private static final Callable<String> TASK = () -> "a";

    /** Forks near the end of the stack, and on the way back, until it has worked often enough. */
    @SuppressWarnings("InfiniteRecursion") // it ends where the stack does
    private static void dive(TaskScope<Object, ?> scope, AtomicInteger forked, AtomicInteger failed) {
        try {
            dive(scope, forked, failed);
        } catch (VirtualMachineError end) { // the machine wraps it here and there
            failed.incrementAndGet();
        }
        if (forked.get() < 100) {
            try {
                if (scope.tryFork(TASK) != null) {
                    forked.incrementAndGet();
                }
            } catch (VirtualMachineError tooEarly) {
                failed.incrementAndGet();
            }
        }
    }

    /**
     * With threads that are made for each subtask: the JDK's pools, that of the carriers of virtual threads too, have
     * locks that such a caller may leave taken, and nothing that uses them would work any more.
     */
    @Test
    void forkNearTheEndOfTheStack_leavesAScopeThatEnds() throws Throwable {
        List<Throwable> trouble = new ArrayList<>();
        Thread small = new Thread(
                null,
                () -> {
                    try {
                        for (int i = 0; i < 5; i++) {
                            diveOnce(SubtaskThreads.MADE);
                        }
                    } catch (Throwable e) {
                        trouble.add(e);
                    }
                },
                "small stack",
                256 * 1024);
        small.setDaemon(true);
        small.start();
        small.join();
        if (!trouble.isEmpty()) {
            throw trouble.get(0);
        }
    }

    /** The join may fail for want of stack at an inopportune moment; but nothing hangs, and nothing is left running. */
    private static void diveOnce(SubtaskThreads threads) {
        AtomicInteger forked = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        try (TaskScope<Object, List<Outcome<Object>>> scope = threads.open(Policy.outcomes())) {
            scope.tryFork(TASK); // loads what is needed
            dive(scope, forked, failed);
            assertThat(failed.get()).isPositive();
            try {
                List<Outcome<Object>> outcomes = scope.join();
                assertThat(outcomes.stream().filter(Outcome::isSuccess).count()).isGreaterThan(forked.get());
            } catch (Exception | VirtualMachineError told) {
                assertThat(told).isInstanceOf(VirtualMachineError.class);
            }
            assertThat(scope.toString()).contains(", 0 running");
        }
    }

    // ---- what is kept ----

    @Test
    void closing_mayBeRepeated_andTellsNothingTwice() throws Exception {
        List<Throwable> told = new ArrayList<>();
        Consumer<Throwable> handler = told::add;
        TaskScope<Object, Void> scope = TaskScope.open(Policy.failFast(), options -> options.onUnseenFailure(handler));
        scope.fork(() -> {
            throw new IOException("planned");
        });
        while (!scope.isCancelled()) {
            Thread.onSpinWait();
        }
        scope.close();
        scope.close();
        assertThat(told).hasSize(1);
    }
}
