// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import io.github.headway4j.tasks.Policy;
import io.github.headway4j.tasks.Subtask;
import io.github.headway4j.tasks.TaskScope;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** What can run two tasks at a time and wait until both of them have ended. */
public enum ScopeImplementation {
    HEADWAY {
        @Override
        int addBoth(Callable<Integer> one, Callable<Integer> other) throws Exception {
            try (TaskScope<Object, Void> scope = TaskScope.open()) {
                Subtask<Integer> first = scope.fork(one);
                Subtask<Integer> second = scope.fork(other);
                scope.join();
                return first.get() + second.get();
            }
        }
    },
    /** A task that fails does not tell where it was forked. */
    HEADWAY_WITHOUT_SITES {
        @Override
        int addBoth(Callable<Integer> one, Callable<Integer> other) throws Exception {
            try (TaskScope<Object, Void> scope =
                    TaskScope.open(Policy.failFast(), options -> options.forkSites(false))) {
                Subtask<Integer> first = scope.fork(one);
                Subtask<Integer> second = scope.fork(other);
                scope.join();
                return first.get() + second.get();
            }
        }
    },
    /** An executor that has a new thread for each task, and is closed. */
    VIRTUAL_THREADS {
        @Override
        int addBoth(Callable<Integer> one, Callable<Integer> other) throws Exception {
            ExecutorService executor = VirtualThreads.newExecutor();
            Future<Integer> first;
            Future<Integer> second;
            try (AutoCloseable closed = (AutoCloseable) executor) { // since JDK 19
                assert closed == executor;
                first = executor.submit(one);
                second = executor.submit(other);
            }
            return first.get() + second.get();
        }
    };

    abstract int addBoth(Callable<Integer> one, Callable<Integer> other) throws Exception;
}
