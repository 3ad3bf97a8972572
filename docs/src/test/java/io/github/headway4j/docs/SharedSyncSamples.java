// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import io.github.headway4j.processes.LongArray;
import io.github.headway4j.processes.SharedCondition;

/** The samples of {@code coming-from-python.md} that are about what processes wait for. */
final class SharedSyncSamples {

    private SharedSyncSamples() {}

    // snippet: python-shared-barrier
    /** Python: multiprocessing.Barrier(parties).wait() */
    static int meet(int parties, SharedCondition condition, LongArray arrivedAndCycle) {
        try (var held = condition.lock().hold()) {
            long cycle = arrivedAndCycle.get(1);
            int index = (int) arrivedAndCycle.addAndGet(0, 1) - 1;
            if (index == parties - 1) {
                arrivedAndCycle.set(0, 0);
                arrivedAndCycle.set(1, cycle + 1);
                condition.signalAll();
            } else {
                condition.awaitUntilUninterruptibly(() -> arrivedAndCycle.get(1) != cycle);
            }
            return index;
        }
    }
    // end
}
