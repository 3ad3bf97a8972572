// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

/**
 * The figures of a {@link ProcessPool}, all of one moment, at which {@code submitted == queued + sent + succeeded +
 * failed + cancelled}. A chunk of a map counts as one task.
 *
 * <p>Read it by its accessors: it may get more components, and is made by pools only.
 *
 * @param ready the number of workers that can run tasks
 * @param starting the number of workers that are being started
 * @param queued tasks in the backlog; cancelled ones do not count
 * @param sent tasks that run, or that were sent to a worker ahead of time
 * @param submitted tasks that were accepted
 * @param succeeded tasks whose result came back
 * @param failed tasks that threw something, timed out or crashed their worker, or that the broken pool dropped
 * @param cancelled tasks that were cancelled, by their futures or by stopping the pool
 * @param crashed of those that failed, how many because their worker ended
 * @param timedOut of those that failed, how many because they ran too long
 * @param started how many worker processes have become ready since the beginning
 * @param shutdown whether the pool was shut down
 * @since 0.1
 */
public record ProcessPoolStats(
        int ready,
        int starting,
        int queued,
        int sent,
        long submitted,
        long succeeded,
        long failed,
        long cancelled,
        long crashed,
        long timedOut,
        long started,
        boolean shutdown) {}
