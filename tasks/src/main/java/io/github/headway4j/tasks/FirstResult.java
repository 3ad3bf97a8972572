// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@link WorkerPool#invokeAny}.
 *
 * @param <V> the type of the result
 */
final class FirstResult<V> {
    /*
     * Model. One task after the other is submitted, as long as none is over. Each that is over, in whatever way, puts
     * itself into a queue that has room for all. The caller takes them from there, until one has a result or there are
     * no more; then it cancels all that are left.
     *
     * Why not what AbstractExecutorService has. It wraps the tasks in others, which this pool would not know as its
     * own: nobody would end them when the pool is broken, or closed for good, and the caller would wait for ever.
     */

    private final PoolCore core;
    private final List<Callable<V>> tasks;

    /** Those that are over, and have not been looked at. */
    private final BlockingQueue<Part> over;

    /** Those that were submitted. */
    private final List<Part> parts;

    FirstResult(PoolCore core, Collection<? extends Callable<V>> tasks) {
        this.core = core;
        this.tasks = List.copyOf(tasks);
        if (this.tasks.isEmpty()) {
            throw new IllegalArgumentException("tasks: none; expected at least one");
        }
        over = new ArrayBlockingQueue<>(this.tasks.size());
        parts = new ArrayList<>(this.tasks.size());
    }

    V get() throws InterruptedException, ExecutionException {
        try {
            return get(false, 0L);
        } catch (TimeoutException impossible) {
            throw new AssertionError("a wait without a limit timed out", impossible);
        }
    }

    V get(long nanos) throws InterruptedException, ExecutionException, TimeoutException {
        return get(true, nanos);
    }

    private V get(boolean timed, long nanos) throws InterruptedException, ExecutionException, TimeoutException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long start = System.nanoTime();
        try {
            for (int left = tasks.size(); ; left--) {
                Part part = next();
                if (part == null) {
                    part = timed ? over.poll(nanos - (System.nanoTime() - start), TimeUnit.NANOSECONDS) : over.take();
                }
                if (part == null) {
                    throw new TimeoutException("no result after " + nanos + " ns");
                }
                try {
                    return part.get();
                } catch (ExecutionException e) {
                    if (left == 1) {
                        throw e;
                    }
                } catch (CancellationException e) {
                    if (left == 1) {
                        throw new ExecutionException(e);
                    }
                }
            }
        } finally {
            cancelAll();
        }
    }

    /** One that is over; submits others until there is one. Null if all have been submitted, and none is over. */
    private @Nullable Part next() throws InterruptedException {
        Part part = over.poll();
        while (part == null && parts.size() < tasks.size()) {
            Part another = new Part(core, tasks.get(parts.size()));
            parts.add(another);
            core.put(another);
            part = over.poll();
        }
        return part;
    }

    private void cancelAll() {
        for (Part part : parts) {
            try {
                part.cancel(true);
            } catch (Throwable trouble) { // of a class of threads that is not the JDK's; the others must be reached
                PoolReports.uncaught(trouble);
            }
        }
    }

    /** One of the tasks. */
    private final class Part extends PoolTask<V> {

        Part(PoolCore core, Callable<V> task) {
            super(core, (Callable<V>) task::call); // which is nothing but a Callable
        }

        @Override
        void ended() {
            over.add(this);
        }
    }
}
