// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.primitives.Parker;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** What a queue shows of itself: figures, iterators over one moment, its text; and which arguments it refuses. */
class QueueSnapshotTest {

    /** How many elements each of two threads puts while another looks at the figures. */
    private static final int PUTS = 3_000;

    // ---- figures ----

    @EachQueue
    void stats_tellWhatHappened(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.filled(5, 6);
        queue.take();
        queue.drainTo(new ArrayList<>(), 1);
        queue.taskDone();
        Integer last = kind.order(5).get(4);
        if (kind.order().isStrict()) {
            assertThat(queue.remove(last)).isTrue();
        } else {
            Integer any = queue.iterator().next();
            assertThat(queue.remove(any)).isTrue();
        }
        int capacity = kind.grows() ? Integer.MAX_VALUE : 6;
        assertThat(queue.stats()).isEqualTo(new QueueStats(2, capacity, 3L, 5L, 2L, 1L, 0L, 0, 0, false));
        assertThat(queue.remainingCapacity()).isEqualTo(kind.grows() ? Integer.MAX_VALUE : 4);
        queue.shutdownNow();
        assertThat(queue.stats()).isEqualTo(new QueueStats(0, capacity, 1L, 5L, 2L, 3L, 0L, 0, 0, true));
    }

    @EachBoundedQueue
    void stats_countThoseWhoWait(QueueKind kind) {
        TaskQueue<Integer> queue = kind.bounded(1);
        try (TestThreads threads = new TestThreads()) {
            threads.start("one", () -> queue.take()).awaitParked(queue);
            threads.start("two", () -> queue.take()).awaitParked(queue);
            threads.start("three", () -> TaskQueues.takeAny(queue)).awaitParked();
            assertThat(queue.stats().waitingTakers()).isEqualTo(3);
            queue.addAll(List.of(1));
            while (!queue.isEmpty()) {
                Thread.onSpinWait();
            }
            queue.add(2);
            while (!queue.isEmpty()) {
                Thread.onSpinWait();
            }
            queue.add(3);
        }
        assertThat(queue.stats().waitingTakers()).isZero();
        queue.add(4);
        try (TestThreads threads = new TestThreads()) {
            threads.start("putter", () -> queue.put(5)).awaitParked(queue);
            assertThat(queue.stats().waitingPutters()).isEqualTo(1);
            queue.poll();
        }
        assertThat(queue.stats().waitingPutters()).isZero();
    }

