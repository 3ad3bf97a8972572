// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A task queue whose store is guarded by one lock. Subclasses bring the order and the store.
 *
 * @param <E> the type of the elements
 */
abstract class LockedTaskQueue<E extends Object> extends BlockingTaskQueue<E> {
    /*
     * Model. The size and whether the queue is shut down stand in the word of the lock (QueueLock). So a queue that is
     * empty, full or shut down is found so without the lock, and waiting threads that look again do not hold up those
     * that work. All else happens under the lock:
     *
     *   put:   w = word; closed or full: say so; lock; closed or full: say so; insert; unlock with w + one
     *   take:  w = word; empty: say so; lock; empty: say so; extract; unlock with w - one
     *
     * Whatever throws under the lock (a comparator, memory that runs out) does so before anything has changed, and the
     * lock is given back with the word of before. Who wants all elements in order copies the store, or exchanges it for
     * an empty one, and brings them into order without the lock.
     *
     * Linearization points. What changes something: the write of the word that unlocks. What finds the queue empty,
     * full or shut down: the read of the word.
     *
     * Lost wake-ups. The word is volatile and is what waiters look at; the base class signals after it was written.
     */

    /** The most elements put under one lock. */
    private static final int BATCH = 64;

    final QueueLock lock;
    private final int capacity;

    @SuppressWarnings("nullness:argument") // the queue is only kept, to be shown in thread dumps
    LockedTaskQueue(int capacity, QueueOptions<E> options) {
        super(options);
        this.capacity = capacity;
        lock = lockOf(this, options);
    }

    private static QueueLock lockOf(Object queue, QueueOptions<?> options) {
        return new QueueLock(queue, options.parker());
    }

    /** Checks the capacity of a bounded queue. */
    static int capacityUpTo(int most, int capacity) {
        if (capacity < 1 || capacity > most) {
            throw new IllegalArgumentException("capacity is " + capacity + "; expected 1 to " + most);
        }
        return capacity;
    }

    // ---- the store, under the lock; what throws has changed nothing ----

    /** Adds an element with its key to the given number of elements. */
    abstract void insert(E element, long key, int size);

    /** As insert, at the start if so told and if there are two ends. */
    void insertAt(boolean first, E element, long key, int size) {
        insert(element, key, size);
    }

    /** Removes the next of the given number of elements, at least one. */
    abstract E extract(int size);

    /** As extract, from the end if there are two. */
    E extractLast(int size) {
        return extract(size);
    }

    /** The next of the given number of elements, at least one. */
    abstract E next(int size);

    /** Adds the newcomer and removes the one that has to go for it, which may be itself, out of at least one. */
    abstract E replace(E newcomer, long key, boolean first, int size);

    /** Removes what is chosen: how many. */
    abstract int extractChosen(Chosen chosen, int size);

    /**
     * Removes the occurrence of an object with so many others before it, or the last there is: whether there was one.
     */
    abstract boolean extractOccurrence(Object object, int before, int size);

    /** Copies all elements. They are brought into the order of taking later, without the lock, by who asks for them. */
    abstract Supplier<Object[]> copyAll(int size);

    /** As copyAll, of elements that are not in the store any more. */
    abstract Supplier<Object[]> extractAll(int size);

    /** Removes all elements, with no more memory than an empty store needs. */
    abstract void discard();

    // ---- putting ----

    @Override
    final int tryPut(E element, long key) {
        return putUnderLock(false, element, key);
    }

    @Override
    final int tryPutFirst(E element) {
        return putUnderLock(true, element, 0L);
    }

    private int putUnderLock(boolean first, E element, long key) {
        long w = lock.word;
        if (refuses(w)) {
            return refusal(w);
        }
        w = lock.lock(w);
        try {
            if (refuses(w)) {
                return refusal(w);
            }
            insertAt(first, element, key, QueueLock.size(w));
            lock.addPuts(1L);
            w += QueueLock.ONE_PUT;
        } finally {
            lock.unlock(w);
        }
        return PUT;
    }

    @Override
    final int tryPutSome(Object[] elements, long[] keys, int from) {
        long w = lock.word;
        if (refuses(w)) {
            lock.refuseCallback(w);
            return 0;
        }
        int put = 0;
        w = lock.lock(w);
        try {
            for (int most = Math.min(BATCH, elements.length - from); put < most && !refuses(w); put++) {
                insert(cast(elements[from + put]), keyAt(keys, from + put), QueueLock.size(w));
                lock.addPuts(1L);
                w += QueueLock.ONE_PUT;
            }
        } catch (Throwable e) { // of a comparator, of whatever type
            if (put == 0) {
                throw e; // otherwise it comes again, with the next call
            }
        } finally {
            lock.unlock(w);
        }
        return put;
    }

    private boolean refuses(long w) {
        return (w & QueueLock.CLOSED) != 0L || QueueLock.size(w) >= capacity;
    }

