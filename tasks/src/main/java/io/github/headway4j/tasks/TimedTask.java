// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One subtask against the clock: how it ends counts, also after the time; but cancelled, it is late. */
final class TimedTask<T extends @Nullable Object> implements Policy<T, T> {

    /** Of the owner alone. */
    private @Nullable Subtask<? extends T> task;

    @Override
    public boolean onFork(Subtask<? extends T> subtask) {
        task = subtask;
        return false;
    }

    @Override
    public T result() throws Throwable {
        Subtask<? extends T> ended = task;
        if (ended == null || ended.state() == Subtask.State.CANCELLED) {
            throw new CancellationException("the task was cancelled");
        }
        return resultOf(ended);
    }

    @Override
    public T onTimeout(ScopeTimeoutException timeout) throws Throwable {
        Subtask<? extends T> ended = task;
        if (ended == null || ended.state() == Subtask.State.CANCELLED) {
            throw timeout;
        }
        return resultOf(ended);
    }

    private static <T extends @Nullable Object> T resultOf(Subtask<? extends T> ended) throws Throwable {
        if (ended.state() == Subtask.State.FAILED) {
            throw ended.exception();
        }
        return ended.get();
    }
}
