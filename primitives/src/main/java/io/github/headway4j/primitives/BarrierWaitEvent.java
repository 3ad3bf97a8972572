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

/** A party parked to wait for the others at a {@link Barrier}. */
@Name("headway.BarrierWait")
@Label("Barrier Wait")
@Category("Headway")
@Description("A party parked to wait for the others at a barrier")
@Threshold("10 ms")
final class BarrierWaitEvent extends Event {

    @Label("Barrier")
    @Description("Parties, arrivals and state of the barrier when the wait began")
    String barrier = "";

    @Label("Arrival Index")
    @Description("How many parties had arrived before this one; -1 for a thread that waited for an action to end first")
    int arrivalIndex;

    @Label("Released")
    @Description("Whether all parties arrived; otherwise the barrier broke, or this party left")
    boolean released;

    static @Nullable BarrierWaitEvent begin(Barrier barrier, int arrivalIndex) {
        BarrierWaitEvent event = new BarrierWaitEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.barrier = barrier.toString();
        event.arrivalIndex = arrivalIndex;
        event.begin();
        return event;
    }

    void end(boolean success) {
        end();
        released = success;
        commit();
    }
}
