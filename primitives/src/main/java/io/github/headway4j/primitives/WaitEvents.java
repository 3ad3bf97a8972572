// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Begins and ends the JFR events of waits. The only class that the synchronizers name, so that they work in a run-time
 * image without the module {@code jdk.jfr}: no event class is loaded there.
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
    static @Nullable Object beginMutexWait(Mutex mutex) {
        return isRecorded() ? MutexWaitEvent.begin(mutex) : null;
    }

    static void endMutexWait(@Nullable Object event, boolean success) {
        if (event != null) {
            ((MutexWaitEvent) event).end(success);
        }
    }

    /** The event, or null when nobody records it. */
    static @Nullable Object beginSemaphoreWait(BoundedSemaphore semaphore, int permits) {
        return isRecorded() ? SemaphoreWaitEvent.begin(semaphore, permits) : null;
    }

    static void endSemaphoreWait(@Nullable Object event, boolean success) {
        if (event != null) {
            ((SemaphoreWaitEvent) event).end(success);
        }
    }

    /** The event, or null when nobody records it. */
    static @Nullable Object beginGuardedWait(GuardedMonitor<?> guarded, boolean forCondition) {
        return isRecorded() ? GuardedWaitEvent.begin(guarded, forCondition) : null;
    }

    static void endGuardedWait(@Nullable Object event, boolean success) {
        if (event != null) {
            ((GuardedWaitEvent) event).end(success);
        }
    }

    /** The event, or null when nobody records it. */
    static @Nullable Object beginEventWait(Event awaited) {
        return isRecorded() ? EventWaitEvent.begin(awaited) : null;
    }

    static void endEventWait(@Nullable Object event, boolean success) {
        if (event != null) {
            ((EventWaitEvent) event).end(success);
        }
    }

    /** The event, or null when nobody records it. */
    static @Nullable Object beginBarrierWait(Barrier barrier, int arrivalIndex) {
        return isRecorded() ? BarrierWaitEvent.begin(barrier, arrivalIndex) : null;
    }

    static void endBarrierWait(@Nullable Object event, boolean success) {
        if (event != null) {
            ((BarrierWaitEvent) event).end(success);
        }
    }

    /** The event, or null when nobody records it. */
    static @Nullable Object beginSetWait(HoldableTable<?> set) {
        return isRecorded() ? SetWaitEvent.begin(set) : null;
    }

    static void endSetWait(@Nullable Object event, boolean success) {
        if (event != null) {
            ((SetWaitEvent) event).end(success);
        }
    }
}
