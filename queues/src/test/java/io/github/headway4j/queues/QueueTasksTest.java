// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** The count of unfinished tasks: {@code taskDone}, {@code join}, and what raises and lowers the count. */
class QueueTasksTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @EachQueue
    void eachWayIn_countsAsATask(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.bounded(9);
        queue.put(1);
        assertThat(queue.unfinishedTasks()).isEqualTo(1L);
        queue.offer(2);
        queue.offer(3, HOUR);
        queue.add(4);
        assertThat(queue.unfinishedTasks()).isEqualTo(4L);
        queue.addAll(List.of(5, 6));
        queue.putAll(List.of(7, 8, 9));
        assertThat(queue.unfinishedTasks()).isEqualTo(9L);
        if (!kind.grows()) {
            queue.offer(10);
            queue.offer(10, Duration.ZERO);
            assertThat(queue.unfinishedTasks()).as("nothing has entered").isEqualTo(9L);
        }
    }

    @EachQueue
    void taking_inAnyForm_leavesTheTaskUnfinished(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.filled(8, 8);
        queue.take();
        queue.poll();
        queue.poll(HOUR);
        queue.remove();
        queue.take(2, HOUR);
        queue.drainTo(new ArrayList<>());
        assertThat(queue.unfinishedTasks()).isEqualTo(8L);
        assertThat(queue.join(Duration.ZERO)).isFalse();
        for (int left = 7; left >= 0; left--) {
            queue.taskDone();
            assertThat(queue.unfinishedTasks()).isEqualTo(left);
        }
        assertThat(queue.join(Duration.ZERO)).isTrue();
    }

    @EachQueue
    void leavingOtherwise_finishesTheTask(QueueKind kind) {
        List<ToLongFunction<TaskQueue<Integer>>> ways = List.of(
                queue -> queue.remove(2) ? 1 : 0,
                queue -> queue.removeIf(e -> e > 2) ? 3 : 0,
                queue -> queue.removeAll(List.of(1, 5)) ? 2 : 0,
                queue -> queue.retainAll(List.of(1, 5)) ? 3 : 0,
                queue -> {
                    queue.clear();
                    return 5;
                },
                queue -> queue.shutdownNow().size(),
                queue -> {
                    Iterator<Integer> iterator = queue.iterator();
                    iterator.next();
                    iterator.remove();
                    return 1;
                });
        for (ToLongFunction<TaskQueue<Integer>> way : ways) {
            TaskQueue<Integer> queue = kind.filled(5, 5);
            long gone = way.applyAsLong(queue);
            assertThat(gone).isPositive();
            assertThat(queue.unfinishedTasks()).as("way %d", ways.indexOf(way)).isEqualTo(5L - gone);
            assertThat(queue.stats().removed()).isEqualTo(gone);
            assertThat(queue.stats().taken()).isZero();
        }
    }

    @EachQueue
    void removalThatRemovesNothing_changesNothing(QueueKind kind) {
        TaskQueue<Integer> queue = kind.filled(2, 5);
        Iterator<Integer> iterator = queue.iterator();
        Integer first = iterator.next();
        assertThat(queue.poll()).isNotNull();
        assertThat(queue.poll()).isNotNull();
        iterator.remove();
        assertThat(queue.remove(first)).isFalse();
        queue.clear();
        assertThat(queue.unfinishedTasks()).isEqualTo(2L);
        assertThat(queue.stats().removed()).isZero();
    }

    @EachQueue
    void severalTasksDone_countAtOnce_wholeOrNotAtAll(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.filled(5, 5);
        queue.drainTo(new ArrayList<>());
        queue.taskDone(3);
        assertThat(queue.unfinishedTasks()).isEqualTo(2L);
        queue.taskDone(0);
        assertThatIllegalStateException()
                .isThrownBy(() -> queue.taskDone(3))
                .withMessageContaining("taskDone of 3 when 2 of 5 tasks were unfinished");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.taskDone(-1))
                .withMessageContaining("tasks is -1");
        assertThat(queue.unfinishedTasks()).isEqualTo(2L);
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> joiner = threads.start("joiner", () -> queue.join());
            joiner.awaitParked(queue);
            queue.taskDone(2);
            joiner.result();
        }
        assertThat(queue.unfinishedTasks()).isZero();
        queue.taskDone(0);
    }

    @EachQueue
    @Python("A44")
    void oneTaskDoneTooMany_isRefused_andChangesNothing(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.bounded(3);
        assertThatIllegalStateException()
                .isThrownBy(queue::taskDone)
                .withMessageContaining("when 0 of 0 tasks were unfinished");
        queue.add(1);
        queue.remove(1);
        assertThatIllegalStateException()
                .isThrownBy(queue::taskDone)
                .withMessageContaining("when 0 of 1 tasks were unfinished");
        queue.add(2);
        queue.poll();
        assertThat(queue.unfinishedTasks()).isEqualTo(1L);
        queue.taskDone();
        assertThatIllegalStateException().isThrownBy(queue::taskDone);
        assertThat(queue.unfinishedTasks()).isZero();
        queue.add(3);
        assertThat(queue.unfinishedTasks()).as("the refused ones did not count").isEqualTo(1L);
        assertThat(queue.join(Duration.ofMillis(1))).isFalse();
    }

    @EachQueue
    @Python("A44")
    void join_withoutTasks_returnsAtOnce(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.bounded(3);
        queue.join();
        assertThat(queue.join(Duration.ZERO)).isTrue();
        queue.add(1);
        assertThat(queue.join(Duration.ofNanos(-1))).isFalse();
        queue.clear();
        queue.join();
    }

    @EachQueue
    void eachWayOfFinishing_letsJoinersGo(QueueKind kind) {
        List<Consumer<TaskQueue<Integer>>> ways = List.of(
                queue -> {
                    queue.poll();
                    queue.taskDone();
                },
                queue -> queue.remove(1),
                queue -> queue.removeIf(e -> true),
                Queue::clear,
                TaskQueue::shutdownNow);
        for (Consumer<TaskQueue<Integer>> way : ways) {
            TaskQueue<Integer> queue = kind.filled(1, 5);
            try (TestThreads threads = new TestThreads()) {
                TestThread<Void> joiner = threads.start("joiner", () -> queue.join());
                TestThread<Boolean> timed = threads.start("timed", () -> queue.join(HOUR));
                joiner.awaitParked(queue);
                timed.awaitParked(queue);
                way.accept(queue);
                assertThat(timed.result()).as("way %d", ways.indexOf(way)).isTrue();
            }
        }
    }

    @EachThreadKind
    void joinerThatWakesLate_goesThoughTheNextTaskHasBegun(ThreadKind kind) {
        for (int round = 0; round < 50; round++) {
            TaskQueue<Integer> queue = QueueKind.any().filled(1, 5);
            try (TestThreads threads = new TestThreads(kind)) {
                threads.start("joiner", () -> queue.join()).awaitParked(queue);
                queue.poll();
                queue.taskDone();
                queue.add(2); // and nobody ever finishes this one
            }
            assertThat(queue.unfinishedTasks()).isEqualTo(1L);
        }
    }

    @EachQueue
    void whatTheWorkersDid_isSeenByTheJoiner(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.bounded(10);
        int[] results = new int[200]; // not volatile: join makes them visible
        try (TestThreads threads = new TestThreads()) {
            for (int w = 0; w < 2; w++) {
                threads.start("worker " + w, () -> queue.forEachTask(e -> results[e] = e + 1));
            }
            for (int i = 0; i < results.length; i++) {
                queue.put(i);
            }
            queue.join();
            for (int i = 0; i < results.length; i++) {
                assertThat(results[i]).isEqualTo(i + 1);
            }
            queue.shutdown();
        }
        assertThat(queue.unfinishedTasks()).isZero();
    }

    @EachQueue
    void taskDoneByMany_isExact(QueueKind kind) {
        TaskQueue<Integer> queue = kind.filled(1_000, 1_000);
        AtomicInteger refused = new AtomicInteger();
        queue.drainTo(new ArrayList<>());
        try (TestThreads threads = new TestThreads()) {
            for (int w = 0; w < 3; w++) {
                threads.start("worker " + w, () -> {
                    for (int i = 0; i < 400; i++) {
                        try {
                            queue.taskDone();
                        } catch (IllegalStateException tooMany) {
                            refused.incrementAndGet();
                        }
                    }
                });
            }
        }
        assertThat(refused).hasValue(200);
        assertThat(queue.unfinishedTasks()).isZero();
    }

    // ---- the worker's loop ----

    @EachThreadKind
    void forEachTask_worksUntilTheQueueIsTerminated(ThreadKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = QueueKind.any().bounded(3);
        Queue<Integer> done = new ConcurrentLinkedQueue<>();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> one = threads.start("one", () -> queue.forEachTask(done::add));
            TestThread<Void> two = threads.start("two", () -> queue.forEachTask(done::add));
            queue.putAll(List.of(1, 2, 3, 4, 5));
            queue.shutdown();
            one.join();
            two.join();
        }
        assertThat(done).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
        queue.join();
    }

    @EachThreadKind
    void forEachTask_actionThatThrows_endsTheLoop_andCountsAsDone(ThreadKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = QueueKind.any().filled(2, 3);
        RuntimeException failure = new RuntimeException("of the action");
        assertThatThrownBy(() -> queue.forEachTask(e -> {
                    throw failure;
                }))
                .isSameAs(failure)
                .hasNoSuppressedExceptions();
        assertThat(queue.unfinishedTasks()).isEqualTo(1L);
        assertThat(queue).hasSize(1);
        assertThatThrownBy(() -> queue.forEachTask(e -> {
                    queue.taskDone(); // and the loop reports it as well
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(failure.getSuppressed()).hasSize(1).hasOnlyElementsOfType(IllegalStateException.class);
        queue.join();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> worker = threads.start("worker", () -> queue.forEachTask(e -> {}));
            worker.awaitParked(queue);
            worker.interrupt();
            assertThat(worker.failure()).isInstanceOf(InterruptedException.class);
        }
    }
}
