// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.queues;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Planted bug: waits for two queues at once, but looks at both, then enters itself, then sleeps, and so misses what is
 * put in between, and the end. Serves one waiter.
 */
final class ForgetfulSelector {

    private final AtomicIntegerArray queues = new AtomicIntegerArray(2);
    private volatile @Nullable Thread waiter;
    private volatile boolean signalled;
    private volatile boolean shut;

    /** The element, or 0 if none came. */
    int takeAny(long nanos) {
        return Math.max(0, takeAnyOrTimeOut(nanos));
    }

    /** The element, 0 if both queues have ended, -1 if the time ran out. */
    int takeAnyOrTimeOut(long nanos) {
        long deadline = System.nanoTime() + nanos;
        int element = look();
        if (element != 0 || shut) {
            return element;
        }
        waiter = Thread.currentThread();
        while (!signalled) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return -1;
            }
            LockSupport.parkNanos(this, left);
        }
        return look();
    }

    void put(int queue, int element) {
        queues.set(queue, element);
        wake();
    }

    /** Of both. */
    void shutdown() {
        shut = true;
        wake();
    }

    int size() {
        return (queues.get(0) == 0 ? 0 : 1) + (queues.get(1) == 0 ? 0 : 1);
    }

    private void wake() {
        Thread thread = waiter;
        if (thread != null) {
            signalled = true;
            LockSupport.unpark(thread);
        }
    }

    private int look() {
        int first = queues.getAndSet(0, 0);
        return first != 0 ? first : queues.getAndSet(1, 0);
    }
}
