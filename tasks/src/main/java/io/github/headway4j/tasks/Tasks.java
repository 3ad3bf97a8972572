// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is done with several tasks at once, each in one call: all of them, the fastest, one for each item, one within a
 * time. For anything else, open a {@link TaskScope}, which all of these use; for tasks that go on after the call, take
 * a {@link WorkerPool}.
 *
 * <pre>{@code
 * List<Integer> sizes = Tasks.gather(() -> size(here), () -> size(there)); // both at the same time
 * String answer = Tasks.race(() -> ask(first), () -> ask(second));         // the other one is stopped
 * try (var pages = Tasks.map(addresses, 16, this::fetch)) {                // in order, 16 at a time
 *     for (Page page : pages) show(page);
 * }
 * Report report = Tasks.withTimeout(Duration.ofSeconds(2), this::compute);
 * }</pre>
 *
 * <p><b>Threads.</b> Each task runs in a thread of its own: a virtual one where the JDK has them, unless the options
 * say otherwise. With {@code map}, a thread takes one item after the other. Any thread may call these methods, tasks
 * too.
 *
 * <p><b>Ordering and fairness.</b> Tasks begin in no particular order; results are in the order of the arguments, but
 * for {@link #mapUnordered} and {@link #asCompleted}.
 *
 * <p><b>Failures.</b> Whoever calls gets what a task has thrown, errors included: the very object, with the failures of
 * others suppressed in it, and with the place of the call in its stack trace. Nothing is swallowed but what {@link
 * #race} is there to get over.
 *
 * <p><b>Cancelling.</b> When a call ends early, for whatever reason, its tasks are interrupted, those that have not
 * begun never will, and the call waits for the end of all, also of those that do not heed the interrupt: no task
 * outlives its call, and none outlives the closing of {@link TaskResults}.
 *
 * <p><b>Blocking and interruption.</b> As the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks} says. If the caller is interrupted, the tasks are cancelled, and {@code InterruptedException} is thrown once
 * they have ended, with their failures suppressed in it, unless the options name a handler for them. An
 * {@code InterruptedException} that a task throws by itself is the cause of a
 * {@link java.util.concurrent.ExecutionException}, so that the two can be told from each other.
 *
 * <p><b>Memory consistency.</b> Actions before the call happen-before the tasks, and these before its return, or before
 * the return of {@code next} of {@link TaskResults} for the result.
 *
 * <p><b>Nulls and bounds.</b> Null arguments, also among the tasks, are refused with {@code NullPointerException}
 * before any task begins. Results may be null, and so may the items of a map.
 *
 * <p><b>Complexity and footprint.</b> O(n); a thread for each task that runs.
 *
 * @since 0.1
 */
public final class Tasks {

    private Tasks() {}

    // ---- all ----

    /**
     * Runs all tasks at the same time and waits for their results. The first failure cancels the others.
     *
     * @param tasks what to do; none gives an empty list
     * @param <T> the type of the results
     * @return an unmodifiable list of the results, in the order of the tasks
     * @throws InterruptedException if the caller is interrupted, also when it already was on entry
     * @throws Exception what the first task that failed has thrown, errors included
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only copied
    public static <T extends @Nullable Object> List<T> gather(Callable<? extends T>... tasks) throws Exception {
        return gather(listOf(tasks));
    }

    /**
     * As {@link #gather(Callable[])}.
     *
     * @param tasks what to do; none gives an empty list
     * @param <T> the type of the results
     * @return an unmodifiable list of the results, in the order of the tasks
     * @throws InterruptedException if the caller is interrupted, also when it already was on entry
     * @throws Exception what the first task that failed has thrown, errors included
     */
    public static <T extends @Nullable Object> List<T> gather(Collection<? extends Callable<? extends T>> tasks)
            throws Exception {
        return gather(tasks, options -> {});
    }

    /**
     * As {@link #gather(Callable[])}, with something chosen: a name, a deadline, how many run at the same time, in
     * which threads.
     *
     * @param tasks what to do; none gives an empty list
     * @param choice changes the options
     * @param <T> the type of the results
     * @return an unmodifiable list of the results, in the order of the tasks
     * @throws InterruptedException if the caller is interrupted, also when it already was on entry
     * @throws ScopeTimeoutException if the deadline came first
     * @throws Exception what the first task that failed has thrown, errors included
     */
    public static <T extends @Nullable Object> List<T> gather(
            Collection<? extends Callable<? extends T>> tasks, Consumer<? super ScopeOptions> choice) throws Exception {
        return together(checked(tasks), Policy.<T>results(), choice);
    }

    /**
     * Runs all tasks at the same time and waits until each has returned or thrown something. No failure cancels
     * anything or is thrown.
     *
     * @param tasks what to do; none gives an empty list
     * @param <T> the type of the results
     * @return an unmodifiable list of what became of the tasks, in their order
     * @throws InterruptedException if the caller is interrupted, also when it already was on entry
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only copied
    public static <T extends @Nullable Object> List<Outcome<T>> gatherOutcomes(Callable<? extends T>... tasks)
            throws InterruptedException {
        return gatherOutcomes(listOf(tasks));
    }

    /**
     * As {@link #gatherOutcomes(Callable[])}.
     *
     * @param tasks what to do; none gives an empty list
     * @param <T> the type of the results
     * @return an unmodifiable list of what became of the tasks, in their order
     * @throws InterruptedException if the caller is interrupted, also when it already was on entry
     */
    public static <T extends @Nullable Object> List<Outcome<T>> gatherOutcomes(
            Collection<? extends Callable<? extends T>> tasks) throws InterruptedException {
        try {
            return gatherOutcomes(tasks, options -> {});
        } catch (ScopeTimeoutException impossible) {
            throw new AssertionError("there is no deadline", impossible);
        }
    }

    /**
     * As {@link #gatherOutcomes(Callable[])}, with something chosen: a name, a deadline, how many run at the same time,
     * in which threads.
     *
     * @param tasks what to do; none gives an empty list
     * @param choice changes the options
     * @param <T> the type of the results
     * @return an unmodifiable list of what became of the tasks, in their order
     * @throws InterruptedException if the caller is interrupted, also when it already was on entry
     * @throws ScopeTimeoutException if the deadline came first; the failures are suppressed in it
     */
    public static <T extends @Nullable Object> List<Outcome<T>> gatherOutcomes(
            Collection<? extends Callable<? extends T>> tasks, Consumer<? super ScopeOptions> choice)
            throws InterruptedException, ScopeTimeoutException {
        try {
            return together(checked(tasks), Policy.<T>outcomes(), choice);
        } catch (Exception e) {
            throw Failures.unchecked(e); // one of the two, or unchecked: no failure of a task is thrown
        }
    }

    // ---- the fastest ----

    /**
     * Runs all tasks at the same time and returns the first result; the other tasks are cancelled. Failures of others
     * are dropped if one succeeds.
     *
     * @param tasks what to do, at least one
     * @param <T> the type of the result
     * @return the result of the task that was the first to return
     * @throws IllegalArgumentException if there is no task
     * @throws InterruptedException if the caller is interrupted, also when it already was on entry
     * @throws Exception if all have failed, what the first of them has thrown, errors included, with the failures of
     *     the others suppressed in it
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only copied
    public static <T extends @Nullable Object> T race(Callable<? extends T>... tasks) throws Exception {
        return race(listOf(tasks));
    }

    /**
     * As {@link #race(Callable[])}.
     *
     * @param tasks what to do, at least one
     * @param <T> the type of the result
     * @return the result of the task that was the first to return
     * @throws IllegalArgumentException if there is no task
     * @throws InterruptedException if the caller is interrupted, also when it already was on entry
     * @throws Exception if all have failed, what the first of them has thrown, errors included, with the failures of
     *     the others suppressed in it
     */
    public static <T extends @Nullable Object> T race(Collection<? extends Callable<? extends T>> tasks)
            throws Exception {
        return race(tasks, options -> {});
    }

    /**
     * As {@link #race(Callable[])}, with something chosen: a name, a deadline, how many run at the same time, in which
     * threads.
     *
     * @param tasks what to do, at least one
     * @param choice changes the options
     * @param <T> the type of the result
     * @return the result of the task that was the first to return
     * @throws IllegalArgumentException if there is no task
     * @throws InterruptedException if the caller is interrupted, also when it already was on entry
     * @throws ScopeTimeoutException if the deadline came first
     * @throws Exception if all have failed, what the first of them has thrown, errors included, with the failures of
     *     the others suppressed in it
     */
    public static <T extends @Nullable Object> T race(
            Collection<? extends Callable<? extends T>> tasks, Consumer<? super ScopeOptions> choice) throws Exception {
        List<Callable<? extends T>> all = checked(tasks);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("tasks: none; expected at least 1");
        }
        return together(all, Policy.<T>firstSuccess(), choice);
    }

    // ---- one for each item ----

    /**
     * Applies a function to each item, to several at the same time, and gives the results in the order of the items, as
     * they come. Begins at once, and takes from the source no more than there is room for: it may be infinite. Close
     * the results, or take all of them.
     *
     * @param items the source: its iterator is used by one thread at a time
     * @param concurrency how many items at most are worked on at the same time
     * @param function what to do with an item
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @return the results
     * @throws IllegalArgumentException if the concurrency is not positive
     */
    public static <A extends @Nullable Object, R extends @Nullable Object> TaskResults<R> map(
            Iterable<? extends A> items, int concurrency, Function<? super A, ? extends R> function) {
        return map(items, concurrency, function, options -> {});
    }

    /**
     * As {@link #map(Iterable, int, Function)}, with something chosen: how far it goes ahead, a name, a deadline, in
     * which threads.
     *
     * @param items the source: its iterator is used by one thread at a time
     * @param concurrency how many items at most are worked on at the same time
     * @param function what to do with an item
     * @param choice changes the options
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @return the results
     * @throws IllegalArgumentException if the concurrency is not positive
     */
    public static <A extends @Nullable Object, R extends @Nullable Object> TaskResults<R> map(
            Iterable<? extends A> items,
            int concurrency,
            Function<? super A, ? extends R> function,
            Consumer<? super MapOptions> choice) {
        return mapped(items, concurrency, function, true, choice, result -> {});
    }

    /**
     * As {@link #map(Iterable, int, Function)}, but gives the results as they are completed, whatever the order of the
     * items.
     *
     * @param items the source: its iterator is used by one thread at a time
     * @param concurrency how many items at most are worked on at the same time
     * @param function what to do with an item
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @return the results
     * @throws IllegalArgumentException if the concurrency is not positive
     */
    public static <A extends @Nullable Object, R extends @Nullable Object> TaskResults<R> mapUnordered(
            Iterable<? extends A> items, int concurrency, Function<? super A, ? extends R> function) {
        return mapUnordered(items, concurrency, function, options -> {});
    }

    /**
     * As {@link #mapUnordered(Iterable, int, Function)}, with something chosen: how far it goes ahead, a name, a
     * deadline, in which threads.
     *
     * @param items the source: its iterator is used by one thread at a time
     * @param concurrency how many items at most are worked on at the same time
     * @param function what to do with an item
     * @param choice changes the options
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @return the results
     * @throws IllegalArgumentException if the concurrency is not positive
     */
    public static <A extends @Nullable Object, R extends @Nullable Object> TaskResults<R> mapUnordered(
            Iterable<? extends A> items,
            int concurrency,
            Function<? super A, ? extends R> function,
            Consumer<? super MapOptions> choice) {
        return mapped(items, concurrency, function, false, choice, result -> {});
    }

    /**
     * Runs all tasks at the same time, and gives what becomes of them as they end. No failure stops anything. Failures
     * that are there when the results are closed, and have not been taken, go to the uncaught-exception handler of the
     * caller's thread, but for those of the types by which tasks end that are cancelled: {@code InterruptedException},
     * {@code ClosedByInterruptException} and {@code CancellationException}.
     *
     * @param tasks what to do
     * @param <T> the type of the results
     * @return the outcomes, as many as there are tasks
     */
    public static <T extends @Nullable Object> TaskResults<Outcome<T>> asCompleted(
            Collection<? extends Callable<? extends T>> tasks) {
        return asCompleted(tasks, Integer.MAX_VALUE);
    }

    /**
     * As {@link #asCompleted(Collection)}, with a limit.
     *
     * @param tasks what to do; they begin in this order
     * @param concurrency how many tasks at most run at the same time
     * @param <T> the type of the results
     * @return the outcomes, as many as there are tasks
     * @throws IllegalArgumentException if the concurrency is not positive
     */
    public static <T extends @Nullable Object> TaskResults<Outcome<T>> asCompleted(
            Collection<? extends Callable<? extends T>> tasks, int concurrency) {
        ForkSite site = forked();
        return Tasks.<Callable<? extends T>, Outcome<T>>mapped(
                checked(tasks), concurrency, task -> outcomeOf(task, site), false, options -> {}, outcome -> {
                    if (outcome instanceof Outcome.Failure<?> failed
                            && !ForkedTask.isCancellation(failed.exception())) {
                        Failures.uncaught(failed.exception());
                    }
                });
    }

    /** The name of this method is where the stack of a {@link ForkSite} is cut, and how it is counted. */
    private static ForkSite forked() {
        return new ForkSite();
    }

    private static <T extends @Nullable Object> Outcome<T> outcomeOf(Callable<? extends T> task, ForkSite site) {
        try {
            return Outcome.success(task.call());
        } catch (Throwable failure) {
            Failures.showForkSite(failure, site);
            return Outcome.failure(failure);
        }
    }

    private static <A extends @Nullable Object, R extends @Nullable Object> TaskResults<R> mapped(
            Iterable<? extends A> items,
            int concurrency,
            Function<? super A, ? extends R> function,
            boolean ordered,
            Consumer<? super MapOptions> choice,
            Consumer<? super R> undelivered) {
        Objects.requireNonNull(items, "items");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(choice, "choice");
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency: " + concurrency + "; expected at least 1");
        }
        MapOptions options = new MapOptions(concurrency);
        choice.accept(options);
        int most = items instanceof Collection<?> all ? Math.min(concurrency, Math.max(1, all.size())) : concurrency;
        Iterator<? extends A> source = Objects.requireNonNull(items.iterator(), "iterator");
        return TaskResults.<A, R>begin(source, function, most, ordered, options, undelivered);
    }

    // ---- one within a time ----

    /**
     * Runs a task and waits for its result, but not longer than the given time: then the task is interrupted, and
     * waited for, as it would go on unseen otherwise. What it returns or throws after that counts, unless it ends
     * because of the interrupt.
     *
     * @param timeout how long it may take; zero or negative means that it does not begin
     * @param task what to do
     * @param <T> the type of the result
     * @return the result
     * @throws InterruptedException if the caller is interrupted, also when it already was on entry
     * @throws ScopeTimeoutException if the time ran out; a time-out that the task itself meets is another one
     * @throws Exception what the task has thrown, errors included
     */
    public static <T extends @Nullable Object> T withTimeout(Duration timeout, Callable<? extends T> task)
            throws Exception {
        return withTimeout(timeout, task, options -> {});
    }

    /**
     * As {@link #withTimeout(Duration, Callable)}, with something chosen: a name, in which thread.
     *
     * @param timeout how long it may take; zero or negative means that it does not begin
     * @param task what to do
     * @param choice changes the options
     * @param <T> the type of the result
     * @return the result
     * @throws InterruptedException if the caller is interrupted, also when it already was on entry
     * @throws ScopeTimeoutException if the time ran out; a time-out that the task itself meets is another one
     * @throws Exception what the task has thrown, errors included
     */
    public static <T extends @Nullable Object> T withTimeout(
            Duration timeout, Callable<? extends T> task, Consumer<? super ScopeOptions> choice) throws Exception {
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(task, "task");
        return together(List.of(task), new TimedTask<T>(), options -> {
            choice.accept(options);
            options.deadline(timeout);
        });
    }

    // ---- what they have in common ----

    private static <E extends @Nullable Object> List<E> listOf(E[] elements) {
        List<E> list = new ArrayList<>(elements.length);
        Collections.addAll(list, elements);
        return list;
    }

    /** A copy in which there is no null. */
    private static <T extends @Nullable Object> List<Callable<? extends T>> checked(
            Collection<? extends Callable<? extends T>> tasks) {
        List<Callable<? extends T>> all = new ArrayList<>(tasks);
        for (Callable<? extends T> task : all) {
            Objects.requireNonNull(task, "task");
        }
        return all;
    }

    /** Runs the tasks in a scope. What the scope has to tell when it is closed early is told by what is thrown. */
    @SuppressWarnings("InterruptedExceptionSwallowed") // thrown again
    private static <T extends @Nullable Object, R extends @Nullable Object> R together(
            List<? extends Callable<? extends T>> tasks, Policy<T, R> policy, Consumer<? super ScopeOptions> choice)
            throws Exception {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        List<Throwable> unseen = new ArrayList<>();
        try (TaskScope<T, R> scope = TaskScope.open(policy, options -> {
            choice.accept(options);
            if (options.onUnseenFailure == null) {
                options.onUnseenFailure(unseen::add);
            }
        })) {
            for (Callable<? extends T> task : tasks) {
                scope.fork(task);
            }
            return scope.join();
        } catch (Throwable thrown) {
            Failures.suppressAll(thrown, unseen); // the scope is closed by now
            throw thrown;
        }
    }
}
