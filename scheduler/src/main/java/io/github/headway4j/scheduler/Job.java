// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A job in a {@link JobSchedule}: it tells when it runs and how it has fared, and can be paused, run by hand and
 * cancelled.
 *
 * <p><b>When it is over.</b> A job is over once it has been cancelled, by anybody or by its own result; when its
 * {@code until} has passed, it has run as many {@code times} as it was to, or none of its dates is left; after failures
 * if its {@link FailurePolicy} says so; and when its schedule is closed. It is then no longer in its schedule, never
 * runs again, and keeps its numbers. That a moment has passed is noticed with the next look for what is due; a job that
 * is paused ends when it is resumed.
 *
 * <p><b>Threads.</b> Any thread may call every method, that of a run too. Runs of one job overlap only if
 * {@link Overlap#parallel} was chosen.
 *
 * <p><b>Memory consistency.</b> A run that ends before another one of the same job begins happens-before it, and
 * happens-before what a thread does that has seen its outcome here.
 *
 * @since 0.1
 */
public final class Job extends JobRuns {

    /** What a job says after a run. */
    public enum Result {
        /** It is to run again. */
        CONTINUE,

        /** It is to be cancelled. */
        CANCEL
    }

    /** The result of a run after which the job is to run again. */
    public static final Result CONTINUE = Result.CONTINUE;

    /** The result of a run after which the job is to be cancelled. */
    public static final Result CANCEL = Result.CANCEL;

    Job(JobSchedule schedule, JobPlan plan, JobTable table, Instant now) {
        super(schedule, plan, table, now);
    }

    // ---- control ----

    /**
     * Takes the job out of its schedule. A run that is under way goes on; none begins any more, those that wait
     * included.
     *
     * @return whether this call did it; false if the job was over
     */
    public boolean cancel() {
        return schedule.cancel(List.of(this)) == 1;
    }

    /** As {@link #cancel()}, but for the background. */
    boolean cancel(Pass pass) {
        boolean cancelled;
        lock.lock();
        try {
            cancelled = end();
        } finally {
            giveBackLock();
        }
        tell(pass);
        return cancelled;
    }

    /**
     * Leaves the job in its schedule but plans no run until {@link #resume}. What it leaves out meanwhile is not
     * counted as missed, nor are runs that wait. A run that is under way goes on.
     *
     * @return whether this call did it; false if the job was paused already or is over
     */
    public boolean pause() {
        boolean paused;
        lock.lock();
        try {
            paused = pauseRuns();
        } finally {
            giveBackLock();
        }
        return told(paused, schedule::hasLessToDo);
    }

    /**
     * Ends a {@link #pause}. The next run is the first one from now on of those that would have been anyway.
     *
     * @return whether this call did it; false if the job was not paused or is over
     */
    public boolean resume() {
        Instant now = schedule.now();
        boolean resumed;
        lock.lock();
        try {
            resumed = resumeRuns(now);
        } finally {
            giveBackLock();
        }
        return told(resumed, schedule::changed);
    }

    /** Tells of a change, if there was one; returns whether there was. */
    private boolean told(boolean change, Runnable background) {
        if (change) {
            Pass pass = new Pass();
            pass.call(background);
            tell(pass);
            pass.end();
        }
        return change;
    }

    /**
     * Runs the job now, in the calling thread, also if it is paused. A run that is due is thereby done; otherwise what
     * is planned stays as it is.
     *
     * @return whether it ran; false if it is over, or as many of its runs are under way as its {@link Overlap} allows
     */
    public boolean runNow() {
        Pass pass = new Pass();
        boolean ran = runAnyway(pass, true);
        pass.end();
        return ran;
    }

    // ---- what was said ----

    /**
     * The name given by {@link JobBuilder#named}.
     *
     * @return the name, or {@code job} if there is none
     */
    public String name() {
        return plan.name();
    }

    /**
     * The tags.
     *
     * @return an immutable set
     */
    public Set<String> tags() {
        return plan.tags();
    }

    /**
     * The zone by whose clock it runs.
     *
     * @return the zone
     */
    public ZoneId zone() {
        return plan.rule().zone();
    }

    /**
     * When it ends by itself.
     *
     * @return the last moment at which it may run, or nothing
     */
    public Optional<Instant> until() {
        return Optional.ofNullable(plan.until());
    }

    // ---- what has become of it ----

    /**
     * When it runs next. While it runs, that is the one after.
     *
     * @return the moment for which it is planned, which may have passed, or nothing if it is paused or no further run
     *     is planned
     */
    public Optional<Instant> nextRun() {
        lock.lock();
        try {
            return Optional.ofNullable(planned());
        } finally {
            lock.unlock();
        }
    }

    /**
     * When its last run began.
     *
     * @return the time at which it did, or nothing if there was none
     */
    public Optional<Instant> lastRun() {
        lock.lock();
        try {
            return Optional.ofNullable(lastRun);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The number of runs that have begun.
     *
     * @return the number of runs
     */
    public long runs() {
        lock.lock();
        try {
            return counts.begun();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The number of planned runs that did not take place, since they were due at the same time as another or the
     * {@code until} had passed. Where they have to be counted one by one, 10 000 at a time are.
     *
     * @return the number of runs that were missed
     */
    public long missed() {
        return count(RunOutcome.MISSED);
    }

    /**
     * The number of planned runs that did not take place since other runs of the job were under way.
     *
     * @return the number of runs that were skipped
     */
    public long skipped() {
        return count(RunOutcome.SKIPPED);
    }

    /**
     * The number of planned runs that did not take place because of a pause after a failure.
     *
     * @return the number of runs that were held back
     */
    public long heldBack() {
        return count(RunOutcome.HELD_BACK);
    }

    /**
     * The number of runs that threw something.
     *
     * @return the number of failed runs
     */
    public long failures() {
        return count(RunOutcome.FAILED);
    }

    private long count(RunOutcome outcome) {
        lock.lock();
        try {
            return counts.of(outcome);
        } finally {
            lock.unlock();
        }
    }

    /**
     * What the last run threw that did.
     *
     * @return the exception or error, or nothing if there was none
     */
    public Optional<Throwable> lastFailure() {
        lock.lock();
        try {
            return Optional.ofNullable(lastFailure);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether it has been paused.
     *
     * @return true from {@link #pause} to {@link #resume}
     */
    public boolean isPaused() {
        lock.lock();
        try {
            return paused;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether it is no longer in its schedule.
     *
     * @return true once it has been cancelled or its time has passed
     */
    public boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    /** Name, sentence, last and next run, tags, in one line. */
    @Override
    public String toString() {
        lock.lock();
        try {
            Instant next = planned();
            return plan.name() + ": " + plan.rule()
                    + (plan.until() == null ? "" : " until " + shown(plan.until()))
                    + " (last run: " + shown(lastRun)
                    + ", next run: " + (paused ? "paused" : shown(next)) + ")"
                    + (plan.tags().isEmpty() ? "" : " " + plan.tags());
        } finally {
            lock.unlock();
        }
    }

    private String shown(@Nullable Instant moment) {
        if (moment == null) {
            return "never";
        }
        try {
            return moment.atZone(zone()).truncatedTo(ChronoUnit.SECONDS).toString();
        } catch (DateTimeException tooFarForTheCalendar) {
            return moment.toString();
        }
    }
}
