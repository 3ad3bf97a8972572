// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.primitives.Event;
import io.github.headway4j.primitives.Parker;
import io.github.headway4j.primitives.WaitQueue;
import io.github.headway4j.queues.FifoTaskQueue;
import java.util.Arrays;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** The workers of a {@link WorkerPool}: when they are started and stopped, and when the last one has gone. */
final class Crew {
    /*
     * Model.
     *
     *   before a task is put:  no worker: start one
     *   after that:            fewer workers than tasks that have not ended, and than allowed: start one
     *   a worker ends:         when the backlog is shut down and nothing is left; the last one: terminated
     *
     * Enough workers. Tasks that wait for each other must all get a worker as long as there may be more. So who has put
     * a task counts: first what has ended, then what was put. If that is more than there are workers, it starts one.
     * What ends in between makes it start one too many, at worst. Of two that put at the same time the later one counts
     * both tasks. The first worker is started before there is a task, so a task is refused if nobody could run it;
     * where the factory fails later, the workers there are do the work, and the next submission tries again.
     *
     * Termination. live counts a worker from before it is started, while the backlog is not terminated, until it has
     * ended. So once the backlog is terminated and live is zero, nobody will start one. Whoever brings that about
     * looks, under control. Who takes tasks back holds up the end until he has ended those that he does not hand back:
     * who waits for the end must not find them under way.
     *
     * Locks. starting is held while a thread is made, which calls the user's factory. control guards live, holds, and
     * the array of workers when it is replaced; it is held for moments, and while threads are interrupted, which calls
     * the user's code if they are of a class of his. Both are reentrant, as that code may stop the pool, or ask it. But
     * it starts no worker: what it submits to a pool without one is refused; otherwise the one who holds starting looks
     * again. starting before control.
     *
     * Access modes. workers, stopping: volatile, written under control. started: volatile, written under starting.
     */

    final int size;
    final Event terminated = new Event();

    /** Set before the workers are interrupted. */
    volatile boolean stopping;

    /** Where workers wait for tasks. */
    final WaitQueue idle;

    private final PoolCore core;
    private final FifoTaskQueue<Runnable> backlog;
    private final ThreadFactory factory;
    private final ReentrantLock starting = new ReentrantLock();
    private final ReentrantLock control = new ReentrantLock();

    /** Those that were started, and one that is being started. Never changed, always replaced. */
    private volatile Worker[] workers = {};

    /** How many were started. Written while starting is held. */
    private volatile int started;

    /** Guarded by control: workers that have not ended, one that is being started included. */
    private int live;

    /** Guarded by control: calls that take tasks back, and have not ended those that nobody will run. */
    private int holds;

    @SuppressWarnings("nullness:argument") // only kept by the workers, which begin later
    Crew(PoolCore core, WorkerPool pool, int size, PoolOptions options) {
        this.core = core;
        idle = WaitQueue.barging(pool, Parker.system());
        this.size = size;
        backlog = core.backlog;
        ThreadFactory given = options.threadFactory;
        factory = given == null ? new NamedThreads(core.name, options.daemon) : given;
    }

    // ---- starting ----

    /** Before a task is put: somebody must be there to run it. */
    void ensureWorker() {
        if (started == 0) {
            if (isBusy()) {
                throw new IllegalStateException("a task for pool " + core.name + " by what makes its first thread;"
                        + " expected none before that thread has been started");
            }
            start(true);
        }
    }

    /** After a task was put: as many as there are tasks, if there may be so many. */
    void ensureEnough(Runnable task) {
        try {
            boolean goesOn = true;
            while (goesOn && started < size && lacksWorker() && !isBusy()) {
                goesOn = start(false);
            }
        } catch (Throwable trouble) { // the task has been accepted, and others will run it
            core.reports.failed(task, trouble);
        }
    }

    /** Whether the thread that calls is just starting or interrupting workers, so that user's code has called back. */
    private boolean isBusy() {
        return starting.isHeldByCurrentThread() || control.isHeldByCurrentThread();
    }

    private boolean lacksWorker() {
        long ended = 0L;
        for (Worker worker : workers) {
            ended += worker.ended();
        }
        return backlog.unfinishedTasks() - ended > started; // counted after what has ended: see above
    }

