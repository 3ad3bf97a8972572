// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import io.github.headway4j.primitives.WaitQueue;
import org.jspecify.annotations.Nullable;

/** A thread that waits until no task is unfinished at some moment since there were so many puts. */
final class Joining extends WaitQueue.Waiter {
    private final QueueLedger<?> queue;
    private final long since;
    private @Nullable Object event;

    Joining(QueueLedger<?> queue, long since) {
        this.queue = queue;
        this.since = since;
    }

    @Override
    protected boolean attempt() {
        return queue.idleSince(since);
    }

    @Override
    protected boolean more() {
        return false; // what lets one go wakes them all
    }

    @Override
    protected void parking() {
        event = WaitEvents.beginQueueWait(queue, "join");
    }

    @Override
    protected void parked(boolean success) {
        WaitEvents.endQueueWait(event, success);
    }
}
