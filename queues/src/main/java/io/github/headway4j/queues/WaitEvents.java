// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Begins and ends the JFR events of waits. The only class that the queues name, so that they work in a run-time image
 * without the module {@code jdk.jfr}: no event class is loaded there.
 */
final class WaitEvents {

    private static final boolean AVAILABLE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private WaitEvents() {}

    /**
     * Whether there may be a recording. As long as there has been none, making an event for the first time would load
     * and prepare the recorder, which takes more than 100 ms.
     */
    private static boolean isRecorded() {
        return AVAILABLE && FlightRecorder.isInitialized();
    }

    /** The event, or null when nobody records it. */
    static @Nullable Object beginQueueWait(Object queue, String operation) {
        return isRecorded() ? QueueWaitEvent.begin(queue, operation) : null;
    }

    static void endQueueWait(@Nullable Object event, boolean success) {
        if (event != null) {
            ((QueueWaitEvent) event).end(success);
        }
    }
}
