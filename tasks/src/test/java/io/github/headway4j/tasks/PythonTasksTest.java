// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Python's {@code Executor.map} and {@code as_completed}, {@code asyncio.gather}, {@code wait_for} and
 * {@code as_completed}, as {@link Tasks} does them.
 */
class PythonTasksTest {

    private static final Duration LONG = Duration.ofHours(1);

    private static Iterable<Integer> numbers(AtomicInteger taken) {
        return () -> IntStream.iterate(0, i -> i + 1)
                .peek(i -> taken.incrementAndGet())
                .iterator();
    }

    // ---- Executor.map ----

    @Test
    @Python("F22")
    void map_equalsTheOneOfOneThread() {
        List<Integer> items = IntStream.range(0, 10).boxed().toList();
        List<Integer> expected = items.stream().map(i -> i * i).toList();
        for (int concurrency : new int[] {1, 3, 10, 100}) {
            assertThat(Tasks.map(items, concurrency, i -> i * i).toList()).isEqualTo(expected);
        }
    }

    @Test
    @Python("F23")
    void map_throwsAtTheTurnOfTheItem() {
        try (TaskResults<Integer> quotients = Tasks.map(List.of(2, 3, 0, 5), 4, i -> 30 / i)) {
            assertThat(quotients.next()).isEqualTo(15);
            assertThat(quotients.next()).isEqualTo(10);
            assertThatThrownBy(quotients::next).isInstanceOf(ArithmeticException.class);
        }
    }

    @Test
    @Python({"F24", "F39"})
    void map_afterItsTime_hasGivenTheEarlierResults_andBeginsNoMore() {
        for (long millis = 20; ; millis *= 2) { // until the machine is fast enough
            Duration time = Duration.ofMillis(millis);
            AtomicInteger calls = new AtomicInteger();
            List<Integer> given = new ArrayList<>();
            try (TaskResults<Integer> results = Tasks.map(
                    List.of(0, 1, 2, 3),
                    1,
                    i -> {
                        calls.incrementAndGet();
                        return i == 1 ? sleepForEver() : i;
                    },
                    options -> options.scope(scope -> scope.deadline(time)))) {
                assertThat(catchThrowable(() -> results.forEachRemaining(given::add)))
                        .isInstanceOf(ScopeTimeoutException.class);
                assertThat(results.hasNext()).isFalse();
            }
            assertThat(calls).as("items 2 and 3 have not begun").hasValueLessThanOrEqualTo(2);
            if (calls.get() == 2) {
                assertThat(given).containsExactly(0);
                return;
            }
        }
    }

    @Test
    @Python({"F24", "F39"})
    void map_thatIsWaitedForInVain_goesOn() {
        CountDownLatch go = new CountDownLatch(1);
        try (TaskResults<Integer> results = Tasks.map(List.of(0, 1, 2), 1, i -> {
            TasksMapTest.awaitQuietly(go);
            return i;
        })) {
            assertThat(waitFor(results, Duration.ZERO)).isFalse();
            assertThat(waitFor(results, Duration.ofMillis(1))).isFalse();
            go.countDown();
            assertThat(results.toList()).containsExactly(0, 1, 2);
        }
    }

    @Test
    @Python("F33")
    void map_keepsNeitherItemsNorResultsThatWereDelivered() {
        List<WeakReference<Object>> made = new ArrayList<>();
        CountDownLatch last = new CountDownLatch(1);
        Iterable<Object> items = () -> IntStream.range(0, 3)
                .mapToObj(i -> {
                    Object item = i < 2 ? new Object() : "last";
                    if (i < 2) {
                        made.add(new WeakReference<>(item));
                    }
                    return item;
                })
                .iterator();
        for (boolean ordered : new boolean[] {true, false}) {
            made.clear();
            try (TaskResults<Object> results = ordered
                    ? Tasks.map(items, 1, i -> waitAt(i, last))
                    : Tasks.mapUnordered(items, 1, i -> waitAt(i, last))) {
                takeTwo(results);
                Await.until("items and results to be collected", () -> {
                    System.gc();
                    return made.size() == 2 && made.stream().allMatch(item -> item.get() == null);
                });
            }
        }
    }

    /** In a frame of its own, which keeps nothing. */
    private static void takeTwo(TaskResults<?> results) {
        results.next();
        results.next();
    }

