// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The results of a map: a list that cannot be changed once it was handed out. It is filled by one thread, and published
 * as its user likes, as any list that nobody changes.
 */
final class SegmentedList<E extends @Nullable Object> extends AbstractList<E> implements RandomAccess, Serializable {
    /*
     * The elements lie in many short arrays, none of them longer than a collector likes. G1 puts an array of half a
     * region or more among the old objects at once, however short it lives: from there it keeps all its elements from
     * being collected, and has them moved again and again, until the old objects are looked through as well. Short
     * arrays end with the list.
     */

    private static final long serialVersionUID = 1L;

    private static final int SHIFT = 10;

    /** How many elements a segment has. */
    static final int SEGMENT = 1 << SHIFT;

    private static final int MASK = SEGMENT - 1;

    /** All of them full but for the last one. */
    private final transient ArrayList<@Nullable Object[]> segments = new ArrayList<>();

    private transient int size;

    /**
     * Puts elements behind those that are there. Before the list is handed out.
     *
     * @throws OutOfMemoryError if a list cannot hold so many
     */
    void append(Collection<?> elements) {
        @Nullable Object[] source = elements.toArray();
        if (source.length > Integer.MAX_VALUE - size) {
            throw new OutOfMemoryError("a list of more than " + Integer.MAX_VALUE + " results");
        }
        int from = 0;
        while (from < source.length) {
            int at = size & MASK;
            if (at == 0) {
                segments.add(new @Nullable Object[SEGMENT]);
            }
            int count = Math.min(SEGMENT - at, source.length - from);
            System.arraycopy(source, from, segments.get(size >> SHIFT), at, count);
            from += count;
            size += count;
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    @SuppressWarnings("unchecked")
    public E get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("index: " + index + "; expected at least 0 and less than " + size);
        }
        return (E) segments.get(index >> SHIFT)[index & MASK];
    }

    @Override
    @SuppressWarnings("unchecked")
    public void forEach(Consumer<? super E> action) {
        int left = size;
        for (@Nullable Object[] segment : segments) {
            int count = Math.min(left, SEGMENT);
            for (int i = 0; i < count; i++) {
                action.accept((E) segment[i]);
            }
            left -= count;
        }
    }

    /** As a list of the JDK, which those know who have never heard of this class. */
    private Object writeReplace() {
        List<E> copy = new ArrayList<>(this);
        return Collections.unmodifiableList(copy);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a list of results is written as another one");
    }
}
