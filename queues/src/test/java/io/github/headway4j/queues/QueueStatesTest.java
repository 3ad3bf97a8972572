// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The table of states of {@link TaskQueue}: what each method does when the queue is open, shut down, or terminated. */
class QueueStatesTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @EachQueue
    void open_everythingWorks(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.bounded(9);
        queue.put(1);
        assertThat(queue.offer(2, HOUR)).isTrue();
        assertThat(queue.offer(3, 1, TimeUnit.HOURS)).isTrue();
        assertThat(queue.offer(4)).isTrue();
        assertThat(queue.add(5)).isTrue();
        queue.putAll(List.of(6, 7));

        assertThat(queue.isShutdown()).isFalse();
        assertThat(queue.isTerminated()).isFalse();
        assertThat(queue.stats().shutdown()).isFalse();
        assertThat(queue).containsExactlyElementsOf(kind.order(7));
        List<Integer> taken = new ArrayList<>();
        taken.add(queue.take());
        taken.add(queue.poll(HOUR));
        taken.add(queue.poll());
        taken.addAll(queue.take(3, HOUR));
        assertThat(queue.drainTo(taken)).isEqualTo(1);
        kind.order().check(taken, List.of(1, 2, 3, 4, 5, 6, 7));
        assertThat(queue.isTerminated()).isFalse();
    }

    @EachQueue
    void shutDown_nothingEnters(QueueKind kind) {
        for (int size : new int[] {2, 3}) { // also where there is no room
            TaskQueue<Integer> queue = kind.filled(size, 3);
            queue.shutdown();
            assertNothingEnters(queue);
            assertThat(queue).containsExactlyElementsOf(kind.order(size));
            assertThat(queue.isShutdown()).isTrue();
            assertThat(queue.isTerminated()).isFalse();
            assertThat(queue.stats().put()).isEqualTo(size);
            assertThat(queue.stats().shutdown()).isTrue();
        }
    }

    @EachQueue
    void shutDown_whatIsLeftIsTaken(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.filled(7, 9);
        queue.shutdown();

        List<Integer> taken = new ArrayList<>();
        assertThat(queue.peek()).isEqualTo(kind.order(7).get(0));
        assertThat(queue.remainingCapacity()).isEqualTo(kind.grows() ? Integer.MAX_VALUE : 2);
        taken.add(queue.take());
        taken.add(queue.poll(HOUR));
        taken.add(queue.poll(1, TimeUnit.HOURS));
        taken.add(queue.poll());
        taken.addAll(queue.take(2, HOUR));
        assertThat(queue.isTerminated()).isFalse();
        assertThat(queue.drainTo(taken)).isEqualTo(1);
        assertThat(queue.isTerminated()).isTrue();
        kind.order().check(taken, List.of(1, 2, 3, 4, 5, 6, 7));

        assertThat(queue.join(Duration.ZERO)).as("work in progress").isFalse();
        for (int i = 0; i < 7; i++) {
            queue.taskDone();
        }
        queue.join();
        assertTerminated(queue);
    }

    @EachQueue
    void terminated_howeverItCameAbout(QueueKind kind) {
        List<Consumer<TaskQueue<Integer>>> ways = List.of(
                queue -> {
                    queue.shutdown();
                    queue.poll();
                    queue.poll();
                },
                queue -> {
                    queue.poll();
                    queue.close();
                    queue.remove();
                },
                queue -> {
                    queue.shutdown();
                    queue.drainTo(new ArrayList<>());
                },
                queue -> {
                    queue.shutdown();
                    queue.clear();
                },
                queue -> {
                    queue.close();
                    assertThat(queue.remove(1)).isTrue();
                    assertThat(queue.removeIf(e -> true)).isTrue();
                },
                TaskQueue::shutdownNow,
                queue -> {
                    queue.shutdown();
                    assertThat(queue.shutdownNow()).isEqualTo(kind.order(2));
                },
                queue -> {
                    queue.clear();
                    queue.shutdown();
                });
        for (Consumer<TaskQueue<Integer>> way : ways) {
            TaskQueue<Integer> queue = kind.filled(2, 3);
            way.accept(queue);
            assertTerminated(queue);
            assertThat(queue.stats().put()).isEqualTo(2L);
        }
    }

    @EachQueue
    void shutdownNow_handsBackWhatIsThere_once_inOrder(QueueKind kind) {
        TaskQueue<Integer> queue = kind.filled(5, 5);
        assertThat(queue.shutdownNow()).isEqualTo(kind.order(5));
        assertThat(queue.shutdownNow()).isEmpty();
        queue.shutdown();
        assertThat(queue.shutdownNow()).isEmpty();
        assertTerminated(queue);
        assertThat(queue.unfinishedTasks()).isZero();
        assertThat(queue.stats().removed()).isEqualTo(5L);
    }

    @EachQueue
    void tryWithResources_shutsDownAndLosesNothing(QueueKind kind) {
        TaskQueue<Integer> queue = kind.bounded(3);
        try (queue) {
            queue.add(1);
        }
        assertThat(queue.isShutdown()).isTrue();
        assertThat(queue).containsExactly(1);
        assertNothingEnters(queue);
    }

    private static void assertTerminated(TaskQueue<Integer> queue) {
        assertThat(queue.isShutdown()).isTrue();
        assertThat(queue.isTerminated()).isTrue();
        assertNothingEnters(queue);
        assertEnded(queue::take);
        assertEnded(() -> queue.poll(HOUR));
        assertEnded(() -> queue.poll(Duration.ZERO));
        assertEnded(() -> queue.poll(1, TimeUnit.HOURS));
        assertEnded(() -> queue.take(5, HOUR));
        assertEnded(() -> queue.take(2, 5, Duration.ZERO));
        assertThat(queue.poll()).isNull();
        assertThat(queue.peek()).isNull();
        assertThat(queue.drainTo(new ArrayList<>())).isZero();
        assertThat(queue.drainTo(new ArrayList<>(), 3)).isZero();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(queue::remove);
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(queue::element);
        assertQueriesNeverFail(queue);
        queue.shutdown();
        assertThat(queue.shutdownNow()).isEmpty();
    }

    private static void assertQueriesNeverFail(TaskQueue<Integer> queue) {
        assertThat(queue.size()).isZero();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.remainingCapacity()).isPositive();
        assertThat(queue.iterator().hasNext()).isFalse();
        assertThat(queue.stream().count()).isZero();
        assertThat(queue.toArray()).isEmpty();
        assertThat(queue.contains(1)).isFalse();
        assertThat(queue.remove(1)).isFalse();
        assertThat(queue.removeIf(e -> true)).isFalse();
        assertThat(queue.stats().size()).isZero();
        assertThat(queue.stats().shutdown()).isTrue();
        assertThat(queue.toString()).isEqualTo("[]");
        queue.clear();
    }

    private static void assertNothingEnters(TaskQueue<Integer> queue) {
        int size = queue.size();
        assertRefused(List.of(9), () -> queue.put(9));
        assertRefused(List.of(9), () -> queue.offer(9, HOUR));
        assertRefused(List.of(9), () -> queue.offer(9, Duration.ZERO));
        assertRefused(List.of(9), () -> queue.offer(9, 1, TimeUnit.HOURS));
        assertRefused(List.of(8, 9), () -> queue.putAll(List.of(8, 9)));
        assertRefused(List.of(9), () -> queue.add(9));
        assertRefused(List.of(8, 9), () -> queue.addAll(List.of(8, 9)));
        assertThat(queue.offer(9)).isFalse();
        assertThat(queue).hasSize(size).doesNotContain(8, 9);
    }

    private static void assertRefused(Collection<?> undelivered, ThrowingCallable call) {
        assertThatExceptionOfType(QueueShutdownException.class)
                .isThrownBy(call)
                .withMessageContaining("shut down")
                .extracting(QueueShutdownException::undelivered, type(Object.class))
                .isEqualTo(undelivered);
    }

    private static void assertEnded(ThrowingCallable call) {
        assertRefused(List.of(), call);
    }
}
