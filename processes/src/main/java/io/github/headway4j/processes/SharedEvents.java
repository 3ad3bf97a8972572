// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Reports to flight recordings how long threads wait for other processes. The only class that the waits name, so that
 * they work in a run-time image without the module {@code jdk.jfr}: no event class is loaded there. Whatever a
 * recording has against it, these methods return.
 */
final class SharedEvents {

    private static final boolean AVAILABLE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private SharedEvents() {}

    /**
     * Whether there may be a recording. As long as there has been none, making an event for the first time would load
     * and prepare the recorder, which takes more than 100 ms.
     */
    private static boolean isRecorded() {
        return AVAILABLE && FlightRecorder.isInitialized();
    }

    /** A thread is about to sleep; the event, or null when nobody records it. */
    static @Nullable Object beginWait(Object awaited) {
        try {
            return isRecorded() ? SharedWaitEvent.begin(awaited) : null;
        } catch (Throwable trouble) {
            report(trouble);
            return null;
        }
    }

    /** The wait is over. */
    static void endWait(@Nullable Object event, boolean success) {
        if (event != null) {
            try {
                ((SharedWaitEvent) event).end(success);
            } catch (Throwable trouble) {
                report(trouble);
            }
        }
    }

    private static void report(Throwable trouble) {
        Thread current = Thread.currentThread();
        Thread.UncaughtExceptionHandler handler = current.getUncaughtExceptionHandler();
        if (handler != null) {
            handler.uncaughtException(current, trouble);
        }
    }
}