    private static Object waitAt(Object item, CountDownLatch last) {
        if (item.equals("last")) {
            try {
                last.await();
            } catch (InterruptedException e) {
                throw Failures.unchecked(e);
            }
        }
        return item;
    }

    @Test
    @Python("F34")
    void map_beginsWithoutBeingIterated() {
        AtomicInteger calls = new AtomicInteger();
        try (TaskResults<Integer> results = Tasks.map(List.of(0, 1, 2), 2, i -> calls.incrementAndGet())) {
            Await.until("all items", () -> calls.get() == 3);
            assertThat(results.hasNext()).isTrue();
        }
    }

    @Test
    @Python("F41")
    void map_withABuffer_givesAllInOrder_andTakesOnlySoMany() {
        List<Integer> items = IntStream.range(0, 20).boxed().toList();
        for (int buffer : new int[] {1, 2, 20, 40}) {
            assertThat(Tasks.map(items, 4, i -> i, options -> options.ahead(buffer))
                            .toList())
                    .isEqualTo(items);
            assertThat(Tasks.map(List.<Integer>of(), 4, i -> i, options -> options.ahead(buffer))
                            .toList())
                    .isEmpty();
            AtomicInteger taken = new AtomicInteger();
            try (TaskResults<Integer> results =
                    Tasks.map(numbers(taken), 4, i -> i, options -> options.ahead(buffer))) {
                Await.until("the buffer to be full", () -> taken.get() == buffer);
                assertThat(results.next()).isEqualTo(0);
                Await.until("one more", () -> taken.get() == buffer + 1);
                assertThat(results.next()).isEqualTo(1);
            }
            assertThat(taken.get()).isLessThanOrEqualTo(buffer + 2);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Tasks.map(items, 4, i -> i, o -> o.ahead(0)));
        assertThatIllegalArgumentException().isThrownBy(() -> Tasks.map(items, 4, i -> i, o -> o.ahead(-1)));
    }

