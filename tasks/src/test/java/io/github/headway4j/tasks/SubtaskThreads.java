// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.testing.ThreadKind;
import java.util.concurrent.CountDownLatch;

/** Whence the threads of subtasks come, as a dimension of tests. */
enum SubtaskThreads {
    /** Virtual where the JDK has them, cached platform threads otherwise. */
    USUAL {
        @Override
        void choose(ScopeOptions options) {}
    },

    /** Cached platform threads on every JDK. */
    CACHED {
        @Override
        void choose(ScopeOptions options) {
            options.platformThreads();
        }
    },

    /** A new platform thread for each subtask. */
    MADE {
        @Override
        void choose(ScopeOptions options) {
            options.threadFactory(body -> ThreadKind.PLATFORM.unstarted("made", body));
        }
    };

    /** Sets the options so. */
    abstract void choose(ScopeOptions options);

    /** A scope whose subtasks have such threads. */
    final <T, R> TaskScope<T, R> open(Policy<? super T, ? extends R> policy) {
        return TaskScope.open(policy, this::choose);
    }

    /** A task that never ends but by an interrupt. */
    static <T> T forEver() throws InterruptedException {
        new CountDownLatch(1).await();
        throw new AssertionError("a latch opened by itself");
    }
}
