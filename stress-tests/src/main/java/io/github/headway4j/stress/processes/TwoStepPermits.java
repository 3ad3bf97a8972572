// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.processes;

import io.github.headway4j.processes.LongArray;
import io.github.headway4j.processes.SharedMemory;
import java.io.IOException;

/** Planted bug: permits in shared memory that are read and written back in two steps, without a lock. */
final class TwoStepPermits {

    private final LongArray permits;

    TwoStepPermits(long permits) throws IOException {
        this.permits = SharedMemory.create(Long.BYTES).longs();
        set(permits);
    }

    void acquire() {
        while (available() < 1L) {
            Thread.onSpinWait();
        }
        set(available() - 1L);
    }

    void release() {
        set(available() + 1L);
    }

    long available() {
        return permits.getVolatile(0);
    }

    void set(long number) {
        permits.setVolatile(0, number);
    }
}
