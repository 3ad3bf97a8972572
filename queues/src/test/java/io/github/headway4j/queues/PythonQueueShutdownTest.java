// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What CPython's tests demand of {@code shutdown} of its queues. */
class PythonQueueShutdownTest {

    private static final Duration HOUR = Duration.ofHours(1);

    /** Python's {@code shutdown(immediate)}. */
    private static void shutdown(TaskQueue<?> queue, boolean immediate) {
        if (immediate) {
            queue.shutdownNow();
        } else {
            queue.shutdown();
        }
    }

    private static void assertShutDown(ThrowingCallable call) {
        assertThatExceptionOfType(QueueShutdownException.class).isThrownBy(call);
    }

    @EachBoundedQueue
    @Python({"Q10", "A43"})
    void empty_putAndGetRaise(QueueKind kind) {
        for (boolean immediate : new boolean[] {false, true}) {
            TaskQueue<Integer> queue = kind.bounded(2);
            shutdown(queue, immediate);
            assertShutDown(() -> queue.put(1));
            assertShutDown(queue::take);
            assertShutDown(() -> queue.poll(HOUR));
        }
    }

    @EachBoundedQueue
    @Python({"Q11", "A43"})
    void nonEmpty_whatIsLeftIsFetched_thenGetRaises(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.filled(3, 3);
        queue.shutdown();
        queue.take();
        queue.poll(HOUR);
        assertThat(queue.poll()).isNotNull();
        assertShutDown(queue::take);
        assertShutDown(() -> queue.poll(HOUR));
        assertThat(queue.poll()).isNull();
    }

    @EachBoundedQueue
    @Python({"Q12", "A43"})
    void immediate_getRaises_taskDoneRaises_joinReturns(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.filled(2, 3);
        queue.shutdownNow();
        assertShutDown(queue::take);
        assertShutDown(() -> queue.poll(Duration.ZERO));
        assertThatIllegalStateException().isThrownBy(queue::taskDone);
        queue.join();
    }

    @EachBoundedQueue
    @Python("Q13")
    void repeated_inAnyOrder(QueueKind kind) throws InterruptedException {
        List<Consumer<TaskQueue<?>>> orders = List.of(
                queue -> {
                    queue.shutdown();
                    queue.shutdown();
                },
                queue -> {
                    queue.shutdown();
                    queue.shutdownNow();
                },
                queue -> {
                    queue.shutdownNow();
                    queue.shutdown();
                },
                queue -> {
                    queue.shutdownNow();
                    queue.shutdownNow();
                });
        for (int i = 0; i < orders.size(); i++) {
            TaskQueue<Integer> queue = kind.filled(1, 3);
            orders.get(i).accept(queue);
            assertShutDown(() -> queue.put(2));
            if (i == 0) {
                assertThat(queue.take()).isEqualTo(1);
            }
            assertShutDown(queue::take);
        }
    }

    @EachBoundedQueue
    @Python("Q14")
    void plain_itemsAndTaskDoneAndJoinStillWork(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.filled(2, 3);
        queue.shutdown();
        for (int i = 0; i < 2; i++) {
            queue.take();
            assertThat(queue.join(Duration.ZERO)).isFalse();
            queue.taskDone();
        }
        queue.join();
        assertThatIllegalStateException().isThrownBy(queue::taskDone);
    }

    @EachBoundedQueue
    @Python("Q15")
    void pendingGetter_isReleased(QueueKind kind) {
        for (boolean immediate : new boolean[] {false, true}) {
            TaskQueue<Integer> queue = kind.bounded(2);
            try (TestThreads threads = new TestThreads()) {
                TestThread<Integer> getter = threads.start("getter", () -> queue.take());
                getter.awaitParked(queue);
                shutdown(queue, immediate);
                assertThat(getter.failure()).isInstanceOf(QueueShutdownException.class);
            }
        }
    }

