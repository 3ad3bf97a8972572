// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.util.stream.Stream;

/** One of the stores of {@link FifoTaskQueue}, made such that its numbers or slots are about to wrap around. */
record FifoEngine(String name, int capacity, long first) {

    FifoTaskQueue<Integer> make() {
        return make(QueueOptions.defaults());
    }

    <E> FifoTaskQueue<E> make(QueueOptions<E> options) {
        return capacity == Integer.MAX_VALUE
                ? new UnboundedFifo<>(options, first)
                : new BoundedFifo<>(capacity, options, first);
    }

    boolean isBounded() {
        return capacity != Integer.MAX_VALUE;
    }

    static Stream<FifoEngine> all() {
        return Stream.of(
                new FifoEngine("capacity 1", 1, 0L),
                new FifoEngine("capacity 2", 2, 0L),
                new FifoEngine("capacity 3", 3, 0L),
                new FifoEngine("capacity 64", 64, 0L),
                new FifoEngine("capacity 1, numbers pass 2^31", 1, (1L << 31) - 8L),
                new FifoEngine("capacity 3, numbers pass 2^32", 3, (1L << 32) - 8L),
                new FifoEngine("unbounded", Integer.MAX_VALUE, 0L),
                new FifoEngine("unbounded, one before the next segment", Integer.MAX_VALUE, Segment.LAST),
                new FifoEngine("unbounded, numbers pass 2^32", Integer.MAX_VALUE, (1L << 32) - 8L));
    }

    @Override
    public String toString() {
        return name;
    }
}
