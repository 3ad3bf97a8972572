// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.util.Arrays;
import java.util.Collections;
import java.util.function.Supplier;

/**
 * A task queue that gives out first what was put last: Python's {@code queue.LifoQueue}. Take it where the newest work
 * is the most useful, or still warm in a cache; where old work must get its turn, take {@link FifoTaskQueue}.
 *
 * <p><b>Ordering.</b> Last in, first out, strictly: what a thread takes has been put after all that is left.
 * {@link OverflowPolicy#DROP_OLDEST} drops from the bottom. Iterators, {@code toArray} and {@code shutdownNow} give the
 * order of taking, the newest first. Which of several waiting threads gets an element is not said.
 *
 * <p><b>Progress.</b> Blocking: one lock, held for the time of one array access; {@code size}, {@code isEmpty}, and
 * {@code offer} or {@code poll} on a full or empty queue do without it.
 *
 * <p><b>Complexity and footprint.</b> Each put and take is O(1), amortised, and allocates nothing but room to grow if it
 * does not have to wait for the lock and drops nothing. The array grows with the number of elements, also in a bounded
 * queue, and gives memory back when most of it is unused. More than 2<sup>30</sup> elements, or than memory holds, are
 * an {@code OutOfMemoryError} of the put, which changes nothing. An element that has left is not held any more.
 *
 * @param <E> the type of the elements
 * @since 0.1
 */
public final class LifoTaskQueue<E extends Object> extends LockedTaskQueue<E> {

    private final CircularArray items = new CircularArray();

    private LifoTaskQueue(int capacity, QueueOptions<E> options) {
        super(capacity, options);
    }

    /**
     * A queue for exactly so many elements.
     *
     * @param capacity the most elements
     * @param <E> the type of the elements
     * @return a new queue
     * @throws IllegalArgumentException unless the capacity is positive and at most 2<sup>30</sup>
     */
    public static <E extends Object> LifoTaskQueue<E> bounded(int capacity) {
        return bounded(capacity, QueueOptions.defaults());
    }

    /**
     * A queue for exactly so many elements.
     *
     * @param capacity the most elements
     * @param options what else to choose
     * @param <E> the type of the elements
     * @return a new queue
     * @throws IllegalArgumentException unless the capacity is positive and at most 2<sup>30</sup>
     */
    public static <E extends Object> LifoTaskQueue<E> bounded(int capacity, QueueOptions<E> options) {
        return new LifoTaskQueue<>(capacityUpTo(1 << 30, capacity), options);
    }

    /**
     * A queue that grows as far as memory goes, to 2<sup>30</sup> elements at most; puts never wait.
     *
     * @param <E> the type of the elements
     * @return a new queue
     */
    public static <E extends Object> LifoTaskQueue<E> unbounded() {
        return unbounded(QueueOptions.defaults());
    }

    /**
     * A queue that grows as far as memory goes, to 2<sup>30</sup> elements at most; puts never wait.
     *
     * @param options what else to choose
     * @param <E> the type of the elements
     * @return a new queue
     */
    public static <E extends Object> LifoTaskQueue<E> unbounded(QueueOptions<E> options) {
        return new LifoTaskQueue<>(Integer.MAX_VALUE, options);
    }

    // ---- the store: the bottom of the stack is the first item ----

    @Override
    void insert(E element, long key, int size) {
        items.addLast(element, size);
    }

    @Override
    E extract(int size) {
        return cast(items.removeLast(size));
    }

    @Override
    E next(int size) {
        return cast(items.get(size - 1));
    }

    @Override
    E replace(E newcomer, long key, boolean first, int size) {
        E bottom = cast(items.removeFirst(size));
        items.addLast(newcomer, size - 1);
        return bottom;
    }

    @Override
    int extractChosen(Chosen chosen, int size) {
        return items.removeChosen(chosen, true, size);
    }

    @Override
    boolean extractOccurrence(Object object, int before, int size) {
        return items.removeOccurrence(object, before, true, size);
    }

    @Override
    Supplier<Object[]> copyAll(int size) {
        Object[] all = items.toArray(size);
        return () -> {
            Collections.reverse(Arrays.asList(all));
            return all;
        };
    }

    @Override
    Supplier<Object[]> extractAll(int size) {
        Supplier<Object[]> all = copyAll(size);
        discard();
        return all;
    }

    @Override
    void discard() {
        items.clear();
    }
}
