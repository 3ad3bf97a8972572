// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The jobs of a schedule, in the order of their next runs, and the lock that guards all that changes about them. */
final class JobTable {
    /*
     * Model. Each job has one place, by the moment for which its next run is planned:
     *
     *     planned       in this order; so neither the first moment nor what is due is looked for among all
     *     on their way  those that have been handed over, and are planned
     *     none          what is paused, over, or has run as often as it may
     *
     * Whoever changes a job has it placed anew before the lock is given back. To be placed takes memory. For want of it
     * nobody fails who has changed a job, as that has happened; the job is misplaced, and so all are placed anew by
     * whoever looks at them next.
     *
     * Only a clock that was put back makes it necessary to look at all jobs. That it was is seen by the latest moment
     * at which a run of any job was planned.
     */

    final ReentrantLock lock = new ReentrantLock();

    private final TimeSource time;

    /** In the order of registration; guarded by the lock, as all below. */
    private final Set<Job> jobs = new LinkedHashSet<>();

    private final TreeSet<Planned> planned = new TreeSet<>();
    private final Set<Job> onTheirWay = new LinkedHashSet<>();

    /** Not before any moment at which the next run of a job was planned. */
    private Instant latest = Instant.MIN;

    private final RunCounts sums = new RunCounts(null);
    private long registered;
    private long ended;
    private boolean closed;

    /** Whether a job may not be where it belongs. */
    private boolean misplaced;

    /** A job and the moment for which its next run is planned. */
    record Planned(Instant moment, Job job) implements Comparable<Planned> {

        @Override
        public int compareTo(Planned other) {
            int order = moment.compareTo(other.moment);
            return order != 0 ? order : Long.compare(job.number, other.job.number);
        }
    }

    /**
     * What is to be waited for.
     *
     * @param isAny whether any run is planned
     * @param first the earliest moment of those that are not on their way, or null
     */
    record Outlook(boolean isAny, @Nullable Instant first) {}

    JobTable(TimeSource time) {
        this.time = time;
    }

    // ---- changes; the lock is held ----

    /** The counts of a new job, which are counted among the sums. */
    RunCounts newCounts() {
        return new RunCounts(sums);
    }

    /** The number of a new job, in the order of registration. */
    long newNumber() {
        return registered++;
    }

    void add(Job job) {
        jobs.add(job);
        place(job);
    }

    void remove(Job job) {
        place(job);
        jobs.remove(job);
        ended++;
    }

    /** Takes notice of whatever may have changed when a job runs. Does not throw for want of memory. */
    void place(Job job) {
        try {
            put(job);
        } catch (OutOfMemoryError later) {
            misplaced = true;
        }
    }

    private void put(Job job) {
        Instant moment = job.planned();
        boolean handed = moment != null && job.isHanded();
        if (handed) {
            onTheirWay.add(job);
        }
        Planned before = job.place;
        if (moment == null || handed) {
            leave(job, before);
        } else if (before == null || !before.moment.equals(moment)) {
            Planned place = new Planned(moment, job);
            planned.add(place);
            leave(job, before);
            job.place = place;
        }
        if (!handed) {
            onTheirWay.remove(job);
        }
        Instant since = job.plannedSince();
        if (since.isAfter(latest)) {
            latest = since;
        }
    }

