// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** The runs of a {@link Job}: which thread makes them, and what has become of those before. */
abstract sealed class JobRuns permits Job {
    /*
     * Model. A job has a series of times, of which the next is to come. Whoever finds it due claims it and plans the
     * one after, in one step:
     *
     *     claim:  the next is due      runs for it and for those that are late too, as MissedRuns says: 0, 1 or more
     *             a thread may run     it begins the first, the others wait: running + 1, waiting + the rest
     *             too many run         all of them wait, or are skipped: Overlap
     *     end:    something waits      the thread begins it: waiting - 1
     *             nothing waits        running - 1
     *
     * In the background a run is handed over when it is due, and claimed when it begins; as long as it is on its way
     * none is handed over for the same job. So what becomes due meanwhile is late, and dealt with as such.
     *
     * Invariants. All mutable fields are guarded by the lock of the schedule; user code runs outside it, but for random
     * numbers, and for the clock where it seems to have been put back.
     *   (I1) For a job that is over no run is planned, and none waits.
     *   (I2) A run is claimed, and the next one planned, in one section of the lock; so a planned run takes place at
     *        most once, whatever number of threads look for due jobs.
     *   (I3) The next run is planned from the time for which the last one was planned, not from when it took place: a
     *        slow thread does not shift those that follow.
     *   (I4) running is the number of threads in perform, at most that of the Overlap. Something waits only while one
     *        of them is there, and that one looks for it before it leaves.
     *   (I5) Runs that have begun and those that wait are not more than the job may make.
     */

    final JobSchedule schedule;
    final JobPlan plan;
    final Lock lock;
    final RunCounts counts;

    /** In the order of registration. */
    final long number;

    private final JobTable table;
    private final JobSeries series;

    /** Belongs to the table: where it has put this job. */
    JobTable.@Nullable Planned place;

    /** Is on its way to a thread that is to begin the next run. */
    private @Nullable HandedRun handed;

    @Nullable
    Instant lastRun;

    @Nullable
    Throwable lastFailure;

    private int running;
    long waiting;

    /** The first moment for which a run was planned that waits; of use only while one does. */
    private Instant waitingSince;

    private long failuresInARow;
    boolean paused;
    boolean over;
    private boolean toldEnd;

    /** Plans the first run, from now on. The lock is held. */
    JobRuns(JobSchedule schedule, JobPlan plan, JobTable table, Instant now) {
        this.schedule = schedule;
        this.plan = plan;
        this.table = table;
        this.lock = table.lock;
        this.counts = table.newCounts();
        this.number = table.newNumber();
        this.series = new JobSeries(plan, schedule.random(), now);
        this.waitingSince = now;
    }

    private Job self() {
        return (Job) this;
    }

    // ---- control; the lock is held ----

    /** Ends the job. Returns whether it was not over. */
    final boolean end() {
        if (over) {
            return false;
        }
        over = true;
        paused = false;
        waiting = 0L;
        series.end();
        table.remove(self());
        return true;
    }

    final boolean pauseRuns() {
        if (paused || over) {
            return false;
        }
        paused = true;
        waiting = 0L;
        return true;
    }

    final boolean resumeRuns(Instant now) {
        if (!paused || over) {
            return false;
        }
        paused = false;
        Instant due = series.moment();
        if (due != null && due.isBefore(now)) {
            series.goPast(now.minusNanos(1), now);
        }
        endIfNothingIsLeft();
        return true;
    }

    /** Gives the lock back, after what may have changed when the job runs. */
    final void giveBackLock() {
        try {
            table.place(self());
        } finally {
            lock.unlock();
        }
    }

    // ---- looks; the lock is held ----

    /** The moment for which the next run is planned, or null if it is paused or there is none. */
    final @Nullable Instant planned() {
        return paused || left() <= 0L ? null : series.moment();
    }

    /** When that was planned. */
    final Instant plannedSince() {
        return series.since();
    }

    /** Plans the next run anew if the clock has been put back to before the last one by more than runs are apart. */
    final void planAnewIfFarAhead(Instant now) {
        if (series.isFarAhead(now)) {
            series.restart(now);
        }
    }

    /** Whether a run is on its way to a thread. */
    final boolean isHanded() {
        HandedRun run = handed;
        return run != null && !run.isLost();
    }

    /** How many runs may begin besides those that wait. */
    private long left() {
        return plan.times() - counts.begun() - waiting;
    }

    // ---- runs ----

    /** Runs the job if it is due, and again for runs that wait. */
    final void runDue(Pass pass) {
        Instant now = schedule.now();
        Duration late;
        countInAdvance(now);
        lock.lock();
        try {
            Instant due = claimDue(now);
            late = due == null ? null : Duration.between(due, now);
        } finally {
            giveBackLock();
        }
        pass.call(schedule::changed);
        if (late != null) {
            perform(now, late, pass);
        }
        tell(pass);
    }