    @EachBoundedQueue
    @Python("Q16")
    void pendingPutters_areReleased(QueueKind kind) {
        for (boolean immediate : new boolean[] {false, true}) {
            TaskQueue<Integer> queue = kind.filled(2, 2);
            try (TestThreads threads = new TestThreads()) {
                TestThread<Void> one = threads.start("one", () -> queue.put(8));
                TestThread<Boolean> two = threads.start("two", () -> queue.offer(9, HOUR));
                one.awaitParked(queue);
                two.awaitParked(queue);
                shutdown(queue, immediate);
                assertThat(one.failure()).isInstanceOf(QueueShutdownException.class);
                assertThat(two.failure()).isInstanceOf(QueueShutdownException.class);
            }
            assertThat(queue).hasSize(immediate ? 0 : 2);
        }
    }

    @EachBoundedQueue
    @Python("Q17")
    void twoItems_threeGetters(QueueKind kind) {
        for (boolean immediate : new boolean[] {false, true}) {
            TaskQueue<Integer> queue = kind.filled(2, 2);
            shutdown(queue, immediate);
            int told = 0;
            try (TestThreads threads = new TestThreads()) {
                List<TestThread<Integer>> getters = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    getters.add(threads.start("getter " + i, () -> queue.take()));
                }
                for (TestThread<Integer> getter : getters) {
                    told += getter.failure() instanceof QueueShutdownException ? 1 : 0;
                }
            }
            assertThat(told).isEqualTo(immediate ? 3 : 1);
        }
    }

    @EachBoundedQueue
    @Python("Q18")
    void joiners_immediateReleases_plainWaitsForTaskDone(QueueKind kind) {
        for (boolean immediate : new boolean[] {false, true}) {
            TaskQueue<Integer> queue = kind.filled(1, 2);
            try (TestThreads threads = new TestThreads()) {
                TestThread<Void> joiner = threads.start("joiner", () -> queue.join());
                joiner.awaitParked(queue);
                shutdown(queue, immediate);
                if (!immediate) {
                    joiner.assertStillParked();
                    queue.poll();
                    joiner.assertStillParked();
                    queue.taskDone();
                }
            }
        }
    }

    @EachBoundedQueue
    @Python("Q19")
    void putBefore_counts_putAfter_raises(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.bounded(3);
        queue.put(1);
        queue.shutdown();
        assertShutDown(() -> queue.put(2));
        assertThat(queue.unfinishedTasks()).isEqualTo(1L);
        assertThat(queue.take()).isEqualTo(1);
        queue.taskDone();
        queue.join();
    }

    @EachBoundedQueue
    @Python("Q20")
    void writersReadersAndJoiners_allEnd(QueueKind kind) {
        for (boolean immediate : new boolean[] {false, true}) {
            TaskQueue<Integer> queue = kind.bounded(5);
            AtomicInteger written = new AtomicInteger();
            AtomicInteger read = new AtomicInteger();
            int back;
            try (TestThreads threads = new TestThreads()) {
                for (int w = 0; w < 4; w++) {
                    threads.start("writer " + w, () -> {
                        try {
                            for (; ; ) {
                                queue.put(1);
                                written.incrementAndGet();
                            }
                        } catch (QueueShutdownException ended) {
                            return;
                        }
                    });
                }
                for (int r = 0; r < 6; r++) {
                    threads.start("reader " + r, () -> queue.forEachTask(e -> read.incrementAndGet()));
                }
                for (int j = 0; j < 2; j++) {
                    threads.start("joiner " + j, () -> queue.join());
                }
                while (read.get() < 100) {
                    Thread.onSpinWait();
                }
                if (immediate) {
                    back = queue.shutdownNow().size();
                    assertThat(queue).isEmpty();
                } else {
                    queue.shutdown();
                    back = 0;
                }
            }
            assertThat(queue.isTerminated()).isTrue();
            assertThat(read.get() + back).isEqualTo(written.get());
            assertThat(queue.unfinishedTasks()).isZero();
        }
    }

    @EachBoundedQueue
    @Python({"Q22", "A43"})
    void immediate_withOneInFlight_joinWaitsForIt(QueueKind kind) {
        TaskQueue<Integer> queue = kind.filled(2, 2);
        assertThat(queue.poll()).isNotNull();
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> joiner = threads.start("joiner", () -> queue.join());
            joiner.awaitParked(queue);
            assertThat(queue.shutdownNow()).hasSize(1);
            assertThat(queue.unfinishedTasks()).isEqualTo(1L);
            joiner.assertStillParked();
            queue.taskDone();
        }
    }
}
