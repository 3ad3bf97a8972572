// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import io.github.headway4j.primitives.Parker;
import io.github.headway4j.primitives.WaitQueue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A lock for sections of a few instructions, on cache lines of its own. Neither reentrant nor interruptible. Locking
 * does not fail, whatever memory is left, so that who has something to give back can.
 */
final class ShortLock extends ShortLockWord {
    /*
     * Linearization points. Lock: the compareAndSet from FREE to HELD. Unlock: the write of FREE.
     *
     * Lost wake-ups. See WaitQueue: unlock writes the word, then reads the queue and signals; attempt and more read the
     * word. A holder that finds no queue reads so before the first waiter has made it, hence before its attempt. Who
     * has no memory to wait in the queue looks at the word from time to time, and needs no signal.
     *
     * Access modes. word: volatile reads and writes, compareAndSet to lock. queue: volatile and compareAndSet.
     */

    private static final int FREE = 0;
    private static final int HELD = 1;

    /** How long a thread that has no memory to wait sleeps from one look to the next. */
    private static final long NAP_NANOS = 100_000L;

    private static final VarHandle WORD;
    private static final VarHandle QUEUE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            WORD = lookup.findVarHandle(ShortLockWord.class, "word", int.class);
            QUEUE = lookup.findVarHandle(ShortLock.class, "queue", WaitQueue.class);
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

    /** A free lock; thread dumps show the given object as the one waited for. */
    ShortLock(Object blocker) {
        this(blocker, Parker.system());
    }

    /** Threads that wait for it sleep in the given way. */
    ShortLock(Object blocker, Parker parker) {
        this.blocker = blocker;
        this.parker = parker;
    }

    void lock() {
        if (!WORD.compareAndSet(this, FREE, HELD)) {
            lockSlowly();
        }
    }

    void unlock() {
        word = FREE;
        WaitQueue q = queue;
        if (q != null) {
            q.signal();
        }
    }

    private boolean tryLock() {
        return word == FREE && WORD.compareAndSet(this, FREE, HELD);
    }

    private void lockSlowly() {
        WaitQueue q;
        Locking locking;
        try {
            q = queue();
            locking = new Locking(this);
        } catch (OutOfMemoryError noMatter) {
            while (!tryLock()) {
                parker.parkNanos(blocker, NAP_NANOS);
            }
            return;
        }
        q.awaitUninterruptibly(locking);
    }

    private WaitQueue queue() {
        WaitQueue q = queue;
        if (q == null) {
            q = WaitQueue.patient(blocker, parker);
            if (!QUEUE.compareAndSet(this, null, q)) {
                q = Objects.requireNonNull(queue);
            }
        }
        return q;
    }

    /** A thread that waits for the lock. */
    private static final class Locking extends WaitQueue.Waiter {
        private final ShortLock lock;

        Locking(ShortLock lock) {
            this.lock = lock;
        }

        @Override
        protected boolean attempt() {
            while (lock.word == FREE) {
                if (lock.tryLock()) {
                    return true;
                }
            }
            return false;
        }

        @Override
        protected boolean more() {
            return lock.word == FREE;
        }
    }
}

/** What every section writes. */
class ShortLockWord extends PaddingBeforeWord {
    volatile int word;
}

/** Keeps the word away from what comes before the object. */
class PaddingBeforeWord {
    @SuppressWarnings("unused") // behind the header, where the word would be put otherwise
    private int b;

    @SuppressWarnings("unused")
    private long b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, b13, b14, b15;
}
