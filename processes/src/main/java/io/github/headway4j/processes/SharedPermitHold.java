// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.primitives.Held;
import java.util.concurrent.atomic.AtomicBoolean;

/** Some permits of a {@link SharedSemaphore}, given back once. */
final class SharedPermitHold implements Held {

    private final SharedSemaphore semaphore;
    private final int permits;
    private final AtomicBoolean closed = new AtomicBoolean();

    SharedPermitHold(SharedSemaphore semaphore, int permits) {
        this.semaphore = semaphore;
        this.permits = permits;
    }

    @Override
    public void close() {
        if (!closed.get() && closed.compareAndSet(false, true)) {
            semaphore.release(permits);
        }
    }

    @Override
    public String toString() {
        return closed.get() ? "closed hold" : "hold on " + permits + " permit(s) of " + semaphore;
    }
}
