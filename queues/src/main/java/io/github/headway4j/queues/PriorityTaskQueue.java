// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.util.Comparator;
import java.util.function.ToLongFunction;

/**
 * A task queue that gives out first what is most urgent: Python's {@code queue.PriorityQueue}. Urgency is a
 * {@code long} that each element has ({@link #bySmallestKey(ToLongFunction) bySmallestKey}) or what a
 * {@link Comparator} says.
 *
 * <pre>{@code
 * var queue = PriorityTaskQueue.<Job>bySmallestKey(100, job -> job.deadline().toEpochMilli());
 * }</pre>
 *
 * <p><b>Ordering.</b> Smallest first, strictly; first in, first out among equals. Iterators, {@code toArray} and
 * {@code shutdownNow} give the order of taking; if the comparator throws they do not fail, but give the rest in any
 * order. {@link OverflowPolicy#DROP_OLDEST} drops the least urgent element, the latest among equals, which is the
 * newcomer if all others are more urgent. {@code remove(Object)} removes any of several equal elements; and if {@code
 * removeIf} is told to remove some occurrences of one object and not others, it removes as many, whichever. Which of
 * several waiting threads gets an element is not said.
 *
 * <p><b>User code.</b> The key function is called once for each element that a method is to put, by the calling thread,
 * outside all locks, before it looks whether there is room; by {@code putAll} for all elements before the first of them
 * enters. A key that changes later has no effect. The comparator is called inside the operation, under the queue's lock,
 * so it should be quick. What either throws reaches the caller, and the queue is as before. A comparator that calls
 * methods of the queue that put, take, look at elements or shut down gets an {@code IllegalStateException}. Only for
 * iterators, other views and {@code shutdownNow} it is called outside the lock, hence perhaps by several threads at the
 * same time.
 *
 * <p><b>Progress.</b> Blocking: one lock; {@code size}, {@code isEmpty}, and {@code offer} or {@code poll} on a full or
 * empty queue do without it.
 *
 * <p><b>Complexity and footprint.</b> Each put and take is O(log n), and allocates nothing but room to grow if it does
 * not have to wait for the lock and drops nothing. {@code contains}, {@code remove(Object)}, {@code clear} and dropping
 * by {@code DROP_OLDEST} are O(n); iterators, {@code toArray}, {@code removeIf} and {@code shutdownNow} are O(n log n),
 * of which the lock is held for O(n). The arrays grow with the number of elements, also in a bounded queue, and give
 * memory back when most of them is unused. More than 2<sup>29</sup> elements, or than memory holds, are an
 * {@code OutOfMemoryError} of the put, which changes nothing. An element that has left is not held any more.
 *
 * @param <E> the type of the elements
 * @since 0.1
 */
public abstract sealed class PriorityTaskQueue<E extends Object> extends LockedTaskQueue<E>
        permits ComparatorPriority, KeyPriority {

    PriorityTaskQueue(int capacity, QueueOptions<E> options) {
        super(capacity, options);
    }

    /** The given number of elements, in any order. */
    abstract Object[] inAnyOrder(int size);

    @Override
    final Object[] elements() {
        long w = lock.lock();
        try {
            return inAnyOrder(QueueLock.size(w));
        } finally {
            lock.unlock(w);
        }
    }

    // ---- by comparator ----

    /**
     * A queue for exactly so many elements, ordered by a comparator.
     *
     * @param capacity the most elements
     * @param comparator tells which of two elements comes first: the smaller one
     * @param <E> the type of the elements
     * @return a new queue
     * @throws IllegalArgumentException unless the capacity is positive and at most 2<sup>29</sup>
     */
    public static <E extends Object> PriorityTaskQueue<E> bounded(int capacity, Comparator<? super E> comparator) {
        return bounded(capacity, comparator, QueueOptions.defaults());
    }

    /**
     * A queue for exactly so many elements, ordered by a comparator.
     *
     * @param capacity the most elements
     * @param comparator tells which of two elements comes first: the smaller one
     * @param options what else to choose
     * @param <E> the type of the elements
     * @return a new queue
     * @throws IllegalArgumentException unless the capacity is positive and at most 2<sup>29</sup>
     */
    public static <E extends Object> PriorityTaskQueue<E> bounded(
            int capacity, Comparator<? super E> comparator, QueueOptions<E> options) {
        return new ComparatorPriority<>(capacityUpTo(KeyHeap.MOST, capacity), comparator, options);
    }

    /**
     * A queue that grows as far as memory goes, to 2<sup>29</sup> elements at most, ordered by a comparator; puts never
     * wait for room.
     *
     * @param comparator tells which of two elements comes first: the smaller one
     * @param <E> the type of the elements
     * @return a new queue
     */
    public static <E extends Object> PriorityTaskQueue<E> unbounded(Comparator<? super E> comparator) {
        return unbounded(comparator, QueueOptions.defaults());
    }

    /**
     * A queue that grows as far as memory goes, to 2<sup>29</sup> elements at most, ordered by a comparator; puts never
     * wait for room.
     *
     * @param comparator tells which of two elements comes first: the smaller one
     * @param options what else to choose
     * @param <E> the type of the elements
     * @return a new queue
     */
    public static <E extends Object> PriorityTaskQueue<E> unbounded(
            Comparator<? super E> comparator, QueueOptions<E> options) {
        return new ComparatorPriority<>(Integer.MAX_VALUE, comparator, options);
    }

    // ---- by key ----

    /**
     * A queue that grows as far as memory goes, to 2<sup>29</sup> elements at most, ordered by a number that each
     * element has.
     *
     * @param key tells an element's number; the smallest comes first
     * @param <E> the type of the elements
     * @return a new queue
     */
    public static <E extends Object> PriorityTaskQueue<E> bySmallestKey(ToLongFunction<? super E> key) {
        return bySmallestKey(key, QueueOptions.defaults());
    }

    /**
     * A queue that grows as far as memory goes, to 2<sup>29</sup> elements at most, ordered by a number that each
     * element has.
     *
     * @param key tells an element's number; the smallest comes first
     * @param options what else to choose
     * @param <E> the type of the elements
     * @return a new queue
     */
    public static <E extends Object> PriorityTaskQueue<E> bySmallestKey(
            ToLongFunction<? super E> key, QueueOptions<E> options) {
        return new KeyPriority<>(Integer.MAX_VALUE, key, options);
    }

    /**
     * A queue for exactly so many elements, ordered by a number that each element has.
     *
     * @param capacity the most elements
     * @param key tells an element's number; the smallest comes first
     * @param <E> the type of the elements
     * @return a new queue
     * @throws IllegalArgumentException unless the capacity is positive and at most 2<sup>29</sup>
     */
    public static <E extends Object> PriorityTaskQueue<E> bySmallestKey(int capacity, ToLongFunction<? super E> key) {
        return bySmallestKey(capacity, key, QueueOptions.defaults());
    }

    /**
     * A queue for exactly so many elements, ordered by a number that each element has.
     *
     * @param capacity the most elements
     * @param key tells an element's number; the smallest comes first
     * @param options what else to choose
     * @param <E> the type of the elements
     * @return a new queue
     * @throws IllegalArgumentException unless the capacity is positive and at most 2<sup>29</sup>
     */
    public static <E extends Object> PriorityTaskQueue<E> bySmallestKey(
            int capacity, ToLongFunction<? super E> key, QueueOptions<E> options) {
        return new KeyPriority<>(capacityUpTo(KeyHeap.MOST, capacity), key, options);
    }
}
