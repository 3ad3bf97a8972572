// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import io.github.headway4j.primitives.WaitQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Runs the jobs of a schedule in the background, on timers. */
final class BackgroundRuns {
    /*
     * Model. While a run is to come there is a look every so often, since a timer waits in elapsed time, and meanwhile
     * the clock on the wall may jump; and one at the earliest moment for which a run is planned, if that comes before.
     * A look hands over what is due, in order, as timers that are due at once; so the runs of the timers' executor
     * begin in this order. Whatever may have changed what is planned asks for a new plan of the looks: this moves the
     * exact one forward, never back, since a look in vain does no harm; and it ends both if there is nothing to look
     * for.
     *
     *     replan:  the next moment of a job whose run is not on its way already; none: cancel the looks
     *              before the regular look, and before the exact one: plan that anew
     *     look:    the exact look to come is none; hand over what is due; replan
     *
     * Neither looks at jobs of which nothing is due, so that n jobs that run or end together do not take n * n steps.
     *
     * No change is lost. Who changes something does so under the lock of the table, and then replans under this lock:
     * it sees its own change, and whatever changed before. A run that is on its way replans when it begins. What an
     * executor has refused, be it a look or a run, is seen by the next look to be done without having begun.
     *
     * A virtual clock does not jump, so that regular looks are not needed there: it would be moved from one to the next
     * for ever.
     *
     * Locks. This one is taken before that of the table. Under either no user code runs, but for the clock and the
     * source of random numbers; what is to be cancelled, of which a listener of the timers may be told, is cancelled
     * afterwards. Runs are handed over under this one, so that two looks at the same time keep the order.
     */

    private final JobTable table;
    private final TimeSource time;
    private final Duration clockCheck;
    private final Timers timers;

    /** Whether the timers are this schedule's alone. */
    private final boolean own;

    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock: the regular looks. */
    private @Nullable RepeatingTimeout regular;

    /** Guarded by the lock: the exact look to come. */
    private @Nullable Look next;

    /** Guarded by the lock. */
    private boolean closed;

    /** Those that have been handed over and may not have ended. */
    private final Set<HandedRun> handed = ConcurrentHashMap.newKeySet();

    BackgroundRuns(JobTable table, ScheduleOptions options, Timers timers, boolean own) {
        this.table = table;
        this.time = options.time();
        this.clockCheck = options.clockCheck();
        this.timers = timers;
        this.own = own;
    }

    /** Something may have changed: plans the looks. No lock is held. */
    void replan() {
        List<Timeout> obsolete = new ArrayList<>();
        lock.lock();
        try {
            if (!closed) {
                plan(obsolete);
            }
        } finally {
            lock.unlock();
            obsolete.forEach(Timeout::cancel);
        }
    }

    // ---- looks ----

    /** The lock is held. */
    private void plan(List<Timeout> obsolete) {
        Instant now = time.instant();
        JobTable.Outlook outlook = table.outlook(now);
        if (!outlook.isAny()) {
            dropLooks(obsolete);
            return;
        }
        boolean virtual = time instanceof VirtualTime;
        if (!virtual && (regular == null || regular.isDone())) {
            regular = timers.every(clockCheck, () -> look(null));
        }
        Instant moment = outlook.first();
        if (moment != null) {
            Duration wait = Duration.between(now, moment);
            if (virtual || wait.compareTo(clockCheck) < 0) {
                lookIn(wait.isNegative() ? Duration.ZERO : wait, obsolete);
            }
        }
    }

    /** Plans the exact look, unless one is planned that is not later. The lock is held. */
    private void lookIn(Duration wait, List<Timeout> obsolete) {
        long moment = Moments.plus(time.nanoTime(), WaitQueue.saturatedNanos(wait));
        Look present = next;
        if (present != null && !present.isLost() && moment - present.moment >= 0L) {
            return;
        }
        Look earlier = new Look(moment);
        try {
            earlier.timeout = timers.scheduleAtNanos(moment, 0, earlier);
        } catch (RejectedExecutionException full) {
            if (regular == null || timers.isClosed()) {
                throw full;
            }
            return; // late, but the regular look will find it
        }
        dropLook(obsolete);
        next = earlier;
    }

    /** The lock is held. */
    private void dropLook(List<Timeout> obsolete) {
        Look present = next;
        Timeout sender = present == null ? null : present.timeout;
        if (sender != null) {
            obsolete.add(sender);
        }
        next = null;
    }

    /** The lock is held. */
    private void dropLooks(List<Timeout> obsolete) {
        dropLook(obsolete);
        RepeatingTimeout series = regular;
        if (series != null) {
            obsolete.add(series);
        }
        regular = null;
    }

    private void look(@Nullable Look look) {
        Instant now;
        List<Job> due;
        List<HandedRun> refused = new ArrayList<>();
        Pass pass = new Pass();
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (next == look) {
                next = null;
            }
            handed.removeIf(HandedRun::isOver);
            table.takeBackWhatIsLost();
            now = time.instant();
            due = table.due(now);
            handOver(due, now, refused, pass);
        } finally {
            lock.unlock();
        }
        due.forEach(job -> pass.call(() -> job.leaveToOthers(now, pass)));
        pass.call(this::replan);
        refused.forEach(pass::call); // the timers take no more
        pass.endInBackground();
    }

    /** Hands runs over to the timers. Those that they do not take are for this thread to make. The lock is held. */
    private void handOver(List<Job> due, Instant now, List<HandedRun> refused, Pass pass) {
        for (Job job : due) {
            HandedRun run = null;
            try {
                run = job.handOver(handed, now);
                if (run != null) {
                    handed.add(run);
                    run.sentBy(timers.schedule(Duration.ZERO, run));
                }
            } catch (Throwable trouble) {
                if (run != null) {
                    run.keptByThisThread();
                    refused.add(run);
                }
                if (!(trouble instanceof RejectedExecutionException)) {
                    pass.keep(trouble);
                }
            }
        }
    }

    /** Looks no more. */
    void endLooks() {
        List<Timeout> obsolete = new ArrayList<>();
        lock.lock();
        try {
            closed = true;
            dropLooks(obsolete);
        } finally {
            lock.unlock();
        }
        obsolete.forEach(Timeout::cancel);
    }

    /**
     * Looks no more, and waits for runs that are under way: a run that does this not for itself, nor for others that do
     * it too, so that they do not wait for each other.
     *
     * @param limit how long
     * @return whether all have ended
     */
    boolean close(Duration limit) {
        endLooks();
        if (own) {
            return timers.close(limit);
        }
        List<HandedRun> mine = handed.stream().filter(HandedRun::isInThisThread).toList();
        mine.forEach(run -> run.closes(true));
        try {
            return await(WaitQueue.saturatedNanos(limit), !mine.isEmpty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            mine.forEach(run -> run.closes(false));
        }
    }

    private boolean await(long nanos, boolean inside) throws InterruptedException {
        long begin = System.nanoTime();
        boolean ended = true;
        for (HandedRun run : handed) {
            ended &= run.cancelOrAwait(nanos - (System.nanoTime() - begin), inside);
        }
        return ended;
    }

    @Override
    public String toString() {
        return timers.toString();
    }

    /** An exact look. */
    private final class Look implements Runnable {
        private final long moment;

        /** Guarded by the lock. */
        private @Nullable Timeout timeout;

        Look(long moment) {
            this.moment = moment;
        }

        /** Whether it will not take place, asked before it has. */
        boolean isLost() {
            Timeout sender = timeout;
            return sender != null && sender.isDone();
        }

        @Override
        public void run() {
            look(this);
        }
    }
}
