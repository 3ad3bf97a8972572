// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where the words and the bytes of a {@link SharedRing} lie in shared memory, and how they are read and written. What
 * the words mean, and why each access has its mode, stands there.
 */
final class RingMemory {

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    /* The header: lines of their own for what different processes write, two each, since they are fetched in pairs. */
    private static final int LINE = 128;
    private static final int KIND = 0; // this line is written by the creator alone
    private static final int CAPACITY = KIND + 8;
    private static final int DATA = KIND + 16;
    private static final int SPILLS = KIND + 24;
    private static final int PUTS = LINE; // count << 1 | closed
    private static final int ENDS = PUTS + 8; // two words
    private static final int PUT_LOCK = 2 * LINE;
    private static final int TAKES = 3 * LINE; // count
    private static final int BEGINS = TAKES + 8; // two words
    private static final int TAKE_LOCK = 4 * LINE;
    private static final int ANNEXES = 5 * LINE; // how many files have been made beside the ring
    private static final int DONE = 6 * LINE; // how many messages have been reported done
    private static final int HEADER = 7 * LINE;

    /** What the first word says, of this layout. */
    private static final long RING = 0x0148_5752_696E_6731L;

    /** The lowest bit of PUTS. */
    static final long CLOSED_BIT = 1L;

    /** Before each message stands a word with its length. */
    static final int PREFIX = 8;

    /** In that word: the message is beside the ring, and here is the number of its file. */
    static final long BESIDE_BIT = 1L << 32;

    /** What a message beside the ring takes in it: the prefix and the number of its file. */
    static final int REFERENCE = PREFIX + Long.BYTES;

    static final int LEAST_DATA = 1 << 12;
    static final int MOST_DATA = 1 << 30;

    private final SharedMemory owner;
    private final ByteBuffer memory;
    private final int base;
    private final int dataStart;
    private final int dataMask;
    final int capacity;
    final int data;
    final boolean spills;

    private RingMemory(SharedMemory owner, int base) {
        this.owner = owner;
        this.memory = owner.data();
        this.base = base;
        dataStart = base + HEADER;
        capacity = (int) (long) LONGS.get(memory, base + CAPACITY);
        data = (int) (long) LONGS.get(memory, base + DATA);
        dataMask = data - 1;
        spills = (long) LONGS.get(memory, base + SPILLS) != 0L;
    }

    /** The number of bytes for messages of a ring that is to have at least so many. */
    static int dataFor(long least) {
        return Math.max(LEAST_DATA, (int) Math.min(MOST_DATA, Long.highestOneBit(2L * least - 1L)));
    }

    /** How much memory a ring takes that has so many bytes for messages. */
    static int bytes(int data) {
        return HEADER + data;
    }

    /**
     * Makes a ring in memory that is all zeros and that nobody else sees yet.
     *
     * @param owner where
     * @param base at which index, a multiple of 8
     * @param capacity the most messages in it
     * @param data how many bytes for messages, a power of two
     * @param spills whether a message for which there are not enough bytes goes beside the ring, rather than waits
     */
    static RingMemory format(SharedMemory owner, int base, int capacity, int data, boolean spills) {
        if (data < LEAST_DATA || data > MOST_DATA || Integer.bitCount(data) != 1) {
            throw new IllegalArgumentException("a ring of " + data + " bytes");
        }
        if (capacity < 1 || (spills && (long) capacity * REFERENCE > data)) {
            throw new IllegalArgumentException("a ring of " + capacity + " messages in " + data + " bytes");
        }
        ByteBuffer memory = owner.data();
        LONGS.set(memory, base + CAPACITY, (long) capacity);
        LONGS.set(memory, base + DATA, (long) data);
        LONGS.set(memory, base + SPILLS, spills ? 1L : 0L);
        LONGS.setRelease(memory, base + KIND, RING);
        return new RingMemory(owner, base);
    }

    /** The ring that has been made at the given index. */
    static RingMemory at(SharedMemory owner, int base) throws IOException {
        if (owner.size() < base + HEADER) {
            throw new StreamCorruptedException("no ring at " + base + " of " + owner);
        }
        long kind = (long) LONGS.getAcquire(owner.data(), base + KIND);
        if (kind != RING) {
            throw new StreamCorruptedException("no ring of this version: it begins with 0x" + Long.toHexString(kind));
        }
        return new RingMemory(owner, base);
    }

    /** The memory, which whoever uses a lock of it has to name. */
    SharedMemory owner() {
        return owner;
    }

    LockCore putLock() {
        return owner.lockAt(base + PUT_LOCK);
    }

    LockCore takeLock() {
        return owner.lockAt(base + TAKE_LOCK);
    }

    /** What a message of the given length takes: not less than the number of a file. */
    static long size(long length) {
        return PREFIX + Math.max(Long.BYTES, length + 7L & ~7L);
    }

    // ---- the words ----

    /** PUTS: count and closed bit. */
    long putsAcquire() {
        return (long) LONGS.getAcquire(memory, base + PUTS);
    }

    boolean casPuts(long word, long next) {
        return LONGS.compareAndSet(memory, base + PUTS, word, next);
    }

    /** Sets the closed bit; false if it was set. */
    boolean close() {
        for (; ; ) {
            long word = putsAcquire();
            if ((word & CLOSED_BIT) != 0L) {
                return false;
            }
            if (casPuts(word, word | CLOSED_BIT)) {
                return true;
            }
        }
    }

    /** The end that belongs to a count of puts. */
    long endAcquire(long puts) {
        return (long) LONGS.getAcquire(memory, base + ENDS + odd(puts));
    }

    void setEndRelease(long puts, long end) {
        LONGS.setRelease(memory, base + ENDS + odd(puts), end);
    }

    long takesAcquire() {
        return (long) LONGS.getAcquire(memory, base + TAKES);
    }

    void setTakesRelease(long takes) {
        LONGS.setRelease(memory, base + TAKES, takes);
    }

    /** The begin that belongs to a count of takes. */
    long beginAcquire(long takes) {
        return (long) LONGS.getAcquire(memory, base + BEGINS + odd(takes));
    }

    void setBeginRelease(long takes, long begin) {
        LONGS.setRelease(memory, base + BEGINS + odd(takes), begin);
    }

    long doneAcquire() {
        return (long) LONGS.getAcquire(memory, base + DONE);
    }

    boolean casDone(long done, long next) {
        return LONGS.compareAndSet(memory, base + DONE, done, next);
    }

    /** A number that no file beside this ring has had, from 1. */
    long nextAnnex() {
        return (long) LONGS.getAndAdd(memory, base + ANNEXES, 1L) + 1L;
    }

    private static int odd(long count) {
        return (int) (count & 1L) << 3;
    }

    // ---- the messages ----

    /** The word at a position, which is a multiple of 8. */
    long word(long position) {
        return (long) LONGS.get(memory, dataStart + ((int) position & dataMask));
    }

    void setWord(long position, long value) {
        LONGS.set(memory, dataStart + ((int) position & dataMask), value);
    }

    void copyIn(long position, byte[] source, int offset, int length) {
        int at = (int) position & dataMask;
        int first = Math.min(length, data - at);
        memory.put(dataStart + at, source, offset, first);
        if (first < length) {
            memory.put(dataStart, source, offset + first, length - first);
        }
    }

    void copyOut(long position, int length, WireBuffer into) {
        int at = (int) position & dataMask;
        int first = Math.min(length, data - at);
        int target = into.extend(length);
        memory.get(dataStart + at, into.array(), target, first);
        if (first < length) {
            memory.get(dataStart, into.array(), target + first, length - first);
        }
    }
}
