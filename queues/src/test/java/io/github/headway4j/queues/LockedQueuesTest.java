// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What queues with a lock do without it: whoever is to be told that there is nothing, or no room, need not wait. */
class LockedQueuesTest {

    static Stream<QueueKind> locked() {
        return QueueKind.bounded().filter(kind -> kind.<Integer>bounded(1) instanceof LockedTaskQueue);
    }

    /** Somebody holds the lock, for as long as the call takes. */
    private static void whileLocked(TaskQueue<Integer> queue, Executable call) {
        QueueLock lock = ((LockedTaskQueue<Integer>) queue).lock;
        long word = lock.lock();
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> caller = threads.start("caller", call);
            try {
                caller.join();
            } finally {
                lock.unlock(word);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("locked")
    void figures_needNoLock(QueueKind kind) {
        TaskQueue<Integer> queue = kind.filled(2, 3);
        whileLocked(queue, () -> {
            assertThat(queue.size()).isEqualTo(2);
            assertThat(queue.isEmpty()).isFalse();
            assertThat(queue.remainingCapacity()).isEqualTo(1);
            assertThat(queue.unfinishedTasks()).isEqualTo(2L);
            assertThat(queue.isShutdown()).isFalse();
            assertThat(queue.isTerminated()).isFalse();
            queue.taskDone();
            assertThat(queue.join(Duration.ZERO)).isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource("locked")
    void full_isSaidWithoutTheLock(QueueKind kind) {
        TaskQueue<Integer> queue = kind.filled(3, 3);
        whileLocked(queue, () -> {
            assertThat(queue.offer(9)).isFalse();
            assertThat(queue.offer(9, Duration.ofMillis(1))).isFalse();
            assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> queue.add(9));
        });
        assertThat(queue).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("locked")
    void empty_isSaidWithoutTheLock(QueueKind kind) {
        TaskQueue<Integer> queue = kind.bounded(3);
        whileLocked(queue, () -> {
            assertThat(queue.poll()).isNull();
            assertThat(queue.poll(Duration.ofMillis(1))).isNull();
            assertThat(queue.peek()).isNull();
            assertThat(queue.drainTo(new ArrayList<>())).isZero();
            assertThat(queue.take(3, Duration.ZERO)).isEmpty();
            if (queue instanceof RingDeque<Integer> deque) {
                assertThat(deque.pollLast()).isNull();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("locked")
    void terminated_isSaidWithoutTheLock(QueueKind kind) {
        TaskQueue<Integer> queue = kind.bounded(3);
        queue.shutdown();
        whileLocked(queue, () -> {
            List<Executable> calls = List.of(
                    () -> queue.put(9),
                    () -> queue.add(9),
                    () -> queue.offer(9, Duration.ofHours(1)),
                    () -> queue.putAll(List.of(9)),
                    queue::take,
                    () -> queue.poll(Duration.ofHours(1)),
                    () -> queue.take(3, Duration.ofHours(1)));
            for (Executable call : calls) {
                assertThatExceptionOfType(QueueShutdownException.class).isThrownBy(call::execute);
            }
            assertThat(queue.offer(9)).isFalse();
            assertThat(queue.poll()).isNull();
            assertThat(queue.isTerminated()).isTrue();
        });
    }

    /** Those who need the lock wait for it, and are woken. */
    @ParameterizedTest
    @MethodSource("locked")
    void whatNeedsTheLock_waitsForIt(QueueKind kind) {
        TaskQueue<Integer> queue = kind.filled(2, 3);
        QueueLock lock = ((LockedTaskQueue<Integer>) queue).lock;
        try (TestThreads threads = new TestThreads()) {
            long word = lock.lock();
            List<TestThread<?>> waiting = new ArrayList<>();
            try {
                waiting.add(threads.start("taker", () -> queue.poll()));
                waiting.add(threads.start("putter", () -> queue.offer(3)));
                waiting.add(threads.start("reader", () -> queue.toArray()));
                waiting.add(threads.start("remover", () -> queue.remove(2)));
                waiting.forEach(thread -> thread.awaitParked(queue));
            } finally {
                lock.unlock(word);
            }
            waiting.forEach(TestThread::join);
        }
        assertThat(queue.stats().put()).isEqualTo(3L);
    }
}