    /** Runs the job, due or not, unless its time has passed or too many of its runs are under way. */
    final boolean runAnyway(Pass pass, boolean evenIfPaused) {
        Instant now = schedule.now();
        boolean claimed;
        countInAdvance(now);
        lock.lock();
        try {
            claimed = claimAnyway(now, evenIfPaused);
        } finally {
            giveBackLock();
        }
        pass.call(schedule::changed);
        if (claimed) {
            perform(now, Duration.ZERO, pass);
        }
        tell(pass);
        return claimed;
    }

    /** As {@link #runDue}, by a run that was handed over and has arrived. */
    final void runHanded(HandedRun run, Pass pass) {
        lock.lock();
        try {
            if (handed == run) {
                handed = null;
            }
        } finally {
            giveBackLock();
        }
        runDue(pass);
    }

    /** A run to be handed over, if the job is due, none is on its way, and it may begin; or null. */
    final @Nullable HandedRun handOver(Set<HandedRun> all, Instant now) {
        lock.lock();
        try {
            if (dueAt(now) == null || isHanded() || !mayBegin()) {
                return null;
            }
            HandedRun run = new HandedRun(self(), all);
            handed = run;
            return run;
        } finally {
            giveBackLock();
        }
    }

    /** Deals with a run that is due but may not begin, since too many are under way. */
    final void leaveToOthers(Instant now, Pass pass) {
        if (!isDueInVain(now)) {
            return;
        }
        countInAdvance(now);
        lock.lock();
        try {
            if (!isHanded() && !mayBegin()) {
                claimDue(now);
            }
        } finally {
            giveBackLock();
        }
        tell(pass);
    }

    private boolean isDueInVain(Instant now) {
        lock.lock();
        try {
            return dueAt(now) != null && !isHanded() && !mayBegin();
        } finally {
            lock.unlock();
        }
    }

    /** Counts runs up to a moment, so that little is left to be counted with the lock; not what a pause leaves out. */
    private void countInAdvance(Instant last) {
        JobSeries.Count count;
        lock.lock();
        try {
            count = paused ? null : series.toCount(last);
        } finally {
            lock.unlock();
        }
        if (count != null) {
            try {
                count.make();
            } catch (Throwable thrown) {
                return; // and again with the lock, where it is dealt with
            }
            lock.lock();
            try {
                series.counted(count);
            } finally {
                lock.unlock();
            }
        }
    }

    /** Makes a run that has been claimed, and those that wait. */
    private void perform(Instant claimed, Duration firstLate, Pass pass) {
        Instant now = claimed;
        Duration late = firstLate;
        while (late != null) {
            Duration lateBy = late;
            pass.begin();
            schedule.reports().begins(self(), lateBy, pass);
            Optional<Long> begin = pass.get(() -> Optional.of(schedule.nanoTime()), Optional.empty());
            boolean goesOn = true;
            Throwable failure = null;
            try {
                goesOn = Objects.requireNonNull(plan.action().call(), "expected CONTINUE or CANCEL") != Job.CANCEL;
            } catch (Throwable thrown) {
                failure = thrown;
            }
            Duration took = pass.get(
                    () -> Duration.ofNanos(begin.isEmpty() ? 0L : schedule.nanoTime() - begin.get()), Duration.ZERO);
            if (Thread.interrupted() || failure instanceof InterruptedException) {
                pass.noteInterrupt();
            }
            now = pass.get(schedule::now, now);
            settle(goesOn, failure, now);
            schedule.reports().ran(self(), lateBy, took, failure, pass);
            tell(pass);
            now = pass.get(schedule::now, now);
            late = takeWaiting(now);
        }
        pass.call(schedule::changed);
    }

    /** Tells of runs that do not take place or cannot be planned, and of the end of the job, unless that was told. */
    final void tell(Pass pass) {
        Map<RunOutcome, Long> news;
        boolean ended;
        Throwable failure;
        lock.lock();
        try {
            failure = series.takeFailure();
            lastFailure = failure == null ? lastFailure : failure;
            news = counts.news();
            ended = over && !toldEnd;
            toldEnd |= over;
        } finally {
            lock.unlock();
        }
        schedule.reports().failed(self(), failure, pass);
        news.forEach((outcome, runs) -> schedule.reports().leftOut(self(), outcome, runs, pass));
        if (ended) {
            schedule.reports().ended(self(), pass);
        }
    }

    // ---- claims; the lock is held ----

    private @Nullable Instant dueAt(Instant now) {
        Instant planned = planned();
        return planned == null || planned.isAfter(now) ? null : planned;
    }

