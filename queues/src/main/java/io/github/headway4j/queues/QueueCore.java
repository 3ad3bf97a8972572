// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.lang.reflect.Modifier;
import java.util.AbstractQueue;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
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

    // ---- the store; each method is linearizable; one that throws what a comparator threw has changed nothing ----

    /** Puts the element: {@link #PUT}, {@link #FULL} or {@link #SHUT}. */
    abstract int tryPut(E element);

    /**
     * Puts elements from the given index on, as many as there is room for: how many. None if shut down. If a comparator
     * throws at an element other than the first, those before it are put and no exception is thrown.
     */
    abstract int tryPutSome(Object[] elements, int from);

    /** Takes the next element, or null if there is none. */
    abstract @Nullable E tryTake();

    /** Takes the next elements, at most so many, into the sink, from its start on: how many. */
    abstract int tryTakeSome(Object[] sink, int max);

    /**
     * Puts the newcomer after one or several others were dropped for it, if there is no room, or drops the newcomer if
     * that is the one that has to go: {@link #PUT}, {@link #DROPPED} or {@link #SHUT}. Adds the others to the victims.
     */
    abstract int putEvicting(E newcomer, boolean first, Undelivered<E> victims);

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

    /** Removes the first elements, at most so many, that are among the given ones by identity: how many. */
    abstract int removeIdentical(Set<Object> chosen, int limit);

    /** Takes everything out, in order, and lets nothing more in if so told, in one moment. */
    abstract Object[] takeAll(boolean shut);

    /** Takes everything out: how much. */
    long dropAll() {
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
        return o != null && firstEqual(snapshot(), o) != null;
    }

    @Override
    public boolean remove(@Nullable Object o) {
        if (o == null) {
            return false;
        }
        for (; ; ) {
            Object found = firstEqual(snapshot(), o);
            if (found == null) {
                return false;
            }
            if (removeOne(found)) {
                return true;
            }
        }
    }

    @Override
    public boolean removeIf(Predicate<? super E> filter) {
        Objects.requireNonNull(filter, "filter");
        Set<Object> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Object o : snapshot()) {
            if (filter.test(cast(o))) {
                chosen.add(o);
            }
        }
        return !chosen.isEmpty() && removeChosen(chosen, Integer.MAX_VALUE);
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
            removed = dropAll();
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
     * An iterator over the elements of this moment, in order; {@code remove} removes its element if still there (the
     * first occurrence of an object that is in the queue several times).
     */
    @Override
    public Iterator<E> iterator() {
        return iteratorOver(snapshot());
    }

    /** An iterator over the given elements; {@code remove} removes its element if still there. */
    final Iterator<E> iteratorOver(Object[] elements) {
        return new SnapshotIterator(elements);
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

    /** The elements as a list. Takes the array over: there may be no memory for another one. */
    @SuppressWarnings("unchecked") // only elements are in the store
    final List<E> castAll(Object[] elements) {
        return (List<E>) Collections.unmodifiableList(Arrays.asList(elements));
    }

    private boolean removeOne(Object element) {
        Set<Object> one = Collections.newSetFromMap(new IdentityHashMap<>(2));
        one.add(element);
        return removeChosen(one, 1);
    }

    private boolean removeChosen(Set<Object> chosen, int limit) {
        int removed = 0;
        beginRemoval();
        try {
            removed = removeIdentical(chosen, limit);
        } finally {
            endRemoval(removed);
        }
        return removed > 0;
    }

    final Object[] removeAllAndShut() {
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
        private final Object[] elements;
        private int next;
        private boolean removable;

        SnapshotIterator(Object[] elements) {
            this.elements = elements;
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
            removeOne(elements[next - 1]);
        }
    }
}
