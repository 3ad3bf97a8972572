// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

/** What a pool has counted. Guarded by its lock. */
final class PoolCounts {

    long submitted;
    long succeeded;
    long failed;
    long cancelled;
    long crashed;
    long timedOut;

    /** Workers that have got ready. */
    long started;

    ProcessPoolStats stats(PoolCrew crew, int queued, boolean shutdown) {
        return new ProcessPoolStats(
                crew.count(PoolWorker.State.READY),
                crew.count(PoolWorker.State.STARTING),
                queued,
                crew.sent(),
                submitted,
                succeeded,
                failed,
                cancelled,
                crashed,
                timedOut,
                started,
                shutdown);
    }
}
