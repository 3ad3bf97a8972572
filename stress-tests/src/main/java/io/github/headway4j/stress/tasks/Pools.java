// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.tasks;

import io.github.headway4j.stress.actors.Bounds;
import io.github.headway4j.tasks.PoolOptions;
import io.github.headway4j.tasks.WorkerPool;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Pools whose workers are actors, and calls whose outcome is a number. */
final class Pools {

    /** Of a wait whose time ran out. */
    private static final int TIMED_OUT = -1;

    private Pools() {}

    static WorkerPool fixed(int workers, ActorThreads threads) {
        return WorkerPool.fixed(workers, PoolOptions.defaults().threadFactory(threads));
    }

    /** 1 if accepted, 0 if the pool is shut down. */
    static int execute(WorkerPool pool, Runnable task) {
        try {
            pool.execute(task);
            return 1;
        } catch (RejectedExecutionException refused) {
            return 0;
        }
    }

    /** The result, 0 if cancelled, -1 if it did not come. */
    static int get(Future<Integer> future) {
        try {
            return future.get(Bounds.LOST.toNanos(), TimeUnit.NANOSECONDS);
        } catch (CancellationException cancelled) {
            return 0;
        } catch (TimeoutException lost) {
            return TIMED_OUT;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("neither comes in this test", e);
        }
    }

    /** 1 if all has ended, 0 if the time ran out. */
    static int awaitTermination(WorkerPool pool) {
        try {
            return pool.awaitTermination(Bounds.LOST) ? 1 : 0;
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the actors of this test", e);
        }
    }
}
