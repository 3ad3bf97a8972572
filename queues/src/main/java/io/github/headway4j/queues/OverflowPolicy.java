// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

/** What a bounded queue does with an element for which there is no room. One that is shut down refuses it always. */
public enum OverflowPolicy {
    /** Waits for room, in the methods that wait; those that never wait refuse. */
    BLOCK,

    /**
     * Refuses at once. {@code put}, {@code add}, {@code putAll} and {@code addAll} throw {@link QueueFullException},
     * {@code offer} returns false, also the one with a time. Of a batch, what there is room for is put.
     */
    FAIL,

    /** Takes the new element and drops it: it goes to the handler, and the method returns as if it had been put. */
    DROP_NEWEST,

    /**
     * Makes room by dropping the element that has been in the queue longest. It goes to the handler. In a deque it is
     * the one at the other end; in a priority queue the least urgent one, the latest among equals, which is the new one
     * itself if all others are more urgent.
     *
     * <p>Dropping and putting are one step: nothing is dropped while there is room, nor for an element that is refused,
     * however many threads put at the same time.
     */
    DROP_OLDEST
}
