// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * Who waits for a {@link SharedCondition}, and whom a signal has chosen: a table in shared memory with a row for each
 * thread that waits. Nothing here waits or locks. What changes the table is called by one thread of all processes at a
 * time, under the table's own lock, but for {@link #consume}; what only looks may be called at any time.
 */
class WaiterTable {
    /*
     * State. A clock, which counts those who have come. Rows of two words: the identity of the waiter's process, or 0
     * if the row is free, and a mark. The mark of one who waits is the time at which it came, that of one who has been
     * chosen is the time of the signal; its lowest bit tells which. Rows from a mark of high water on have never been
     * used.
     *
     *   free --enter--> waiting --signal, or passing on--> chosen --consume--> free
     *                   waiting --leave------------------------------------> free
     *
     * Invariants. (I1) A row that is not free is that of one thread, until this thread or, once its process is dead,
     * somebody else frees it. (I2) Times of waiters are all different, and less than the clock. (I3) A signal that chose
     * a waiter stays in the table until its waiter is back with the lock of the condition, or has been passed on.
     *
     * Passing on. The signal of a dead process goes to the oldest waiter which had come before that signal, if there is
     * one, with the time of that signal: so it can reach nobody for whom it was not meant when it was sent.
     *
     * Crashes. Each of these steps is one write of one word, and the invariants hold after each: move the clock; move
     * the high-water mark; write the mark of a free row; take a row, by writing the identity; choose a waiter, by
     * writing the mark; free a row, by writing the identity. Killed before it has taken its row, a thread has not
     * waited. Killed later, it leaves a row of a dead process, which is freed or passed on. Killed between the two steps
     * of passing on, choose the heir and free the row of the dead, the signal is passed on once more: one too many
     * rather than one too few.
     *
     * Access modes. Reads have acquire and writes release semantics, so that another process sees the steps in their
     * order. Those under the lock are ordered by it. consume is the one step without it: it frees a row of a living
     * process that was chosen, which nobody else touches.
     */

    /** How many threads can wait at one time: what fits into 4 pages of 4096 bytes. */
    static final int ROWS = 1000;

    private static final int CLOCK = SharedLock.BYTES / Long.BYTES; // the lock comes first
    private static final int HIGH_WATER = CLOCK + 1;

    /** The words before the first row: a cache line of their own. */
    private static final int HEAD = 8;

    static final int BYTES = (HEAD + 2 * ROWS) * Long.BYTES;

    private static final long NOBODY = 0L;

    private static final int NONE = -1;

    private static final long[] NO_DEAD = {};

    private final LongArray words;
    private final long own;
    private final LongPredicate alive;

    /**
     * The table in the given words.
     *
     * @param words the words of the condition, from its first one on
     * @param own the identity of this process
     * @param alive whether the process with an identity lives
     */
    WaiterTable(LongArray words, long own, LongPredicate alive) {
        this.words = words;
        this.own = own;
        this.alive = alive;
    }

    // ---- under the lock ----

    /** Takes a row for the calling thread, or returns a negative number if there is none. */
    final int enter() {
        int high = highWater();
        int row = 0;
        while (row < high && identity(row) != NOBODY) {
            row++;
        }
        if (row == ROWS) {
            return NONE;
        }
        long time = clock();
        write(CLOCK, time + 1L);
        if (row == high) {
            write(HIGH_WATER, row + 1L);
        }
        write(markAt(row), waiting(time));
        write(identityAt(row), own);
        return row;
    }

    /** Frees the row of the calling thread, unless a signal has chosen it. True if it has. */
    final boolean leave(int row) {
        if (isChosen(row)) {
            return true;
        }
        write(identityAt(row), NOBODY);
        return false;
    }

    /** Chooses the one who has waited longest, if anybody waits. */
    final void signal() {
        long now = clock();
        int oldest = oldestBefore(now, NO_DEAD);
        if (oldest != NONE) {
            write(markAt(oldest), chosen(now));
        }
    }

