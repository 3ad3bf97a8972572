// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.primitives.WaitQueue;
import java.time.Duration;

/** One call that closes a {@link WorkerPool}, and waits. */
final class PoolClosing {

    private final PoolCore core;

    /** An interrupt came, and is due at the end. */
    private boolean interrupted;

    PoolClosing(PoolCore core) {
        this.core = core;
    }

    void close() {
        refuseInside();
        core.shutdown();
        try {
            while (!core.crew.terminated.isSet()) {
                awaitOrStop();
            }
        } finally {
            restoreInterrupt();
        }
    }

    boolean close(Duration limit) {
        refuseInside();
        core.shutdown();
        try {
            return core.crew.terminated.isSet() || awaitFor(limit, true) || stopAndAwait(limit);
        } finally {
            restoreInterrupt();
        }
    }

    private void refuseInside() {
        if (Worker.isCurrentOf(core)) {
            throw new IllegalStateException("close of " + core + " by one of its tasks, which would wait for itself;"
                    + " expected another thread, or shutdown()");
        }
    }

    private void awaitOrStop() {
        try {
            core.crew.terminated.await();
        } catch (InterruptedException e) {
            if (!interrupted) {
                interrupted = true;
                core.stopAndDrop();
            }
        }
    }

    private boolean stopAndAwait(Duration limit) {
        core.stopAndDrop();
        return awaitFor(limit, false);
    }

    /** Waits at most so long; an impatient wait ends when the thread is interrupted. */
    private boolean awaitFor(Duration limit, boolean impatient) {
        long nanos = WaitQueue.saturatedNanos(limit);
        long start = System.nanoTime();
        for (; ; ) {
            long left = nanos <= 0L ? 0L : nanos - (System.nanoTime() - start);
            try {
                return core.crew.terminated.await(Duration.ofNanos(left));
            } catch (InterruptedException e) {
                interrupted = true;
                if (impatient) {
                    return core.crew.terminated.isSet();
                }
            }
        }
    }

    private void restoreInterrupt() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