    @Test
    @Python("F42")
    void map_afterAnError_isOver() {
        try (TaskResults<Integer> quotients = Tasks.map(List.of(2, 0, 5), 1, i -> 30 / i)) {
            assertThat(quotients.next()).isEqualTo(15);
            assertThatThrownBy(quotients::next).isInstanceOf(ArithmeticException.class);
            assertThat(quotients.hasNext()).isFalse();
            assertThatThrownBy(quotients::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    @Python("F42")
    void closingTheMap_endsIt() {
        TaskResults<Integer> results = Tasks.map(numbers(new AtomicInteger()), 3, i -> i);
        assertThat(results.next()).isEqualTo(0);
        results.close();
        assertThat(results.hasNext()).isFalse();
        assertThatThrownBy(results::next).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(results::next).isInstanceOf(NoSuchElementException.class);
    }

    // ---- as_completed ----

    @Test
    @Python({"F17", "A24"})
    void asCompleted_givesWhatIsDoneFirst_thenTheRest() {
        CountDownLatch go = new CountDownLatch(1);
        Callable<String> waiting = () -> {
            go.await();
            return "waiting";
        };
        Callable<String> done = () -> "done";
        Callable<String> failed = () -> {
            throw new IOException("planned");
        };
        try (TaskResults<Outcome<String>> outcomes = Tasks.asCompleted(List.of(waiting, done, failed))) {
            List<Outcome<String>> first = List.of(outcomes.next(), outcomes.next());
            assertThat(first).anyMatch(Outcome::isFailure).contains(Outcome.success("done"));
            go.countDown();
            assertThat(outcomes.next()).isEqualTo(Outcome.success("waiting"));
            assertThat(outcomes.hasNext()).isFalse();
        }
    }

    @Test
    @Python({"F18", "A24"})
    void asCompleted_inNoTime_givesWhatIsDone_andThenSaysThatMoreIsLeft() {
        CountDownLatch go = new CountDownLatch(1);
        Callable<String> waiting = () -> {
            go.await();
            return "waiting";
        };
        Callable<String> done = () -> "done";
        try (TaskResults<Outcome<String>> outcomes = Tasks.asCompleted(List.of(waiting, done))) {
            assertThat(outcomes.next()).isEqualTo(Outcome.success("done"));
            assertThat(waitFor(outcomes, Duration.ZERO)).isFalse();
            assertThat(waitFor(outcomes, Duration.ofMillis(2))).isFalse();
            go.countDown(); // the tasks go on
            assertThat(waitFor(outcomes, LONG)).isTrue();
            assertThat(outcomes.next()).isEqualTo(Outcome.success("waiting"));
        }
    }

    @Test
    @Python("F20")
    void asCompleted_keepsNoOutcomeThatWasDelivered() {
        List<WeakReference<Object>> made = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch never = new CountDownLatch(1);
        Callable<Object> quick = () -> {
            Object result = new Object();
            made.add(new WeakReference<>(result));
            return result;
        };
        Callable<Object> waiting = () -> {
            never.await();
            return "waiting";
        };
        try (TaskResults<Outcome<Object>> outcomes = Tasks.asCompleted(List.of(quick, waiting, quick))) {
            takeTwo(outcomes);
            Await.until("the results to be collected", () -> {
                System.gc();
                return made.size() == 2 && made.stream().allMatch(result -> result.get() == null);
            });
        }
    }

    // ---- asyncio.gather ----

    @Test
    @Python("A13")
    void gather_keepsTheOrder_theExceptionItself_andMixedResults() throws Exception {
        IOException failure = new IOException("planned");
        CountDownLatch second = new CountDownLatch(1);
        Callable<Object> one = () -> {
            second.await();
            return 1;
        };
        Callable<Object> two = () -> {
            second.countDown();
            return 2;
        };
        Callable<Object> failing = () -> {
            throw failure;
        };
        assertThat(Tasks.gather(one, two)).containsExactly(1, 2);
        assertThat(catchThrowable(() -> Tasks.gather(one, failing, two))).isSameAs(failure);
        assertThat(Tasks.gatherOutcomes(one, failing, two))
                .containsExactly(Outcome.success(1), Outcome.failure(failure), Outcome.success(2));
        assertThat(Tasks.gather(List.<Callable<Object>>of())).isEmpty();
    }

    @Test
    @Python("A14")
    void gatherOutcomes_thatIsCancelled_stillEndsByThat() {
        AtomicInteger cancelled = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(2);
        Callable<Object> patient = () -> {
            begun.countDown();
            try {
                return SubtaskThreads.forEver();
            } finally {
                cancelled.incrementAndGet();
            }
        };
        try (TestThreads helpers = new TestThreads()) {
            TestThread<Throwable> caller =
                    helpers.start("caller", () -> catchThrowable(() -> Tasks.gatherOutcomes(patient, patient)));
            Await.until("the tasks", () -> begun.getCount() == 0);
            caller.interrupt();
            assertThat(caller.result()).isInstanceOf(InterruptedException.class);
        }
        assertThat(cancelled).hasValue(2);
    }

    // ---- asyncio.wait_for ----

    @Test
    @Python("A17")
    void waitFor_waitsForASlowCleanUp() {
        AtomicInteger cleaned = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        Throwable thrown = catchThrowable(() -> untilBegun(begun, millis -> {
            Tasks.withTimeout(Duration.ofMillis(millis), () -> {
                begun.countDown();
                try {
                    return SubtaskThreads.forEver();
                } finally {
                    for (int i = 0; i < 1_000; i++) {
                        Thread.yield();
                    }
                    cleaned.incrementAndGet();
                }
            });
        }));
        assertThat(thrown).isInstanceOf(TimeoutException.class);
        assertThat(cleaned).hasValue(1);
    }

    @Test
    @Python("A18")
    void waitFor_noTime_doesNotBegin() {
        AtomicInteger begun = new AtomicInteger();
        for (int time : new int[] {0, -1}) {
            assertThat(catchThrowable(() -> Tasks.withTimeout(Duration.ofSeconds(time), begun::incrementAndGet)))
                    .isInstanceOf(TimeoutException.class);
        }
        assertThat(begun).hasValue(0);
    }

    @Test
    @Python({"A19", "A6"})
    void waitFor_whatTheTaskMakesOfTheTimeOut_counts() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger result = new AtomicInteger();
        untilBegun(
                begun,
                millis -> result.set(Tasks.withTimeout(Duration.ofMillis(millis), () -> {
                    begun.countDown();
                    try {
                        return SubtaskThreads.forEver();
                    } catch (InterruptedException e) {
                        return 42;
                    }
                })));
        assertThat(result).hasValue(42);
        IOException failure = new IOException("in clean-up");
        CountDownLatch again = new CountDownLatch(1);
        assertThat(catchThrowable(() -> untilBegun(
                        again,
                        millis -> Tasks.withTimeout(Duration.ofMillis(millis), () -> {
                            again.countDown();
                            try {
                                return SubtaskThreads.forEver();
                            } catch (InterruptedException e) {
                                throw failure;
                            }
                        }))))
                .isSameAs(failure);
    }

    @Test
    @Python("A20")
    void waitFor_resultAndTimeOutAtOnce_keepTheResult() throws Exception {
        for (int i = 0; i < 300; i++) {
            AtomicInteger returned = new AtomicInteger();
            Duration close = Duration.ofNanos(1_000 * i);
            try {
                assertThat(Tasks.<Integer>withTimeout(close, returned::incrementAndGet))
                        .isEqualTo(1);
            } catch (ScopeTimeoutException late) {
                assertThat(returned).as("returned, but was late").hasValue(0);
            }
        }
    }

    @Test
    @Python("A21")
    void waitFor_thatIsCancelled_cancelsTheTask() {
        AtomicInteger cancelled = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        try (TestThreads helpers = new TestThreads()) {
            TestThread<Throwable> caller = helpers.start(
                    "caller",
                    () -> catchThrowable(() -> Tasks.withTimeout(LONG, () -> {
                        begun.countDown();
                        try {
                            return SubtaskThreads.forEver();
                        } finally {
                            cancelled.incrementAndGet();
                        }
                    })));
            Await.until("the task", () -> begun.getCount() == 0);
            caller.interrupt();
            assertThat(caller.result()).isInstanceOf(InterruptedException.class);
        }
        assertThat(cancelled).hasValue(1);
    }

    @Test
    @Python("A22")
    void timeOuts_nested_areToldFromEachOther() {
        assertThat(catchThrowable(() -> Tasks.withTimeout(
                        Duration.ofMillis(10), () -> Tasks.withTimeout(LONG, SubtaskThreads::forEver))))
                .isInstanceOf(ScopeTimeoutException.class)
                .hasMessageContaining("PT0.01S");
        assertThat(catchThrowable(() -> Tasks.withTimeout(
                        LONG, () -> Tasks.withTimeout(Duration.ofMillis(10), SubtaskThreads::forEver))))
                .isInstanceOf(ScopeTimeoutException.class)
                .hasMessageContaining("PT0.01S");
        TimeoutException own = new TimeoutException("of the task");
        assertThat(catchThrowable(() -> Tasks.withTimeout(LONG, () -> {
                    throw own;
                })))
                .isSameAs(own);
    }

    @Test
    @Python("A22")
    void timeOuts_bothDue_theOuterOneIsThrown() {
        CountDownLatch begun = new CountDownLatch(1);
        Throwable thrown = catchThrowable(() -> untilBegun(begun, millis -> {
            Duration time = Duration.ofMillis(millis);
            try (TaskScope<Object, Void> outer = TaskScope.open(
                    Policy.failFast(), options -> options.name("outer").deadline(time))) {
                outer.fork(() -> Tasks.withTimeout(time, () -> {
                    begun.countDown();
                    while (!outer.isCancelled()) {
                        Thread.yield();
                    }
                    return SubtaskThreads.forEver();
                }));
                outer.join();
            }
        }));
        assertThat(thrown).isInstanceOf(ScopeTimeoutException.class).hasMessageContaining("outer");
    }

    private interface Timed {
        void within(long millis) throws Exception;
    }

    /** Again with more time, until the task begins in time: then what it throws or returns counts. */
    private static void untilBegun(CountDownLatch begun, Timed call) throws Exception {
        for (long millis = 20; ; millis *= 2) {
            try {
                call.within(millis);
                return;
            } catch (ScopeTimeoutException late) {
                if (begun.getCount() == 0) {
                    throw late;
                }
            }
        }
    }

    private static boolean waitFor(TaskResults<?> results, Duration timeout) {
        try {
            return results.await(timeout);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private static Integer sleepForEver() {
        try {
            return SubtaskThreads.forEver();
        } catch (InterruptedException e) {
            throw Failures.unchecked(e);
        }
    }
}
