// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import jdk.jfr.FlightRecorder;

/**
 * Reports to flight recordings what runs late, what fails, and what does not take place. The only class of this kind
 * that schedulers name, so that they work in a run-time image without the module {@code jdk.jfr}: no event class is
 * loaded there. Texts are asked for only if somebody records.
 */
final class RunEvents {

    /** What begins so late, or later, is reported. */
    static final long LATE_NANOS = 10_000_000L;

    private static final boolean AVAILABLE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private RunEvents() {}

    /**
     * Whether there may be a recording. As long as there has been none, making an event for the first time would load
     * and prepare the recorder, which takes more than 100 ms.
     */
    private static boolean isRecorded() {
        return AVAILABLE && FlightRecorder.isInitialized();
    }

    /** The calling thread is about to run an action of the scheduler so many nanoseconds after its moment. */
    static void late(Object scheduler, long lateNanos) {
        if (isRecorded()) {
            LateRunEvent.report(scheduler, lateNanos);
        }
    }

    /** A run of the given job or timer has thrown something, in the calling thread. */
    static void failed(Object scheduler, Object run, Throwable failure) {
        if (isRecorded()) {
            FailedRunEvent.report(scheduler, run, failure);
        }
    }

    /** So many runs of the given job or timer do not take place, for a reason such as {@code "overlap"}. */
    static void skipped(Object scheduler, Object run, String reason, long runs) {
        if (isRecorded()) {
            SkippedRunEvent.report(scheduler, run, reason, runs);
        }
    }
}
