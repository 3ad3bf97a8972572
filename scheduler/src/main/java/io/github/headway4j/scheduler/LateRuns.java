// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

/**
 * Reports actions that begin late to flight recordings. The only class that the scheduler names, so that it works in a
 * run-time image without the module {@code jdk.jfr}: no event class is loaded there.
 */
final class LateRuns {

    /** What begins later than this is reported. */
    static final long LATE_NANOS = 10_000_000L;

    private static final boolean AVAILABLE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private LateRuns() {}

    /** The calling thread is about to run an action so many nanoseconds after its moment. */
    static void report(EventScheduler scheduler, long lateNanos) {
        if (AVAILABLE) {
            LateRunEvent.report(scheduler, lateNanos);
        }
    }
}
