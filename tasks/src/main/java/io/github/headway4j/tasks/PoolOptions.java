// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What can be chosen when a {@link WorkerPool} is made. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * var pool = WorkerPool.fixed(8, PoolOptions.defaults()
 *         .name("thumbnails")
 *         .daemon(true)
 *         .backlog(1_000)
 *         .initializer(Codecs::load)
 *         .onFailure((task, failure) -> log.error(task.toString(), failure)));
 * }</pre>
 *
 * @since 0.1
 */
public final class PoolOptions {

    /** The capacity of a backlog that is bounded by memory alone. */
    static final int UNBOUNDED = 0;

    private static final PoolOptions DEFAULTS = new PoolOptions(new Choices());

    /** Null for one that counts pools. */
    final @Nullable String name;

    final boolean daemon;

    /** Null for platform threads with the name and the daemon status chosen here. */
    final @Nullable ThreadFactory threadFactory;

    final @Nullable Runnable initializer;
    final int backlog;
    final WhenFull whenFull;

    /** Null for the uncaught-exception handler of the thread. */
    final @Nullable BiConsumer<? super Runnable, ? super Throwable> onFailure;

    private PoolOptions(Choices choices) {
        this.name = choices.name;
        this.daemon = choices.daemon;
        this.threadFactory = choices.threadFactory;
        this.initializer = choices.initializer;
        this.backlog = choices.backlog;
        this.whenFull = choices.whenFull;
        this.onFailure = choices.onFailure;
    }

    /** These options with something changed. */
    private PoolOptions with(Consumer<Choices> change) {
        Choices choices = new Choices();
        choices.name = name;
        choices.daemon = daemon;
        choices.threadFactory = threadFactory;
        choices.initializer = initializer;
        choices.backlog = backlog;
        choices.whenFull = whenFull;
        choices.onFailure = onFailure;
        change.accept(choices);
        return new PoolOptions(choices);
    }

    /**
     * Platform threads that keep the virtual machine from ending, named {@code worker-pool-N-i}; no initializer; a
     * backlog that grows; failures that go to the uncaught-exception handler of the thread.
     *
     * @return the defaults
     */
    public static PoolOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Chooses the name of the pool. Its threads are named after it, with a hyphen and a number from 0 on.
     *
     * @param name the name
     * @return these options but for the name
     */
    public PoolOptions name(String name) {
        Objects.requireNonNull(name, "name");
        return with(choices -> choices.name = name);
    }

    /**
     * Chooses whether the virtual machine may end although the pool is not closed.
     *
     * @param daemon whether the threads are daemons
     * @return these options but for that
     */
    public PoolOptions daemon(boolean daemon) {
        return with(choices -> choices.daemon = daemon);
    }

    /**
     * Chooses who makes the threads, for instance {@code Thread.ofVirtual().factory()}. The name and whether they are
     * daemons is up to the factory then. A thread serves as a worker until the pool ends. What the factory submits to
     * this pool before the first thread has been started is refused with an {@code IllegalStateException}.
     *
     * @param factory makes a thread for each worker, and does not start it
     * @return these options but for the factory
     */
    public PoolOptions threadFactory(ThreadFactory factory) {
        Objects.requireNonNull(factory, "factory");
        return with(choices -> choices.threadFactory = factory);
    }

    /**
     * Chooses what each worker does before its first task. If it throws, that is reported, and the pool is broken: it
     * is shut down, the tasks that have not begun fail with a {@link BrokenPoolException}, and so does submitting.
     *
     * @param initializer called once in each worker's thread
     * @return these options but for the initializer
     */
    public PoolOptions initializer(Runnable initializer) {
        Objects.requireNonNull(initializer, "initializer");
        return with(choices -> choices.initializer = initializer);
    }

    /**
     * Bounds the number of tasks that wait for a worker; tasks that run do not count. Who submits more waits for room,
     * unless {@link #whenFull(WhenFull)} says otherwise.
     *
     * @param capacity the most tasks
     * @return these options but for the bound
     * @throws IllegalArgumentException unless the capacity is positive and at most 2<sup>30</sup>
     */
    public PoolOptions backlog(int capacity) {
        if (capacity < 1 || capacity > 1 << 30) {
            throw new IllegalArgumentException("capacity: " + capacity + "; expected 1 to " + (1 << 30));
        }
        return with(choices -> choices.backlog = capacity);
    }

    /**
     * Chooses what happens to a task for which a bounded backlog has no room.
     *
     * @param whenFull what happens
     * @return these options but for that
     */
    public PoolOptions whenFull(WhenFull whenFull) {
        Objects.requireNonNull(whenFull, "whenFull");
        return with(choices -> choices.whenFull = whenFull);
    }

    /**
     * Chooses who is told of what would be lost otherwise: what a task throws that was given to {@code execute}, what
     * the initializer throws, tasks that are dropped by closing, and a further thread that cannot be made. Called by
     * the thread in which it happens. What the handler throws goes to the uncaught-exception handler of the thread.
     *
     * @param handler gets the task, or the initializer, and what was thrown
     * @return these options but for the handler
     */
    public PoolOptions onFailure(BiConsumer<? super Runnable, ? super Throwable> handler) {
        Objects.requireNonNull(handler, "handler");
        return with(choices -> choices.onFailure = handler);
    }

    /** Options that can still be changed. */
    private static final class Choices {
        @Nullable
        String name;

        boolean daemon;

        @Nullable
        ThreadFactory threadFactory;

        @Nullable
        Runnable initializer;

        int backlog = UNBOUNDED;
        WhenFull whenFull = WhenFull.WAIT;

        @Nullable
        BiConsumer<? super Runnable, ? super Throwable> onFailure;
    }
}
