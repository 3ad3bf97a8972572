// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A thread parked to wait for permits of a {@link BoundedSemaphore}. */
@Name("headway.SemaphoreWait")
@Label("Semaphore Wait")
@Category("Headway")
@Description("A thread parked to wait for permits of a semaphore")
@Threshold("10 ms")
final class SemaphoreWaitEvent extends Event {

    @Label("Semaphore")
    @Description("Bound, permits and number of waiters of the semaphore when the wait began")
    String semaphore = "";

    @Label("Permits")
    @Description("The number of permits that the thread asked for")
    int permits;

    @Label("Acquired")
    @Description("Whether the thread got the permits; otherwise it was interrupted or its time ran out")
    boolean acquired;

    static @Nullable SemaphoreWaitEvent begin(BoundedSemaphore semaphore, int permits) {
        SemaphoreWaitEvent event = new SemaphoreWaitEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.semaphore = semaphore.toString();
        event.permits = permits;
        event.begin();
        return event;
    }

    void end(boolean success) {
        end();
        acquired = success;
        commit();
    }
}
