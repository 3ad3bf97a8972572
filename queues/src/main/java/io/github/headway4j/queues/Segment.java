// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** A stretch of the slots of an {@link UnboundedFifo}. */
final class Segment {

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final VarHandle NUMBER;

    static {
        try {
            NUMBER = MethodHandles.lookup().findVarHandle(Segment.class, "number", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final @Nullable Object[] slots;

    /** Opaque: how many segments came before this one. Changed when the segment is used again. */
    private long number;

    /** The segment after this one; null before there is one and after takes have passed this one. */
    volatile @Nullable Segment next;

    Segment(long number, int size) {
        slots = new Object[size];
        setNumber(number);
        set(0, null); // so, as it links what the first put needs with a slot claimed
    }

    long number() {
        return (long) NUMBER.getOpaque(this);
    }

    void setNumber(long n) {
        NUMBER.setOpaque(this, n);
    }

    @Nullable
    Object get(int slot) {
        return SLOT.getAcquire(slots, slot);
    }

    void set(int slot, @Nullable Object element) {
        SLOT.setRelease(slots, slot, element);
    }

    /** Whether all takes are done with their slots, once the last one has been claimed. */
    boolean isEmpty() {
        for (int slot = 0; slot < slots.length; slot++) {
            if (get(slot) != null) {
                return false;
            }
        }
        return true;
    }
}
