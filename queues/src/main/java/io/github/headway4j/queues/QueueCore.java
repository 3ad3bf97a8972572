// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.lang.reflect.Modifier;
import java.util.AbstractQueue;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a queue does without waiting for elements or room: the order and the store, by subclasses, and the methods of a
 * collection, in their terms. User code (an element's {@code equals}, a predicate) never runs inside an operation of
 * the store: it is asked about a snapshot, and what it has chosen is then removed by identity if it is still there.
 *
 * @param <E> the type of the elements
 */
abstract class QueueCore<E extends Object> extends AbstractQueue<E> {

    /** The element has been put. */
    static final int PUT = 0;

    /** There was no room. */
    static final int FULL = 1;

    /** The queue was shut down. */
    static final int SHUT = 2;

    /** The element was dropped. */
    static final int DROPPED = 3;

    private static final long[] NO_KEYS = {};

    // ---- keys ----

    /**
     * What an element itself tells of its place in the order; means nothing where the order depends on other things.
     * Runs user code, so it is asked once for each put, before all that others could notice.
     */
    long keyOf(E element) {
        return 0L;
    }

    /** The keys of all elements, for {@link #keyAt}. */
    long[] keysOf(Object[] elements) {
        return NO_KEYS;
    }

    static long keyAt(long[] keys, int index) {
        return keys.length == 0 ? 0L : keys[index];
    }

    // ---- the store; each method is linearizable; one that throws what a comparator threw has changed nothing ----

    /** Puts the element: {@link #PUT}, {@link #FULL} or {@link #SHUT}. */
    abstract int tryPut(E element, long key);

    /**
     * Puts elements from the given index on, as many as there is room for: how many. None if shut down. If a comparator
     * throws at an element other than the first, those before it are put and no exception is thrown.
     */
    abstract int tryPutSome(Object[] elements, long[] keys, int from);

    /** Takes the next element, or null if there is none. */
    abstract @Nullable E tryTake();

    /** Takes the next elements, at most so many, into the sink, from its start on: how many. */
    abstract int tryTakeSome(Object[] sink, int max);

    /**
     * Puts the newcomer after one or several others were dropped for it, if there is no room, or drops the newcomer if
     * that is the one that has to go: {@link #PUT}, {@link #DROPPED} or {@link #SHUT}. Adds the others to the victims.
     */
    int putEvicting(E newcomer, long key, boolean first, Undelivered<E> victims) {
        return tryPut(newcomer, key); // in a queue that grows there is room
    }

    /** As {@link #tryPut}, at the start of a queue that has two ends. */
    int tryPutFirst(E element) {
        throw new UnsupportedOperationException("put at the start of a queue whose order is its own");
    }

    /** As {@link #tryTake}, from the end of a queue that has two ends. */
    @Nullable
    E tryTakeLast() {
        throw new UnsupportedOperationException("take from the end of a queue whose order is its own");
    }

    /** All elements in the order in which they would be taken. */
    abstract Object[] snapshot();

    /** All elements, in any order if theirs would have to be worked out. */
    Object[] elements() {
        return snapshot();
    }

    /** Removes what is chosen: how many. */
    abstract int removeChosen(Chosen chosen);

    /**
     * Removes the occurrence of an object with so many others before it, or the last there is: whether there was one.
     */
    boolean removeOccurrence(Object object, int before) {
        for (int n = before; n >= 0; n--) {
            if (removeChosen(Chosen.occurrence(object, n)) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Takes everything out, in order, and lets nothing more in if so told, in one moment. */
    abstract Object[] takeAll(boolean shut);

    /** Takes everything out and forgets it, in one moment: how many. */
    long discardAll() {
        return takeAll(false).length;
    }

    /** Lets nothing more in. */
    abstract void shut();

    public abstract boolean isShutdown();

    /** The number of elements that entered so far. */
    abstract long puts();

    /** Puts, size and whether shut down, of one moment. */
    abstract Moment moment();

    /** The most elements that fit; {@code Integer.MAX_VALUE} for as many as memory holds. */
    abstract int capacity();

    /** Told before elements leave without being taken for work. */
    abstract void beginRemoval();

    /** Told after so many elements have left without being taken for work. */
    abstract void endRemoval(long elements);

    record Moment(long puts, int size, boolean shut) {}

    // ---- the collection ----

    @Override
    public boolean contains(@Nullable Object o) {
        return o != null && firstEqual(elements(), o) != null;
    }

    @Override
    public boolean remove(@Nullable Object o) {
        if (o == null) {
            return false;
        }
        for (; ; ) {
            Object found = firstEqual(elements(), o);
            if (found == null) {
                return false;
            }
            if (removeOne(found, 0)) {
                return true;
            }
        }
    }

    @Override
    public boolean removeIf(Predicate<? super E> filter) {
        Objects.requireNonNull(filter, "filter");
        Object[] all = snapshot();
        boolean[] goes = new boolean[all.length];
        for (int i = 0; i < all.length; i++) {
            goes[i] = filter.test(cast(all[i]));
        }
        Chosen chosen = Chosen.among(all, goes);
        if (chosen.isEmpty()) {
            return false;
        }
        int removed = 0;
        beginRemoval();
        try {
            removed = removeChosen(chosen);
        } finally {
            endRemoval(removed);
        }
        return removed > 0;
    }

    @Override
    public boolean removeAll(Collection<?> c) {
        Objects.requireNonNull(c, "c");
        return removeIf(c::contains);
    }

    @Override
    public boolean retainAll(Collection<?> c) {
        Objects.requireNonNull(c, "c");
        return removeIf(e -> !c.contains(e));
    }

    @Override
    public void clear() {
        long removed = 0L;
        beginRemoval();
        try {
            removed = discardAll();
        } finally {
            endRemoval(removed);
        }
    }

    @Override
    public void forEach(Consumer<? super E> action) {
        Objects.requireNonNull(action, "action");
        for (Object o : snapshot()) {
            action.accept(cast(o));
        }
    }

    /**
     * An iterator over the elements of this moment, in order; {@code remove} removes its element if still there. Of an
     * object that is in the queue several times that is the very occurrence, unless others of it have come or gone
     * meanwhile; then it is one of them.
     */
    @Override
    public Iterator<E> iterator() {
        return iteratorOver(snapshot(), this::removeOne);
    }

    /**
     * An iterator over the given elements.
     *
     * @param removal removes an occurrence of an object; the number tells how many others have been before it
     */
    final Iterator<E> iteratorOver(Object[] elements, ObjIntConsumer<Object> removal) {
        return new SnapshotIterator(elements, removal);
    }

    @Override
    public Spliterator<E> spliterator() {
        return Spliterators.spliterator(snapshot(), Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
    }

    @Override
    public Object[] toArray() {
        return snapshot();
    }

    @Override
    @SuppressWarnings("nullness") // as Collection says: the array takes what it is given, with a null behind it
    public <T> T[] toArray(T[] a) {
        return Arrays.asList(snapshot()).toArray(a);
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    /** Whether there was no room, at some moment during the call. */
    boolean isFull() {
        return size() >= capacity();
    }

    @Override
    public int size() {
        return moment().size();
    }

    @SuppressWarnings("unchecked") // only elements are in the store
    final E cast(Object element) {
        return (E) element;
    }

    /** A list that nobody can change, on the array, which nobody else may have. */
    @SuppressWarnings("unchecked") // only elements are in the array
    final List<E> castAll(Object[] elements) {
        return (List<E>) (List<?>) Collections.unmodifiableList(Arrays.asList(elements));
    }

    private boolean removeOne(Object object, int before) {
        boolean removed = false;
        beginRemoval();
        try {
            removed = removeOccurrence(object, before);
        } finally {
            endRemoval(removed ? 1 : 0);
        }
        return removed;
    }

    final Object[] shutAndRemoveAll() {
        Object[] all = {};
        beginRemoval();
        try {
            all = takeAll(true);
        } finally {
            endRemoval(all.length);
        }
        return all;
    }

    /** Class, as users know it, and identity. */
    static String nameOf(Object queue) {
        Class<?> type = queue.getClass();
        while (!Modifier.isPublic(type.getModifiers()) && type.getSuperclass() != null) {
            type = type.getSuperclass();
        }
        return type.getSimpleName() + "@" + Integer.toHexString(System.identityHashCode(queue));
    }

    static @Nullable Object firstEqual(Object[] elements, Object o) {
        for (Object e : elements) {
            if (o.equals(e)) {
                return e;
            }
        }
        return null;
    }

    /** Over the elements of one moment. */
    private final class SnapshotIterator implements Iterator<E> {
        /** Those that it has removed replaced by itself. */
        private final Object[] elements;

        private final ObjIntConsumer<Object> removal;
        private int next;
        private boolean removable;

        SnapshotIterator(Object[] elements, ObjIntConsumer<Object> removal) {
            this.elements = elements;
            this.removal = removal;
        }

        @Override
        public boolean hasNext() {
            return next < elements.length;
        }

        @Override
        public E next() {
            if (next == elements.length) {
                throw new NoSuchElementException("there were " + elements.length + " elements");
            }
            removable = true;
            return cast(elements[next++]);
        }

        @Override
        public void remove() {
            if (!removable) {
                throw new IllegalStateException("expected one call of next() before each remove()");
            }
            removable = false;
            Object element = elements[next - 1];
            int before = 0;
            for (int i = 0; i < next - 1; i++) {
                before += elements[i] == element ? 1 : 0;
            }
            removal.accept(element, before);
            elements[next - 1] = this;
        }
    }
}
