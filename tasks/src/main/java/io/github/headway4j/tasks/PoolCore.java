// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.primitives.Parker;
import io.github.headway4j.primitives.WaitQueue;
import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.QueueShutdownException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What goes on in a {@link WorkerPool}: tasks come, workers are started, tasks are taken, all ends. */
final class PoolCore {
    /*
     * Model. One queue, from whose front all workers take.
     *
     *   submit:  make sure that there is a worker;  put;  wake one that is idle;  make sure that there are enough
     *   worker:  take, run, count, until the queue is shut down and nothing is left
     *
     * Lossless. The queue is shut down in one step: a task is refused, or in the queue. From there a worker moves it to
     * the front, from where it is taken by a worker, or handed back by whoever empties queue and front. A worker ends
     * only when the queue is shut down and nothing is left.
     */

    private static final AtomicInteger POOLS = new AtomicInteger();

    final String name;
    final FifoTaskQueue<Runnable> backlog;
    final PoolReports reports;
    final Crew crew;
    final Front front;
    final PoolFigures figures;

    /** Where those wait who wait for a task. */
    final WaitQueue waits;

    private final WhenFull whenFull;
    private final boolean bounded;
    private final @Nullable Runnable initializer;

    /** What the initializer has thrown first. */
    private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();

    @SuppressWarnings({"nullness:argument", "nullness:assignment"}) // only kept by crew and figures, which begin later
    PoolCore(WorkerPool pool, int size, PoolOptions options) {
        String chosen = options.name;
        name = chosen == null ? "worker-pool-" + POOLS.incrementAndGet() : chosen;
        bounded = options.backlog != PoolOptions.UNBOUNDED;
        backlog = bounded ? FifoTaskQueue.bounded(options.backlog) : FifoTaskQueue.unbounded();
        whenFull = options.whenFull;
        reports = new PoolReports(options);
        waits = WaitQueue.broadcast(pool, Parker.system());
        initializer = options.initializer;
        crew = new Crew(this, pool, size, options);
        front = new Front(backlog, bounded, crew);
        figures = new PoolFigures(this);
    }

    // ---- tasks come ----

    void execute(Runnable task) {
        try {
            put(task);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("interrupted before there was room for " + task, e);
        }
    }

    /** Accepts the task, or throws; waits for room if that was chosen. */
    void put(Runnable task) throws InterruptedException {
        crew.ensureWorker();
        if (bounded) {
            putBounded(task);
        } else if (!backlog.offer(task)) {
            throw refusal(task);
        }
        accepted(task);
    }

    private void putBounded(Runnable task) throws InterruptedException {
        boolean waits = whenFull == WhenFull.WAIT && !Worker.isCurrentOf(this);
        if (waits) {
            try {
                backlog.put(task);
            } catch (QueueShutdownException e) {
                throw refusal(task);
            }
        } else if (!backlog.offer(task)) {
            if (backlog.isShutdown()) {
                throw refusal(task);
            }
            if (whenFull == WhenFull.REJECT) {
                throw new RejectedExecutionException("pool " + name + " has no room for " + task);
            }
            runInCaller(task);
        }
    }

    /** Accepts the task if there is room. */
    boolean tryPut(Runnable task) {
        crew.ensureWorker();
        if (!backlog.offer(task)) {
            return false;
        }
        accepted(task);
        return true;
    }

    /** Accepts the task if there is room within so many nanoseconds. */
    boolean tryPut(Runnable task, Duration timeout) throws InterruptedException {
        crew.ensureWorker();
        try {
            if (!backlog.offer(task, timeout)) {
                return false;
            }
        } catch (QueueShutdownException e) {
            throw refusal(task);
        }
        accepted(task);
        return true;
    }

    private void accepted(Runnable task) {
        crew.idle.signal();
        crew.ensureEnough(task);
    }

    private void runInCaller(Runnable task) {
        figures.countInCaller();
        try {
            task.run();
        } catch (Throwable failure) {
            reports.failed(task, failure);
        }
    }

