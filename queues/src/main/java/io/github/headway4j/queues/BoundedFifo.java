// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** A ring of slots that any number of threads fill and empty without a lock. */
final class BoundedFifo<E extends Object> extends FifoTaskQueue<E> {
    /*
     * Model. FifoEnds has the two ends and what they are good for. Element i lives in slot i modulo the size of the
     * ring, a power of two that is at least the capacity and at least two. Each slot has a turn: the number i when it
     * is free for element i, i + 1 when it holds it.
     *
     *   put:   t = tail; full if t - head >= capacity; slot's turn is t:
     *          tail = t + 1 by compareAndSet, element, turn = t + 1
     *   take:  h = head; empty if tail == h; slot's turn is h + 1:
     *          head = h + 1 by compareAndSet, element, turn = h + size
     *
     * Why not simpler. The textbook ring takes "the slot is not filled yet" for empty, though elements behind it may be
     * complete, and "not emptied yet" for full; here both wait for the thread that is half-way. Nor can it be closed.
     *
     * Linearization points. Full: the read of head, tail having been read before. The others: see FifoEnds.
     *
     * Access modes. turns: acquire and release; elements: plain, between those. tail.limit: opaque, head as it was at
     * some moment plus the capacity, so never too large; it saves reads of head.
     *
     * References. Dmitry Vyukov's bounded MPMC queue (1024cores.net, 2010), for the turns. Differences: exact capacity,
     * linearizable when full and empty, closing, freezing, batches.
     */

    private static final VarHandle TURN = MethodHandles.arrayElementVarHandle(int[].class);

    private final int capacity;
    private final int mask;
    private final @Nullable Object[] elements;
    private final int[] turns;

    BoundedFifo(int capacity, QueueOptions<E> options) {
        this(capacity, options, 0L);
    }

    /** For tests: the first element gets the given number, a multiple of the size of the ring. */
    BoundedFifo(int capacity, QueueOptions<E> options, long first) {
        super(options, first);
        if (capacity < 1 || capacity > 1 << 30) {
            throw new IllegalArgumentException("capacity is " + capacity + "; expected 1 to " + (1 << 30));
        }
        this.capacity = capacity;
        int size = capacity == 1 ? 2 : Integer.highestOneBit(capacity - 1) << 1;
        mask = size - 1;
        elements = new Object[size];
        turns = new int[size];
        for (int i = 0; i < size; i++) {
            TURN.setRelease(turns, i, (int) first + i); // so, as it links what the first put needs with a slot claimed
        }
        tail.setLimit(first + capacity);
    }

    // ---- put ----

    @Override
    int tryPut(E element) {
        for (int waits = 0; ; ) {
            long t = tail.value;
            if ((t & (CLOSED | FROZEN)) != 0L) {
                if ((t & CLOSED) != 0L) {
                    return SHUT;
                }
                waits = relax(waits);
                continue;
            }
            long i = t >>> TAIL_BITS;
            if (i >= tail.limit() && room(i) <= 0L) {
                return FULL;
            }
            int slot = (int) i & mask;
            if (turn(slot) != (int) i) {
                waits = relax(waits); // somebody else was faster, or a taker has not left the slot yet
            } else if (tail.compareAndSet(t, t + (1L << TAIL_BITS))) {
                fill(slot, i, element);
                return PUT;
            }
        }
    }

    @Override
    int tryPutSome(Object[] some, int from) {
        for (int waits = 0; ; ) {
            long t = tail.value;
            if ((t & (CLOSED | FROZEN)) != 0L) {
                if ((t & CLOSED) != 0L) {
                    return 0;
                }
                waits = relax(waits);
                continue;
            }
            long i = t >>> TAIL_BITS;
            int free = (int) Math.min(room(i), some.length - from);
            if (free <= 0) {
                return 0;
            }
            int n = 0;
            while (n < free && turn((int) (i + n) & mask) == (int) i + n) {
                n++;
            }
            if (n == 0) {
                waits = relax(waits);
            } else if (tail.compareAndSet(t, t + ((long) n << TAIL_BITS))) {
                for (int k = 0; k < n; k++) {
                    fill((int) (i + k) & mask, i + k, some[from + k]);
                }
                return n;
            }
        }
    }

    /** How many more elements fit when the next put has the given number. */
    private long room(long i) {
        long limit = (head.value >>> HEAD_BITS) + capacity;
        if (limit != tail.limit()) {
            tail.setLimit(limit);
        }
        return limit - i;
    }

    private void fill(int slot, long i, Object element) {
        elements[slot] = element;
        TURN.setRelease(turns, slot, (int) i + 1);
    }

