// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A number that many threads change, on cache lines of its own, together with one that those threads look at. */
final class PaddedLong extends PaddedLongValue {

    private static final VarHandle VALUE;
    private static final VarHandle LIMIT;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(PaddedLongValue.class, "value", long.class);
            LIMIT = MethodHandles.lookup().findVarHandle(PaddedLongValue.class, "limit", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // behind the value: two cache lines, as processors fetch them in pairs
    private long a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15;

    boolean compareAndSet(long expected, long update) {
        return VALUE.compareAndSet(this, expected, update);
    }

    long limit() {
        return (long) LIMIT.getOpaque(this);
    }

    void setLimit(long limit) {
        LIMIT.setOpaque(this, limit);
    }
}

/** The value. */
class PaddedLongValue extends PaddingBefore {
    volatile long value;

    /** Opaque: a bound up to which the value may go without a look at its counterpart. */
    long limit;
}

/** Keeps the value away from what comes before the object. */
class PaddingBefore {
    @SuppressWarnings("unused")
    private long b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, b13, b14, b15;
}
