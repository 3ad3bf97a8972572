// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.processes;

import io.github.headway4j.processes.LongArray;
import io.github.headway4j.processes.SharedMemory;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** Planted bug: an event between processes that is a flag and nothing else, at which waiters look now and then. */
final class FlagInMemory {

    private static final long NAP_NANOS = 20_000L;

    private final LongArray flag;

    FlagInMemory() throws IOException {
        flag = SharedMemory.create(Long.BYTES).longs();
    }

    boolean await(long nanos) {
        long start = System.nanoTime();
        while (flag.getVolatile(0) == 0L) {
            if (System.nanoTime() - start > nanos) {
                return false;
            }
            LockSupport.parkNanos(this, NAP_NANOS);
        }
        return true;
    }

    void set() {
        flag.setVolatile(0, 1L);
    }

    void clear() {
        flag.setVolatile(0, 0L);
    }
}
