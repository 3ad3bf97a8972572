// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** {@link Policy#firstSuccess()}. */
final class FirstSuccess<T extends @Nullable Object> extends ThrowingPolicy<T, T> {

    /** Linearization point of the race: the first to set it. */
    private final AtomicReference<@Nullable Subtask<? extends T>> first = new AtomicReference<>();

    @Override
    public boolean onComplete(Subtask<? extends T> subtask) {
        return hasSucceeded(subtask) && first.compareAndSet(null, subtask);
    }

    @Override
    public T result() {
        Subtask<? extends T> winner = first.get();
        if (winner != null) {
            return winner.get();
        }
        throwFailures();
        throw new NoSuchElementException("no subtask was forked");
    }

    /** A success that came at the same time as the deadline counts. */
    @Override
    public T onTimeout(ScopeTimeoutException timeout) throws ScopeTimeoutException {
        Subtask<? extends T> winner = first.get();
        return winner != null ? winner.get() : super.onTimeout(timeout);
    }
}
