// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.reflect.Array;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.Set;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A {@link PagedTable} as a set that cannot be changed.
 *
 * @param <E> the type of the elements
 */
final class SetSnapshot<E extends Object> extends AbstractSet<E> implements Serializable {

    private static final long serialVersionUID = 1L;

    private final transient PagedTable<E> table;

    SetSnapshot(PagedTable<E> table) {
        this.table = table;
    }

    PagedTable<E> table() {
        return table;
    }

    // ---- reading ----

    @Override
    public int size() {
        return table.size;
    }

    @Override
    public boolean contains(Object o) {
        return table.contains(o, PagedTable.hash(o));
    }

    @Override
    public boolean containsAll(Collection<?> c) {
        return containsEach(c.toArray());
    }

    /** Whether each of the given ones is in the set; no null is. */
    boolean containsEach(@Nullable Object[] elements) {
        for (Object element : elements) {
            if (element == null || !contains(element)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Iterator<E> iterator() {
        return TableWalk.iterator(table, element -> {
            throw refused();
        });
    }

    @Override
    public Spliterator<E> spliterator() {
        return TableWalk.spliterator(table);
    }

    @Override
    public void forEach(Consumer<? super E> action) {
        table.forEach(action);
    }

    @Override
    public Object[] toArray() {
        return table.toArray();
    }

    @Override
    @SuppressWarnings({"unchecked", "nullness"}) // of the same component type; null says where the elements end
    public <T> T[] toArray(T[] a) {
        int size = table.size;
        T[] array = a.length >= size ? a : (T[]) Array.newInstance(a.getClass().getComponentType(), size);
        table.fill(array);
        if (array.length > size) {
            array[size] = null;
        }
        return array;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        if (o instanceof SetSnapshot) {
            return table.sameElements(((SetSnapshot<?>) o).table);
        }
        if (o instanceof LockedSet) {
            return table.sameElements(((LockedSet<?>) o).table());
        }
        if (!(o instanceof Set)) {
            return false;
        }
        @Nullable Object[] others = ((Set<?>) o).toArray();
        return others.length == table.size && containsEach(others);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    // ---- refused ----

    @Override
    public boolean add(E e) {
        throw refused();
    }

    @Override
    public boolean addAll(Collection<? extends E> c) {
        throw refused();
    }

    @Override
    public boolean remove(Object o) {
        throw refused();
    }

    @Override
    public boolean removeAll(Collection<?> c) {
        throw refused();
    }

    @Override
    public boolean retainAll(Collection<?> c) {
        throw refused();
    }

    @Override
    public boolean removeIf(Predicate<? super E> filter) {
        throw refused();
    }

    @Override
    public void clear() {
        throw refused();
    }

    // ---- leaving the process ----

    /**
     * A set of the JDK that cannot be changed: hash codes, by which a table is laid out, differ from process to process.
     */
    private Object writeReplace() {
        return Set.copyOf(this);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a snapshot is written as another set");
    }

    private static UnsupportedOperationException refused() {
        return new UnsupportedOperationException("a snapshot of a set does not change");
    }
}
