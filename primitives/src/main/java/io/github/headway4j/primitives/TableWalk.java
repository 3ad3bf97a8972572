// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Walks over the elements of a {@link PagedTable}, page by page. */
final class TableWalk {

    private TableWalk() {}

    /**
     * An iterator.
     *
     * @param table what to walk over
     * @param removal what {@code remove} does with the element that was returned last
     */
    static <E extends Object> Iterator<E> iterator(PagedTable<E> table, Consumer<? super E> removal) {
        return new Walk<>(table, removal);
    }

    /** A spliterator, for a table that does not change. */
    static <E extends Object> Spliterator<E> spliterator(PagedTable<E> table) {
        return new Split<>(table, 0, table.pages(), table.size, true);
    }

    private static final class Walk<E extends Object> implements Iterator<E> {
        private final PagedTable<E> table;
        private final Consumer<? super E> removal;
        private int nextPage;
        private Object[] elements = HashPage.EMPTY.elements();
        private int next;
        private int left;
        private @Nullable E last;

        Walk(PagedTable<E> table, Consumer<? super E> removal) {
            this.table = table;
            this.removal = removal;
            this.left = table.size;
        }

        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        @SuppressWarnings("unchecked") // only elements are in the pages
        public E next() {
            if (left == 0) {
                throw new NoSuchElementException();
            }
            while (next == elements.length) {
                elements = table.page(nextPage++).elements();
                next = 0;
            }
            left--;
            E element = (E) elements[next++];
            last = element;
            return element;
        }

        @Override
        public void remove() {
            E element = last;
            if (element == null) {
                throw new IllegalStateException("remove without a next before it; expected one next for each remove");
            }
            removal.accept(element);
            last = null;
        }
    }

    /** Over a range of pages. Splits in the middle of it. */
    private static final class Split<E extends Object> implements Spliterator<E> {
        private final PagedTable<E> table;
        private int page;
        private final int end;
        private int next;
        private long estimate;

        /** The estimate is exact: nothing has been split off. */
        private boolean sized;

        Split(PagedTable<E> table, int page, int end, long estimate, boolean sized) {
            this.sized = sized;
            this.table = table;
            this.page = page;
            this.end = end;
            this.estimate = estimate;
        }

        @Override
        @SuppressWarnings("unchecked") // only elements are in the pages
        public boolean tryAdvance(Consumer<? super E> action) {
            for (; page < end; page++, next = 0) {
                Object[] elements = table.page(page).elements();
                if (next < elements.length) {
                    estimate -= estimate > 0L ? 1L : 0L;
                    action.accept((E) elements[next++]);
                    return true;
                }
            }
            estimate = 0L;
            return false;
        }

        @Override
        public @Nullable Spliterator<E> trySplit() {
            int middle = (page + end) >>> 1;
            if (next != 0 || middle == page) {
                return null;
            }
            Split<E> first = new Split<>(table, page, middle, estimate /= 2L, false);
            page = middle;
            sized = false;
            return first;
        }

        @Override
        public long estimateSize() {
            return estimate;
        }

        @Override
        public int characteristics() {
            return DISTINCT | NONNULL | IMMUTABLE | (sized ? SIZED : 0);
        }
    }
}
