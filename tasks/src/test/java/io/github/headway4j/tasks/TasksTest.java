// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** {@link Tasks}: all, the fastest, one within a time. */
class TasksTest {

    private static final Duration LONG = Duration.ofHours(1);

    // ---- gather ----

    @EachKindOfSubtask
    @Python({"A1", "A12"})
    void gather_runsAtTheSameTime_andKeepsTheOrder(SubtaskThreads threads) throws Exception {
        CyclicBarrier together = new CyclicBarrier(3);
        List<Callable<String>> tasks = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            tasks.add(() -> {
                together.await();
                return name;
            });
        }
        assertThat(Tasks.gather(tasks, threads::choose)).containsExactly("a", "b", "c");
    }

    @Test
    void gather_takesTasksOfDifferentTypes_andNullResults() throws Exception {
        List<Object> results = Tasks.<Object>gather(() -> 1, () -> "two", () -> null);
        assertThat(results).containsExactly(1, "two", null);
        assertThatThrownBy(() -> results.add(4)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(Tasks.gather(List.<Callable<Object>>of())).isEmpty();
    }

    @EachKindOfSubtask
    void gather_throwsTheFirstFailureItself_whenAllHaveEnded(SubtaskThreads threads) {
        IOException failure = new IOException("planned");
        IllegalStateException inCleanUp = new IllegalStateException("in clean-up");
        AtomicInteger ended = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(2);
        Callable<Object> patient = () -> {
            begun.countDown();
            try {
                return SubtaskThreads.forEver();
            } finally {
                ended.incrementAndGet();
            }
        };
        Callable<Object> untidy = () -> {
            begun.countDown();
            try {
                return SubtaskThreads.forEver();
            } catch (InterruptedException e) {
                throw inCleanUp;
            }
        };
        Callable<Object> failing = () -> {
            begun.await();
            throw failure;
        };
        assertThat(catchThrowable(() -> Tasks.gather(List.of(patient, untidy, failing), threads::choose)))
                .isSameAs(failure);
        assertThat(failure.getSuppressed()).containsExactly(inCleanUp);
        assertThat(failure.getStackTrace())
                .as("goes on with the place of the call")
                .anyMatch(frame -> frame.getMethodName().equals("gather"))
                .anyMatch(frame -> frame.getClassName().equals(TasksTest.class.getName()));
        assertThat(ended).hasValue(1);
    }

    @Test
    void gather_refusesNullTasks_beforeAnyBegins() {
        AtomicInteger begun = new AtomicInteger();
        assertThatNullPointerException()
                .isThrownBy(() -> Tasks.gather(Arrays.<Callable<Integer>>asList(begun::incrementAndGet, null)));
        Callable<Integer> counting = begun::incrementAndGet;
        assertThatNullPointerException().isThrownBy(() -> Tasks.gather(List.of(counting), null));
        assertThat(begun).hasValue(0);
    }

    @Test
    void gather_tellsAnInterruptOfATask_fromOneOfTheCaller() {
        InterruptedException ofTheTask = new InterruptedException("of the task");
        assertThat(catchThrowable(() -> Tasks.gather(() -> {
                    throw ofTheTask;
                })))
                .isInstanceOf(ExecutionException.class)
                .hasCause(ofTheTask);
    }

    @EachKindOfSubtask
    void gather_whoseCallerIsInterrupted_cancels_waits_andTellsOfFailures(SubtaskThreads threads) {
        IllegalStateException inCleanUp = new IllegalStateException("in clean-up");
        CountDownLatch begun = new CountDownLatch(1);
        try (TestThreads helpers = new TestThreads()) {
            TestThread<Throwable> caller = helpers.start(
                    "caller",
                    () -> catchThrowable(() -> {
                        Callable<Object> untidy = () -> {
                            begun.countDown();
                            try {
                                return SubtaskThreads.forEver();
                            } catch (InterruptedException e) {
                                throw inCleanUp;
                            }
                        };
                        Tasks.gather(List.of(untidy), threads::choose);
                    }));
            caller.awaitParked();
            Await.until("the task", () -> begun.getCount() == 0);
            caller.interrupt();
            Throwable thrown = caller.result();
            assertThat(thrown).isInstanceOf(InterruptedException.class);
            assertThat(thrown.getSuppressed()).containsExactly(inCleanUp);
        }
    }

    @Test
    void gather_byAnInterruptedCaller_runsNothing() {
        AtomicInteger begun = new AtomicInteger();
        Thread.currentThread().interrupt();
        assertThat(catchThrowable(() -> Tasks.gather(begun::incrementAndGet))).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        Thread.currentThread().interrupt();
        assertThat(catchThrowable(() -> Tasks.gather(List.<Callable<Object>>of())))
                .isInstanceOf(InterruptedException.class);
        assertThat(begun).hasValue(0);
    }

    @EachKindOfSubtask
    void gather_runsNoMoreThanItMay(SubtaskThreads threads) throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            tasks.add(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                Thread.yield();
                return running.getAndDecrement();
            });
        }
        List<Integer> results = Tasks.gather(tasks, options -> {
            threads.choose(options);
            options.concurrency(3);
        });
        assertThat(results).hasSize(200);
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void gather_withADeadline_throwsATimeOut() {
        Callable<Object> patient = SubtaskThreads::forEver;
        assertThatThrownBy(() -> Tasks.gather(List.of(patient), options -> options.deadline(Duration.ofMillis(5))))
                .isInstanceOf(ScopeTimeoutException.class);
    }

    // ---- gatherOutcomes ----

    @EachKindOfSubtask
    void gatherOutcomes_tellsAll(SubtaskThreads threads) throws Exception {
        IOException failure = new IOException("planned");
        Error error = new AssertionError("planned too");
        Callable<Object> one = () -> 1;
        Callable<Object> two = () -> {
            throw failure;
        };
        Callable<Object> three = () -> {
            throw error;
        };
        assertThat(Tasks.gatherOutcomes(List.of(one, two, three), threads::choose))
                .containsExactly(Outcome.success(1), Outcome.failure(failure), Outcome.failure(error));
        assertThat(Tasks.gatherOutcomes(one, two)).containsExactly(Outcome.success(1), Outcome.failure(failure));
        assertThat(Tasks.gatherOutcomes(List.of(one))).containsExactly(Outcome.success(1));
    }

    @Test
    void gatherOutcomes_withADeadline_throwsATimeOut_thatTellsOfFailures() {
        IOException failure = new IOException("planned");
        Callable<Object> patient = SubtaskThreads::forEver;
        Callable<Object> failing = () -> {
            throw failure;
        };
        Throwable thrown = catchThrowable(() ->
                Tasks.gatherOutcomes(List.of(failing, patient), options -> options.deadline(Duration.ofMillis(50))));
        assertThat(thrown).isInstanceOf(ScopeTimeoutException.class);
        assertThat(thrown.getSuppressed()).containsExactly(failure);
    }

    // ---- race ----

    @EachKindOfSubtask
    void race_givesTheFirstResult_andStopsTheOthers(SubtaskThreads threads) throws Exception {
        AtomicInteger stopped = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(2);
        Callable<String> slow = () -> {
            begun.countDown();
            try {
                return SubtaskThreads.forEver();
            } finally {
                stopped.incrementAndGet();
            }
        };
        Callable<String> failing = () -> {
            throw new IOException("planned");
        };
        Callable<String> fast = () -> {
            begun.await();
            return "fast";
        };
        assertThat(Tasks.race(List.of(slow, failing, fast, slow), threads::choose))
                .isEqualTo("fast");
        assertThat(stopped).hasValue(2);
    }

    @Test
    void race_thatAllLose_throwsTheFirstFailure() {
        IOException first = new IOException("first");
        IOException second = new IOException("second");
        Throwable thrown = catchThrowable(() -> Tasks.race(
                List.<Callable<Object>>of(
                        () -> {
                            throw first;
                        },
                        () -> {
                            throw second;
                        }),
                options -> options.concurrency(1)));
        assertThat(thrown).isSameAs(first);
        assertThat(first.getSuppressed()).containsExactly(second);
    }

    @Test
    void race_ofNone_isRefused_andANullResultWins() throws Exception {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tasks.race(List.<Callable<Object>>of()))
                .withMessageContaining("at least 1");
        Callable<Object> nothing = () -> null;
        assertThat(Tasks.race(nothing)).isNull();
    }

    // ---- withTimeout ----

    @EachKindOfSubtask
    void withTimeout_inTime_givesTheResultOrTheFailure(SubtaskThreads threads) throws Exception {
        IOException failure = new IOException("planned");
        assertThat(Tasks.<String>withTimeout(LONG, () -> "a", threads::choose)).isEqualTo("a");
        assertThat(catchThrowable(() -> Tasks.withTimeout(
                        LONG,
                        () -> {
                            throw failure;
                        },
                        threads::choose)))
                .isSameAs(failure);
        assertThat(Tasks.<Object>withTimeout(LONG, () -> null)).isNull();
    }

    @EachKindOfSubtask
    void withTimeout_late_interruptsTheTask_andWaitsForItsEnd(SubtaskThreads threads) {
        AtomicInteger ended = new AtomicInteger();
        assertThat(catchThrowable(() -> Tasks.withTimeout(
                        Duration.ofMillis(20),
                        () -> {
                            try {
                                return SubtaskThreads.forEver();
                            } finally {
                                Thread.yield();
                                ended.incrementAndGet();
                            }
                        },
                        threads::choose)))
                .isInstanceOf(ScopeTimeoutException.class)
                .hasMessageContaining("PT0.02S");
        assertThat(ended.get()).as("begun tasks have ended").isBetween(0, 1);
    }

    @Test
    void withTimeout_thatIsOver_doesNotBegin() {
        AtomicInteger begun = new AtomicInteger();
        for (Duration over : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
            assertThat(catchThrowable(() -> Tasks.withTimeout(over, begun::incrementAndGet)))
                    .isInstanceOf(ScopeTimeoutException.class);
        }
        assertThat(begun).hasValue(0);
    }

    @Test
    void withTimeout_refusesNull() {
        assertThatNullPointerException().isThrownBy(() -> Tasks.withTimeout(null, () -> 1));
        assertThatNullPointerException().isThrownBy(() -> Tasks.withTimeout(LONG, null));
    }
}
