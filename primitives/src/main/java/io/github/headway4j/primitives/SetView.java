// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A {@link LockedSet} as a compound action sees it: the same set, usable by the thread of the action until it ends.
 * What debuggers, logs and maps call, {@code equals}, {@code hashCode} and {@code toString}, never refuses.
 *
 * @param <E> the type of the elements
 */
final class SetView<E extends Object> extends AbstractSet<E> {

    private final LockedSet<E> set;
    private final Thread thread = Thread.currentThread();
    private volatile boolean over;

    SetView(LockedSet<E> set) {
        this.set = set;
    }

    /** Ends the life of this view. */
    void end() {
        over = true;
    }

    private boolean isAlive() {
        return !over && thread == Thread.currentThread();
    }

    private LockedSet<E> set() {
        if (over) {
            throw new IllegalStateException("the compound action is over; expected its view to be used inside it only");
        }
        if (thread != Thread.currentThread()) {
            throw new IllegalStateException(Thread.currentThread() + " uses the view of a compound action of " + thread
                    + "; expected that thread only");
        }
        return set;
    }

    // ---- reading ----

    @Override
    public int size() {
        return set().size();
    }

    @Override
    public boolean isEmpty() {
        return set().isEmpty();
    }

    @Override
    public boolean contains(Object o) {
        return set().contains(o);
    }

    @Override
    public boolean containsAll(Collection<?> c) {
        return set().containsAll(c);
    }

    @Override
    public Iterator<E> iterator() {
        return TableWalk.iterator(set().table(), element -> set().remove(element));
    }

    @Override
    public Spliterator<E> spliterator() {
        return set().spliterator();
    }

    @Override
    public void forEach(Consumer<? super E> action) {
        set().forEach(action);
    }

    @Override
    public Object[] toArray() {
        return set().toArray();
    }

    @Override
    @SuppressWarnings("nullness") // the checker has a type of its own for this method
    public <T> T[] toArray(T[] a) {
        return set().toArray(a);
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o == this || (isAlive() && set.equals(o));
    }

    @Override
    public int hashCode() {
        return isAlive() ? set.hashCode() : System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return isAlive() ? set.toString() : "the view of a compound action that is over or another thread's";
    }

    // ---- changing ----

    @Override
    public boolean add(E e) {
        return set().add(e);
    }

    @Override
    public boolean addAll(Collection<? extends E> c) {
        return set().addAll(c);
    }

    @Override
    public boolean remove(Object o) {
        return set().remove(o);
    }

    @Override
    public boolean removeAll(Collection<?> c) {
        return set().removeAll(c);
    }

    @Override
    public boolean retainAll(Collection<?> c) {
        return set().retainAll(c);
    }

    @Override
    public boolean removeIf(Predicate<? super E> filter) {
        return set().removeIf(filter);
    }

    @Override
    public void clear() {
        set().clear();
    }
}
