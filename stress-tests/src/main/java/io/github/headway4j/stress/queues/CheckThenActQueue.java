// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.queues;

import java.util.concurrent.ConcurrentLinkedQueue;

/** Planted bug: a queue that looks whether it may do something, and then does it. */
final class CheckThenActQueue {

    private final ConcurrentLinkedQueue<Integer> elements = new ConcurrentLinkedQueue<>();
    private final int capacity;
    private volatile boolean shut;

    CheckThenActQueue(int capacity) {
        this.capacity = capacity;
    }

    /** 1 if put, 0 if there is no room or the queue is shut down. */
    int put(int element) {
        if (shut || elements.size() >= capacity) {
            return 0;
        }
        elements.add(element);
        return 1;
    }

    /** 1 if put, 0 if the queue is shut down. */
    int awaitRoomAndPut(int element) {
        while (elements.size() >= capacity) {
            if (shut) {
                return 0;
            }
            Thread.onSpinWait();
        }
        return put(element);
    }

    /** The element, or 0 if there is none. */
    int poll() {
        Integer element = elements.poll();
        return element == null ? 0 : element;
    }

    /** The element, or 0 if the queue has ended. */
    int awaitElementOrEnd() {
        int element = poll();
        while (element == 0 && !shut) {
            Thread.onSpinWait();
            element = poll();
        }
        return element;
    }

    /** The element that makes room for the next one, or 0 if there is room. */
    int drop() {
        return elements.size() < capacity ? 0 : poll();
    }

    /** 1 if removed, 0 if it was not there. */
    int remove(int element) {
        if (!elements.contains(element)) {
            return 0;
        }
        elements.removeIf(e -> e == element);
        return 1;
    }

    void shutdown() {
        shut = true;
    }

    /** Returns how many elements it hands back. */
    int shutdownNow() {
        int handedBack = elements.size();
        elements.clear();
        shut = true;
        return handedBack;
    }

    int size() {
        return elements.size();
    }
}
