// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** The owner of a {@link TaskScope} parked to wait for subtasks. */
@Name("headway.ScopeWait")
@Label("Scope Wait")
@Category("Headway")
@Description("The owner of a scope of tasks parked to wait for subtasks: to join, to close, or to fork at the limit")
@Threshold("10 ms")
final class ScopeWaitEvent extends Event {

    @Label("Scope")
    @Description("Name, state and number of subtasks of the scope when the wait began")
    String scope = "";

    @Label("Ended")
    @Description("Whether the subtasks ended; otherwise the owner was interrupted or its time ran out")
    boolean ended;

    static @Nullable ScopeWaitEvent begin(ScopeCore scope) {
        ScopeWaitEvent event = new ScopeWaitEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.scope = scope.toString();
        event.begin();
        return event;
    }

    void end(boolean success) {
        end();
        ended = success;
        commit();
    }
}
