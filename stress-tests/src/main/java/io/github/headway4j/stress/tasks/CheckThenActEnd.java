// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.tasks;

import java.util.concurrent.atomic.AtomicInteger;

/** Planted bug: who looks whether a task has ended, and then ends it, may not be the only one. */
final class CheckThenActEnd {

    private volatile boolean ended;
    private final AtomicInteger ends = new AtomicInteger();

    /** 1 if this call has ended the task. */
    int end() {
        if (ended) {
            return 0;
        }
        ended = true;
        ends.incrementAndGet();
        return 1;
    }

    int ends() {
        return ends.get();
    }
}
