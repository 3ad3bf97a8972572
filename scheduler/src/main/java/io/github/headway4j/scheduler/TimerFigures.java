// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import org.jspecify.annotations.Nullable;

/** What {@link TimerStats} tells, guarded by the lock of the timers. */
final class TimerFigures {

    int pending;
    int running;
    long scheduled;
    long runs;
    long late;
    long failed;
    long missed;
    long skipped;
    long cancelled;
    long dropped;
    long refused;

    /** A run begins, so long after its moment. */
    void begin(long lateNanos) {
        running++;
        runs++;
        if (lateNanos >= RunEvents.LATE_NANOS) {
            late++;
        }
    }

    /** A run ends. */
    void end(@Nullable Throwable failure) {
        running--;
        if (failure != null) {
            failed++;
        }
    }

    TimerStats stats() {
        return new TimerStats(
                pending, running, scheduled, runs, late, failed, missed, skipped, cancelled, dropped, refused);
    }
}