    private int refusal(long w) {
        lock.refuseCallback(w);
        return QueueLock.isClosed(w) ? SHUT : FULL;
    }

    @Override
    final int putEvicting(E newcomer, long key, boolean first, Undelivered<E> victims) {
        victims.reserve(); // before anything changes: memory may run out
        E victim = null;
        long w = lock.lock();
        try {
            if (QueueLock.isClosed(w)) {
                return SHUT;
            }
            if (refuses(w)) {
                victim = replace(newcomer, key, first, QueueLock.size(w));
                if (victim == newcomer) { // or another occurrence of it, which comes to the same in the books
                    return DROPPED;
                }
                w -= QueueLock.ONE;
            } else {
                insertAt(first, newcomer, key, QueueLock.size(w));
            }
            lock.addPuts(1L);
            w += QueueLock.ONE_PUT;
        } finally {
            lock.unlock(w);
        }
        if (victim != null) {
            victims.add(victim);
        }
        return PUT;
    }

    // ---- taking ----

    @Override
    final @Nullable E tryTake() {
        return takeUnderLock(false);
    }

    @Override
    final @Nullable E tryTakeLast() {
        return takeUnderLock(true);
    }

    private @Nullable E takeUnderLock(boolean last) {
        long w = lock.word;
        if (QueueLock.size(w) == 0) {
            lock.refuseCallback(w);
            return null;
        }
        w = lock.lock(w);
        try {
            int size = QueueLock.size(w);
            if (size == 0) {
                return null;
            }
            E element = last ? extractLast(size) : extract(size);
            w -= QueueLock.ONE;
            return element;
        } finally {
            lock.unlock(w);
        }
    }

    @Override
    final int tryTakeSome(Object[] sink, int max) {
        long w = lock.word;
        if (QueueLock.size(w) == 0) {
            lock.refuseCallback(w);
            return 0;
        }
        int taken = 0;
        w = lock.lock(w);
        try {
            for (int size = QueueLock.size(w); taken < max && size > 0; size--) {
                sink[taken] = extract(size);
                taken++;
                w -= QueueLock.ONE;
            }
        } catch (Throwable e) { // of a comparator, of whatever type
            if (taken == 0) {
                throw e; // otherwise it comes again, with the next call
            }
        } finally {
            lock.unlock(w);
        }
        return taken;
    }

    @Override
    public final @Nullable E peek() {
        long w = lock.word;
        if (QueueLock.size(w) == 0) {
            lock.refuseCallback(w);
            return null;
        }
        w = lock.lock(w);
        try {
            int size = QueueLock.size(w);
            return size == 0 ? null : next(size);
        } finally {
            lock.unlock(w);
        }
    }

    // ---- rare operations ----

    @Override
    final int removeChosen(Chosen chosen) {
        long w = lock.lock();
        int removed = 0;
        try {
            removed = extractChosen(chosen, QueueLock.size(w));
        } finally {
            lock.unlock(w - removed * QueueLock.ONE);
        }
        return removed;
    }

    @Override
    final boolean removeOccurrence(Object object, int before) {
        long w = lock.lock();
        boolean removed = false;
        try {
            removed = extractOccurrence(object, before, QueueLock.size(w));
        } finally {
            lock.unlock(removed ? w - QueueLock.ONE : w);
        }
        return removed;
    }

    @Override
    final Object[] snapshot() {
        Supplier<Object[]> all;
        long w = lock.lock();
        try {
            all = copyAll(QueueLock.size(w));
        } finally {
            lock.unlock(w);
        }
        return all.get();
    }

    @Override
    final Object[] takeAll(boolean shut) {
        Supplier<Object[]> all;
        long w = lock.lock();
        try {
            int size = QueueLock.size(w);
            all = extractAll(size);
            w = w - size * QueueLock.ONE | (shut ? QueueLock.CLOSED : 0L);
        } finally {
            lock.unlock(w);
        }
        return all.get();
    }

    @Override
    final long discardAll() {
        long w = lock.lock();
        try {
            int size = QueueLock.size(w);
            discard();
            w -= size * QueueLock.ONE;
            return size;
        } finally {
            lock.unlock(w);
        }
    }

    @Override
    final void shut() {
        lock.unlock(lock.lock() | QueueLock.CLOSED);
    }

    // ---- figures ----

    @Override
    public final boolean isShutdown() {
        return QueueLock.isClosed(lock.word);
    }

    @Override
    public final int size() {
        return QueueLock.size(lock.word);
    }

    @Override
    final int capacity() {
        return capacity;
    }

    @Override
    final long puts() {
        return lock.puts();
    }

    @Override
    final Moment moment() {
        long w = lock.lock();
        long puts = lock.puts();
        lock.unlock(w);
        return new Moment(puts, QueueLock.size(w), QueueLock.isClosed(w));
    }
}
