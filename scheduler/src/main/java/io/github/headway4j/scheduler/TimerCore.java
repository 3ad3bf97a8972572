// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** What happens to the timeouts of {@link Timers}: the life of each, and of its runs. */
final class TimerCore extends TimerStore {
    /*
     * Model. A store of timeouts in order, under a lock. Times in it are counted from the making of the timers, so that
     * they can be compared although nanoTime may overflow.
     *
     *   schedule:  insert; if it is before what the thread waits for: wake it
     *   cancel:    remove, and the timeout is over
     *   thread:    loop { end the last run, take the first timeout if it is due; none: wait until it is, or woken }
     *   a series:  is inserted again in the section that takes it
     *   an executor's run: is listed when it is taken, and begins in a section of its own if the timeout is still live
     *
     * Why one lock. A section takes some tens of nanoseconds as a rule. Now and then one spreads a slot of the store,
     * or moves it to more or less memory, and takes as long as that is large; each entry pays for that a few times in
     * its life. What depends on how much is under way is to wait for an end, and to close. What the lock buys: a
     * cancelled timeout is gone at once, the figures are exact, and closing is one step. Who ends a run and who takes
     * the next one is the same thread, and does both in one section.
     *
     * Linearization points. Of each method: in its section. A timeout that is not a series begins when its state
     * becomes RUNNING, and is cancelled when it becomes CANCELLED; both happen to a live one, under the lock, so not
     * both. The timers are closed when closed is written.
     *
     * Lost wake-ups. Of the thread: see TimerAlarm. Of those who wait for an end: see TimeoutEnd. Of those who close:
     * see TimerEnding. Wherever something changes for them it is noted under the lock, and unlock wakes them.
     */

    /** What has come of looking for something to do. */
    enum Turn {
        /** Nothing is due. */
        NOTHING,

        /** A run is to take place. */
        RUN,

        /** A run was due and does not take place. */
        LEFT_OUT,

        /** Nothing will ever be due. */
        CLOSED
    }

    final TimerReports reports;

    /** Null for the thread of the timers, or the one that moves the clock. */
    final @Nullable Executor executor;

    /** Null if the time is virtual. */
    final @Nullable TimerWorker worker;

    private final int maxPending;

    /** The seed of the next series. The generator is asked for the first one, and never again. */
    private final AtomicLong seeds;

    /** Guarded by the lock: whether the thread of the timers has been started and has not ended. */
    private boolean workerRuns;

    @SuppressWarnings({"nullness:argument", "nullness:initialization"}) // only kept by the worker, which begins later
    TimerCore(Timers timers, TimerOptions options) {
        super(timers, options);
        reports = new TimerReports(timers, options);
        executor = options.executor;
        maxPending = options.maxPending;
        seeds = new AtomicLong(options.random().nextLong());
        worker = isVirtual() ? null : new TimerWorker(this, options);
    }

    // ---- scheduling and cancelling ----

    Timeout schedule(long at, int priority, Runnable action) {
        SingleTimeout timeout = new SingleTimeout(this, Math.min(at, Agenda.NEVER - 1L), priority, action);
        admit(timeout);
        return timeout;
    }

    RepeatingTimeout every(long period, Runnable action, RepeatOptions options) {
        Long delay = options.initialDelay;
        long first = Moments.plus(now(), delay == null ? period : delay);
        RepeatingTimeout series = new RepeatingTimeout(
                this,
                Math.min(first, Agenda.NEVER - 1L - options.jitter),
                new Jitter(seeds.getAndAdd(Jitter.STEP), options.jitter),
                period,
                action,
                options);
        admit(series);
        return series;
    }

    private void admit(Timeout timeout) {
        if (worker != null) {
            worker.ensureStarted();
        }
        lock.lock();
        try {
            if (closed) {
                throw new RejectedExecutionException("scheduling after the timers were closed");
            }
            if (figures.pending >= maxPending) {
                throw new RejectedExecutionException(
                        figures.pending + " timeouts are pending; at most " + maxPending + " may be");
            }
            insert(timeout);
            figures.pending++;
            figures.scheduled++;
        } finally {
            unlock();
        }
    }