    // ---- take ----

    @Override
    @Nullable
    E tryTake() {
        for (int waits = 0; ; ) {
            long h = head.value;
            long i = h >>> HEAD_BITS;
            int slot = (int) i & mask;
            if ((h & HEAD_FROZEN) != 0L) {
                waits = relax(waits);
            } else if (turn(slot) != (int) i + 1) {
                if (tail.value >>> TAIL_BITS == i) {
                    return null;
                }
                waits = relax(waits); // somebody else was faster, or a putter has not filled the slot yet
            } else if (head.compareAndSet(h, h + (1L << HEAD_BITS))) {
                return empty(slot, i);
            }
        }
    }

    @Override
    int tryTakeSome(Object[] sink, int max) {
        for (int waits = 0; ; ) {
            long h = head.value;
            long i = h >>> HEAD_BITS;
            if ((h & HEAD_FROZEN) != 0L) {
                waits = relax(waits);
                continue;
            }
            int n = 0;
            while (n < max && n <= mask && turn((int) (i + n) & mask) == (int) i + n + 1) {
                n++;
            }
            if (n == 0) {
                if (max <= 0 || tail.value >>> TAIL_BITS == i) {
                    return 0;
                }
                waits = relax(waits);
            } else if (head.compareAndSet(h, h + ((long) n << HEAD_BITS))) {
                for (int k = 0; k < n; k++) {
                    sink[k] = empty((int) (i + k) & mask, i + k);
                }
                return n;
            }
        }
    }

    private E empty(int slot, long i) {
        E element = element(slot);
        elements[slot] = null;
        TURN.setRelease(turns, slot, (int) i + mask + 1);
        return element;
    }

    @SuppressWarnings("nullness:argument") // a slot whose turn is that of a take holds an element
    private E element(int slot) {
        return cast(elements[slot]);
    }

    @Override
    public @Nullable E peek() {
        for (int waits = 0; ; ) {
            long h = head.value;
            long i = h >>> HEAD_BITS;
            int slot = (int) i & mask;
            if ((h & HEAD_FROZEN) == 0L) {
                if (turn(slot) == (int) i + 1) {
                    Object element = elements[slot];
                    VarHandle.acquireFence(); // the element was read before the head is read again
                    if (element != null && head.value == h) {
                        return cast(element);
                    }
                    continue;
                }
                if (tail.value >>> TAIL_BITS == i) {
                    return null;
                }
            }
            waits = relax(waits);
        }
    }

    @Override
    int capacity() {
        return capacity;
    }

    // ---- rare operations ----

    /** One step, as in the frozen queue the oldest element leaves and the newcomer enters. */
    @Override
    int putEvicting(E newcomer, long key, boolean first, Undelivered<E> victims) {
        victims.reserve(); // before anything changes: memory may run out
        for (int waits = 0; ; waits = relax(waits)) {
            int result = tryPut(newcomer);
            if (result != FULL) {
                return result;
            }
            long closed = freeze(1L);
            long h = first();
            long t = puts();
            long next = h;
            try {
                int slot = (int) t & mask;
                boolean free = turn(slot) == (int) t || slot == ((int) h & mask); // not if a taker is half-way there
                if (closed == 0L && t - h >= capacity && free) {
                    victims.add(empty((int) h & mask, h));
                    next = h + 1L;
                    fill(slot, t, newcomer);
                    tail.value = (t + 1L) << TAIL_BITS | FROZEN; // before head is thawed, which must not pass it
                    return PUT;
                }
            } finally {
                thaw(next, closed);
            }
        }
    }

    @Override
    Object[] copy(long from, long to) {
        Object[] all = new Object[(int) (to - from)];
        for (long i = from; i < to; i++) {
            all[(int) (i - from)] = element((int) i & mask);
        }
        return all;
    }

    @Override
    void moveUp(Object[] rest) {
        long to = puts();
        long first = to - rest.length;
        for (long i = first(); i < first; i++) {
            empty((int) i & mask, i);
        }
        for (long i = first; i < to; i++) {
            elements[(int) i & mask] = rest[(int) (i - first)];
        }
    }

    @Override
    boolean isSettled(long from, long to) {
        for (long i = from; i < to; i++) {
            int slot = (int) i & mask;
            int filled = (int) i + 1;
            if (turn(slot) != filled && !soon(() -> turn(slot) == filled)) {
                return false;
            }
        }
        return true;
    }

    private int turn(int slot) {
        return (int) TURN.getAcquire(turns, slot);
    }
}
