// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.queues;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Planted bug: a full queue with one place, whose taker lets the element of the waiting putter in, which may have given
 * up in the meantime. Serves one putter.
 */
final class PullInQueue {

    private final AtomicInteger stored = new AtomicInteger(1);
    private final AtomicReference<@Nullable Putter> waiting = new AtomicReference<>();

    /** 1 if put, 0 if there was no room within the time or the thread was interrupted. */
    int put(int element, long nanos) {
        long deadline = System.nanoTime() + nanos;
        if (stored.compareAndSet(0, element)) {
            return 1;
        }
        Putter putter = new Putter(element);
        waiting.set(putter);
        if (stored.compareAndSet(0, element)) {
            waiting.set(null);
            return 1;
        }
        while (!putter.admitted) {
            if (Thread.interrupted() || System.nanoTime() - deadline >= 0) {
                waiting.compareAndSet(putter, null);
                return 0;
            }
            Thread.onSpinWait();
        }
        return 1;
    }

    void poll() {
        Putter putter = waiting.getAndSet(null);
        if (putter == null) {
            stored.set(0);
        } else {
            stored.set(putter.element);
            putter.admitted = true;
        }
    }

    int size() {
        return stored.get() == 0 ? 0 : 1;
    }

    private static final class Putter {
        final int element;
        volatile boolean admitted;

        Putter(int element) {
            this.element = element;
        }
    }
}
