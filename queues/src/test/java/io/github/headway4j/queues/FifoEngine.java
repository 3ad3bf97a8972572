// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.util.stream.Stream;

/** One of the stores of {@link FifoTaskQueue}, made such that its numbers or slots are about to wrap around. */
record FifoEngine(String name, int capacity, long first, int bits) {

    private static final int UNLIMITED = Integer.MAX_VALUE;

    FifoEngine(String name, int capacity, long first) {
        this(name, capacity, first, UnboundedFifo.SEGMENT_BITS);
    }

    FifoTaskQueue<Integer> make() {
        return make(QueueOptions.defaults());
    }

    <E> FifoTaskQueue<E> make(QueueOptions<E> options) {
        return isBounded() ? new BoundedFifo<>(capacity, options, first) : new UnboundedFifo<>(options, first, bits);
    }

    boolean isBounded() {
        return capacity != UNLIMITED;
    }

    static Stream<FifoEngine> all() {
        return Stream.of(
                new FifoEngine("capacity 1", 1, 0L),
                new FifoEngine("capacity 2", 2, 0L),
                new FifoEngine("capacity 3", 3, 0L),
                new FifoEngine("capacity 64", 64, 0L),
                new FifoEngine("capacity 1, numbers pass 2^31", 1, (1L << 31) - 8L),
                new FifoEngine("capacity 3, numbers pass 2^32", 3, (1L << 32) - 8L),
                new FifoEngine("unbounded", UNLIMITED, 0L),
                new FifoEngine("unbounded, segments of 1", UNLIMITED, 0L, 0),
                new FifoEngine("unbounded, segments of 2", UNLIMITED, 1L, 1),
                new FifoEngine("unbounded, numbers pass 2^32", UNLIMITED, (1L << 32) - 8L));
    }

    @Override
    public String toString() {
        return name;
    }
}
