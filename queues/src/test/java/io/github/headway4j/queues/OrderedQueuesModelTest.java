// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random sequences of operations on each ordered queue, against a list that does the same the slow way. */
class OrderedQueuesModelTest {

    private static final int STEPS = 4_000;

    /** The capacity of the bounded ones. */
    private static final int ROOM = 30;

    /** An element with a key that many share. */
    private static final class Item {
        final int key;

        Item(int key) {
            this.key = key;
        }
    }

    /** The list, in the order of taking, and how an element enters it. */
    private interface Model {
        void put(List<Item> list, Item item);
    }

    private static final Model STACK = (list, item) -> list.add(0, item);

    private static final Model FIFO = List::add;

    private static final Model PRIORITY = (list, item) -> {
        int i = list.size();
        while (i > 0 && list.get(i - 1).key > item.key) {
            i--;
        }
        list.add(i, item);
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void lifo(long seed) {
        compare(LifoTaskQueue.unbounded(), STACK, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void byKey_isStable(long seed) {
        compare(PriorityTaskQueue.bySmallestKey(i -> i.key), PRIORITY, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void byComparator_isStable(long seed) {
        compare(PriorityTaskQueue.unbounded(Comparator.comparingInt(i -> i.key)), PRIORITY, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void ringDeque(long seed) {
        compare(RingDeque.unbounded(), FIFO, seed);
    }

    private static void compare(BlockingTaskQueue<Item> queue, Model model, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Item> list = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            boolean growing = step / 500 % 2 == 0; // up and down, so that arrays grow and shrink
            int choice = random.nextInt(100);
            if (choice < (growing ? 60 : 25)) {
                Item item = new Item(random.nextInt(12));
                assertThat(queue.offer(item)).isTrue();
                model.put(list, item);
            } else if (choice < 90) {
                assertThat(queue.poll()).isSameAs(list.isEmpty() ? null : list.remove(0));
            } else if (choice < 94 && !list.isEmpty()) {
                Item item = list.remove(random.nextInt(list.size()));
                assertThat(queue.remove(item)).isTrue();
            } else if (choice == 94) {
                int key = random.nextInt(12);
                assertThat(queue.removeIf(i -> i.key == key)).isEqualTo(list.removeIf(i -> i.key == key));
            } else if (choice == 95) {
                List<Item> drained = new ArrayList<>();
                queue.drainTo(drained, 5);
                List<Item> first = list.subList(0, Math.min(5, list.size()));
                assertThat(drained).isEqualTo(first);
                first.clear();
            } else {
                assertThat(queue.toArray()).isEqualTo(list.toArray());
                assertThat(queue.peek()).isSameAs(list.isEmpty() ? null : list.get(0));
            }
            assertThat(queue.size()).isEqualTo(list.size());
        }
        Set<Object> rest = Collections.newSetFromMap(new IdentityHashMap<>());
        rest.addAll(list);
        assertThat(queue.shutdownNow()).containsExactlyElementsOf(list).allMatch(rest::contains);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void lifo_dropOldest_dropsTheLastInOrder(long seed) {
        List<Item> dropped = new ArrayList<>();
        compareDropping(LifoTaskQueue.bounded(ROOM, dropping(dropped)), dropped, STACK, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void byKey_dropOldest_dropsTheLastInOrder(long seed) {
        List<Item> dropped = new ArrayList<>();
        compareDropping(PriorityTaskQueue.bySmallestKey(ROOM, i -> i.key, dropping(dropped)), dropped, PRIORITY, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void byComparator_dropOldest_dropsTheLastInOrder(long seed) {
        List<Item> dropped = new ArrayList<>();
        compareDropping(
                PriorityTaskQueue.bounded(ROOM, Comparator.comparingInt(i -> i.key), dropping(dropped)),
                dropped,
                PRIORITY,
                seed);
    }

    private static QueueOptions<Item> dropping(List<Item> dropped) {
        return QueueOptions.<Item>defaults()
                .overflow(OverflowPolicy.DROP_OLDEST)
                .onUndelivered(dropped::add);
    }

    /** For orders in which the one that has to go is the last in the order of taking, the newcomer among them. */
    private static void compareDropping(BlockingTaskQueue<Item> queue, List<Item> dropped, Model model, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Item> list = new ArrayList<>();
        List<Item> gone = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            int choice = random.nextInt(100);
            if (choice < 80) {
                Item item = new Item(random.nextInt(step % 1_000 < 500 ? 500 : 5)); // few, then many that are equal
                assertThat(queue.offer(item)).isTrue();
                model.put(list, item);
                if (list.size() > ROOM) {
                    gone.add(list.remove(ROOM));
                }
            } else if (choice < 92) {
                assertThat(queue.poll()).isSameAs(list.isEmpty() ? null : list.remove(0));
            } else if (choice < 98 && !list.isEmpty()) {
                Item item = list.remove(random.nextInt(list.size()));
                assertThat(queue.remove(item)).isTrue();
            } else {
                assertThat(queue.toArray()).isEqualTo(list.toArray());
            }
            assertThat(dropped).hasSameSizeAs(gone);
            assertThat(queue.size()).isEqualTo(list.size());
        }
        assertThat(dropped).hasSizeGreaterThan(STEPS / 4);
        for (int i = 0; i < gone.size(); i++) {
            assertThat(dropped.get(i)).as("drop %d", i).isSameAs(gone.get(i));
        }
        assertThat(queue.shutdownNow()).isEqualTo(list);
        assertThat(queue.stats().dropped()).isEqualTo(gone.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void ringDeque_bothEndsAndTheMiddle(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RingDeque<Item> deque = RingDeque.unbounded();
        List<Item> list = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            boolean growing = step / 500 % 2 == 0;
            int size = list.size();
            Item item = new Item(step);
            switch (random.nextInt(growing ? 11 : 14)) {
                case 0, 1 -> {
                    deque.addFirst(item);
                    list.add(0, item);
                }
                case 2, 3 -> {
                    deque.addLast(item);
                    list.add(item);
                }
                case 4, 5, 6 -> {
                    int at = random.nextInt(size + 1);
                    deque.insert(at, item);
                    list.add(at, item);
                }
                case 7 -> {
                    int n = random.nextInt(-2 * size - 3, 2 * size + 3);
                    deque.rotate(n);
                    Collections.rotate(list, n);
                }
                case 8 -> {
                    deque.reverse();
                    Collections.reverse(list);
                }
                case 9 -> {
                    if (size > 0) {
                        int at = random.nextInt(size);
                        assertThat(deque.set(at, item)).isSameAs(list.set(at, item));
                        assertThat(deque.indexOf(item)).isEqualTo(at);
                    }
                }
                case 10, 11 -> assertThat(deque.pollFirst()).isSameAs(size == 0 ? null : list.remove(0));
                case 12 -> assertThat(deque.pollLast()).isSameAs(size == 0 ? null : list.remove(size - 1));
                default -> {
                    if (size > 0) {
                        int at = random.nextInt(size);
                        assertThat(deque.removeAt(at)).isSameAs(list.remove(at));
                    }
                }
            }
            assertThat(deque.toArray()).isEqualTo(list.toArray());
            assertThat(deque.unfinishedTasks())
                    .isEqualTo(deque.stats().put() - deque.stats().removed());
        }
    }
}
