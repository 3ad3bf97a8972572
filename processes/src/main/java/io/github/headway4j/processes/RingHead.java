// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.processes.SharedRing.Result;
import io.github.headway4j.processes.SharedRing.Step;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.lang.ref.Reference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The end of a {@link SharedRing} at which messages are taken. Its invariants and linearization points stand there. */
final class RingHead {

    /* What takeLocked returns where there is no message. */
    private static final long NOTHING = -1L;
    private static final long ENDED = -2L;

    private final RingMemory memory;
    private final LockCore lock;
    private final Annex annex;
    private final Object blocker;
    private final SharedRing.Watch watch;
    private final @Nullable Consumer<Step> steps;

    /** How many puts were known of, no more than is true. Guarded by the lock. */
    private long knownPuts;

    /** The parameters are those of {@link SharedRing}. */
    RingHead(RingMemory memory, Annex annex, Object blocker, SharedRing.Watch watch, @Nullable Consumer<Step> steps) {
        this.memory = memory;
        this.annex = annex;
        this.blocker = blocker;
        this.watch = watch;
        this.steps = steps;
        lock = memory.takeLock();
    }

    /**
     * Takes the first message, if there is one.
     *
     * @param into to which it is appended
     * @param inspection looks at it before; null takes whatever comes
     * @return DONE, WAIT if there is none or the inspection left it, CLOSED
     * @throws IOException if the message was beside the ring and cannot be read: it is gone; or from the inspection
     */
    Result tryTake(WireBuffer into, SharedRing.@Nullable Inspection inspection) throws IOException {
        lock.take(memory.owner());
        return takeAndUnlock(into, inspection);
    }

    /**
     * Takes the first message, and waits for one.
     *
     * @param into to which it is appended
     * @param inspection looks at it before; null takes whatever comes
     * @param nanos the longest wait, or {@link SharedRing#FOREVER}
     * @return DONE, WAIT if the time ran out, CLOSED
     * @throws IOException if the message was beside the ring and cannot be read: it is gone; or from the inspection
     */
    Result take(WireBuffer into, SharedRing.@Nullable Inspection inspection, long nanos)
            throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        SharedWait wait = null;
        boolean success = false;
        try {
            for (; ; ) {
                lock.takeInterruptibly(memory.owner());
                Result result = takeAndUnlock(into, inspection);
                if (result != Result.WAIT) {
                    success = result == Result.DONE;
                    return result;
                }
                if (wait == null) {
                    wait = SharedRing.begin(blocker, nanos);
                }
                do {
                    if (!watch.goesOn()) {
                        return Result.CLOSED;
                    }
                    if (!wait.pause()) {
                        return Result.WAIT;
                    }
                } while (!mayHaveMessage());
            }
        } finally {
            if (wait != null) {
                wait.end(success);
            }
        }
    }

    private Result takeAndUnlock(WireBuffer into, SharedRing.@Nullable Inspection inspection) throws IOException {
        long beside;
        try {
            step(Step.TAKE_LOCKED);
            beside = takeLocked(into, inspection);
        } finally {
            lock.release();
            Reference.reachabilityFence(memory.owner()); // a forgotten memory may be unmapped
        }
        step(Step.TAKE_UNLOCKED);
        if (beside > Annex.NONE) {
            annex.readAndDelete(beside, into);
        }
        return beside >= Annex.NONE ? Result.DONE : beside == ENDED ? Result.CLOSED : Result.WAIT;
    }

    /** NONE if the message is in the buffer, the number of its file if it is beside the ring; NOTHING or ENDED. */
    private long takeLocked(WireBuffer into, SharedRing.@Nullable Inspection inspection) throws IOException {
        long takes = memory.takesAcquire();
        if (knownPuts <= takes) {
            long word = memory.putsAcquire();
            knownPuts = word >>> 1;
            if (knownPuts == takes) {
                return (word & RingMemory.CLOSED_BIT) != 0L ? ENDED : NOTHING;
            }
        }
        long begin = memory.beginAcquire(takes);
        long prefix = memory.word(begin);
        int length = (int) prefix;
        if (length < 0 || length > memory.data) {
            throw new StreamCorruptedException("a message of " + length + " bytes in a ring of " + memory.data);
        }
        long beside = Annex.NONE;
        if ((prefix & RingMemory.BESIDE_BIT) != 0L) {
            beside = memory.word(begin + RingMemory.PREFIX);
        } else {
            memory.copyOut(begin + RingMemory.PREFIX, length, into);
        }
        step(Step.TAKE_COPIED);
        if (inspection != null) {
            int start = into.end();
            if (beside != Annex.NONE) {
                annex.read(beside, into, inspection.looksAt());
            }
            if (!inspection.takes(into)) {
                return NOTHING;
            }
            if (beside != Annex.NONE && inspection.looksAt() < Integer.MAX_VALUE) {
                into.truncate(start);
                annex.read(beside, into, Integer.MAX_VALUE);
            }
        }
        memory.setBeginRelease(takes + 1L, begin + RingMemory.size(length));
        step(Step.TAKE_BEGUN);
        memory.setTakesRelease(takes + 1L);
        step(Step.TAKE_COUNTED);
        if (inspection != null) {
            annex.delete(beside);
            return Annex.NONE;
        }
        return beside;
    }

    /** Whether a try to take may end otherwise than by WAIT: there is a message, or the ring is closed. */
    boolean mayHaveMessage() {
        long word = memory.putsAcquire();
        return (word & RingMemory.CLOSED_BIT) != 0L || word >>> 1 != memory.takesAcquire();
    }

    private void step(Step step) {
        Consumer<Step> listener = steps;
        if (listener != null) {
            listener.accept(step);
        }
    }
}
