// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.processes;

import io.github.headway4j.processes.LongArray;
import io.github.headway4j.processes.SharedMemory;
import java.io.IOException;

/** Planted bug: a number in shared memory to which is added by reading and writing it. */
final class TwoStepCounter {

    private final LongArray number;

    TwoStepCounter() throws IOException {
        number = SharedMemory.create(Long.BYTES).longs();
    }

    void add(long delta) {
        number.setVolatile(0, number.getVolatile(0) + delta);
    }

    long get() {
        return number.getVolatile(0);
    }

    void clear() {
        number.setVolatile(0, 0L);
    }
}
