// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Whence the threads of subtasks come: the one place that knows which kinds there are. Each body gets a thread for
 * itself, at once, however many run already.
 */
abstract class TaskThreads {

    TaskThreads() {}

    /**
     * Runs the body in a thread of its own.
     *
     * @param body throws nothing
     * @return the thread if it ends with the body; null if it serves others afterwards
     * @throws RejectedExecutionException if the factory gave no thread
     */
    abstract @Nullable Thread start(Runnable body);

    /** Whether threads are called what the scope says; else that is the business of the factory. */
    boolean takeNames() {
        return true;
    }

    /** Virtual threads where the JDK has them, otherwise cached platform threads. */
    static TaskThreads usual() {
        return VirtualThreads.areSupported() ? Virtual.INSTANCE : Cached.INSTANCE;
    }

    /** Platform threads that serve one subtask after another, and end when there was nothing to do for a while. */
    static TaskThreads platform() {
        return Cached.INSTANCE;
    }

    /** A new thread of the factory for each body. */
    static TaskThreads of(ThreadFactory factory) {
        return new Made(Objects.requireNonNull(factory, "factory"));
    }

    private static final class Virtual extends TaskThreads {
        static final TaskThreads INSTANCE = new Virtual();

        @Override
        Thread start(Runnable body) {
            return VirtualThreads.start(body);
        }

        @Override
        public String toString() {
            return "virtual threads";
        }
    }

    /**
     * Of the thread that forks, a cached one takes over the context class loader, for each subtask anew, and nothing
     * else: neither inheritable thread-locals nor priority nor group, which would be those of the thread whose subtask
     * happened to need one more.
     */
    private static final class Cached extends TaskThreads {
        static final TaskThreads INSTANCE = new Cached();

        /** How long a thread waits for the next task: longer than the pauses of a program that is at work. */
        private static final long IDLE_SECONDS = 10L;

        private final ThreadGroup group = outermostGroup();
        private final AtomicLong number = new AtomicLong();
        private final ThreadPoolExecutor pool;

        @SuppressWarnings("nullness:methodref.receiver.bound") // asked for threads later
        private Cached() {
            pool = new ThreadPoolExecutor(
                    0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::newThread);
        }

        @Override
        @Nullable
        Thread start(Runnable body) {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            pool.execute(() -> {
                Thread thread = Thread.currentThread();
                thread.setContextClassLoader(loader);
                try {
                    body.run();
                } finally {
                    thread.setContextClassLoader(null);
                }
            });
            return null;
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

        private Thread newThread(Runnable worker) {
            Thread thread = new Thread(group, worker, "headway-task-" + number.getAndIncrement(), 0L, false);
            thread.setDaemon(true);
            thread.setPriority(Thread.NORM_PRIORITY);
            return thread;
        }

        @Override
        public String toString() {
            return "cached platform threads";
        }
    }

    private static final class Made extends TaskThreads {
        private final ThreadFactory factory;

        Made(ThreadFactory factory) {
            this.factory = factory;
        }

        @Override
        Thread start(Runnable body) {
            Thread thread = factory.newThread(body);
            if (thread == null) {
                throw new RejectedExecutionException("the thread factory gave no thread: " + factory);
            }
            thread.start();
            return thread;
        }

        @Override
        boolean takeNames() {
            return false;
        }

        @Override
        public String toString() {
            return "threads of " + factory;
        }
    }
}
