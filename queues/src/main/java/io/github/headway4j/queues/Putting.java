// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import io.github.headway4j.primitives.WaitQueue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A thread that waits for room. */
final class Putting<E extends Object> extends WaitQueue.Waiter {
    private final WaitingTaskQueue<E> queue;
    /** Owner only: null when the wait is over, as the list of waiters keeps its last. */
    private @Nullable E element;

    private final boolean first;
    private @Nullable Object event;

    /** Owner only: what the last attempt came to. */
    int result = QueueCore.FULL;

    Putting(WaitingTaskQueue<E> queue, E element, boolean first) {
        this.queue = queue;
        this.element = element;
        this.first = first;
    }

    /** Forgets the element. */
    void finish() {
        element = null;
    }

    @Override
    protected boolean attempt() {
        result = queue.tryPutAt(first, Objects.requireNonNull(element, "element of a wait that goes on"));
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
