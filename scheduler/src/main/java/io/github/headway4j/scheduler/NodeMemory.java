// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Nodes for the entries of a {@link BucketQueue}. A node has an entry, the time of the entry, and its place in a list:
 * the nodes after it and before it. What throws for lack of memory has changed nothing.
 */
abstract class NodeMemory<E extends TimedEntry> {
    /*
     * Model. A node is a number from 1 on. Arrays of longs have two for each node: the time, and the nodes after and
     * before it; other arrays have the entries, which know their nodes. Free nodes are in a list, or have not been used
     * yet. The nodes with small numbers are in one array, which grows by a part of its length. Those with large numbers
     * are in pages, which are added one by one. When an eighth of all nodes is in use, these are numbered anew from 1
     * on, and the memory of the others is given back.
     *
     * Why pages. Arrays that grow are copied. With a million entries that was half of the time that it took to insert
     * and to remove them, and as long as it lasts nobody else gets the lock that guards this. Why one array for small
     * numbers: a page is looked up in a table, which takes a quarter longer with 100000 entries.
     */

    /** No node. */
    static final int NONE = 0;

    /** There are at most so many nodes, NONE included. */
    private static final int MOST = 1 << 30;

    /** The nodes from here on are in pages. */
    private static final int FIRST = 1 << 17;

    private static final int PAGE_BITS = 12;

    /** A page has so many nodes. */
    private static final int PAGE = 1 << PAGE_BITS;

    /** The array does not shrink below so many nodes, besides NONE. */
    private static final int LEAST = 16;

    /** Up to this length the array grows by half, then by a quarter. */
    private static final int LARGE = 1 << 16;

    private static final long[][] NO_PAGES = {};
    private static final Object[][] NO_ROOMS = {};

    /** The half of two nodes that names the previous one. */
    static final long LOWER = 0xffff_ffffL;

    /** Two for each node: the time; the next node in the upper half and the previous one in the lower. */
    private long[] nodes = new long[2 * (LEAST + 1)];

    /** The same of the nodes with large numbers. */
    private long[][] pages = NO_PAGES;

    /** By node; null for free ones. */
    private @Nullable Object[] entries = new Object[LEAST + 1];

    /** The same of the nodes with large numbers. */
    private @Nullable Object[][] rooms = NO_ROOMS;

    /** How many nodes there is memory for, NONE included. */
    private int length = LEAST + 1;

    /** The first node that is free after use; its second long names the next one. */
    private int free = NONE;

    /** The nodes from here on have not been used. */
    private int fresh = NONE + 1;

    private int size;

    /** Of no use, but to have {@link #fetch} done. */
    private int fetched;

    // ---- nodes ----

    /** The number of entries. */
    final int size() {
        return size;
    }

    /** The number of nodes that there is memory for. */
    final int capacity() {
        return length - 1;
    }

    /** The array that has the longs of a node. */
    final long[] page(int node) {
        return node < FIRST ? nodes : pages[(node - FIRST) >>> PAGE_BITS];
    }

    /** The array that has the entry of a node. */
    private @Nullable Object[] room(int node) {
        return node < FIRST ? entries : rooms[(node - FIRST) >>> PAGE_BITS];
    }

    /** Where a node is in its array of entries. */
    private static int in(int node) {
        return node < FIRST ? node : node & (PAGE - 1);
    }

    /** Where its longs begin in their array. */
    static int at(int node) {
        return in(node) << 1;
    }

    /** Makes sure that there is a free node. */
    final void makeRoom() {
        if (free == NONE && fresh == length) {
            grow();
        }
    }

    /** A node for the entry, in no list. There must be room. */
    final int add(E entry) {
        int node = free;
        long[] page;
        if (node == NONE) {
            node = fresh;
            fresh++;
            page = page(node);
        } else {
            page = page(node);
            free = (int) page[at(node) + 1];
        }
        page[at(node)] = entry.time;
        room(node)[in(node)] = entry;
        size++;
        return node;
    }

    /** Frees a node that is in no list: its entry. */
    @SuppressWarnings({"unchecked", "nullness:return"}) // a node in use has an entry
    final E release(int node) {
        page(node)[at(node) + 1] = free;
        free = node;
        size--;
        @Nullable Object[] room = room(node);
        E entry = (E) room[in(node)];
        room[in(node)] = null;
        return entry;
    }

    @SuppressWarnings({"unchecked", "nullness:return"}) // a node in use has an entry
    final E entry(int node) {
        return (E) room(node)[in(node)];
    }

