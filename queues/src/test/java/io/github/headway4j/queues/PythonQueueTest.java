// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What CPython's tests demand of {@code queue.Queue}, {@code LifoQueue} and {@code PriorityQueue}, but for the end. */
class PythonQueueTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(2);

    @EachBoundedQueue
    @Python({"Q1", "A42"})
    void order_isThatOfTheClass(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.bounded(5);
        queue.put(111);
        queue.put(333);
        queue.put(222);
        List<Integer> got = List.of(queue.take(), queue.take(), queue.take());
        assertThat(got)
                .isEqualTo(
                        switch (kind.order()) {
                            case FIFO -> List.of(111, 333, 222);
                            case LIFO -> List.of(222, 333, 111);
                            default -> List.of(111, 222, 333);
                        });
    }

    @EachBoundedQueue
    @Python({"Q2", "Q4", "Q5"})
    void roomIsExact_fullAndEmptyAreTold_againAndAgain(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.bounded(5);
        for (int use = 0; use < 2; use++) {
            assertThat(queue.poll()).isNull();
            assertThat(queue.poll(SHORT)).isNull();
            for (int i = 0; i < 5; i++) {
                assertThat(queue.remainingCapacity()).isPositive();
                queue.put(i);
                assertThat(queue).isNotEmpty();
            }
            assertThat(queue.remainingCapacity()).isZero();
            assertThat(queue.offer(9)).isFalse();
            assertThat(queue.offer(9, SHORT)).isFalse();
            assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> queue.add(9));
            for (int i = 0; i < 5; i++) {
                queue.take();
            }
            assertThat(queue).isEmpty();
        }
    }

    @EachBoundedQueue
    @Python({"Q3", "A42"})
    void blockedPut_finishesAfterAGet_andBlockedGetAfterAPut(QueueKind kind) {
        TaskQueue<Integer> full = kind.filled(2, 2);
        TaskQueue<Integer> empty = kind.bounded(2);
        for (int form = 0; form < 2; form++) {
            boolean timed = form == 1;
            try (TestThreads threads = new TestThreads()) {
                TestThread<Void> putter = threads.start("putter", () -> {
                    if (timed) {
                        assertThat(full.offer(9, HOUR)).isTrue();
                    } else {
                        full.put(9);
                    }
                });
                putter.awaitParked(full);
                full.poll();

                TestThread<Integer> taker = threads.start("taker", () -> timed ? empty.poll(HOUR) : empty.take());
                taker.awaitParked(empty);
                empty.add(7);
                assertThat(taker.result()).isEqualTo(7);
            }
            assertThat(full).hasSize(2);
        }
    }

    @EachBoundedQueue
    @Python({"Q6", "A44"})
    void taskDone_onAFreshQueue_raises(QueueKind kind) {
        assertThatIllegalStateException().isThrownBy(() -> kind.bounded(2).taskDone());
    }

    @EachBoundedQueue
    @Python({"Q7", "A44"})
    void twoWorkers_hundredItems_joinReturnsAfterAll(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.bounded(10);
        AtomicInteger sum = new AtomicInteger();
        try (TestThreads threads = new TestThreads()) {
            for (int w = 0; w < 2; w++) {
                threads.start("worker " + w, () -> queue.forEachTask(sum::addAndGet));
            }
            for (int i = 0; i < 100; i++) {
                queue.put(i);
            }
            queue.join();
            assertThat(sum).hasValue(99 * 100 / 2);
            queue.join();
            assertThatIllegalStateException().isThrownBy(queue::taskDone);
            queue.shutdown();
        }
    }

    @EachBoundedQueue
    @Python("Q8")
    void negativeTime_triesOnce(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.bounded(1);
        assertThat(queue.poll(Duration.ofSeconds(-1))).isNull();
        assertThat(queue.offer(1, Duration.ofSeconds(-1))).isTrue();
        assertThat(queue.offer(2, Duration.ofSeconds(-1))).isFalse();
        assertThat(queue.poll(-1, TimeUnit.SECONDS)).isEqualTo(1);
    }

    /** The part of the store is played by the comparator, the only code of the user's that runs there. */
    @Test
    @Python("Q21")
    void storeThatThrows_leavesSizeAndLocksIntact_inEveryForm() throws InterruptedException {
        AtomicBoolean fails = new AtomicBoolean();
        RuntimeException failure = new RuntimeException("of the store");
        TaskQueue<Integer> queue = PriorityTaskQueue.bounded(4, (a, b) -> {
            if (fails.get()) {
                throw failure;
            }
            return Integer.compare(a, b);
        });
        queue.addAll(List.of(1, 2, 3));
        List<Executable> forms = List.of(
                () -> queue.put(9),
                () -> queue.offer(9),
                () -> queue.offer(9, HOUR),
                () -> queue.add(9),
                () -> queue.putAll(List.of(9)),
                queue::take,
                queue::poll,
                () -> queue.poll(HOUR),
                () -> queue.take(2, HOUR),
                () -> queue.drainTo(new ArrayList<>()));
        for (Executable form : forms) {
            fails.set(true);
            assertThatThrownBy(form::execute).isSameAs(failure);
            fails.set(false);
            assertThat(queue).hasSize(3);
            assertThat(queue.unfinishedTasks()).isEqualTo(3L);
            queue.put(0);
            assertThat(queue.take()).isZero();
            queue.taskDone();
        }
        assertThat(queue.offer(4)).isTrue();
        assertThat(queue.offer(5)).isFalse();
        assertThat(queue.take(4, HOUR)).containsExactly(1, 2, 3, 4);
    }

    @Test
    @Python("Q21")
    void storeThatThrows_whileAPutterWaits_reachesThePutter_andTheOthersGoOn() throws InterruptedException {
        AtomicBoolean fails = new AtomicBoolean();
        RuntimeException failure = new RuntimeException("of the store");
        TaskQueue<Integer> queue = PriorityTaskQueue.bounded(2, (a, b) -> {
            if (fails.get() && (a == 9 || b == 9)) {
                throw failure;
            }
            return Integer.compare(a, b);
        });
        queue.addAll(List.of(1, 2));
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> picky = threads.start("picky", () -> queue.put(9));
            picky.awaitParked(queue);
            TestThread<Void> other = threads.start("other", () -> queue.put(8));
            other.awaitParked(queue);
            fails.set(true);
            assertThat(queue.take()).isEqualTo(1);
            assertThat(picky.failure()).isSameAs(failure);
            other.join();
        }
        assertThat(queue).containsExactly(2, 8);
    }
}
