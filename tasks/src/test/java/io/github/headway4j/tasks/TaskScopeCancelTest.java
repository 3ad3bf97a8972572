// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.headway4j.primitives.Event;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Cancelling a scope: who is interrupted, who is waited for, and who is not touched. */
class TaskScopeCancelTest {

    /** Longer than any test. */
    private static final Duration LONG = Duration.ofHours(1);

    // ---- interrupting and waiting ----

    @EachKindOfSubtask
    void failure_interruptsTheOthers_andJoinWaitsUntilTheyHaveEnded(SubtaskThreads threads) throws Exception {
        IOException failure = new IOException("planned");
        AtomicBoolean ended = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        try (TaskScope<Object, Void> scope = threads.open(Policy.failFast())) {
            Subtask<Object> sibling = scope.fork(() -> {
                begun.countDown();
                try {
                    return SubtaskThreads.forEver();
                } finally {
                    cleanUpForAWhile();
                    ended.set(true);
                }
            });
            scope.fork(() -> {
                begun.await();
                throw failure;
            });
            assertThat(catchThrowable(scope::join)).isSameAs(failure);
            assertThat(ended).as("the sibling has cleaned up").isTrue();
            assertThat(sibling.state()).isEqualTo(Subtask.State.CANCELLED);
            assertThat(failure.getSuppressed()).isEmpty();
            assertThat(scope.isCancelled()).isTrue();
        }
    }

    @EachKindOfSubtask
    @Python("A2")
    void close_interrupts_andWaitsForThoseThatDoNotHeedIt(SubtaskThreads threads) {
        Event release = new Event();
        AtomicReference<TaskScope<?, ?>> opened = new AtomicReference<>();
        AtomicBoolean ended = new AtomicBoolean();
        try (TestThreads helpers = new TestThreads()) {
            TestThread<Void> owner = helpers.start("owner", () -> {
                CountDownLatch begun = new CountDownLatch(1);
                try (TaskScope<Object, Void> scope = threads.open(Policy.failFast())) {
                    opened.set(scope);
                    scope.fork(() -> {
                        begun.countDown();
                        release.awaitUninterruptibly();
                        ended.set(true);
                        return null;
                    });
                    begun.await();
                }
                assertThat(ended).as("the subtask has ended").isTrue();
            });
            Await.until(
                    "the cancellation",
                    () -> opened.get() != null && opened.get().isCancelled());
            owner.awaitParked(opened.get());
            assertThat(ended).isFalse();
            release.set();
            owner.join();
        }
    }

    @Test
    void threadsThatWereMadeForSubtasks_haveEndedWhenJoinReturns() throws Exception {
        for (int i = 0; i < 200; i++) {
            List<Thread> made = new ArrayList<>();
            ThreadFactory factory = body -> {
                Thread thread = new Thread(() -> {
                    body.run();
                    Thread.yield();
                });
                made.add(thread);
                return thread;
            };
            try (TaskScope<Object, Void> scope =
                    TaskScope.open(Policy.failFast(), options -> options.threadFactory(factory))) {
                scope.fork(() -> 1);
                scope.fork(() -> 2);
                scope.join();
                assertThat(made).hasSize(2).noneMatch(Thread::isAlive);
            }
        }
    }

