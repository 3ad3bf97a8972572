// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A task that was submitted, whose outcome completes a future. */
final class SubmittedTask<T extends @Nullable Object> extends RemoteTask {

    @SuppressWarnings({"nullness:argument", "nullness:assignment"}) // only kept
    final CompletableFuture<T> future = new Future<>(this);

    private final PoolCore core;

    /** Written before the task is given to the delivery, read by that. */
    private @Nullable RemoteOutcome outcome;

    SubmittedTask(PoolCore core, int type, byte[] payload, long timeoutNanos) {
        super(type, payload, timeoutNanos, null);
        this.core = core;
    }

    @Override
    void settled(RemoteOutcome end) {
        if (!future.isDone()) {
            outcome = end;
            try {
                core.delivery.add(this);
            } catch (Throwable none) { // no memory is left: better by this thread than never
                deliver();
            }
        }
    }

    boolean isDelivered() {
        return future.isDone();
    }

    /** Completes the future; callbacks run within this. */
    @SuppressWarnings({"unchecked", "nullness:argument"}) // null is a result if the task says so
    void deliver() {
        RemoteOutcome end = outcome;
        outcome = null;
        if (end == null || future.isDone()) {
            return;
        }
        T result = null;
        Throwable failure = null;
        try {
            RemoteFailure told = end.readFailure(core.options.resultFilter);
            if (told != null) {
                failure = told.thrown();
            } else {
                result = (T) end.readResult(core.options.resultFilter);
            }
        } catch (Throwable unreadable) { // whatever it is, the future must not stay open
            failure = unreadable;
        }
        try {
            if (failure == null) {
                future.complete(result);
            } else if (failure instanceof CancellationException && end.failure() != null) {
                future.cancel(false);
            } else {
                future.completeExceptionally(failure);
            }
        } catch (Throwable ofCallback) { // futures keep what their callbacks throw; this is the last resort
            Uncaught.report(ofCallback);
        }
    }

    /** What the user gets. */
    private static final class Future<T extends @Nullable Object> extends CompletableFuture<T> {
        private final SubmittedTask<T> task;

        Future(SubmittedTask<T> task) {
            this.task = task;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            if (!isDone()) {
                task.core.cancel(task, mayInterruptIfRunning);
            }
            return super.cancel(mayInterruptIfRunning);
        }
    }
}
