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

    /** The times of the runs after the next one, and the first of these. */
    private RunTimes following;

    private @Nullable Instant afterNext;

    /** The last count that was made in advance; of use as long as its first run is the next one. */
    private @Nullable Count counted;

    /** What a rule or a source of random numbers has thrown and nobody knows of. */
    private @Nullable Throwable failure;

    /**
     * Plans the first run.
     *
     * @throws IllegalArgumentException if there is none, whenever the job is to end
     */
    JobSeries(JobPlan plan, RandomGenerator random, Instant now) {
        RunTimes times = times(plan, random, now);
        this.plan = plan;
        this.random = random;
        this.origin = now;
        this.since = now;
        this.following = times;
        go(times, now);
    }

    /**
     * Looks whether there is a first run, without a lock: for a cron text that may take long. Numbers are not drawn.
     *
     * @throws IllegalArgumentException if there is none
     */
    static void check(JobPlan plan, RandomGenerator random, Instant now) {
        if (!plan.rule().isRandom()) {
            times(plan, random, now);
        }
    }

    private static RunTimes times(JobPlan plan, RandomGenerator random, Instant now) {
        RunTimes times = plan.rule().timesFrom(now, now, random);
        if (times.after(now) == null) {
            throw new IllegalArgumentException(plan.rule() + " never comes, it is " + now + " now: expected"
                    + " a time to come, for example on(LocalDate.of(2099, 12, 31)).at(\"10:30\")");
        }
        return times;
    }

    /** The moment for which the next run is planned, or null if there is none. */
    @Nullable
    Instant moment() {
        return moment;
    }

    /** When that was planned. */
    Instant since() {
        return since;
    }

    /** Whether no run is to follow the next one. */
    boolean isAtItsLastRun() {
        return afterNext == null || plan.isPast(afterNext);
    }

    // ---- counts ----

    /** How many runs there are after one of them, up to a moment; they are counted one by one. */
    static final class Count {
        private final RunTimes times;
        private final Instant from;
        private Instant to;
        private int runs;

        /** The last run so far, and the one before it; the first is that at which the count begins. */
        private Instant last;

        private @Nullable Instant beforeLast;

        Count(RunTimes times, Instant from, Instant to) {
            this.times = times;
            this.from = from;
            this.to = to;
            this.last = from;
        }

        /** Counts, or goes on counting; it takes long, so that no lock should be held. */
        void make() {
            Instant run = isFull() ? null : times.after(last);
            while (run != null && !run.isAfter(to)) {
                beforeLast = last;
                last = run;
                runs++;
                run = isFull() ? null : times.after(run);
            }
        }

        private boolean isFull() {
            return runs >= RunTimes.MOST_COUNTED;
        }
    }

    /**
     * What is to be counted before {@link #consume} or {@link #leaveOut} are called for that moment, or null if they
     * take no time.
     */
    @Nullable
    Count toCount(Instant last) {
        Instant first = next;
        Instant second = afterNext;
        if (first == null || second == null || following instanceof SteadyTimes) {
            return null;
        }
        Instant to = plan.notPast(last);
        return second.isAfter(to) ? null : new Count(following, first, to);
    }

    /** A count has been made. */
    void counted(Count count) {
        counted = count;
    }

    /** The runs after the given one, which is the next, up to a moment; most of them have been counted in advance. */
    private Count count(Instant from, Instant to) {
        Count made = counted;
        counted = null;
        if (made == null || made.times != following || !made.from.equals(from) || made.to.isAfter(to)) {
            made = new Count(following, from, to);
        }
        made.to = to;
        made.make();
        return made;
    }

    // ---- the next run ----

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
            long overtaken = goToLast(due, plan.notPast(now));
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

    /**
     * Goes on to the last run up to the given time if it may be put off to after that, else to the one after it; all
     * before it are due, since each is planned for before the run that follows. Returns how many are left out between
     * the next one and that.
     */
    private long goToLast(Instant due, Instant end) {
        if (following instanceof SteadyTimes steady) {
            Instant late = end.minus(room(due, afterNext)); // the same for all
            late = late.isBefore(due) ? due : late;
            long overtaken = steady.count(due, late);
            go(steady, late);
            return overtaken;
        }
        Count count = count(due, end);
        Instant beforeLast = count.beforeLast;
        if (beforeLast == null || plan.jitter().isZero() || count.isFull()) {
            go(count.times, end);
            return count.runs;
        }
        go(count.times, beforeLast);
        return count.runs - 1L;
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
        try {
            Instant end = plan.notPast(last);
            long more = following instanceof SteadyTimes steady ? steady.count(first, end) : count(first, end).runs;
            return goPast(last, now) ? 1L + more : 1L;
        } catch (Throwable thrown) {
            end();
            failure = thrown;
            return 1L;
        }
    }

    /** Leaves out all runs up to the given time, inclusive; it is now. Returns whether the next one can be told. */
    boolean goPast(Instant last, Instant now) {
        Instant first = next;
        if (first == null || first.isAfter(last)) {
            return true;
        }
        since = now;
        try {
            go(following, last);
            return true;
        } catch (Throwable thrown) {
            end();
            failure = thrown;
            return false;
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
        if (afterNext != null) {
            distance = longer(distance, Duration.between(to, afterNext));
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
        afterNext = null;
    }

    /** Plans the first of some times after a moment. */
    private void go(RunTimes times, Instant after) {
        Instant run = times.after(after);
        if (run == null || plan.isPast(run)) {
            end();
            return;
        }
        RunTimes rest = plan.rule().isRandom() ? plan.rule().timesFrom(run, origin, random) : times;
        Instant follower = rest.after(run);
        moment = putOff(run, follower);
        next = run;
        following = rest;
        afterNext = follower;
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
