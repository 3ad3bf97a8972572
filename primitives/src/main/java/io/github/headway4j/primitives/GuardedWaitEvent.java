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

/** A thread parked to wait for a {@link Guarded} value. */
@Name("headway.GuardedWait")
@Label("Guarded Wait")
@Category("Headway")
@Description("A thread parked to wait for a guarded value: for its lock, or for a condition")
@Threshold("10 ms")
final class GuardedWaitEvent extends Event {

    @Label("Guarded")
    @Description("State, owner and numbers of waiters of the guarded value when the wait began")
    String guarded = "";

    @Label("Holder")
    @Description("The thread that held the lock when the wait began")
    @Nullable
    Thread holder;

    @Label("For Condition")
    @Description("Whether the thread waited for a condition; otherwise it waited for the lock")
    boolean forCondition;

    @Label("Acquired")
    @Description("Whether the thread got what it waited for; otherwise it was interrupted or its time ran out")
    boolean acquired;

    static @Nullable GuardedWaitEvent begin(GuardedMonitor<?> guarded, boolean forCondition) {
        GuardedWaitEvent event = new GuardedWaitEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.guarded = guarded.toString();
        event.holder = guarded.owner();
        event.forCondition = forCondition;
        event.begin();
        return event;
    }

    void end(boolean success) {
        end();
        acquired = success;
        commit();
    }
}
