// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import io.github.headway4j.primitives.WaitQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that run again and again at times that people can read: Python's {@code schedule}. Use it for what is to happen
 * each Monday or each ten minutes. For single events in exact order there is {@link EventScheduler}, for time-outs and
 * short periods {@link Timers}.
 *
 * <pre>{@code
 * var schedule = new JobSchedule();
 * schedule.every(10).minutes().run(this::collect);
 * schedule.every().day().at("10:30").run(this::report);
 * schedule.every().wednesday().at("13:15", "Europe/Berlin").tag("post").run(this::send);
 *
 * schedule.start(); // in the background, until close(); or, from time to time: schedule.runPending();
 * }</pre>
 *
 * <p><b>When jobs run.</b> {@link #runPending} runs what is due, in the order of the moments for which it was planned,
 * and of registration among equals. A job without a time of its own runs first when a whole distance has gone by. The
 * times are a fixed series: a run that is late does not shift those that follow. How clocks that are put forward or
 * back are dealt with is said by {@link JobBuilder}, what becomes of runs that are late by {@link MissedRuns}, and of
 * those that are due while the job runs by {@link Overlap}. Jobs live as long as this object: nothing is stored.
 *
 * <p><b>In the background.</b> {@link #start} has {@link Timers} do it. Their thread looks for what is due, and hands
 * it to their executor in the same order; unless they have one, this thread makes the runs too, one after the other. A
 * virtual clock has no threads: the runs take place in the thread that moves it. While there are jobs the schedule
 * looks at the date and time of day every few seconds, see {@link ScheduleOptions#clockCheck}; without any it does
 * nothing.
 *
 * <p><b>Clocks that jump.</b> All times are those of the wall clock of the {@link TimeSource}. Where it leaps ahead, be
 * it that it was set or that the computer slept, runs are late. Where it falls back, what ran does not run again, and
 * jobs wait for their times; but a job whose last run lies further ahead than the distance of two runs, and than a day
 * if it goes by the wall clock as {@link JobBuilder} says, is planned anew.
 *
 * <p><b>Failures.</b> What a job throws, errors included, is reported to the handler of the options, by default the
 * uncaught exception handler of the thread, and is counted by {@link Job#failures}. Neither other jobs nor the next
 * run of the same job suffer, unless another {@link FailurePolicy} was chosen. A job whose next run cannot be planned,
 * since the source of random numbers throws, is reported the same way, and is over. What the handler or a listener
 * throws reaches the caller, after all jobs have had their turn.
 *
 * <p><b>Threads.</b> Any thread, that of a running job too, may call every method. Jobs run in the threads that call
 * {@code runPending}, {@code runAll} and {@code runNow}, or in the background, outside all locks; a planned run takes
 * place once, whatever number of threads look for it.
 *
 * <p><b>Blocking and interruption.</b> {@link #runAll(Duration)} and {@link #close} wait. A job that ends by an
 * {@code InterruptedException}, or interrupted, leaves the thread interrupted that called a method of this class to run
 * it, but not the jobs after it.
 *
 * <p><b>Observability.</b> {@link #stats}, {@link Job}, {@link JobListener}; and the JFR events {@code
 * headway.LateRun}, for runs that begin 10 ms or more after their moment, except in virtual time, {@code
 * headway.FailedRun} and {@code headway.SkippedRun}.
 *
 * <p><b>Nulls.</b> No argument may be null.
 *
 * <p><b>Complexity and footprint.</b> A look for what is due takes time in proportion to what is, and a change of one
 * job in proportion to the logarithm of the number of jobs; only after the clock was put back are all looked at. Runs
 * of a cron text or at a time of the day that were left out are counted one by one, 10 000 of a job at most; other
 * threads do not wait for that.
 *
 * @since 0.1
 */
public final class JobSchedule implements AutoCloseable {

    /** How long {@link #close()} waits for runs that are under way. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final JobTable table;
    private final ScheduleOptions options;
    private final JobReports reports;
    private final RandomGenerator random;

    /** Written under the lock of the table. */
    private volatile @Nullable BackgroundRuns background;

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
        this.table = new JobTable(options.time());
        this.reports = new JobReports(options);
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
     * Begins the sentence that says when a job runs: on certain dates, at the beginning of the day unless {@code at}
     * says otherwise.
     *
     * @param date a date
     * @param more others, in any order
     * @return its rest
     */
    public JobBuilder on(LocalDate date, LocalDate... more) {
        TreeSet<LocalDate> dates = new TreeSet<>(List.of(more));
        dates.add(Objects.requireNonNull(date, "date"));
        return new JobBuilder(this, new DatesSentence(dates));
    }

    /**
     * Begins the sentence that says when a job runs, by a cron text: {@code cron("30 10 * * MON-FRI")}. It needs the
     * library {@code com.cronutils:cron-utils}.
     *
     * <p>If both the day of the month and the day of the week are restricted in five fields, it runs on days that are
     * one or the other. In six fields, and in five that say {@code L}, {@code W} or {@code #}, they have to be both.
     *
     * @param text five fields, minute, hour, day of the month, month and day of the week; or six with the second first;
     *     or a name, {@code @yearly}, {@code @monthly}, {@code @weekly}, {@code @daily} or {@code @hourly}
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
            throw new IllegalStateException(
                    "cron texts are read by com.cronutils:cron-utils, expected on the module or" + " class path", e);
        }
        return new JobBuilder(this, new CronSentence(text, times));
    }

    // ---- runs by hand ----

    /**
     * Runs each job that is due, in the order of the moments for which it was planned.
     *
     * @return the number of runs
     */
    public int runPending() {
        Pass pass = new Pass();
        for (Job job : table.due(now())) {
            pass.call(() -> job.runDue(pass));
        }
        return pass.end();
    }

    /**
     * Runs each job that is not paused, due or not, in the order of registration. A run that is due is thereby done;
     * others stay planned as they are.
     *
     * @return the number of runs
     */
    public int runAll() {
        Pass pass = new Pass();
        for (Job job : jobs()) {
            pass.call(() -> job.runAnyway(pass, false));
        }
        return pass.end();
    }

    /**
     * Runs each job that is not paused, due or not, in the order of registration, and waits after each.
     *
     * @param pause how long; zero or negative does not wait
     * @return the number of runs
     * @throws InterruptedException if the thread is interrupted after a job or in a pause; the jobs that follow have
     *     not run
     */
    public int runAll(Duration pause) throws InterruptedException {
        long nanos = WaitQueue.saturatedNanos(pause);
        Pass pass = new Pass();
        for (Job job : jobs()) {
            pass.call(() -> job.runAnyway(pass, false));
            pass.restoreInterrupt();
            try {
                sleep(nanos);
            } catch (InterruptedException e) {
                throw pass.endBy(e);
            }
        }
        return pass.end();
    }

    private void sleep(long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        TimeSource time = options.time();
        long begin = time.nanoTime();
        long left = nanos;
        while (left > 0L) {
            time.sleepUntil(begin + nanos);
            left = nanos - (time.nanoTime() - begin);
        }
    }

    // ---- runs in the background ----

    /**
     * Runs what is due in the background from now on, on timers of its own. Their thread is none of the daemons: from
     * the first job on it keeps the virtual machine alive until {@link #close}. It makes the runs too, so that what
     * becomes due during a run is late, not overlapping: it is a matter of {@link MissedRuns}, not of {@link Overlap}.
     *
     * @throws IllegalStateException if it has been started or closed before
     */
    public void start() {
        TimerOptions own =
                TimerOptions.defaults().name("headway-jobs").daemon(false).time(options.time());
        start(null, own);
    }

    /**
     * Runs what is due in the background from now on, on timers that others may use too. They say which thread or
     * executor makes the runs, and whether it keeps the virtual machine alive. A run that the executor refuses is
     * handed to it again after a while, in virtual time when the run of another job is due; one that it takes and
     * drops, as a pool that is shut down may, stops its job.
     * Closing the schedule does not close them; close them last. Once they are closed or take no more, what makes runs
     * by hand, adds or resumes jobs throws a {@code RejectedExecutionException} after its work.
     *
     * @param timers the timers, by the same clock as this schedule
     * @throws IllegalArgumentException if they go by another clock
     * @throws IllegalStateException if it has been started or closed before
     * @throws RejectedExecutionException if there are jobs, but the timers are closed or take no more
     */
    public void start(Timers timers) {
        if (timers.time() != options.time()) {
            throw new IllegalArgumentException("timers by " + timers.time() + ", expected the clock of this schedule, "
                    + options.time() + ": for example TimerOptions.defaults().time(clock)");
        }
        start(timers, TimerOptions.defaults());
    }

    private void start(@Nullable Timers shared, TimerOptions own) {
        BackgroundRuns runs;
        table.lock.lock();
        try {
            if (table.isClosed() || background != null) {
                throw new IllegalStateException((table.isClosed() ? "closed" : "started already") + ": expected a"
                        + " schedule that has been neither started nor closed, for example new JobSchedule(), got "
                        + this);
            }
            Timers timers = shared == null ? new Timers(own) : shared;
            runs = new BackgroundRuns(table, options, timers, shared == null);
            background = runs;
        } finally {
            table.lock.unlock();
        }
        try {
            changed();
        } catch (Throwable refused) {
            table.lock.lock();
            try {
                background = null;
            } finally {
                table.lock.unlock();
            }
            runs.close(Duration.ZERO);
            throw refused;
        }
    }

    /**
     * Whether runs take place in the background.
     *
     * @return true from {@link #start} to {@link #close}
     */
    public boolean isStarted() {
        table.lock.lock();
        try {
            return background != null && !table.isClosed();
        } finally {
            table.lock.unlock();
        }
    }

    /**
     * Whether it has been closed.
     *
     * @return true from {@link #close} on
     */
    public boolean isClosed() {
        table.lock.lock();
        try {
            return table.isClosed();
        } finally {
            table.lock.unlock();
        }
    }

    /** Closes this schedule, as {@link #close(Duration)} does, and waits ten seconds at most. */
    @Override
    public void close() {
        close(CLOSE_LIMIT);
    }

    /**
     * Cancels all jobs, takes no new ones, and waits for runs that are under way in the background; from one of these,
     * not for itself. Timers of its own are closed: when the time has run out they interrupt what still runs, and wait
     * as long once more. On timers of others a run that takes longer goes on. No effect on a schedule that is closed
     * but to wait.
     *
     * @param limit how long to wait; zero or negative does not wait
     * @return whether all runs have ended; false also if the thread is interrupted, which it then stays
     */
    public boolean close(Duration limit) {
        Objects.requireNonNull(limit, "limit");
        table.lock.lock();
        try {
            table.close();
        } finally {
            table.lock.unlock();
        }
        Pass pass = new Pass();
        BackgroundRuns runs = background;
        if (runs != null) {
            runs.endLooks();
        }
        endJobs(jobs(), pass);
        boolean ended = runs == null || runs.close(limit);
        pass.end();
        return ended;
    }

    // ---- jobs ----

    /**
     * The jobs that are not over, in the order of registration.
     *
     * @return an immutable snapshot
     */
    public List<Job> jobs() {
        return table.snapshot();
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
     * The jobs that have a run to come, in the order of these.
     *
     * @return an immutable snapshot
     */
    public List<Job> queue() {
        return table.queue(now());
    }

    /**
     * Takes a job out. A run that is under way goes on.
     *
     * @param job the job
     * @return whether this call did it; false if the job was over
     * @throws IllegalArgumentException if it is one of another schedule
     */
    public boolean cancel(Job job) {
        if (job.schedule != this) {
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

    /** Takes jobs out, and tells of it. Returns how many. */
    int cancel(List<Job> jobs) {
        Pass pass = new Pass();
        int cancelled = endJobs(jobs, pass);
        if (cancelled > 0) {
            pass.call(this::hasLessToDo);
        }
        pass.end();
        return cancelled;
    }

    private static int endJobs(List<Job> jobs, Pass pass) {
        int ended = 0;
        for (Job job : jobs) {
            ended += job.cancel(pass) ? 1 : 0;
        }
        return ended;
    }

    // ---- when ----

    /**
     * When a job runs next.
     *
     * @return the earliest moment for which a run is planned, which may have passed, or nothing if there is none
     */
    public Optional<Instant> nextRun() {
        return Optional.ofNullable(table.earliest(now()));
    }

    /**
     * When a job with a tag runs next.
     *
     * @param tag the tag
     * @return the earliest moment for which a run is planned, which may have passed, or nothing if there is none
     */
    public Optional<Instant> nextRun(String tag) {
        Objects.requireNonNull(tag, "tag");
        return Optional.ofNullable(table.earliest(now(), job -> job.tags().contains(tag)));
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

    /**
     * What has become of jobs and runs so far.
     *
     * @return the numbers of one moment
     */
    public ScheduleStats stats() {
        return table.stats();
    }

    /** The number of jobs and the next run, in one line. It looks at no clock. */
    @Override
    public String toString() {
        return "JobSchedule@" + Integer.toHexString(System.identityHashCode(this)) + "[" + table + "]";
    }

    // ---- for jobs and builders ----

    Job add(JobPlan plan) {
        Instant now = now();
        JobSeries.check(plan, random, now);
        Job job;
        table.lock.lock();
        try {
            if (table.isClosed()) {
                throw new IllegalStateException("closed: expected a schedule that is open, got " + this);
            }
            job = new Job(this, plan, table, now);
            table.add(job);
            if (job.planned() == null) {
                job.end();
            }
        } finally {
            table.lock.unlock();
        }
        try {
            changed();
        } catch (RejectedExecutionException refused) {
            Pass pass = new Pass();
            job.cancel(pass);
            pass.call(this::hasLessToDo);
            throw pass.endBy(refused);
        }
        Pass pass = new Pass();
        job.tell(pass);
        pass.end();
        return job;
    }

    /** Something has changed that the background may have to know. No lock is held. */
    void changed() {
        BackgroundRuns runs = background;
        if (runs != null) {
            runs.replan();
        }
    }

    /** Less is to be run, so that nobody has to know if no look can be planned for what is left. No lock is held. */
    void hasLessToDo() {
        try {
            changed();
        } catch (RejectedExecutionException closedOrFull) {
            // as it was before
        }
    }

    JobReports reports() {
        return reports;
    }

    /** The lock is held by those who draw. */
    RandomGenerator random() {
        return random;
    }

    Instant now() {
        return options.time().instant();
    }

    long nanoTime() {
        return options.time().nanoTime();
    }

    ZoneId zone() {
        return options.zone();
    }

    /** By how much a run may be late at the end of its job. */
    Duration tolerance() {
        return options.clockCheck();
    }
}
