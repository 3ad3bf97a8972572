// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

/**
 * The lists of a {@link BucketQueue}: nodes for its entries, in slots, by level. Which entry belongs to which slot is
 * for the queue to say. What throws for lack of memory has changed nothing.
 */
final class Slots<E extends TimedEntry> extends NodeMemory<E> {
    /*
     * Model. A slot is a number, level by level. An array of longs has two for each slot: the first and the last node of
     * its list, and its least time; so what one insertion needs lies together. A bit for each slot and one for each
     * level tell which have any.
     *
     * A slot is mixed if an entry has come after one that it belongs before, by time and priority; on level 0 all times
     * are the same. What is not mixed is in order, and its first entry has its least time. The least time of a slot that
     * is mixed is known until an entry with it leaves, except on level 0, where all have it.
     */

    /** How many levels there are: the digits of a time. */
    static final int LEVELS = 8;

    /** How many slots a level has: the values of a digit. */
    static final int PER_LEVEL = 256;

    private static final int SLOTS = LEVELS * PER_LEVEL;

    /** How many words of bits a level has. */
    private static final int WORDS = PER_LEVEL / Long.SIZE;

    /**
     * Instead of a least time: not known. It stays so whatever is added. No time above level 0, where it is the cursor.
     */
    private static final long UNKNOWN = Long.MIN_VALUE;

    /** Two for each slot: the first node in the upper half and the last one in the lower; the least time, if known. */
    private final long[] slots = new long[2 * SLOTS];

    /** A bit for each slot in use. */
    private final long[] used = new long[SLOTS / Long.SIZE];

    /** A bit for each level in use. */
    private int usedLevels;

    /** A bit for each slot in which an entry has, or has had, a time or a priority below that of the one before it. */
    private final long[] mixed = new long[SLOTS / Long.SIZE];

    // ---- lists ----

    static int level(int slot) {
        return slot >>> Byte.SIZE;
    }

    /** The first node of a slot, or NONE. */
    int head(int slot) {
        return (int) (slots[2 * slot] >>> 32);
    }

    /** The last node of a slot, or NONE. */
    int tail(int slot) {
        return (int) slots[2 * slot];
    }

    /** Whether a slot in use has but one entry. */
    boolean isSingle(int slot) {
        long ends = slots[2 * slot];
        return ends >>> 32 == (ends & LOWER);
    }

    /** A node for the entry, at the end of the list of a slot. There must be room. */
    int append(int slot, E entry) {
        int node = add(entry);
        append(slot, node, entry.time);
        return node;
    }

    /** Puts a node that is in no list at the end of a slot. */
    void append(int slot, int node) {
        append(slot, node, time(node));
    }

    private void append(int slot, int node, long t) {
        long[] s = slots;
        long ends = s[2 * slot];
        int last = (int) ends;
        page(node)[at(node) + 1] = last;
        if (last == NONE) {
            s[2 * slot] = (long) node << 32 | node;
            s[2 * slot + 1] = t;
            used[slot >>> 6] |= 1L << slot;
            usedLevels |= 1 << level(slot);
            return;
        }
        s[2 * slot] = (ends & ~LOWER) | node;
        long[] page = page(last);
        page[at(last) + 1] |= (long) node << 32; // it had no next one
        long lastTime = page[at(last)];
        s[2 * slot + 1] = Math.min(s[2 * slot + 1], t);
        mixed[slot >>> 6] |= (t < lastTime ? 1L : 0L) << slot;
        if (t == lastTime && entry(node).priority < entry(last).priority) {
            mixed[slot >>> 6] |= 1L << slot;
        }
    }

    /** Takes a node out of the list of a slot. */
    void unlink(int slot, int node) {
        long[] page = page(node);
        long[] s = slots;
        long links = page[at(node) + 1];
        int next = (int) (links >>> 32);
        int previous = (int) links;
        long ends = s[2 * slot];
        if (previous == NONE) {
            ends = (ends & LOWER) | (long) next << 32;
        } else {
            setNext(previous, next);
        }
        if (next == NONE) {
            ends = (ends & ~LOWER) | previous;
        } else {
            setPrevious(next, previous);
        }
        s[2 * slot] = ends;
        if (ends == 0L) {
            vacate(slot);
        } else if (page[at(node)] == s[2 * slot + 1]) {
            s[2 * slot + 1] = slot >= PER_LEVEL && isMixed(slot) ? UNKNOWN : time(head(slot));
        }
    }

    /** Takes the first node out of the list of a slot that is not mixed, or that has no other: its entry. Frees it. */
    E takeFirst(int slot) {
        long[] s = slots;
        long ends = s[2 * slot];
        int node = (int) (ends >>> 32);
        if (node == (int) ends) {
            s[2 * slot] = 0L;
            vacate(slot);
        } else {
            int next = next(node);
            s[2 * slot] = (ends & LOWER) | (long) next << 32;
            s[2 * slot + 1] = time(next);
            setPrevious(next, NONE);
        }
        return release(node);
    }

    /** Takes the whole list of a slot: its first node, from which the others can still be reached. */
    int takeList(int slot) {
        int head = head(slot);
        slots[2 * slot] = 0L;
        vacate(slot);
        return head;
    }

    /** Whether the least time of a slot in use is known. */
    boolean isLeastKnown(int slot) {
        return slots[2 * slot + 1] != UNKNOWN || isSingle(slot);
    }

    /** The least time in a slot in use, which must be known. */
    long least(int slot) {
        long least = slots[2 * slot + 1];
        return least == UNKNOWN ? time(head(slot)) : least;
    }

    /** Clears the bits of a slot that has become empty. */
    private void vacate(int slot) {
        long[] u = used;
        int level = level(slot);
        int from = level * WORDS;
        u[slot >>> 6] &= ~(1L << slot);
        mixed[slot >>> 6] &= ~(1L << slot);
        if ((u[from] | u[from + 1] | u[from + 2] | u[from + 3]) == 0L) {
            usedLevels &= ~(1 << level);
        }
    }

    /** The first slot in use; there must be one. */
    int first() {
        int word = Integer.numberOfTrailingZeros(usedLevels) * WORDS;
        while (used[word] == 0L) {
            word++;
        }
        return word * Long.SIZE + Long.numberOfTrailingZeros(used[word]);
    }

    /** Whether the entries of a slot may be out of the order of their times and priorities. */
    boolean isMixed(int slot) {
        return (mixed[slot >>> 6] & (1L << slot)) != 0L;
    }

    /** Writes the entries of all lists into an array, list by list, from the given index on. */
    void copyLists(E[] all, int from) {
        int count = from;
        for (int word = 0; word < used.length; word++) {
            for (long left = used[word]; left != 0L; left &= left - 1L) {
                int slot = word * Long.SIZE + Long.numberOfTrailingZeros(left);
                for (int node = head(slot); node != NONE; node = next(node)) {
                    all[count] = entry(node);
                    count++;
                }
            }
        }
    }

    @Override
    void renumberSlots() {
        for (int slot = 0; slot < SLOTS; slot++) {
            slots[2 * slot] = placesOf(slots[2 * slot]);
        }
    }
}