    private void leave(Job job, @Nullable Planned place) {
        if (place != null) {
            planned.remove(place);
            job.place = null;
        }
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    // ---- looks ----

    List<Job> snapshot() {
        lock.lock();
        try {
            return List.copyOf(jobs);
        } finally {
            lock.unlock();
        }
    }

    /** The jobs that have a run to come, by its moment, then in the order of registration. */
    List<Job> queue(Instant now) {
        return upTo(Instant.MAX, now);
    }

    /** Those of them whose moment has come. */
    List<Job> due(Instant now) {
        return upTo(now, now);
    }

    private List<Job> upTo(Instant last, Instant now) {
        List<Planned> found = new ArrayList<>();
        lock.lock();
        try {
            bringUpToDate(now);
            for (Planned place : planned) {
                if (place.moment.isAfter(last)) {
                    break;
                }
                found.add(place);
            }
            for (Job job : onTheirWay) {
                Instant moment = job.planned();
                if (moment != null && !moment.isAfter(last)) {
                    found.add(new Planned(moment, job));
                }
            }
        } finally {
            lock.unlock();
        }
        Collections.sort(found);
        return found.stream().map(Planned::job).toList();
    }

    /** What the background has to wait for. */
    Outlook outlook(Instant now) {
        lock.lock();
        try {
            bringUpToDate(now);
            Instant first = first();
            return new Outlook(first != null || !onTheirWay.isEmpty() || misplaced, first);
        } finally {
            lock.unlock();
        }
    }

    /** What those who should have brought them have dropped is no longer on its way. */
    void takeBackWhatIsLost() {
        lock.lock();
        try {
            List.copyOf(onTheirWay).forEach(this::place);
        } finally {
            lock.unlock();
        }
    }

    /** The earliest moment for which a run is planned, or null. */
    @Nullable
    Instant earliest(Instant now) {
        lock.lock();
        try {
            bringUpToDate(now);
            return earliest(first(), onTheirWay, job -> true);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Instant first() {
        return planned.isEmpty() ? null : planned.first().moment;
    }

    /** The earliest moment of some of the jobs, or null. */
    @Nullable
    Instant earliest(Instant now, Predicate<Job> which) {
        lock.lock();
        try {
            bringUpToDate(now);
            return earliest(null, jobs, which);
        } finally {
            lock.unlock();
        }
    }

    private static @Nullable Instant earliest(@Nullable Instant first, Set<Job> jobs, Predicate<Job> which) {
        Instant earliest = first;
        for (Job job : jobs) {
            Instant moment = which.test(job) ? job.planned() : null;
            if (moment != null && (earliest == null || moment.isBefore(earliest))) {
                earliest = moment;
            }
        }
        return earliest;
    }

    /** Places what is misplaced, and notices a clock that was put back. The lock is held. */
    private void bringUpToDate(Instant now) {
        if (misplaced) {
            misplaced = false;
            jobs.forEach(this::place);
        }
        if (now.isBefore(latest)) {
            Instant again = time.instant(); // the given time may have been read before the last run
            if (again.isBefore(latest)) {
                planAnew(again);
            }
        }
    }

    /**
     * Has jobs planned anew for which the clock has been put back too far: lest one that runs each minute wait for an
     * hour.
     */
    private void planAnew(Instant now) {
        Instant before = latest;
        latest = now;
        boolean success = false;
        try {
            for (Job job : jobs) {
                job.planAnewIfFarAhead(now);
                place(job);
            }
            success = true;
        } finally {
            if (!success) { // some have not been looked at
                latest = before;
            }
        }
    }

    /** The number of jobs and the next run. */
    @Override
    public String toString() {
        lock.lock();
        try {
            Instant next = earliest(first(), onTheirWay, job -> true);
            return jobs.size() + " jobs, next run: " + (next == null ? "never" : next);
        } finally {
            lock.unlock();
        }
    }

    /** All numbers of one moment. */
    ScheduleStats stats() {
        lock.lock();
        try {
            int paused = 0;
            long waiting = 0L;
            for (Job job : jobs) {
                paused += job.paused ? 1 : 0;
                waiting += job.waiting;
            }
            long succeeded = sums.of(RunOutcome.SUCCEEDED);
            long failed = sums.of(RunOutcome.FAILED);
            return new ScheduleStats(
                    jobs.size(),
                    paused,
                    ended,
                    Math.toIntExact(sums.begun() - succeeded - failed),
                    waiting,
                    sums.begun(),
                    succeeded,
                    failed,
                    sums.of(RunOutcome.MISSED),
                    sums.of(RunOutcome.SKIPPED),
                    sums.of(RunOutcome.HELD_BACK));
        } finally {
            lock.unlock();
        }
    }
}
