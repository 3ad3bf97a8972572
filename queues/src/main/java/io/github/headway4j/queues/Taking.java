// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import io.github.headway4j.primitives.WaitQueue;
import org.jspecify.annotations.Nullable;

/** A thread that waits for an element. */
final class Taking<E extends Object> extends WaitQueue.Waiter {
    private final BlockingTaskQueue<E> queue;
    private @Nullable Object event;

    /** Owner only: what it got; null after success if the queue is terminated. */
    @Nullable
    E element;

    Taking(BlockingTaskQueue<E> queue) {
        this.queue = queue;
    }

    @Override
    protected boolean attempt() {
        element = queue.tryTake();
        if (element == null && queue.isShutdown()) {
            element = queue.tryTake(); // what was put before the shutdown is there by now
            return true;
        }
        return element != null;
    }

    @Override
    protected boolean more() {
        return queue.isShutdown() || queue.size() > 0;
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
