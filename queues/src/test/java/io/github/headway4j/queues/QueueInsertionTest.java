// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** What BlockingQueue and Collection say of putting: add, offer, put, timed offer, addAll; room, nulls. */
class QueueInsertionTest {

    @EachBoundedSubject
    void room_isExactlyTheCapacity_inEveryForm(QueueKind.Subject subject) throws InterruptedException {
        for (int capacity : new int[] {1, 2, 7}) {
            BlockingQueue<Integer> queue = subject.empty(capacity);
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < capacity; i++) {
                    assertThat(queue.remainingCapacity()).isEqualTo(capacity - i);
                    assertThat(queue).hasSize(i);
                    switch ((i + round) % 4) {
                        case 0 -> assertThat(queue.add(i)).isTrue();
                        case 1 -> assertThat(queue.offer(i)).isTrue();
                        case 2 -> queue.put(i);
                        default -> assertThat(queue.offer(i, 1, TimeUnit.HOURS)).isTrue();
                    }
                }
                assertThat(queue.remainingCapacity()).isZero();
                assertThat(queue.offer(99)).isFalse();
                assertThat(queue.offer(99, 1, TimeUnit.MILLISECONDS)).isFalse();
                assertThat(queue.offer(99, 0, TimeUnit.NANOSECONDS)).isFalse();
                assertThat(queue.offer(99, -1, TimeUnit.DAYS)).isFalse();
                assertThatIllegalStateException().isThrownBy(() -> queue.add(99));
                assertThat(queue).hasSize(capacity).doesNotContain(99);
                for (int i = 0; i < capacity; i++) {
                    assertThat(queue.poll()).isNotNull();
                }
                assertThat(queue).isEmpty();
            }
        }
    }

    @EachBoundedSubject
    void putThatWaits_goesOnWhenThereIsRoom(QueueKind.Subject subject) throws InterruptedException {
        BlockingQueue<Integer> queue = subject.filled(1, 1);
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> putter = threads.start("putter", () -> queue.put(2));
            putter.awaitParked();
            assertThat(queue).containsExactly(1);
            assertThat(queue.take()).isEqualTo(1);
            putter.join();
            assertThat(queue).containsExactly(2);

            TestThread<Boolean> offerer = threads.start("offerer", () -> queue.offer(3, 1, TimeUnit.HOURS));
            offerer.awaitParked();
            assertThat(queue.poll()).isEqualTo(2);
            assertThat(offerer.result()).isTrue();
            assertThat(queue).containsExactly(3);
        }
    }

    @EachBoundedSubject
    void eachWayOfLeaving_makesRoomForOneWhoWaits(QueueKind.Subject subject) throws InterruptedException {
        List<Leaving> ways = List.of(
                BlockingQueue::take,
                queue -> queue.poll(1, TimeUnit.HOURS),
                BlockingQueue::poll,
                BlockingQueue::remove,
                queue -> queue.remove(1),
                queue -> queue.removeIf(e -> e == 1),
                queue -> queue.removeAll(List.of(1)),
                queue -> queue.retainAll(List.of()),
                BlockingQueue::clear,
                queue -> queue.drainTo(new ArrayList<>()),
                queue -> queue.drainTo(new ArrayList<>(), 1),
                queue -> {
                    var iterator = queue.iterator();
                    iterator.next();
                    iterator.remove();
                });
        for (Leaving way : ways) {
            BlockingQueue<Integer> queue = subject.filled(1, 1);
            try (TestThreads threads = new TestThreads()) {
                TestThread<Void> putter = threads.start("putter", () -> queue.put(2));
                putter.awaitParked();
                way.leave(queue);
                putter.join();
            }
            assertThat(queue).as("way %d", ways.indexOf(way)).containsExactly(2);
        }
    }

    /** A way in which an element leaves. */
    @FunctionalInterface
    private interface Leaving {
        void leave(BlockingQueue<Integer> queue) throws InterruptedException;
    }

    @EachSubject
    void nulls_areRefused(QueueKind.Subject subject) {
        BlockingQueue<Integer> queue = subject.filled(1, 3);
        assertThatNullPointerException().isThrownBy(() -> queue.add(null));
        assertThatNullPointerException().isThrownBy(() -> queue.offer(null));
        assertThatNullPointerException().isThrownBy(() -> queue.put(null));
        assertThatNullPointerException().isThrownBy(() -> queue.offer(null, 1, TimeUnit.HOURS));
        assertThatNullPointerException().isThrownBy(() -> queue.offer(1, 1, null));
        assertThatNullPointerException().isThrownBy(() -> queue.poll(1, null));
        assertThatNullPointerException().isThrownBy(() -> queue.addAll(null));
        assertThatNullPointerException().isThrownBy(() -> queue.addAll(Arrays.asList((Integer) null)));
        assertThatNullPointerException().isThrownBy(() -> queue.drainTo(null));
        assertThatNullPointerException().isThrownBy(() -> queue.drainTo(null, 1));
        assertThatNullPointerException().isThrownBy(() -> queue.removeIf(null));
        assertThatNullPointerException().isThrownBy(() -> queue.removeAll(null));
        assertThatNullPointerException().isThrownBy(() -> queue.retainAll(null));
        assertThatNullPointerException().isThrownBy(() -> queue.forEach(null));
        assertThatNullPointerException().isThrownBy(() -> queue.toArray((Integer[]) null));
        assertThat(queue.contains(null)).isFalse();
        assertThat(queue.remove(null)).isFalse();
        assertThat(queue).containsExactly(1);
    }

    @EachSubject
    @SuppressWarnings("ModifyingCollectionWithItself") // refused
    void addAll_addsInOrder_andNotTheQueueItself(QueueKind.Subject subject) {
        BlockingQueue<Integer> queue = subject.filled(1, 9);
        assertThat(queue.addAll(List.of(3, 2))).isTrue();
        assertThat(queue.addAll(List.of())).isFalse();
        assertThat(queue).containsExactlyElementsOf(subject.order(1, 3, 2));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> queue.addAll(queue));
        assertThat(queue).hasSize(3);
    }

    @EachBoundedSubject
    void addAll_withoutRoomForAll_throwsAndKeepsThoseBefore(QueueKind.Subject subject) {
        BlockingQueue<Integer> queue = subject.filled(1, 3);
        assertThatIllegalStateException().isThrownBy(() -> queue.addAll(List.of(2, 3, 4, 5)));
        assertThat(queue).containsExactlyElementsOf(subject.order(1, 2, 3));
    }
}
