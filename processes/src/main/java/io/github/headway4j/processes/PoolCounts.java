// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.util.List;

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

    ProcessPoolStats stats(List<PoolWorker> workers, int queued, boolean shutdown) {
        int sent = 0;
        for (PoolWorker worker : workers) {
            sent += worker.sent.unsettled();
        }
        return new ProcessPoolStats(
                count(workers, PoolWorker.State.READY),
                count(workers, PoolWorker.State.STARTING),
                queued,
                sent,
                submitted,
                succeeded,
                failed,
                cancelled,
                crashed,
                timedOut,
                started,
                shutdown);
    }

    static int count(List<PoolWorker> workers, PoolWorker.State state) {
        int count = 0;
        for (PoolWorker worker : workers) {
            count += worker.state == state ? 1 : 0;
        }
        return count;
    }
}
