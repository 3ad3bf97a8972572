// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.queues.pipeline;

import java.time.Duration;

/**
 * How elements went through a queue.
 *
 * @param queue its name
 * @param capacity for how many elements there is room
 * @param most the most elements that somebody saw in it right after a put
 * @param waits how many puts waited for room
 * @param waited how long they waited, all in all
 * @param handedBack how many elements were handed back
 */
public record Flow(String queue, int capacity, int most, long waits, Duration waited, int handedBack) {}
