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
public abstract sealed class FifoTaskQueue<E extends Object> extends BlockingTaskQueue<E> permits BoundedFifo {

    FifoTaskQueue(QueueOptions<E> options) {
        super(options);
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
}
