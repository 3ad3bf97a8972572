// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Policies that throw the failures of subtasks: the first one, the others suppressed in it. */
abstract class ThrowingPolicy<T extends @Nullable Object, R extends @Nullable Object> implements Policy<T, R> {

    private final Collected<Throwable> failures = new Collected<>();

    /** Written by the threads of subtasks and by the owner, read by the owner when all have ended. */
    private volatile boolean cancelled;

    /** Keeps what the subtask has thrown, or that it was cancelled. Whether it succeeded. */
    final boolean hasSucceeded(Subtask<? extends T> subtask) {
        switch (subtask.state()) {
            case SUCCESS:
                return true;
            case FAILED:
                failures.add(subtask.exception());
                return false;
            default:
                cancelled = true;
                return false;
        }
    }

    /** Throws what there is to throw. */
    final void throwFailures() {
        Throwable first = Failures.combined(failures.inOrder());
        if (first != null) {
            throw Failures.unchecked(first);
        }
        if (cancelled) {
            throw new CancellationException("the scope was cancelled");
        }
    }

    @Override
    public R onTimeout(ScopeTimeoutException timeout) throws ScopeTimeoutException {
        Failures.suppressAll(timeout, failures.inOrder());
        throw timeout;
    }
}
