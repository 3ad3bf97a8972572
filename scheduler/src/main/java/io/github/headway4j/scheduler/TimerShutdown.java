// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call that closes {@link Timers}: drops what is pending, and waits for what is under way. */
final class TimerShutdown {
    /*
     * Who waits for whom. A call from outside waits for all runs and for the thread of the timers. A call from inside,
     * by an action or by what the thread of the timers calls, waits for the runs of others that are not themselves
     * closing. So calls from inside do not wait for each other, nor for anything that waits for them; they are known
     * before they drop anything, as a listener may hear of that.
     *
     * Interrupts. A run is counted under the lock as about to be interrupted, while it has not ended; its thread does
     * not go on to other things before that has happened. So no interrupt reaches what it is not meant for. The thread
     * of the timers begins nothing once they are closed, and may be interrupted as long as it is waited for. Where one
     * action runs inside another, in one thread, both are meant, and the inner one hands on what may have been for the
     * outer one. An interrupt by others at the same time cannot be told from those of a call that closes, and ends with
     * them.
     */

    private final TimerCore core;
    private final Thread thread = Thread.currentThread();

    /** Whether this call is by an action or in the thread of the timers. */
    private boolean inside;

    private boolean interrupted;

    TimerShutdown(TimerCore core) {
        this.core = core;
    }

    /** Closes, waits so long, interrupts what is under way still, and waits so long again. Whether all has ended. */
    boolean close(long nanos) {
        mark(true);
        try {
            drop();
            if (await(nanos, true)) {
                return true;
            }
            interruptRuns();
            return await(nanos, false);
        } finally {
            mark(false);
            if (interrupted) {
                thread.interrupt();
            }
        }
    }

    // ---- one step: nothing begins any more ----

    private void drop() {
        if (core.closed) {
            return;
        }
        BucketQueue<Timeout> empty = new BucketQueue<>();
        Timeout[] dropped;
        boolean waits;
        core.lock.lock();
        try {
            if (core.closed) {
                return;
            }
            Timeout[] stored = core.store.toArray(new Timeout[core.store.size()]);
            dropped = new Timeout[core.figures.pending];
            core.closed = true;
            core.store = empty;
            int count = 0;
            for (Timeout timeout : stored) {
                timeout.place = TimedEntry.NOWHERE;
                count = drop(timeout, dropped, count);
            }
            for (TimerRun run = core.runs.first; run != null; run = run.next) {
                count = drop(run.timeout, dropped, count);
            }
            for (RepeatingTimeout series = core.misplaced; series != null; series = series.nextMisplaced) {
                count = drop(series, dropped, count);
            }
            core.misplaced = null;
            waits = core.endWaitOfWorker();
        } finally {
            core.unlock();
        }
        if (waits && core.worker != null) {
            core.worker.interrupt(); // for clocks that cannot be woken otherwise; it runs nothing any more
        }
        if (core.reports.isHeard()) {
            for (Timeout timeout : dropped) {
                core.reports.dropped(timeout);
            }
        }
    }

    private int drop(@Nullable Timeout timeout, Timeout[] dropped, int count) {
        if (timeout == null || !timeout.isLive()) {
            return count;
        }
        dropped[count] = timeout;
        core.figures.dropped++;
        core.endLife(timeout, TimerPhase.DROPPED);
        return count + 1;
    }

    // ---- waiting for the rest ----

    /** The runs of this thread are about to close, or have done. */
    private void mark(boolean closing) {
        core.lock.lock();
        try {
            inside = core.isWorker();
            for (TimerRun run = core.runs.first; run != null; run = run.next) {
                if (run.thread == thread) {
                    inside = true;
                    run.closing = closing;
                }
            }
            core.ending.note();
        } finally {
            core.unlock();
        }
    }

    /** Waits until all has ended, at most so long; an impatient wait ends when the thread is interrupted. */
    private boolean await(long nanos, boolean impatient) {
        long deadline = System.nanoTime() + nanos;
        for (; ; ) {
            long seen;
            core.lock.lock();
            try {
                if (isOver()) {
                    return true;
                }
                seen = core.ending.seen();
            } finally {
                core.unlock();
            }
            long left = nanos <= 0L ? 0L : deadline - System.nanoTime();
            if (left <= 0L) {
                return false;
            }
            try {
                core.ending.await(seen, left);
            } catch (InterruptedException e) {
                interrupted = true;
                if (impatient) {
                    return false;
                }
            }
        }
    }

    private boolean isOver() {
        for (TimerRun run = core.runs.first; run != null; run = run.next) {
            if (isWaitedFor(run)) {
                return false;
            }
        }
        return inside || !core.workerRuns();
    }

    private boolean isWaitedFor(TimerRun run) {
        return run.begun && run.thread != thread && !(inside && run.closing);
    }

    /** Interrupts what is waited for. What an interrupt throws, which may run foreign code, is reported. */
    private void interruptRuns() {
        List<TimerRun> found = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        boolean worker;
        core.lock.lock();
        try {
            for (TimerRun run = core.runs.first; run != null; run = run.next) {
                if (isWaitedFor(run) && run.thread != null) {
                    found.add(run);
                    threads.add(run.thread);
                }
            }
            for (TimerRun run : found) {
                run.interrupts++;
                run.interrupted = true;
            }
            worker = !inside && core.workerRuns() && core.executor != null;
        } finally {
            core.unlock();
        }
        for (int i = 0; i < found.size(); i++) {
            try {
                interrupt(threads.get(i));
            } finally {
                noteInterrupt(found.get(i));
            }
        }
        if (worker && core.worker != null) {
            core.worker.interrupt(); // it may be with the executor, or with what hears reports
        }
    }

    static void interrupt(Thread thread) {
        try {
            thread.interrupt();
        } catch (Throwable trouble) {
            TimerReports.uncaught(trouble);
        }
    }

    private void noteInterrupt(TimerRun run) {
        core.lock.lock();
        try {
            run.interrupts--;
            core.ending.note();
        } finally {
            core.unlock();
        }
    }
}
