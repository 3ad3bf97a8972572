// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.queues;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Planted bug: a queue that hands an element to a waiting taker, which may have given up in the meantime and then
 * forgets the element. Serves one taker.
 */
final class HandOverQueue {

    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicReference<@Nullable Taker> waiting = new AtomicReference<>();

    /** The element, or 0 if none came within the time or the thread was interrupted. */
    int take(long nanos) {
        long deadline = System.nanoTime() + nanos;
        int element = stored.getAndSet(0);
        if (element != 0) {
            return element;
        }
        Taker taker = new Taker();
        waiting.set(taker);
        element = stored.getAndSet(0);
        if (element != 0) {
            waiting.set(null);
            return element;
        }
        while (taker.element == 0) {
            if (Thread.interrupted() || System.nanoTime() - deadline >= 0) {
                waiting.compareAndSet(taker, null);
                return 0;
            }
            Thread.onSpinWait();
        }
        return taker.element;
    }

    void put(int element) {
        Taker taker = waiting.getAndSet(null);
        if (taker == null) {
            stored.set(element);
        } else {
            taker.element = element;
        }
    }

    int size() {
        return stored.get() == 0 ? 0 : 1;
    }

    private static final class Taker {
        volatile int element;
    }
}
