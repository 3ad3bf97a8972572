// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rest of a sentence that says when a job runs, up to {@code run(job)}, which puts the job into the schedule. A
 * sentence without its {@code run} does nothing. Made by {@link Every} and {@link JobSchedule#cron}.
 *
 * <p><b>Clocks put forward or back.</b> Jobs by the day, weekday or week go by the wall clock: a time that it leaves out
 * is run at the end of the gap, and of a time that it shows twice the first is taken. Jobs by the second, minute and hour
 * are intervals: they go on as time goes by, and one that is tied to a place in each hour runs whenever the clock shows
 * it. A cron text whose minutes or hours begin with an asterisk counts among the intervals. {@link #gap} and
 * {@link #overlap} choose otherwise.
 *
 * <p><b>Threads.</b> A builder is for one thread.
 *
 * @since 0.1
 */
public final class JobBuilder {

    private final JobSchedule schedule;
    private final int least;
    private final int most;
    private final @Nullable JobUnit unit;
    private final @Nullable DayOfWeek weekday;
    private final String cronText;
    private final @Nullable CronTimes cron;
    private final Set<String> tags = new LinkedHashSet<>();

    private @Nullable LocalTime at;
    private ZoneId zone;
    private @Nullable DstGap gap;
    private @Nullable DstOverlap overlap;
    private @Nullable Function<ZoneId, Instant> until;
    private MissedRuns missed = MissedRuns.COALESCE;
    private FailurePolicy failures = FailurePolicy.reportAndContinue();
    private @Nullable String name;

    JobBuilder(JobSchedule schedule, int least, int most, JobUnit unit, @Nullable DayOfWeek weekday) {
        this.schedule = schedule;
        this.least = least;
        this.most = most;
        this.unit = unit;
        this.weekday = weekday;
        this.cronText = "";
        this.cron = null;
        this.zone = schedule.zone();
    }

    JobBuilder(JobSchedule schedule, String text, CronTimes cron) {
        this.schedule = schedule;
        this.least = 1;
        this.most = 1;
        this.unit = null;
        this.weekday = null;
        this.cronText = text;
        this.cron = cron;
        this.zone = schedule.zone();
    }

    // ---- at what time, and whose ----

    /**
     * At which time of the day, place in the hour or place in the minute.
     *
     * @param time for days and weekdays {@code "HH:MM"} or {@code "HH:MM:SS"}, for hours {@code ":MM"} or
     *     {@code "MM:SS"}, for minutes {@code ":SS"}
     * @return this
     * @throws IllegalArgumentException if it is not such a time, or the unit has none
     */
    public JobBuilder at(String time) {
        Objects.requireNonNull(time, "time");
        at = AtText.parse(time, unitWithTime());
        return this;
    }

    /**
     * At which time, by the clock of a zone.
     *
     * @param time as {@link #at(String)} says
     * @param zone whose clock it is
     * @return this
     * @throws IllegalArgumentException if it is not such a time, or the unit has none
     */
    public JobBuilder at(String time, ZoneId zone) {
        Objects.requireNonNull(zone, "zone");
        return at(time).in(zone);
    }

    /**
     * At which time, by the clock of a zone.
     *
     * @param time as {@link #at(String)} says
     * @param zone the name of the zone, such as {@code "Europe/Berlin"}
     * @return this
     * @throws IllegalArgumentException if it is not such a time, the unit has none, or there is no such zone
     */
    public JobBuilder at(String time, String zone) {
        return at(time, zoneOf(zone));
    }

    /**
     * At which time of the day.
     *
     * @param time the time
     * @return this
     * @throws IllegalArgumentException if the unit is neither a day nor a weekday
     */
    public JobBuilder at(LocalTime time) {
        Objects.requireNonNull(time, "time");
        if (!unitWithTime().isDate()) {
            throw new IllegalArgumentException("at(" + time + ") is a time of the day: expected days or a weekday, for"
                    + " example every().day().at(LocalTime.of(10, 30)), or a text, for example every().hour().at(\":30\")");
        }
        at = time;
        return this;
    }

    /**
     * Whose clock is looked at; without it, that of the zone of the schedule.
     *
     * @param zone the zone
     * @return this
     */
    public JobBuilder in(ZoneId zone) {
        this.zone = Objects.requireNonNull(zone, "zone");
        return this;
    }

    /**
     * Whose clock is looked at; without it, that of the zone of the schedule.
     *
     * @param zone the name of the zone, such as {@code "Europe/Berlin"}
     * @return this
     * @throws IllegalArgumentException if there is no such zone
     */
    public JobBuilder in(String zone) {
        return in(zoneOf(zone));
    }

    /**
     * What to do about a time that the clock leaves out. Intervals have none, but for one place in each hour.
     *
     * @param choice what to do
     * @return this
     */
    public JobBuilder gap(DstGap choice) {
        gap = Objects.requireNonNull(choice, "choice");
        return this;
    }

    /**
     * Which of two times to take when the clock shows them twice. For intervals it says in which pass they run.
     *
     * @param choice which
     * @return this
     */
    public JobBuilder overlap(DstOverlap choice) {
        overlap = Objects.requireNonNull(choice, "choice");
        return this;
    }

    // ---- how long ----

    /**
     * Until when. A run at that very moment takes place; then, or as soon as the moment has passed, the job is over.
     *
     * @param end the moment
     * @return this
     * @throws IllegalArgumentException if it has passed
     */
    public JobBuilder until(Instant end) {
        Objects.requireNonNull(end, "end");
        return until(end, anyZone -> end);
    }

    /**
     * Until when.
     *
     * @param end the moment
     * @return this
     * @throws IllegalArgumentException if it has passed
     */
    public JobBuilder until(ZonedDateTime end) {
        return until(end.toInstant());
    }

    /**
     * Until when, by the clock of the job's zone; if that shows it twice the second time, if never the end of the gap.
     *
     * @param end the local time
     * @return this
     * @throws IllegalArgumentException if it has passed
     */
    public JobBuilder until(LocalDateTime end) {
        Objects.requireNonNull(end, "end");
        return until(end, itsZone -> UntilText.instant(end, itsZone));
    }

    /**
     * Until when today, by the clock of the job's zone.
     *
     * @param end the time of the day
     * @return this
     * @throws IllegalArgumentException if it has passed
     */
    public JobBuilder until(LocalTime end) {
        Objects.requireNonNull(end, "end");
        return until(end, itsZone -> UntilText.instant(today(itsZone).atTime(end), itsZone));
    }

    /**
     * For how long from now.
     *
     * @param time how long
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public JobBuilder until(Duration time) {
        return until(schedule.now().plus(time));
    }

    /**
     * Until when, by the clock of the job's zone.
     *
     * @param end {@code "YYYY-MM-DD HH:MM"}, {@code "YYYY-MM-DD"} for the beginning of that day, or {@code "HH:MM"} for
     *     a time today, each time with {@code ":SS"} or without
     * @return this
     * @throws IllegalArgumentException if it is not such a time, or has passed
     */
    public JobBuilder until(String end) {
        Objects.requireNonNull(end, "end");
        return until(end, itsZone -> UntilText.instant(UntilText.parse(end, today(itsZone)), itsZone));
    }

    private JobBuilder until(Object told, Function<ZoneId, Instant> end) {
        checkFuture(told, end.apply(zone));
        until = itsZone -> checkFuture(told, end.apply(itsZone));
        return this;
    }

    private Instant checkFuture(Object told, Instant end) {
        if (end.isBefore(schedule.now())) {
            throw new IllegalArgumentException("until(" + told + ") has passed, it is " + schedule.now() + " now: expected"
                    + " a time to come, for example until(Duration.ofHours(1))");
        }
        return end;
    }

    private LocalDate today(ZoneId itsZone) {
        return LocalDate.ofInstant(schedule.now(), itsZone);
    }

    // ---- what else ----

    /**
     * Tags by which the job can be found and cancelled together with others.
     *
     * @param tags any number; those that it has already change nothing
     * @return this
     */
    public JobBuilder tag(String... tags) {
        this.tags.addAll(List.of(tags));
        return this;
    }

    /**
     * A name for messages.
     *
     * @param name the name
     * @return this
     */
    public JobBuilder named(String name) {
        this.name = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * What to do about runs that could not take place in time. By default they are one run.
     *
     * @param policy what to do
     * @return this
     */
    public JobBuilder missed(MissedRuns policy) {
        missed = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * What to do when the job throws something. By default it is reported and the job goes on.
     *
     * @param policy what to do
     * @return this
     */
    public JobBuilder onFailure(FailurePolicy policy) {
        failures = Objects.requireNonNull(policy, "policy");
        return this;
    }

    // ---- the job ----

    /**
     * Puts the job into the schedule.
     *
     * @param job what to run
     * @return the job
     * @throws IllegalArgumentException if the time given by {@code until} has passed, or the job would never run
     */
    public Job run(Runnable job) {
        Objects.requireNonNull(job, "job");
        return run(() -> {
            job.run();
            return Job.CONTINUE;
        });
    }

    /**
     * Puts a job into the schedule that says after each run whether it is to go on.
     *
     * @param job what to run; returns {@link Job#CONTINUE} or {@link Job#CANCEL}
     * @return the job
     * @throws IllegalArgumentException if the time given by {@code until} has passed, or the job would never run
     */
    public Job run(Callable<Job.Result> job) {
        Objects.requireNonNull(job, "job");
        Instant end = until == null ? null : until.apply(zone);
        String label = name == null ? "job" : name;
        return schedule.add(new JobPlan(label, Set.copyOf(tags), rule(), end, missed, failures, job));
    }

    private Recurrence rule() {
        if (cron != null) {
            return new CronRule(cronText, cron, zone, gap, overlap);
        }
        return new EveryRule(least, most, Objects.requireNonNull(unit), weekday, at, zone, gap, overlap);
    }

    /** The unit, if a time goes with it. */
    private JobUnit unitWithTime() {
        if (unit == null) {
            throw new IllegalArgumentException("at(...) does not go with cron(...): the text tells the times, for example"
                    + " cron(\"30 10 * * *\")");
        }
        if (unit == JobUnit.WEEK && weekday == null || unit == JobUnit.SECOND) {
            throw AtText.noTime(unit);
        }
        return unit;
    }

    private static ZoneId zoneOf(String zone) {
        Objects.requireNonNull(zone, "zone");
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("there is no zone \"" + zone + "\": expected the name of a region in the"
                    + " time-zone database or an offset, for example \"Europe/Berlin\" or \"+02:00\"", e);
        }
    }
}
