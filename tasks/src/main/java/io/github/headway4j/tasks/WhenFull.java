// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

/**
 * What a {@link WorkerPool} does with a task for which its backlog has no room.
 *
 * @since 0.1
 */
public enum WhenFull {
    /**
     * The submitting thread waits for room: back-pressure. A task of the pool itself does not wait, as room may never
     * come when all workers wait for it; it runs the task in its own thread. The default.
     */
    WAIT,

    /** The task is refused with a {@link java.util.concurrent.RejectedExecutionException}. */
    REJECT,

    /** The submitting thread runs the task itself. */
    CALLER_RUNS
}
