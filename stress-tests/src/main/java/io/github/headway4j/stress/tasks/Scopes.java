// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.tasks;

import io.github.headway4j.tasks.Policy;
import io.github.headway4j.tasks.Subtask;
import io.github.headway4j.tasks.TaskScope;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Scopes of subtasks that actors run, and calls of them that nobody interrupts. */
final class Scopes {

    private Scopes() {}

    static <R extends @Nullable Object> TaskScope<Integer, R> open(
            Policy<? super Integer, ? extends R> policy, ActorThreads threads) {
        return TaskScope.open(policy, options -> options.threadFactory(threads).forkSites(false));
    }

    static Subtask<Integer> fork(TaskScope<Integer, ?> scope, Callable<Integer> body) {
        try {
            return scope.fork(body);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the owner in this test", e);
        }
    }

    /** The result, or what {@code join} has thrown. */
    static @Nullable Object join(TaskScope<Integer, ?> scope) {
        try {
            return scope.join();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the owner in this test", e);
        } catch (Exception e) {
            return e;
        }
    }

    /** A failure of a subtask. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure() {
            super(null, null, true, false);
        }
    }
}
