// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.TestThreads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The maps of {@link Tasks}: order, bounds, laziness, failures. */
class TasksMapTest {

    private static final List<Integer> MANY = IntStream.range(0, 5_000).boxed().toList();

    private static final class Planned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Planned(String message) {
            super(message);
        }
    }

    /** 0, 1, 2 and so on without end, which counts how many were taken, and is never asked by two at once. */
    private static final class Numbers implements Iterable<Integer>, Iterator<Integer> {
        final AtomicInteger taken = new AtomicInteger();
        final AtomicBoolean asked = new AtomicBoolean();
        final AtomicInteger mistakes = new AtomicInteger();

        @Override
        public Iterator<Integer> iterator() {
            return this;
        }

        @Override
        public boolean hasNext() {
            if (!asked.compareAndSet(false, true)) {
                mistakes.incrementAndGet();
            }
            Thread.yield();
            asked.set(false);
            return true;
        }

        @Override
        public Integer next() {
            return taken.getAndIncrement();
        }
    }

    private static Consumer<MapOptions> in(SubtaskThreads threads) {
        return options -> options.scope(threads::choose);
    }

    // ---- order and bounds ----

    @EachKindOfSubtask
    void map_givesTheResultsInTheOrderOfTheItems(SubtaskThreads threads) {
        for (int concurrency : new int[] {1, 2, 7, 100}) {
            try (TaskResults<Integer> results = Tasks.map(
                    MANY,
                    concurrency,
                    i -> {
                        if (i % 7 == 0) {
                            Thread.yield();
                        }
                        return i + 1;
                    },
                    in(threads))) {
                for (Integer i : MANY) {
                    assertThat(results.next()).isEqualTo(i + 1);
                }
                assertThat(results.hasNext()).isFalse();
            }
        }
    }

    @EachKindOfSubtask
    void mapUnordered_givesEachResultOnce(SubtaskThreads threads) {
        for (int concurrency : new int[] {1, 2, 7, 100}) {
            assertThat(Tasks.mapUnordered(MANY, concurrency, i -> i + 1, in(threads))
                            .toList())
                    .hasSameSizeAs(MANY)
                    .doesNotHaveDuplicates()
                    .allMatch(i -> i >= 1 && i <= MANY.size());
        }
    }

    @EachKindOfSubtask
    void mapUnordered_givesResultsAsTheyCome(SubtaskThreads threads) {
        CountDownLatch last = new CountDownLatch(1);
        try (TaskResults<Integer> results = Tasks.mapUnordered(
                List.of(0, 1),
                2,
                i -> {
                    if (i == 0) {
                        awaitQuietly(last);
                    }
                    return i;
                },
                in(threads))) {
            assertThat(results.next()).isEqualTo(1);
            last.countDown();
            assertThat(results.next()).isEqualTo(0);
            assertThat(results.hasNext()).isFalse();
        }
    }

    @EachKindOfSubtask
    void map_worksOnNoMoreThanItMay_butOnSoMany(SubtaskThreads threads) {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch together = new CountDownLatch(3);
        List<Integer> results = Tasks.map(
                        MANY,
                        3,
                        i -> {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            together.countDown();
                            awaitQuietly(together);
                            running.decrementAndGet();
                            return i;
                        },
                        in(threads))
                .toList();
        assertThat(results).isEqualTo(MANY);
        assertThat(most).hasValue(3);
    }

    @EachKindOfSubtask
    void map_goesNoFartherAheadThanItMay(SubtaskThreads threads) {
        Numbers numbers = new Numbers();
        try (TaskResults<Integer> results =
                Tasks.map(numbers, 4, i -> i, options -> options.ahead(6).scope(threads::choose))) {
            for (int delivered = 0; delivered < 200; delivered++) {
                int expected = delivered + 6;
                Await.until("as many as there is room for", () -> numbers.taken.get() == expected);
                if (delivered % 20 == 0) {
                    for (int i = 0; i < 100; i++) {
                        Thread.yield();
                    }
                    assertThat(numbers.taken).hasValue(expected);
                }
                assertThat(results.next()).isEqualTo(delivered);
            }
        }
        assertThat(numbers.taken.get()).isLessThanOrEqualTo(206);
        assertThat(numbers.mistakes).as("asked by two at once").hasValue(0);
    }

    @EachKindOfSubtask
    void map_goesAheadWhileOneItemIsSlow(SubtaskThreads threads) {
        Numbers numbers = new Numbers();
        CountDownLatch slow = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        try (TaskResults<Integer> results = Tasks.map(
                numbers,
                2,
                i -> {
                    if (i == 0) {
                        awaitQuietly(slow);
                    }
                    ended.incrementAndGet();
                    return i;
                },
                in(threads))) {
            Await.until("all the others that there is room for", () -> ended.get() == 15);
            assertThat(numbers.taken).hasValue(16);
            slow.countDown();
            assertThat(results.next()).isEqualTo(0);
        }
    }

    @Test
    void map_withFewerAheadThanAtWork_worksOnSoMany() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Integer> results = Tasks.map(
                        MANY,
                        50,
                        i -> {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            Thread.yield();
                            running.decrementAndGet();
                            return i;
                        },
                        options -> options.ahead(1))
                .toList();
        assertThat(results).isEqualTo(MANY);
        assertThat(most).hasValue(1);
    }

    // ---- a source that waits ----

    @EachKindOfSubtask
    void sourceThatWaits_keepsNobodyFromResultsThatAreThere(SubtaskThreads threads) {
        CountDownLatch more = new CountDownLatch(1);
        Iterable<Integer> source = () -> Stream.of(0, 1, 2)
                .peek(i -> {
                    if (i == 2) {
                        awaitQuietly(more);
                    }
                })
                .iterator();
        try (TaskResults<Integer> results = Tasks.map(source, 2, i -> i, in(threads))) {
            assertThat(results.next()).isEqualTo(0);
            assertThat(results.next()).isEqualTo(1);
            more.countDown();
            assertThat(results.next()).isEqualTo(2);
            assertThat(results.hasNext()).isFalse();
        }
    }

    // ---- failures ----

    @EachKindOfSubtask
    void failure_comesAfterTheResultsBeforeIt_andStopsTheRest(SubtaskThreads threads) {
        Planned failure = new Planned("of item 40");
        Numbers numbers = new Numbers();
        for (int concurrency : new int[] {1, 3, 20}) {
            numbers.taken.set(0);
            try (TaskResults<Integer> results = Tasks.map(
                    numbers,
                    concurrency,
                    i -> {
                        if (i == 40) {
                            throw failure;
                        }
                        return i;
                    },
                    in(threads))) {
                for (int i = 0; i < 40; i++) {
                    assertThat(results.next()).isEqualTo(i);
                }
                assertThat(results.hasNext()).isTrue();
                assertThat(catchThrowable(results::next)).isSameAs(failure);
                assertThat(results.hasNext()).isFalse();
                assertThatThrownBy(results::next).isInstanceOf(NoSuchElementException.class);
            }
        }
        assertThat(failure.getSuppressed()).isEmpty();
        assertThat(failure.getStackTrace())
                .as("goes on with the place of the call")
                .anyMatch(frame -> frame.getClassName().equals(Tasks.class.getName()))
                .anyMatch(frame -> frame.getMethodName().contains("failure_comesAfter")
                        && !frame.getMethodName().startsWith("lambda"));
    }

    @EachKindOfSubtask
    void failure_interruptsTheOthers_andIsThrownWhenTheyHaveEnded(SubtaskThreads threads) {
        Planned failure = new Planned("first");
        Planned inCleanUp = new Planned("in clean-up");
        AtomicInteger ended = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(2);
        try (TaskResults<Object> results = Tasks.map(
                List.of(0, 1, 2),
                3,
                i -> {
                    if (i == 2) {
                        awaitQuietly(begun);
                        throw failure;
                    }
                    begun.countDown();
                    try {
                        return SubtaskThreads.forEver();
                    } catch (InterruptedException e) {
                        ended.incrementAndGet();
                        if (i == 0) {
                            throw inCleanUp;
                        }
                        throw Failures.unchecked(e);
                    }
                },
                in(threads))) {
            assertThat(catchThrowable(results::next)).isSameAs(failure);
            assertThat(ended).hasValue(2);
            assertThat(failure.getSuppressed()).containsExactly(inCleanUp);
        }
    }

    @EachKindOfSubtask
    void failureOfTheSource_comesAfterTheResults_andItIsNotAskedAgain(SubtaskThreads threads) {
        Planned failure = new Planned("of the source");
        AtomicInteger asked = new AtomicInteger();
        Iterator<Integer> source = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                int i = asked.getAndIncrement();
                if (i >= 10) {
                    throw failure;
                }
                return i;
            }
        };
        try (TaskResults<Integer> results = Tasks.map(() -> source, 4, i -> i, in(threads))) {
            for (int i = 0; i < 10; i++) {
                assertThat(results.next()).isEqualTo(i);
            }
            assertThat(catchThrowable(results::next)).isSameAs(failure);
        }
        assertThat(asked).hasValue(11);
        assertThat(failure.getSuppressed()).isEmpty();
    }

    @EachKindOfSubtask
    void unorderedFailure_comesAfterWhatWasCompletedBefore(SubtaskThreads threads) {
        Planned failure = new Planned("planned");
        AtomicInteger completed = new AtomicInteger();
        int delivered = 0;
        try (TaskResults<Integer> results = Tasks.mapUnordered(
                MANY,
                4,
                i -> {
                    if (i == 60) {
                        throw failure;
                    }
                    completed.incrementAndGet();
                    return i;
                },
                options -> options.ahead(100).scope(threads::choose))) {
            Throwable thrown = null;
            while (thrown == null) {
                thrown = catchThrowable(results::next);
                delivered += thrown == null ? 1 : 0;
            }
            assertThat(thrown).isSameAs(failure);
            assertThat(delivered).isEqualTo(completed.get()).isGreaterThanOrEqualTo(57);
        }
    }

    @Test
    void failureThatNobodyTook_goesToTheHandler() {
        Planned failure = new Planned("planned");
        List<Throwable> told = Collections.synchronizedList(new ArrayList<>());
        for (boolean known : new boolean[] {false, true}) {
            told.clear();
            CountDownLatch thrown = new CountDownLatch(1);
            TaskResults<Integer> results = Tasks.map(
                    List.of(0),
                    1,
                    i -> {
                        thrown.countDown();
                        throw failure;
                    },
                    options -> options.scope(scope -> scope.onUnseenFailure(told::add)));
            awaitQuietly(thrown);
            if (known) {
                assertThat(results.hasNext()).isTrue();
            }
            results.close();
            results.close();
            assertThat(told).containsExactly(failure);
            assertThat(results.hasNext()).isFalse();
        }
    }

    // ---- as completed ----

    @Test
    void asCompleted_givesOutcomes_asTasksEnd() {
        Planned failure = new Planned("planned");
        CountDownLatch last = new CountDownLatch(1);
        Callable<String> slow = () -> {
            awaitQuietly(last);
            return "slow";
        };
        Callable<String> failing = () -> {
            throw failure;
        };
        try (TaskResults<Outcome<String>> outcomes = Tasks.asCompleted(List.of(slow, failing))) {
            assertThat(outcomes.next()).isEqualTo(Outcome.failure(failure));
            last.countDown();
            assertThat(outcomes.next()).isEqualTo(Outcome.success("slow"));
            assertThat(outcomes.hasNext()).isFalse();
        }
        assertThat(failure.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("asCompleted_givesOutcomes_asTasksEnd"));
    }

    @Test
    void asCompleted_thatIsClosed_reportsFailuresThatNobodyTook_butNoCancellations() {
        Planned failure = new Planned("planned");
        CountDownLatch begun = new CountDownLatch(1);
        List<Throwable> told = Collections.synchronizedList(new ArrayList<>());
        Callable<Object> patient = () -> {
            begun.countDown();
            return SubtaskThreads.forEver();
        };
        Callable<Object> failing = () -> {
            throw failure;
        };
        try (TestThreads helpers = new TestThreads()) {
            helpers.start("caller", () -> {
                        Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> told.add(thrown));
                        try (TaskResults<Outcome<Object>> outcomes = Tasks.asCompleted(List.of(failing, patient))) {
                            outcomes.await();
                            begun.await();
                        }
                    })
                    .join();
        }
        assertThat(told).containsExactly(failure);
    }

    // ---- small things ----

    @EachKindOfSubtask
    void nulls_areItemsAndResults(SubtaskThreads threads) {
        List<Object> items = Arrays.asList("a", null, "b");
        assertThat(Tasks.<Object, Object>map(items, 2, i -> i, in(threads)).toList())
                .containsExactly("a", null, "b");
        assertThat(Tasks.<Object, Object>mapUnordered(items, 1, i -> null, in(threads))
                        .toList())
                .containsExactly(null, null, null);
    }

    @Test
    void emptySource_hasNoResults() {
        try (TaskResults<Integer> results = Tasks.map(List.<Integer>of(), 100, i -> i)) {
            assertThat(results.hasNext()).isFalse();
            assertThatThrownBy(results::next).isInstanceOf(NoSuchElementException.class);
        }
        assertThat(Tasks.mapUnordered(List.<Integer>of(), 1, i -> i).toList()).isEmpty();
        assertThat(Tasks.asCompleted(List.<Callable<Object>>of()).toList()).isEmpty();
    }

    @Test
    void stream_takesInOrder_andClosingItCloses() {
        TaskResults<Integer> results = Tasks.map(new Numbers(), 4, i -> i);
        try (Stream<Integer> stream = results.stream()) {
            assertThat(stream.limit(5)).containsExactly(0, 1, 2, 3, 4);
        }
        assertThat(results.hasNext()).isFalse();
    }

    @Test
    void toList_closesWhenItFails() {
        Planned failure = new Planned("planned");
        TaskResults<Integer> results = Tasks.map(new Numbers(), 4, i -> {
            if (i == 9) {
                throw failure;
            }
            return i;
        });
        assertThat(catchThrowable(results::toList)).isSameAs(failure);
        assertThat(results.toList()).isEmpty();
    }

    @Test
    void statusThatAFunctionLeaves_isNotTakenForACancellation() {
        List<Integer> results = Tasks.map(MANY, 3, i -> {
                    Thread.currentThread().interrupt();
                    return i;
                })
                .toList();
        assertThat(results).isEqualTo(MANY);
    }

    @Test
    void badArguments_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tasks.map(MANY, 0, i -> i))
                .withMessage("concurrency: 0; expected at least 1");
        assertThatIllegalArgumentException().isThrownBy(() -> Tasks.mapUnordered(MANY, -1, i -> i));
        assertThatIllegalArgumentException().isThrownBy(() -> Tasks.asCompleted(List.<Callable<Object>>of(), 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tasks.map(MANY, 1, i -> i, options -> options.ahead(0)))
                .withMessage("ahead: 0; expected at least 1");
        assertThatNullPointerException().isThrownBy(() -> Tasks.map(null, 1, i -> i));
        assertThatNullPointerException().isThrownBy(() -> Tasks.map(MANY, 1, null));
        assertThatNullPointerException().isThrownBy(() -> Tasks.map(MANY, 1, i -> i, null));
        assertThatNullPointerException().isThrownBy(() -> Tasks.map(MANY, 1, i -> i, options -> options.scope(null)));
        assertThatNullPointerException()
                .isThrownBy(() -> Tasks.asCompleted(Collections.<Callable<Object>>singletonList(null)));
    }

    @Test
    void limitOfTheScope_isWithoutEffect() {
        assertThat(Tasks.map(MANY, 8, i -> i, options -> options.scope(scope -> scope.concurrency(1)))
                        .toList())
                .isEqualTo(MANY);
    }

    @Test
    void otherThreads_areRefused() {
        try (TaskResults<Integer> results = Tasks.map(List.of(1), 1, i -> i);
                TestThreads helpers = new TestThreads()) {
            helpers.start("other", () -> {
                        assertThatIllegalStateException().isThrownBy(results::hasNext);
                        assertThatIllegalStateException().isThrownBy(results::next);
                        assertThatIllegalStateException().isThrownBy(results::await);
                        assertThatIllegalStateException().isThrownBy(results::toList);
                        assertThatIllegalStateException().isThrownBy(results::close);
                    })
                    .join();
            assertThat(results.next()).isEqualTo(1);
        }
    }

    @Test
    void toString_tellsHowFarItIs() {
        try (TaskResults<Integer> results =
                Tasks.map(List.of(1, 2), 1, i -> i, options -> options.scope(scope -> scope.name("pages")))) {
            results.next();
            assertThat(results.toString())
                    .startsWith("TaskResults[ordered, 1 of ")
                    .contains("pages");
        }
    }

    /** For functions that are never interrupted. */
    static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
