// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import io.github.headway4j.primitives.WaitQueue;
import org.jspecify.annotations.Nullable;

/** A thread that waits for an element. */
final class Taking<E extends Object> extends WaitQueue.Waiter {
    private final WaitingTaskQueue<E> queue;
    private final boolean last;
    private @Nullable Object event;

    /** Owner only: what it got; null after success if the queue is terminated. */
    @Nullable
    E element;

    Taking(WaitingTaskQueue<E> queue, boolean last) {
        this.queue = queue;
        this.last = last;
    }

    @Override
    protected boolean attempt() {
        element = queue.tryTakeAt(last);
        if (element == null && queue.isShutdown()) {
            element = queue.tryTakeAt(last); // what was put before the shutdown is there by now
            return true;
        }
        return element != null;
    }

    @Override
    protected boolean more() {
        return queue.isShutdown() || !queue.isEmpty();
    }

    @Override
    protected void parking() {
        event = WaitEvents.beginQueueWait(queue, "take");
    }

    @Override
    protected void parked(boolean success) {
        WaitEvents.endQueueWait(event, success && element != null);
    }
}
