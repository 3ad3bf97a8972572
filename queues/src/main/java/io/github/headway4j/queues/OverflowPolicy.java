// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

/** What a bounded queue does with an element for which there is no room. */
public enum OverflowPolicy {
    /** Waits for room, in the methods that wait; those that never wait refuse. */
    BLOCK,

    /** Refuses at once: {@code put} and {@code add} throw {@link QueueFullException}, {@code offer} returns false. */
    FAIL,

    /** Takes the new element and drops it: it goes to the handler, and the method returns as if it had been put. */
    DROP_NEWEST,

    /**
     * Makes room by dropping the element that has been in the queue longest (in a priority queue, the least urgent one,
     * the latest among equals; it is the new one itself if all others are more urgent). It goes to the handler.
     */
    DROP_OLDEST
}
