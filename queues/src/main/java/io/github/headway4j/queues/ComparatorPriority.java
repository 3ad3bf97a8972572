// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.util.Comparator;
import java.util.Objects;
import java.util.function.Supplier;

/** A priority queue ordered by a comparator, which runs under the lock. */
final class ComparatorPriority<E extends Object> extends PriorityTaskQueue<E> {

    private final Comparator<? super E> comparator;
    private ComparatorHeap<E> heap;

    ComparatorPriority(int capacity, Comparator<? super E> comparator, QueueOptions<E> options) {
        super(capacity, options);
        this.comparator = Objects.requireNonNull(comparator, "comparator");
        heap = new ComparatorHeap<>(comparator);
    }

    @Override
    void insert(E element, long key, int size) {
        lock.beginCallback();
        try {
            heap.insert(element, size);
        } finally {
            lock.endCallback();
        }
    }

    @Override
    E extract(int size) {
        lock.beginCallback();
        try {
            return heap.removeFirst(size);
        } finally {
            lock.endCallback();
        }
    }

    @Override
    E next(int size) {
        return heap.get(0);
    }

    @Override
    E replace(E newcomer, long key, boolean first, int size) {
        lock.beginCallback();
        try {
            return heap.replaceLast(newcomer, size);
        } finally {
            lock.endCallback();
        }
    }

    @Override
    int extractChosen(Chosen chosen, int size) {
        lock.beginCallback();
        try {
            return heap.removeChosen(chosen, size);
        } finally {
            lock.endCallback();
        }
    }

    @Override
    boolean extractOccurrence(Object object, int before, int size) {
        lock.beginCallback();
        try {
            return heap.removeOccurrence(object, before, size);
        } finally {
            lock.endCallback();
        }
    }

    @Override
    Object[] inAnyOrder(int size) {
        return heap.toArray(size);
    }

    @Override
    Supplier<Object[]> copyAll(int size) {
        ComparatorHeap<E> copy = new ComparatorHeap<>(heap);
        return () -> copy.drain(new Object[size]);
    }

    @Override
    Supplier<Object[]> extractAll(int size) {
        Object[] all = new Object[size]; // while failing changes nothing
        ComparatorHeap<E> full = heap;
        discard();
        return () -> full.drain(all);
    }

    @Override
    void discard() {
        heap = new ComparatorHeap<>(comparator);
    }
}
