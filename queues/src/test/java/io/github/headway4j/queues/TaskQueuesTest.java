// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Waiting for several queues at once. */
class TaskQueuesTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final TaskQueue<Integer> one = FifoTaskQueue.bounded(4);
    private final TaskQueue<Integer> two = FifoTaskQueue.bounded(4);

    @EachQueue
    void anyQueue_canBeWaitedFor(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> other = kind.bounded(4);
        other.add(1);
        assertThat(TaskQueues.takeAny(one, other)).isEqualTo(1);
        other.add(2);
        Taken<Integer> taken = TaskQueues.select(HOUR, one, other);
        assertThat(taken.queue()).isSameAs(other);
        assertThat(taken.element()).isEqualTo(2);
        try (TestThreads threads = new TestThreads()) {
            TestThread<Integer> taker = threads.start("taker", () -> TaskQueues.takeAny(one, other));
            taker.awaitParked();
            other.add(3);
            assertThat(taker.result()).isEqualTo(3);
        }
        assertThat(other.stats().waitingTakers()).isZero();
        assertThat(other.stats().taken()).isEqualTo(3L);
    }

    @EachThreadKind
    void eitherQueue_wakesTheOneWhoWaitsForBoth(ThreadKind kind) {
        for (TaskQueue<Integer> queue : List.of(one, two)) {
            try (TestThreads threads = new TestThreads(kind)) {
                TestThread<Taken<Integer>> taker = threads.start("taker", () -> TaskQueues.select(one, two));
                taker.awaitParked();
                assertThat(one.stats().waitingTakers()).isEqualTo(1);
                assertThat(two.stats().waitingTakers()).isEqualTo(1);
                queue.add(7);
                assertThat(taker.result()).isEqualTo(new Taken<>(queue, 7));
            }
            assertThat(one.stats().waitingTakers()).isZero();
            assertThat(two.stats().waitingTakers()).isZero();
        }
    }

    @Test
    void inOrder_prefersTheFirst_otherwiseEachGetsItsTurn() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            one.add(i);
            two.add(10 + i);
        }
        for (int i = 0; i < 4; i++) {
            assertThat(TaskQueues.selectInOrder(one, two).queue()).isSameAs(one);
        }
        assertThat(TaskQueues.selectInOrder(HOUR, one, two).element()).isEqualTo(10);

        Set<TaskQueue<?>> served = new HashSet<>();
        for (int i = 0; i < 1_000 && served.size() < 2; i++) { // each misses its turn once in 2^1000
            one.offer(1);
            two.offer(1);
            served.add(TaskQueues.select(one, two).queue());
        }
        assertThat(served).hasSize(2);
    }

    @Test
    void timed_nothingThere_returnsNull_andLeavesNoTrace() throws InterruptedException {
        assertThat(TaskQueues.takeAny(Duration.ofMillis(2), one, two)).isNull();
        assertThat(TaskQueues.takeAny(Duration.ZERO, one, two)).isNull();
        assertThat(TaskQueues.select(Duration.ofNanos(-1), one, two)).isNull();
        assertThat(TaskQueues.selectInOrder(Duration.ofMillis(2), one, two)).isNull();
        assertThat(one.stats().waitingTakers()).isZero();
        assertThat(two.stats().waitingTakers()).isZero();
        two.add(1);
        assertThat(TaskQueues.takeAny(Duration.ZERO, one, two)).as("tries once").isEqualTo(1);
    }

    @EachThreadKind
    void interrupted_takesNothing_andLeavesNoTrace(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Integer> taker = threads.start("taker", () -> TaskQueues.takeAny(one, two));
            taker.awaitParked();
            taker.interrupt();
            assertThat(taker.failure()).isInstanceOf(InterruptedException.class);
        }
        one.add(1);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> TaskQueues.takeAny(one, two));
        assertThat(one).containsExactly(1);
        assertThat(one.stats().waitingTakers()).isZero();
    }

    @EachThreadKind
    void shutDown_whatIsLeftIsTaken_thenTheOthersAreWaitedFor_thenTheCallerIsTold(ThreadKind kind)
            throws InterruptedException {
        one.add(1);
        one.shutdown();
        assertThat(TaskQueues.takeAny(one, two)).isEqualTo(1);
        assertThat(TaskQueues.takeAny(Duration.ZERO, one, two)).isNull();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Integer> taker = threads.start("taker", () -> TaskQueues.takeAny(one, two));
            taker.awaitParked();
            two.add(2);
            assertThat(taker.result()).isEqualTo(2);
            TestThread<Integer> last = threads.start("last", () -> TaskQueues.takeAny(one, two));
            last.awaitParked();
            two.shutdownNow();
            assertThat(last.failure())
                    .isInstanceOf(QueueShutdownException.class)
                    .hasMessageContaining("all queues");
        }
        assertThatExceptionOfType(QueueShutdownException.class).isThrownBy(() -> TaskQueues.takeAny(one, two));
        assertThatExceptionOfType(QueueShutdownException.class).isThrownBy(() -> TaskQueues.takeAny(HOUR, one, two));
    }

    @EachThreadKind
    void sameQueueTwice_isOneQueue(ThreadKind kind) throws InterruptedException {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Integer> taker = threads.start("taker", () -> TaskQueues.takeAny(one, one));
            taker.awaitParked();
            one.addAll(List.of(1, 2));
            assertThat(taker.result()).isEqualTo(1);
        }
        assertThat(one).containsExactly(2);
        assertThat(one.stats().waitingTakers()).isZero();
        assertThat(TaskQueues.takeAny(one)).isEqualTo(2);
    }

    @Test
    void badArguments_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskQueues.takeAny())
                .withMessageContaining("expected at least one");
        assertThatIllegalArgumentException().isThrownBy(() -> TaskQueues.select(HOUR));
        assertThatNullPointerException().isThrownBy(() -> TaskQueues.takeAny(one, null));
        assertThatNullPointerException().isThrownBy(() -> TaskQueues.takeAny((Duration) null, one));
    }

    @Test
    void queueOfOthers_isRefused_andNamed() {
        TaskQueue<Integer> foreign = foreign();
        List<ThrowingCallable> calls = List.of(
                () -> TaskQueues.takeAny(one, foreign),
                () -> TaskQueues.takeAny(HOUR, foreign, one),
                () -> TaskQueues.select(foreign),
                () -> TaskQueues.select(HOUR, one, foreign),
                () -> TaskQueues.selectInOrder(one, foreign),
                () -> TaskQueues.selectInOrder(HOUR, one, foreign));
        one.add(1);
        for (ThrowingCallable call : calls) {
            assertThatIllegalArgumentException()
                    .isThrownBy(call)
                    .withMessageContaining(foreign.getClass().getName())
                    .withMessageContaining("expected a queue of this library");
        }
        assertThat(one).containsExactly(1);
        assertThat(one.stats().waitingTakers()).isZero();
    }

    @SuppressWarnings("unchecked")
    private static TaskQueue<Integer> foreign() {
        return (TaskQueue<Integer>) Proxy.newProxyInstance(
                TaskQueuesTest.class.getClassLoader(), new Class<?>[] {TaskQueue.class}, (proxy, method, arguments) -> {
                    throw new AssertionError("nobody may call " + method);
                });
    }

    @EachThreadKind
    void elementForAQueue_goesToASelectorOrToItsOwnTakers_neverToNobody(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Integer> selector = threads.start("selector", () -> TaskQueues.takeAny(one, two));
            selector.awaitParked();
            TestThread<Integer> own = threads.start("own", () -> two.take());
            own.awaitParked(two);
            two.add(1);
            two.add(2);
            assertThat(List.of(selector.result(), own.result())).containsExactlyInAnyOrder(1, 2);
        }
    }

    /** Two selectors over three queues, three putters: every element once, and each putter's in order. */
    @EachThreadKind
    void manyElements_noneIsLost_noneIsTakenTwice(ThreadKind kind) {
        int each = 1_000;
        List<TaskQueue<Integer>> queues = List.of(
                FifoTaskQueue.<Integer>bounded(2),
                FifoTaskQueue.<Integer>unbounded(),
                PriorityTaskQueue.<Integer>bySmallestKey(3, Integer::longValue));
        List<TestThread<List<Integer>>> takers = new ArrayList<>();
        try (TestThreads threads = new TestThreads(kind)) {
            for (int t = 0; t < 2; t++) {
                takers.add(threads.start("taker " + t, () -> takeAll(queues)));
            }
            for (int q = 0; q < 3; q++) {
                int first = q * each;
                TaskQueue<Integer> queue = queues.get(q);
                threads.start("putter " + q, () -> {
                    for (int i = first; i < first + each; i++) {
                        queue.put(i);
                    }
                    queue.shutdown();
                });
            }
        }
        List<Integer> all = new ArrayList<>();
        for (TestThread<List<Integer>> taker : takers) {
            List<Integer> got = taker.result();
            all.addAll(got);
            for (int q = 0; q < 2; q++) {
                int queue = q;
                assertThat(got.stream().filter(e -> e / each == queue)).isSorted();
            }
        }
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 3 * each).boxed().toList());
    }

    private static List<Integer> takeAll(List<TaskQueue<Integer>> queues) throws InterruptedException {
        List<Integer> got = new ArrayList<>();
        try {
            for (; ; ) {
                Integer element = got.size() % 2 == 0
                        ? TaskQueues.takeAny(queues.get(0), queues.get(1), queues.get(2))
                        : TaskQueues.takeAny(Duration.ofNanos(50_000), queues.get(0), queues.get(1), queues.get(2));
                if (element != null) {
                    got.add(element);
                }
            }
        } catch (QueueShutdownException ended) {
            return got;
        }
    }
}
