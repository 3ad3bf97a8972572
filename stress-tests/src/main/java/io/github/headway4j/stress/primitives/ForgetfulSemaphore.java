// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.primitives;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Planted bug: a semaphore that hands a permit to a waiter, which may have given up in the meantime and then forgets
 * the permit. Serves one waiter.
 */
final class ForgetfulSemaphore {

    private final AtomicInteger permits = new AtomicInteger();
    private final AtomicReference<@Nullable Waiter> waiter = new AtomicReference<>();

    /** True if a permit came within the time, false if the time ran out or the thread was interrupted. */
    boolean tryAcquire(long nanos) {
        long deadline = System.nanoTime() + nanos;
        if (take()) {
            return true;
        }
        Waiter w = new Waiter();
        waiter.set(w);
        if (take()) {
            waiter.set(null);
            return true;
        }
        while (!w.granted) {
            if (Thread.interrupted() || System.nanoTime() - deadline >= 0) {
                waiter.compareAndSet(w, null);
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    void release() {
        Waiter w = waiter.getAndSet(null);
        if (w == null) {
            permits.incrementAndGet();
        } else {
            w.granted = true;
        }
    }

    int availablePermits() {
        return permits.get();
    }

    private boolean take() {
        return permits.compareAndSet(1, 0);
    }

    private static final class Waiter {
        volatile boolean granted;
    }
}
