// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.bankaccount;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets one thread walk through its work in single steps, each of which another thread permits and waits for. */
final class Turns {
    private static final long PATIENCE_SECONDS = 30;

    private final Semaphore permitted = new Semaphore(0);
    private final Semaphore taken = new Semaphore(0);
    private String lastStep = "";

    /** The walking thread waits for the permission to take a step. */
    void begin() throws InterruptedException {
        permitted.acquire();
    }

    /** The walking thread has taken its step, and says what it was. */
    void end(String step) {
        lastStep = step;
        taken.release();
    }

    /** Ends a step and begins the next one. */
    void next(String step) throws InterruptedException {
        end(step);
        begin();
    }

    /** Permits one step, waits until it was taken and returns what the walking thread said of it. */
    String permitOne() throws InterruptedException {
        permitted.release();
        if (!taken.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("expected a step within " + PATIENCE_SECONDS + " seconds");
        }
        return lastStep;
    }
}
