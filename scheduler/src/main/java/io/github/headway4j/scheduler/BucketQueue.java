// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Entries in the order of their time, then of their priority, then of their insertion. Made for many entries of which
 * most leave before their time: insertion and removal are O(1). Its owner guards it. What throws for lack of memory has
 * changed nothing; removal needs none.
 */
class BucketQueue<E extends TimedEntry> {
    /*
     * Model. A radix heap on the 64 bits of the time, taken as 8 digits of 8 bits. There are 8 levels of 256 slots, and
     * a cursor that no time in a slot is before. An entry is at the level of the highest digit in which its time
     * differs from the cursor, in the slot of that digit. So lower levels come before higher ones, lower slots of a
     * level before higher ones, and all entries of a slot of level 0 have the same time. The first entry is found by
     * setting the cursor to the smallest time of the first slot and spreading that slot over the levels below, until
     * the entries of the first slot are in order, as they are if they have come in order, if there is but one, and on
     * level 0. An entry is moved 7 times at most, since it only ever moves down; time-outs that are all equally long are
     * not moved at all.
     *
     *   insert(t):    append to the slot of t
     *   remove(e):    unlink from its slot
     *   first:        s = first slot; while s is not in order { cursor = least time of s; spread s; s = first slot }
     *
     * Slots are doubly linked lists of nodes, kept by the class of that name. Entries know their nodes.
     *
     * Why not simpler. A heap moves entries O(log n) times, compares them, and needs as long to remove one. A timer
     * wheel has ticks, and no order within one.
     *
     * The cursor goes no further than the caller's limit, the present moment: what is inserted later is not before
     * that, as a rule. Then the first slot may be one that cannot be spread yet. Slots remember their least times, so
     * that the first time is known all the same, until the entry with it has left a slot that is not in order. After
     * that the slot is spread if somebody wants to know, although the cursor then goes beyond the limit: no entry is
     * moved more often for that, and what is inserted before the cursor is early. Who waits is content with the time at
     * which the slot begins, and spreads the slot then.
     *
     * What is early. An entry before the cursor has no slot. Such entries are in a search tree, ordered by time,
     * priority and a sequence number. There go, too, all entries of the first time once their priorities are not in
     * order: a slot of level 0 is a list, and it is in order as long as each entry's priority is not below that of the
     * one before it. As long as there are early entries, what is not after the last of their times is early as well.
     *
     * Waiting for memory is what takes time once there are more entries than the caches hold. Taking them one by one
     * would wait for each in turn. Whoever spreads a slot knows all of its entries, and looks at them: these waits
     * overlap, and most of the entries are still near when they are taken. What the next node of a list is, is known
     * only when the node has come. So the list is walked from its end as well, only to look, until the walks meet: of
     * these waits, two overlap.
     *
     * Invariants.
     *   (I1) A node that is not early is in the slot that its time and the present cursor tell. The cursor moves within
     *        the first slot only, while the levels below are empty, so the slots of all other nodes stay the same.
     *   (I2) Nodes of equal time in one slot are in the order of their insertion: they were appended in it, and
     *        spreading goes along the list. They are in one slot, by (I1).
     *   (I3) Early times are at most lastEarly, times in slots are greater, if anything is early.
     *
     * References. Ravindra Ahuja, Kurt Mehlhorn, James Orlin and Robert Tarjan, "Faster algorithms for the shortest
     * path problem" (1990), for radix heaps; George Varghese and Tony Lauck, "Hashed and hierarchical timing wheels"
     * (1987), for lists in levels. Differences: the tick is one unit of time, so nothing is left to be ordered in a
     * slot; a cursor with a limit; what comes before the cursor.
     */

    private final Slots<E> slots = new Slots<>();

    /** Begins at the least time: whatever comes first is after it. */
    private long cursor = Long.MIN_VALUE;

    private final TreeMap<Early, E> early = new TreeMap<>();
    private long earlySequence;
    private long lastEarly;

    /** What is looked for in the tree: kept, so that removing an entry needs no memory. */
    private final Early sought = new Early();

    /** Where an entry is that has no slot. The node of the entry notes the sequence number. */
    private static final class Early implements Comparable<Early> {
        private long time;
        private int priority;
        private long sequence;

        Early of(TimedEntry entry, long number) {
            time = entry.time;
            priority = entry.priority;
            sequence = number;
            return this;
        }

        @Override
        public int compareTo(Early other) {
            int order = Long.compare(time, other.time);
            if (order == 0) {
                order = Integer.compare(priority, other.priority);
            }
            return order == 0 ? Long.compare(sequence, other.sequence) : order;
        }
    }

    int size() {
        return slots.size();
    }

    /** The number of entries that there is memory for. */
    int capacity() {
        return slots.capacity();
    }

    /**
     * The slot of a time: its level is that of the highest digit in which it differs from the cursor. The sign is
     * turned, so that negative times come before positive ones.
     */
    private int slot(long t) {
        int level = (Long.SIZE - 1 - Long.numberOfLeadingZeros((t ^ cursor) | 1L)) >>> 3;
        int digit = (int) ((t ^ Long.MIN_VALUE) >>> (level * Byte.SIZE)) & (Slots.PER_LEVEL - 1);
        return level * Slots.PER_LEVEL + digit;
    }

    // ---- insertion and removal ----

