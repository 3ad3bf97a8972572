// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.scheduler.Timeout;
import io.github.headway4j.scheduler.Timers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Ends tasks that run too long, and workers that do not leave. Guarded by the pool's lock. */
final class TaskClock {
    /*
     * The time of a task is looked at when it has been the front of its worker's tasks for that long: since it was sent
     * to one that had nothing to do, or since the result of the one before it has come, or since the last part of its
     * argument was put into the ring, if that was later. If it has begun later still, which the window tells then, it
     * has its time from that moment on. So nothing has to be told by the worker for each task, and tasks with time-outs
     * can be sent ahead like others.
     *
     * A front that has not begun at all by then is given as much time again: the processors are busy, or its argument is
     * large. A worker that begins nothing for SILENCE_NANOS is stuck. It is killed; what it did not begin
     * goes to others.
     *
     * A worker has one timer at most. When it comes and the front has changed meanwhile, it is set anew.
     */

    private static final long SILENCE_NANOS = 30_000_000_000L;

    /** By itself a worker that is let go ends within a second, unless it is stopped or was about to end before. */
    private static final long LEAVING_NANOS = 3_000_000_000L;

    private final PoolCore core;
    private @Nullable Timers timers;

    TaskClock(PoolCore core) {
        this.core = core;
    }

    /** Sees to it that the front of the worker's tasks will be looked at when its time is over. */
    void watch(PoolWorker worker, Afterwards after) {
        RemoteTask front = worker.sent.front();
        if (front == null || front.timeoutNanos == 0L) {
            return;
        }
        long due = worker.sent.frontSince() + front.timeoutNanos;
        Timeout set = worker.timer;
        if (set != null) {
            if (worker.timerDue - due <= 0L) {
                return;
            }
            set.cancel();
            worker.timer = null;
        }
        set(worker, due, after);
    }

    private void set(PoolWorker worker, long due, Afterwards after) {
        worker.timerDue = due;
        try {
            Timers all = timers;
            if (all == null) {
                all = Timers.daemon();
                timers = all;
            }
            worker.timer = all.schedule(Duration.ofNanos(due - System.nanoTime()), () -> expire(worker));
        } catch (Throwable none) { // no thread can be had: the next step tries again
            after.add(() -> Uncaught.report(none));
        }
    }

    /** Sees to it that a worker that is to end by itself is killed if it does not. */
    void watchEnd(PoolWorker worker, Afterwards after) {
        Timeout set = worker.timer;
        if (set != null) {
            set.cancel();
            worker.timer = null;
        }
        set(worker, System.nanoTime() + LEAVING_NANOS, after);
    }

    private void expire(PoolWorker worker) {
        Afterwards after = new Afterwards(core.delivery);
        core.lock.lock();
        try {
            worker.timer = null;
            RemoteTask front = worker.sent.front();
            long now = System.nanoTime();
            if (worker.state == PoolWorker.State.LEAVING) {
                if (now - worker.timerDue >= 0L) {
                    worker.kill(after);
                } else {
                    set(worker, worker.timerDue, after); // this was for a task, and could not be cancelled any more
                }
            } else if (worker.state == PoolWorker.State.READY
                    && front != null
                    && front.timeoutNanos > 0L
                    && now - worker.sent.frontSince() >= front.timeoutNanos) {
                end(worker, front, now, after);
            }
            core.balance(after);
        } finally {
            core.lock.unlock();
            after.run();
        }
    }

    private void end(PoolWorker worker, RemoteTask front, long now, Afterwards after) {
        if (worker.sent.lastBegun() == null) {
            if (!worker.isStuck(front, now, SILENCE_NANOS)) {
                worker.sent.restartFront(now);
                return;
            }
            worker.recall(now);
            if (front.place == RemoteTask.QUEUED) {
                worker.kill(after);
                return;
            }
        } else if (hasTime(worker, front, now)) {
            return;
        }
        if (!worker.isOnlyHurting(front, now)) {
            worker.sent.restartFront(now); // the front has ended; its result is on the way
            return;
        }
        RemoteOutcome outcome = RemoteOutcome.failure(
                new TaskTimeoutException(worker.toString(), Duration.ofNanos(front.timeoutNanos)));
        after.makeRoom(1);
        worker.sent.settle(front.number, now);
        core.counts.failed++;
        core.counts.timedOut++;
        after.settle(front, outcome);
        worker.kill(after);
    }

    /** Whether the front, if it is what the worker does, has begun so late that its time is not over; it goes on then. */
    private static boolean hasTime(PoolWorker worker, RemoteTask front, long now) {
        if (worker.sent.lastBegun() != front) {
            return false;
        }
        long begun = worker.sent.lastBegunAt();
        if (begun - now > 0L || now - begun >= front.timeoutNanos) { // a moment to come is none that the worker wrote
            return false;
        }
        worker.sent.restartFront(begun);
        return true;
    }

    /** Nothing is to be watched any more. */
    void close() {
        Timers all = timers;
        if (all != null) {
            all.close(Duration.ZERO);
        }
    }
}
