// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.queues;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Planted bug: waits for two queues at once, but looks at both, then enters itself, then sleeps, and so misses what is
 * put in between. Serves one waiter.
 */
final class ForgetfulSelector {

    private final AtomicIntegerArray queues = new AtomicIntegerArray(2);
    private volatile @Nullable Thread waiter;
    private volatile boolean signalled;

    /** The element, or 0 if none came. */
    int takeAny(long nanos) {
        long deadline = System.nanoTime() + nanos;
        int element = look();
        if (element != 0) {
            return element;
        }
        waiter = Thread.currentThread();
        while (!signalled) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return 0;
            }
            LockSupport.parkNanos(this, left);
        }
        return look();
    }

    void put(int queue, int element) {
        queues.set(queue, element);
        Thread thread = waiter;
        if (thread != null) {
            signalled = true;
            LockSupport.unpark(thread);
        }
    }

    int size() {
        return (queues.get(0) == 0 ? 0 : 1) + (queues.get(1) == 0 ? 0 : 1);
    }

    private int look() {
        int first = queues.getAndSet(0, 0);
        return first != 0 ? first : queues.getAndSet(1, 0);
    }
}
