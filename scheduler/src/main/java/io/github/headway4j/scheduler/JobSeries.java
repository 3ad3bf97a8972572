// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** For when the runs of a job are planned. It looks at no clock, and is guarded by the lock of the schedule. */
final class JobSeries {

    private final JobPlan plan;
    private final RandomGenerator random;

    private RunTimes times;

    /** The time from which the next one was planned: that of the run before, or when the series began. */
    private Instant from;

    /** The next run by the rule, and the moment for which it is planned: that time, or a random one after it. */
    private @Nullable Instant next;

    private @Nullable Instant moment;

    /**
     * Plans the first run.
     *
     * @throws IllegalArgumentException if there is none, whenever the job is to end
     */
    JobSeries(JobPlan plan, RandomGenerator random, Instant now) {
        RunTimes series = plan.rule().timesFrom(now, random);
        Instant first = series.after(now);
        if (first == null) {
            throw new IllegalArgumentException(plan.rule() + " never comes: expected a time to come");
        }
        boolean past = plan.isPast(first);
        this.plan = plan;
        this.random = random;
        this.times = series;
        this.from = now;
        this.next = past ? null : first;
        this.moment = past ? null : putOff(plan, series, first, random);
    }

    /** The moment for which the next run is planned, or null if there is none. */
    @Nullable
    Instant moment() {
        return moment;
    }

    /** Goes on to the first run after the given time. Returns how many are between the next one and that. */
    long consume(Instant now) {
        Instant due = next;
        if (due == null) {
            return 0L;
        }
        RunTimes following = plan.rule().isRandom() ? plan.rule().timesFrom(due, random) : times;
        long overtaken = following.count(due, now);
        go(following, due, now);
        return overtaken;
    }

    /** Leaves out all runs up to the given time, inclusive. Returns how many these are. */
    long leaveOut(Instant last) {
        Instant first = next;
        if (first == null || first.isAfter(last)) {
            return 0L;
        }
        long number = 1L + times.count(first, plan.notPast(last));
        go(times, from, last);
        return number;
    }

    /** Whether the given time is more than a whole distance of two runs before the last one. */
    boolean isFarAhead(Instant now) {
        Instant to = next;
        return to != null && Duration.between(now, from).compareTo(Duration.between(from, to)) > 0;
    }

    /** Begins anew, at the given time. */
    void restart(Instant now) {
        go(plan.rule().timesFrom(now, random), now, now);
    }

    /** There are no more runs. */
    void end() {
        next = null;
        moment = null;
    }

    private void go(RunTimes following, Instant since, Instant after) {
        times = following;
        from = since;
        Instant run = following.after(after);
        if (run == null || plan.isPast(run)) {
            end();
        } else {
            next = run;
            moment = putOff(plan, following, run, random);
        }
    }

    /** A moment from a run on, within the jitter, before the run that follows and not after the end. */
    private static Instant putOff(JobPlan plan, RunTimes times, Instant run, RandomGenerator random) {
        Duration room = plan.jitter();
        if (room.isZero()) {
            return run;
        }
        Instant following = times.after(run);
        if (following != null && following.isBefore(run.plus(room))) {
            room = Duration.between(run, following);
        }
        return plan.notPast(run.plusNanos(random.nextLong(room.toNanos())));
    }
}
