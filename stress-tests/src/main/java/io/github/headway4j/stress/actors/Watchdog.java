// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.actors;

import org.jspecify.annotations.Nullable;

/** Ends a wait of one actor that has no time-out, once it has lasted so long that its wake-up must have been lost. */
public final class Watchdog {

    private volatile @Nullable Thread sleeper;
    private volatile boolean awake;

    /** The calling thread is about to wait. */
    public void fallAsleep() {
        sleeper = Thread.currentThread();
    }

    /** The wait is over. */
    public void wakeUp() {
        awake = true;
    }

    /** Waits until the other actor has ended its wait, and sees to it that it does. Whether it did so by itself. */
    public boolean guard() {
        Patience patience = new Patience(Bounds.LOST.toNanos());
        boolean barked = false;
        while (!awake) {
            Thread thread = sleeper;
            if (!barked && thread != null && patience.isOver()) {
                thread.interrupt();
                barked = true;
            }
            Thread.onSpinWait();
        }
        return !barked;
    }
}
