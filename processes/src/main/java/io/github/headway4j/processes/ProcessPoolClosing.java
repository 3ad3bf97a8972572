// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.primitives.WaitQueue;
import java.time.Duration;

/** One call that closes a {@link ProcessPool}, and waits. */
final class ProcessPoolClosing {

    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    private final PoolCore core;

    /** An interrupt came, and is due at the end. */
    private boolean interrupted;

    ProcessPoolClosing(PoolCore core) {
        this.core = core;
    }

    void close() {
        core.shutdown();
        try {
            while (!awaitFor(FOR_EVER, !interrupted)) {
                core.shutdownNow();
            }
        } finally {
            restoreInterrupt();
        }
    }

    boolean close(Duration limit) {
        core.shutdown();
        try {
            if (awaitFor(limit, true)) {
                return true;
            }
            core.shutdownNow();
            return awaitFor(limit, false);
        } finally {
            restoreInterrupt();
        }
    }

    /** Waits at most so long; an impatient wait ends when the thread is interrupted. */
    private boolean awaitFor(Duration limit, boolean impatient) {
        long nanos = Math.max(0L, WaitQueue.saturatedNanos(limit));
        long start = System.nanoTime();
        for (; ; ) {
            long left = nanos - (System.nanoTime() - start);
            try {
                return core.awaitTermination(Duration.ofNanos(left));
            } catch (InterruptedException e) {
                interrupted = true;
                if (impatient) {
                    return core.isTerminated();
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
