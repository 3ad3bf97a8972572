// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When the function that tells an element's key is called: once for each put, first of all, with nobody held up. */
class KeyFunctionTest {

    private final List<Integer> asked = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<Consumer<Integer>> also = new AtomicReference<>(e -> {});

    private long key(Integer element) {
        asked.add(element);
        also.get().accept(element);
        return element;
    }

    private PriorityTaskQueue<Integer> bounded(int capacity, OverflowPolicy policy) {
        return PriorityTaskQueue.bySmallestKey(
                capacity, this::key, QueueOptions.<Integer>defaults().overflow(policy));
    }

    private PriorityTaskQueue<Integer> full() {
        PriorityTaskQueue<Integer> queue = bounded(1, OverflowPolicy.BLOCK);
        queue.add(5);
        asked.clear();
        return queue;
    }

    @EachThreadKind
    void putThatWaits_hasAskedBefore_andDoesNotAskAgain(ThreadKind kind) throws Exception {
        PriorityTaskQueue<Integer> queue = full();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> putter = threads.start("putter", () -> queue.put(7));
            putter.awaitParked(queue);
            assertThat(asked).containsExactly(7);
            assertThat(queue.take()).isEqualTo(5);
            assertThat(queue.take()).isEqualTo(7);
        }
        assertThat(asked).containsExactly(7);
    }

    @Test
    void eachForm_asksOnce() throws Exception {
        for (OverflowPolicy policy : OverflowPolicy.values()) {
            for (int size = 0; size < 2; size++) {
                PriorityTaskQueue<Integer> queue = bounded(1, policy);
                for (int element = 1; element <= size; element++) {
                    queue.add(element);
                }
                asked.clear();
                queue.offer(2);
                assertThat(asked).containsExactly(2);
                queue.offer(3, Duration.ZERO);
                assertThat(asked).containsExactly(2, 3);
                if (policy != OverflowPolicy.BLOCK && policy != OverflowPolicy.FAIL) {
                    queue.put(4);
                    assertThat(asked).containsExactly(2, 3, 4);
                }
            }
        }
    }

    @Test
    void batch_asksAllBeforeTheFirstEnters_eachOnce() throws Exception {
        for (BlockingTaskQueue<Integer> queue : List.of(
                PriorityTaskQueue.<Integer>bySmallestKey(this::key),
                RelaxedPriorityTaskQueue.<Integer>bySmallestKey(this::key))) {
            asked.clear();
            also.set(e -> assertThat(queue.size()).isZero());
            List<Integer> all = IntStream.range(0, 200).boxed().toList();
            queue.putAll(all);
            assertThat(asked).isEqualTo(all);
            assertThat(queue).containsExactlyElementsOf(all);
        }
    }

    @Test
    void batchThatWaitsForRoom_asksEachOnce() throws Exception {
        PriorityTaskQueue<Integer> queue = bounded(3, OverflowPolicy.BLOCK);
        List<Integer> all = IntStream.range(0, 1_000).boxed().toList();
        List<Integer> taken = new ArrayList<>();
        try (TestThreads threads = new TestThreads()) {
            threads.start("putter", () -> queue.putAll(all));
            for (int i = 0; i < all.size(); i++) {
                taken.add(queue.take());
            }
        }
        assertThat(taken).containsExactlyInAnyOrderElementsOf(all);
        assertThat(asked).isEqualTo(all);
    }

    @Test
    void batchOfWhichAKeyFails_isNotPut() {
        PriorityTaskQueue<Integer> queue = bounded(9, OverflowPolicy.BLOCK);
        RuntimeException failure = new RuntimeException("of the key");
        also.set(e -> {
            if (e == 3) {
                throw failure;
            }
        });
        assertThatThrownBy(() -> queue.putAll(List.of(1, 2, 3)))
                .isSameAs(failure)
                .satisfies(thrown -> assertThat(((UndeliveredException) thrown.getSuppressed()[0]).undelivered())
                        .isEqualTo(List.of(1, 2, 3)));
        assertThat(queue).isEmpty();
        assertThat(queue.unfinishedTasks()).isZero();
    }

    /** With a key that puts as well, the room for the first two is made while their putter asks for the third's key. */
    @EachThreadKind
    void keyThatPutsIntoTheSameQueue_holdsUpNobody(ThreadKind kind) throws Exception {
        PriorityTaskQueue<Integer> queue = full();
        also.set(e -> {
            if (e == 7) {
                try {
                    queue.put(8);
                    queue.put(9);
                } catch (InterruptedException interrupted) {
                    throw new AssertionError(interrupted);
                }
            }
        });
        try (TestThreads threads = new TestThreads(kind)) {
            threads.start("putter", () -> queue.put(7));
            List<Integer> taken = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                taken.add(queue.poll(Duration.ofMinutes(5)));
            }
            assertThat(taken).containsExactly(5, 8, 9, 7);
        }
    }

    /** While a key function runs, no removal is half-way: figures are of one moment, hence wait for such a moment. */
    @Test
    void keyThatLooksAtTheFigures_seesThem() {
        for (OverflowPolicy policy : List.of(OverflowPolicy.DROP_OLDEST, OverflowPolicy.DROP_NEWEST)) {
            PriorityTaskQueue<Integer> queue = bounded(1, policy);
            queue.add(5);
            List<Long> seen = Collections.synchronizedList(new ArrayList<>());
            also.set(e -> seen.add(queue.stats().put()));
            try (TestThreads threads = new TestThreads()) { // which end even if the figures do not come
                threads.start("putter", () -> queue.put(3));
            }
            also.set(e -> {});
            assertThat(seen).containsExactly(1L);
        }
    }
}
