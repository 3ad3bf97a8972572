// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * A job in a {@link JobSchedule}: it tells when it runs and how it has fared, and can be cancelled.
 *
 * <p><b>When it is over.</b> A job is over once it has been cancelled, by anybody or by its own result, when its
 * {@code until} has passed, or after failures if its {@link FailurePolicy} says so. It is then no longer in its
 * schedule, never runs again, and keeps its numbers.
 *
 * <p><b>Threads.</b> Any thread may call every method. The runs of one job never overlap.
 *
 * <p><b>Memory consistency.</b> Actions in one run happen-before actions in the next one.
 *
 * @since 0.1
 */
public final class Job {
    /*
     * Invariants. All mutable fields are guarded by the lock of the schedule.
     *   I1  next is null if and only if no further run is planned; a job that is over has none.
     *   I2  A run is claimed, and the next one planned, in one section of the lock; so a planned run takes place at most
     *       once, whatever number of threads look for due jobs.
     *   I3  The next run is planned from the time for which the last one was planned, not from when it took place: a
     *       slow thread does not shift those that follow.
     */

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

    private final JobSchedule schedule;
    private final JobPlan plan;
    private final Lock lock;

    private RunTimes times;
    private Instant plannedFrom;
    private @Nullable Instant next;
    private @Nullable Instant lastRun;
    private @Nullable Throwable lastFailure;
    private long runs;
    private long missed;
    private long failures;
    private long failuresInARow;
    private boolean running;
    private boolean paused;
    private boolean over;

    /** Plans the first run, from now on. */
    Job(JobSchedule schedule, JobPlan plan, Lock lock, Instant now) {
        this.schedule = schedule;
        this.plan = plan;
        this.lock = lock;
        this.times = plan.rule().timesFrom(now, schedule.random());
        this.plannedFrom = now;
        Instant first = times.after(now);
        if (first == null) {
            throw new IllegalArgumentException(plan.rule() + " never comes: expected a time to come");
        }
        this.next = plan.isPast(first) ? null : first;
        this.over = next == null;
    }

    // ---- control ----