    /** Looks at the entry of a node, which brings it from memory. */
    final void fetch(int node) {
        fetched += entry(node).place;
    }

    final long time(int node) {
        return page(node)[at(node)];
    }

    /** What a node in no list remembers. */
    final long note(int node) {
        return page(node)[at(node) + 1];
    }

    final void note(int node, long note) {
        page(node)[at(node) + 1] = note;
    }

    /** The next node of the list, or NONE. */
    final int next(int node) {
        return (int) (page(node)[at(node) + 1] >>> 32);
    }

    /** The node before it in the list, or NONE. */
    final int previous(int node) {
        return (int) (page(node)[at(node) + 1]);
    }

    final void setNext(int node, int next) {
        long[] page = page(node);
        page[at(node) + 1] = (page[at(node) + 1] & LOWER) | (long) next << 32;
    }

    final void setPrevious(int node, int previous) {
        long[] page = page(node);
        page[at(node) + 1] = (page[at(node) + 1] & ~LOWER) | previous;
    }

    // ---- memory ----

    @SuppressWarnings("nullness:assignment") // what is beyond the pages in use is not looked at
    private void grow() {
        if (length >= MOST) {
            throw new OutOfMemoryError("a scheduler can hold " + (MOST - 1) + " events");
        }
        if (length < FIRST) {
            int longer = Math.min(length + (length >> (length < LARGE ? 1 : 2)), FIRST);
            long[] more = Arrays.copyOf(nodes, 2 * longer);
            entries = Arrays.copyOf(entries, longer);
            nodes = more;
            length = longer;
            return;
        }
        int number = (length - FIRST) >>> PAGE_BITS;
        long[] page = new long[2 * PAGE];
        @Nullable Object[] room = new Object[PAGE];
        if (number == pages.length) {
            long[][] more = Arrays.copyOf(pages, 2 * number + 1);
            rooms = Arrays.copyOf(rooms, 2 * number + 1);
            pages = more;
        }
        pages[number] = page;
        rooms[number] = room;
        length += PAGE;
    }

    /** Gives memory back if an eighth is in use, so that it takes many changes until that happens again. */
    final void shrink() {
        if (size <= length >> 3 && length > LEAST + 1) {
            shrinkTo(Math.max(LEAST, 2 * size) + 1);
        }
    }

    private void shrinkTo(int wanted) {
        int small = Math.min(wanted, FIRST);
        int more = (wanted - small + PAGE - 1) >>> PAGE_BITS;
        long[] newNodes;
        long[][] newPages;
        @Nullable Object[] newEntries;
        @Nullable Object[][] newRooms;
        try {
            newNodes = new long[2 * small];
            newEntries = new Object[small];
            newPages = more == 0 ? NO_PAGES : new long[more][2 * PAGE];
            newRooms = more == 0 ? NO_ROOMS : new Object[more][PAGE];
        } catch (OutOfMemoryError noMatter) {
            return; // then it remains
        }
        int count = renumber();
        for (int node = NONE + 1; node < fresh; node++) {
            if (isUsed(node)) {
                E entry = entry(node);
                int now = Math.abs(entry.place);
                int page = (now - FIRST) >>> PAGE_BITS;
                long[] longs = now < FIRST ? newNodes : newPages[page];
                longs[at(now)] = time(node);
                longs[at(now) + 1] = entry.place < 0 ? note(node) : placesOf(note(node));
                (now < FIRST ? newEntries : newRooms[page])[in(now)] = entry;
            }
        }
        renumberSlots();
        nodes = newNodes;
        entries = newEntries;
        pages = newPages;
        rooms = newRooms;
        length = small + more * PAGE;
        free = NONE;
        fresh = count + 1;
    }

    /** Tells the entries their new nodes, from 1 on: how many there are. */
    private int renumber() {
        int count = NONE;
        for (int node = NONE + 1; node < fresh; node++) {
            if (isUsed(node)) {
                count++;
                E entry = entry(node);
                entry.place = entry.place < 0 ? -count : count;
            }
        }
        return count;
    }

    /** Gives all nodes outside of this memory their {@linkplain #placesOf new numbers}. */
    abstract void renumberSlots();

    /** The new numbers of two nodes that are in lists. */
    final long placesOf(long pair) {
        return (long) placeOf((int) (pair >>> 32)) << 32 | placeOf((int) pair);
    }

    private int placeOf(int node) {
        return node == NONE ? NONE : entry(node).place;
    }

    @SuppressWarnings("nullness") // what looks like an entry may be missing
    private boolean isUsed(int node) {
        return entry(node) != null;
    }
}