    @EachQueue
    void stats_areOfOneMoment_whateverGoesOn(QueueKind kind) {
        TaskQueue<Integer> queue = kind.bounded(3);
        AtomicInteger inconsistent = new AtomicInteger();
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> putter = threads.start("putter", () -> {
                for (int i = 0; i < 1_000; i++) {
                    queue.offer(i);
                    if (i % 5 == 0) {
                        queue.remove(i);
                    }
                }
            });
            threads.start("taker", () -> {
                while (putter.isAlive()) {
                    if (queue.poll() != null) {
                        queue.taskDone();
                    }
                }
            });
            while (putter.isAlive()) {
                QueueStats now = queue.stats();
                boolean adds = now.put() == now.taken() + now.removed() + now.size()
                        && now.taken() >= 0
                        && now.unfinished() >= now.size()
                        && now.size() <= now.capacity();
                inconsistent.addAndGet(adds ? 0 : 1);
            }
        }
        assertThat(inconsistent).hasValue(0);
    }

    /** Nobody takes, so what the figures say was taken is an element that they lost sight of. */
    @EachQueue
    void stats_areOfOneMoment_whileElementsAreRemoved(QueueKind kind) {
        TaskQueue<Integer> queue = kind.bounded(8);
        assertNothingIsTaken(queue, element -> {
            if (queue.offer(element)) {
                assertThat(queue.remove(element)).isTrue();
            }
        });
        assertThat(queue.stats().removed()).isEqualTo(2L * PUTS);
    }

    @EachBoundedQueue
    void stats_areOfOneMoment_whileElementsAreDropped(QueueKind kind) {
        for (OverflowPolicy policy : List.of(OverflowPolicy.DROP_OLDEST, OverflowPolicy.DROP_NEWEST)) {
            TaskQueue<Integer> queue =
                    kind.bounded(2, QueueOptions.<Integer>defaults().overflow(policy));
            assertNothingIsTaken(queue, queue::put);
            assertThat(queue.stats().dropped()).isEqualTo(2L * PUTS - 2L);
        }
    }

    /** What each of two threads does with its elements. */
    private static void assertNothingIsTaken(TaskQueue<Integer> queue, ThrowingConsumer<Integer> use) {
        try (TestThreads threads = new TestThreads()) {
            List<TestThread<Void>> users = new ArrayList<>();
            for (int u = 0; u < 2; u++) {
                int first = 1_000 + u * PUTS;
                users.add(threads.start("user " + u, () -> {
                    for (int i = first; i < first + PUTS; i++) {
                        use.accept(i);
                    }
                }));
            }
            while (users.stream().anyMatch(TestThread::isAlive)) {
                QueueStats now = queue.stats();
                assertThat(now.taken()).as("taken, of %s", now).isZero();
                assertThat(now.unfinished()).as("unfinished, of %s", now).isEqualTo(now.size());
                assertThat(now.put()).isEqualTo(now.removed() + now.size());
            }
        }
    }

    @EachQueue
    void text_showsTheElements(QueueKind kind) {
        assertThat(kind.<Integer>bounded(3)).hasToString("[]");
        assertThat(kind.filled(3, 3)).hasToString(kind.order(3).toString());
    }

    // ---- iterators ----

    @EachQueue
    void iterator_showsOneMoment_whateverComesAfter(QueueKind kind) {
        TaskQueue<Integer> queue = kind.filled(3, 3);
        Iterator<Integer> iterator = queue.iterator();
        queue.clear();
        queue.add(9);
        queue.shutdown();
        List<Integer> seen = new ArrayList<>();
        iterator.forEachRemaining(seen::add);
        assertThat(seen).isEqualTo(kind.order(3));
        assertThat(queue).containsExactly(9);
    }

    @EachQueue
    void iteratorsRemove_takesItsOwnElementOnly_notAnEqualOne(QueueKind kind) {
        TaskQueue<String> queue = kind.bounded(5);
        String one = new String("a");
        String equal = new String("a");
        queue.addAll(List.of(one, equal));
        Iterator<String> iterator = queue.iterator();
        String first = iterator.next();
        assertThat(queue.removeIf(e -> e == first)).isTrue();
        iterator.remove();
        assertThat(queue).hasSize(1).doesNotContainNull();
        assertThat(queue.peek()).isNotSameAs(first);
        assertThat(Set.of(queue.peek() == one, queue.peek() == equal)).containsExactlyInAnyOrder(true, false);
    }

    @EachQueue
    void iteratorsRemove_worksAfterTheShutdown_andLetsJoinersGo(QueueKind kind) {
        TaskQueue<Integer> queue = kind.filled(1, 3);
        queue.shutdown();
        try (TestThreads threads = new TestThreads()) {
            threads.start("joiner", () -> queue.join()).awaitParked(queue);
            Iterator<Integer> iterator = queue.iterator();
            iterator.next();
            iterator.remove();
        }
        assertThat(queue.isTerminated()).isTrue();
    }

    // ---- arguments ----

    @EachQueue
    void nulls_areRefused_inTheMethodsBeyondTheJdks(QueueKind kind) {
        TaskQueue<Integer> queue = kind.filled(1, 3);
        assertThatNullPointerException().isThrownBy(() -> queue.offer(null, Duration.ZERO));
        assertThatNullPointerException().isThrownBy(() -> queue.offer(1, null));
        assertThatNullPointerException().isThrownBy(() -> queue.poll((Duration) null));
        assertThatNullPointerException().isThrownBy(() -> queue.join(null));
        assertThatNullPointerException().isThrownBy(() -> queue.forEachTask(null));
        assertThatNullPointerException().isThrownBy(() -> kind.bounded(3, null));
        assertThat(queue).containsExactly(1);
    }

    @Test
    void nulls_areRefusedByOptionsAndOrders() {
        QueueOptions<Integer> options = QueueOptions.defaults();
        assertThatNullPointerException().isThrownBy(() -> options.overflow(null));
        assertThatNullPointerException().isThrownBy(() -> options.onUndelivered(null));
        assertThatNullPointerException().isThrownBy(() -> options.parker(null));
        assertThatNullPointerException().isThrownBy(() -> PriorityTaskQueue.unbounded(null));
        assertThatNullPointerException().isThrownBy(() -> PriorityTaskQueue.bySmallestKey(null));
        assertThatNullPointerException().isThrownBy(() -> RelaxedPriorityTaskQueue.bySmallestKey(null));
    }

    @EachBoundedQueue
    void badCapacities_areNamed(QueueKind kind) {
        for (int bad : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kind.<Integer>bounded(bad))
                    .withMessageContaining("capacity is " + bad)
                    .withMessageContaining("expected 1 to");
        }
    }

    @Test
    void options_areNeverChanged() throws InterruptedException {
        List<Integer> dropped = new ArrayList<>();
        QueueOptions<Integer> plain = QueueOptions.defaults();
        QueueOptions<Integer> dropping = plain.overflow(OverflowPolicy.DROP_NEWEST)
                .onUndelivered(dropped::add)
                .parker(Parker.system());
        TaskQueue<Integer> queue = QueueKind.any().bounded(1, plain);
        queue.add(1);
        assertThat(queue.offer(2)).as("the first options still block").isFalse();
        TaskQueue<Integer> other = QueueKind.any().bounded(1, dropping);
        other.put(1);
        other.put(2);
        assertThat(dropped).containsExactly(2);
    }

    @EachQueue
    void timesOfAnyLength_areTaken(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.filled(1, 3);
        Duration ages = Duration.ofSeconds(Long.MAX_VALUE);
        Duration past = Duration.ofSeconds(Long.MIN_VALUE);
        assertThat(queue.offer(2, ages)).isTrue();
        assertThat(queue.poll(ages)).isNotNull();
        assertThat(queue.poll(past)).isNotNull();
        assertThat(queue.poll(past)).isNull();
        assertThat(queue.join(past)).isFalse();
        assertThat(queue.take(5, past)).isEmpty();
        queue.taskDone();
        queue.taskDone();
        assertThat(queue.join(ages)).isTrue();
        assertThatThrownBy(() -> queue.offer(null, ages)).isInstanceOf(NullPointerException.class);
    }
}
