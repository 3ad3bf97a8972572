// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A {@link Barrier} from one reset to the next: the word that it is all about, and how to read it. */
final class BarrierEra extends BarrierEraLayout.After {

    private static final long OPEN = 0L;
    private static final long BROKEN = 1L;
    private static final long REPLACED = 2L;

    /** The bits of the end. */
    private static final long END = 3L;

    private static final int END_BITS = 2;

    /** One arrival. */
    static final long ARRIVAL = 1L << END_BITS;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(BarrierEraLayout.State.class, "state", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Where the generation begins. */
    private final int shift;

    BarrierEra(int parties) {
        this.shift = END_BITS + Integer.SIZE - Integer.numberOfLeadingZeros(parties);
    }

    /** One step, unless the state is not the given one any more. */
    boolean move(long s, long to) {
        return STATE.compareAndSet(this, s, to);
    }

    boolean hasEnd(long s) {
        return (s & END) != OPEN;
    }

    boolean isBroken(long s) {
        return (s & END) == BROKEN;
    }

    boolean isReplaced(long s) {
        return (s & END) == REPLACED;
    }

    /** The given state, which is open, with the era broken. */
    long broken(long s) {
        return s | BROKEN;
    }

    /** The given state, open or broken, with the era replaced. */
    long replaced(long s) {
        return (s & ~END) | REPLACED;
    }

    int arrived(long s) {
        return (int) ((s & ((1L << shift) - 1L)) >>> END_BITS);
    }

    /** The state with which the next cycle begins. */
    long next(long s) {
        return ((s >>> shift) + 1L) << shift;
    }

    /** Whether the cycle of state s is over in the state now, met or not. */
    boolean isOver(long now, long s) {
        return hasEnd(now) || (now ^ s) >>> shift != 0L;
    }

    /** Whether the cycle of state s, which is over, was met. */
    boolean isMet(long s) {
        return (state ^ s) >>> shift != 0L;
    }

    @Override
    boolean isOpen(long since) {
        return isOver(state, since);
    }
}
