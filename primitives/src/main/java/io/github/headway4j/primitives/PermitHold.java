// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** Some permits of a {@link BoundedSemaphore}, given back once. */
final class PermitHold implements Held {
    private static final VarHandle SEMAPHORE;

    static {
        try {
            SEMAPHORE = MethodHandles.lookup().findVarHandle(PermitHold.class, "semaphore", BoundedSemaphore.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int permits;

    /** Null once given back. */
    private volatile @Nullable BoundedSemaphore semaphore;

    PermitHold(BoundedSemaphore semaphore, int permits) {
        this.permits = permits;
        this.semaphore = semaphore;
    }

    @Override
    public void close() {
        BoundedSemaphore s = semaphore;
        if (s != null && SEMAPHORE.compareAndSet(this, s, null)) {
            s.release(permits);
        }
    }

    @Override
    public String toString() {
        BoundedSemaphore s = semaphore;
        return s == null ? "closed hold" : "hold on " + permits + " permit(s) of " + s;
    }
}
