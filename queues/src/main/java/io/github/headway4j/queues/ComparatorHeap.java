// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A heap of elements by a comparator, smallest first, first in first out among equals. The number of elements is kept
 * by its owner, who also guards it. What throws, a comparator or for lack of memory, has changed nothing.
 *
 * @param <E> the type of the elements
 */
final class ComparatorHeap<E extends Object> {
    /*
     * Model. A 4-ary heap of elements, and of their sequence numbers in a second array with the same indices. Each
     * operation first asks the comparator for all that it needs, then moves the elements, as the comparator may throw.
     * A comparator that contradicts itself spoils the order and nothing else: no index depends on its answers.
     *
     * Extraction goes down from the first element to a leaf, always to the smallest child, and then up from there to
     * where the last element belongs, which is seldom far. See KeyHeap for references.
     */

    private static final int LEAST = 16;

    /** More than the levels of the largest heap. */
    private static final int LEVELS = 17;

    private final Comparator<? super E> comparator;
    private @Nullable Object[] elements = new Object[LEAST];
    private long[] sequences = new long[LEAST];
    private long sequence;

    /** The way down, between the questions and the moves. */
    private final int[] path = new int[LEVELS];

    ComparatorHeap(Comparator<? super E> comparator) {
        this.comparator = Objects.requireNonNull(comparator, "comparator");
    }

    /** A copy. */
    ComparatorHeap(ComparatorHeap<E> other) {
        comparator = other.comparator;
        elements = other.elements.clone();
        sequences = other.sequences.clone();
        sequence = other.sequence;
    }

    // ---- one element ----

    void insert(E element, int size) {
        if (size == elements.length) {
            grow(size);
        }
        rise(element, size);
    }

    E get(int index) {
        return get(elements, index);
    }

    E removeFirst(int size) {
        E first = get(0);
        removeAt(0, size);
        shrink(size - 1);
        return first;
    }

    /** Puts the newcomer in and takes the last in order out, which may be the newcomer itself: the one that is out. */
    E replaceLast(E newcomer, int size) {
        int last = size - 1;
        for (int p = (size + 2) >> 2; p < size - 1; p++) { // from the first leaf on
            if (less(last, p)) {
                last = p;
            }
        }
        E out = get(last);
        if (comparator.compare(newcomer, out) >= 0) {
            return newcomer;
        }
        rise(newcomer, last); // from a leaf: nothing is below it that it could belong under
        return out;
    }

    /** Puts a new element where it belongs on the way from the given free place up. */
    private void rise(E element, int from) {
        int to = from;
        while (to > 0 && comparator.compare(element, get((to - 1) >> 2)) < 0) { // it is the latest among equals
            to = (to - 1) >> 2;
        }
        for (int p = from; p > to; p = (p - 1) >> 2) {
            move((p - 1) >> 2, p);
        }
        elements[to] = element;
        sequences[to] = sequence++;
    }

    /** Fills the given place, of the root of a heap within the heap, with the last element. */
    private void removeAt(int root, int size) {
        int last = size - 1;
        int depth = 0;
        path[0] = root;
        for (int c = 4 * root + 1; c < last; c = 4 * path[depth] + 1) {
            depth++;
            path[depth] = smallestFrom(c, last);
        }
        while (depth > 0 && less(last, path[depth])) {
            depth--;
        }
        for (int i = 0; i < depth; i++) {
            move(path[i + 1], path[i]);
        }
        move(last, path[depth]);
        elements[last] = null;
    }

    private int smallestFrom(int child, int end) {
        int m = child;
        int to = Math.min(child + 4, end);
        for (int i = child + 1; i < to; i++) {
            if (less(i, m)) {
                m = i;
            }
        }
        return m;
    }

    private boolean less(int a, int b) {
        int c = comparator.compare(get(a), get(b));
        return c < 0 || (c == 0 && sequences[a] < sequences[b]);
    }

    private void move(int from, int to) {
        elements[to] = elements[from];
        sequences[to] = sequences[from];
    }

    @SuppressWarnings({"unchecked", "nullness:return"}) // an index below the size names an element
    private static <E extends Object> E get(@Nullable Object[] elements, int index) {
        return (E) elements[index];
    }

    // ---- all elements ----

    /** Takes out all elements, in order. */
    Object[] drain(int size) {
        Object[] all = new Object[size];
        for (int i = 0; i < size; i++) {
            all[i] = get(0);
            removeAt(0, size - i);
        }
        return all;
    }

    void clear() {
        elements = new Object[LEAST];
        sequences = new long[LEAST];
    }

    /** Removes the first, at most so many, that are among the chosen ones by identity: how many. */
    int removeIdentical(Set<Object> chosen, int limit, int size) {
        ComparatorHeap<E> kept = new ComparatorHeap<>(this); // as the comparator may throw at any time
        int removed = 0;
        if (limit >= size) {
            removed = kept.keep(chosen, -1, size);
        } else {
            for (; removed < limit; removed++) {
                int first = kept.firstOf(chosen, size - removed);
                if (first < 0) {
                    break;
                }
                kept.keep(Set.of(), first, size - removed);
            }
        }
        kept.shrink(size - removed);
        elements = kept.elements;
        sequences = kept.sequences;
        return removed;
    }

    /** The index of the first in order among the chosen ones, or -1. */
    private int firstOf(Set<Object> chosen, int size) {
        int first = -1;
        for (int p = 0; p < size; p++) {
            if (chosen.contains(get(p)) && (first < 0 || less(p, first))) {
                first = p;
            }
        }
        return first;
    }

    /** Removes those that are chosen, and the one at the given index, and makes it a heap again: how many. */
    private int keep(Set<Object> chosen, int index, int size) {
        int kept = 0;
        for (int p = 0; p < size; p++) {
            if (p != index && !chosen.contains(get(p))) {
                move(p, kept);
                kept++;
            }
        }
        Arrays.fill(elements, kept, size, null);
        for (int p = (kept - 2) >> 2; p >= 0; p--) {
            sink(p, kept);
        }
        return size - kept;
    }

    /** Moves the element at the given place down to where it belongs. */
    private void sink(int from, int size) {
        E element = get(from);
        long number = sequences[from];
        int p = from;
        for (int c = 4 * p + 1; c < size; c = 4 * p + 1) {
            int m = smallestFrom(c, size);
            int order = comparator.compare(element, get(m));
            if (order < 0 || (order == 0 && number < sequences[m])) {
                break;
            }
            move(m, p);
            p = m;
        }
        elements[p] = element;
        sequences[p] = number;
    }

    // ---- length ----

    private void grow(int size) {
        if (size == KeyHeap.MOST) {
            throw new OutOfMemoryError("a priority queue can hold " + KeyHeap.MOST + " elements");
        }
        resize(2 * size);
    }

    /** The number of places. */
    int length() {
        return elements.length;
    }

    /** Halves the arrays while they are an eighth full, so that it takes many changes until they are resized again. */
    private void shrink(int size) {
        int length = elements.length;
        while (size <= length >> 3 && length > LEAST) {
            length >>= 1;
        }
        if (length < elements.length) {
            try {
                resize(length);
            } catch (OutOfMemoryError noMatter) {
                return; // then they remain too large
            }
        }
    }

    private void resize(int length) {
        @Nullable Object[] resized = Arrays.copyOf(elements, length);
        sequences = Arrays.copyOf(sequences, length);
        elements = resized;
    }
}
