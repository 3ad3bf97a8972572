// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whence the threads come that read and write pipes: daemons that serve one pipe after another, and end when there was
 * nothing to do for a while. Platform threads, as they wait in the operating system.
 */
final class PumpThreads {

    /** How long a thread waits for the next pipe: longer than the pauses of a program that is at work. */
    private static final long IDLE_SECONDS = 10L;

    private static final ThreadGroup GROUP = outermostGroup();
    private static final AtomicLong NUMBER = new AtomicLong();
    private static final ThreadPoolExecutor POOL = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), PumpThreads::newThread);

    private PumpThreads() {}

    /** Runs the body in a thread of its own, at once. */
    static void execute(Runnable body) {
        POOL.execute(body);
    }

    private static Thread newThread(Runnable worker) {
        Thread thread = new Thread(GROUP, worker, "headway-pipe-" + NUMBER.getAndIncrement(), 0L, false);
        thread.setDaemon(true);
        thread.setPriority(Thread.NORM_PRIORITY);
        thread.setContextClassLoader(null);
        return thread;
    }

    /** The one group that is there as long as the virtual machine. */
    @SuppressWarnings("nullness") // a thread that runs has a group
    private static ThreadGroup outermostGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        for (ThreadGroup parent = group.getParent(); parent != null; parent = group.getParent()) {
            group = parent;
        }
        return group;
    }
}
