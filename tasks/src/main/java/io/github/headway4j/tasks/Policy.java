// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TaskScope} makes of its subtasks: when enough has ended to cancel the rest, and what
 * {@link TaskScope#join()} returns or throws. Where the JDK's {@code StructuredTaskScope} has a {@code Joiner}.
 *
 * <p>There are four ready ones. To write one's own, implement {@link #result()}, and what else is needed:
 *
 * <pre>{@code
 * final class FirstTwo implements Policy<Quote, List<Quote>> {
 *     private final Queue<Quote> quotes = new ConcurrentLinkedQueue<>();
 *     private final AtomicInteger found = new AtomicInteger();
 *
 *     public boolean onComplete(Subtask<? extends Quote> subtask) {
 *         if (subtask.state() != Subtask.State.SUCCESS) return false;
 *         quotes.add(subtask.get());
 *         return found.incrementAndGet() >= 2; // enough: cancel the others
 *     }
 *
 *     public List<Quote> result() {
 *         return quotes.stream().limit(2).toList();
 *     }
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> {@link #onFork}, {@link #result} and {@link #onTimeout} are called by the owner of the scope.
 * {@link #onComplete} is called by the threads of the subtasks, several at the same time, so an implementation that
 * keeps state there must be safe for that; for a subtask that has no thread, by the owner. One object serves one scope.
 *
 * <p><b>Failures.</b> What {@code onFork} throws, {@code fork} throws, and nothing is forked. What {@code onComplete}
 * throws cancels the scope, and {@code join} throws it instead of asking for a result.
 *
 * <p><b>Memory consistency.</b> The subtask and its {@code onComplete} happen-before {@code result}.
 *
 * @param <T> the type that the results of the subtasks have in common
 * @param <R> the type of the result of {@code join}
 * @since 0.1
 */
public interface Policy<T extends @Nullable Object, R extends @Nullable Object> {

    /**
     * A subtask is about to be forked. Called by {@code fork}, in the order of forking.
     *
     * @param subtask the subtask, in state {@link Subtask.State#UNAVAILABLE}
     * @return true to cancel the scope: neither this subtask nor a later one begins
     */
    default boolean onFork(Subtask<? extends T> subtask) {
        return false;
    }

    /**
     * A subtask has ended, or will not begin since the scope was cancelled. Called exactly once for each subtask for
     * which {@link #onFork} has returned, also after the scope was cancelled. In the thread of a subtask, the interrupt
     * status is clear; the owner calls this, with whatever status it has, for a subtask that did not get a thread.
     *
     * @param subtask the subtask, no longer in state {@link Subtask.State#UNAVAILABLE}
     * @return true to cancel the scope
     */
    default boolean onComplete(Subtask<? extends T> subtask) {
        return false;
    }

    /**
     * What {@code join} returns or throws. Called once, when all subtasks have ended.
     *
     * @return the result
     * @throws Throwable what {@code join} is to throw; an {@code InterruptedException} arrives as the cause of an
     *     {@link java.util.concurrent.ExecutionException}
     */
    R result() throws Throwable;

    /**
     * What {@code join} returns or throws if the scope was cancelled by its deadline. Called instead of
     * {@link #result()}, once, when all subtasks have ended.
     *
     * @param timeout tells which deadline of which scope
     * @return the result all the same
     * @throws Throwable what {@code join} is to throw: the argument, unless overridden
     */
    default R onTimeout(ScopeTimeoutException timeout) throws Throwable {
        throw timeout;
    }

    /**
     * All must succeed. The first failure cancels the others; {@code join} throws it, the failures of others that came
     * before all had ended suppressed in it. If none has failed but one is {@link Subtask.State#CANCELLED}, since
     * the scope was cancelled otherwise, {@code join} throws {@link java.util.concurrent.CancellationException}; a
     * cancellation after which all have succeeded nevertheless changes nothing. For subtasks of different types, whose
     * results are asked of each {@link Subtask}.
     *
     * @param <T> the type that the results of the subtasks have in common
     * @return a new policy; {@code join} returns null
     */
    static <T extends @Nullable Object> Policy<T, @Nullable Void> failFast() {
        return new FailFast<>();
    }

    /**
     * All must succeed, as {@link #failFast} says, and {@code join} returns their results.
     *
     * @param <T> the type of the results
     * @return a new policy; {@code join} returns an unmodifiable list in the order of forking
     */
    static <T extends @Nullable Object> Policy<T, List<T>> results() {
        return new AllResults<>();
    }

    /**
     * Each may fail. No failure cancels anything or is thrown: all stand in the list.
     *
     * @param <T> the type of the results
     * @return a new policy; {@code join} returns an unmodifiable list in the order of forking
     */
    static <T extends @Nullable Object> Policy<T, List<Outcome<T>>> outcomes() {
        return new AllOutcomes<>();
    }

    /**
     * One must succeed. The first success cancels the others, and {@code join} returns its result; failures of others
     * are dropped then, as they are what this policy is there to get over. If all fail, {@code join} throws the first
     * failure with the others suppressed in it. If none was forked, it throws
     * {@link java.util.NoSuchElementException}, and {@link java.util.concurrent.CancellationException} if the scope was
     * cancelled before one has succeeded or failed.
     *
     * @param <T> the type of the results
     * @return a new policy
     */
    static <T extends @Nullable Object> Policy<T, T> firstSuccess() {
        return new FirstSuccess<>();
    }
}
