// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A heap of elements by a {@code long} key, smallest first, first in first out among equals. The number of elements is
 * kept by its owner, who also guards it. What throws for lack of memory has changed nothing.
 */
final class KeyHeap {
    /*
     * Model. A 4-ary heap of entries in one array of longs, two for each: the key and the tag. The tag is a sequence
     * number, with the number of a place in the array of elements below it; so tags order equal keys by their puts, and
     * elements stay where they are while their entries move. The entries behind the last one hold the free places.
     *
     * The children of an entry are 64 bytes that begin at a cache line, if the array does behind its header of 16
     * bytes: hence the first entry is at index 2, and the children of index p begin at 4p - 5.
     *
     * Extraction moves the hole left by an entry, mostly the first, down to a leaf, always to the smallest child, and
     * then the last entry from there up to where it belongs, which is seldom far.
     *
     * Sequence numbers begin again when the last entry is extracted, and are dealt out anew when they have been used up.
     *
     * References. Donald B. Johnson, "Priority queues with update and finding minimum spanning trees" (1975), for d-ary
     * heaps; Anthony LaMarca and Richard Ladner, "The influence of caches on the performance of heaps" (1996), for the
     * alignment; Ingo Wegener, "Bottom-up heapsort" (1993), for the extraction.
     */

    /** The most elements. */
    static final int MOST = 1 << 29;

    private static final int ROOT = 2;
    private static final int LEAST = 16;
    private static final int PLACE_BITS = 30;
    private static final long PLACE_MASK = (1L << PLACE_BITS) - 1L;
    private static final long SEQUENCES = 1L << (63 - PLACE_BITS);

    private long[] entries;
    private @Nullable Object[] elements;
    private long sequence;

    KeyHeap() {
        this(0L);
    }

    /** For tests: a heap that deals out sequence numbers from the given one on. */
    KeyHeap(long sequence) {
        this(freeFrom(0, new long[2 * (LEAST + ROOT)]), new Object[LEAST], sequence);
    }

    private KeyHeap(long[] entries, @Nullable Object[] elements, long sequence) {
        this.entries = entries;
        this.elements = elements;
        this.sequence = sequence;
    }

    private static long[] freeFrom(int from, long[] entries) {
        for (int i = from; 2 * (i + ROOT) < entries.length; i++) {
            entries[2 * (i + ROOT) + 1] = i;
        }
        return entries;
    }

    // ---- one element ----

    void insert(long key, Object element, int size) {
        if (size == elements.length) {
            grow(size);
        }
        if (sequence == SEQUENCES) {
            renumber(size);
        }
        long[] e = entries;
        int p = size + ROOT;
        long place = e[2 * p + 1];
        elements[(int) place] = element;
        siftUp(e, p, ROOT, key, sequence << PLACE_BITS | place);
        sequence++;
    }

    Object first() {
        return element(entries[2 * ROOT + 1]);
    }

    long firstKey() {
        return entries[2 * ROOT];
    }

    Object removeFirst(int size) {
        Object element = first();
        removeAt(ROOT, size);
        shrink(size - 1);
        return element;
    }

    private void removeAt(int index, int size) {
        long[] e = entries;
        long tag = e[2 * index + 1];
        int last = size - 1 + ROOT;
        long key = e[2 * last];
        long lastTag = e[2 * last + 1];
        if (index < last) {
            siftUp(e, sinkHole(e, index, last), ROOT, key, lastTag);
        }
        if (size == 1) {
            sequence = 0L;
        }
        free(last, tag);
    }

    /** Puts the newcomer in and takes the last in order out, which may be the newcomer itself: the one that is out. */
    Object replaceLast(long key, Object newcomer, int size) {
        if (sequence == SEQUENCES) {
            renumber(size);
        }
        long[] e = entries;
        int last = size - 1 + ROOT;
        for (int p = ROOT + ((size + 2) >> 2); p < size - 1 + ROOT; p++) { // from the first leaf on
            if (less(e[2 * last], e[2 * last + 1], e[2 * p], e[2 * p + 1])) {
                last = p;
            }
        }
        if (key >= e[2 * last]) {
            return newcomer;
        }
        long place = e[2 * last + 1] & PLACE_MASK;
        Object out = element(place);
        elements[(int) place] = newcomer;
        siftUp(e, last, ROOT, key, sequence << PLACE_BITS | place); // from a leaf: nothing is below it
        sequence++;
        return out;
    }

    @SuppressWarnings("nullness:return") // an entry names a place with an element
    private Object element(long tag) {
        return elements[(int) (tag & PLACE_MASK)];
    }

    private void free(int p, long tag) {
        long place = tag & PLACE_MASK;
        elements[(int) place] = null;
        entries[2 * p + 1] = place;
    }

    private static boolean less(long k1, long t1, long k2, long t2) {
        return k1 < k2 || (k1 == k2 && t1 < t2);
    }

