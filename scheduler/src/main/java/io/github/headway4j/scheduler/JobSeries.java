// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** For when the runs of a job are planned. It looks at no clock, and is guarded by the lock of the schedule. */
final class JobSeries {

    /** What a clock shows again when it is put back by less, a job of the calendar does not run again. */
    private static final Duration DAY = Duration.ofDays(1);

    private final JobPlan plan;
    private final RandomGenerator random;

    /** When the series was said. */
    private final Instant origin;

    /** When the next run was planned: at the claim of the run before, or when the series began or went on. */
    private Instant since;

    /** The next run by the rule, and the moment for which it is planned: that time, or a random one after it. */
    private @Nullable Instant next;

    private @Nullable Instant moment;

    /** The times of the runs after the next one. */
    private RunTimes following;

    /** What a rule or a source of random numbers has thrown and nobody knows of. */
    private @Nullable Throwable failure;

    /**
     * Plans the first run.
     *
     * @throws IllegalArgumentException if there is none, whenever the job is to end
     */
    JobSeries(JobPlan plan, RandomGenerator random, Instant now) {
        RunTimes times = plan.rule().timesFrom(now, now, random);
        Instant first = times.after(now);
        if (first == null) {
            throw new IllegalArgumentException(plan.rule() + " never comes, it is " + now + " now: expected"
                    + " a time to come, for example on(LocalDate.of(2099, 12, 31)).at(\"10:30\")");
        }
        this.plan = plan;
        this.random = random;
        this.origin = now;
        this.since = now;
        this.following = times;
        go(times, now);
    }

    /** The moment for which the next run is planned, or null if there is none. */
    @Nullable
    Instant moment() {
        return moment;
    }

    /** Whether no run is to follow the next one. */
    boolean isAtItsLastRun() {
        Instant last = next == null ? null : following.after(next);
        return last == null || plan.isPast(last);
    }

    /**
     * Goes on to the first run that is planned for after the given time. Returns how many are between the next one and
     * that.
     */
    long consume(Instant now) {
        Instant due = next;
        if (due == null) {
            return 0L;
        }
        since = now;
        try {
            Instant end = plan.notPast(now);
            Instant late = end.minus(room(due, following.after(due))); // what is later may be put off to after now
            late = late.isBefore(due) ? due : late;
            long overtaken = following.count(due, late);
            go(following, late);
            for (Instant run = next; run != null && isPlannedBy(now); run = next) {
                overtaken++;
                go(following, run);
            }
            return overtaken;
        } catch (Throwable thrown) {
            end();
            failure = thrown;
            return 0L;
        }
    }

    private boolean isPlannedBy(Instant now) {
        return moment != null && !moment.isAfter(now);
    }

    /** Leaves out all runs up to the given time, inclusive; it is now. Returns how many these are. */
    long leaveOut(Instant last, Instant now) {
        Instant first = next;
        if (first == null || first.isAfter(last)) {
            return 0L;
        }
        since = now;
        try {
            long number = 1L + following.count(first, plan.notPast(last));
            go(following, last);
            return number;
        } catch (Throwable thrown) {
            end();
            failure = thrown;
            return 1L;
        }
    }

    /**
     * Whether the given time is further before the moment at which the next run was planned than runs are apart; than
     * a day, if that is more and they are at places of the calendar.
     */
    boolean isFarAhead(Instant now) {
        Instant to = next;
        if (to == null || !now.isBefore(since)) {
            return false;
        }
        Duration distance = Duration.between(since, to);
        Instant after = following.after(to);
        if (after != null) {
            distance = longer(distance, Duration.between(to, after));
        }
        if (plan.rule().isOfTheCalendar()) {
            distance = longer(distance, DAY);
        }
        return Duration.between(now, since).compareTo(distance) > 0;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** Begins anew, at the given time. */
    void restart(Instant now) {
        try {
            go(plan.rule().timesFrom(now, origin, random), now);
            since = now;
        } catch (Throwable thrown) {
            failure = thrown; // the next run stays as it is
        }
    }

    /** What kept the next run from being planned, if that has happened since the last call, or null. */
    @Nullable
    Throwable takeFailure() {
        Throwable taken = failure;
        failure = null;
        return taken;
    }

    /** There are no more runs. */
    void end() {
        next = null;
        moment = null;
    }

    /** Plans the first of some times after a moment. */
    private void go(RunTimes times, Instant after) {
        Instant run = times.after(after);
        if (run == null || plan.isPast(run)) {
            end();
            return;
        }
        RunTimes rest = plan.rule().isRandom() ? plan.rule().timesFrom(run, origin, random) : times;
        moment = putOff(run, rest.after(run));
        next = run;
        following = rest;
    }

    /** A moment from a run on, within the jitter, before the run that follows and not after the end. */
    private Instant putOff(Instant run, @Nullable Instant after) {
        long nanos = room(run, after).toNanos();
        return nanos == 0L ? run : run.plusNanos(random.nextLong(nanos));
    }

    /** How far a run may be put off, exclusive. */
    private Duration room(Instant run, @Nullable Instant after) {
        Duration room = plan.jitter();
        if (room.isZero()) {
            return room;
        }
        Instant end = run.plus(room);
        Instant until = plan.until();
        if (until != null && until.isBefore(end)) {
            end = until.plusNanos(1);
        }
        return Duration.between(run, after != null && after.isBefore(end) ? after : end);
    }
}
