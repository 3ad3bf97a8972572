// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.function.Executable;

/** Who waits when a queue is shut down wakes up and is told, and what is put at that moment is not lost. */
class QueueShutdownTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @EachQueue
    void takersOfEveryForm_wakeUp(QueueKind kind) {
        for (boolean now : new boolean[] {false, true}) {
            TaskQueue<Integer> queue = kind.bounded(2);
            TaskQueue<Integer> other = kind.bounded(2);
            other.shutdown();
            List<Executable> forms = List.of(
                    queue::take,
                    () -> queue.poll(HOUR),
                    () -> queue.poll(1, TimeUnit.HOURS),
                    () -> queue.take(5, HOUR),
                    () -> queue.take(2, 5, HOUR),
                    () -> TaskQueues.takeAny(other, queue));
            assertAllFail(queue, now, forms);
            assertThat(queue.isTerminated()).isTrue();
        }
    }

    @EachBoundedQueue
    void puttersOfEveryForm_wakeUpAndHaveNotPut(QueueKind kind) {
        for (boolean now : new boolean[] {false, true}) {
            TaskQueue<Integer> queue = kind.filled(2, 2);
            List<Executable> forms = List.of(
                    () -> queue.put(9),
                    () -> queue.offer(9, HOUR),
                    () -> queue.offer(9, 1, TimeUnit.HOURS),
                    () -> queue.putAll(List.of(9, 8)));
            List<QueueShutdownException> failures = assertAllFail(queue, now, forms);
            assertThat(failures.get(0).undelivered()).isEqualTo(List.of(9));
            assertThat(failures.get(3).undelivered()).isEqualTo(List.of(9, 8));
            assertThat(queue).hasSize(now ? 0 : 2).doesNotContain(9, 8);
            assertThat(queue.unfinishedTasks()).isEqualTo(now ? 0L : 2L);
        }
    }

    private static List<QueueShutdownException> assertAllFail(
            TaskQueue<Integer> queue, boolean now, List<Executable> forms) {
        List<QueueShutdownException> failures = new ArrayList<>();
        try (TestThreads threads = new TestThreads()) {
            List<TestThread<Void>> waiting = new ArrayList<>();
            for (Executable form : forms) {
                TestThread<Void> thread = threads.start("form " + waiting.size(), form);
                thread.awaitParked();
                waiting.add(thread);
            }
            if (now) {
                queue.shutdownNow();
            } else {
                queue.shutdown();
            }
            for (TestThread<Void> thread : waiting) {
                assertThat(thread.failure()).isInstanceOf(QueueShutdownException.class);
                failures.add((QueueShutdownException) thread.failure());
            }
        }
        assertThat(queue.stats().waitingTakers()).isZero();
        assertThat(queue.stats().waitingPutters()).isZero();
        return failures;
    }

    @EachQueue
    void joiners_wakeUpWhenTheLastTaskIsHandedBack(QueueKind kind) {
        TaskQueue<Integer> queue = kind.filled(2, 2);
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> joiner = threads.start("joiner", () -> queue.join());
            TestThread<Boolean> timed = threads.start("timed", () -> queue.join(HOUR));
            joiner.awaitParked(queue);
            timed.awaitParked(queue);
            queue.shutdown();
            joiner.assertStillParked();
            assertThat(queue.shutdownNow()).hasSize(2);
            joiner.join();
            assertThat(timed.result()).isTrue();
        }
    }

    @EachQueue
    void joiners_waitForWhatWasTakenBefore(QueueKind kind) {
        TaskQueue<Integer> queue = kind.filled(2, 2);
        assertThat(queue.poll()).isNotNull();
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> joiner = threads.start("joiner", () -> queue.join());
            joiner.awaitParked(queue);
            queue.shutdownNow();
            assertThat(queue.unfinishedTasks()).isEqualTo(1L);
            joiner.assertStillParked();
            queue.taskDone();
        }
    }

    @EachQueue
    void lastElements_goToTakersWhoCameFirst_theOthersAreTold(QueueKind kind) {
        TaskQueue<Integer> queue = kind.bounded(3);
        try (TestThreads threads = new TestThreads()) {
            List<TestThread<Integer>> takers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                TestThread<Integer> taker = threads.start("taker " + i, () -> queue.take());
                taker.awaitParked(queue);
                takers.add(taker);
            }
            queue.addAll(List.of(1, 2));
            queue.shutdown();
            Set<Integer> taken = new HashSet<>();
            int told = 0;
            for (TestThread<Integer> taker : takers) {
                Throwable failure = taker.failure();
                if (failure == null) {
                    taken.add(taker.result());
                } else {
                    assertThat(failure).isInstanceOf(QueueShutdownException.class);
                    told++;
                }
            }
            assertThat(taken).containsExactlyInAnyOrder(1, 2);
            assertThat(told).isEqualTo(1);
        }
    }

    @EachThreadKind
    void severalWhoShutDownAtOnce_handEachElementBackOnce(ThreadKind kind) {
        QueueKind.all().forEach(queues -> {
            for (int round = 0; round < 20; round++) {
                TaskQueue<Integer> queue = queues.filled(5, 5);
                List<Integer> back = new ArrayList<>();
                try (TestThreads threads = new TestThreads(kind)) {
                    TestThread<List<Integer>> one = threads.start("one", queue::shutdownNow);
                    TestThread<List<Integer>> two = threads.start("two", queue::shutdownNow);
                    threads.start("three", queue::shutdown);
                    back.addAll(one.result());
                    back.addAll(two.result());
                }
                assertThat(back).isEqualTo(queues.order(5));
            }
        });
    }

    @EachQueue
    void putThatIsBeforeTheEnd_isDelivered_oneThatIsAfterIsRefused(QueueKind kind) {
        for (int round = 0; round < 20; round++) {
            TaskQueue<Integer> queue = kind.bounded(1_000);
            List<Integer> back;
            int put;
            try (TestThreads threads = new TestThreads()) {
                TestThread<Integer> putter = threads.start("putter", () -> putUntilRefused(queue));
                while (queue.stats().put() < 20) {
                    Thread.onSpinWait();
                }
                back = queue.shutdownNow();
                put = putter.result();
            }
            assertThat(back).hasSize(put).doesNotHaveDuplicates();
            assertThat(queue.isTerminated()).isTrue();
        }
    }

    private static int putUntilRefused(TaskQueue<Integer> queue) throws InterruptedException {
        int put = 0;
        try {
            while (put < 1_000) {
                queue.put(put);
                put++;
            }
        } catch (QueueShutdownException expected) {
            return put;
        }
        return put;
    }
}
