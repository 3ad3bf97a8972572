// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A run that has thrown something. */
@Name("headway.FailedRun")
@Label("Failed Run")
@Category("Headway")
@Description("A run of a job or timer that has thrown something")
final class FailedRunEvent extends Event {

    @Label("Scheduler")
    @Description("Identity of the scheduler")
    String scheduler = "";

    @Label("Run Of")
    @Description("The job or timer")
    String of = "";

    @Label("Failure")
    @Description("What was thrown")
    String failure = "";

    static void report(Object scheduler, Object of, Throwable failure) {
        FailedRunEvent event = new FailedRunEvent();
        if (event.isEnabled()) {
            event.scheduler = scheduler.toString();
            event.of = of.toString();
            event.failure = failure.toString();
            event.commit();
        }
    }
}