    @EachKindOfSubtask
    void threads_haveEndedWhenCloseReturns_unlessTheyServeOthers(SubtaskThreads threads) throws Exception {
        ConcurrentLinkedQueue<Thread> used = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 200; i++) {
            try (TaskScope<Object, Void> scope = threads.open(Policy.failFast())) {
                scope.fork(() -> used.add(Thread.currentThread()));
                scope.fork(() -> {
                    used.add(Thread.currentThread());
                    return SubtaskThreads.forEver();
                });
            }
            for (Thread thread = used.poll(); thread != null; thread = used.poll()) {
                assertThat(thread.isAlive() && !thread.getName().startsWith("headway-task-"))
                        .as("%s lives on", thread)
                        .isFalse();
            }
        }
    }

    @EachKindOfSubtask
    @Python({"A5", "A7"})
    void cancel_byAnybody_interruptsAll_andNothingBeginsAnyMore(SubtaskThreads threads) throws Exception {
        AtomicInteger begun = new AtomicInteger();
        try (TaskScope<Object, List<Outcome<Object>>> scope = threads.open(Policy.outcomes())) {
            scope.fork(() -> SubtaskThreads.forEver());
            scope.fork(() -> {
                scope.cancel();
                return SubtaskThreads.forEver();
            });
            Await.until("the cancellation", scope::isCancelled);
            Subtask<Object> late = scope.fork(begun::incrementAndGet);
            assertThat(late.state()).isEqualTo(Subtask.State.CANCELLED);
            assertThat(scope.join()).containsExactly(Outcome.cancelled(), Outcome.cancelled(), Outcome.cancelled());
            assertThat(begun).hasValue(0);
        }
    }

    @Test
    void cancelledFailFastScope_isNotTakenForASuccess() throws Exception {
        try (TaskScope<Object, Void> scope = TaskScope.open()) {
            scope.fork(() -> SubtaskThreads.forEver());
            scope.cancel();
            assertThatThrownBy(scope::join).isInstanceOf(CancellationException.class);
        }
    }

    @EachKindOfSubtask
    @Python("A6")
    void subtaskThatSwallowsTheCancellation_goesOn_andMayWaitAgain(SubtaskThreads threads) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch swallowed = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (TaskScope<String, List<Outcome<String>>> scope = threads.open(Policy.outcomes())) {
            scope.fork(() -> {
                begun.countDown();
                try {
                    return SubtaskThreads.forEver();
                } catch (InterruptedException e) {
                    swallowed.countDown();
                    release.await();
                    return "a";
                }
            });
            begun.await();
            scope.cancel();
            swallowed.await();
            scope.cancel();
            release.countDown();
            assertThat(scope.join()).containsExactly(Outcome.success("a"));
        }
    }

    @Test
    @Python("A7")
    void subtaskThatCancelsItsScopeAtItsEnd_hasSucceeded() throws Exception {
        try (TaskScope<String, List<Outcome<String>>> scope = TaskScope.open(Policy.outcomes())) {
            scope.fork(() -> {
                scope.cancel();
                return "a";
            });
            assertThat(scope.join()).containsExactly(Outcome.success("a"));
        }
    }

    @EachKindOfSubtask
    void subtaskThatReturnsAllTheSame_hasSucceeded(SubtaskThreads threads) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        try (TaskScope<String, List<Outcome<String>>> scope = threads.open(Policy.outcomes())) {
            scope.fork(() -> {
                begun.countDown();
                try {
                    return SubtaskThreads.forEver();
                } catch (InterruptedException e) {
                    return "a";
                }
            });
            begun.await();
            scope.cancel();
            assertThat(scope.join()).containsExactly(Outcome.success("a"));
        }
    }

    @EachKindOfSubtask
    void whatACancelledSubtaskThrowsBeside_isAFailure(SubtaskThreads threads) throws Exception {
        IllegalStateException inCleanUp = new IllegalStateException("in clean-up");
        IllegalStateException onClosing = new IllegalStateException("on closing");
        IOException failure = new IOException("first");
        CountDownLatch begun = new CountDownLatch(2);
        try (TaskScope<Object, Void> scope = threads.open(Policy.failFast())) {
            scope.fork(() -> {
                begun.countDown();
                try {
                    return SubtaskThreads.forEver();
                } catch (InterruptedException e) {
                    throw inCleanUp;
                }
            });
            Subtask<Object> closing = scope.fork(() -> {
                AutoCloseable resource = () -> {
                    throw onClosing;
                };
                try (resource) {
                    begun.countDown();
                    return SubtaskThreads.forEver();
                }
            });
            scope.fork(() -> {
                begun.await();
                throw failure;
            });
            assertThat(catchThrowable(scope::join)).isSameAs(failure);
            assertThat(closing.exception())
                    .isInstanceOf(InterruptedException.class)
                    .hasSuppressedException(onClosing);
            assertThat(failure.getSuppressed()).containsExactlyInAnyOrder(inCleanUp, closing.exception());
        }
    }

    @Test
    void whatLooksLikeACancellation_inASubtaskThatWasNotInterrupted_isAFailure() throws Exception {
        for (Exception failure : List.of(new ClosedByInterruptException(), new CancellationException("own"))) {
            try (TaskScope<Object, Void> scope = TaskScope.open()) {
                scope.fork(() -> {
                    throw failure;
                });
                assertThat(catchThrowable(scope::join)).isSameAs(failure);
            }
        }
    }

    @EachKindOfSubtask
    void whatAnInterruptLeadsTo_isACancellation(SubtaskThreads threads) throws Exception {
        for (Exception end : List.of(new ClosedByInterruptException(), new CancellationException("own"))) {
            CountDownLatch begun = new CountDownLatch(1);
            try (TaskScope<Object, List<Outcome<Object>>> scope = threads.open(Policy.outcomes())) {
                scope.fork(() -> {
                    begun.countDown();
                    try {
                        return SubtaskThreads.forEver();
                    } catch (InterruptedException e) {
                        throw end;
                    }
                });
                begun.await();
                scope.cancel();
                assertThat(scope.join()).containsExactly(Outcome.cancelled());
            }
        }
    }

    // ---- an interrupt reaches nobody else ----

    @EachKindOfSubtask
    void interrupt_reachesNeitherPolicyNorLaterSubtasks(SubtaskThreads threads) throws Exception {
        AtomicInteger strayed = new AtomicInteger();
        Policy<Object, Void> watching = new Policy<>() {
            @Override
            public boolean onComplete(Subtask<?> subtask) {
                for (int i = 0; i < 200; i++) {
                    Thread.onSpinWait(); // so that one which is on its way arrives
                }
                if (Thread.currentThread().isInterrupted()) {
                    strayed.incrementAndGet();
                }
                return false;
            }

            @Override
            public Void result() {
                return null;
            }
        };
        for (int round = 0; round < 5_000; round++) {
            AtomicBoolean aboutToEnd = new AtomicBoolean();
            try (TaskScope<Object, Void> scope = threads.open(watching)) {
                scope.fork(() -> {
                    if (Thread.currentThread().isInterrupted() && !scope.isCancelled()) {
                        strayed.incrementAndGet();
                    }
                    aboutToEnd.set(true);
                    return null;
                });
                for (int looks = 0; !aboutToEnd.get(); looks++) {
                    if (looks < 10_000) {
                        Thread.onSpinWait();
                    } else {
                        Thread.yield();
                    }
                }
                for (int i = round % 16; i > 0; i--) {
                    Thread.onSpinWait();
                }
                scope.cancel();
                scope.join();
            }
        }
        assertThat(strayed).hasValue(0);
    }

    // ---- nested scopes ----

    @EachKindOfSubtask
    void cancellation_goesInwards_andIsWaitedFor(SubtaskThreads threads) throws Exception {
        AtomicInteger live = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(3);
        IOException failure = new IOException("planned");
        try (TaskScope<Object, Void> outer = threads.open(Policy.failFast())) {
            outer.fork(() -> {
                try (TaskScope<Object, Void> inner = threads.open(Policy.failFast())) {
                    for (int i = 0; i < 3; i++) {
                        inner.fork(() -> {
                            live.incrementAndGet();
                            begun.countDown();
                            try {
                                return SubtaskThreads.forEver();
                            } finally {
                                cleanUpForAWhile();
                                live.decrementAndGet();
                            }
                        });
                    }
                    return inner.join();
                }
            });
            outer.fork(() -> {
                begun.await();
                throw failure;
            });
            assertThat(catchThrowable(outer::join)).isSameAs(failure);
            assertThat(live).hasValue(0);
        }
    }

    // ---- deadlines ----

    @EachKindOfSubtask
    void deadline_cancels_andJoinThrows(SubtaskThreads threads) throws Exception {
        try (TaskScope<Object, Void> scope = TaskScope.open(Policy.failFast(), options -> {
            threads.choose(options);
            options.name("late").deadline(Duration.ofMillis(5));
        })) {
            Subtask<Object> subtask = scope.fork(() -> SubtaskThreads.forEver());
            assertThatThrownBy(scope::join)
                    .isInstanceOf(ScopeTimeoutException.class)
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("late")
                    .hasMessageContaining("PT0.005S");
            assertThat(subtask.state()).isEqualTo(Subtask.State.CANCELLED);
        }
    }

    @Test
    void deadline_comesAlsoWhileTheOwnerDoesSomethingElse() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        try (TaskScope<Object, Void> scope =
                TaskScope.open(Policy.failFast(), options -> options.deadline(Duration.ofMillis(5)))) {
            scope.fork(() -> {
                try {
                    return SubtaskThreads.forEver();
                } finally {
                    interrupted.countDown();
                }
            });
            interrupted.await();
            assertThatThrownBy(scope::join).isInstanceOf(ScopeTimeoutException.class);
        }
    }

    @Test
    void deadlineThatIsOver_letsNothingBegin() throws Exception {
        for (Duration over : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
            try (TaskScope<Object, Void> scope = TaskScope.open(Policy.failFast(), options -> options.deadline(over))) {
                assertThat(scope.isCancelled()).isTrue();
                assertThat(scope.fork(() -> 1).state()).isEqualTo(Subtask.State.CANCELLED);
                assertThatThrownBy(scope::join).isInstanceOf(ScopeTimeoutException.class);
            }
        }
    }

    @Test
    void deadlineThatDoesNotCome_changesNothing() throws Exception {
        for (Duration time : List.of(LONG, Duration.ofSeconds(Long.MAX_VALUE))) {
            try (TaskScope<Integer, List<Integer>> scope =
                    TaskScope.open(Policy.results(), options -> options.deadline(time))) {
                scope.fork(() -> 1);
                assertThat(scope.join()).containsExactly(1);
            }
        }
    }

    @Test
    void failuresBeforeTheDeadline_areSuppressedInItsException() throws Exception {
        IOException failure = new IOException("planned");
        CountDownLatch failed = new CountDownLatch(1);
        for (Policy<Object, ?> policy : List.of(Policy.<Object>outcomes(), Policy.<Object>firstSuccess())) {
            try (TaskScope<Object, ?> scope =
                    TaskScope.open(policy, options -> options.deadline(Duration.ofMillis(5)))) {
                scope.fork(() -> {
                    failed.countDown();
                    throw failure;
                });
                failed.await();
                scope.fork(() -> SubtaskThreads.forEver());
                assertThat(catchThrowable(scope::join))
                        .isInstanceOf(ScopeTimeoutException.class)
                        .hasSuppressedException(failure);
            }
        }
    }

    /** What a subtask does when it is told to end and does not hurry. */
    private static void cleanUpForAWhile() {
        for (int i = 0; i < 100; i++) {
            Thread.yield();
        }
    }
}
