// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import io.github.headway4j.primitives.WaitQueue;
import org.jspecify.annotations.Nullable;

/** A thread that waits for room. */
final class Putting<E extends Object> extends WaitQueue.Waiter {
    private final WaitingTaskQueue<E> queue;
    private final E element;
    private final long key;
    private final boolean first;
    private @Nullable Object event;

    /** Owner only: what the last attempt came to. */
    int result = QueueCore.FULL;

    Putting(WaitingTaskQueue<E> queue, E element, long key, boolean first) {
        this.queue = queue;
        this.element = element;
        this.key = key;
        this.first = first;
    }

    @Override
    protected boolean attempt() {
        result = queue.tryPutAt(first, element, key);
        return result != QueueCore.FULL;
    }

    @Override
    protected boolean more() {
        return queue.isShutdown() || !queue.isFull();
    }

    @Override
    protected void parking() {
        event = WaitEvents.beginQueueWait(queue, "put");
    }

    @Override
    protected void parked(boolean success) {
        WaitEvents.endQueueWait(event, success && result == QueueCore.PUT);
    }
}
