// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a {@link BucketQueue}: nodes for its entries, and lists of nodes in slots, by level. Which entry
 * belongs to which slot is for the queue to say. What throws for lack of memory has changed nothing.
 */
final class Slots<E extends TimedEntry> {
    /*
     * Model. A node is a number from 1 on. One array of longs has two for each node: the time of its entry, and the
     * nodes after and before it in its list; another array has the entries, which know their nodes. Free nodes are in a
     * list, or have not been used yet. A slot is the first and the last node of a list; a bit for each slot and one for
     * each level tell which have any. The least time of a slot above level 0 is known until an entry with it leaves; on
     * level 0 all times of a slot are the same.
     *
     * The arrays grow by a part of their length, and become short when they are an eighth full: then the nodes in use
     * are numbered anew from 1 on.
     */

    /** How many levels there are: the digits of a time. */
    static final int LEVELS = 8;

    /** How many slots a level has: the values of a digit. */
    static final int PER_LEVEL = 256;

    /** No node. */
    static final int NONE = 0;

    /** The most entries. */
    static final int MOST = (1 << 30) - 32;

    private static final int WORDS = PER_LEVEL / Long.SIZE;

    /** The arrays do not shrink below this. */
    private static final int LEAST = 16;

    /** Up to this length the arrays grow by half, then by a quarter. */
    private static final int LARGE = 1 << 16;

    /** The half of the links that names the previous node. */
    private static final long PREVIOUS = 0xffff_ffffL;

    private static final int[] NO_ENDS = {};
    private static final long[] NO_TIMES = {};

    /** Two for each node: the time; the next node in the upper half and the previous one in the lower. */
    private long[] nodes = new long[2 * (LEAST + 1)];

    /** By node; null for free ones. Node 0 is NONE. */
    private @Nullable Object[] entries = new Object[LEAST + 1];

    /** The first node that is free after use; its second long names the next one. */
    private int free = NONE;

    /** The nodes from here on have not been used. */
    private int fresh = NONE + 1;

    private int size;

    /** By level: two for each slot, the first node and the last. Empty arrays for levels that are not used. */
    private final int[][] ends = new int[LEVELS][];

    /** By level above 0: the least time of each slot, if it is known. */
    private final long[][] leasts = new long[LEVELS][];

    /** A bit for each slot whose least time is known, by level. */
    private final long[] known = new long[LEVELS * WORDS];

    /** A bit for each slot in use, by level. */
    private final long[] used = new long[LEVELS * WORDS];

    /** A bit for each level in use. */
    private int usedLevels;

    /** A bit for each slot of level 0 in which an entry has a priority below that of the one before it. */
    private final long[] mixed = new long[WORDS];

    Slots() {
        Arrays.fill(ends, NO_ENDS);
        Arrays.fill(leasts, NO_TIMES);
    }

    // ---- nodes ----

    /** The number of entries. */
    int size() {
        return size;
    }

    /** The number of nodes that there is memory for. */
    int capacity() {
        return entries.length - 1;
    }

    /** Makes sure that there is a free node. */
    void makeRoom() {
        if (free == NONE && fresh == entries.length) {
            grow();
        }
    }

    /** A node for the entry, in no list. There must be room. */
    int add(E entry) {
        int node = free;
        if (node == NONE) {
            node = fresh;
            fresh++;
        } else {
            free = (int) nodes[2 * node + 1];
        }
        nodes[2 * node] = entry.time;
        entries[node] = entry;
        size++;
        return node;
    }

    /** Frees a node that is in no list. */
    void release(int node) {
        entries[node] = null;
        nodes[2 * node + 1] = free;
        free = node;
        size--;
    }

    @SuppressWarnings({"unchecked", "nullness:return"}) // a node in use has an entry
    E entry(int node) {
        return (E) entries[node];
    }

    long time(int node) {
        return nodes[2 * node];
    }

    /** What a node in no list remembers. */
    long note(int node) {
        return nodes[2 * node + 1];
    }

    void note(int node, long note) {
        nodes[2 * node + 1] = note;
    }

    // ---- lists ----

    /** The next node of the list, or NONE. */
    int next(int node) {
        return (int) (nodes[2 * node + 1] >>> 32);
    }

    /** The first node of a slot, or NONE. The level must have been prepared. */
    int head(int level, int index) {
        return ends[level][2 * index];
    }

    /** Whether a slot in use has but one entry. */
    boolean isSingle(int level, int index) {
        return ends[level][2 * index] == ends[level][2 * index + 1];
    }

    /** Makes sure that a level has slots. */
    void prepare(int level) {
        if (ends[level].length == 0) {
            leasts[level] = level == 0 ? NO_TIMES : new long[PER_LEVEL];
            ends[level] = new int[2 * PER_LEVEL];
        }
    }

    /** Puts a node that is in no list at the end of a slot. The level must have been prepared. */
    void append(int level, int index, int node) {
        long[] n = nodes;
        int[] slots = ends[level];
        int last = slots[2 * index + 1];
        n[2 * node + 1] = last;
        slots[2 * index + 1] = node;
        if (last == NONE) {
            slots[2 * index] = node;
            used[level * WORDS + (index >>> 6)] |= 1L << index;
            usedLevels |= 1 << level;
            if (level > 0) {
                knowLeast(level, index, n[2 * node]);
            }
        } else {
            n[2 * last + 1] |= (long) node << 32; // it had no next one
            if (level > 0) {
                leasts[level][index] = Math.min(leasts[level][index], n[2 * node]); // of no use unless known
            } else if (entry(node).priority < entry(last).priority) {
                mixed[index >>> 6] |= 1L << index;
            }
        }
    }

