// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.ThreadKind;
import java.util.concurrent.CountDownLatch;

/** Pools for tests, and ways to keep their workers busy. */
final class Pools {

    private Pools() {}

    /** Options for workers of the given kind. */
    static PoolOptions of(ThreadKind kind) {
        return PoolOptions.defaults().threadFactory(worker -> kind.unstarted("worker", worker));
    }

    /** Options for daemons, so that a stuck worker does not keep the virtual machine alive. */
    static PoolOptions daemons() {
        return PoolOptions.defaults().daemon(true);
    }

    /** Gives all workers of the pool a task that waits for the gate; returns when they have begun it. */
    static void block(WorkerPool pool, CountDownLatch gate) {
        CountDownLatch begun = new CountDownLatch(pool.size());
        for (int i = 0; i < pool.size(); i++) {
            pool.execute(() -> {
                begun.countDown();
                awaitGate(gate);
            });
        }
        Await.until("all workers to be busy", () -> begun.getCount() == 0L);
    }

    /** Waits for the gate whatever interrupts come, and keeps them. */
    static void awaitGate(CountDownLatch gate) {
        boolean interrupted = false;
        while (true) {
            try {
                gate.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
