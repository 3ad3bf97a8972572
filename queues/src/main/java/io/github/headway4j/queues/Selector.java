// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import io.github.headway4j.primitives.WaitQueue;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One thread that waits for several queues. */
final class Selector extends WaitQueue.Waiter {
    /*
     * The thread looks at all queues. If there is nothing, it enlists itself at each of them, looks again, then sleeps
     * in a WaitQueue of its own, which whoever puts or shuts down signals. Lost wake-ups: a put changes the store, then
     * reads the queue's selectors; the selector enlists, then reads the store, all volatile. A signal that comes to a
     * selector that leaves deprives nobody: a put signals the queue's own takers and each selector.
     */

    private final List<BlockingTaskQueue<?>> queues;
    private final int start;
    private final WaitQueue self;
    private @Nullable Object event;

    /** Owner only: what it got; null after success if all queues are terminated. */
    @Nullable
    Object element;

    /** Owner only: where the element came from. */
    private @Nullable TaskQueue<?> source;

    /** A selector that looks at the queues in order, from the given one on. */
    @SuppressWarnings("nullness:argument") // only kept, to be shown in thread dumps
    Selector(List<BlockingTaskQueue<?>> queues, int start) {
        this.queues = queues;
        this.start = start;
        self = WaitQueue.barging(this, queues.get(0).parker);
    }

    /** Waits as long as told. False if the time ran out. */
    boolean await(boolean timed, long nanos) throws InterruptedException {
        QueueLedger.throwIfInterrupted();
        if (attempt()) {
            return true;
        }
        if (timed && nanos <= 0L) {
            return false;
        }
        try {
            for (BlockingTaskQueue<?> queue : queues) {
                queue.enlist(this);
            }
            if (timed) {
                return self.await(this, nanos);
            }
            self.await(this);
            return true;
        } finally {
            for (BlockingTaskQueue<?> queue : queues) {
                queue.delist(this);
            }
        }
    }

    void signal() {
        self.signal();
    }

    @Override
    protected boolean attempt() {
        int terminated = 0;
        for (int i = 0; i < queues.size(); i++) {
            BlockingTaskQueue<?> queue = queues.get((start + i) % queues.size());
            boolean ended = queue.isShutdown(); // before the look for an element
            element = queue.poll();
            if (element != null) {
                source = queue;
                return true;
            }
            if (ended) {
                terminated++;
            }
        }
        return terminated == queues.size();
    }

    /** Where the element came from. */
    TaskQueue<?> source() {
        return Objects.requireNonNull(source, "no element taken");
    }

    @Override
    protected boolean more() {
        return false; // nobody else waits here
    }

    @Override
    protected void parking() {
        event = WaitEvents.beginQueueWait(this, "select");
    }

    @Override
    protected void parked(boolean success) {
        WaitEvents.endQueueWait(event, success && element != null);
    }

    /** How many queues, in one line; thread dumps show the selector as what its thread waits for. */
    @Override
    public String toString() {
        return "Selector[" + queues.size() + " queues]";
    }
}
