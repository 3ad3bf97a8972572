// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.actors;

import org.jspecify.annotations.Nullable;

/**
 * One interrupt from one actor to the other that has arrived before the victim goes on, so that it cannot hit the next
 * round of the test.
 */
public final class Interruption {

    private volatile @Nullable Thread victim;
    private volatile boolean sent;

    /** The calling thread is about to wait. */
    public void expect() {
        victim = Thread.currentThread();
    }

    /** Waits until the other actor has come so far. */
    public Thread awaitVictim() {
        Thread thread;
        while ((thread = victim) == null) {
            Thread.onSpinWait();
        }
        return thread;
    }

    /** Interrupts the victim. */
    public void send() {
        awaitVictim().interrupt();
        sent = true;
    }

    /** Waits until the interrupt has been sent and clears what is left of it. */
    public void settle() {
        while (!sent) {
            Thread.onSpinWait();
        }
        Thread.interrupted();
    }
}
