// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.queues;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/** Planted bug: a deque with one place, which is counted as free before its element has left. */
final class EarlyCount {

    private final AtomicInteger size = new AtomicInteger(1);
    private final ConcurrentLinkedDeque<Integer> elements = new ConcurrentLinkedDeque<>();

    EarlyCount(int element) {
        elements.add(element);
    }

    /** 1 if put, 0 if there is no room. */
    int offerFirst(int element) {
        if (!size.compareAndSet(0, 1)) {
            return 0;
        }
        elements.addFirst(element);
        return 1;
    }

    /** The element, or 0 if there is none. */
    int pollFirst() {
        size.set(0);
        Integer element = elements.pollFirst();
        return element == null ? 0 : element;
    }
}
