// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.StreamCorruptedException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Messages from one process to another in memory that they share: one side puts, the other takes. What was published
 * can be taken also after the death of who put it.
 */
final class MessageRing {
    /*
     * Model. Two counters of bytes that only grow; the message that begins at count c lies at c mod capacity:
     *
     *   put:      tail - head + size <= capacity, else there is no room;  write at tail;  tail += size
     *   publish:  end = tail                                              all that was put becomes visible, in order
     *   take:     head == end: nothing;  read at head
     *   release:  head += size;  begin = head                             the room may be used again
     *
     * A message is a word with its length and type, a word of its own (the number of a task), and bytes, rounded up to
     * whole words. It is never split: where the rest of the ring is too short, a word of type SKIP fills it. So a
     * message may be half as large as the ring, less its head; longer ones are sent in parts by who uses this.
     *
     * Whoever takes trusts nothing: lengths are looked at before they are used, as the other side may be broken.
     *
     * Flags. Beside the counters there is a word by which who takes tells that it is about to sleep. It sets the word
     * and then looks at end once more; who puts writes end and then looks at the word, and whoever has cleared it rings
     * the bell. With both accesses volatile on both sides, one of them sees the other: no message is slept over. In the
     * same way who has found no room asks to be told, tries once more, and is told by who takes once the ring is half
     * empty. If the second try fails, too, something is left to be taken, after which the other side looks.
     *
     * Access modes. end, begin and the flags: volatile, but for reads of begin, which acquire the room before it is
     * written over; where such a read is the one that looks once more, a full fence is before it. Each side remembers
     * the other's counter, and reads it again only when that is not enough.
     */

    private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final int END = 0;
    private static final int BEGIN = 128;
    private static final int SLEEPS = 256;
    private static final int NO_ROOM = 320;

    /** How many bytes counters and flags take; each counter has two cache lines to itself. */
    static final int COUNTERS = 384;

    /** The bytes before those of a message. */
    static final int HEAD = 16;

    private static final int SKIP = 255;
    private static final int TYPE_SHIFT = 32;

    private final ByteBuffer memory;
    private final int counters;
    private final int data;
    private final int capacity;

    /** Of who puts. */
    private long tail;

    private long knownBegin;

    /** Of who takes. */
    private long head;

    private long knownEnd;
    private int length;
    private int type;
    private long number;

    /**
     * A ring in shared memory.
     *
     * @param memory the memory, zero at the beginning
     * @param counters where the counters are, a multiple of eight
     * @param data where the messages are, a multiple of eight
     * @param capacity how many bytes of messages, a power of two
     */
    MessageRing(ByteBuffer memory, int counters, int data, int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity: " + capacity + "; expected a power of two");
        }
        this.memory = memory;
        this.counters = counters;
        this.data = data;
        this.capacity = capacity;
    }

    // ---- who puts ----

    /** The most bytes of a message that always finds room in the end. */
    int longest() {
        return capacity / 2 - HEAD;
    }

    /** Puts a message, which is not visible before it is published. False if there is no room now. */
    boolean put(int type, long number, byte[] bytes, int offset, int length) {
        int size = size(length);
        int rest = capacity - at(tail);
        int needed = size <= rest ? size : rest + size;
        if (tail - knownBegin + needed > capacity) {
            knownBegin = (long) WORD.getAcquire(memory, counters + BEGIN);
            if (tail - knownBegin + needed > capacity) {
                return false;
            }
        }
        if (size > rest) {
            WORD.set(memory, data + at(tail), (long) SKIP << TYPE_SHIFT);
            tail += rest;
        }
        int at = data + at(tail);
        WORD.set(memory, at, (long) type << TYPE_SHIFT | length);
        WORD.set(memory, at + Long.BYTES, number);
        memory.put(at + HEAD, bytes, offset, length);
        tail += size;
        return true;
    }

    /** Makes visible what was put. */
    void publish() {
        WORD.setVolatile(memory, counters + END, tail);
    }

    /** After publishing: whether the other side sleeps and is to be woken, which is told once. */
    boolean isToBeWoken() {
        int at = counters + SLEEPS;
        return (long) WORD.getVolatile(memory, at) != 0L && WORD.compareAndSet(memory, at, 1L, 0L);
    }

    /** After a message has found no room: asks to be told when there is more. To be tried once more then. */
    void askForRoom() {
        WORD.setVolatile(memory, counters + NO_ROOM, 1L);
        VarHandle.fullFence(); // the look at begin that follows only acquires
    }

    /** How many bytes the other side has not passed yet. */
    long unread() {
        return tail - (long) WORD.getAcquire(memory, counters + BEGIN);
    }

    // ---- who takes ----

    /** Looks at the next message; false if there is none. */
    boolean take() throws StreamCorruptedException {
        for (; ; ) {
            if (head == knownEnd) {
                long end = (long) WORD.getVolatile(memory, counters + END);
                if (end < head || end - head > capacity || (end & (Long.BYTES - 1)) != 0L) {
                    throw new StreamCorruptedException("a ring that ends at " + end + "; it was read to " + head);
                }
                knownEnd = end;
                if (head == end) {
                    return false;
                }
            }
            long first = (long) WORD.get(memory, data + at(head));
            int rest = capacity - at(head);
            type = (int) (first >>> TYPE_SHIFT);
            if (type != SKIP) {
                length = (int) first;
                if (length < 0 || length > capacity || size(length) > Math.min(rest, knownEnd - head)) {
                    throw new StreamCorruptedException("a message of " + length + " bytes; expected at most "
                            + (Math.min(rest, knownEnd - head) - HEAD));
                }
                number = (long) WORD.get(memory, data + at(head) + Long.BYTES);
                return true;
            }
            if (rest > knownEnd - head) {
                throw new StreamCorruptedException(
                        "a gap of " + rest + " bytes; expected at most " + (knownEnd - head));
            }
            head += rest;
        }
    }

    /** The type of the message that was taken. */
    int type() {
        return type;
    }

    /** The number of the message that was taken. */
    long number() {
        return number;
    }

    /** The bytes of the message that was taken, in a new array. */
    byte[] bytes() {
        byte[] bytes = new byte[length];
        memory.get(data + at(head) + HEAD, bytes);
        return bytes;
    }

    /** Appends the bytes of the message that was taken. */
    void copyTo(WireBuffer buffer) {
        int start = buffer.extend(length);
        memory.get(data + at(head) + HEAD, buffer.array(), start, length);
    }

    /** Passes on to the next message, and gives the room back. */
    void release() {
        head += size(length);
        WORD.setVolatile(memory, counters + BEGIN, head);
    }

    /** After releasing: whether there is room that the other side has asked for, which is told once. */
    boolean isAskedForRoom() {
        int at = counters + NO_ROOM;
        return (long) WORD.getVolatile(memory, at) != 0L
                && (long) WORD.getVolatile(memory, counters + END) - head <= capacity / 2
                && WORD.compareAndSet(memory, at, 1L, 0L);
    }

    /** About to sleep: tells so; false if there is something to take after all. */
    boolean maySleep() throws StreamCorruptedException {
        WORD.setVolatile(memory, counters + SLEEPS, 1L);
        if (head != (long) WORD.getVolatile(memory, counters + END)) {
            WORD.setVolatile(memory, counters + SLEEPS, 0L);
            return false;
        }
        return true;
    }

    private int at(long count) {
        return (int) count & (capacity - 1);
    }

    private static int size(int length) {
        return HEAD + (length + Long.BYTES - 1 & -Long.BYTES);
    }
}
