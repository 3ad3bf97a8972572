// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.queues;

import java.util.concurrent.atomic.AtomicInteger;

/** Planted bug: tasks that were put and tasks that are done, each counted right, are read in the wrong order. */
final class TwoCounts {

    private final AtomicInteger puts;
    private final AtomicInteger finished = new AtomicInteger();

    TwoCounts(int puts) {
        this.puts = new AtomicInteger(puts);
    }

    void put() {
        puts.incrementAndGet();
    }

    void done() {
        finished.incrementAndGet();
    }

    /** 1 if counted, 0 if no task was unfinished. */
    int doneIfUnfinished() {
        if (unfinished() <= 0) {
            return 0;
        }
        done();
        return 1;
    }

    int unfinished() {
        int before = puts.get();
        return before - finished.get();
    }
}
