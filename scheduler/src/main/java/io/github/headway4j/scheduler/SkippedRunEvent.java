// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** Runs that were due and do not take place. */
@Name("headway.SkippedRun")
@Label("Skipped Run")
@Category("Headway")
@Description("Runs of a job or timer that do not take place")
final class SkippedRunEvent extends Event {

    @Label("Scheduler")
    @Description("Identity of the scheduler")
    String scheduler = "";

    @Label("Run Of")
    @Description("The job or timer")
    String of = "";

    @Label("Reason")
    @Description("Why they do not take place")
    String reason = "";

    @Label("Runs")
    @Description("How many of them do not take place")
    long runs;

    static void report(Object scheduler, Object of, String reason, long runs) {
        SkippedRunEvent event = new SkippedRunEvent();
        if (event.isEnabled()) {
            event.scheduler = scheduler.toString();
            event.of = of.toString();
            event.reason = reason;
            event.runs = runs;
            event.commit();
        }
    }
}
