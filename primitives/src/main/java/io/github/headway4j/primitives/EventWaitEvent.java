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

/** A thread parked to wait for an {@link io.github.headway4j.primitives.Event}. */
@Name("headway.EventWait")
@Label("Event Wait")
@Category("Headway")
@Description("A thread parked to wait for an event to be set")
@Threshold("10 ms")
final class EventWaitEvent extends Event {

    @Label("Event")
    @Description("State and number of waiters of the event when the wait began")
    String event = "";

    @Label("Released")
    @Description("Whether the event was set; otherwise the thread was interrupted or its time ran out")
    boolean released;

    static @Nullable EventWaitEvent begin(io.github.headway4j.primitives.Event awaited) {
        EventWaitEvent event = new EventWaitEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.event = awaited.toString();
        event.begin();
        return event;
    }

    void end(boolean success) {
        end();
        released = success;
        commit();
    }
}
