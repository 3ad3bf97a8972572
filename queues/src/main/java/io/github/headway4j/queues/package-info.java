// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors

/**
 * Task queues: blocking queues that can be shut down without losing an element, and that know when the work is done.
 *
 * <p>Where to start: {@link io.github.headway4j.queues.TaskQueue} is what all have in common.
 * {@link io.github.headway4j.queues.FifoTaskQueue} hands work to other threads in its order,
 * {@link io.github.headway4j.queues.LifoTaskQueue} the newest first,
 * {@link io.github.headway4j.queues.PriorityTaskQueue} the most urgent first,
 * {@link io.github.headway4j.queues.RelaxedPriorityTaskQueue} what is roughly most urgent, to many threads.
 * {@link io.github.headway4j.queues.RingDeque} has two ends and indices.
 * {@link io.github.headway4j.queues.TaskQueues} waits for several queues at once. How a queue is made beyond its order
 * and capacity is said by {@link io.github.headway4j.queues.QueueOptions}, what it does by
 * {@link io.github.headway4j.queues.QueueStats}.
 *
 * <p>The rules for waiting are those of the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks}. Which queue to take when is the subject of the guide {@code docs/queues.md}.
 */
package io.github.headway4j.queues;
