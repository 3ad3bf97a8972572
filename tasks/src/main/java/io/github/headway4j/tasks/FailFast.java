// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import org.jspecify.annotations.Nullable;

/** {@link Policy#failFast()}. */
final class FailFast<T extends @Nullable Object> extends ThrowingPolicy<T, @Nullable Void> {

    @Override
    public boolean onComplete(Subtask<? extends T> subtask) {
        return !hasSucceeded(subtask);
    }

    @Override
    public @Nullable Void result() {
        throwFailures();
        return null;
    }
}
