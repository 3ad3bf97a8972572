// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import org.jspecify.annotations.Nullable;

/**
 * A few elements whose hashes lead to the same place of a {@link PagedTable}. Immutable; a change makes a new page.
 */
final class HashPage {
    /*
     * The elements lie densely in an array, and next to the reference to it lies a byte of the hash of each: 0x80 plus
     * seven bits, so that a byte of no element, 0, is never taken for one. A search compares all bytes of a word at
     * once and looks at an element only where its byte agrees, so it meets a wrong element in one of 128 cases, and an
     * absent one is found absent without a look at the array: the idea of Abseil's "Swiss tables". The search by
     * subtraction can also report a byte directly above a true hit; equals sorts that out.
     *
     * The sixteenth byte has no element. It says that there are more than fifteen; those have no byte and are compared
     * one by one. With eight elements in an average page that is one page in a hundred, unless hashes collide.
     */

    /** A page without elements. */
    static final HashPage EMPTY = new HashPage(0L, 0L, new Object[0]);

    /** So many elements of a page have a byte of their own. */
    static final int TAGGED = 15;

    private static final int PER_WORD = 8;
    private static final long EACH_BYTE = 0x0101010101010101L;
    private static final long TOP_BITS = 0x8080808080808080L;
    private static final long CROWDED = 1L << 63;
    private static final long TAGS_OF_SECOND_WORD = -1L >>> 8;

    private final long firstTags;
    private final long secondTags;
    private final Object[] elements;

    private HashPage(long firstTags, long secondTags, Object[] elements) {
        this.firstTags = firstTags;
        this.secondTags = secondTags;
        this.elements = elements;
    }

    /**
     * A page of the first so many of the given elements, which are distinct. Keeps no reference to the arrays.
     *
     * @param elements the elements
     * @param hashes their spread hashes
     * @param count how many to take
     */
    static HashPage of(@Nullable Object[] elements, int[] hashes, int count) {
        if (count == 0) {
            return EMPTY;
        }
        long first = 0L;
        long second = 0L;
        for (int i = 0; i < count; i++) {
            if (i < PER_WORD) {
                first |= tag(hashes[i]) << (i * Byte.SIZE);
            } else if (i < TAGGED) {
                second |= tag(hashes[i]) << ((i - PER_WORD) * Byte.SIZE);
            } else {
                second |= CROWDED;
            }
        }
        return new HashPage(first, second, copy(elements, count, count));
    }

    /** The elements; not to be changed. */
    Object[] elements() {
        return elements;
    }

    /** The index of the equal element, or -1. Calls {@code equals} of the given one. */
    int find(Object element, int hash) {
        long pattern = tag(hash) * EACH_BYTE;
        // One set of hits for both words, without a branch that nobody could predict: bit 0 of a byte is for the first
        // word, bit 1 for the second.
        long hits = (hits(firstTags, pattern) >>> 7) | (hits(secondTags & TAGS_OF_SECOND_WORD, pattern) >>> 6);
        for (; hits != 0L; hits &= hits - 1L) {
            int bit = Long.numberOfTrailingZeros(hits);
            int index = (bit >>> 3) + (bit & 1) * PER_WORD;
            Object candidate = elements[index];
            if (element == candidate || element.equals(candidate)) {
                return index;
            }
        }
        return secondTags < 0L ? findUntagged(element) : -1;
    }

    /** This page and one more element, which is not in it. */
    HashPage plus(Object element, int hash) {
        int count = elements.length;
        Object[] more = copy(elements, count, count + 1);
        more[count] = element;
        if (count < PER_WORD) {
            return new HashPage(firstTags | (tag(hash) << (count * Byte.SIZE)), secondTags, more);
        }
        if (count < TAGGED) {
            return new HashPage(firstTags, secondTags | (tag(hash) << ((count - PER_WORD) * Byte.SIZE)), more);
        }
        return new HashPage(firstTags, secondTags | CROWDED, more);
    }

    /** This page without the element at the given index; the last one takes its place. */
    HashPage minus(int index) {
        int last = elements.length - 1;
        if (last == 0) {
            return EMPTY;
        }
        Object moved = elements[last];
        Object[] fewer = copy(elements, last, last);
        long first = firstTags;
        long second = last == TAGGED ? secondTags & ~CROWDED : secondTags;
        long tag = 0L;
        if (index < last) {
            fewer[index] = moved;
            if (index < TAGGED) {
                tag = last < TAGGED ? tagAt(last) : tag(PagedTable.hash(moved));
            }
        }
        if (last < PER_WORD) {
            first &= ~(0xffL << (last * Byte.SIZE));
        } else if (last < TAGGED) {
            second &= ~(0xffL << ((last - PER_WORD) * Byte.SIZE));
        }
        if (index < last && index < PER_WORD) {
            int shift = index * Byte.SIZE;
            first = (first & ~(0xffL << shift)) | (tag << shift);
        } else if (index < last && index < TAGGED) {
            int shift = (index - PER_WORD) * Byte.SIZE;
            second = (second & ~(0xffL << shift)) | (tag << shift);
        }
        return new HashPage(first, second, fewer);
    }

    /** From 0x80 to 0xff. The highest bits, because the lowest ones have chosen the page. */
    private static long tag(int hash) {
        return (hash >>> 25) | 0x80L;
    }

    private long tagAt(int index) {
        return index < PER_WORD
                ? (firstTags >>> (index * Byte.SIZE)) & 0xffL
                : (secondTags >>> ((index - PER_WORD) * Byte.SIZE)) & 0xffL;
    }

    /** The top bit of each byte in which tags and pattern agree, and perhaps of a byte right above such a one. */
    private static long hits(long tags, long pattern) {
        long difference = tags ^ pattern;
        return (difference - EACH_BYTE) & ~difference & TOP_BITS;
    }

    /** The first so many elements, which are there, in an array of the given length. */
    @SuppressWarnings("nullness") // whoever asks for more fills it up
    private static Object[] copy(@Nullable Object[] elements, int count, int length) {
        Object[] copy = new Object[length];
        System.arraycopy(elements, 0, copy, 0, count);
        return copy;
    }

    private int findUntagged(Object element) {
        for (int index = TAGGED; index < elements.length; index++) {
            Object candidate = elements[index];
            if (element == candidate || element.equals(candidate)) {
                return index;
            }
        }
        return -1;
    }
}
