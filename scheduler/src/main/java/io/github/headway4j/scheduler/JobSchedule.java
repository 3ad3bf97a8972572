// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import io.github.headway4j.primitives.WaitQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that run again and again at times that people can read: Python's {@code schedule}. Use it for what is to happen
 * each Monday or each ten minutes. For single events in exact order there is {@link EventScheduler}.
 *
 * <pre>{@code
 * var schedule = new JobSchedule();
 * schedule.every(10).minutes().run(this::collect);
 * schedule.every().day().at("10:30").run(this::report);
 * schedule.every().wednesday().at("13:15", "Europe/Berlin").tag("post").run(this::send);
 *
 * schedule.runPending(); // from time to time
 * }</pre>
 *
 * <p><b>When jobs run.</b> {@link #runPending} runs what is due, in the order of the times for which it was planned, and
 * of registration among equals. A job without a time of its own runs first when a whole distance has gone by. The times
 * are a fixed series: a run that is late does not shift those that follow. How clocks that are put forward or back are
 * dealt with is said by {@link JobBuilder}, and what becomes of runs that are late by {@link MissedRuns}.
 *
 * <p><b>Clocks that jump.</b> All times are those of the wall clock of the {@link TimeSource}. Where it leaps ahead,
 * runs are late. Where it falls back, what ran does not run again, and jobs wait for their times; but a job whose last
 * run lies further ahead than the distance of two runs is planned anew.
 *
 * <p><b>Failures.</b> What a job throws, errors included, is reported to the handler of the options, by default the
 * uncaught exception handler of the thread, and is counted by {@link Job#failures}. Neither other jobs nor the next run
 * of the same job suffer, unless another {@link FailurePolicy} was chosen.
 *
 * <p><b>Threads.</b> Any thread, that of a running job too, may call every method. Jobs run in the threads that call
 * {@code runPending} and {@code runAll}, outside all locks; a planned run takes place once, whatever number of threads
 * look for it, and a job that is running is left alone.
 *
 * <p><b>Nulls.</b> No argument may be null.
 *
 * <p><b>Complexity and footprint.</b> Each look for what is due takes time in proportion to the number of jobs.
 *
 * @since 0.1
 */
public final class JobSchedule {

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Job> jobs = new ArrayList<>(); // in the order of registration; guarded by lock
    private final ScheduleOptions options;
    private final RandomGenerator random;

    /** Makes an empty schedule by the clocks and in the zone of the system. */
    public JobSchedule() {
        this(ScheduleOptions.defaults());
    }

    /**
     * Makes an empty schedule.
     *
     * @param options its clocks, its zone and what else can be chosen
     */
    public JobSchedule(ScheduleOptions options) {
        this.options = Objects.requireNonNull(options, "options");
        this.random = options.random();
    }

    // ---- new jobs ----

    /**
     * Begins the sentence that says when a job runs: {@code every().hour()}, {@code every().monday()}.
     *
     * @return its beginning
     */
    public Every every() {
        return every(1);
    }

    /**
     * Begins the sentence that says when a job runs: {@code every(10).minutes()}.
     *
     * @param number the number of units from one run to the next
     * @return its beginning
     * @throws IllegalArgumentException if the number is not positive
     */
    public Every every(int number) {
        if (number < 1) {
            throw new IllegalArgumentException(
                    "every(" + number + "): expected at least 1, for example every(10).minutes()");
        }
        return new Every(this, number, number);
    }

    /**
     * Begins the sentence that says when a job runs, by a cron text: {@code cron("30 10 * * MON-FRI")}. It needs the
     * library {@code com.cronutils:cron-utils}.
     *
     * @param text five fields, minute, hour, day of the month, month and day of the week, or six with the second first
     * @return its rest
     * @throws IllegalArgumentException if it cannot be read
     * @throws IllegalStateException if the library is not there
     */
    public JobBuilder cron(String text) {
        Objects.requireNonNull(text, "text");
        CronTimes times;
        try {
            times = CronUtilsTimes.parse(text);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException("cron texts are read by com.cronutils:cron-utils, expected on the module or"
                    + " class path", e);
        }
        return new JobBuilder(this, text, times);
    }

    // ---- runs ----

    /**
     * Runs each job that is due, in the order of the times for which it was planned.
     *
     * @return the number of runs
     */
    public int runPending() {
        Instant now = now();
        int ran = 0;
        for (Job job : due(now)) {
            ran += job.runDue(now);
        }
        return ran;
    }

    /**
     * Runs each job that is not paused, due or not, in the order of registration. A run that is due is thereby done;
     * others stay planned as they are.
     *
     * @return the number of runs
     */
    public int runAll() {
        int ran = 0;
        for (Job job : jobs()) {
            ran += job.isPaused() ? 0 : job.runAnyway(now());
        }
        return ran;
    }

    /**
     * Runs each job that is not paused, due or not, in the order of registration, and waits after each.
     *
     * @param pause how long; zero or negative does not wait
     * @return the number of runs
     * @throws InterruptedException if the thread is interrupted in a pause; the jobs after it have not run
     */
    public int runAll(Duration pause) throws InterruptedException {
        Objects.requireNonNull(pause, "pause");
        int ran = 0;
        for (Job job : jobs()) {
            ran += job.isPaused() ? 0 : job.runAnyway(now());
            sleep(WaitQueue.saturatedNanos(pause));
        }
        return ran;
    }

    private void sleep(long nanos) throws InterruptedException {
        TimeSource time = options.time();
        long end = time.nanoTime() + nanos;
        while (end - time.nanoTime() > 0) {
            time.sleepUntil(end);
        }
    }

    private List<Job> due(Instant now) {
        record Due(Instant time, Job job) {}
        List<Due> due = new ArrayList<>();
        lock.lock();
        try {
            for (Job job : jobs) {
                Instant next = job.next(now);
                if (next != null && !next.isAfter(now)) {
                    due.add(new Due(next, job));
                }
            }
        } finally {
            lock.unlock();
        }
        due.sort(Comparator.comparing(Due::time));
        return due.stream().map(Due::job).toList();
    }

    // ---- jobs ----

    /**
     * The jobs that are not over, in the order of registration.
     *
     * @return an immutable snapshot
     */
    public List<Job> jobs() {
        lock.lock();
        try {
            return List.copyOf(jobs);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The jobs with a tag, in the order of registration.
     *
     * @param tag the tag
     * @return an immutable snapshot
     */
    public List<Job> jobs(String tag) {
        Objects.requireNonNull(tag, "tag");
        return jobs().stream().filter(job -> job.tags().contains(tag)).toList();
    }

    /**
     * Takes a job out. A run that takes place goes on.
     *
     * @param job the job
     * @return whether this call did it; false if the job was over
     * @throws IllegalArgumentException if it is one of another schedule
     */
    public boolean cancel(Job job) {
        if (!job.isOf(this)) {
            throw new IllegalArgumentException("expected a job of this schedule, got one of another: " + job);
        }
        return job.cancel();
    }

    /**
     * Takes the jobs with a tag out.
     *
     * @param tag the tag
     * @return the number of jobs that this call took out
     */
    public int cancel(String tag) {
        return cancel(jobs(tag));
    }

    /**
     * Takes all jobs out.
     *
     * @return the number of jobs that this call took out
     */
    public int cancelAll() {
        return cancel(jobs());
    }

    private static int cancel(List<Job> jobs) {
        return (int) jobs.stream().filter(Job::cancel).count();
    }

    // ---- when ----

    /**
     * When a job runs next.
     *
     * @return the earliest time for which one is planned, which may have passed, or nothing if there is none
     */
    public Optional<Instant> nextRun() {
        return earliest(null);
    }

    /**
     * When a job with a tag runs next.
     *
     * @param tag the tag
     * @return the earliest time for which one is planned, which may have passed, or nothing if there is none
     */
    public Optional<Instant> nextRun(String tag) {
        return earliest(Objects.requireNonNull(tag, "tag"));
    }

    /**
     * How long there is nothing to do.
     *
     * @return the time from now to the next run, negative if it is late, or nothing if there is none
     */
    public Optional<Duration> idle() {
        Instant now = now();
        return nextRun().map(next -> Duration.between(now, next));
    }

    private Optional<Instant> earliest(@Nullable String tag) {
        Instant now = now();
        Instant earliest = null;
        lock.lock();
        try {
            for (Job job : jobs) {
                Instant next = tag == null || job.tags().contains(tag) ? job.next(now) : null;
                if (next != null && (earliest == null || next.isBefore(earliest))) {
                    earliest = next;
                }
            }
        } finally {
            lock.unlock();
        }
        return Optional.ofNullable(earliest);
    }

    /** The number of jobs and the next run, in one line. */
    @Override
    public String toString() {
        return "JobSchedule@" + Integer.toHexString(System.identityHashCode(this)) + "["
                + jobs().size() + " jobs, next run: "
                + nextRun().map(Instant::toString).orElse("never") + "]";
    }

    // ---- for jobs and builders ----

    Job add(JobPlan plan) {
        Instant now = now();
        lock.lock();
        try {
            Job job = new Job(this, plan, lock, now);
            if (!job.isOver()) {
                jobs.add(job);
            }
            return job;
        } finally {
            lock.unlock();
        }
    }

    /** The lock is held. */
    void remove(Job job) {
        jobs.remove(job);
    }

    /** The lock is held by those who draw. */
    RandomGenerator random() {
        return random;
    }

    Instant now() {
        return options.time().instant();
    }

    ZoneId zone() {
        return options.zone();
    }

    void report(Job job, Throwable failure) {
        options.onFailure().accept(job, failure);
    }
}