    Timeout.Cancellation cancel(Timeout timeout) {
        Timeout.Cancellation result;
        lock.lock();
        try {
            if (!timeout.isLive()) {
                return timeout.isEnding() ? Timeout.Cancellation.RUNNING : Timeout.Cancellation.DONE;
            }
            if (timeout.place != TimedEntry.NOWHERE) {
                store.remove(timeout);
            }
            figures.cancelled++;
            endLife(timeout, TimerPhase.CANCELLED);
            result = timeout.isEnding() ? Timeout.Cancellation.RUNNING : Timeout.Cancellation.PREVENTED;
        } finally {
            unlock();
        }
        reports.cancelled(timeout);
        return result;
    }

    /** Changes a series, and puts it where it belongs then. Whether anything has changed. */
    boolean change(RepeatingTimeout series, LongPredicate change) {
        long now = now();
        lock.lock();
        try {
            boolean changed = change.test(now);
            if (changed) {
                place(series);
            }
            return changed;
        } finally {
            unlock();
        }
    }

    // ---- taking what is due ----

    /** By the thread of the timers: ends its last run, and takes the first timeout that is due, or prepares to wait. */
    Turn turn(TimerRun run, long now) {
        lock.lock();
        try {
            if (run.isClaimed() || (run.begun && endRun(run, now))) {
                return Turn.RUN;
            }
            run.timeout = null;
            Turn turn = claim(run, now);
            if (turn == Turn.NOTHING && run.pausing != null) {
                return Turn.LEFT_OUT; // that is to be told before anything is waited for
            }
            if (turn == Turn.NOTHING) {
                alarm.prepare(store.size() == 0 ? Agenda.NEVER : store.waitTime(now));
            }
            return turn;
        } finally {
            unlock();
        }
    }

    /** By the thread of the timers, after a step that failed: ends what has run. Whether there may be more to do. */
    boolean recover(TimerRun run) {
        if (run.begun && !run.isClaimed()) {
            finish(run);
        }
        return !closed || run.isClaimed();
    }

    @Override
    boolean runFirst(long limit) {
        TimerRun run = new TimerRun(this, false);
        Turn turn = take(run, limit);
        run.tell();
        if (turn == Turn.RUN) {
            if (executor == null) {
                run.call();
            } else {
                run.hand(executor);
            }
        }
        return turn == Turn.RUN || turn == Turn.LEFT_OUT;
    }

    private Turn take(TimerRun run, long limit) {
        lock.lock();
        try {
            return claim(run, limit);
        } finally {
            unlock();
        }
    }

    private Turn claim(TimerRun run, long limit) {
        if (closed) {
            return Turn.CLOSED;
        }
        placeMisplaced();
        long now = agenda == null || store.size() == 0 ? limit : agenda.moveTo(store.firstTime(limit), limit);
        Timeout due = store.pollFirst(limit);
        if (due == null) {
            return Turn.NOTHING;
        }
        alarm.nobodyWaits();
        run.take(due);
        if (due instanceof RepeatingTimeout series && !claimSeries(series, run, now)) {
            return Turn.LEFT_OUT;
        }
        if (!run.isListed) {
            run.isListed = true;
            runs.add(run);
        }
        if (executor == null) {
            begin(run, due, now, false);
        }
        return Turn.RUN;
    }

    /** Whether a run of a series that is due takes place. Plans the next one. */
    private boolean claimSeries(RepeatingTimeout series, TimerRun run, long now) {
        long before = series.missedSoFar();
        boolean takesPlace = series.claim(now);
        run.missed = series.missedSoFar() - before;
        figures.missed += run.missed;
        if (takesPlace && series.isFull()) {
            takesPlace = false;
            run.skipped = series.turnAway();
            figures.skipped += run.skipped ? 1L : 0L;
        }
        if (takesPlace && executor != null) {
            series.hand();
        }
        place(series);
        return takesPlace;
    }

    // ---- runs ----

    /** By the executor: whether the run takes place. */
    boolean begin(TimerRun run) {
        long now = nowOr(run.planned);
        lock.lock();
        try {
            Timeout timeout = run.timeout;
            if (timeout == null || run.begun || run.refused) {
                return false;
            }
            if (timeout.isLive()) {
                begin(run, timeout, now, true);
                return true;
            }
            forget(run);
            return false;
        } finally {
            unlock();
        }
    }

