// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The memory of queues that grow with their elements: what a peak needed is given back, however the elements leave. */
class QueueMemoryTest {

    private static final int PEAK = 20_000;

    /** How many are left after the peak. */
    private static final int REST = 4;

    /** A way for all elements but the last {@link #REST} to leave. */
    @FunctionalInterface
    private interface Leaving {
        void leave(TaskQueue<Integer> queue) throws InterruptedException;
    }

    /** All but the bounded FIFO, which has all of its slots from the beginning. */
    static Stream<QueueKind> growing() {
        return QueueKind.all().filter(kind -> kind.grows() || !(kind.<Integer>bounded(1) instanceof FifoTaskQueue));
    }

    private static List<Leaving> ways() {
        return List.of(
                queue -> {
                    while (queue.size() > REST) {
                        queue.poll();
                    }
                },
                queue -> {
                    while (queue.size() > REST) {
                        queue.take(Math.min(100, queue.size() - REST), Duration.ZERO);
                    }
                },
                queue -> queue.drainTo(new ArrayList<>(), PEAK - REST),
                queue -> queue.removeIf(e -> e > REST),
                queue -> queue.retainAll(List.of(1, 2, 3, 4)),
                queue -> {
                    queue.clear();
                    queue.putAll(List.of(1, 2, 3, 4));
                });
    }

    @ParameterizedTest
    @MethodSource("growing")
    void memoryOfAPeak_isGivenBack_inWhateverWayTheElementsLeave(QueueKind kind) throws InterruptedException {
        long fresh = Slots.of(kind.<Integer>bounded(PEAK));
        for (Leaving way : ways()) {
            TaskQueue<Integer> queue = kind.filled(PEAK, PEAK);
            assertThat(Slots.of(queue)).isGreaterThanOrEqualTo(PEAK);
            way.leave(queue);
            assertThat(queue).hasSize(REST);
            assertThat(Slots.of(queue)).as("way %d", ways().indexOf(way)).isLessThanOrEqualTo(4 * fresh);
        }
    }

    /** What is there is the same before and after each resizing, up and down, also where the first is not at index 0. */
    @ParameterizedTest
    @MethodSource("growing")
    void growingAndShrinking_keepElementsAndOrder(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = kind.bounded(PEAK);
        for (int round = 0; round < 3; round++) {
            List<Integer> put = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                put.add(i * 7 % 500);
            }
            queue.putAll(put);
            List<Integer> order = kind.order().of(put);
            assertThat(queue).containsExactlyElementsOf(order);
            List<Integer> taken = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                taken.add(queue.take());
                if (i % 50 == 0 && kind.order().isStrict()) {
                    assertThat(queue).containsExactlyElementsOf(order.subList(i + 1, 500));
                }
            }
            kind.order().check(taken, put);
        }
    }

    @Test
    void deque_givesBackWhatLeavesAtItsEndAndWithin() throws InterruptedException {
        long fresh = Slots.of(RingDeque.unbounded());
        List<Leaving> ways = List.of(
                queue -> {
                    while (queue.size() > REST) {
                        ((RingDeque<Integer>) queue).pollLast();
                    }
                },
                queue -> {
                    while (queue.size() > REST) {
                        ((RingDeque<Integer>) queue).removeAt(queue.size() / 3);
                    }
                },
                queue -> {
                    while (queue.size() > REST) {
                        ((RingDeque<Integer>) queue).removeAt(queue.size() - 2);
                    }
                });
        for (Leaving way : ways) {
            RingDeque<Integer> deque = RingDeque.unbounded();
            IntStream.range(0, 3_000).forEach(deque::addFirst);
            way.leave(deque);
            assertThat(deque).hasSize(REST);
            assertThat(Slots.of(deque)).as("way %d", ways.indexOf(way)).isLessThanOrEqualTo(4 * fresh);
        }
    }

    /** The array does not shrink and grow again with each element about one size. */
    @ParameterizedTest
    @MethodSource("growing")
    void sizeThatGoesUpAndDownALittle_keepsItsMemory(QueueKind kind) {
        if (kind.order() == QueueKind.Order.ROUGHLY_SMALLEST_FIRST
                || kind.<Integer>bounded(1) instanceof FifoTaskQueue) {
            return; // many heaps at once, and segments: other sizes
        }
        for (int size : new int[] {16, 17, 32, 33, 64, 65, 128, 129}) {
            TaskQueue<Integer> queue = kind.filled(size, PEAK);
            queue.add(7); // perhaps the one that needs more room
            long slots = Slots.of(queue);
            for (int i = 0; i < 10; i++) {
                queue.poll();
                queue.poll();
                assertThat(Slots.of(queue)).isEqualTo(slots);
                queue.add(7);
                queue.add(7);
                assertThat(Slots.of(queue)).isEqualTo(slots);
            }
        }
    }
}
