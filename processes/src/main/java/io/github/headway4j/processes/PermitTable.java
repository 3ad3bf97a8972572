// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * Who has how many permits of a {@link SharedSemaphore}: a table in shared memory with a row for each process that has
 * some. Nothing here waits or locks. What changes the table is called by one process at a time, under the lock of the
 * semaphore; what only looks may be called at any time.
 */
class PermitTable {
    /*
     * State. Rows of two words: the identity of a process, and how many permits it has. The rows in use come first;
     * the first row whose identity is 0 ends the table. A row is never taken out. One that counts nothing is given to
     * the next process that needs one, whether or not its process lives: that one looks for its row each time.
     *
     * Invariants. (I1) What is out is the sum of the counts, and nothing else says what is out. (I2) The sum is at most
     * the bound. (I3) A process has one row. (I4) The identity of a row changes only while the row counts nothing.
     *
     * Crashes. Each of these steps is one write of one word, and the invariants hold after each: give a row that counts
     * nothing to another process; raise the count of one's own row; lower the count of a row; set the count of a dead
     * process's row to nothing. A process that is killed before the second step of an acquire has got nothing; one that
     * is killed after it has got all that it asked for, and loses it as it dies. A release of permits that stand in
     * several rows takes several steps; one that is cut short has given back a part.
     *
     * Access modes. Reads have acquire and writes release semantics, so that another process sees the steps in their
     * order. Those under the lock are ordered by it. A look without the lock may see rows of different moments; it is a
     * hint.
     */

    /** How many processes can have permits at one time: what fits into a page of 4096 bytes. */
    static final int ROWS = 240;

    /** The words before the first row, of which the first ones are the lock: a cache line of their own. */
    private static final int HEAD = 8;

    static final int BYTES = (HEAD + 2 * ROWS) * Long.BYTES;

    private static final long NOBODY = 0L;

    private final LongArray words;
    private final int bound;
    private final long own;
    private final LongPredicate alive;

    /**
     * The table in the given words.
     *
     * @param words the words of the semaphore, from its first one on
     * @param bound how many permits there are
     * @param own the identity of this process
     * @param alive whether the process with an identity lives
     */
    PermitTable(LongArray words, int bound, long own, LongPredicate alive) {
        this.words = words;
        this.bound = bound;
        this.own = own;
        this.alive = alive;
    }

    /** How an attempt to take permits ended. */
    enum Taking {
        TAKEN,
        /** Fewer are left than were asked for. */
        SHORT,
        /** There are enough, but every row belongs to a process that has some. */
        NO_ROW
    }

    // ---- under the lock ----

    /** Takes so many for this process, or none. */
    final Taking take(int permits) {
        int mine = ROWS;
        int spare = ROWS;
        long out = 0L;
        int row = 0;
        for (; row < ROWS; row++) {
            long identity = identity(row);
            if (identity == NOBODY) {
                break;
            }
            long count = count(row);
            out += count;
            if (identity == own) {
                mine = row;
            } else if (count == 0L && spare == ROWS) {
                spare = row;
            }
        }
        if (bound - out < permits) {
            return Taking.SHORT;
        }
        if (mine == ROWS) {
            mine = Math.min(spare, row);
            if (mine == ROWS) {
                return Taking.NO_ROW;
            }
            write(identityAt(mine), own);
        }
        write(countAt(mine), count(mine) + permits);
        return Taking.TAKEN;
    }

    /**
     * Gives so many back, first those of this process, then those of others, or throws if fewer are out.
     *
     * @throws IllegalStateException if fewer are out; nothing changes
     */
    final void giveBack(int permits) {
        long out = out();
        if (out < permits) {
            throw new IllegalStateException("release of " + permits + " permit(s) while " + out + " of " + bound
                    + " are out; expected at most as many as are out");
        }
        long left = permits;
        for (int row = 0; row < ROWS && identity(row) != NOBODY; row++) {
            if (identity(row) == own) {
                left -= lower(row, left);
            }
        }
        for (int row = 0; left > 0L; row++) {
            left -= lower(row, left);
        }
    }

    /** Takes from the given processes, which are dead, what they have. True if that was anything. */
    final boolean strip(long[] dead) {
        boolean any = false;
        for (int row = 0; row < ROWS && identity(row) != NOBODY; row++) {
            if (count(row) > 0L && contains(dead, identity(row))) {
                write(countAt(row), 0L);
                any = true;
            }
        }
        return any;
    }

    private long lower(int row, long permits) {
        long count = count(row);
        long less = Math.min(count, permits);
        if (less > 0L) {
            write(countAt(row), count - less);
        }
        return less;
    }

    // ---- at any time ----

    /** How many are out; a hint unless under the lock. */
    final long out() {
        long out = 0L;
        for (int row = 0; row < ROWS && identity(row) != NOBODY; row++) {
            out += count(row);
        }
        return out;
    }

    /** How many this process has; a hint unless under the lock. */
    final long ownPermits() {
        for (int row = 0; row < ROWS && identity(row) != NOBODY; row++) {
            if (identity(row) == own) {
                return count(row);
            }
        }
        return 0L;
    }

    /** The processes that have permits and are dead, which they remain. */
    final long[] deadHolders() {
        long[] dead = new long[ROWS];
        int found = 0;
        for (int row = 0; row < ROWS; row++) {
            long identity = identity(row);
            if (identity == NOBODY) {
                break;
            }
            if (identity != own && count(row) > 0L && !alive.test(identity)) {
                dead[found++] = identity;
            }
        }
        return Arrays.copyOf(dead, found);
    }

    // ---- words ----

    /** One step. Tests stop a process here. */
    void write(int index, long value) {
        words.setRelease(index, value);
    }

    private long identity(int row) {
        return words.getAcquire(identityAt(row));
    }

    private long count(int row) {
        return words.getAcquire(countAt(row));
    }

    private static int identityAt(int row) {
        return HEAD + 2 * row;
    }

    private static int countAt(int row) {
        return HEAD + 2 * row + 1;
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
