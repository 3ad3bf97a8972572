// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A task that was forked in a {@link TaskScope}.
 *
 * <p><b>Threads.</b> Any thread may call any method at any time; none waits.
 *
 * <p><b>Memory consistency.</b> What the task did happens-before whatever follows a call that tells that it has ended.
 *
 * @param <T> the type of the result
 * @since 0.1
 */
public sealed interface Subtask<T extends @Nullable Object> extends Supplier<T> permits ForkedTask {

    /** How far a subtask is. */
    enum State {
        /** It has not ended. */
        UNAVAILABLE,

        /** It returned: {@link Subtask#get()} has the result. */
        SUCCESS,

        /** It threw something: {@link Subtask#exception()} has it. */
        FAILED,

        /**
         * Its scope was cancelled before it began, or it was interrupted because of that and ended by an
         * {@code InterruptedException}, a {@code ClosedByInterruptException} or a {@code CancellationException}. One
         * that has other exceptions suppressed in it counts as a failure.
         */
        CANCELLED
    }

    /**
     * How far the subtask is. Once it is something else than {@link State#UNAVAILABLE}, it stays that.
     *
     * @return the state
     */
    State state();

    /**
     * The result.
     *
     * @return what the task returned
     * @throws IllegalStateException unless the state is {@link State#SUCCESS}
     */
    @Override
    T get();

    /**
     * What the task threw: the object itself. Its stack trace goes on with that of the call of {@code fork}, unless
     * the {@linkplain ScopeOptions#forkSites(boolean) options} say otherwise; this part may not be there yet in {@link
     * Policy#onComplete}, and for other threads as long as {@code fork} has not returned.
     *
     * @return the exception or error
     * @throws IllegalStateException unless the state is {@link State#FAILED}
     */
    Throwable exception();

    /**
     * State and result or exception, as one object.
     *
     * @return how the task ended
     * @throws IllegalStateException if the state is {@link State#UNAVAILABLE}
     */
    Outcome<T> outcome();
}
