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
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@link WorkerPool#map}. */
class WorkerPoolMapTest {

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @EachThreadKind
    void results_areInTheOrderOfTheItems_whateverTheChunks(ThreadKind kind) throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(3, Pools.of(kind))) {
            for (int count : new int[] {0, 1, 2, 7, 100, 1_001}) {
                List<Integer> items = numbers(count);
                List<Integer> expected = items.stream().map(x -> x + 1).toList();
                assertThat(pool.map(items, x -> x + 1)).isEqualTo(expected);
                for (int chunk : new int[] {1, 2, 3, 6, 40, 1_000, Integer.MAX_VALUE}) {
                    assertThat(pool.map(items, chunk, x -> x + 1)).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void nulls_areItemsAndResultsLikeOthers() throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(2)) {
            assertThat(pool.map(Arrays.asList("a", null, "b"), 1, x -> x == null ? "none" : null))
                    .containsExactly(null, "none", null);
        }
    }

    @Test
    void anyCollection_isLeftAsItIs() throws Exception {
        Set<String> words = new LinkedHashSet<>(List.of("one", "three", "five"));
        List<String> copy = new ArrayList<>(words);
        // a list that hands out its own kind of array
        List<String> strings = Arrays.asList("one", "three", "five");
        try (WorkerPool pool = WorkerPool.fixed(2)) {
            assertThat(pool.map(words, String::length)).containsExactly(3, 5, 4);
            assertThat(pool.map(strings, String::length)).containsExactly(3, 5, 4);
            assertThat(pool.map(new TypedArrayList(), String::length)).containsExactly(3, 5, 4);
        }
        assertThat(words).containsExactlyElementsOf(copy);
        assertThat(strings).containsExactlyElementsOf(copy);
    }

    /** Whose array takes nothing but strings, which the contract of {@code toArray} did not forbid for long. */
    private static final class TypedArrayList extends java.util.AbstractList<String> {
        @Override
        public String get(int index) {
            return (String) toArray()[index];
        }

        @Override
        public int size() {
            return 3;
        }

        @Override
        public Object[] toArray() {
            return new String[] {"one", "three", "five"};
        }
    }

    @Test
    void list_cannotBeChanged() throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(2)) {
            List<Integer> list = pool.map(List.of(1, 2), x -> x);
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> list.set(0, 7));
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> list.add(7));
        }
    }

    @Test
    void severalWorkers_takePart() throws Exception {
        CountDownLatch together = new CountDownLatch(3);
        try (WorkerPool pool = WorkerPool.fixed(3)) {
            List<Thread> threads = pool.map(numbers(3), 1, x -> {
                together.countDown();
                Pools.awaitGate(together);
                return Thread.currentThread();
            });
            assertThat(new HashSet<>(threads)).hasSize(3).doesNotContain(Thread.currentThread());
        }
    }

    @EachThreadKind
    void failure_isThatOfTheFirstItem_asInALoop(ThreadKind kind) {
        // item 2 fails before item 1 is begun, in a chunk before it: a loop would have thrown that of item 1
        try (WorkerPool pool = WorkerPool.fixed(2, Pools.of(kind))) {
            for (int round = 0; round < 100; round++) {
                CountDownLatch secondFailed = new CountDownLatch(1);
                assertThatExceptionOfType(IllegalStateException.class)
                        .isThrownBy(() -> pool.map(numbers(100), 2, x -> {
                            if (x == 0) {
                                Pools.awaitGate(secondFailed);
                                Thread.yield();
                            }
                            if (x == 1) {
                                throw new IllegalStateException("of item 1");
                            }
                            if (x == 2) {
                                secondFailed.countDown();
                                throw new IllegalArgumentException("of item 2");
                            }
                            return x;
                        }))
                        .withMessage("of item 1")
                        .satisfies(e -> assertThat(e.getSuppressed())
                                .singleElement()
                                .satisfies(other -> assertThat(other).hasMessage("of item 2")));
            }
        }
    }

    @Test
    void afterAFailure_nothingMoreIsBegun() {
        List<Integer> mapped = Collections.synchronizedList(new ArrayList<>());
        try (WorkerPool pool = WorkerPool.fixed(1)) {
            assertThatExceptionOfType(ArithmeticException.class)
                    .isThrownBy(() -> pool.map(numbers(1_000), 10, x -> {
                        mapped.add(x);
                        return 1 / (x - 501);
                    }));
        }
        assertThat(mapped).isEqualTo(numbers(502));
    }

    @EachThreadKind
    void chunkThatIsUnderWay_whenOneBeforeItFails_goesNoFurther(ThreadKind kind) {
        List<Integer> mapped = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch begun = new CountDownLatch(1);
        try (WorkerPool pool = WorkerPool.fixed(2, Pools.of(kind))) {
            assertThatExceptionOfType(ArithmeticException.class)
                    .isThrownBy(() -> pool.map(numbers(20), 10, x -> {
                        mapped.add(x);
                        if (x == 0) {
                            Pools.awaitGate(begun);
                            throw new ArithmeticException();
                        }
                        begun.countDown();
                        Await.until(
                                "the other chunk to be over", () -> pool.stats().running() == 1);
                        return x;
                    }));
        }
        assertThat(mapped).containsExactlyInAnyOrder(0, 10);
    }

    @Test
    void errorOfTheFunction_isThrownAsItIs() {
        Error failure = new StackOverflowError("of the function");
        try (WorkerPool pool = WorkerPool.fixed(2)) {
            assertThatExceptionOfType(StackOverflowError.class)
                    .isThrownBy(() -> pool.map(numbers(10), x -> {
                        throw failure;
                    }))
                    .satisfies(e -> assertThat(e).isSameAs(failure));
        }
    }

    @EachThreadKind
    void mapWithinAMap_ofThePoolItself_doesNotStarve(ThreadKind kind) throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(2, Pools.of(kind))) {
            List<List<Integer>> table = pool.map(numbers(8), 1, x -> {
                try {
                    return pool.map(numbers(5), 1, y -> x * y);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(table.get(7)).containsExactly(0, 7, 14, 21, 28);
        }
    }

    @EachThreadKind
    void interruptedCaller_stopsTheMap_andWaitsForWhatIsUnderWay(ThreadKind kind) {
        try (WorkerPool pool = WorkerPool.fixed(2, Pools.of(kind));
                TestThreads threads = new TestThreads(kind)) {
            CountDownLatch begun = new CountDownLatch(2);
            CountDownLatch gate = new CountDownLatch(1);
            AtomicInteger interrupted = new AtomicInteger();
            AtomicInteger calls = new AtomicInteger();
            TestThread<?> caller = threads.start(
                    "caller",
                    () -> pool.map(numbers(1_000), 1, x -> {
                        calls.incrementAndGet();
                        begun.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            interrupted.incrementAndGet();
                            Pools.awaitGate(gate);
                        }
                        return x;
                    }));
            Await.until("both workers to map", () -> begun.getCount() == 0L);
            caller.awaitParked();
            caller.interrupt();
            Await.until("both to be interrupted", () -> interrupted.get() == 2);
            caller.assertStillParked();
            gate.countDown();
            assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
            assertThat(calls).hasValue(2);
        }
    }

    @Test
    void pendingInterrupt_isSeen_alsoWithoutItems() {
        AtomicInteger calls = new AtomicInteger();
        try (WorkerPool pool = WorkerPool.fixed(1)) {
            for (int items = 0; items <= 1; items++) {
                List<Integer> given = numbers(items);
                Thread.currentThread().interrupt();
                assertThatExceptionOfType(InterruptedException.class)
                        .isThrownBy(() -> pool.map(given, x -> calls.incrementAndGet()));
                assertThat(Thread.interrupted()).isFalse();
            }
            assertThat(pool.stats().submitted()).isZero();
        }
        assertThat(calls).hasValue(0);
    }

    @Test
    void stop_endsAMap_whosePartsHaveNotBegun() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        WorkerPool pool = WorkerPool.fixed(1, Pools.daemons());
        Pools.block(pool, gate);
        Runnable before = () -> {};
        Runnable after = () -> {};
        pool.execute(before);
        try (TestThreads threads = new TestThreads()) {
            TestThread<?> caller = threads.start("caller", () -> pool.map(numbers(10), x -> x));
            caller.awaitParked();
            pool.execute(after);
            assertThat(pool.shutdownNow()).containsExactly(before, after); // and no part of the map
            assertThat(caller.failure()).isInstanceOf(CancellationException.class);
        }
        gate.countDown();
        pool.close();
    }

    @Test
    void stop_endsAMapThatIsUnderWay_withoutBeginningMore() throws Exception {
        WorkerPool pool = WorkerPool.fixed(1, Pools.daemons());
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        try (TestThreads threads = new TestThreads()) {
            TestThread<?> caller = threads.start(
                    "caller",
                    () -> pool.map(numbers(10), 1, x -> {
                        calls.incrementAndGet();
                        begun.countDown();
                        Pools.awaitGate(gate);
                        return x;
                    }));
            Await.until("the first item", () -> begun.getCount() == 0L);
            pool.shutdownNow();
            gate.countDown();
            assertThat(caller.failure()).isInstanceOf(CancellationException.class);
        }
        assertThat(calls).hasValue(1);
        pool.close();
    }

    @EachThreadKind
    void mapAgainstShutdownNow_endsOneWayOrTheOther(ThreadKind kind) {
        List<Integer> items = numbers(20);
        AtomicReference<List<Integer>> result = new AtomicReference<>();
        Rounds.of(1_000, () -> WorkerPool.fixed(2, Pools.daemons()))
                .body("caller", pool -> {
                    result.set(null);
                    try {
                        result.set(pool.map(items, 1, x -> x));
                    } catch (CancellationException | RejectedExecutionException stopped) {
                        return;
                    }
                })
                .body("stopper", pool -> assertThat(pool.shutdownNow()).isEmpty())
                .check(pool -> {
                    assertThat(result.get()).isIn(null, items);
                    pool.close();
                })
                .run(kind);
    }

    @Test
    void fullBacklog_leavesTheMapToTheWorkersThatItGets() throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(3, Pools.daemons().backlog(1))) {
            assertThat(pool.map(numbers(100), 1, x -> x)).isEqualTo(numbers(100));
        }
        PoolOptions rejecting = Pools.daemons().backlog(1).whenFull(WhenFull.REJECT);
        CountDownLatch gate = new CountDownLatch(1);
        try (WorkerPool pool = WorkerPool.fixed(1, rejecting)) {
            Pools.block(pool, gate);
            pool.execute(() -> {});
            assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.map(numbers(10), x -> x));
            gate.countDown();
        }
        CountDownLatch third = new CountDownLatch(1);
        try (WorkerPool pool = WorkerPool.fixed(2, rejecting);
                TestThreads threads = new TestThreads()) {
            for (int busy = 1; busy <= 2; busy++) {
                int expected = busy;
                pool.execute(() -> Pools.awaitGate(third));
                Await.until("room for the next one", () -> pool.stats().running() == expected);
            }
            TestThread<List<Integer>> mapper = threads.start("mapper", () -> pool.map(numbers(10), x -> x));
            mapper.awaitParked(); // with one part in the backlog, where there is no room for the other
            third.countDown();
            assertThat(mapper.result()).isEqualTo(numbers(10));
        }
        CountDownLatch second = new CountDownLatch(1);
        try (WorkerPool pool = WorkerPool.fixed(1, rejecting.whenFull(WhenFull.CALLER_RUNS))) {
            Pools.block(pool, second);
            pool.execute(() -> {});
            assertThat(pool.map(numbers(10), x -> x)).isEqualTo(numbers(10));
            second.countDown();
        }
    }

    @Test
    void mapThatIsOver_isNotKept_byItsPartsThatHaveNotBegun() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicReference<WeakReference<Object>> result = new AtomicReference<>();
        try (WorkerPool pool = WorkerPool.fixed(2, Pools.daemons())) {
            CountDownLatch busy = new CountDownLatch(1);
            pool.execute(() -> {
                busy.countDown();
                Pools.awaitGate(gate);
            });
            busy.await();
            pool.execute(() -> {
                result.set(resultOfAMap(pool)); // by this task alone: the other part is behind it, and stays there
                Pools.awaitGate(gate);
            });
            Await.until("the map to end", () -> result.get() != null);
            Await.until("its results to be gone", () -> {
                System.gc();
                return result.get().get() == null;
            });
            assertThat(pool.stats().queued()).isEqualTo(1);
            gate.countDown();
        }
    }

    private static WeakReference<Object> resultOfAMap(WorkerPool pool) {
        try {
            return new WeakReference<>(
                    pool.map(List.of(1, 2), item -> new Object()).get(0));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
