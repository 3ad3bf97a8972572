// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import org.jspecify.annotations.Nullable;

/** The runs that have been taken and have not ended, guarded by the lock of the timers. */
final class TimerRunList {

    /** The last one that was taken; the others follow. */
    @Nullable
    TimerRun first;

    void add(TimerRun run) {
        TimerRun old = first;
        run.next = old;
        if (old != null) {
            old.previous = run;
        }
        first = run;
    }

    void remove(TimerRun run) {
        TimerRun before = run.previous;
        TimerRun after = run.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
            run.previous = null;
        }
        if (after != null) {
            after.previous = before;
            run.next = null;
        }
    }

    /** Whether the calling thread runs one that is interrupted by those who close the timers. */
    boolean hasInterruptedOneOfThisThread() {
        Thread current = Thread.currentThread();
        for (TimerRun run = first; run != null; run = run.next) {
            if (run.thread == current && run.interrupted) {
                return true;
            }
        }
        return false;
    }

    /** Whether the calling thread runs the given timeout, or any if it is null. */
    boolean hasOneOfThisThread(@Nullable Timeout timeout) {
        Thread current = Thread.currentThread();
        for (TimerRun run = first; run != null; run = run.next) {
            if (run.thread == current && (timeout == null || run.timeout == timeout)) {
                return true;
            }
        }
        return false;
    }
}