    /**
     * Takes the job out of its schedule. A run that takes place goes on.
     *
     * @return whether this call did it; false if the job was over
     */
    public boolean cancel() {
        lock.lock();
        try {
            boolean wasOver = over;
            end();
            return !wasOver;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Leaves the job in its schedule but plans no run until {@link #resume}. What it leaves out meanwhile is not
     * counted as missed. A run that takes place goes on.
     *
     * @return whether this call did it; false if the job was paused already or is over
     */
    public boolean pause() {
        lock.lock();
        try {
            boolean pauses = !paused && !over;
            paused |= pauses;
            return pauses;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends a {@link #pause}. The next run is the first one from now on of those that would have been anyway.
     *
     * @return whether this call did it; false if the job was not paused or is over
     */
    public boolean resume() {
        Instant now = schedule.now();
        lock.lock();
        try {
            if (!paused || over) {
                return false;
            }
            paused = false;
            if (next != null && next.isBefore(now)) {
                plan(times, next, now.minusNanos(1));
            }
            if (!running) {
                endIfNothingIsPlanned();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs the job now, in the calling thread, also if it is paused. A run that is due is thereby done; otherwise what
     * is planned stays as it is.
     *
     * @return whether it ran; false if it is over or running
     */
    public boolean runNow() {
        return runAnyway(schedule.now()) > 0;
    }

    // ---- queries ----

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

    /**
     * When it runs next. During a run it is the one after.
     *
     * @return the time for which it is planned, which may have passed, or nothing if it is paused or no further run is
     *     planned
     */
    public Optional<Instant> nextRun() {
        lock.lock();
        try {
            return Optional.ofNullable(paused ? null : next);
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
            return runs;
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
        lock.lock();
        try {
            return missed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The number of runs that threw something.
     *
     * @return the number of failed runs
     */
    public long failures() {
        lock.lock();
        try {
            return failures;
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
            return plan.name() + ": " + plan.rule()
                    + (plan.until() == null ? "" : " until " + shown(plan.until()))
                    + " (last run: " + (lastRun == null ? "never" : shown(lastRun))
                    + ", next run: " + (paused ? "paused" : next == null ? "never" : shown(next)) + ")"
                    + (plan.tags().isEmpty() ? "" : " " + plan.tags());
        } finally {
            lock.unlock();
        }
    }

    private String shown(Instant moment) {
        return moment.atZone(zone()).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    // ---- runs ----

    /** Runs the job if it is due at the given time, and again for each late run if so chosen. Returns how often. */
    int runDue(Instant now) {
        int ran = 0;
        while (claimDue(now)) {
            perform();
            ran++;
        }
        return ran;
    }

    /** Runs the job, due or not, unless its time has passed or it is running. Returns how often. */
    int runAnyway(Instant now) {
        if (!claim(now)) {
            return 0;
        }
        perform();
        return 1;
    }

    /** Whether it was made by the given schedule. */
    boolean isOf(JobSchedule other) {
        return schedule == other;
    }

    /** The next run, as seen at the given time; null if there is none. The lock is held. */
    @Nullable
    Instant next(Instant now) {
        followClock(now);
        return paused ? null : next;
    }

    /**
     * A clock that was put back may show a time long before the next run. If it is more than a whole distance of two
     * runs before the last one, the next run is planned anew, lest a job that runs each minute wait for an hour.
     */
    private void followClock(Instant now) {
        if (next == null) {
            return;
        }
        Duration distance = Duration.between(plannedFrom, next);
        if (Duration.between(now, plannedFrom).compareTo(distance) > 0) {
            plan(plan.rule().timesFrom(now, schedule.random()), now, now);
        }
    }

    private boolean claimDue(Instant now) {
        lock.lock();
        try {
            if (running || paused || next == null || next.isAfter(now)) {
                return false;
            }
            if (endIfPast(now)) {
                return false;
            }
            running = consumeDue(next, now, plan.missed());
            return running;
        } finally {
            lock.unlock();
        }
    }

    private boolean claim(Instant now) {
        lock.lock();
        try {
            if (running || over || endIfPast(now)) {
                return false;
            }
            if (next != null && !next.isAfter(now)) {
                consumeDue(next, now, MissedRuns.COALESCE);
            }
            running = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Plans the run after those that are due. Returns whether there is to be a run for them. */
    private boolean consumeDue(Instant due, Instant now, MissedRuns policy) {
        RunTimes following = plan.rule().isRandom() ? plan.rule().timesFrom(due, schedule.random()) : times;
        if (policy == MissedRuns.BURST) {
            plan(following, due, due);
            return true;
        }
        long overtaken = following.count(due, now);
        missed += overtaken;
        plan(following, due, now);
        if (policy == MissedRuns.SKIP && overtaken > 0) {
            missed++;
            endIfNothingIsPlanned();
            return false;
        }
        return true;
    }

    private void plan(RunTimes following, Instant from, Instant after) {
        times = following;
        plannedFrom = from;
        Instant run = following.after(after);
        next = run == null || plan.isPast(run) ? null : run;
    }

    private void perform() {
        Throwable failure = null;
        boolean goesOn = false;
        try {
            begin();
            goesOn = plan.action().call() != CANCEL;
        } catch (Throwable thrown) {
            failure = thrown;
            goesOn = true;
        } finally {
            finish(goesOn, failure);
        }
        if (failure != null) {
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            schedule.report(this, failure);
        }
    }

    private void begin() {
        Instant now = schedule.now();
        lock.lock();
        try {
            lastRun = now;
            runs++;
        } finally {
            lock.unlock();
        }
    }

    private void finish(boolean goesOn, @Nullable Throwable failure) {
        lock.lock();
        try {
            running = false;
            if (failure != null) {
                failures++;
                failuresInARow++;
                lastFailure = failure;
            } else {
                failuresInARow = 0L;
            }
            if (goesOn && !plan.failures().endsAfter(failuresInARow)) {
                endIfNothingIsPlanned();
            } else {
                end();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean endIfPast(Instant now) {
        if (!plan.isPast(now)) {
            return false;
        }
        if (next != null) {
            missed += 1 + times.count(next, plan.until() == null ? now : plan.until());
        }
        end();
        return true;
    }

    private void endIfNothingIsPlanned() {
        if (next == null) {
            end();
        }
    }

    private void end() {
        over = true;
        paused = false;
        next = null;
        schedule.remove(this);
    }
}
