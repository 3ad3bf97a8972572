// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

/**
 * A task queue that gives out its elements in the order in which they were put: Python's {@code queue.Queue}. Take it
 * where a producer must not run ahead of its consumers ({@linkplain #bounded bounded}), or must never wait
 * ({@linkplain #unbounded unbounded}). Where another order serves better, take {@link LifoTaskQueue} or
 * {@link PriorityTaskQueue}.
 *
 * <pre>{@code
 * var queue = FifoTaskQueue.<Order>bounded(1_000);
 * queue.put(order); // waits while the consumers are a thousand orders behind
 * }</pre>
 *
 * <p><b>Ordering.</b> First in, first out, strictly. Which of several waiting threads gets an element, or the room for
 * one, is not said. {@link OverflowPolicy#DROP_OLDEST} drops the first.
 *
 * <p><b>Progress.</b> Putting and taking use no lock. A thread that is stopped in the middle of it holds up those that
 * need the same slot or segment, and nobody else. Iterators, {@code toArray}, {@code contains}, removals from within,
 * {@code clear} and {@code shutdownNow} hold up everybody for as long as they copy or move elements, and a put that
 * drops the oldest for a moment. Those who are held up spin, then yield their processor, then sleep for 50 microseconds
 * at a time.
 *
 * <p><b>Complexity and footprint.</b> Each put and take is O(1), and so is {@code size}; what holds up everybody is
 * O(n), but for that put. A bounded queue allocates its whole ring when it is made: a power of two of slots, at least
 * as many as the capacity, of 8 bytes each where references take 4 bytes, of 12 where they take 8. After that a put or
 * take that does not wait allocates nothing. An unbounded queue is a chain of segments with 256 slots, of 1 KB where
 * references take 4 bytes; it keeps those in use and a spare one, so that the memory of a peak is given back. To both
 * come about 1.7 KB, since what the two ends and those who report tasks change has cache lines of its own. An element
 * that has left is not held any more.
 *
 * @param <E> the type of the elements
 * @since 0.1
 */
public abstract sealed class FifoTaskQueue<E extends Object> extends FifoEnds<E> permits BoundedFifo, UnboundedFifo {

    FifoTaskQueue(QueueOptions<E> options, long first) {
        super(options, first);
    }

    /** As {@link #tryPut(Object, long)}; keys mean nothing here. */
    abstract int tryPut(E element);

    /** As {@link #tryPutSome(Object[], long[], int)}. */
    abstract int tryPutSome(Object[] elements, int from);

    @Override
    final int tryPut(E element, long key) {
        return tryPut(element);
    }

    @Override
    final int tryPutSome(Object[] elements, long[] keys, int from) {
        return tryPutSome(elements, from);
    }

    /**
     * A queue for exactly so many elements.
     *
     * @param capacity the most elements
     * @param <E> the type of the elements
     * @return a new queue
     * @throws IllegalArgumentException unless the capacity is positive and at most 2<sup>30</sup>
     */
    public static <E extends Object> FifoTaskQueue<E> bounded(int capacity) {
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
    public static <E extends Object> FifoTaskQueue<E> bounded(int capacity, QueueOptions<E> options) {
        return new BoundedFifo<>(capacity, options);
    }

    /**
     * A queue for as many elements as memory holds: {@code put} never waits and {@code offer} never fails for want of
     * room.
     *
     * @param <E> the type of the elements
     * @return a new queue
     */
    public static <E extends Object> FifoTaskQueue<E> unbounded() {
        return unbounded(QueueOptions.defaults());
    }

    /**
     * A queue for as many elements as memory holds: {@code put} never waits and {@code offer} never fails for want of
     * room.
     *
     * @param options what else to choose; an overflow policy has no effect
     * @param <E> the type of the elements
     * @return a new queue
     */
    public static <E extends Object> FifoTaskQueue<E> unbounded(QueueOptions<E> options) {
        return new UnboundedFifo<>(options);
    }
}