    /** The entry must be nowhere. */
    void insert(E entry) {
        slots.makeRoom();
        long t = entry.time;
        if (slots.size() == 0 && t < cursor) {
            cursor = Long.MIN_VALUE;
        }
        if (t < cursor || (!early.isEmpty() && t <= lastEarly)) {
            early.put(new Early().of(entry, earlySequence), entry);
            lastEarly = early.size() == 1 ? t : Math.max(lastEarly, t);
            int node = slots.add(entry);
            entry.place = -node;
            slots.note(node, earlySequence);
            earlySequence++;
        } else {
            entry.place = slots.append(slot(t), entry);
        }
    }

    /** The entry must be here. */
    void remove(E entry) {
        int node = entry.place;
        if (node < 0) {
            node = -node;
            early.remove(sought.of(entry, slots.note(node)));
        } else {
            slots.unlink(slot(entry.time), node);
        }
        entry.place = TimedEntry.NOWHERE;
        slots.release(node);
        slots.shrink();
    }

    /** Removes the first entry if its time is not after the limit; null if it is, or if there is none. */
    @Nullable
    E pollFirst(long limit) {
        if (slots.size() == 0) {
            return null;
        }
        if (early.isEmpty()) {
            int slot = expose(limit);
            if (bound(slot) > limit) {
                return null;
            }
            if (slot >= Slots.PER_LEVEL || !slots.isMixed(slot)) {
                E entry = slots.takeFirst(slot);
                entry.place = TimedEntry.NOWHERE;
                slots.shrink();
                return entry;
            }
            makeEarly(slot);
        }
        return pollEarly(limit);
    }

    private @Nullable E pollEarly(long limit) {
        Early key = early.firstKey();
        if (key.time > limit) {
            return null;
        }
        E entry = early.get(key);
        if (entry == null) {
            throw new AssertionError("an early entry has been lost: " + key.time);
        }
        remove(entry);
        return entry;
    }

    // ---- the first ----

    /**
     * The time of the first entry, of which there must be one. The limit is the moment before which nothing will be
     * inserted, as a rule; whatever it is, the answer is right.
     */
    long firstTime(long limit) {
        if (!early.isEmpty()) {
            return early.firstKey().time;
        }
        int slot = expose(limit);
        return slots.least(slots.isLeastKnown(slot) ? slot : expose(Long.MAX_VALUE));
    }

    /**
     * A time that no entry is before, of which there must be one: that of the first entry unless it would have to be
     * worked out. Not before the limit, if the first entry is not.
     */
    long waitTime(long limit) {
        return early.isEmpty() ? bound(expose(limit)) : early.firstKey().time;
    }

    /**
     * Spreads first slots until the first one is in order or of one time, or would take the cursor beyond the limit.
     * Returns the first slot. Nothing is early.
     */
    private int expose(long limit) {
        for (; ; ) {
            int slot = slots.first();
            if (slot < Slots.PER_LEVEL || !slots.isMixed(slot) || slots.isSingle(slot)) {
                return slot;
            }
            long bound = bound(slot);
            long to = Math.min(bound, limit) & -Slots.PER_LEVEL; // where level 0 begins
            if ((to ^ bound) >>> (Slots.level(slot) * Byte.SIZE) != 0L) {
                return slot;
            }
            spread(slot, to);
        }
    }

    /** A time in the given slot that none of its entries is before: the least one, if that is known. */
    private long bound(int slot) {
        return slots.isLeastKnown(slot) ? slots.least(slot) : begin(slot);
    }

    /** The first time of a slot above level 0: the digits of the cursor, that of the slot, zeros. */
    private long begin(int slot) {
        int shift = Slots.level(slot) * Byte.SIZE;
        long above = (cursor ^ Long.MIN_VALUE) & ((long) -Slots.PER_LEVEL << shift);
        return (above | (long) (slot & (Slots.PER_LEVEL - 1)) << shift) ^ Long.MIN_VALUE;
    }

    /** Moves the cursor into the given slot, and the entries of the slot to where they belong then. */
    private void spread(int slot, long to) {
        cursor = to;
        int back = slots.tail(slot);
        for (int node = slots.takeList(slot); node != Slots.NONE; ) {
            int next = slots.next(node);
            slots.fetch(node);
            slots.append(slot(slots.time(node)), node);
            if (back == node) {
                back = Slots.NONE;
            } else if (back != Slots.NONE) {
                slots.fetch(back);
                back = back == next ? Slots.NONE : slots.previous(back);
            }
            node = next;
        }
    }

    /** Moves the entries of a slot of level 0, the first of all, to the tree. */
    private void makeEarly(int slot) {
        long sequence = earlySequence;
        try {
            for (int node = slots.head(slot); node != Slots.NONE; node = slots.next(node)) {
                E entry = slots.entry(node);
                early.put(new Early().of(entry, sequence), entry);
                sequence++;
            }
        } catch (Throwable failure) {
            early.clear();
            throw failure;
        }
        int head = slots.takeList(slot);
        lastEarly = slots.time(head);
        for (int node = head; node != Slots.NONE; ) {
            int next = slots.next(node);
            slots.entry(node).place = -node;
            slots.note(node, earlySequence);
            earlySequence++;
            node = next;
        }
    }

    // ---- all ----

    /**
     * All entries; those of equal time and priority in the order of their insertion, others in any order.
     *
     * @param all an array of the right length
     */
    E[] toArray(E[] all) {
        int count = 0;
        for (E entry : early.values()) {
            all[count] = entry;
            count++;
        }
        slots.copyLists(all, count);
        return all;
    }
}
