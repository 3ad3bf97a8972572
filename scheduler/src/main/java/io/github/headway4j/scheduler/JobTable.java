// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The jobs of a schedule, and the lock that guards all that changes about them. */
final class JobTable {

    final ReentrantLock lock = new ReentrantLock();

    /** In the order of registration; guarded by the lock, as all below. */
    private final List<Job> jobs = new ArrayList<>();

    private final RunCounts sums = new RunCounts(null);
    private long ended;
    private boolean closed;

    /** A job and the moment for which its next run is planned. */
    private record Planned(Instant moment, Job job) {}

    // ---- changes; the lock is held ----

    /** The counts of a new job, which are counted among the sums. */
    RunCounts newCounts() {
        return new RunCounts(sums);
    }

    void add(Job job) {
        jobs.add(job);
    }

    void remove(Job job) {
        jobs.remove(job);
        ended++;
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
        return sorted(now, Instant.MAX);
    }

    /** Those of them whose moment has come. */
    List<Job> due(Instant now) {
        return sorted(now, now);
    }

    private List<Job> sorted(Instant now, Instant last) {
        List<Planned> planned = new ArrayList<>();
        lock.lock();
        try {
            for (Job job : jobs) {
                Instant moment = job.plannedFor(now);
                if (moment != null && !moment.isAfter(last)) {
                    planned.add(new Planned(moment, job));
                }
            }
        } finally {
            lock.unlock();
        }
        planned.sort(Comparator.comparing(Planned::moment));
        return planned.stream().map(Planned::job).toList();
    }

    /** The earliest moment of some of the jobs, or null. */
    @Nullable
    Instant earliest(Instant now, Predicate<Job> which) {
        Instant earliest = null;
        lock.lock();
        try {
            for (Job job : jobs) {
                Instant moment = which.test(job) ? job.plannedFor(now) : null;
                if (moment != null && (earliest == null || moment.isBefore(earliest))) {
                    earliest = moment;
                }
            }
        } finally {
            lock.unlock();
        }
        return earliest;
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
