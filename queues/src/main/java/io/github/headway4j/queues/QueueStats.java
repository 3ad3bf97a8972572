// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

/**
 * The figures of a queue. All but the numbers of waiting threads are of one moment, at which
 * {@code put == taken + removed + size}. To find such a moment {@link TaskQueue#stats()} waits for calls that remove or
 * drop elements and are half-way, and, when there is always one, has new ones and {@code taskDone} wait a little.
 *
 * <p>Read it by its accessors: it may get more components, and is made by queues only.
 *
 * @param size the number of elements in the queue
 * @param capacity the most elements that it holds; {@code Integer.MAX_VALUE} for a queue that grows
 * @param unfinished the number of elements that entered, were not reported by {@code taskDone}, and did not leave
 *     otherwise than by being taken
 * @param put the number of elements that entered since the queue was made
 * @param taken the number of elements that were taken, drained included
 * @param removed the number of elements that left otherwise: removed, cleared, replaced, pushed out or handed back
 * @param dropped the number of elements that an overflow policy dropped, whether or not they had entered
 * @param waitingPutters the number of threads that wait for room, counted right after that moment
 * @param waitingTakers the number of threads that wait for an element, of this queue alone or of several, counted
 *     right after that moment
 * @param shutdown whether the queue was shut down
 * @since 0.1
 */
public record QueueStats(
        int size,
        int capacity,
        long unfinished,
        long put,
        long taken,
        long removed,
        long dropped,
        int waitingPutters,
        int waitingTakers,
        boolean shutdown) {}
