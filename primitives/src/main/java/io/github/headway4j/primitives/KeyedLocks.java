// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A lock for each key: one thread at a time per customer, per file, per account number. Same key, same lock, as
 * {@code equals} tells; and a lock lives exactly while somebody holds it or waits for it, so any number of keys may
 * come and go.
 *
 * <pre>{@code
 * private final KeyedLocks<String> customers = new KeyedLocks<>();
 *
 * try (var held = customers.hold(order.customer())) {
 *     book(order);
 * }
 * try (var held = Locks.holdAll(customers.at(from), customers.at(to))) { ... } // no deadlock
 * }</pre>
 *
 * <p><b>Threads.</b> The lock of a key is a {@link Mutex}: not reentrant, and a hold may be closed by any thread.
 *
 * <p><b>Ordering, fairness, blocking and interruption</b> are those of {@link Mutex}; different keys never wait for each
 * other, apart from the brief internal lock of a {@link ConcurrentHashMap} bin. {@code equals} and {@code hashCode} of
 * the keys run under that lock and must not come back to this object.
 *
 * <p><b>Memory consistency.</b> Actions before a hold of a key is closed happen-before actions after the next hold of an
 * equal key.
 *
 * <p><b>Nulls</b> are refused with {@code NullPointerException}.
 *
 * <p><b>Complexity and footprint.</b> O(1). A mutex and a map entry for each key in use; nothing for the others.
 *
 * @param <K> the type of the keys, with {@code equals} and {@code hashCode} that stay as they are
 * @since 0.1
 */
public final class KeyedLocks<K extends Object> {
    /*
     * Invariant. An entry is in the map exactly while its count of users, those who hold or wait, is positive. The
     * count changes only inside compute of its key, so a thread that has counted itself in uses the one lock that
     * everybody else with that key uses, until it counts itself out.
     */

    /** A lock and the number of threads that hold it or wait for it. Who counts out needs no memory for that. */
    private static final class Entry {
        private final Mutex mutex = new Mutex();

        /** Read and written inside compute of its key only. */
        private int users;
    }

    private final ConcurrentHashMap<K, Entry> entries = new ConcurrentHashMap<>();

    /** No key is locked. */
    public KeyedLocks() {}

    /**
     * The lock of a key, to be held alone or together with others by {@link Locks#holdAll}. Asking for it takes nothing
     * and keeps nothing alive.
     *
     * @param key the key
     * @return a view of the key's lock; all views of equal keys of this object are equal
     */
    public Holdable at(K key) {
        return new KeyView<>(this, Objects.requireNonNull(key, "key"));
    }

    /**
     * Waits, however long it takes, until nobody holds the key, and holds it. An interrupt stays pending.
     *
     * @param key the key
     * @return the hold
     */
    public Held hold(K key) {
        Mutex mutex = enter(key);
        Hold<K> hold = null;
        try {
            Hold<K> opened = new Hold<>(this, key, mutex);
            mutex.lock();
            hold = opened;
            return hold;
        } finally {
            if (hold == null) {
                exit(key);
            }
        }
    }

    /**
     * Waits until nobody holds the key or the thread is interrupted, and holds the key.
     *
     * @param key the key
     * @return the hold
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is held
     */
    public Held holdInterruptibly(K key) throws InterruptedException {
        return Objects.requireNonNull(holdWithin(key, null));
    }

    /**
     * Holds the key if nobody does. Does not look at the interrupt status.
     *
     * @param key the key
     * @return the hold, or null if the key was busy
     */
    public @Nullable Held tryHold(K key) {
        Mutex mutex = enter(key);
        Hold<K> hold = null;
        try {
            Hold<K> opened = new Hold<>(this, key, mutex);
            hold = mutex.tryLock() ? opened : null;
            return hold;
        } finally {
            if (hold == null) {
                exit(key);
            }
        }
    }

    /**
     * Waits at most the given time until nobody holds the key, and holds it.
     *
     * @param key the key
     * @param timeout the longest wait; zero or negative means to try once
     * @return the hold, or null if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is held
     */
    public @Nullable Held tryHold(K key, Duration timeout) throws InterruptedException {
        return holdWithin(key, Objects.requireNonNull(timeout, "timeout"));
    }

    /**
     * Whether somebody holds the key.
     *
     * @param key the key
     * @return true if held at some moment during the call
     */
    public boolean isHeld(K key) {
        Entry entry = entries.get(key);
        return entry != null && entry.mutex.isLocked();
    }

    /**
     * The number of keys that somebody holds or waits for.
     *
     * @return the number, exact when nobody comes or goes during the call
     */
    public int size() {
        return entries.size();
    }

    /** The keys in use, with their locks. */
    @Override
    public String toString() {
        return "KeyedLocks" + entries.keySet();
    }

    private @Nullable Held holdWithin(K key, @Nullable Duration timeout) throws InterruptedException {
        Mutex mutex = enter(key);
        Hold<K> hold = null;
        try {
            Hold<K> opened = new Hold<>(this, key, mutex);
            if (timeout == null) {
                mutex.lockInterruptibly();
                hold = opened;
            } else {
                hold = mutex.tryLock(timeout) ? opened : null;
            }
            return hold;
        } finally {
            if (hold == null) {
                exit(key);
            }
        }
    }

    /** Counts the calling thread in. */
    Mutex enter(K key) {
        Objects.requireNonNull(key, "key");
        return entries.compute(key, (k, entry) -> {
                    Entry counted = entry == null ? new Entry() : entry;
                    counted.users++;
                    return counted;
                })
                .mutex;
    }

    /** Counts a thread out; the last one takes the lock away. Needs no memory, so that nobody stays counted. */
    void exit(K key) {
        entries.computeIfPresent(key, (k, entry) -> --entry.users == 0 ? null : entry);
    }

    /** The lock of one key. Two views are equal if their keys are, in the same object. */
    private record KeyView<K extends Object>(KeyedLocks<K> locks, K key) implements HoldableView {
        @Override
        public Held hold() {
            return locks.hold(key);
        }

        @Override
        public Held holdInterruptibly() throws InterruptedException {
            return locks.holdInterruptibly(key);
        }

        @Override
        public @Nullable Held tryHold() {
            return locks.tryHold(key);
        }

        @Override
        public @Nullable Held tryHold(Duration timeout) throws InterruptedException {
            return locks.tryHold(key, timeout);
        }

        @Override
        public String toString() {
            return "lock of " + key;
        }
    }

    /** Unlocks first, so that whoever counts out last leaves a free lock behind, then counts out. */
    private static final class Hold<K extends Object> implements Held {
        private final KeyedLocks<K> locks;
        private final K key;
        private final Mutex mutex;
        private final AtomicBoolean open = new AtomicBoolean(true);

        Hold(KeyedLocks<K> locks, K key, Mutex mutex) {
            this.locks = locks;
            this.key = key;
            this.mutex = mutex;
        }

        @Override
        public void close() {
            if (open.compareAndSet(true, false)) {
                mutex.unlock();
                locks.exit(key);
            }
        }

        @Override
        public String toString() {
            return (open.get() ? "hold on " : "closed hold on ") + key;
        }
    }
}
