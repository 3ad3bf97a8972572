// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link Policy#results()}. */
final class AllResults<T extends @Nullable Object> extends ThrowingPolicy<T, List<T>> {

    /** Used by the owner alone. */
    private final List<Subtask<? extends T>> subtasks = new ArrayList<>();

    @Override
    public boolean onFork(Subtask<? extends T> subtask) {
        subtasks.add(subtask);
        return false;
    }

    @Override
    public boolean onComplete(Subtask<? extends T> subtask) {
        return !hasSucceeded(subtask);
    }

    @Override
    public List<T> result() {
        throwFailures();
        List<T> results = new ArrayList<>(subtasks.size());
        for (Subtask<? extends T> subtask : subtasks) {
            results.add(subtask.get());
        }
        return Collections.unmodifiableList(results);
    }
}
