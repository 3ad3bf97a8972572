// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.tasks;

import java.util.concurrent.atomic.AtomicInteger;

/** Planted bug: a pool that looks whether it is shut down, and then accepts. */
final class CarelessPool {

    private volatile boolean shutdown;
    private final AtomicInteger backlog = new AtomicInteger();

    /** 1 if accepted, 0 if shut down. */
    int execute() {
        if (shutdown) {
            return 0;
        }
        backlog.incrementAndGet();
        return 1;
    }

    /** Accepts nothing more; how many tasks are handed back. */
    int shutdownNow() {
        shutdown = true;
        return backlog.getAndSet(0);
    }
}
