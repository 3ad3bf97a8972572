// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of messages, which are bytes, in memory that processes share. Any number of processes put and take;
 * one that is killed at any point takes no more with it than the message that it was putting or taking.
 *
 * <p>A message that is put is there as a whole, and one that is taken is gone as a whole. A call that ends by interrupt,
 * time-out or closing has done neither. Messages come out in the order in which they went in.
 */
final class SharedRing {
    /*
     * Model. Two counts, of messages put and of messages taken, and an array of bytes in which the messages lie one
     * after the other. Whoever puts holds the lock of putters, whoever takes the lock of takers; the two do not meet.
     *
     *     put:  lock; write the message behind the last; write where it ends; PUTS + 1;  unlock
     *     take: lock; copy the first message;           write where it ends; TAKES + 1; unlock
     *
     * Where the messages end and where they begin is kept twice, for even and for odd counts: a step writes the one that
     * does not count yet, and the write to PUTS or TAKES, a single word, makes it count together with the message.
     *
     * A message that is longer than an eighth of the array, or that has no room there although the count allows one
     * more, goes into a file of its own (Annex), and its number into the array. So the capacity is exact, whatever the
     * messages: each message that is not there yet has 16 bytes reserved for the number. In a ring that does not spill, as
     * that of a pipe, a short message waits for bytes, and a long one until the ring is empty, so that there is one file
     * at most.
     *
     * Why not simpler. A position that moves with the count needs both in one word (not enough bits for queues that live
     * long) or a word for each (a process killed between them leaves them apart). Long messages in parts would have a
     * taker begin to take what may never end, and put back what it has when it is interrupted.
     *
     * Invariants.
     * I1  0 <= puts - takes <= capacity.
     * I2  For the counts that stand, begin <= end <= begin + data; the messages takes .. puts - 1 lie in [begin, end).
     * I3  Only the holder of the lock of putters writes to free bytes, to the end for puts + 1, and adds 1 to the count
     *     in PUTS; only the holder of the lock of takers writes the begin for takes + 1, and adds 1 to TAKES.
     * I4  In a ring that spills, end - begin + 16 * (capacity - (puts - takes)) <= data.
     * I5  The lowest bit of PUTS says closed; once set it stays, and the count does not change any more.
     * I6  done <= puts.
     *
     * Killed at each step. Before the write to PUTS nothing has changed for the others: the bytes behind the end and
     * the spare end are written again by the next putter. After it, the message is put. Before the write to TAKES the
     * message is still there, and the next taker copies it again; after it, it is gone with the process that took it.
     * The lock is taken over from a dead holder (SharedLock); there is nothing to repair. A file beside the ring whose
     * number was never put, or was taken and not read, stays until the memory of the ring goes.
     *
     * Linearization points. put: the compareAndSet of PUTS; refused as full: the read of TAKES under the lock; refused
     * as closed: the read of PUTS, or the failing compareAndSet. take: the write of TAKES; empty or ended: the read of
     * PUTS under the lock. close: the compareAndSet of PUTS. size: the read of PUTS between two reads of TAKES. joined:
     * the read of PUTS, since done has not shrunk meanwhile and is not more than it.
     *
     * Access modes. PUTS: release after the message and the end, acquire by takers before they copy. TAKES: release
     * after the copy, acquire by putters before they write over it. The begin for takes + 1 is written in release mode,
     * so that it does not become visible before the TAKES that made its place spare: a putter reads TAKES, the begin,
     * and TAKES again, and if that has not changed the two belong together. The end likewise, for those who wait.
     *
     * Lost wake-ups. There are no wake-ups: who waits looks at the counts again and again, see SharedWait.
     *
     * References. Michael and Scott, Simple, fast, and practical non-blocking and blocking concurrent queue algorithms,
     * PODC 1996 (two locks); Lamport, Concurrent reading and writing, CACM 20(11), 1977 (reading what is written
     * meanwhile).
     */

