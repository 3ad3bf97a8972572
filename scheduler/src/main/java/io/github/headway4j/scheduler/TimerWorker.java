// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import io.github.headway4j.primitives.Mutex;
import io.github.headway4j.primitives.Parker;
import org.jspecify.annotations.Nullable;

/**
 * The thread of {@link Timers}, of the group of the thread that made these and with the usual priority, whoever
 * schedules first: waits for what is due, and runs it or hands it over.
 */
final class TimerWorker implements Runnable {
    /*
     * Model.
     *
     *   loop { in one section of the lock: end the last run, take what is due, or decide to wait;  run it, or wait }
     *
     * Nothing kills it. What comes out of a step, which is an error of the virtual machine or of a user's clock, goes
     * to the handler of the thread. Then what has run is ended, whatever the clock does, and the next step goes on
     * where this one was: a run that was taken from the store and has not begun is given to it again.
     */

    /** After a step that failed; long enough not to take the processor from those who could help. */
    private static final long PAUSE_NANOS = 10_000_000L;

    private final TimerCore core;
    private final String name;
    private final boolean daemon;
    private final @Nullable ThreadGroup group = Thread.currentThread().getThreadGroup();
    private final Mutex starting = new Mutex();

    private volatile @Nullable Thread thread;

    /** Whether it runs, or has run. */
    private volatile boolean started;

    /** Belongs to the thread. */
    private TimerRun run;

    TimerWorker(TimerCore core, TimerOptions options) {
        this.core = core;
        this.name = options.name;
        this.daemon = options.daemon;
        this.run = new TimerRun(core, options.executor == null);
    }

    // ---- by others ----

    /** Starts the thread unless it has been started. */
    void ensureStarted() {
        if (!started) {
            start();
        }
    }

    boolean isCurrentThread() {
        return thread == Thread.currentThread();
    }

    /** Once the timers are closed: ends what it waits for. */
    void interrupt() {
        Thread t = thread;
        if (t != null) {
            TimerShutdown.interrupt(t);
        }
    }

    @SuppressWarnings("nullness:argument") // no group: that of the thread that starts it
    private void start() {
        starting.lock();
        try {
            if (started || !core.workerBegins()) {
                return;
            }
            try {
                Thread t = new Thread(group, this, name, 0L, false);
                t.setDaemon(daemon);
                t.setPriority(Thread.NORM_PRIORITY);
                t.setContextClassLoader(ClassLoader.getSystemClassLoader());
                thread = t;
                t.start();
                started = true;
            } finally {
                if (!started) {
                    core.workerEnds();
                }
            }
        } finally {
            starting.unlock();
        }
    }

    // ---- by the thread ----

    @Override
    public void run() {
        try {
            boolean goesOn = true;
            while (goesOn) {
                try {
                    goesOn = step();
                } catch (Throwable trouble) {
                    goesOn = recover(trouble);
                }
            }
        } finally {
            core.workerEnds();
        }
    }

    private boolean recover(Throwable trouble) {
        TimerReports.uncaught(trouble);
        Thread.interrupted();
        boolean goesOn = core.recover(run);
        if (goesOn) {
            Parker.system().parkNanos(this, PAUSE_NANOS);
        }
        return goesOn;
    }

    private boolean step() {
        TimerCore.Turn turn = core.turn(run, core.now());
        run.tell();
        if (turn == TimerCore.Turn.NOTHING) {
            core.awaitNext();
        } else if (turn == TimerCore.Turn.RUN) {
            perform();
        }
        return turn != TimerCore.Turn.CLOSED;
    }

    private void perform() {
        if (core.executor == null) {
            run.callOnce();
        } else {
            TimerRun due = run;
            run = new TimerRun(core, false);
            due.hand(core.executor);
        }
        Thread.interrupted(); // what an action leaves is not for the next one
    }
}
