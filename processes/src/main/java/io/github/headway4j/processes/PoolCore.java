// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.primitives.Event;
import io.github.headway4j.primitives.WaitQueue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a {@link ProcessPool} is made of: its lock, its backlog, its crew of workers, and how tasks come and go. */
final class PoolCore {
    /*
     * Model. One lock guards the places of all tasks and the states of all workers. Everything that happens is a short
     * step under this lock, by the thread that it happens to: a task is submitted or cancelled (callers), a result has
     * come, a worker is ready, or lost (its reader), a time is over (timers), the pool is shut down (callers). Each
     * step ends with balance(), which sends tasks to workers that have room, and takes tasks that have not begun from
     * busy workers for those that have nothing. What takes longer, or runs code of others, is put off until the lock is
     * free: outcomes, bells, kills.
     *
     * Nobody waits within a step, so there is nothing to be woken for: to send is to copy into memory that is shared
     * with the worker. The threads of the pool are the readers, each of which waits for the bell or the end of its own
     * worker, and the delivery.
     *
     * Exactly one outcome. See RemoteTask for the places of a task. The races:
     *
     *   recall and begin      Window: one of withdraw and begin succeeds. Only what was withdrawn is sent again.
     *   recall and crash      The dead worker's tasks are withdrawn like those of a living one. What cannot be had
     *   begun. result and crash      A result is in shared memory before the next task begins. The reader takes all
     *                         that is there before it reports the loss. So what has begun and is still in the table
     *                         then is the one task of which the worker died. A task that is too large to be read is
     *                         never begun; it stays in the table too when the third worker has ended before it.
     *   result and time-out, result and cancelling
     *                         Both move the task to DONE under the lock: the later one finds it gone. Before a worker
     *                         is killed, all that has not begun is withdrawn, and then it is looked at whether the task
     *                         is the last that has begun: if not, it has ended, its result is on its way, and nothing
     *                         is killed. If so, the kill hits this task alone.
     *   submit and shutdown   Both under the lock: a task is accepted before, or refused.
     *   anything and stopping Stopping moves all tasks to DONE; who comes later finds nothing.
     *
     * Nobody waits for ever. A task in the backlog is sent when a worker has room: after each step that could make room
     * (a result, a withdrawal, a worker that is ready) balance() runs. If no worker is left, one is being started, and
     * either gets ready or fails; after three failures in a row all tasks fail. A task that was sent ends by its
     * result, or by the end of its worker, which its reader sees in any case: the channel ends with the process. A task
     * that runs for ever without a time-out does so here as anywhere; it keeps its worker, and nothing that lies behind
     * it, as soon as another worker is idle.
     *
     * Memory that runs out. What a step needs for the tasks that it moves is asked for before it moves them, as far as
     * that can be; so who runs out of memory finds them where they were. The end of a worker is told once more then.
     * The queue of the backlog grows when tasks come back to it; those for which that fails are lost.
     *
     * Lock order. The pool's lock, then that of the timers; the delivery's and all others are taken without it.
     */

    private static final AtomicInteger POOLS = new AtomicInteger();

    final String name;
    final int size;
    final ProcessPoolOptions options;
    final Delivery delivery;
    final Event terminated = new Event();
    final ReentrantLock lock = new ReentrantLock();
    final PoolBacklog backlog;

    final long taskTimeoutNanos;

    /** What each worker gets first. */
    final byte @Nullable [] initializer;

    /** Signalled when a worker is ready, and when none will be any more. */
    final Condition progress = lock.newCondition();

    @SuppressWarnings({"nullness:argument", "nullness:assignment"}) // only kept
    private final TaskClock clock = new TaskClock(this);

    /* Guarded by the lock. */
    final PoolCrew crew;
    final PoolCounts counts = new PoolCounts();
    private int openMaps;
    private boolean shutdown;
    private boolean stopped;
    private @Nullable BrokenProcessPoolException broken;

    PoolCore(int size, ProcessPoolOptions options, byte @Nullable [] initializer) {
        this(size, options, initializer, Thread::new);
    }