    /** Chooses everybody who waits. */
    final void signalAll() {
        long now = clock();
        for (int row = 0; row < highWater(); row++) {
            if (identity(row) != NOBODY && !isChosen(row)) {
                write(markAt(row), chosen(now));
            }
        }
    }

    /** Frees the rows of the given processes, which are dead, and passes on the signals that had chosen them. */
    final void bury(long[] dead) {
        for (int row = 0; row < highWater(); row++) {
            if (identity(row) != NOBODY && contains(dead, identity(row))) {
                free(row, dead);
            }
        }
    }

    /** Frees the row of the calling thread, and passes on the signal if one has chosen it. */
    final void withdraw(int row) {
        free(row, NO_DEAD);
    }

    private void free(int row, long[] dead) {
        if (isChosen(row)) {
            int heir = oldestBefore(time(mark(row)), dead);
            if (heir != NONE) {
                write(markAt(heir), mark(row));
            }
        }
        write(identityAt(row), NOBODY);
    }

    /** The row of the one who waits longest, has come before that time, and is not of one of the given processes. */
    private int oldestBefore(long time, long[] dead) {
        int oldest = NONE;
        long least = time;
        for (int row = 0; row < highWater(); row++) {
            long identity = identity(row);
            if (identity != NOBODY && !isChosen(row) && time(mark(row)) < least && !contains(dead, identity)) {
                oldest = row;
                least = time(mark(row));
            }
        }
        return oldest;
    }

    // ---- at any time ----

    /** Whether a signal has chosen the calling thread, whose row this is. */
    final boolean isChosen(int row) {
        return (mark(row) & 1L) != 0L;
    }

    /** Frees the row of the calling thread, which a signal has chosen and which is back with the lock it waits under. */
    final void consume(int row) {
        write(identityAt(row), NOBODY);
    }

    /** The dead processes that have been chosen. Asks the system about each other process that has been. */
    final long[] deadAmongChosen() {
        return dead(true);
    }

    /** The dead processes in the table. Asks the system about each other process that is there. */
    final long[] dead() {
        return dead(false);
    }

    private long[] dead(boolean chosenOnly) {
        int high = highWater();
        long[] dead = NO_DEAD;
        for (int row = 0; row < high; row++) {
            long identity = identity(row);
            if (identity != NOBODY
                    && identity != own
                    && (!chosenOnly || isChosen(row))
                    && !contains(dead, identity)
                    && !alive.test(identity)) {
                dead = Arrays.copyOf(dead, dead.length + 1);
                dead[dead.length - 1] = identity;
            }
        }
        return dead;
    }

    /** How many wait and have not been chosen; a hint unless under the lock. */
    final int waiting() {
        int waiting = 0;
        for (int row = 0; row < highWater(); row++) {
            if (identity(row) != NOBODY && !isChosen(row)) {
                waiting++;
            }
        }
        return waiting;
    }

    // ---- words ----

    /** One step. Tests stop a process here. */
    void write(int index, long value) {
        words.setRelease(index, value);
    }

    private long clock() {
        return words.getAcquire(CLOCK);
    }

    private int highWater() {
        return (int) words.getAcquire(HIGH_WATER);
    }

    private long identity(int row) {
        return words.getAcquire(identityAt(row));
    }

    private long mark(int row) {
        return words.getAcquire(markAt(row));
    }

    private static int identityAt(int row) {
        return HEAD + 2 * row;
    }

    private static int markAt(int row) {
        return HEAD + 2 * row + 1;
    }

    private static long waiting(long time) {
        return time << 1;
    }

    private static long chosen(long time) {
        return time << 1 | 1L;
    }

    private static long time(long mark) {
        return mark >>> 1;
    }

    private static boolean contains(long[] identities, long identity) {
        for (long candidate : identities) {
            if (candidate == identity) {
                return true;
            }
        }
        return false;
    }
}
