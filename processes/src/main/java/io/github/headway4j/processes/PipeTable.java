// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/**
 * Who has the two ends of a {@link Pipe}, in its shared memory: so those at one end know when nobody is left at the
 * other, be it that all have closed it or that they were killed.
 */
final class PipeTable {
    /*
     * Model. For each end, a word for each object that stands for it: the identity of its process, or 0. For each end
     * on its way to another process, a word: until when it counts, in milliseconds, or 0. An end is open as long as one
     * of its words names a process that is alive, or a time to come. The time is that of System.nanoTime, which on
     * Linux, macOS and Windows counts from the same moment for all processes, and which nobody sets.
     *
     * An end on its way would otherwise be missing between the moment at which the sender closes its own object and the
     * one at which the receiver makes one. The receiver enters itself before it strikes out the way; the time is for
     * ends that never arrive, since its receiver was killed, say. If a queue or a pipe has no room for the message with
     * the end, the way is struck out at once.
     *
     * Changes, and the conclusion that an end is not open, are made under a lock, so that no end is missed on its way.
     * Each change is one word: if a process is killed with the lock, there is nothing to repair.
     */

    /** How many objects, in all processes, can stand for one end. */
    static final int PLACES = 32;

    /** How long an end on its way counts: far more than it takes to start a JVM. */
    private static final long WAY_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final int LOCK = 0;
    private static final int HOLDERS = 128;
    private static final int WAYS = HOLDERS + 2 * PLACES * Long.BYTES;

    /** The memory that a table takes. */
    static final int BYTES = WAYS + 2 * PLACES * Long.BYTES;

    private final SharedMemory memory;
    private final ByteBuffer data;
    private final LockCore lock;
    private final LongPredicate living;

    /** The table at the beginning of the memory, empty if that is all zeros. */
    PipeTable(SharedMemory memory) {
        this(memory, ProcessIdentity::isAlive);
    }

    /** For tests, which say who is alive. */
    PipeTable(SharedMemory memory, LongPredicate living) {
        this.memory = memory;
        this.living = living;
        this.data = memory.data();
        this.lock = memory.lockAt(LOCK);
    }

    /** Enters this process as one that has the end; the place. */
    int enter(int end) throws IOException {
        lock.take(memory);
        try {
            for (int place = 0; place < PLACES; place++) {
                long holder = word(HOLDERS, end, place);
                if (holder == ProcessIdentity.NONE || !living.test(holder)) {
                    setWord(HOLDERS, end, place, ProcessIdentity.own());
                    return place;
                }
            }
        } finally {
            lock.release();
        }
        throw new IOException("an end of a pipe is in use " + PLACES + " times; expected at most that");
    }

    /** Strikes out an entry. True if the end is not open any more. */
    boolean leave(int end, int place) {
        lock.take(memory);
        try {
            setWord(HOLDERS, end, place, ProcessIdentity.NONE);
            return !isOpenLocked(end);
        } finally {
            lock.release();
        }
    }

    /** Counts an end as on its way; the ticket. */
    long depart(int end) throws IOException {
        long now = now();
        lock.take(memory);
        try {
            for (int place = 0; place < PLACES; place++) {
                if (word(WAYS, end, place) <= now) {
                    long until = now + WAY_MILLIS;
                    setWord(WAYS, end, place, until);
                    return until * PLACES + place;
                }
            }
        } finally {
            lock.release();
        }
        throw new IOException("an end of a pipe is on its way " + PLACES + " times; expected at most that");
    }

    /** An end has arrived, and is entered. It may be the second or third made of the same bytes. */
    void arrive(int end, long ticket) {
        int place = (int) (ticket % PLACES);
        lock.take(memory);
        try {
            if (word(WAYS, end, place) == ticket / PLACES) {
                setWord(WAYS, end, place, 0L);
            }
        } finally {
            lock.release();
        }
    }

    /** Whether somebody has the end, or it is on its way. */
    boolean isOpen(int end) {
        lock.take(memory);
        try {
            return isOpenLocked(end);
        } finally {
            lock.release();
        }
    }

    /** Whether one of the ends is on its way. */
    boolean isTravelling() {
        lock.take(memory);
        try {
            return isOnItsWay(0) || isOnItsWay(1);
        } finally {
            lock.release();
        }
    }

    private boolean isOpenLocked(int end) {
        for (int place = 0; place < PLACES; place++) {
            long holder = word(HOLDERS, end, place);
            if (holder != ProcessIdentity.NONE && living.test(holder)) {
                return true;
            }
        }
        return isOnItsWay(end);
    }

    private boolean isOnItsWay(int end) {
        long now = now();
        for (int place = 0; place < PLACES; place++) {
            if (word(WAYS, end, place) > now) {
                return true;
            }
        }
        return false;
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private long word(int table, int end, int place) {
        return (long) LONGS.getVolatile(data, index(table, end, place));
    }

    private void setWord(int table, int end, int place, long value) {
        LONGS.setVolatile(data, index(table, end, place), value);
    }

    private static int index(int table, int end, int place) {
        return table + (end * PLACES + place) * Long.BYTES;
    }
}
