// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import org.jspecify.annotations.Nullable;

/**
 * Begins and ends the JFR events of waits. The only class that the synchronizers name, so that they work in a run-time
 * image without the module {@code jdk.jfr}: no event class is loaded there.
 */
final class WaitEvents {

    private static final boolean AVAILABLE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private WaitEvents() {}

    /** The event, or null when nobody records it. */
    static @Nullable Object beginMutexWait(Mutex mutex) {
        return AVAILABLE ? MutexWaitEvent.begin(mutex) : null;
    }

    static void endMutexWait(@Nullable Object event, boolean success) {
        if (event != null) {
            ((MutexWaitEvent) event).end(success);
        }
    }

    /** The event, or null when nobody records it. */
    static @Nullable Object beginSemaphoreWait(BoundedSemaphore semaphore, int permits) {
        return AVAILABLE ? SemaphoreWaitEvent.begin(semaphore, permits) : null;
    }

    static void endSemaphoreWait(@Nullable Object event, boolean success) {
        if (event != null) {
            ((SemaphoreWaitEvent) event).end(success);
        }
    }

    /** The event, or null when nobody records it. */
    static @Nullable Object beginGuardedWait(GuardedMonitor<?> guarded, boolean forCondition) {
        return AVAILABLE ? GuardedWaitEvent.begin(guarded, forCondition) : null;
    }

    static void endGuardedWait(@Nullable Object event, boolean success) {
        if (event != null) {
            ((GuardedWaitEvent) event).end(success);
        }
    }

    /** The event, or null when nobody records it. */
    static @Nullable Object beginEventWait(Event awaited) {
        return AVAILABLE ? EventWaitEvent.begin(awaited) : null;
    }

    static void endEventWait(@Nullable Object event, boolean success) {
        if (event != null) {
            ((EventWaitEvent) event).end(success);
        }
    }

    /** The event, or null when nobody records it. */
    static @Nullable Object beginBarrierWait(Barrier barrier, int arrivalIndex) {
        return AVAILABLE ? BarrierWaitEvent.begin(barrier, arrivalIndex) : null;
    }

    static void endBarrierWait(@Nullable Object event, boolean success) {
        if (event != null) {
            ((BarrierWaitEvent) event).end(success);
        }
    }

    /** The event, or null when nobody records it. */
    static @Nullable Object beginSetWait(HoldableTable<?> set) {
        return AVAILABLE ? SetWaitEvent.begin(set) : null;
    }

    static void endSetWait(@Nullable Object event, boolean success) {
        if (event != null) {
            ((SetWaitEvent) event).end(success);
        }
    }
}