    /** Takes a node out of the list of a slot. */
    void unlink(int level, int index, int node) {
        long[] n = nodes;
        int[] slots = ends[level];
        long links = n[2 * node + 1];
        int next = (int) (links >>> 32);
        int previous = (int) links;
        if (previous == NONE) {
            slots[2 * index] = next;
        } else {
            n[2 * previous + 1] = (n[2 * previous + 1] & PREVIOUS) | (long) next << 32;
        }
        if (next == NONE) {
            slots[2 * index + 1] = previous;
        } else {
            n[2 * next + 1] = (n[2 * next + 1] & ~PREVIOUS) | previous;
        }
        if (slots[2 * index] == NONE) {
            vacate(level, index);
        } else if (level > 0 && n[2 * node] == leasts[level][index]) {
            known[level * WORDS + (index >>> 6)] &= ~(1L << index);
        }
    }

    /** Takes the whole list of a slot: its first node, from which the others can still be reached. */
    int takeList(int level, int index) {
        int[] slots = ends[level];
        int head = slots[2 * index];
        slots[2 * index] = NONE;
        slots[2 * index + 1] = NONE;
        vacate(level, index);
        return head;
    }

    /** The least time in a slot in use, above level 0. Searched for if the entry that had it has left. */
    long least(int level, int index) {
        if ((known[level * WORDS + (index >>> 6)] & (1L << index)) == 0L) {
            long[] n = nodes;
            int head = head(level, index);
            long least = n[2 * head];
            for (int node = next(head); node != NONE; node = next(node)) {
                least = Math.min(least, n[2 * node]);
            }
            knowLeast(level, index, least);
        }
        return leasts[level][index];
    }

    private void knowLeast(int level, int index, long least) {
        leasts[level][index] = least;
        known[level * WORDS + (index >>> 6)] |= 1L << index;
    }

    /** Clears the bits of a slot that has become empty. */
    private void vacate(int level, int index) {
        int from = level * WORDS;
        used[from + (index >>> 6)] &= ~(1L << index);
        if ((used[from] | used[from + 1] | used[from + 2] | used[from + 3]) == 0L) {
            usedLevels &= ~(1 << level);
        }
        if (level == 0) {
            mixed[index >>> 6] &= ~(1L << index);
        }
    }

    /** The first level in use; there must be one. */
    int lowestLevel() {
        return Integer.numberOfTrailingZeros(usedLevels);
    }

    /** The first slot in use of a level in use. */
    int lowest(int level) {
        int from = level * WORDS;
        int word = from;
        while (used[word] == 0L) {
            word++;
        }
        return (word - from) * Long.SIZE + Long.numberOfTrailingZeros(used[word]);
    }

    /** Whether the entries of a slot of level 0 may be out of the order of their priorities. */
    boolean isMixed(int index) {
        return (mixed[index >>> 6] & (1L << index)) != 0L;
    }

    /** Writes the entries of all lists into an array, list by list, from the given index on. */
    void copyLists(E[] all, int from) {
        int count = from;
        for (int[] slots : ends) {
            for (int slot = 0; slot < slots.length; slot += 2) {
                for (int node = slots[slot]; node != NONE; node = next(node)) {
                    all[count] = entry(node);
                    count++;
                }
            }
        }
    }

    // ---- memory ----

    private void grow() {
        int length = entries.length;
        if (length > MOST) {
            throw new OutOfMemoryError("a scheduler can hold " + MOST + " events");
        }
        int longer = Math.min(length + (length >> (length < LARGE ? 1 : 2)), MOST + 1);
        long[] more = Arrays.copyOf(nodes, 2 * longer);
        entries = Arrays.copyOf(entries, longer);
        nodes = more;
    }

    /** Makes the arrays short if they are an eighth full, so that it takes many changes until they are resized again. */
    void shrink() {
        if (size <= entries.length >> 3 && entries.length > LEAST + 1) {
            int length = Math.max(LEAST, 2 * size) + 1;
            try {
                moveTo(new long[2 * length], new Object[length]);
            } catch (OutOfMemoryError noMatter) {
                return; // then they remain too large
            }
        }
    }

    /** Numbers the nodes in use from 1 on. */
    private void moveTo(long[] fewerNodes, @Nullable Object[] fewerEntries) {
        int count = NONE;
        for (int node = NONE + 1; node < fresh; node++) {
            if (entries[node] != null) {
                count++;
                E entry = entry(node);
                entry.place = entry.place < 0 ? -count : count;
            }
        }
        for (int node = NONE + 1; node < fresh; node++) {
            if (entries[node] != null) {
                E entry = entry(node);
                int now = Math.abs(entry.place);
                long links = nodes[2 * node + 1];
                fewerNodes[2 * now] = nodes[2 * node];
                fewerNodes[2 * now + 1] = entry.place < 0
                        ? links // a note
                        : (long) placeOf((int) (links >>> 32)) << 32 | placeOf((int) links);
                fewerEntries[now] = entry;
            }
        }
        for (int level = 0; level < LEVELS; level++) {
            int[] slots = ends[level];
            for (int i = 0; i < slots.length; i++) {
                slots[i] = placeOf(slots[i]);
            }
            if ((usedLevels & (1 << level)) == 0) {
                ends[level] = NO_ENDS;
                leasts[level] = NO_TIMES;
            }
        }
        nodes = fewerNodes;
        entries = fewerEntries;
        free = NONE;
        fresh = count + 1;
    }

    /** The new number of a node that is in a list. */
    private int placeOf(int node) {
        return node == NONE ? NONE : entry(node).place;
    }
}
