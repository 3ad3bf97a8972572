// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link Policy#outcomes()}. */
final class AllOutcomes<T extends @Nullable Object> implements Policy<T, List<Outcome<T>>> {

    /** Used by the owner alone. */
    private final List<Subtask<? extends T>> subtasks = new ArrayList<>();

    @Override
    public boolean onFork(Subtask<? extends T> subtask) {
        subtasks.add(subtask);
        return false;
    }

    @Override
    public List<Outcome<T>> result() {
        List<Outcome<T>> outcomes = new ArrayList<>(subtasks.size());
        for (Subtask<? extends T> subtask : subtasks) {
            outcomes.add(widened(subtask.outcome()));
        }
        return Collections.unmodifiableList(outcomes);
    }

    @Override
    public List<Outcome<T>> onTimeout(ScopeTimeoutException timeout) throws ScopeTimeoutException {
        List<Throwable> failures = new ArrayList<>();
        for (Subtask<? extends T> subtask : subtasks) {
            if (subtask.state() == Subtask.State.FAILED) {
                failures.add(subtask.exception());
            }
        }
        Failures.suppressAll(timeout, failures);
        throw timeout;
    }

    /** An outcome is immutable, so one of a subtype is one of the type. */
    @SuppressWarnings("unchecked")
    private static <T extends @Nullable Object> Outcome<T> widened(Outcome<? extends T> outcome) {
        return (Outcome<T>) outcome;
    }
}