    private RejectedExecutionException refusal(Runnable task) {
        BrokenPoolException exception = brokenException();
        return exception != null
                ? exception
                : new RejectedExecutionException("pool " + name + " is shut down, and does not accept " + task);
    }

    private @Nullable BrokenPoolException brokenException() {
        Throwable cause = broken.get();
        return cause == null ? null : new BrokenPoolException("the initializer of pool " + name + " failed", cause);
    }

    // ---- workers begin ----

    /** By a worker that begins: false if the pool is broken. */
    boolean initialize() {
        Runnable todo = initializer;
        if (todo == null) {
            return true;
        }
        try {
            todo.run();
            return true;
        } catch (Throwable failure) {
            reports.failed(todo, failure);
            breakDown(failure);
            return false;
        }
    }

    private void breakDown(Throwable failure) {
        broken.compareAndSet(null, failure);
        drop(takeBack());
    }

    // ---- the end ----

    void shutdown() {
        backlog.shutdown();
        crew.idle.signalAll();
        crew.endIfOver();
    }

    /** Shuts down, and takes what has not begun: first what was moved to the front, which is older. */
    private List<Runnable> takeBack() {
        backlog.shutdown();
        try {
            List<Runnable> rest = new ArrayList<>(backlog.size() + Front.MOST); // now: memory may run out
            List<Runnable> last = backlog.shutdownNow();
            figures.beginTakingBack();
            try {
                front.drainTo(rest);
            } finally {
                figures.endTakingBack(rest.size());
            }
            for (Runnable task : last) { // addAll would make a copy first
                rest.add(task);
            }
            return rest;
        } finally {
            crew.idle.signalAll();
        }
    }

    /** Shuts down, and hands back the tasks that have not begun. Interrupts those that have if asked to. */
    List<Runnable> stop(boolean interrupts) {
        crew.holdEnd();
        try {
            List<Runnable> rest = takeBack();
            if (interrupts) {
                crew.stop();
            }
            dropInternals(rest);
            return rest;
        } finally {
            crew.releaseEnd();
        }
    }

    /** Ends the tasks that no user has submitted, and takes them out. */
    private void dropInternals(List<Runnable> tasks) {
        int kept = 0;
        for (int i = 0; i < tasks.size(); i++) {
            Runnable task = tasks.get(i);
            if (task instanceof PoolTask<?> own && own.isInternal()) {
                own.drop(brokenException());
            } else {
                tasks.set(kept++, task);
            }
        }
        tasks.subList(kept, tasks.size()).clear();
    }

    /** Shuts down, interrupts the tasks that have begun, and ends the others. */
    void stopAndDrop() {
        crew.holdEnd();
        try {
            drop(stop(true));
        } finally {
            crew.releaseEnd();
        }
    }

    /** Ends tasks that will not have their turn, as far as they can be; the handler is told of the others. */
    private void drop(List<Runnable> tasks) {
        BrokenPoolException because = brokenException();
        for (Runnable task : tasks) {
            if (task instanceof PoolTask<?> own) {
                own.drop(because);
            } else {
                reports.failed(
                        task,
                        because != null
                                ? because
                                : new RejectedExecutionException("pool " + name + " was closed before " + task));
            }
        }
    }

    /** Name and figures, in one line. */
    @Override
    public String toString() {
        PoolStats stats = figures.stats();
        return "WorkerPool@" + Integer.toHexString(System.identityHashCode(this)) + "[" + name + ", " + stats.workers()
                + " of " + crew.size + " workers, " + stats.running() + " running, " + stats.queued() + " queued"
                + (crew.terminated.isSet() ? ", terminated]" : stats.shutdown() ? ", shut down]" : "]");
    }

    /** Throws any throwable where none is declared. */
    @SuppressWarnings("unchecked")
    static <E extends Throwable> E unchecked(Throwable failure) throws E {
        throw (E) failure;
    }
}
