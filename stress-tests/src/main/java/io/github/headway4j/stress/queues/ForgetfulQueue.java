// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.queues;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Planted bug: a queue with one place, whose waiting threads look, then enter themselves, then sleep, and so miss a
 * change in between. Serves one waiter.
 */
final class ForgetfulQueue {

    private final AtomicInteger elements;
    private volatile boolean shut;
    private volatile @Nullable Thread waiter;
    private volatile boolean signalled;

    ForgetfulQueue(int elements) {
        this.elements = new AtomicInteger(elements);
    }

    /** 1 if taken, 0 if the queue has ended, -1 if the time ran out. */
    int take(long nanos) {
        return move(1, 0, nanos);
    }

    /** 1 if put, 0 if the queue has ended, -1 if the time ran out. */
    int put(long nanos) {
        return move(0, 1, nanos);
    }

    void poll() {
        elements.set(0);
        wake();
    }

    void shutdown() {
        shut = true;
        wake();
    }

    int size() {
        return elements.get();
    }

    private int move(int from, int to, long nanos) {
        long deadline = System.nanoTime() + nanos;
        if (!shut && !elements.compareAndSet(from, to)) {
            waiter = Thread.currentThread();
            while (!signalled) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return -1;
                }
                LockSupport.parkNanos(this, left);
            }
            if (!shut) {
                elements.set(to);
            }
        }
        return shut ? 0 : 1;
    }

    private void wake() {
        Thread thread = waiter;
        if (thread != null) {
            signalled = true;
            LockSupport.unpark(thread);
        }
    }
}
