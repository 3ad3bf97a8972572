// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

/**
 * The figures of a {@link WorkerPool}, all of one moment, at which {@code submitted == queued + running + succeeded +
 * failed + leftOut + handedBack}. Only {@code ranInCaller} counts tasks that never came into the backlog.
 *
 * <p>Read it by its accessors: it may get more components, and is made by pools only.
 *
 * @param workers the number of threads that have been started and have not ended
 * @param queued tasks in the backlog; cancelled ones stay there until their turn
 * @param running tasks that a worker has taken and that have not ended
 * @param submitted tasks that came into the backlog
 * @param succeeded tasks that ended without throwing
 * @param failed tasks that ended by throwing something
 * @param leftOut tasks whose turn came when they were cancelled, or run already by a task that waited for them
 * @param handedBack tasks that left the backlog without their turn, because the pool was stopped, closed or broken
 * @param ranInCaller tasks that the submitting thread has begun to run itself because the backlog was full
 * @param shutdown whether the pool was shut down
 * @since 0.1
 */
public record PoolStats(
        int workers,
        int queued,
        int running,
        long submitted,
        long succeeded,
        long failed,
        long leftOut,
        long handedBack,
        long ranInCaller,
        boolean shutdown) {}
