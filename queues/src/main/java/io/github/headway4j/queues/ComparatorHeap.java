// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.util.Arrays;
import java.util.Comparator;
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
     * Extraction goes down from the place of an element, mostly the first, to a leaf, always to the smallest child, and
     * then up from there to where the last element belongs, which is seldom far. See KeyHeap for references.
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
        this.comparator = comparator;
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

    /** Fills the given place with the last element; others move between that and where it belongs. */
    private void removeAt(int index, int size) {
        int last = size - 1;
        if (index < last) {
            int depth = 0;
            path[0] = index;
            for (int c = 4 * index + 1; c < last; c = 4 * path[depth] + 1) {
                depth++;
                path[depth] = smallestFrom(c, last);
            }
            while (depth > 0 && less(last, path[depth])) {
                depth--;
            }
            int to = path[depth];
            while (depth == 0 && to > 0 && less(last, (to - 1) >> 2)) {
                to = (to - 1) >> 2;
            }
            for (int i = 0; i < depth; i++) {
                move(path[i + 1], path[i]);
            }
            for (int p = path[depth]; p > to; p = (p - 1) >> 2) {
                move((p - 1) >> 2, p);
            }
            move(last, to);
        }
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

    /** The given number of elements, in any order. */
    Object[] toArray(int size) {
        Object[] all = new Object[size];
        System.arraycopy(elements, 0, all, 0, size);
        return all;
    }

    /** Moves all elements to the array, in order; if the comparator throws, the rest in the order of the heap. */
    Object[] drain(Object[] all) {
        int moved = 0;
        try {
            for (; moved < all.length; moved++) {
                all[moved] = get(0);
                removeAt(0, all.length - moved);
            }
        } catch (Throwable noOrder) {
            System.arraycopy(elements, 0, all, moved, all.length - moved);
        }
        return all;
    }

    /**
     * Removes those that are chosen, shown in the order of the array, and makes it a heap again: how many. So the
     * occurrences of one object are not shown in their order, which tells them apart by place only.
     */
    int removeChosen(Chosen chosen, int size) {
        ComparatorHeap<E> kept = new ComparatorHeap<>(this); // as the comparator may throw at any time
        int left = 0;
        for (int p = 0; p < size; p++) {
            if (!chosen.goes(get(p))) {
                kept.elements[left] = elements[p];
                kept.sequences[left] = sequences[p];
                left++;
            }
        }
        if (left < size) {
            Arrays.fill(kept.elements, left, size, null);
            for (int p = (left - 2) >> 2; p >= 0; p--) {
                kept.sink(p, left);
            }
            kept.shrink(left);
            elements = kept.elements;
            sequences = kept.sequences;
        }
        return size - left;
    }

    /**
     * Removes the occurrence of an object with so many others before it, or the last there is: whether there was one.
     */
    boolean removeOccurrence(Object object, int before, int size) {
        int found = -1;
        for (int left = before; left >= 0; left--) {
            int next = nextOf(object, found, size);
            if (next < 0) {
                break;
            }
            found = next;
        }
        if (found >= 0) {
            removeAt(found, size);
            shrink(size - 1);
        }
        return found >= 0;
    }

    /**
     * The index of the occurrence of an object, equal to itself, that is next after the one at the given index, or -1.
     */
    private int nextOf(Object object, int after, int size) {
        int next = -1;
        for (int p = 0; p < size; p++) {
            if (get(p) == object
                    && (after < 0 || sequences[after] < sequences[p])
                    && (next < 0 || sequences[p] < sequences[next])) {
                next = p;
            }
        }
        return next;
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
