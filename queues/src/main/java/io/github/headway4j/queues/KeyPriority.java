// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** A priority queue whose elements tell a number, once for each put. */
final class KeyPriority<E extends Object> extends PriorityTaskQueue<E> {

    private final ToLongFunction<? super E> key;
    private KeyHeap heap = new KeyHeap();

    KeyPriority(int capacity, ToLongFunction<? super E> key, QueueOptions<E> options) {
        super(capacity, options);
        this.key = Objects.requireNonNull(key, "key");
    }

    @Override
    long keyOf(E element) {
        return key.applyAsLong(element);
    }

    @Override
    long[] keysOf(Object[] elements) {
        return Arrays.stream(elements).mapToLong(e -> keyOf(cast(e))).toArray();
    }

    @Override
    void insert(E element, long number, int size) {
        heap.insert(number, element, size);
    }

    @Override
    E extract(int size) {
        return cast(heap.removeFirst(size));
    }

    @Override
    E next(int size) {
        return cast(heap.first());
    }

    @Override
    E replace(E newcomer, long number, boolean first, int size) {
        return cast(heap.replaceLast(number, newcomer, size));
    }

    @Override
    int extractChosen(Chosen chosen, int size) {
        return heap.removeChosen(chosen, size);
    }

    @Override
    boolean extractOccurrence(Object object, int before, int size) {
        return heap.removeOccurrence(object, before, size);
    }

    @Override
    Object[] inAnyOrder(int size) {
        return heap.toArray(size);
    }

    @Override
    Supplier<Object[]> copyAll(int size) {
        KeyHeap copy = heap.copy();
        return () -> copy.drain(new Object[size]);
    }

    @Override
    Supplier<Object[]> extractAll(int size) {
        Object[] all = new Object[size]; // while failing changes nothing
        KeyHeap full = heap;
        discard();
        return () -> full.drain(all);
    }

    @Override
    void discard() {
        heap = new KeyHeap();
    }
}