    /** Starts a worker, unless there are enough, or the pool has ended. Whether it has. */
    private boolean start(boolean first) {
        starting.lock();
        try {
            int before = started;
            if (before >= (first ? 1 : size) || (!first && !lacksWorker())) {
                return false;
            }
            Worker worker = new Worker(core);
            if (!enlist(worker)) {
                return false;
            }
            boolean success = false;
            try {
                Thread thread = factory.newThread(worker);
                if (thread == null) {
                    throw new IllegalStateException("the thread factory returned null; expected a thread");
                }
                worker.thread = thread;
                thread.start();
                success = true;
                started = before + 1;
            } finally {
                conclude(worker, success);
            }
            return true;
        } finally {
            starting.unlock();
        }
    }

    /** A worker is about to be started. False if the pool has ended. */
    @SuppressWarnings("nullness:assignment") // the last place is filled
    private boolean enlist(Worker worker) {
        control.lock();
        try {
            if (backlog.isTerminated()) {
                return false;
            }
            Worker[] more = Arrays.copyOf(workers, workers.length + 1);
            more[workers.length] = worker;
            workers = more;
            live++;
            return true;
        } finally {
            control.unlock();
        }
    }

    @SuppressWarnings("nullness:assignment") // one less than before: all places are filled
    private void conclude(Worker worker, boolean success) {
        try {
            control.lock();
            try {
                if (!success) {
                    live--; // first, as memory may run out
                    workers = Arrays.copyOf(workers, workers.length - 1); // it was the last to be enlisted
                } else if (stopping) {
                    interrupt(worker);
                }
            } finally {
                control.unlock();
            }
        } finally {
            endIfOver();
        }
    }

    // ---- ending ----

    /** Interrupts all, also one that is about to begin. */
    void stop() {
        control.lock();
        try {
            stopping = true;
            for (Worker worker : workers) {
                interrupt(worker);
            }
        } finally {
            control.unlock();
        }
    }

    private static void interrupt(Worker worker) {
        Thread thread = worker.thread;
        if (thread != null) {
            try {
                thread.interrupt();
            } catch (Throwable trouble) { // of a class of threads that is not the JDK's; the others must be reached
                PoolReports.uncaught(trouble);
            }
        }
    }

    /** Interrupts a thread because of the task that it runs; counts that if it is one of these workers. */
    void interruptTaskOf(Thread thread) {
        for (Worker worker : workers) {
            if (worker.thread == thread) {
                worker.interrupts.incrementAndGet();
            }
        }
        thread.interrupt();
    }

    void workerEnds(Worker worker) {
        control.lock();
        try {
            worker.thread = null; // it may serve others from now on, who must not be interrupted
            live--;
        } finally {
            control.unlock();
        }
        endIfOver();
    }

    /** Until it is released, the pool does not count as terminated. */
    void holdEnd() {
        control.lock();
        try {
            holds++;
        } finally {
            control.unlock();
        }
    }

    void releaseEnd() {
        control.lock();
        try {
            holds--;
        } finally {
            control.unlock();
        }
        endIfOver();
    }

    /** Whoever may have brought about the end of all calls this. */
    void endIfOver() {
        control.lock();
        try {
            if (live == 0 && holds == 0 && backlog.isTerminated()) {
                terminated.set();
            }
        } finally {
            control.unlock();
        }
    }

    // ---- queries ----

    /** Those that were started, in an array that does not change. */
    Worker[] workers() {
        return workers;
    }

    /** How many have not ended. */
    int alive() {
        control.lock();
        try {
            return live;
        } finally {
            control.unlock();
        }
    }

    /** The threads of a pool whose user has not chosen otherwise. */
    private static final class NamedThreads implements ThreadFactory {
        private final String name;
        private final boolean daemon;
        private final AtomicInteger count = new AtomicInteger();

        NamedThreads(String name, boolean daemon) {
            this.name = name;
            this.daemon = daemon;
        }

        @Override
        public Thread newThread(Runnable worker) {
            Thread thread = new Thread(null, worker, name + "-" + count.getAndIncrement());
            thread.setDaemon(daemon);
            return thread;
        }
    }
}
