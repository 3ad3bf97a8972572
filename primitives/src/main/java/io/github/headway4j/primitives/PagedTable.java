// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hash table that does not change: adding and removing make another table, which shares all but a few hundred bytes
 * with this one. Any thread may read it, however it got it.
 *
 * @param <E> the type of the elements
 */
class PagedTable<E extends Object> {
    /*
     * Model. 2^b pages of elements; the lowest b bits of an element's spread hash are the number of its page. The pages
     * hang in a tree of directories of 32, the lowest five bits choosing in the lowest directory; the directory at the
     * top takes the bits that are left over. A change copies the page and one directory of each level. That costs
     * reads nothing worth mentioning, because the upper directories are always in the cache, and it makes a change cost
     * some 280 bytes at a thousand elements and 570 at a million, where one directory of all pages would cost 0.5 MB.
     *
     * The table grows when the pages hold eight elements on average, and shrinks when they hold less than one; then all
     * pages are made anew, in time proportional to the number of elements.
     *
     * Invariants. I1: an element lies in the page that its hash had named when it was added or the table was last made
     * anew. I2: size is the number of elements in all pages. I3: no two elements of a page are equal, as long as
     * elements do not change. I4: no page and no directory changes after the constructor of the table has ended;
     * directories under construction belong to one TableEdit.
     *
     * Access. All fields are final, and arrays are written before the constructor ends, so a table may be published by
     * a race too.
     *
     * References. Bagwell, "Ideal Hash Trees" (2001), for the tree; here it has the same depth everywhere, so that a
     * search need not ask what it has met. HashPage says what is in a page.
     */

    /** Address bits of one directory. */
    static final int DIRECTORY_BITS = 5;

    /** The average number of elements in a page at which the table grows. */
    static final int FULL = 8;

    /** Beyond half a billion elements pages become longer instead. */
    static final int MOST_PAGE_BITS = 26;

    /** 2^64 divided by the golden ratio. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private static final PagedTable<Object> EMPTY = new PagedTable<>(new Object[] {HashPage.EMPTY}, 0, 0);

    /** Of directories, or of pages if the shift is 0. */
    final Object[] top;

    /** By how much to shift a hash for its index in the directory at the top: five for each level below. */
    final int shift;

    final int size;

    PagedTable(Object[] top, int shift, int size) {
        this.top = top;
        this.shift = shift;
        this.size = size;
    }

    /** The table without elements. */
    @SuppressWarnings("unchecked") // has no elements
    static <E extends Object> PagedTable<E> empty() {
        return (PagedTable<E>) EMPTY;
    }

    /** A table of the given elements, each once. Refuses nulls. */
    static <E extends Object> PagedTable<E> of(@Nullable Object[] elements) {
        TableEdit<E> edit = new TableEdit<>(PagedTable.<E>empty(), elements.length);
        for (@Nullable Object element : elements) {
            edit.add(Objects.requireNonNull(element, "element"));
        }
        return edit.table();
    }

    /**
     * The hash code of an element with its bits spread: each bit of the upper half of a long product depends on all that
     * the class has to offer, so both ends of it are usable.
     */
    static int hash(Object element) {
        return (int) ((element.hashCode() * GOLDEN) >>> 32);
    }

    // ---- reading ----

    final boolean contains(Object element, int hash) {
        return page(hash).find(element, hash) >= 0;
    }

    final HashPage page(int hash) {
        Object[] directory = top;
        for (int s = shift; s > 0; s -= DIRECTORY_BITS) {
            directory = (Object[]) directory[(hash >>> s) & (directory.length - 1)];
        }
        return (HashPage) directory[hash & (directory.length - 1)];
    }

    final int pages() {
        return top.length << shift;
    }

    @SuppressWarnings("unchecked") // only elements are in the pages
    final void forEach(Consumer<? super E> action) {
        for (int number = 0, count = pages(); number < count; number++) {
            for (Object element : page(number).elements()) {
                action.accept((E) element);
            }
        }
    }

    /** Whether the two have the same elements. */
    final boolean sameElements(PagedTable<?> other) {
        if (other.size != size) {
            return false;
        }
        for (int number = 0, count = pages(); number < count && other.top != top; number++) {
            for (Object element : page(number).elements()) {
                if (!other.contains(element, hash(element))) {
                    return false;
                }
            }
        }
        return true;
    }

    @SuppressWarnings("nullness") // full
    final Object[] toArray() {
        Object[] array = new Object[size];
        fill(array);
        return array;
    }

    /** Writes the elements to the array, which is large enough. */
    final void fill(@Nullable Object[] array) {
        int index = 0;
        for (int number = 0, count = pages(); number < count; number++) {
            Object[] elements = page(number).elements();
            System.arraycopy(elements, 0, array, index, elements.length);
            index += elements.length;
        }
    }

    // ---- one more, one less ----

    /** Whether one more element would make the table grow, which takes long. */
    final boolean growsNext() {
        return size >= FULL * pages() && pages() < 1 << MOST_PAGE_BITS;
    }

    /** Whether one less element would make the table shrink, which takes long. */
    final boolean shrinksNext() {
        return size <= pages() && pages() > 1;
    }

    /** The table with one more element; this one if it has an equal one. Does not grow. */
    final PagedTable<E> plus(E element, int hash) {
        HashPage page = page(hash);
        return page.find(element, hash) >= 0
                ? this
                : new PagedTable<>(with(top, shift, hash, page.plus(element, hash)), shift, size + 1);
    }

    /** The table without the equal element; this one if it has none. Does not shrink. */
    final PagedTable<E> minus(Object element, int hash) {
        HashPage page = page(hash);
        int index = page.find(element, hash);
        return index < 0 ? this : new PagedTable<>(with(top, shift, hash, page.minus(index)), shift, size - 1);
    }

    /** A copy of the path to the page, with another page at its end. */
    static Object[] with(Object[] directory, int shift, int hash, HashPage page) {
        Object[] copy = Arrays.copyOf(directory, directory.length);
        int index = (hash >>> shift) & (directory.length - 1);
        copy[index] = shift == 0 ? page : with((Object[]) directory[index], shift - DIRECTORY_BITS, hash, page);
        return copy;
    }
}