    /** Claims what is due. Returns its moment if the calling thread is to run the job, or null. */
    private @Nullable Instant claimDue(Instant now) {
        Instant due = dueAt(now);
        if (due == null || endIfPast(now)) {
            return null;
        }
        long claimed = consumeDue(now, plan.missed());
        if (claimed == 0L) {
            endIfNothingIsLeft();
            return null;
        }
        waitingSince = waiting == 0L ? due : waitingSince;
        if (mayBegin()) {
            waiting += claimed - 1L;
            begin(now);
            return due;
        }
        if (plan.overlap().queues()) {
            waiting += claimed;
        } else {
            counts.add(RunOutcome.SKIPPED, claimed);
        }
        return null;
    }

    private boolean claimAnyway(Instant now, boolean evenIfPaused) {
        if (over || (paused && !evenIfPaused) || left() <= 0L) {
            return false;
        }
        if (!mayBegin() || endIfPast(now)) {
            return false;
        }
        if (dueAt(now) != null) {
            consumeDue(now, MissedRuns.COALESCE);
        }
        begin(now);
        return true;
    }

    /** Plans the run after those that are due. Returns for how many of these there is to be a run. */
    private long consumeDue(Instant now, MissedRuns policy) {
        long overtaken = series.consume(now);
        if (policy == MissedRuns.BURST) {
            long more = Math.min(overtaken, left() - 1L);
            long made = Math.min(more, RunTimes.MOST_COUNTED);
            counts.add(RunOutcome.MISSED, more - made);
            return 1L + made;
        }
        boolean dropped = policy == MissedRuns.SKIP && overtaken > 0L;
        counts.add(RunOutcome.MISSED, overtaken + (dropped ? 1L : 0L));
        return dropped ? 0L : 1L;
    }

    private boolean mayBegin() {
        return running < plan.overlap().most();
    }

    private void begin(Instant now) {
        running++;
        lastRun = now;
        counts.begin();
    }

    // ---- ends of runs ----

    /** Counts a run that has ended, and does what the job or its policy say. */
    private void settle(boolean goesOn, @Nullable Throwable failure, Instant now) {
        if (failure != null) {
            countInAdvance(now.plusNanos(nextPauseNanos() - 1L));
        }
        lock.lock();
        try {
            counts.add(failure == null ? RunOutcome.SUCCEEDED : RunOutcome.FAILED, 1L);
            failuresInARow = failure == null ? 0L : failuresInARow + 1L;
            lastFailure = failure == null ? lastFailure : failure;
            if (!goesOn || plan.failures().endsAfter(failuresInARow)) {
                end();
            } else if (failure != null) {
                holdBack(now, plan.failures().pauseNanosAfter(failuresInARow));
            }
        } finally {
            giveBackLock();
        }
    }

    private long nextPauseNanos() {
        lock.lock();
        try {
            return plan.failures().pauseNanosAfter(failuresInARow + 1L);
        } finally {
            lock.unlock();
        }
    }

    /** Begins a run that waits. Returns how late it is, or null if none does: the calling thread is through then. */
    private @Nullable Duration takeWaiting(Instant now) {
        lock.lock();
        try {
            running--;
            if (waiting > 0L && !endIfPast(now)) {
                waiting--;
                begin(now);
                return Duration.between(waitingSince, now);
            }
            endIfNothingIsLeft();
            return null;
        } finally {
            giveBackLock();
        }
    }

    /** After a failure: leaves out what waits or is planned for the pause. */
    private void holdBack(Instant now, long pauseNanos) {
        if (pauseNanos > 0L && !over) {
            counts.add(RunOutcome.HELD_BACK, waiting);
            waiting = 0L;
            counts.add(RunOutcome.HELD_BACK, leaveOut(now.plusNanos(pauseNanos - 1L), now));
        }
    }

    /** Ends the job if its time has passed; a last run that is due is not lost for being a little late. */
    private boolean endIfPast(Instant now) {
        boolean lastIsDue = plan.isPast(now) && dueAt(now) != null && series.isAtItsLastRun();
        if (!plan.isPast(lastIsDue ? now.minus(schedule.tolerance()) : now)) {
            return false;
        }
        counts.add(RunOutcome.MISSED, waiting + Math.min(left(), leaveOut(now, now)));
        return end();
    }

    /** Leaves out all runs up to the given time, inclusive. Returns how many are to be counted. */
    private long leaveOut(Instant last, Instant now) {
        if (paused) {
            series.goPast(last, now);
            return 0L;
        }
        return series.leaveOut(last, now);
    }

    private void endIfNothingIsLeft() {
        if (running == 0 && (series.moment() == null || left() <= 0L)) {
            end();
        }
    }
}
