// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Several changes of a {@link PagedTable} that become one new table. The table that it starts from stays as it is,
 * whatever is thrown on the way. For one thread, and for one new table.
 *
 * @param <E> the type of the elements
 */
final class TableEdit<E extends Object> {
    /*
     * Few changes copy the path to a page each. Many changes copy all directories once, and then write to them. Pages
     * are copied in either case; they are small.
     */

    private final PagedTable<E> origin;
    private Object[] top;
    private int shift;
    private int size;
    private boolean owned;

    /** A change of the given table, with about so many elements to add or to remove. */
    TableEdit(PagedTable<E> origin, int changes) {
        this.origin = origin;
        top = origin.top;
        shift = origin.shift;
        size = origin.size;
        if (changes > pages() / PagedTable.FULL) {
            top = copy(top, shift);
            owned = true;
        }
    }

    /** Whether the element was not there yet. */
    boolean add(Object element) {
        int hash = PagedTable.hash(element);
        if (page(hash).find(element, hash) >= 0) {
            return false;
        }
        if (size >= PagedTable.FULL * pages() && pages() < 1 << PagedTable.MOST_PAGE_BITS) {
            grow();
        }
        put(hash, page(hash).plus(element, hash));
        size++;
        return true;
    }

    /** Whether an equal element was there. */
    boolean remove(Object element) {
        int hash = PagedTable.hash(element);
        HashPage page = page(hash);
        int index = page.find(element, hash);
        if (index < 0) {
            return false;
        }
        put(hash, page.minus(index));
        size--;
        return true;
    }

    /** The new table, or the one from the start if nothing has changed. */
    PagedTable<E> table() {
        if (size == 0) {
            return origin.size == 0 ? origin : PagedTable.empty();
        }
        while (size < pages() && pages() > 1) {
            shrink();
        }
        return top == origin.top || (owned && size == origin.size && isUnchanged())
                ? origin
                : new PagedTable<>(top, shift, size);
    }

    private boolean isUnchanged() {
        for (int number = 0, count = pages(); number < count; number++) {
            if (count != origin.pages() || page(number) != origin.page(number)) {
                return false;
            }
        }
        return true;
    }

    private int pages() {
        return top.length << shift;
    }

    private HashPage page(int hash) {
        Object[] directory = top;
        for (int s = shift; s > 0; s -= PagedTable.DIRECTORY_BITS) {
            directory = (Object[]) directory[(hash >>> s) & (directory.length - 1)];
        }
        return (HashPage) directory[hash & (directory.length - 1)];
    }

    private void put(int hash, HashPage page) {
        if (owned) {
            write(top, shift, hash, page);
        } else {
            top = PagedTable.with(top, shift, hash, page);
        }
    }

    private static void write(Object[] top, int shift, int hash, HashPage page) {
        Object[] directory = top;
        for (int s = shift; s > 0; s -= PagedTable.DIRECTORY_BITS) {
            directory = (Object[]) directory[(hash >>> s) & (directory.length - 1)];
        }
        directory[hash & (directory.length - 1)] = page;
    }

    /** Splits each page by the next bit of the hashes. */
    private void grow() {
        int half = pages();
        int bits = Integer.numberOfTrailingZeros(half) + 1;
        int newShift = shiftFor(bits);
        Object[] newTop = directories(bits);
        @Nullable Object[][] parts = new @Nullable Object[2][PagedTable.FULL];
        int[][] hashes = new int[2][PagedTable.FULL];
        int[] counts = new int[2];
        for (int number = 0; number < half; number++) {
            Object[] elements = page(number).elements();
            if (elements.length > parts[0].length) {
                parts = new @Nullable Object[2][2 * elements.length];
                hashes = new int[2][2 * elements.length];
            }
            Arrays.fill(counts, 0);
            for (Object element : elements) {
                int hash = PagedTable.hash(element);
                int side = (hash >>> (bits - 1)) & 1;
                parts[side][counts[side]] = element;
                hashes[side][counts[side]++] = hash;
            }
            write(newTop, newShift, number, HashPage.of(parts[0], hashes[0], counts[0]));
            write(newTop, newShift, number + half, HashPage.of(parts[1], hashes[1], counts[1]));
        }
        top = newTop;
        shift = newShift;
        owned = true;
    }

    /** Joins each two pages whose numbers differ in the highest bit. */
    private void shrink() {
        int half = pages() / 2;
        int bits = Integer.numberOfTrailingZeros(half);
        int newShift = shiftFor(bits);
        Object[] newTop = directories(bits);
        for (int number = 0; number < half; number++) {
            HashPage joined = page(number);
            for (Object element : page(number + half).elements()) {
                joined = joined.plus(element, PagedTable.hash(element));
            }
            write(newTop, newShift, number, joined);
        }
        top = newTop;
        shift = newShift;
        owned = true;
    }

    private static int shiftFor(int bits) {
        return bits == 0 ? 0 : (bits - 1) / PagedTable.DIRECTORY_BITS * PagedTable.DIRECTORY_BITS;
    }

    /** Empty directories for so many bits. */
    private static Object[] directories(int bits) {
        int shift = shiftFor(bits);
        Object[] directory = new Object[1 << (bits - shift)];
        for (int i = 0; i < directory.length; i++) {
            directory[i] = shift == 0 ? HashPage.EMPTY : directories(shift);
        }
        return directory;
    }

    private static Object[] copy(Object[] directory, int shift) {
        Object[] copy = Arrays.copyOf(directory, directory.length);
        if (shift > 0) {
            for (int i = 0; i < copy.length; i++) {
                copy[i] = copy((Object[]) copy[i], shift - PagedTable.DIRECTORY_BITS);
            }
        }
        return copy;
    }
}
