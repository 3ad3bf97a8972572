// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import io.github.headway4j.primitives.Parker;
import io.github.headway4j.primitives.WaitQueue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A lock and the figures of what it guards in one word, on cache lines of their own. The figures change when the lock
 * is given back, in the same write, and can be read at any time without the lock.
 */
final class QueueLock extends QueueLockWord {
    /*
     * State. word: bit 0 LOCKED, bit 1 CLOSED, then 31 bits of size, then 31 bits that count the puts and wrap around.
     * While somebody holds the lock the word still tells the figures of before, so a reader sees the store as it was
     * after the last operation that is complete.
     *
     * Linearization points. Of what a holder does: the write of the word that gives the lock back.
     *
     * Lost wake-ups. See WaitQueue: unlock writes the word, then reads the queue and signals; attempt and more read the
     * word. A holder that finds no queue reads so before the first waiter has made it, hence before its attempt.
     *
     * Access modes. word: volatile reads and writes, compareAndSet to lock. puts: written by the holder before the word,
     * with release, so that it is not torn; read with acquire after a read of the word, hence never older than that
     * word. hint: opaque, as nothing depends on it. inCallback: plain; only the thread that wrote itself there can read
     * itself there.
     */

    static final long LOCKED = 1L;
    static final long CLOSED = 2L;

    /** One element more. */
    static final long ONE = 1L << 2;

    /** Where the count of puts begins. */
    static final int PUTS_SHIFT = 33;

    /** One element more that has been put. */
    static final long ONE_PUT = ONE + (1L << PUTS_SHIFT);

    private static final VarHandle WORD;
    private static final VarHandle PUTS;
    private static final VarHandle HINT;
    private static final VarHandle QUEUE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            WORD = lookup.findVarHandle(QueueLockWord.class, "word", long.class);
            PUTS = lookup.findVarHandle(QueueLockWord.class, "puts", long.class);
            HINT = lookup.findVarHandle(QueueLockWord.class, "hint", long.class);
            QUEUE = lookup.findVarHandle(QueueLock.class, "queue", WaitQueue.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Object blocker;
    private final Parker parker;

    /** Made by the first thread that has to wait. */
    private volatile @Nullable WaitQueue queue;

    @SuppressWarnings("unused") // behind the word: two cache lines, as processors fetch them in pairs
    private long a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15;

    QueueLock(Object blocker, Parker parker) {
        this.blocker = blocker;
        this.parker = parker;
    }

    static int size(long word) {
        return (int) (word >>> 2) & Integer.MAX_VALUE;
    }

    static boolean isClosed(long word) {
        return (word & CLOSED) != 0L;
    }

    // ---- the lock ----

    /** Locks, however long it takes: the word without LOCKED. */
    long lock() {
        return lock(word);
    }

    /** Locks: the word without LOCKED. Saves a read if the word is still the given one. */
    long lock(long seen) {
        if (tryLock(seen)) {
            return seen;
        }
        long now = word;
        return tryLock(now) ? now : lockSlowly();
    }

    /** Locks if free: true, and the word is the present one but for LOCKED. */
    boolean tryLock(long seen) {
        return (seen & LOCKED) == 0L && WORD.compareAndSet(this, seen, seen | LOCKED);
    }

    /** Gives back, with the word that is true from now on. */
    void unlock(long now) {
        word = now;
        WaitQueue q = queue;
        if (q != null) {
            q.signal();
        }
    }

    private long lockSlowly() {
        refuseCallback(word);
        WaitQueue q = queue;
        if (q == null) {
            q = WaitQueue.patient(blocker, parker);
            if (!QUEUE.compareAndSet(this, null, q)) {
                q = Objects.requireNonNull(queue);
            }
        }
        Locking locking = new Locking(this);
        q.awaitUninterruptibly(locking);
        return locking.seen;
    }

    // ---- user code under the lock ----

    /** By the holder: user code follows. */
    void beginCallback() {
        inCallback = Thread.currentThread();
    }

    /** By the holder: no user code any more. */
    void endCallback() {
        inCallback = null;
    }

    /**
     * To be called with each word that decides anything without the lock.
     *
     * @throws IllegalStateException if it is this thread that holds the lock, in user code
     */
    void refuseCallback(long seen) {
        if ((seen & LOCKED) != 0L && inCallback == Thread.currentThread()) {
            throw new IllegalStateException(
                    "a comparator called the queue that it orders; expected it to compare and nothing else");
        }
    }

    // ---- puts ----

    /** The number of elements that were put, as of this moment. */
    long puts() {
        @SuppressWarnings("unused")
        long ordered = word;
        return (long) PUTS.getAcquire(this);
    }

    /** By the holder: so many elements have been put. */
    void addPuts(long more) {
        PUTS.setRelease(this, puts + more);
    }

    // ---- a hint ----

    /** What the last holder left as a hint, possibly out of date. */
    long hint() {
        return (long) HINT.getOpaque(this);
    }

    /** By the holder: leaves a hint. */
    void hint(long hint) {
        HINT.setOpaque(this, hint);
    }

    /** A thread that waits for the lock. */
    private static final class Locking extends WaitQueue.Waiter {
        private final QueueLock lock;
        private long seen;

        Locking(QueueLock lock) {
            this.lock = lock;
        }

        @Override
        protected boolean attempt() {
            do {
                seen = lock.word;
            } while ((seen & LOCKED) == 0L && !lock.tryLock(seen));
            return (seen & LOCKED) == 0L;
        }

        @Override
        protected boolean more() {
            return (lock.word & LOCKED) == 0L;
        }
    }
}

/** What every operation writes. */
class QueueLockWord extends PaddingBeforeLock {
    volatile long word;

    /** Guarded by the lock; see {@link QueueLock#puts()}. */
    long puts;

    /** Of use to those who choose among several locks. */
    long hint;

    /** The holder, while it runs user code. */
    @Nullable
    Thread inCallback;
}

/** Keeps the word away from what comes before the object. */
class PaddingBeforeLock {
    @SuppressWarnings("unused") // behind the header, where a reference would be put otherwise
    private int b;

    @SuppressWarnings("unused")
    private long b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, b13, b14, b15;
}