    private void begin(TimerRun run, Timeout timeout, long now, boolean wasHanded) {
        run.begin(timeout.action(), now);
        figures.begin(run.lateNanos());
        if (timeout instanceof RepeatingTimeout series) {
            series.begin(wasHanded);
        } else {
            endLife(timeout, TimerPhase.RUNNING);
        }
    }

    /** By whoever has run it: it has ended. Whether it is to be run once more, for one that has waited. */
    boolean finish(TimerRun run) {
        long now = run.timeout instanceof RepeatingTimeout ? nowOr(run.began) : run.began;
        lock.lock();
        try {
            return endRun(run, now);
        } finally {
            unlock();
        }
    }

    private boolean endRun(TimerRun run, long now) {
        figures.end(run.failure);
        Timeout timeout = run.timeout;
        if (timeout instanceof RepeatingTimeout series) {
            if (endRunOf(series, run, now)) {
                return true;
            }
        } else if (timeout != null) {
            become(timeout, TimerPhase.DONE);
        }
        if (run.stays) {
            run.end();
            noteEnd();
        } else {
            forget(run);
        }
        return false;
    }

    /** Whether the next run is to begin, which has waited for this one. */
    private boolean endRunOf(RepeatingTimeout series, TimerRun run, long now) {
        long before = series.missedSoFar();
        boolean ends = series.end(run.failure, now);
        run.leaveOut(series, series.missedSoFar() - before);
        figures.missed += series.missedSoFar() - before;
        if (!series.isLive()) {
            if (!series.hasRunUnderWay()) {
                become(series, TimerPhase.DONE);
            }
            return false;
        }
        if (ends) {
            if (series.place != TimedEntry.NOWHERE) {
                store.remove(series);
            }
            endLife(series, TimerPhase.DONE);
            return false;
        }
        place(series);
        if (!series.takeWaiting()) {
            return false;
        }
        run.planned = now;
        run.failure = null;
        begin(run, series, now, false);
        return true;
    }

    private void forget(TimerRun run) {
        runs.remove(run);
        run.isListed = false;
        run.end();
        noteEnd();
    }

    /** Those who close are the only ones who wait for the end of runs. */
    private void noteEnd() {
        if (closed) {
            ending.note();
        }
    }

    /**
     * By whoever has run it: waits until nobody is about to interrupt it any more. Whether it has done so inside
     * another run, which was interrupted too, and in the same thread.
     */
    boolean awaitInterrupts(TimerRun run) {
        for (; ; ) {
            long seen;
            lock.lock();
            try {
                if (run.interrupts == 0) {
                    return runs.hasInterruptedOneOfThisThread();
                }
                seen = ending.seen();
            } finally {
                unlock();
            }
            ending.awaitUninterruptibly(seen);
        }
    }

    /** The executor has thrown something instead of taking a run, or after it has run it. */
    void refuse(TimerRun run, Throwable refusal) {
        Timeout timeout;
        lock.lock();
        try {
            timeout = run.begun ? null : run.timeout;
            run.refused = true;
        } finally {
            unlock();
        }
        if (timeout == null) {
            TimerReports.uncaught(refusal);
            return;
        }
        reports.refused(timeout, refusal);
        long now = nowOr(run.planned);
        lock.lock();
        try {
            forget(run);
            if (!timeout.isLive()) {
                return;
            }
            figures.refused++;
            if (timeout instanceof RepeatingTimeout series) {
                series.takeBack(now);
                place(series);
            } else {
                endLife(timeout, TimerPhase.DROPPED);
            }
        } finally {
            unlock();
        }
    }

    // ---- the thread ----

    /** The thread of the timers is about to be started. Whether it may. */
    boolean workerBegins() {
        lock.lock();
        try {
            workerRuns = !closed;
            return workerRuns;
        } finally {
            unlock();
        }
    }

    /** The thread of the timers ends, or could not be started. */
    void workerEnds() {
        lock.lock();
        try {
            workerRuns = false;
            ending.note();
        } finally {
            unlock();
        }
    }

    /** Under the lock: whether the thread of the timers has been started and has not ended. */
    boolean workerRuns() {
        return workerRuns;
    }

    @Override
    boolean isWorker() {
        return worker == null ? executor == null && runs.hasOneOfThisThread(null) : worker.isCurrentThread();
    }
}
