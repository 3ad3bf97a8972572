// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Nothing that has left a queue, of whatever kind and in whatever way, can be reached through it. */
class QueueRetentionTest {

    private static final int SIZE = 5;
    private static final Duration HOUR = Duration.ofHours(1);

    /** An element that is nowhere else. */
    private static final class Thing implements Comparable<Thing> {
        private final int number;

        Thing(int number) {
            this.number = number;
        }

        @Override
        public int compareTo(Thing other) {
            return Integer.compare(number, other.number);
        }

        @Override
        public String toString() {
            return String.valueOf((char) ('a' + number));
        }
    }

    /** A way for all elements to leave. */
    @FunctionalInterface
    private interface Leaving {
        void leave(TaskQueue<Thing> queue) throws InterruptedException;
    }

    private static Map<String, Leaving> ways() {
        Map<String, Leaving> ways = new LinkedHashMap<>();
        ways.put("take", queue -> {
            while (!queue.isEmpty()) {
                queue.take();
            }
        });
        ways.put("poll", queue -> {
            while (queue.poll() != null) {
                queue.taskDone();
            }
        });
        ways.put("timed poll", queue -> {
            while (queue.poll(Duration.ZERO) != null) {
                queue.taskDone();
            }
        });
        ways.put("batch take", queue -> queue.take(SIZE, SIZE, HOUR));
        ways.put("takeAny", queue -> {
            while (!queue.isEmpty()) {
                TaskQueues.takeAny(queue);
            }
        });
        ways.put("forEachTask", queue -> {
            queue.shutdown();
            queue.forEachTask(e -> {});
        });
        ways.put("remove(Object)", queue -> {
            for (Thing thing = queue.peek(); thing != null; thing = queue.peek()) {
                assertThat(queue.remove(thing)).isTrue();
            }
        });
        ways.put("iterator", queue -> {
            for (Iterator<Thing> iterator = queue.iterator(); iterator.hasNext(); ) {
                iterator.next();
                iterator.remove();
            }
        });
        ways.put("removeIf", queue -> queue.removeIf(e -> true));
        ways.put("removeIf by halves", queue -> {
            queue.removeIf(e -> e.number % 2 == 0);
            queue.removeIf(e -> e.number % 2 == 1);
        });
        ways.put("retainAll", queue -> queue.retainAll(List.of()));
        ways.put("clear", TaskQueue::clear);
        ways.put("drainTo", queue -> queue.drainTo(new ArrayList<>()));
        ways.put("drainTo one by one", queue -> {
            while (queue.drainTo(new ArrayList<>(), 1) > 0) {
                queue.taskDone();
            }
        });
        ways.put("shutdownNow", TaskQueue::shutdownNow);
        return ways;
    }

    private static Map<String, Leaving> waysOfADeque() {
        Map<String, Leaving> ways = new LinkedHashMap<>();
        ways.put("takeLast", queue -> {
            while (!queue.isEmpty()) {
                deque(queue).takeLast();
            }
        });
        ways.put("pollLast", queue -> {
            while (deque(queue).pollLast() != null) {
                queue.taskDone();
            }
        });
        ways.put("removeAt", queue -> {
            while (!queue.isEmpty()) {
                deque(queue).removeAt(queue.size() / 2);
            }
        });
        ways.put("removeLastOccurrence", queue -> {
            for (Thing thing = queue.peek(); thing != null; thing = queue.peek()) {
                assertThat(deque(queue).removeLastOccurrence(thing)).isTrue();
            }
        });
        ways.put("descendingIterator", queue -> {
            for (Iterator<Thing> iterator = deque(queue).descendingIterator(); iterator.hasNext(); ) {
                iterator.next();
                iterator.remove();
            }
        });
        ways.put("rotate, reverse, then pollFirst", queue -> {
            deque(queue).rotate(2);
            deque(queue).rotate(-1);
            deque(queue).reverse();
            while (deque(queue).pollFirst() != null) {
                queue.taskDone();
            }
        });
        return ways;
    }

    private static RingDeque<Thing> deque(TaskQueue<Thing> queue) {
        return (RingDeque<Thing>) queue;
    }

