// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Several elements at a time: {@code putAll}, the batch forms of {@code take}, {@code drainTo}; deadlines and failures.
 */
class QueueBatchTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final List<Integer> NUMBERS =
            IntStream.rangeClosed(1, 300).boxed().toList();

    // ---- putAll ----

    @EachQueue
    void putAll_keepsTheOrder_alsoBeyondOneBatch(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.bounded(300);
        queue.putAll(NUMBERS);
        assertThat(queue).containsExactlyElementsOf(kind.order(300));
        queue.putAll(List.of());
        assertThat(queue.stats().put()).isEqualTo(300L);
    }

    @EachBoundedQueue
    void putAll_waitsForRoomAsOftenAsNeeded(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.bounded(2);
        List<Integer> taken = new ArrayList<>();
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> putter = threads.start("putter", () -> queue.putAll(NUMBERS));
            putter.awaitParked(queue);
            assertThat(queue).hasSize(2);
            for (int i = 0; i < 300; i++) {
                taken.add(queue.take());
            }
        }
        assertThat(taken).containsExactlyInAnyOrderElementsOf(NUMBERS);
        if (kind.order() == QueueKind.Order.FIFO) {
            assertThat(taken).isEqualTo(NUMBERS);
        }
    }

    @EachBoundedQueue
    void putAll_interrupted_handsBackTheRest(QueueKind kind) {
        TaskQueue<Integer> queue = kind.bounded(2);
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> putter = threads.start("putter", () -> queue.putAll(List.of(1, 2, 3, 4)));
            putter.awaitParked(queue);
            putter.interrupt();
            assertThat(putter.failure())
                    .isInstanceOf(PutInterruptedException.class)
                    .hasMessageContaining("after 2 of 4 elements");
            assertThat(((PutInterruptedException) putter.failure()).undelivered())
                    .isEqualTo(List.of(3, 4));
        }
        assertThat(queue).containsExactlyElementsOf(kind.order(2));
        assertThat(queue.unfinishedTasks()).isEqualTo(2L);
    }

    @EachQueue
    void putAll_interruptedBefore_putsNothing(QueueKind kind) {
        TaskQueue<Integer> queue = kind.bounded(5);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(PutInterruptedException.class)
                .isThrownBy(() -> queue.putAll(List.of(1, 2)))
                .satisfies(e -> assertThat(e.undelivered()).isEqualTo(List.of(1, 2)));
        assertThat(Thread.interrupted()).as("cleared").isFalse();
        assertThat(queue).isEmpty();
    }

    @EachBoundedQueue
    void putAll_shutDownMeanwhile_handsBackTheRest(QueueKind kind) {
        TaskQueue<Integer> queue = kind.bounded(2);
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> putter = threads.start("putter", () -> queue.putAll(List.of(1, 2, 3, 4)));
            putter.awaitParked(queue);
            queue.shutdown();
            assertThat(putter.failure()).isInstanceOf(QueueShutdownException.class);
            assertThat(((QueueShutdownException) putter.failure()).undelivered())
                    .isEqualTo(List.of(3, 4));
        }
        assertThat(queue).containsExactlyElementsOf(kind.order(2));
    }

    @EachQueue
    void putAll_withANull_putsNothing(QueueKind kind) {
        TaskQueue<Integer> queue = kind.bounded(5);
        assertThatThrownBy(() -> queue.putAll(Arrays.asList(1, null, 2))).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> queue.putAll(null)).isInstanceOf(NullPointerException.class);
        assertThat(queue).isEmpty();
    }

    @EachQueue
    void putAll_ofTheQueueItself_putsWhatWasThere(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.filled(2, 4);
        queue.putAll(queue);
        assertThat(queue).containsExactlyInAnyOrder(1, 1, 2, 2);
    }

    @EachThreadKind
    void putAll_letsAsManyTakersGoAsThereAreElements(ThreadKind kind) throws InterruptedException {
        for (QueueKind queues : QueueKind.all().toList()) {
            TaskQueue<Integer> queue = queues.bounded(5);
            try (TestThreads threads = new TestThreads(kind)) {
                List<TestThread<Integer>> takers = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    TestThread<Integer> taker = threads.start("taker " + i, () -> queue.take());
                    taker.awaitParked(queue);
                    takers.add(taker);
                }
                queue.putAll(List.of(1, 2, 3));
                assertThat(takers).extracting(TestThread::result).containsExactlyInAnyOrder(1, 2, 3);
            }
        }
    }

    @Test
    void putAll_comparatorThatThrows_theFailureCarriesTheRest() {
        RuntimeException failure = new RuntimeException("of the comparator");
        Comparator<Integer> picky = (a, b) -> {
            if (a == 3 || b == 3) {
                throw failure;
            }
            return a.compareTo(b);
        };
        TaskQueue<Integer> queue = PriorityTaskQueue.bounded(9, picky);
        assertThatThrownBy(() -> queue.putAll(List.of(1, 2, 3, 4))).isSameAs(failure);
        assertThat(queue).containsExactly(1, 2);
        assertThat(failure.getSuppressed())
                .singleElement()
                .isInstanceOfSatisfying(
                        UndeliveredException.class,
                        e -> assertThat(e.undelivered()).isEqualTo(List.of(3, 4)));
        assertThat(queue.unfinishedTasks()).isEqualTo(2L);
    }

    // ---- take(max), take(min, max) ----

    @EachQueue
    void take_takesWhatIsThere_atMostSoMany(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.filled(300, 300);
        List<Integer> taken = new ArrayList<>(queue.take(1, HOUR));
        assertThat(taken).hasSize(1);
        taken.addAll(queue.take(150, HOUR));
        assertThat(taken).hasSize(151);
        taken.addAll(queue.take(200, Duration.ZERO));
        kind.order().check(taken, NUMBERS);
        assertThat(queue.take(5, Duration.ZERO)).isEmpty();
        assertThat(queue.take(5, Duration.ofMillis(1))).isEmpty();
        assertThat(queue.take(3, 5, Duration.ofMillis(1))).isEmpty();
    }

    @EachQueue
    void take_waitsForOneOnly(QueueKind kind) {
        TaskQueue<Integer> queue = kind.bounded(5);
        try (TestThreads threads = new TestThreads()) {
            TestThread<List<Integer>> taker = threads.start("taker", () -> queue.take(5, HOUR));
            taker.awaitParked(queue);
            queue.add(1);
            assertThat(taker.result()).containsExactly(1);
        }
    }

    @EachQueue
    void takeAtLeast_waitsForSoMany(QueueKind kind) {
        TaskQueue<Integer> queue = kind.bounded(5);
        try (TestThreads threads = new TestThreads()) {
            TestThread<List<Integer>> taker = threads.start("taker", () -> queue.take(3, 5, HOUR));
            taker.awaitParked(queue);
            queue.add(1);
            queue.add(2);
            taker.assertStillParked();
            queue.add(3);
            assertThat(taker.result()).containsExactlyInAnyOrder(1, 2, 3);
        }
        assertThat(queue).isEmpty();
    }

    @EachQueue
    void takeAtLeast_timeRunsOut_returnsWhatThereWas(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.filled(2, 5);
        long start = System.nanoTime();
        assertThat(queue.take(3, 5, Duration.ofMillis(5))).containsExactlyInAnyOrder(1, 2);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(5_000_000L);
        queue.add(3);
        assertThat(queue.take(3, 5, Duration.ZERO)).containsExactly(3);
    }

    @EachQueue
    void takeAtLeast_hasOneDeadline_thoughElementsKeepComing(QueueKind kind) {
        TaskQueue<Integer> queue = kind.bounded(5);
        int most = Integer.MAX_VALUE;
        try (TestThreads threads = new TestThreads()) {
            TestThread<List<Integer>> taker =
                    threads.start("taker", () -> queue.take(most, most, Duration.ofMillis(2)));
            int put = 0;
            while (taker.isAlive() && put < 5_000_000) {
                put += queue.isEmpty() && queue.offer(put) ? 1 : 0;
            }
            assertThat(taker.isAlive()).as("waits for more after its time").isFalse();
            assertThat(taker.result().size() + queue.size()).isEqualTo(put);
        }
    }

    @EachBoundedQueue
    void take_endsThoughElementsKeepComing(QueueKind kind) throws InterruptedException {
        int most = 300_000;
        TaskQueue<Integer> queue = kind.filled(2, 1_000);
        try (TestThreads threads = new TestThreads()) {
            threads.start("putter", () -> {
                for (int put = 0; put < most && !queue.isShutdown(); ) {
                    put += queue.offer(3) ? 1 : 0;
                }
            });
            for (int i = 0; i < 3; i++) {
                assertThat(queue.take(most, HOUR)).hasSizeBetween(1, 1_001);
            }
            queue.shutdown();
        }
    }

    @EachQueue
    void takeAtLeast_interrupted_returnsWhatItHas_andTheInterruptStaysPending(QueueKind kind) {
        TaskQueue<Integer> queue = kind.filled(2, 5);
        try (TestThreads threads = new TestThreads()) {
            TestThread<List<Integer>> taker = threads.start("taker", () -> {
                List<Integer> batch = queue.take(3, 5, HOUR);
                assertThat(Thread.interrupted()).isTrue();
                return batch;
            });
            taker.awaitParked(queue);
            taker.interrupt();
            assertThat(taker.result()).containsExactlyInAnyOrder(1, 2);

            TestThread<List<Integer>> other = threads.start("other", () -> queue.take(3, 5, HOUR));
            other.awaitParked(queue);
            other.interrupt();
            assertThat(other.failure()).isInstanceOf(InterruptedException.class);
        }
        assertThat(queue.stats().taken()).isEqualTo(2L);
    }

    @EachQueue
    void takeAtLeast_shutDown_returnsWhatItHas_thenIsTold(QueueKind kind) {
        TaskQueue<Integer> queue = kind.filled(2, 5);
        try (TestThreads threads = new TestThreads()) {
            TestThread<List<Integer>> taker = threads.start("taker", () -> queue.take(3, 5, HOUR));
            taker.awaitParked(queue);
            queue.shutdown();
            assertThat(taker.result()).containsExactlyInAnyOrder(1, 2);
        }
        assertThatExceptionOfType(QueueShutdownException.class).isThrownBy(() -> queue.take(3, 5, HOUR));
    }

    /** As an interrupt does: what has been taken is returned, and the failure comes again with the next call. */
    @Test
    void take_comparatorThatThrows_returnsWhatItHas() throws InterruptedException {
        List<Integer> undelivered = new ArrayList<>();
        for (int comparisons = 1; comparisons <= 200; comparisons += 7) {
            AtomicInteger fuse = new AtomicInteger(Integer.MAX_VALUE);
            TaskQueue<Integer> queue = PriorityTaskQueue.bounded(
                    300,
                    (a, b) -> {
                        if (fuse.decrementAndGet() < 0) {
                            throw new UnsupportedOperationException("planted");
                        }
                        return Integer.compare(a, b);
                    },
                    QueueOptions.<Integer>defaults().onUndelivered(undelivered::add));
            queue.putAll(NUMBERS);
            fuse.set(comparisons);
            List<Integer> batch = List.of();
            try {
                batch = queue.take(200, 200, HOUR);
                assertThat(batch).isNotEmpty();
            } catch (UnsupportedOperationException atTheFirst) {
                assertThat(queue.size()).isEqualTo(300);
            }
            fuse.set(0);
            assertThatThrownBy(() -> queue.take(5, HOUR)).isInstanceOf(UnsupportedOperationException.class);
            fuse.set(Integer.MAX_VALUE);
            assertThat(batch).isEqualTo(NUMBERS.subList(0, batch.size()));
            assertThat(queue).containsExactlyElementsOf(NUMBERS.subList(batch.size(), 300));
            assertThat(queue.unfinishedTasks()).isEqualTo(300L);
        }
        assertThat(undelivered).isEmpty();
    }

    @EachQueue
    void take_badNumbers_areNamed(QueueKind kind) {
        TaskQueue<Integer> queue = kind.filled(2, 5);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> queue.take(0, HOUR))
                .withMessageContaining("max is 0");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> queue.take(-3, 5, HOUR))
                .withMessageContaining("min is -3");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> queue.take(5, 4, HOUR))
                .withMessageContaining("min is 5 and max is 4");
        assertThatThrownBy(() -> queue.take(5, null)).isInstanceOf(NullPointerException.class);
        assertThat(queue).hasSize(2);
    }

    // ---- one room for several ----

    @EachBoundedQueue
    void batchThatLeaves_letsSeveralPuttersGo(QueueKind kind) throws InterruptedException {
        for (boolean drain : new boolean[] {false, true}) {
            TaskQueue<Integer> queue = kind.filled(3, 3);
            try (TestThreads threads = new TestThreads()) {
                for (int i = 0; i < 3; i++) {
                    int element = 10 + i;
                    threads.start("putter " + i, () -> queue.put(element)).awaitParked(queue);
                }
                if (drain) {
                    assertThat(queue.drainTo(new ArrayList<>(), 3)).isEqualTo(3);
                } else {
                    assertThat(queue.take(3, HOUR)).hasSize(3);
                }
            }
            assertThat(queue).containsExactlyInAnyOrder(10, 11, 12);
        }
    }

    @EachQueue
    void drainTo_endsThoughElementsKeepComing(QueueKind kind) {
        TaskQueue<Integer> queue = kind.filled(2, 1_000);
        List<Integer> sink = new ArrayList<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public boolean add(Integer element) {
                queue.offer(element + 10); // one comes for each that goes
                return super.add(element);
            }
        };
        assertThat(queue.drainTo(sink)).isEqualTo(2);
        assertThat(queue).hasSize(2);
    }
}
