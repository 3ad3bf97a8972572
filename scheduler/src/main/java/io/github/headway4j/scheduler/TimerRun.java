// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A run of a timeout: what the executor gets, or what the thread of the timers does itself, which has one for all its
 * runs.
 */
final class TimerRun implements Runnable {
    /*
     * Life. taken (the timeout has left the store for it) --> begun --> ended. All the time it is listed, so those who
     * close the timers know of it; the one of the thread stays listed from its first taking on. One that was handed
     * over may not begin because it was refused, or because its timeout was cancelled or dropped meanwhile.
     *
     * Access modes. Fields are guarded by the lock of the timers, or belong to the thread that runs it, from its
     * beginning to its end.
     */

    // ---- guarded by the lock; the thread that runs it may read them without ----

    @Nullable
    Timeout timeout;

    /** The moment for which it was planned. */
    long planned;

    /** The moment at which it began. */
    long began;

    boolean begun;

    /** Who runs it, from its beginning on. */
    @Nullable
    Thread thread;

    /** Whether it is about to close the timers, and so does not end before others do. */
    boolean closing;

    /** How many threads are about to interrupt it. It waits for them before it lets its thread go. */
    int interrupts;

    /** Whether it has been interrupted, or is about to be, by those who close the timers. */
    boolean interrupted;

    /** Whether the executor did not take it, so that it must not begin. */
    boolean refused;

    boolean isListed;

    @Nullable
    TimerRun previous;

    @Nullable
    TimerRun next;

    /** How many runs of the series were left out, and whether this one is, to be told when the lock is free. */
    long missed;

    boolean skipped;

    /** As missed, because of the pause after a failure; of this series. */
    long pausedOver;

    @Nullable
    RepeatingTimeout pausing;

    // ---- of the thread that runs it ----

    /** From its beginning until it is called. */
    @Nullable
    Runnable action;

    @Nullable
    Throwable failure;

    private final TimerCore core;

    /** Whether it serves one run after the other, all in one thread. */
    final boolean stays;

    TimerRun(TimerCore core, boolean stays) {
        this.core = core;
        this.stays = stays;
    }

    // ---- under the lock ----

    /** The timeout has left the store to run. */
    void take(Timeout due) {
        timeout = due;
        planned = due.time;
        begun = false;
        failure = null;
    }

    /** By the thread of the timers: whether it has taken this one from the store, and not called or handed it yet. */
    boolean isClaimed() {
        return stays ? action != null : isListed;
    }

    void begin(Runnable toRun, long now) {
        action = toRun;
        if (thread == null) {
            thread = Thread.currentThread();
        }
        began = now;
        begun = true;
    }

    /** A failure has put off its series, which leaves out so many runs. */
    void leaveOut(RepeatingTimeout series, long runs) {
        if (runs > 0L) {
            pausing = series;
            pausedOver = runs;
        }
    }

    /** It is over, and holds nothing. */
    void end() {
        timeout = null;
        failure = null;
        begun = false;
        if (!stays) {
            thread = null;
        }
    }

    /** How long after its moment it began. */
    long lateNanos() {
        return Math.max(0L, Moments.minus(began, planned));
    }

    // ---- running ----

    /** By the executor. */
    @Override
    public void run() {
        if (core.begin(this)) {
            call();
        }
    }

    /** Hands it to the executor. */
    void hand(Executor executor) {
        try {
            executor.execute(this);
        } catch (Throwable refusal) {
            core.refuse(this, refusal);
        }
    }

    /** Runs the action, and once more for each run that has waited for its end. */
    void call() {
        boolean again;
        do {
            callOnce();
            again = core.finish(this);
            tell();
        } while (again);
        if (interrupted) {
            endInterrupt();
        }
    }

    /** What interrupted the action is not for what follows, unless that is another action that was interrupted. */
    private void endInterrupt() {
        if (core.awaitInterrupts(this)) {
            Thread.currentThread().interrupt();
        } else {
            Thread.interrupted();
        }
    }

    /** Runs the action, and reports what it throws. */
    void callOnce() {
        Timeout ran = timeout;
        Runnable running = action;
        if (ran == null || running == null) {
            throw new AssertionError("a run without an action");
        }
        TimerReports reports = core.reports;
        long lateNanos = lateNanos();
        if (lateNanos >= RunEvents.LATE_NANOS && !core.isVirtual()) {
            reports.late(lateNanos);
        }
        action = null;
        Throwable thrown = null;
        try {
            running.run();
        } catch (Throwable any) {
            thrown = any;
        }
        failure = thrown;
        long nanos = reports.isHeard() ? core.nowOr(began) - began : 0L;
        if (thrown != null) {
            reports.failed(ran, thrown);
        }
        reports.ran(ran, lateNanos, nanos, thrown);
    }

    /** Tells what was left out. */
    void tell() {
        long left = missed;
        boolean isSkipped = skipped;
        RepeatingTimeout failed = pausing;
        missed = 0L;
        skipped = false;
        pausing = null;
        if (timeout instanceof RepeatingTimeout series) {
            if (left > 0L) {
                core.reports.missed(series, left);
            }
            if (isSkipped) {
                core.reports.skipped(series);
            }
        }
        if (failed != null) {
            core.reports.missed(failed, pausedOver);
        }
    }
}