    /** In a frame of its own, so that no local variable keeps an element. */
    private static List<WeakReference<Thing>> fill(TaskQueue<Thing> queue, int count) throws InterruptedException {
        List<WeakReference<Thing>> things = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thing thing = new Thing(i * 2 % count);
            things.add(new WeakReference<>(thing));
            queue.put(thing);
        }
        return things;
    }

    @EachQueue
    void elementThatLeft_inAnyWay_isNotHeld(QueueKind kind) throws InterruptedException {
        Map<String, List<WeakReference<Thing>>> left = new LinkedHashMap<>();
        List<TaskQueue<Thing>> queues = new ArrayList<>();
        Map<String, Leaving> ways = ways();
        if (kind.<Thing>bounded(1) instanceof RingDeque) {
            ways.putAll(waysOfADeque());
        }
        for (Map.Entry<String, Leaving> way : ways.entrySet()) {
            TaskQueue<Thing> queue = kind.bounded(SIZE);
            left.put(way.getKey(), fill(queue, SIZE));
            way.getValue().leave(queue);
            assertThat(queue.isEmpty()).as(way.getKey()).isTrue();
            queues.add(queue);
        }
        Retention.awaitCleared(left);
        Reference.reachabilityFence(queues);
    }

    @EachQueue
    void elementThatLeft_whileOthersStay_isNotHeld(QueueKind kind) throws InterruptedException {
        TaskQueue<Thing> queue = kind.bounded(40);
        List<WeakReference<Thing>> all = fill(queue, 40); // enough for several levels of a heap
        for (int i = 0; i < 10; i++) {
            queue.poll();
            assertThat(removeOne(queue, i)).isTrue();
        }
        queue.removeIf(e -> e.number % 4 == 2);
        int stay = queue.size();
        Retention.awaitCleared(Map.of("those that left", leftOf(queue, all)));
        assertThat(all.stream().filter(e -> e.get() != null).count()).isEqualTo(stay);
        Reference.reachabilityFence(queue);
    }

    private static boolean removeOne(TaskQueue<Thing> queue, int seed) {
        Object[] elements = queue.toArray();
        return queue.remove(elements[seed * 7 % elements.length]);
    }

    private static List<WeakReference<Thing>> leftOf(TaskQueue<Thing> queue, List<WeakReference<Thing>> all) {
        return all.stream()
                .filter(e -> {
                    Thing thing = e.get();
                    return thing != null && !queue.contains(thing);
                })
                .toList();
    }

    @EachBoundedQueue
    void elementThatWasDropped_isNotHeld(QueueKind kind) throws InterruptedException {
        for (OverflowPolicy policy : List.of(OverflowPolicy.DROP_NEWEST, OverflowPolicy.DROP_OLDEST)) {
            TaskQueue<Thing> queue =
                    kind.bounded(2, QueueOptions.<Thing>defaults().overflow(policy));
            List<WeakReference<Thing>> all = fill(queue, 9);
            assertThat(queue.stats().dropped()).isEqualTo(7L);
            Retention.awaitCleared(Map.of("those that were dropped", leftOf(queue, all)));
            Reference.reachabilityFence(queue);
        }
    }

    @EachBoundedQueue
    void elementOfAPutterThatLeft_isNotHeld(QueueKind kind) throws InterruptedException {
        TaskQueue<Thing> queue = kind.bounded(1);
        fill(queue, 1);
        List<WeakReference<Thing>> left = new ArrayList<>();
        try (TestThreads threads = new TestThreads()) {
            AtomicReference<WeakReference<Thing>> interrupted = new AtomicReference<>();
            TestThread<Void> putter = threads.start("putter", () -> putOne(queue, HOUR, interrupted));
            putter.awaitParked(queue);
            putter.interrupt();
            assertThat(putter.failure()).isInstanceOf(InterruptedException.class);
            left.add(interrupted.get());
            AtomicReference<WeakReference<Thing>> late = new AtomicReference<>();
            threads.start("late", () -> putOne(queue, Duration.ofMillis(20), late))
                    .join();
            left.add(late.get());
        }
        Retention.awaitCleared(Map.of("those that were not put", left));
        assertThat(queue).hasSize(1);
    }

    @EachBoundedQueue
    void elementOfAPutterThatWaited_isNotHeldOnceTaken(QueueKind kind) throws InterruptedException {
        TaskQueue<Thing> queue = kind.bounded(1);
        List<WeakReference<Thing>> left = new ArrayList<>(fill(queue, 1));
        try (TestThreads threads = new TestThreads()) {
            AtomicReference<WeakReference<Thing>> put = new AtomicReference<>();
            TestThread<Void> putter = threads.start("putter", () -> putOne(queue, HOUR, put));
            putter.awaitParked(queue);
            queue.clear();
            putter.join();
            left.add(put.get());
        }
        queue.clear();
        Retention.awaitCleared(Map.of("those that were put and taken", left));
        assertThat(queue).isEmpty();
    }

    private static void putOne(
            TaskQueue<Thing> queue, Duration timeout, AtomicReference<WeakReference<Thing>> reference)
            throws InterruptedException {
        Thing thing = new Thing(0);
        reference.set(new WeakReference<>(thing));
        queue.offer(thing, timeout);
    }

    @EachQueue
    void elementOfATakerThatWaited_isNotHeld(QueueKind kind) throws InterruptedException {
        List<TaskQueue<Thing>> queues = new ArrayList<>();
        Map<String, List<WeakReference<Thing>>> left = new LinkedHashMap<>();
        Map<String, Leaving> waiting = new LinkedHashMap<>();
        waiting.put("take", TaskQueue::take);
        waiting.put("timed poll", queue -> queue.poll(HOUR));
        waiting.put("batch take", queue -> queue.take(SIZE, HOUR));
        waiting.put("takeAny", queue -> TaskQueues.takeAny(queue));
        for (Map.Entry<String, Leaving> way : waiting.entrySet()) {
            TaskQueue<Thing> queue = kind.bounded(SIZE);
            try (TestThreads threads = new TestThreads()) {
                TestThread<Void> taker =
                        threads.start("taker", () -> way.getValue().leave(queue));
                taker.awaitParked();
                left.put(way.getKey(), fill(queue, 1));
            }
            queues.add(queue);
        }
        Retention.awaitCleared(left);
        assertThat(queues).allMatch(TaskQueue::isEmpty);
    }

    @Test
    void elementThatWasReplaced_isNotHeld() throws InterruptedException {
        RingDeque<Thing> deque = RingDeque.unbounded();
        List<WeakReference<Thing>> all = fill(deque, SIZE);
        for (int i = 0; i < SIZE; i++) {
            deque.set(i, new Thing(i));
        }
        Retention.awaitCleared(Map.of("those that were replaced", all));
        assertThat(deque).hasSize(SIZE);
    }
}
