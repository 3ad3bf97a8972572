// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Reports to flight recordings how long owners wait, and what fails. The only class of this kind that scopes name, so
 * that they work in a run-time image without the module {@code jdk.jfr}: no event class is loaded there. Whatever a
 * recording has against it, these methods return.
 */
final class ScopeEvents {

    private static final boolean AVAILABLE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private ScopeEvents() {}

    /**
     * Whether there may be a recording. As long as there has been none, making an event for the first time would load
     * and prepare the recorder, which takes more than 100 ms.
     */
    private static boolean isRecorded() {
        return AVAILABLE && FlightRecorder.isInitialized();
    }

    /** The owner is about to park; the event, or null when nobody records it. */
    static @Nullable Object beginWait(ScopeCore scope) {
        try {
            return isRecorded() ? ScopeWaitEvent.begin(scope) : null;
        } catch (Throwable trouble) {
            Failures.uncaught(trouble);
            return null;
        }
    }

    /** The wait is over. */
    static void endWait(@Nullable Object event, boolean success) {
        if (event != null) {
            try {
                ((ScopeWaitEvent) event).end(success);
            } catch (Throwable trouble) {
                Failures.uncaught(trouble);
            }
        }
    }

    /** The subtask has thrown something, in the calling thread. */
    static void failed(ForkedTask<?> subtask, Throwable failure) {
        try {
            if (isRecorded()) {
                FailedSubtaskEvent.report(subtask, failure);
            }
        } catch (Throwable trouble) {
            Failures.uncaught(trouble);
        }
    }
}
