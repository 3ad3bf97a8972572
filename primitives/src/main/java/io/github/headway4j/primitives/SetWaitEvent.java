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

/** A thread parked to wait for the holder of a {@link LockedSet}. */
@Name("headway.SetWait")
@Label("Set Wait")
@Category("Headway")
@Description("A thread parked to hold or to change a locked set that another thread held")
@Threshold("10 ms")
final class SetWaitEvent extends Event {

    @Label("Set")
    @Description("State, owner, number of elements and of waiters of the set when the wait began")
    String set = "";

    @Label("Holder")
    @Description("The thread that held the set when the wait began")
    @Nullable
    Thread holder;

    @Label("Acquired")
    @Description("Whether the thread got the set; otherwise it was interrupted or its time ran out")
    boolean acquired;

    static @Nullable SetWaitEvent begin(HoldableTable<?> set) {
        SetWaitEvent event = new SetWaitEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.set = set.describe();
        event.holder = set.owner();
        event.begin();
        return event;
    }

    void end(boolean success) {
        end();
        acquired = success;
        commit();
    }
}
