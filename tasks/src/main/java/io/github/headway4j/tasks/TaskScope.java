// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.primitives.WaitQueue;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that run beside each other within a block of code, and do not outlive it. Shaped as the JDK's
 * {@code StructuredTaskScope}, but without preview, from JDK 17 on, and with the same behaviour on platform and virtual
 * threads. For tasks that come and go without such a block, take a {@link WorkerPool}; for the usual patterns in one
 * call, {@link Tasks}.
 *
 * <pre>{@code
 * try (var scope = TaskScope.open(Policy.failFast())) {
 *     Subtask<User> user = scope.fork(() -> findUser(id));
 *     Subtask<Order> order = scope.fork(() -> fetchOrder(id));
 *     scope.join(); // both have succeeded, or this throws what the first failure threw
 *     return new Page(user.get(), order.get());
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> The thread that opens a scope owns it. Only the owner forks, joins and closes; anybody may cancel
 * and ask. A subtask that has something to fork opens a scope of its own; inner scopes are closed before outer ones, as
 * try-with-resources does it, and a cancellation goes inwards by itself, as it interrupts the owner of the inner scope.
 *
 * <p><b>Ordering and fairness.</b> Subtasks begin in threads of their own, in no order; with a
 * {@linkplain ScopeOptions#concurrency limit} of one, in the order of forking.
 *
 * <p><b>Cancelling.</b> A scope is cancelled when its {@link Policy} has seen enough, at its
 * {@linkplain ScopeOptions#deadline deadline}, by {@link #cancel()}, and when it is closed. Subtasks that run are
 * interrupted, once; those that have not begun never will. {@link #join()} and {@link #close()} wait until all have
 * ended, also those that do not heed the interrupt: no subtask outlives its scope, and neither does a thread that was
 * made for it.
 *
 * <p><b>Failures.</b> What a subtask throws, errors included, {@code join} throws as the policy says: with the ready
 * ones the very object, with the failures of others suppressed in it, and with the place where it was forked in its
 * stack trace. The failures of a scope that is closed without that go to the {@linkplain ScopeOptions#onUnseenFailure
 * handler}, unless the owner has asked the subtask for them.
 *
 * <p><b>Blocking and interruption.</b> As the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks} says. {@code fork} waits only where there is a limit. {@code join} that is interrupted leaves the scope as it
 * was: it may be joined again or closed. {@code close} waits uninterruptibly; an interrupt stays pending.
 *
 * <p><b>Progress.</b> {@code cancel} and the end of a subtask are lock-free, but that a subtask that is just being
 * interrupted does not end before it has been. No subtask waits for the owner to take notice of its end.
 *
 * <p><b>Memory consistency.</b> Actions before {@code fork} happen-before the subtask, and this happens-before the
 * return of {@code join} and {@code close}.
 *
 * <p><b>Observability.</b> {@link #toString()}; an owner that waits shows this object in thread dumps; threads are
 * named after the {@linkplain ScopeOptions#name(String) name} of the scope. A wait that parks emits the JFR event
 * {@code headway.ScopeWait}, a subtask that fails {@code headway.FailedSubtask}.
 *
 * <p><b>Nulls and bounds.</b> Null arguments are refused with {@code NullPointerException}; results may be null. What
 * is called by another thread than the owner, or after {@code join} or {@code close}, is refused with {@code
 * IllegalStateException}.
 *
 * <p><b>Complexity and footprint.</b> Everything is O(1) amortised but cancelling, joining and closing, which are O(n)
 * in the number of subtasks that have not ended or not been swept away yet. About 220 bytes for a scope and 70 for a
 * subtask that is kept; while it runs, its thread, and about a kilobyte for the place of its fork. The scope itself
 * forgets subtasks that have ended, but keeps those that have failed, with their exceptions, until it is joined or
 * closed.
 *
 * @param <T> the type that the results of the subtasks have in common
 * @param <R> the type of the result of {@link #join()}
 * @since 0.1
 */
public final class TaskScope<T extends @Nullable Object, R extends @Nullable Object> implements AutoCloseable {
    // Behind these methods: ScopeCore, the phases; RunningSubtasks, how the owner waits; ForkedTask, one subtask.

    private final ScopeCore core;

    @SuppressWarnings({"nullness:argument", "nullness:assignment"}) // only kept, to be shown in thread dumps
    private TaskScope(Policy<? super T, ? extends R> policy, ScopeOptions options) {
        core = new ScopeCore(this, policy, options);
        core.begin();
    }

    // ---- opening ----

    /**
     * Opens a scope in which all must succeed: with {@link Policy#failFast()}.
     *
     * @param <T> the type that the results of the subtasks have in common
     * @return a scope that the calling thread owns
     */
    public static <T extends @Nullable Object> TaskScope<T, @Nullable Void> open() {
        return open(Policy.failFast());
    }

    /**
     * Opens a scope.
     *
     * @param policy what becomes of results and failures; a new one for each scope
     * @param <T> the type that the results of the subtasks have in common
     * @param <R> the type of the result of {@link #join()}
     * @return a scope that the calling thread owns
     */
    public static <T extends @Nullable Object, R extends @Nullable Object> TaskScope<T, R> open(
            Policy<? super T, ? extends R> policy) {
        return open(policy, options -> {});
    }

    /**
     * Opens a scope with something chosen.
     *
     * @param policy what becomes of results and failures; a new one for each scope
     * @param choice changes the options
     * @param <T> the type that the results of the subtasks have in common
     * @param <R> the type of the result of {@link #join()}
     * @return a scope that the calling thread owns
     */
    public static <T extends @Nullable Object, R extends @Nullable Object> TaskScope<T, R> open(
            Policy<? super T, ? extends R> policy, Consumer<? super ScopeOptions> choice) {
        Objects.requireNonNull(policy, "policy");
        ScopeOptions options = new ScopeOptions();
        choice.accept(options);
        return new TaskScope<>(policy, options);
    }

    // ---- forking ----

    /**
     * Runs a task in a thread of its own. In a scope with a {@linkplain ScopeOptions#concurrency limit}, waits while as
     * many run already. In a cancelled scope nothing is run, and the subtask is {@link Subtask.State#CANCELLED} at
     * once.
     *
     * @param task what to do
     * @param <U> the type of its result
     * @return the subtask
     * @throws InterruptedException if the owner is interrupted, also when it already was on entry; nothing was forked
     * @throws IllegalStateException if the caller is not the owner, or has joined or closed the scope
     * @throws java.util.concurrent.RejectedExecutionException if the {@linkplain ScopeOptions#threadFactory factory}
     *     gave no thread
     */
    public <U extends T> Subtask<U> fork(Callable<? extends U> task) throws InterruptedException {
        Objects.requireNonNull(task, "task");
        core.checkMayFork();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!core.hasSlot()) {
            core.awaitSlot(false, 0L);
        }
        return forked(task);
    }

    /**
     * As {@link #fork(Callable)}, for a task without a result.
     *
     * @param task what to do
     * @param <U> the type of the result, which is null
     * @return the subtask
     * @throws InterruptedException if the owner is interrupted, also when it already was on entry; nothing was forked
     * @throws IllegalStateException if the caller is not the owner, or has joined or closed the scope
     * @throws java.util.concurrent.RejectedExecutionException if the {@linkplain ScopeOptions#threadFactory factory}
     *     gave no thread
     */
    @SuppressWarnings("nullness") // the one result that there is
    public <U extends T> Subtask<U> fork(Runnable task) throws InterruptedException {
        Objects.requireNonNull(task, "task");
        return fork(() -> {
            task.run();
            return null;
        });
    }

    /**
     * As {@link #fork(Callable)}, unless as many subtasks as may run do: never waits.
     *
     * @param task what to do
     * @param <U> the type of its result
     * @return the subtask, or null if nothing was forked
     * @throws IllegalStateException if the caller is not the owner, or has joined or closed the scope
     */
    public <U extends T> @Nullable Subtask<U> tryFork(Callable<? extends U> task) {
        Objects.requireNonNull(task, "task");
        core.checkMayFork();
        return core.hasSlot() ? forked(task) : null;
    }

    /**
     * As {@link #fork(Callable)}, but waits at most the given time.
     *
     * @param task what to do
     * @param timeout the longest wait; zero or negative means to look once
     * @param <U> the type of its result
     * @return the subtask, or null if nothing was forked since the time ran out
     * @throws InterruptedException if the owner is interrupted, also when it already was on entry; nothing was forked
     * @throws IllegalStateException if the caller is not the owner, or has joined or closed the scope
     */
    public <U extends T> @Nullable Subtask<U> tryFork(Callable<? extends U> task, Duration timeout)
            throws InterruptedException {
        Objects.requireNonNull(task, "task");
        long nanos = WaitQueue.saturatedNanos(timeout);
        core.checkMayFork();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!core.hasSlot() && (nanos <= 0L || !core.awaitSlot(true, System.nanoTime() + nanos))) {
            return null;
        }
        return forked(task);
    }

    /** The name of this method is where the stack of a {@link ForkSite} is cut. */
    private <U extends T> Subtask<U> forked(Callable<? extends U> task) {
        ForkedTask<U> subtask = core.fork(task);
        if (subtask.wantsSite()) {
            subtask.forkedAt(new ForkSite());
        }
        return subtask;
    }

    // ---- joining, cancelling, closing ----

    /**
     * Waits until all subtasks have ended, then returns or throws what the {@link Policy} says. If the scope is
     * cancelled, the subtasks are interrupted, and waited for all the same. Nothing can be forked afterwards.
     *
     * @return the result
     * @throws InterruptedException if the owner is interrupted while it waits, also when it already was on entry; the
     *     scope is as it was. For no other reason: one that a subtask threw is the cause of an
     *     {@link ExecutionException}
     * @throws ScopeTimeoutException if the scope was cancelled by its deadline
     * @throws CancellationException if the scope was cancelled, as the policy says
     * @throws Exception what the policy throws: with the ready ones what a subtask threw, errors included
     * @throws IllegalStateException if the caller is not the owner, or has joined or closed the scope
     */
    @SuppressWarnings({"unchecked", "nullness"}) // it is of the policy with which the scope was opened
    public R join() throws Exception {
        return (R) core.join();
    }

    /**
     * Cancels the scope: interrupts the subtasks that run, and lets no other begin. Does not wait for them, as
     * {@link #join()} and {@link #close()} do. Without effect if the scope has been cancelled or joined. Any thread may
     * call this, a subtask too, which is interrupted like the others.
     */
    public void cancel() {
        core.cancelOnRequest();
    }

    /**
     * Cancels the scope unless it has been joined, and waits until all subtasks have ended. An interrupt stays pending.
     * Without effect if the scope is closed already.
     *
     * @throws IllegalStateException if the caller is not the owner
     */
    @Override
    public void close() {
        core.close();
    }

    // ---- queries ----

    /**
     * Whether the scope has been cancelled, for whatever reason. A subtask that does not wait may ask this from time to
     * time.
     *
     * @return whether subtasks that have not ended should
     */
    public boolean isCancelled() {
        return core.isCancelled();
    }

    /** Name, state, number of subtasks that run, kind of threads and owner, in one line. */
    @Override
    public String toString() {
        return core.toString();
    }
}
