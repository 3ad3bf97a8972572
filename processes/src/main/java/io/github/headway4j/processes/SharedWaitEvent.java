// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A thread slept to wait for something that another process does in shared memory. */
@Name("headway.SharedWait")
@Label("Shared Wait")
@Category("Headway")
@Description("A thread slept to wait for another process")
@Threshold("10 ms")
final class SharedWaitEvent extends Event {

    @Label("Awaited")
    @Description("What the thread waited for, as it was when the wait began")
    String awaited = "";

    @Label("Success")
    @Description("Whether the thread got what it waited for; otherwise it was interrupted or its time ran out")
    boolean success;

    static @Nullable SharedWaitEvent begin(Object awaited) {
        SharedWaitEvent event = new SharedWaitEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.awaited = awaited.toString();
        event.begin();
        return event;
    }

    void end(boolean succeeded) {
        end();
        success = succeeded;
        commit();
    }
}
