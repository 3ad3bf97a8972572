// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/** An action that begins 10 ms or more after its moment. */
@Name("headway.LateRun")
@Label("Late Run")
@Category("Headway")
@Description("An action that begins 10 ms or more after the moment for which it was planned")
final class LateRunEvent extends Event {

    @Label("Scheduler")
    @Description("Identity of the scheduler, and how much was left to do when the action was about to begin")
    String scheduler = "";

    @Label("Late By")
    @Description("How long after its moment the action began")
    @Timespan(Timespan.NANOSECONDS)
    long lateBy;

    static void report(Object scheduler, long lateNanos) {
        LateRunEvent event = new LateRunEvent();
        if (event.isEnabled()) {
            event.scheduler = scheduler.toString();
            event.lateBy = lateNanos;
            event.commit();
        }
    }
}
