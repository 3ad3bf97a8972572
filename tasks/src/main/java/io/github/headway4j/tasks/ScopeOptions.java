// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.primitives.Parker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What can be chosen when a {@link TaskScope} is opened. The scope makes the object, and reads it when the function
 * that was given to {@link TaskScope#open(Policy, Consumer)} has returned; later calls change nothing.
 *
 * <pre>{@code
 * TaskScope.open(Policy.<Page>results(), options -> options
 *         .name("crawler")
 *         .concurrency(16)
 *         .deadline(Duration.ofSeconds(30)));
 * }</pre>
 *
 * @since 0.1
 */
public final class ScopeOptions {

    /** No limit, in terms of {@link #concurrency}. */
    static final int UNLIMITED = Integer.MAX_VALUE;

    @Nullable
    String name;

    @Nullable
    Duration deadline;

    int concurrency = UNLIMITED;
    TaskThreads threads = TaskThreads.usual();

    @Nullable
    UnaryOperator<Runnable> context;

    boolean forkSites = true;

    /** How owners and subtasks wait for each other; another one in tests. */
    Parker parker = Parker.system();

    @Nullable
    Consumer<? super Throwable> onUnseenFailure;

    ScopeOptions() {}

    /**
     * Chooses the name of the scope. It stands in messages and in {@code toString()}, and its subtasks run in threads
     * that are called so, with a hyphen and the number of the subtask, counted from 0. Without a name, threads keep
     * what names they have.
     *
     * @param name the name
     * @return this
     */
    public ScopeOptions name(String name) {
        this.name = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Chooses how long the scope has, from its opening until {@link TaskScope#join()} has found all subtasks ended.
     * When the time is over, the scope is cancelled, and {@code join} throws {@link ScopeTimeoutException} unless the
     * {@linkplain Policy#onTimeout policy} makes something else of it. There is no deadline unless chosen.
     *
     * @param time how long; zero or negative means that it is over already
     * @return this
     */
    public ScopeOptions deadline(Duration time) {
        this.deadline = Objects.requireNonNull(time, "time");
        return this;
    }

    /**
     * Chooses how many subtasks may run at the same time. {@link TaskScope#fork} waits when there are as many, so that
     * neither threads nor tasks pile up. There is no limit unless chosen.
     *
     * @param most at least 1
     * @return this
     * @throws IllegalArgumentException if the number is not positive
     */
    public ScopeOptions concurrency(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("concurrency: " + most + "; expected at least 1");
        }
        this.concurrency = most;
        return this;
    }

    /**
     * Chooses whence the threads come: a new one for each subtask, which the scope starts, and whose end it waits for.
     * Unless chosen, they are virtual threads where the JDK has them, which take over the inheritable thread-locals of
     * the thread that forks, and otherwise as {@link #platformThreads} says.
     *
     * @param factory makes threads; if it gives none, {@code fork} throws
     *     {@link java.util.concurrent.RejectedExecutionException}
     * @return this
     */
    public ScopeOptions threadFactory(ThreadFactory factory) {
        this.threads = TaskThreads.of(factory);
        return this;
    }

    /**
     * Chooses platform threads of a cache that all scopes share, also where the JDK has virtual threads: for work that
     * needs processors rather than waits, and for libraries that pin. They are daemons of normal priority in the
     * outermost thread group, begin with the context class loader of the thread that forks and without inherited
     * thread-locals, and end when there is nothing to do for ten seconds. What a subtask leaves in a
     * {@link ThreadLocal} stays there for a later one.
     *
     * @return this
     */
    public ScopeOptions platformThreads() {
        this.threads = TaskThreads.platform();
        return this;
    }

    /**
     * Chooses how the context of the forking thread reaches the subtasks: scoped values, logging context, traces. The
     * function is called by {@code fork}, in the thread of the owner, with what the subtask's thread is going to run;
     * there it takes what it needs, and returns what is to be run instead:
     *
     * <pre>{@code
     * options.context(body -> {
     *     var values = MDC.getCopyOfContextMap();
     *     return () -> {
     *         MDC.setContextMap(values);
     *         try {
     *             body.run();
     *         } finally {
     *             MDC.clear();
     *         }
     *     };
     * })
     * }</pre>
     *
     * <p>What it returns must run the body once, in the thread in which it is run itself; the body throws nothing.
     * What it throws beside that is a failure of the subtask; what the function throws, {@code fork} throws.
     *
     * @param hook wraps the body of each subtask
     * @return this
     */
    public ScopeOptions context(UnaryOperator<Runnable> hook) {
        this.context = Objects.requireNonNull(hook, "hook");
        return this;
    }

    /**
     * Chooses whether the stack trace of what a subtask throws goes on with that of the call of {@code fork}. It does
     * unless chosen otherwise. To remember the place costs about half a microsecond for each fork, more where stacks
     * are deep.
     *
     * @param shown whether it does
     * @return this
     */
    public ScopeOptions forkSites(boolean shown) {
        this.forkSites = shown;
        return this;
    }

    /**
     * Chooses who is told of failures that nobody has seen: those of subtasks in a scope that is closed although no
     * {@code join} has returned or thrown what the policy says. Unless chosen, that is the uncaught-exception handler
     * of the owner's thread. Called by {@link TaskScope#close()}, once for each failure; what it throws, {@code close}
     * throws.
     *
     * @param handler gets each failure
     * @return this
     */
    public ScopeOptions onUnseenFailure(Consumer<? super Throwable> handler) {
        this.onUnseenFailure = Objects.requireNonNull(handler, "handler");
        return this;
    }
}
