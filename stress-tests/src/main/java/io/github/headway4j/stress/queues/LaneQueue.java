// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.queues;

import java.util.concurrent.atomic.AtomicIntegerArray;

/** Planted bug: elements go into two lanes in turn, and takers always look into the first one first. */
final class LaneQueue {

    private final AtomicIntegerArray lanes = new AtomicIntegerArray(2);
    private int next;

    /** One thread puts. */
    void offer(int element) {
        lanes.set(next, element);
        next = 1 - next;
    }

    /** The element, or 0 if there is none. */
    int poll() {
        int first = lanes.getAndSet(0, 0);
        return first != 0 ? first : lanes.getAndSet(1, 0);
    }
}
