// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.processes.SharedRing.Result;
import io.github.headway4j.processes.SharedRing.Step;
import java.io.IOException;
import java.lang.ref.Reference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The end of a {@link SharedRing} at which messages are put. Its invariants and linearization points stand there. */
final class RingTail {

    /** Messages up to this part of the array go into it. */
    private static final int INLINE_PART = 8;

    private final RingMemory memory;
    private final LockCore lock;
    private final Annex annex;
    private final Object blocker;
    private final SharedRing.Watch watch;
    private final @Nullable Consumer<Step> steps;

    /* What was known of the takers, no more than is true. Guarded by the lock. */
    private long knownTakes;
    private long knownBegin;

    /** The parameters are those of {@link SharedRing}. */
    RingTail(RingMemory memory, Annex annex, Object blocker, SharedRing.Watch watch, @Nullable Consumer<Step> steps) {
        this.memory = memory;
        this.annex = annex;
        this.blocker = blocker;
        this.watch = watch;
        this.steps = steps;
        lock = memory.putLock();
    }

    /**
     * Puts what the buffer has left to read, if that is possible without waiting for a taker.
     *
     * @return DONE, WAIT or CLOSED
     * @throws IOException if the message is to go beside the ring and cannot
     */
    Result tryPut(WireBuffer message) throws IOException {
        long beside = Annex.NONE;
        try {
            for (; ; ) {
                lock.take(memory.owner());
                Result result = putAndUnlock(message, beside);
                if (result != Result.BESIDE) {
                    beside = result == Result.DONE ? Annex.NONE : beside;
                    return result;
                }
                beside = annex.write(memory.nextAnnex(), message);
            }
        } finally {
            annex.delete(beside);
        }
    }

    /**
     * Puts what the buffer has left to read, and waits for room.
     *
     * @param message the message
     * @param nanos the longest wait, or {@link SharedRing#FOREVER}
     * @return DONE, WAIT if the time ran out, CLOSED
     * @throws IOException if the message is to go beside the ring and cannot
     */
    Result put(WireBuffer message, long nanos) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long beside = Annex.NONE;
        SharedWait wait = null;
        boolean success = false;
        try {
            for (; ; ) {
                lock.takeInterruptibly(memory.owner());
                Result result = putAndUnlock(message, beside);
                if (result == Result.BESIDE) {
                    beside = annex.write(memory.nextAnnex(), message);
                    continue;
                }
                if (result != Result.WAIT) {
                    success = result == Result.DONE;
                    beside = success ? Annex.NONE : beside;
                    return result;
                }
                if (wait == null) {
                    wait = SharedRing.begin(blocker, nanos);
                }
                long size = RingMemory.size(message.remaining());
                do {
                    if (!watch.goesOn()) {
                        return Result.CLOSED;
                    }
                    if (!wait.pause()) {
                        return Result.WAIT;
                    }
                } while (!mayHaveRoom(size));
            }
        } finally {
            if (wait != null) {
                wait.end(success);
            }
            annex.delete(beside);
        }
    }

    private Result putAndUnlock(WireBuffer message, long beside) {
        Result result;
        try {
            step(Step.PUT_LOCKED);
            result = putLocked(message, beside);
        } finally {
            lock.release();
            Reference.reachabilityFence(memory.owner()); // a forgotten memory may be unmapped
        }
        step(Step.PUT_UNLOCKED);
        return result;
    }

    private Result putLocked(WireBuffer message, long beside) {
        long word = memory.putsAcquire();
        if ((word & RingMemory.CLOSED_BIT) != 0L) {
            return Result.CLOSED;
        }
        long puts = word >>> 1;
        long end = memory.endAcquire(puts);
        int length = beside == Annex.NONE ? message.remaining() : Long.BYTES;
        long size = RingMemory.size(length);
        Result room = room(puts, end, size, beside != Annex.NONE);
        if (room != Result.DONE) {
            return room;
        }
        if (beside == Annex.NONE) {
            memory.setWord(end, length);
            memory.copyIn(end + RingMemory.PREFIX, message.array(), message.position(), length);
        } else {
            memory.setWord(end, length | RingMemory.BESIDE_BIT);
            memory.setWord(end + RingMemory.PREFIX, beside);
        }
        step(Step.PUT_WRITTEN);
        memory.setEndRelease(puts + 1L, end + size);
        step(Step.PUT_ENDED);
        boolean put = memory.casPuts(word, word + 2L); // fails only if the ring has been closed meanwhile
        step(Step.PUT_COUNTED);
        return put ? Result.DONE : Result.CLOSED;
    }

    /** DONE if there is room for so many bytes, WAIT if there is not, BESIDE if there is only beside the ring. */
    private Result room(long puts, long end, long size, boolean beside) {
        boolean small = isSmall(size);
        long most =
                (small && !beside) || memory.spills ? memory.capacity : 1L; // a long message waits for an empty pipe
        if (puts - knownTakes >= most || (small && !fits(puts, end, size))) {
            readBegin();
        }
        if (puts - knownTakes >= most) {
            return Result.WAIT;
        }
        if (small && fits(puts, end, size)) {
            return Result.DONE;
        }
        return small && !memory.spills ? Result.WAIT : Result.BESIDE;
    }

    private boolean isSmall(long size) {
        return size <= memory.data / INLINE_PART;
    }

    private boolean fits(long puts, long end, long size) {
        long absent = memory.capacity - (puts + 1L - knownTakes);
        long reserved = memory.spills ? absent * RingMemory.REFERENCE : 0L;
        return end + size - knownBegin + reserved <= memory.data;
    }

    /** Reads a count of takes and the begin that belongs to it. */
    private void readBegin() {
        long takes;
        long begin;
        do {
            takes = memory.takesAcquire();
            begin = memory.beginAcquire(takes);
        } while (memory.takesAcquire() != takes);
        knownTakes = takes;
        knownBegin = begin;
    }

    /** Whether another try to put so many bytes may end otherwise. Without the lock, so that the answer may be old. */
    private boolean mayHaveRoom(long size) {
        long word = memory.putsAcquire();
        long takes = memory.takesAcquire();
        if ((word & RingMemory.CLOSED_BIT) != 0L) {
            return true;
        }
        long messages = (word >>> 1) - takes;
        if (memory.spills || !isSmall(size)) {
            return messages < (memory.spills ? memory.capacity : 1L);
        }
        boolean fits = memory.endAcquire(word >>> 1) + size - memory.beginAcquire(takes) <= memory.data;
        return (fits && messages < memory.capacity) || memory.takesAcquire() != takes || memory.putsAcquire() != word;
    }

    private void step(Step step) {
        Consumer<Step> listener = steps;
        if (listener != null) {
            listener.accept(step);
        }
    }
}
