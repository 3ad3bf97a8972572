// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A thread parked to wait for a queue. */
@Name("headway.QueueWait")
@Label("Queue Wait")
@Category("Headway")
@Description("A thread parked to wait for room, an element or the end of the work of a queue")
@Threshold("10 ms")
final class QueueWaitEvent extends Event {

    @Label("Queue")
    @Description("Class and identity of the queue; for a wait on several, their number")
    String queue = "";

    @Label("Operation")
    @Description("put, take, join or select")
    String operation = "";

    @Label("Succeeded")
    @Description("Whether the thread got what it waited for; otherwise it was interrupted, its time ran out, or the "
            + "queue was shut down")
    boolean succeeded;

    static @Nullable QueueWaitEvent begin(Object queue, String operation) {
        QueueWaitEvent event = new QueueWaitEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.queue = queue instanceof Selector ? queue.toString() : QueueCore.nameOf(queue);
        event.operation = operation;
        event.begin();
        return event;
    }

    void end(boolean success) {
        end();
        succeeded = success;
        commit();
    }
}
