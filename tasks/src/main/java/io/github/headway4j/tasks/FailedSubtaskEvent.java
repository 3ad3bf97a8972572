// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A subtask of a {@link TaskScope} threw something. */
@Name("headway.FailedSubtask")
@Label("Failed Subtask")
@Category("Headway")
@Description("A subtask of a scope of tasks threw something")
final class FailedSubtaskEvent extends Event {

    @Label("Subtask")
    @Description("The number of the subtask, and its scope")
    String subtask = "";

    @Label("Failure")
    @Description("What it threw")
    String failure = "";

    static void report(ForkedTask<?> subtask, Throwable failure) {
        FailedSubtaskEvent event = new FailedSubtaskEvent();
        if (event.shouldCommit()) {
            event.subtask = subtask.toString();
            event.failure = failure.toString();
            event.commit();
        }
    }
}
