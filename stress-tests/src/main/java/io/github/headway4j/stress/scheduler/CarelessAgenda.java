// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.scheduler;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Planted bug: a clock is told that there is something to do, or that nothing is left, after the look that says so. Who
 * enters an event in between is forgotten.
 */
final class CarelessAgenda {

    private final AtomicInteger events = new AtomicInteger(1);
    private volatile boolean known = true;

    /** Runs what the clock knows of: how many events. */
    int runAll() {
        int count = 0;
        while (known && events.get() > 0) {
            count++;
            if (events.decrementAndGet() == 0) {
                known = false;
            }
        }
        return count;
    }

    void enter() {
        if (events.getAndIncrement() == 0) {
            known = true;
        }
    }
}