    /** For tests, which say what threads can be had for the delivery. */
    @SuppressWarnings({"nullness:argument", "nullness:assignment"}) // it is only kept by the crew
    PoolCore(
            int size,
            ProcessPoolOptions options,
            byte @Nullable [] initializer,
            Function<Runnable, Thread> deliverers) {
        String chosen = options.name;
        this.name = chosen != null ? chosen : "process-pool-" + POOLS.incrementAndGet();
        this.size = size;
        this.options = options;
        this.initializer = initializer;
        this.taskTimeoutNanos = WaitQueue.saturatedNanos(options.taskTimeout);
        this.delivery = new Delivery(name, deliverers);
        this.backlog = new PoolBacklog(lock, options.backlog);
        this.crew = new PoolCrew(this);
    }

    /** Starts the workers. */
    void start() {
        delivery.start();
        Afterwards after = new Afterwards(delivery);
        lock.lock();
        try {
            crew.replace(after);
        } finally {
            lock.unlock();
            after.run();
        }
    }

    // ---- tasks come and go, by any thread ----

    /** Accepts a task. Waits for room if the backlog is bounded. */
    void submit(RemoteTask task) {
        Afterwards after = new Afterwards(delivery);
        try {
            backlog.lockWithRoom(this::checkOpen);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("interrupted while it waited for room in the backlog", e);
        }
        try {
            checkOpen();
            accept(task);
            balance(after);
        } finally {
            lock.unlock();
            after.run();
        }
    }

    /**
     * Accepts chunks of a map, as many as there is room for.
     *
     * @param open whether the map began before the pool was shut down, and may go on
     * @return how many were accepted
     */
    int offer(Iterable<? extends RemoteTask> tasks, boolean open) {
        Afterwards after = new Afterwards(delivery);
        int accepted = 0;
        lock.lock();
        try {
            if (!open || stopped) {
                checkOpen();
            }
            for (RemoteTask task : tasks) {
                if (!backlog.hasRoom()) {
                    break;
                }
                accept(task);
                accepted++;
            }
            balance(after);
        } finally {
            lock.unlock();
            after.run();
        }
        return accepted;
    }

    private void accept(RemoteTask task) {
        backlog.add(task);
        counts.submitted++;
    }

    private void checkOpen() {
        if (broken != null) {
            throw new BrokenProcessPoolException(broken.getMessage(), broken.getCause());
        }
        if (shutdown) {
            throw new RejectedExecutionException("the pool is shut down: " + name);
        }
    }

    /**
     * A map begins.
     *
     * @param together whether it may go on after a shutdown, until it is closed
     */
    void openMap(boolean together) {
        lock.lock();
        try {
            checkOpen();
            openMaps += together ? 1 : 0;
        } finally {
            lock.unlock();
        }
    }

    /** A map has ended. */
    void closeMap(RemoteFunction function, boolean open) {
        Afterwards after = new Afterwards(delivery);
        lock.lock();
        try {
            openMaps -= open && !stopped ? 1 : 0;
            crew.forget(function);
            balance(after);
        } finally {
            lock.unlock();
            after.run();
        }
    }

    /** Ends a task if it has not begun; if it has and that is wanted, kills its worker. */
    void cancel(RemoteTask task, boolean kill) {
        cancelAll(List.of(task), kill);
    }

    /** Cancels tasks as {@link #cancel} does. */
    void cancelAll(Iterable<? extends RemoteTask> tasks, boolean kill) {
        Afterwards after = new Afterwards(delivery);
        lock.lock();
        try {
            long now = System.nanoTime();
            RemoteOutcome outcome = RemoteOutcome.cancelled("cancelled");
            for (RemoteTask task : tasks) {
                after.makeRoom(1);
                cancel(task, kill, now, outcome, after);
            }
            balance(after);
        } finally {
            lock.unlock();
            after.run();
        }
    }

    private void cancel(RemoteTask task, boolean kill, long now, RemoteOutcome outcome, Afterwards after) {
        PoolWorker worker = task.worker;
        if (task.place == RemoteTask.QUEUED) {
            backlog.leaveOut();
        } else if (task.place != RemoteTask.SENT || worker == null) {
            return;
        } else if (!worker.sent.withdraw(task, now)) {
            if (!kill || !worker.isOnlyHurting(task, now)) {
                return;
            }
            worker.sent.settle(task.number, now);
            worker.kill(after);
        }
        counts.cancelled++;
        after.settle(task, outcome);
    }

    // ---- the end of each step ----