    /** Puts an entry where it belongs on the way from one index up to another. */
    private static void siftUp(long[] e, int from, int top, long key, long tag) {
        int p = from;
        while (p > top) {
            int parent = (p + 5) >>> 2;
            long k = e[2 * parent];
            long t = e[2 * parent + 1];
            if (!less(key, tag, k, t)) {
                break;
            }
            e[2 * p] = k;
            e[2 * p + 1] = t;
            p = parent;
        }
        e[2 * p] = key;
        e[2 * p + 1] = tag;
    }

    /** Moves a hole down to a leaf: where it is then. */
    private static int sinkHole(long[] e, int from, int end) {
        int p = from;
        for (int c = 4 * p - 5; c < end; c = 4 * p - 5) {
            int m = c;
            long k = e[2 * c];
            long t = e[2 * c + 1];
            int to = Math.min(c + 4, end);
            for (int i = c + 1; i < to; i++) {
                long ki = e[2 * i];
                if (ki < k || (ki == k && e[2 * i + 1] < t)) {
                    m = i;
                    k = ki;
                    t = e[2 * i + 1];
                }
            }
            e[2 * p] = k;
            e[2 * p + 1] = t;
            p = m;
        }
        return p;
    }

    // ---- all elements ----

    KeyHeap copy() {
        return new KeyHeap(entries.clone(), elements.clone(), sequence);
    }

    /** The given number of elements, in any order. */
    Object[] toArray(int size) {
        Object[] all = new Object[size];
        for (int i = 0; i < size; i++) {
            all[i] = element(entries[2 * (i + ROOT) + 1]);
        }
        return all;
    }

    /** Moves all elements to the array, in order. */
    Object[] drain(Object[] all) {
        for (int i = 0; i < all.length; i++) {
            all[i] = removeFirst(all.length - i);
        }
        return all;
    }

    /**
     * Removes those that are chosen, shown in the order of the array, and makes it a heap again: how many. So the
     * occurrences of one object are not shown in their order, which tells those with the same key apart by place only.
     */
    int removeChosen(Chosen chosen, int size) {
        long[] e = entries;
        long[] gone = new long[size];
        int kept = ROOT;
        int removed = 0;
        for (int p = ROOT; p < size + ROOT; p++) {
            long tag = e[2 * p + 1];
            if (chosen.goes(element(tag))) {
                gone[removed] = tag;
                removed++;
            } else {
                e[2 * kept] = e[2 * p];
                e[2 * kept + 1] = tag;
                kept++;
            }
        }
        for (int i = 0; i < removed; i++) {
            free(kept + i, gone[i]);
        }
        for (int p = kept - 1; removed > 0 && p >= ROOT; p--) {
            long key = e[2 * p];
            long tag = e[2 * p + 1];
            siftUp(e, sinkHole(e, p, kept), p, key, tag);
        }
        shrink(size - removed);
        return removed;
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

    /** The index of the occurrence of an object that is next in order after the one at the given index, or -1. */
    private int nextOf(Object object, int after, int size) {
        long[] e = entries;
        int next = -1;
        for (int p = ROOT; p < size + ROOT; p++) {
            if (element(e[2 * p + 1]) == object
                    && (after < 0 || less(e[2 * after], e[2 * after + 1], e[2 * p], e[2 * p + 1]))
                    && (next < 0 || less(e[2 * p], e[2 * p + 1], e[2 * next], e[2 * next + 1]))) {
                next = p;
            }
        }
        return next;
    }

    /** Deals out the sequence numbers from 0 on, in the same order. */
    private void renumber(int size) {
        long[] e = entries;
        long[] tags = new long[size];
        for (int i = 0; i < size; i++) {
            tags[i] = e[2 * (i + ROOT) + 1];
        }
        Arrays.sort(tags);
        for (int i = 0; i < size; i++) {
            int t = 2 * (i + ROOT) + 1;
            e[t] = (long) Arrays.binarySearch(tags, e[t]) << PLACE_BITS | (e[t] & PLACE_MASK);
        }
        sequence = size;
    }

    // ---- length ----

    private void grow(int size) {
        if (size == MOST) {
            throw new OutOfMemoryError("a priority queue can hold " + MOST + " elements");
        }
        long[] longer = freeFrom(size, Arrays.copyOf(entries, 2 * (2 * size + ROOT)));
        elements = Arrays.copyOf(elements, 2 * size);
        entries = longer;
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
                long[] shorter = freeFrom(size, Arrays.copyOf(entries, 2 * (length + ROOT)));
                @Nullable Object[] fewer = new Object[length];
                for (int i = 0; i < size; i++) { // each element to the place with the number of its entry
                    int t = 2 * (i + ROOT) + 1;
                    fewer[i] = element(shorter[t]);
                    shorter[t] = (shorter[t] & ~PLACE_MASK) | i;
                }
                elements = fewer;
                entries = shorter;
            } catch (OutOfMemoryError noMatter) {
                return; // then they remain too large
            }
        }
    }
}
