// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.primitives.WaitQueue;
import org.jspecify.annotations.Nullable;

/** A worker that waits for a task, or for the end. */
final class Idle extends WaitQueue.Waiter {
    /*
     * Lost wake-ups. See WaitQueue. Tasks can be seen in the backlog or in a batch, or are in the hand of a worker that
     * fills its batch. Who puts one into the backlog, or fills a batch, signals afterwards; who shuts down, too. So an
     * attempt that finds nothing because a task is in somebody's hand is made again.
     */

    private final Worker worker;

    /** Owner only: what it got; null after success at the end. */
    @Nullable
    Runnable task;

    Idle(Worker worker) {
        this.worker = worker;
    }

    @Override
    protected boolean attempt() {
        PoolCore core = worker.core;
        task = core.backlog.poll();
        if (task == null) {
            task = worker.steal();
        }
        return task != null || (core.backlog.isTerminated() && core.crew.isIdle());
    }

    @Override
    protected boolean more() {
        PoolCore core = worker.core;
        return !core.backlog.isEmpty() || core.backlog.isTerminated() || !core.crew.isIdle();
    }
}
