// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.processes;

import io.github.headway4j.processes.LongArray;
import io.github.headway4j.processes.SharedMemory;
import java.io.IOException;

/** Planted bug: a lock in shared memory that looks whether it is free, and is taken afterwards. */
final class TwoStepLock {

    private final LongArray taken;

    TwoStepLock() throws IOException {
        taken = SharedMemory.create(Long.BYTES).longs();
    }

    boolean tryLock() {
        if (taken.getVolatile(0) != 0L) {
            return false;
        }
        taken.setVolatile(0, 1L);
        return true;
    }

    void lock() {
        while (!tryLock()) {
            Thread.onSpinWait();
        }
    }

    void unlock() {
        taken.setVolatile(0, 0L);
    }
}
