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
     * list, or have not been used yet. A slot is a number, too, level by level. Another array of longs has two for each
     * slot: the first and the last node of its list, and its least time; so what one insertion needs lies together. A
     * bit for each slot and one for each level tell which have any. The least time of a slot above level 0 is known
     * until an entry with it leaves; on level 0 all times of a slot are the same.
     *
     * The arrays of nodes grow by a part of their length, and become short when they are an eighth full: then the nodes
     * in use are numbered anew from 1 on.
     */

    /** How many levels there are: the digits of a time. */
    static final int LEVELS = 8;

    /** How many slots a level has: the values of a digit. */
    static final int PER_LEVEL = 256;

    /** No node. */
    static final int NONE = 0;

    /** The most entries. */
    static final int MOST = (1 << 30) - 32;

    private static final int SLOTS = LEVELS * PER_LEVEL;

    /** How many words of bits a level has. */
    private static final int WORDS = PER_LEVEL / Long.SIZE;

    /** The arrays of nodes do not shrink below this. */
    private static final int LEAST = 16;

    /** Up to this length the arrays of nodes grow by half, then by a quarter. */
    private static final int LARGE = 1 << 16;

    /** The half of two nodes that names the previous one, or the last one. */
    private static final long LOWER = 0xffff_ffffL;

    /** Two for each node: the time; the next node in the upper half and the previous one in the lower. */
    private long[] nodes = new long[2 * (LEAST + 1)];

    /** By node; null for free ones. Node 0 is NONE. */
    private @Nullable Object[] entries = new Object[LEAST + 1];

    /** The first node that is free after use; its second long names the next one. */
    private int free = NONE;

    /** The nodes from here on have not been used. */
    private int fresh = NONE + 1;

    private int size;

    /** Of no use, but to have {@link #fetch} done. */
    private int fetched;

    /** Two for each slot: the first node in the upper half and the last one in the lower; the least time, if known. */
    private final long[] slots = new long[2 * SLOTS];

    /** A bit for each slot whose least time is known. */
    private final long[] known = new long[SLOTS / Long.SIZE];

    /** A bit for each slot in use. */
    private final long[] used = new long[SLOTS / Long.SIZE];

    /** A bit for each level in use. */
    private int usedLevels;

    /** A bit for each slot of level 0 in which an entry has a priority below that of the one before it. */
    private final long[] mixed = new long[WORDS];

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

    /** Looks at the entry of a node, which brings it from memory. */
    void fetch(int node) {
        fetched += entry(node).place;
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

    static int level(int slot) {
        return slot >>> Byte.SIZE;
    }

    /** The first node of a slot, or NONE. */
    int head(int slot) {
        return (int) (slots[2 * slot] >>> 32);
    }

    /** Whether a slot in use has but one entry. */
    boolean isSingle(int slot) {
        long ends = slots[2 * slot];
        return ends >>> 32 == (ends & LOWER);
    }

    /** Puts a node that is in no list at the end of a slot. */
    void append(int slot, int node) {
        long[] n = nodes;
        long[] s = slots;
        long t = n[2 * node];
        long ends = s[2 * slot];
        int last = (int) ends;
        n[2 * node + 1] = last;
        if (last == NONE) {
            s[2 * slot] = (long) node << 32 | node;
            used[slot >>> 6] |= 1L << slot;
            usedLevels |= 1 << level(slot);
            knowLeast(slot, t);
            return;
        }
        s[2 * slot] = (ends & ~LOWER) | node;
        n[2 * last + 1] |= (long) node << 32; // it had no next one
        if (slot >= PER_LEVEL) {
            s[2 * slot + 1] = Math.min(s[2 * slot + 1], t); // of no use unless known
        } else if (entry(node).priority < entry(last).priority) {
            mixed[slot >>> 6] |= 1L << slot;
        }
    }

    /** Takes a node out of the list of a slot. */
    void unlink(int slot, int node) {
        long[] n = nodes;
        long[] s = slots;
        long links = n[2 * node + 1];
        int next = (int) (links >>> 32);
        int previous = (int) links;
        long ends = s[2 * slot];
        if (previous == NONE) {
            ends = (ends & LOWER) | (long) next << 32;
        } else {
            n[2 * previous + 1] = (n[2 * previous + 1] & LOWER) | (long) next << 32;
        }
        if (next == NONE) {
            ends = (ends & ~LOWER) | previous;
        } else {
            n[2 * next + 1] = (n[2 * next + 1] & ~LOWER) | previous;
        }
        s[2 * slot] = ends;
        if (ends == 0L) {
            vacate(slot);
        } else if (n[2 * node] == s[2 * slot + 1] && slot >= PER_LEVEL) {
            known[slot >>> 6] &= ~(1L << slot);
        }
    }

    /** Takes the first node out of the list of a slot of level 0, or of one that has no other: frees it. */
    E takeFirst(int slot) {
        int node = head(slot);
        int next = next(node);
        if (next == NONE) {
            slots[2 * slot] = 0L;
            vacate(slot);
        } else {
            slots[2 * slot] = (slots[2 * slot] & LOWER) | (long) next << 32;
            nodes[2 * next + 1] &= ~LOWER;
        }
        E entry = entry(node);
        release(node);
        return entry;
    }

    /** Takes the whole list of a slot: its first node, from which the others can still be reached. */
    int takeList(int slot) {
        int head = head(slot);
        slots[2 * slot] = 0L;
        vacate(slot);
        return head;
    }

    /** The least time in a slot in use. Searched for if the entry that had it has left. */
    long least(int slot) {
        if ((known[slot >>> 6] & (1L << slot)) == 0L) {
            long[] n = nodes;
            int head = head(slot);
            long least = n[2 * head];
            for (int node = next(head); node != NONE; node = next(node)) {
                least = Math.min(least, n[2 * node]);
            }
            knowLeast(slot, least);
        }
        return slots[2 * slot + 1];
    }

    private void knowLeast(int slot, long least) {
        slots[2 * slot + 1] = least;
        known[slot >>> 6] |= 1L << slot;
    }

    /** Clears the bits of a slot that has become empty. */
    private void vacate(int slot) {
        long[] u = used;
        int level = level(slot);
        int from = level * WORDS;
        u[slot >>> 6] &= ~(1L << slot);
        if ((u[from] | u[from + 1] | u[from + 2] | u[from + 3]) == 0L) {
            usedLevels &= ~(1 << level);
        }
        if (level == 0) {
            mixed[slot >>> 6] &= ~(1L << slot);
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

    /** Whether the entries of a slot of level 0 may be out of the order of their priorities. */
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
        for (int slot = 0; slot < SLOTS; slot++) {
            long ends = slots[2 * slot];
            slots[2 * slot] = (long) placeOf((int) (ends >>> 32)) << 32 | placeOf((int) ends);
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
