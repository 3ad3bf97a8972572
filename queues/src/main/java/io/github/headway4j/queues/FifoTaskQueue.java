// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

/**
 * A task queue that gives out its elements in the order in which they were put: Python's {@code queue.Queue}. Take it
 * where a producer must not run ahead of its consumers ({@linkplain #bounded bounded}), or must never wait
 * ({@linkplain #unbounded unbounded}).
 *
 * @param <E> the type of the elements
 * @since 0.1
 */
public abstract sealed class FifoTaskQueue<E extends Object> extends FifoEnds<E> permits BoundedFifo, UnboundedFifo {

    FifoTaskQueue(QueueOptions<E> options, long first) {
        super(options, first);
    }

    /**
     * A queue for exactly so many elements.
     *
     * @param capacity the most elements
     * @param <E> the type of the elements
     * @return a new queue
     * @throws IllegalArgumentException unless the capacity is positive
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
     * @throws IllegalArgumentException unless the capacity is positive
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
