// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

/**
 * An element and the queue that it was taken from.
 *
 * @param queue the queue
 * @param element the element
 * @param <E> the type of the element
 * @since 0.1
 */
public record Taken<E extends Object>(TaskQueue<? extends E> queue, E element) {}