    /** Sends tasks where there is room, and lets workers go that are not needed any more. */
    void balance(Afterwards after) {
        long now = System.nanoTime();
        backlog.distribute(crew.workers, now);
        if (crew.flush(clock, after)) {
            crew.replace(after);
        }
        if (shutdown && !hasWork()) {
            dismiss(after);
        }
    }

    /** Whether there are tasks that want a worker, or may come. */
    private boolean hasWork() {
        return backlog.size() > 0 || openMaps > 0 || crew.hasTasks();
    }

    /** Whether workers that have ended are to be replaced. */
    boolean needsWorkers() {
        return !stopped && (!shutdown || hasWork());
    }

    private void dismiss(Afterwards after) {
        if (crew.dismiss(clock, after) && !terminated.isSet()) {
            clock.close();
            progress.signalAll();
            after.add(delivery::close);
            terminated.set();
        }
    }

    /** Some workers in a row did not get ready: nothing can be done any more. */
    void breaks(int failures, Throwable failure, Afterwards after) {
        if (broken == null && !stopped) {
            broken = new BrokenProcessPoolException(
                    name + ": " + failures + " workers in a row did not get ready", failure);
            stop(RemoteOutcome.failure(broken), true, after);
        }
    }

    // ---- the end of the pool, by any thread ----

    void shutdown() {
        Afterwards after = new Afterwards(delivery);
        lock.lock();
        try {
            shutdown = true;
            backlog.wakeAll();
            progress.signalAll();
            balance(after);
        } finally {
            lock.unlock();
            after.run();
        }
    }

    /** Drops all tasks and kills all workers; returns how many tasks were dropped. */
    int shutdownNow() {
        Afterwards after = new Afterwards(delivery);
        int dropped;
        lock.lock();
        try {
            dropped = stop(RemoteOutcome.cancelled("the pool was stopped: " + name), false, after);
            balance(after);
        } finally {
            lock.unlock();
            after.run();
        }
        return dropped;
    }

    private int stop(RemoteOutcome outcome, boolean failed, Afterwards after) {
        after.makeRoom(backlog.size() + crew.sent());
        shutdown = true;
        stopped = true;
        openMaps = 0;
        long now = System.nanoTime();
        crew.killAll(now, after);
        int dropped = backlog.size();
        for (RemoteTask task = backlog.poll(); task != null; task = backlog.poll()) {
            after.settle(task, outcome);
        }
        if (failed) {
            counts.failed += dropped;
        } else {
            counts.cancelled += dropped;
        }
        backlog.wakeAll();
        progress.signalAll();
        return dropped;
    }

    // ---- queries ----

    boolean isShutdown() {
        lock.lock();
        try {
            return shutdown;
        } finally {
            lock.unlock();
        }
    }

    void refuseIfClosed() {
        lock.lock();
        try {
            checkOpen();
        } finally {
            lock.unlock();
        }
    }

    boolean isTerminated() {
        return terminated.isSet() && delivery.isQuiet();
    }

    /** Waits until all workers have ended and all futures are complete. */
    boolean awaitTermination(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + Math.max(0L, WaitQueue.saturatedNanos(timeout));
        return terminated.await(timeout) && delivery.awaitQuiet(deadline);
    }

    /** Waits until all workers are ready. */
    boolean awaitReady(Duration timeout) throws InterruptedException {
        long left = WaitQueue.saturatedNanos(timeout);
        lock.lockInterruptibly();
        try {
            for (; ; ) {
                checkOpen();
                if (crew.count(PoolWorker.State.READY) >= size) {
                    return true;
                }
                if (left <= 0L) {
                    return false;
                }
                left = progress.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    ProcessPoolStats stats() {
        lock.lock();
        try {
            return counts.stats(crew, backlog.size(), shutdown);
        } finally {
            lock.unlock();
        }
    }

    List<Long> pids() {
        lock.lock();
        try {
            return crew.pids();
        } finally {
            lock.unlock();
        }
    }

    /** Name and figures, in one line. */
    @Override
    public String toString() {
        ProcessPoolStats stats = stats();
        return name + ", " + stats.ready() + " of " + size + " ready, " + stats.queued() + " queued, " + stats.sent()
                + " sent, " + (stats.succeeded() + stats.failed() + stats.cancelled()) + " ended"
                + (terminated.isSet() ? ", terminated" : stats.shutdown() ? ", shut down" : "");
    }
}