    /** What a call came to. */
    enum Result {
        /** The message is put, or taken. */
        DONE,
        /** The ring is full, or empty, and the time is over. */
        WAIT,
        /** The ring is closed and, for takers, empty. */
        CLOSED,
        /** Inside of this class: there is room for one more message, but not for its bytes. */
        BESIDE
    }

    /** The moments at which a test can stop or kill the process. */
    enum Step {
        PUT_LOCKED,
        PUT_WRITTEN,
        PUT_ENDED,
        PUT_COUNTED,
        PUT_UNLOCKED,
        TAKE_LOCKED,
        TAKE_COPIED,
        TAKE_BEGUN,
        TAKE_COUNTED,
        TAKE_UNLOCKED
    }

    /** Says while a call waits whether it is to go on waiting. */
    interface Watch {
        boolean goesOn();
    }

    /** Looks at the first message before it is taken. */
    interface Inspection {
        /** How many bytes of a message beside the ring it looks at; they may be more than it has. */
        default int looksAt() {
            return Integer.MAX_VALUE;
        }

        /**
         * Whether to take it. Called under the lock of takers.
         *
         * @param message the message, or what {@link #looksAt} says of it
         * @return true to take it, false to leave it
         * @throws IOException to leave it too
         */
        boolean takes(WireBuffer message) throws IOException;
    }

    /** A wait without an end. */
    static final long FOREVER = Long.MAX_VALUE;

    /** How often size looks for a moment at which nothing is taken. */
    private static final int SIZE_TRIES = 100;

    private final RingMemory memory;
    private final RingTail tail;
    private final RingHead head;

    /**
     * A ring.
     *
     * @param memory what is shared
     * @param annex where messages beside the ring are
     * @param blocker what waiting threads show that they wait for
     * @param watch asked while a call waits; if it says no, the call ends as if the ring were closed
     * @param steps called at each step; null but in tests
     */
    SharedRing(RingMemory memory, Annex annex, Object blocker, Watch watch, @Nullable Consumer<Step> steps) {
        this.memory = memory;
        tail = new RingTail(memory, annex, blocker, watch, steps);
        head = new RingHead(memory, annex, blocker, watch, steps);
    }

    /** Where messages are put. */
    RingTail tail() {
        return tail;
    }

    /** Where messages are taken. */
    RingHead head() {
        return head;
    }

    // ---- as a whole ----

    /** Lets nothing more in. True if this call did it, false if the ring was closed. */
    boolean close() {
        return memory.close();
    }

    boolean isClosed() {
        return (memory.putsAcquire() & RingMemory.CLOSED_BIT) != 0L;
    }

    /** Whether the ring is closed and empty. */
    boolean isEnded() {
        long word = memory.putsAcquire();
        return (word & RingMemory.CLOSED_BIT) != 0L && word >>> 1 == memory.takesAcquire();
    }

    int capacity() {
        return memory.capacity;
    }

    /** How many messages there are. */
    int size() {
        for (int i = 0; i < SIZE_TRIES; i++) {
            long takes = memory.takesAcquire();
            long puts = memory.putsAcquire() >>> 1;
            if (memory.takesAcquire() == takes) {
                return (int) (puts - takes);
            }
        }
        long takes = memory.takesAcquire(); // too busy for a moment without a take
        return (int) Math.min(memory.capacity, (memory.putsAcquire() >>> 1) - takes);
    }

    // ---- messages that are done ----

    /** Counts messages as done; false, and nothing changes, if fewer are not. */
    boolean done(long count) {
        for (; ; ) {
            long done = memory.doneAcquire();
            if ((memory.putsAcquire() >>> 1) - done < count) {
                return false;
            }
            if (memory.casDone(done, done + count)) {
                return true;
            }
        }
    }

    /** How many messages have been put and not been reported done. */
    long notDone() {
        long done = memory.doneAcquire();
        return (memory.putsAcquire() >>> 1) - done;
    }

    /** A wait for at most so long, or FOREVER. */
    static SharedWait begin(Object blocker, long nanos) {
        return nanos == FOREVER ? SharedWait.interruptible(blocker) : SharedWait.timed(blocker, Math.max(0L, nanos));
    }
}
