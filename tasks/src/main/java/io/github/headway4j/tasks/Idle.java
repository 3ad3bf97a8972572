// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.primitives.WaitQueue;
import org.jspecify.annotations.Nullable;

/** A worker that waits for a task, or for the end. */
final class Idle extends WaitQueue.Waiter {
    /*
     * Lost wake-ups. See WaitQueue. Who puts a task into the backlog, or moves some to the front, signals afterwards;
     * who shuts down, too. While somebody moves tasks, an attempt waits for that, and more may say no: he will signal.
     */

    private final PoolCore core;

    /** Owner only: what it got; null after success at the end. */
    @Nullable
    Runnable task;

    Idle(PoolCore core) {
        this.core = core;
    }

    @Override
    protected boolean attempt() {
        boolean last = core.backlog.isTerminated(); // before the look at what was moved to the front
        task = core.front.poll();
        return task != null || last;
    }

    @Override
    protected boolean more() {
        return !core.backlog.isEmpty() || core.front.hasTasks() || core.backlog.isTerminated();
    }
}
