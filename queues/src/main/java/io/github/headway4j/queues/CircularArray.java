// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import org.jspecify.annotations.Nullable;

/**
 * A circular array that grows and shrinks. The number of elements is kept by its owner, who also guards it. What throws
 * for lack of memory has changed nothing.
 */
final class CircularArray {

    /** It does not shrink below this. A power of two. */
    private static final int LEAST = 16;

    /** The length is a power of two. Places without an element hold null. */
    private @Nullable Object[] items = new Object[LEAST];

    /** The place of the first element. */
    private int head;

    private int place(int index) {
        return (head + index) & (items.length - 1);
    }

    @SuppressWarnings("nullness:return") // an index below the size names an element
    Object get(int index) {
        return items[place(index)];
    }

    void set(int index, Object element) {
        items[place(index)] = element;
    }

    // ---- the ends ----

    void addLast(Object element, int size) {
        if (size == items.length) {
            resize(size, growth());
        }
        items[place(size)] = element;
    }

    void addFirst(Object element, int size) {
        if (size == items.length) {
            resize(size, growth());
        }
        head = place(-1);
        items[head] = element;
    }

    Object removeLast(int size) {
        Object element = get(size - 1);
        items[place(size - 1)] = null;
        shrink(size - 1);
        return element;
    }

    Object removeFirst(int size) {
        Object element = get(0);
        items[head] = null;
        head = place(1);
        shrink(size - 1);
        return element;
    }

    // ---- within ----

    /** Moves those before or behind the index, whichever are fewer. */
    void insert(int index, Object element, int size) {
        if (index < size - index) {
            addFirst(element, size);
            for (int i = 0; i < index; i++) {
                set(i, get(i + 1));
            }
        } else {
            addLast(element, size);
            for (int i = size; i > index; i--) {
                set(i, get(i - 1));
            }
        }
        set(index, element);
    }

    /** Moves those before or behind the index, whichever are fewer. */
    Object removeAt(int index, int size) {
        Object element = get(index);
        if (index < size - 1 - index) {
            for (int i = index; i > 0; i--) {
                set(i, get(i - 1));
            }
            removeFirst(size);
        } else {
            for (int i = index; i < size - 1; i++) {
                set(i, get(i + 1));
            }
            removeLast(size);
        }
        return element;
    }

    /** Moves so many from the end to the start, one by one. */
    void lastToFirst(int count, int size) {
        for (int i = 0; i < count; i++) {
            Object element = get(size - 1);
            items[place(size - 1)] = null;
            head = place(-1);
            items[head] = element;
        }
    }

    /** Moves so many from the start to the end, one by one. */
    void firstToLast(int count, int size) {
        for (int i = 0; i < count; i++) {
            Object element = get(0);
            items[head] = null;
            head = place(1);
            items[place(size - 1)] = element;
        }
    }

    void reverse(int size) {
        for (int i = 0, k = size - 1; i < k; i++, k--) {
            Object element = get(i);
            set(i, get(k));
            set(k, element);
        }
    }

    /**
     * Removes the occurrence of an object with so many others before it, seen from one end, or the last there is:
     * whether there was one.
     */
    boolean removeOccurrence(Object object, int before, boolean fromLast, int size) {
        int found = -1;
        for (int i = 0, left = before; i < size && left >= 0; i++) {
            int at = fromLast ? size - 1 - i : i;
            if (get(at) == object) {
                found = at;
                left--;
            }
        }
        if (found >= 0) {
            removeAt(found, size);
        }
        return found >= 0;
    }

    /** Removes those that are chosen, shown from one end on: how many. */
    int removeChosen(Chosen chosen, boolean fromLast, int size) {
        int removed = 0;
        for (int i = 0; i < size; i++) {
            int from = fromLast ? size - 1 - i : i;
            Object element = get(from);
            if (chosen.goes(element)) {
                removed++;
            } else if (removed > 0) {
                set(fromLast ? from + removed : from - removed, element);
            }
        }
        for (int i = 0; i < removed; i++) { // those that were moved away, at the other end
            items[place(fromLast ? i : size - 1 - i)] = null;
        }
        if (fromLast) {
            head = place(removed);
        }
        shrink(size - removed);
        return removed;
    }

    // ---- all ----

    Object[] toArray(int size) {
        Object[] all = new Object[size];
        copyTo(all, size);
        return all;
    }

    private void copyTo(@Nullable Object[] all, int size) {
        int straight = Math.min(size, items.length - head);
        System.arraycopy(items, head, all, 0, straight);
        System.arraycopy(items, 0, all, straight, size - straight);
    }

    void clear() {
        items = new Object[LEAST];
        head = 0;
    }

    // ---- length ----

    /** The number of places. */
    int length() {
        return items.length;
    }

    private int growth() {
        if (items.length == 1 << 30) {
            throw new OutOfMemoryError("a queue can hold " + (1 << 30) + " elements");
        }
        return 2 * items.length;
    }

    /** Halves the array while it is an eighth full, so that it takes many changes until it is resized again. */
    private void shrink(int size) {
        int length = items.length;
        while (size <= length >> 3 && length > LEAST) {
            length >>= 1;
        }
        if (length < items.length) {
            try {
                resize(size, length);
            } catch (OutOfMemoryError noMatter) {
                return; // then it remains too large
            }
        }
    }

    private void resize(int size, int length) {
        @Nullable Object[] resized = new Object[length];
        copyTo(resized, size);
        items = resized;
        head = 0;
    }
}
