// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.testing;

import io.github.headway4j.primitives.Parker;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A parker on one {@link Semaphore} for each thread. A park that returns has consumed a token, was interrupted, or has
 * come to the end of its time: it never returns for no reason, and it never spins. That is stricter than the contract
 * of {@link Parker}, and makes a lost wake-up visible to model checkers, as a thread that hangs.
 *
 * <p>Keeps its threads in memory; meant for one test. The blocker is not shown in thread dumps.
 */
public final class SemaphoreParker implements Parker {

    private final ConcurrentMap<Thread, Semaphore> tokens = new ConcurrentHashMap<>();

    /** A parker with no token available. */
    public SemaphoreParker() {}

    @Override
    public void park(Object blocker) {
        try {
            token(Thread.currentThread()).acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void parkNanos(Object blocker, long nanos) {
        if (nanos <= 0 || Thread.currentThread().isInterrupted()) {
            return;
        }
        try {
            token(Thread.currentThread()).tryAcquire(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void unpark(Thread thread) {
        Semaphore token = token(thread);
        synchronized (token) {
            if (token.availablePermits() == 0) {
                token.release();
            }
        }
    }

    @Override
    public boolean spins() {
        return false;
    }

    private Semaphore token(Thread thread) {
        return tokens.computeIfAbsent(thread, ignored -> new Semaphore(0));
    }
}
