// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import io.github.headway4j.primitives.WaitQueue;
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
 * sentence without its {@code run} does nothing. Made by {@link Every}, {@link JobSchedule#on} and
 * {@link JobSchedule#cron}.
 *
 * <p><b>Clocks put forward or back.</b> Jobs by the day, weekday, week, month and date go by the wall clock: a time
 * that it leaves out is run at the end of the gap, and of a time that it shows twice the first is taken. Jobs by the
 * second, minute and hour are intervals: they go on as time goes by, and one that is tied to a place in each hour runs
 * whenever the clock shows it. A cron text whose minutes or hours begin with an asterisk counts among the intervals.
 * {@link #gap} and {@link #overlap(DstOverlap)} choose otherwise.
 *
 * <p><b>Threads.</b> A builder is for one thread.
 *
 * @since 0.1
 */
public final class JobBuilder {

    private final JobSchedule schedule;
    private final Sentence sentence;
    private final Set<String> tags = new LinkedHashSet<>();

    private ZoneId zone;
    private @Nullable DstGap gap;
    private @Nullable DstOverlap shownTwice;
    private @Nullable Function<ZoneId, Instant> until;
    private long times = Long.MAX_VALUE;
    private Duration jitter = Duration.ZERO;
    private MissedRuns missed = MissedRuns.COALESCE;
    private Overlap overlap = Overlap.SKIP;
    private FailurePolicy failures = FailurePolicy.reportAndContinue();
    private @Nullable String name;

    JobBuilder(JobSchedule schedule, Sentence sentence) {
        this.schedule = schedule;
        this.sentence = sentence;
        this.zone = schedule.zone();
    }

    // ---- on which day ----

    /**
     * On which day of the week, for weeks: {@code every(2).weeks().on(MONDAY)}. The first such day that has one of the
     * times to come is one of them.
     *
     * @param weekday the day of the week
     * @return this
     * @throws IllegalArgumentException if the unit is not a week, or has a weekday already
     */
    public JobBuilder on(DayOfWeek weekday) {
        sentence.on(Objects.requireNonNull(weekday, "weekday"));
        return this;
    }

    /**
     * On which day of the month, for months. The first such day that has one of the times to come is one of them. A
     * month that has no such day has it on its last.
     *
     * @param day the day, 1 to 31
     * @return this
     * @throws IllegalArgumentException if it is no such day, or the unit is not a month
     */
    public JobBuilder onDay(int day) {
        sentence.onDay(day);
        return this;
    }

    /**
     * On the last day of the month, for months.
     *
     * @return this
     * @throws IllegalArgumentException if the unit is not a month
     */
    public JobBuilder onLastDay() {
        return onDay(31);
    }

    // ---- at what time, and whose ----

    /**
     * At which time of the day, place in the hour or place in the minute.
     *
     * @param time for days and what is longer {@code "HH:MM"} or {@code "HH:MM:SS"}, for hours {@code ":MM"} or
     *     {@code "MM:SS"}, for minutes {@code ":SS"}
     * @return this
     * @throws IllegalArgumentException if it is not such a time, or the unit has none
     */
    public JobBuilder at(String time) {
        sentence.time(time, false);
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
     * At which time, by the clock of a zone. Several times are told by {@link #and(String)}.
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
     * At which times of the day.
     *
     * @param time the time
     * @param more others, in any order
     * @return this
     * @throws IllegalArgumentException if the unit is shorter than a day
     */
    public JobBuilder at(LocalTime time, LocalTime... more) {
        sentence.time(time, false);
        for (LocalTime other : more) {
            and(other);
        }
        return this;
    }

    /**
     * And at which other time: {@code every().day().at("10:30").and("18:00")}. Times that are the same are one.
     *
     * @param time as {@link #at(String)} says
     * @return this
     * @throws IllegalArgumentException if it is not such a time, or the distance is a random one
     * @throws IllegalStateException if there is no time yet
     */
    public JobBuilder and(String time) {
        sentence.time(time, true);
        return this;
    }

    /**
     * And at which other time of the day.
     *
     * @param time the time
     * @return this
     * @throws IllegalArgumentException if the unit is shorter than a day, or the distance is a random one
     * @throws IllegalStateException if there is no time yet
     */
    public JobBuilder and(LocalTime time) {
        sentence.time(time, true);
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
     * What to do about a time that the clock leaves out. Intervals have none, but for one place in each single hour or
     * minute; where there is one in several hours or minutes this changes nothing.
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
        shownTwice = Objects.requireNonNull(choice, "choice");
        return this;
    }

    /**
     * Puts each run off by a random time, so that what is planned for the same time does not happen all at once. It is
     * drawn anew for each run, stays before the run that follows, and does not shift those.
     *
     * @param bound what it is less than; zero for no such time
     * @return this
     * @throws IllegalArgumentException if it is negative, or more than 292 years
     */
    public JobBuilder jitter(Duration bound) {
        if (bound.isNegative() || WaitQueue.saturatedNanos(bound) == Long.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "jitter(" + bound + "): expected zero to 292 years, for example jitter(Duration.ofSeconds(30))");
        }
        jitter = bound;
        return this;
    }

    // ---- how long ----

    /**
     * How often it runs, those runs included that fail and that are asked for by hand. Then the job is over.
     *
     * @param runs the number of runs
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public JobBuilder times(long runs) {
        if (runs < 1L) {
            throw new IllegalArgumentException("times(" + runs + "): expected at least 1, for example times(3)");
        }
        times = runs;
        return this;
    }

    /**
     * Until when. A run that is planned for that very moment takes place; then, or as soon as the moment has passed,
     * the job is over. Of the runs before it only the last may begin after it, by no more than the time of
     * {@link ScheduleOptions#clockCheck}, and only if it alone is due. A job whose first run would be later is over at
     * once.
     *
     * @param end the moment
     * @return this
     * @throws IllegalArgumentException if it has passed
     */
    public JobBuilder until(Instant end) {
        return until(end, Objects.requireNonNull(end, "end"));
    }

    /**
     * Until when.
     *
     * @param end the moment
     * @return this
     * @throws IllegalArgumentException if it has passed
     */
    public JobBuilder until(ZonedDateTime end) {
        return until(end, end.toInstant());
    }

    /**
     * For how long from now. More than there is in a calendar is for ever.
     *
     * @param time how long
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public JobBuilder until(Duration time) {
        Instant now = schedule.now();
        if (time.isNegative()) {
            return until(time, Instant.MIN);
        }
        boolean endless = time.compareTo(Duration.between(now, Instant.MAX)) >= 0;
        return until(time, endless ? Instant.MAX : now.plus(time));
    }

    private JobBuilder until(Object told, Instant end) {
        checkFuture(told, end);
        until = anyZone -> checkFuture(told, end);
        return this;
    }

    /**
     * Until when, by the clock of the job's zone; if that shows it twice the second time, if never the end of the gap.
     * If it has passed, {@code run} says so.
     *
     * @param end the local time
     * @return this
     */
    public JobBuilder until(LocalDateTime end) {
        Objects.requireNonNull(end, "end");
        return until(end, today -> end);
    }

    /**
     * Until when today, by the clock of the job's zone. If it has passed, {@code run} says so.
     *
     * @param end the time of the day
     * @return this
     */
    public JobBuilder until(LocalTime end) {
        Objects.requireNonNull(end, "end");
        return until(end, today -> today.atTime(end));
    }

    /**
     * Until when, by the clock of the job's zone. If it has passed, {@code run} says so.
     *
     * @param end {@code "YYYY-MM-DD HH:MM"}, {@code "YYYY-MM-DD"} for the beginning of that day, or {@code "HH:MM"} for
     *     a time today, each time with {@code ":SS"} or without
     * @return this
     * @throws IllegalArgumentException if it is not such a time
     */
    public JobBuilder until(String end) {
        UntilText.check(end);
        return until(end, today -> UntilText.parse(end, today));
    }

    private JobBuilder until(Object told, Function<LocalDate, LocalDateTime> end) {
        until = itsZone -> {
            LocalDate today = LocalDate.ofInstant(schedule.now(), itsZone);
            return checkFuture(told, UntilText.instant(end.apply(today), itsZone));
        };
        return this;
    }

    private Instant checkFuture(Object told, Instant end) {
        if (end.isBefore(schedule.now())) {
            throw new IllegalArgumentException("until(" + told + ") has passed, it is " + schedule.now()
                    + " now: expected a time to come, for example until(Duration.ofHours(1))");
        }
        return end;
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
     * What to do about a run that is due while another one of this job is under way. By default it is skipped.
     *
     * @param policy what to do
     * @return this
     */
    public JobBuilder overlap(Overlap policy) {
        overlap = Objects.requireNonNull(policy, "policy");
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
     * @throws IllegalArgumentException if the time given by {@code until} has passed, or there is no run to come
     * @throws IllegalStateException if the schedule is closed
     * @throws java.util.concurrent.RejectedExecutionException if it has been started on timers that are closed or take
     *     no more
     */
    public Job run(Runnable job) {
        Objects.requireNonNull(job, "job");
        return run(() -> {
            job.run();
            return Job.CONTINUE;
        });
    }

    /**
     * Puts a job into the schedule that says after each run whether it is to go on. If it returns null instead the run
     * has failed.
     *
     * <p>Where the compiler cannot tell which {@code run} is meant, as for the name of a method that has several forms,
     * say it: {@code run((Runnable) this::collect)}.
     *
     * @param job what to run; returns {@link Job#CONTINUE} or {@link Job#CANCEL}
     * @return the job
     * @throws IllegalArgumentException if the time given by {@code until} has passed, or there is no run to come
     * @throws IllegalStateException if the schedule is closed
     * @throws java.util.concurrent.RejectedExecutionException if it has been started on timers that are closed or take
     *     no more
     */
    public Job run(Callable<Job.Result> job) {
        Objects.requireNonNull(job, "job");
        Instant end = until == null ? null : until.apply(zone);
        String label = name == null ? "job" : name;
        Recurrence rule = sentence.rule(zone, gap, shownTwice);
        return schedule.add(
                new JobPlan(label, Set.copyOf(tags), rule, end, times, jitter, missed, overlap, failures, job));
    }

    private static ZoneId zoneOf(String zone) {
        Objects.requireNonNull(zone, "zone");
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "there is no zone \"" + zone + "\": expected the name of a region in the"
                            + " time-zone database or an offset, for example \"Europe/Berlin\" or \"+02:00\"; a second"
                            + " time is told by and(...), for example at(\"10:30\").and(\"18:00\")",
                    e);
        }
    }
}
