// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * How a task ended: with a result, with a failure, or cancelled. There is no fourth way, so that one look at the type
 * tells all:
 *
 * <pre>{@code
 * if (outcome instanceof Outcome.Success<Page> success) {
 *     show(success.value());
 * } else if (outcome instanceof Outcome.Failure<Page> failure) {
 *     log.warn("not fetched", failure.exception());
 * }
 * }</pre>
 *
 * <p>Outcomes are immutable, and equal if they are of the same kind with equal contents. A result may be null.
 *
 * @param <T> the type of the result
 * @since 0.1
 */
public sealed interface Outcome<T extends @Nullable Object> {

    /**
     * The task returned.
     *
     * @param value what it returned
     * @param <T> the type of the result
     */
    record Success<T extends @Nullable Object>(T value) implements Outcome<T> {

        @Override
        public T get() {
            return value;
        }
    }

    /**
     * The task threw something.
     *
     * @param exception what it threw: the object itself
     * @param <T> the type of the result that did not come
     */
    record Failure<T extends @Nullable Object>(Throwable exception) implements Outcome<T> {

        /** Null is refused. */
        public Failure {
            Objects.requireNonNull(exception, "exception");
        }

        @Override
        public T get() throws Exception {
            throw Failures.unchecked(exception);
        }
    }

    /**
     * The task did not begin, or was interrupted and ended because of that.
     *
     * @param <T> the type of the result that did not come
     */
    record Cancelled<T extends @Nullable Object>() implements Outcome<T> {

        @Override
        public T get() {
            throw new CancellationException("the task was cancelled");
        }
    }

    /**
     * The outcome of a task that returned.
     *
     * @param value the result
     * @param <T> the type of the result
     * @return the outcome
     */
    static <T extends @Nullable Object> Outcome<T> success(T value) {
        return new Success<>(value);
    }

    /**
     * The outcome of a task that threw something.
     *
     * @param exception what it threw
     * @param <T> the type of the result that did not come
     * @return the outcome
     */
    static <T extends @Nullable Object> Outcome<T> failure(Throwable exception) {
        return new Failure<>(exception);
    }

    /**
     * The outcome of a task that was cancelled.
     *
     * @param <T> the type of the result that did not come
     * @return the outcome
     */
    static <T extends @Nullable Object> Outcome<T> cancelled() {
        return new Cancelled<>();
    }

    /**
     * Whether there is a result.
     *
     * @return whether this is a {@link Success}
     */
    default boolean isSuccess() {
        return this instanceof Success;
    }

    /**
     * Whether the task threw something.
     *
     * @return whether this is a {@link Failure}
     */
    default boolean isFailure() {
        return this instanceof Failure;
    }

    /**
     * Whether the task was cancelled.
     *
     * @return whether this is {@link Cancelled}
     */
    default boolean isCancelled() {
        return this instanceof Cancelled;
    }

    /**
     * Ends as the task did: with its result, or by throwing the very object that it threw.
     *
     * @return the result
     * @throws CancellationException if the task was cancelled
     * @throws Exception what the task threw, errors included
     */
    T get() throws Exception;
}
