// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One of the queues that the tests of the common contract run over. Who adds a queue adds it to {@link #all}; the suites
 * of its own order and speed are elsewhere.
 *
 * @param name how it appears in the names of tests
 * @param order the order in which it gives out elements
 * @param grows whether it holds as many elements as memory does; the capacity asked for is ignored then
 * @param creation how it is made
 */
record QueueKind(String name, Order order, boolean grows, Creation creation) {

    /** Which of the elements put so far comes first. */
    enum Order {
        FIFO,
        LIFO,
        SMALLEST_FIRST,
        /** In its views, smallest first; taken, in any order. */
        ROUGHLY_SMALLEST_FIRST;

        /** The given elements, put in this order, in the order in which they are taken. */
        <E extends Comparable<? super E>> List<E> of(List<E> put) {
            List<E> taken = new ArrayList<>(put);
            switch (this) {
                case FIFO -> {}
                case LIFO -> Collections.reverse(taken);
                case SMALLEST_FIRST, ROUGHLY_SMALLEST_FIRST -> Collections.sort(taken);
            }
            return taken;
        }

        boolean isStrict() {
            return this != ROUGHLY_SMALLEST_FIRST;
        }

        /** Checks that what was taken, all in all, is what was put, in the right order if there is one. */
        <E extends Comparable<? super E>> void check(List<E> taken, List<E> put) {
            if (isStrict()) {
                assertThat(taken).isEqualTo(of(put));
            } else {
                assertThat(taken).containsExactlyInAnyOrderElementsOf(put);
            }
        }
    }

    /** Makes a queue. */
    @FunctionalInterface
    interface Creation {
        <E extends Comparable<? super E>> TaskQueue<E> make(int capacity, QueueOptions<E> options);
    }

    private static final List<QueueKind> ALL = List.of(
            new QueueKind("bounded FIFO", Order.FIFO, false, FifoTaskQueue::bounded),
            new QueueKind("unbounded FIFO", Order.FIFO, true, QueueKind::unboundedFifo),
            new QueueKind("bounded LIFO", Order.LIFO, false, LifoTaskQueue::bounded),
            new QueueKind("unbounded LIFO", Order.LIFO, true, QueueKind::unboundedLifo),
            new QueueKind("bounded by comparator", Order.SMALLEST_FIRST, false, QueueKind::boundedByComparator),
            new QueueKind("unbounded by comparator", Order.SMALLEST_FIRST, true, QueueKind::unboundedByComparator),
            new QueueKind("bounded by key", Order.SMALLEST_FIRST, false, QueueKind::boundedByKey),
            new QueueKind("unbounded by key", Order.SMALLEST_FIRST, true, QueueKind::unboundedByKey),
            new QueueKind("bounded deque", Order.FIFO, false, RingDeque::bounded),
            new QueueKind("growing deque", Order.FIFO, true, QueueKind::growingDeque),
            new QueueKind("relaxed priority", Order.ROUGHLY_SMALLEST_FIRST, true, QueueKind::relaxed));

    /** Every queue of this module. */
    static Stream<QueueKind> all() {
        return ALL.stream();
    }

    /** Those that can be full. */
    static Stream<QueueKind> bounded() {
        return all().filter(kind -> !kind.grows);
    }

    /** One bounded queue, for tests of what does not depend on the store. */
    static QueueKind any() {
        return bounded().findFirst().orElseThrow();
    }

    /** Those of the JDK's contract: all, and one of the JDK's own, which keeps the tests honest. */
    static Stream<Subject> subjects() {
        Stream<Subject> ours = all().map(kind -> new Subject(kind.name, kind.order, kind.grows, kind::bounded));
        return Stream.concat(
                ours, Stream.of(new Subject("JDK's LinkedBlockingQueue", Order.FIFO, false, LinkedBlockingQueue::new)));
    }

    static Stream<Subject> boundedSubjects() {
        return subjects().filter(subject -> !subject.grows);
    }

    <E extends Comparable<? super E>> TaskQueue<E> bounded(int capacity, QueueOptions<E> options) {
        return creation.make(capacity, options);
    }

    <E extends Comparable<? super E>> TaskQueue<E> bounded(int capacity) {
        return creation.make(capacity, QueueOptions.<E>defaults());
    }

    /** A queue with the numbers from 1 to the given one, put in this order. */
    TaskQueue<Integer> filled(int size, int capacity) {
        TaskQueue<Integer> queue = bounded(capacity);
        IntStream.rangeClosed(1, size).forEach(queue::add);
        return queue;
    }

    /** The numbers from 1 to the given one in the order in which they are taken. */
    List<Integer> order(int size) {
        return order.of(IntStream.rangeClosed(1, size).boxed().toList());
    }

    // ---- how each is made ----

    private static <E extends Comparable<? super E>> TaskQueue<E> unboundedFifo(int ignored, QueueOptions<E> options) {
        return FifoTaskQueue.unbounded(options);
    }

    private static <E extends Comparable<? super E>> TaskQueue<E> unboundedLifo(int ignored, QueueOptions<E> options) {
        return LifoTaskQueue.unbounded(options);
    }

    private static <E extends Comparable<? super E>> TaskQueue<E> boundedByComparator(
            int capacity, QueueOptions<E> options) {
        return PriorityTaskQueue.bounded(capacity, Comparator.<E>naturalOrder(), options);
    }

    private static <E extends Comparable<? super E>> TaskQueue<E> unboundedByComparator(
            int ignored, QueueOptions<E> options) {
        return PriorityTaskQueue.unbounded(Comparator.<E>naturalOrder(), options);
    }

    private static <E extends Comparable<? super E>> TaskQueue<E> boundedByKey(int capacity, QueueOptions<E> options) {
        return PriorityTaskQueue.bySmallestKey(capacity, QueueKind::key, options);
    }

    private static <E extends Comparable<? super E>> TaskQueue<E> unboundedByKey(int ignored, QueueOptions<E> options) {
        return PriorityTaskQueue.bySmallestKey(QueueKind::key, options);
    }

    private static <E extends Comparable<? super E>> TaskQueue<E> growingDeque(int ignored, QueueOptions<E> options) {
        return RingDeque.unbounded(options);
    }

    private static <E extends Comparable<? super E>> TaskQueue<E> relaxed(int ignored, QueueOptions<E> options) {
        return RelaxedPriorityTaskQueue.bySmallestKey(QueueKind::key, options);
    }

    /** A number with the order of the elements: those that tests use are numbers or differ in their first character. */
    private static long key(Object element) {
        return element instanceof Number number
                ? number.longValue()
                : element.toString().charAt(0);
    }

    @Override
    public String toString() {
        return name;
    }

    /** A queue as the JDK knows it. */
    record Subject(String name, Order order, boolean grows, Maker maker) {

        /** Makes a queue of numbers. */
        @FunctionalInterface
        interface Maker {
            BlockingQueue<Integer> make(int capacity);
        }

        BlockingQueue<Integer> empty(int capacity) {
            return maker.make(capacity);
        }

        BlockingQueue<Integer> filled(int size, int capacity) {
            BlockingQueue<Integer> queue = maker.make(capacity);
            IntStream.rangeClosed(1, size).forEach(queue::add);
            return queue;
        }

        List<Integer> order(Integer... put) {
            return order.of(List.of(put));
        }

        /** Checks that what was taken, all in all, is what was put, in the right order if there is one. */
        void check(List<Integer> taken, Integer... put) {
            order.check(taken, List.of(put));
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
