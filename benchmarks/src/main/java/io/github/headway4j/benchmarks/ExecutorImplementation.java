// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import io.github.headway4j.tasks.WorkerPool;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;

/** What can run tasks in two threads, or in one for each task. */
public enum ExecutorImplementation {
    HEADWAY {
        @Override
        ExecutorService create() {
            return WorkerPool.fixed(WORKERS);
        }
    },
    FIXED_THREAD_POOL {
        @Override
        ExecutorService create() {
            return Executors.newFixedThreadPool(WORKERS);
        }
    },
    FORK_JOIN_POOL {
        @Override
        ExecutorService create() {
            return new ForkJoinPool(WORKERS);
        }
    },
    /** A new thread for each task. */
    VIRTUAL_THREADS {
        @Override
        ExecutorService create() {
            return VirtualThreads.newExecutor();
        }
    };

    private static final int WORKERS = 2;

    abstract ExecutorService create();
}
