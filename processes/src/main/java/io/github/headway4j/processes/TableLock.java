// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a table in shared memory, for the threads of one process, and the end of their use of that memory. A close
 * does not take the memory away from a thread that has the lock: it could not give the lock back, and all other
 * processes would wait until this one ends. The last thread that is done gives the memory back.
 */
final class TableLock {
    /*
     * State. users: how many threads are between begin and end, plus CLOSED once this is closed, after which nobody
     * begins. Whoever brings it to CLOSED itself, by end or by close, is alone and finishes; that happens once.
     */

    private static final int CLOSED = Integer.MIN_VALUE;

    private final SharedMemory memory;
    private final SharedLock lock;
    private final @Nullable Runnable lastWords;
    private final AtomicInteger users = new AtomicInteger();

    /**
     * The lock at the beginning of the memory.
     *
     * @param memory the memory, which is this object's from now on
     * @param lastWords what is done, with the lock, before the memory is given back
     */
    TableLock(SharedMemory memory, @Nullable Runnable lastWords) {
        this.memory = memory;
        this.lock = SharedLock.at(memory, 0L);
        this.lastWords = lastWords;
    }

    /** Keeps the memory until {@link #end}. */
    void begin() {
        for (; ; ) {
            int n = users.get();
            if (n < 0) {
                throw new IllegalStateException(memory.name() + " is closed; expected it to be open");
            }
            if (users.compareAndSet(n, n + 1)) {
                return;
            }
        }
    }

    /** Ends what {@link #begin} began. */
    void end() {
        if (users.decrementAndGet() == CLOSED) {
            finish();
        }
    }

    /** Waits for the lock, which nobody holds for long. An interrupt stays pending. */
    void lock() {
        begin();
        boolean locked = false;
        try {
            lock.lock();
            locked = true;
        } finally {
            if (!locked) {
                end();
            }
        }
    }

    void unlock() {
        try {
            lock.unlock();
        } finally {
            end();
        }
    }

    /** Lets nobody begin any more. */
    void close() {
        for (; ; ) {
            int n = users.get();
            if (n < 0) {
                return;
            }
            if (users.compareAndSet(n, n + CLOSED)) {
                if (n == 0) {
                    finish();
                }
                return;
            }
        }
    }

    private void finish() {
        try {
            if (lastWords != null) {
                lock.lock();
                try {
                    lastWords.run();
                } finally {
                    lock.unlock();
                }
            }
        } finally {
            memory.close();
        }
    }
}
