// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.primitives.Parker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One thread of a {@link WorkerPool}: takes a task, runs it, and so on until the pool ends. */
final class Worker extends WorkerCounts implements Runnable {
    /*
     * Model.
     *
     *   initialize;  loop { task = take, waiting;  none any more: end;  clear the interrupt status;  run;  count }
     *
     * Counting. The counts belong to the thread, which is the only one to write them. A task is counted before its
     * future shows that it is over; so whoever has waited for a future finds its task counted.
     *
     * Interrupts. What a task leaves is not for the next one, so the status is cleared before each. Stopping the pool
     * sets stopping first and then interrupts each thread. The worker clears first and then reads stopping: if it
     * cleared the interrupt of a pool that stops, it sees stopping, and interrupts itself again. A thread that is not
     * the JDK's may throw when it is interrupted, also by itself, after it has got a task; it runs that all the same.
     *
     * Nothing kills it. What a task throws is reported or kept by its future; what comes out of the loop besides is an
     * error of the virtual machine, and the loop goes on after it.
     *
     * Access modes. Counts: release by the owner, acquire by others. The thread: written before it is started.
     */

    /** After a step that failed; long enough not to take the processor from those who could help. */
    private static final long PAUSE_NANOS = 1_000_000L;

    private static final VarHandle SUCCEEDED = field("succeeded");
    private static final VarHandle FAILED = field("failed");
    private static final VarHandle LEFT_OUT = field("leftOut");

    private static final ThreadLocal<@Nullable Worker> CURRENT = new ThreadLocal<>();

    final PoolCore core;

    /** Null until it has been made, and once it has ended. */
    volatile @Nullable Thread thread;

    /**
     * How often it was interrupted because a task that it ran was cancelled. Raised before, and lowered when the task
     * is over if it was run within another one.
     */
    final AtomicInteger interrupts = new AtomicInteger();

    @SuppressWarnings("unused") // behind the counts: two cache lines, as processors fetch them in pairs
    private long a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15;

    Worker(PoolCore core) {
        this.core = core;
    }

    /** Whether the calling thread is a worker of the given pool. */
    static boolean isCurrentOf(PoolCore core) {
        return currentOf(core) != null;
    }

    /** The worker of the given pool that the calling thread is, or null. */
    static @Nullable Worker currentOf(PoolCore core) {
        Worker worker = CURRENT.get();
        return worker != null && worker.core == core ? worker : null;
    }

    // ---- the loop ----

    @Override
    public void run() {
        try {
            begin();
            if (core.initialize()) {
                work();
            }
        } finally {
            CURRENT.remove();
            core.crew.workerEnds(this);
        }
    }

    /** Has the thread know whose worker it is. */
    private void begin() {
        boolean done = false;
        while (!done) {
            try {
                CURRENT.set(this);
                done = true;
            } catch (Throwable trouble) { // memory has run out; the pool counts on this worker
                recover(trouble);
            }
        }
    }

    private void work() {
        boolean goesOn = true;
        while (goesOn) {
            try {
                goesOn = step();
            } catch (Throwable trouble) {
                recover(trouble);
            }
        }
    }

    private void recover(Throwable trouble) {
        PoolReports.uncaught(trouble);
        Thread.interrupted();
        Parker.system().parkNanos(this, PAUSE_NANOS);
    }

    private boolean step() {
        core.figures.giveWay();
        Runnable task = core.front.poll();
        if (task == null) {
            task = await();
        }
        if (task == null) {
            return false;
        }
        if (Thread.interrupted() && core.crew.stopping) {
            interruptAgain();
        }
        if (task instanceof PoolTask<?> own) {
            own.runBy(this);
        } else {
            count(run(task));
        }
        return true;
    }

    /** Whether the task ended without throwing. */
    private boolean run(Runnable task) {
        try {
            task.run();
            return true;
        } catch (Throwable failure) {
            core.reports.failed(task, failure);
            return false;
        }
    }

    /** Waits for a task; null when there will be none. */
    private @Nullable Runnable await() {
        Idle idle = new Idle(core);
        try {
            core.crew.idle.awaitUninterruptibly(idle);
        } catch (Throwable trouble) { // of the thread, when the wait gave it back its interrupt
            if (idle.task == null) {
                throw trouble;
            }
            PoolReports.uncaught(trouble);
        }
        return idle.task;
    }

    private static void interruptAgain() {
        try {
            Thread.currentThread().interrupt();
        } catch (Throwable trouble) {
            PoolReports.uncaught(trouble);
        }
    }

    // ---- counts ----

    /** By the thread: a task has ended, whose future does not show it yet. */
    void count(boolean success) {
        if (success) {
            SUCCEEDED.setRelease(this, succeeded + 1L);
        } else {
            FAILED.setRelease(this, failed + 1L);
        }
    }

    /** By the thread: a task was over, or under way elsewhere, when its turn came. */
    void countLeftOut() {
        LEFT_OUT.setRelease(this, leftOut + 1L);
    }

    long succeeded() {
        return (long) SUCCEEDED.getAcquire(this);
    }

    long failed() {
        return (long) FAILED.getAcquire(this);
    }

    long leftOut() {
        return (long) LEFT_OUT.getAcquire(this);
    }

    /** How many of the tasks that this worker has taken need it no more. */
    long ended() {
        return succeeded() + failed() + leftOut();
    }

    private static VarHandle field(String name) {
        try {
            return MethodHandles.lookup().findVarHandle(WorkerCounts.class, name, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
