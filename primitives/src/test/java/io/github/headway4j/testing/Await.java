// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits until something is the case, instead of sleeping and hoping. Only a generous watchdog limits the wait: no test
 * depends on how fast the machine is.
 *
 * <p>The watchdog of the whole harness is {@value #WATCHDOG_SECONDS} seconds, times the system property
 * {@value #SCALE_PROPERTY} (a decimal number, 1 unless set) for slow machines.
 */
public final class Await {

    /** The system property that scales the watchdog. */
    public static final String SCALE_PROPERTY = "headway.testing.watchdogScale";

    private static final int WATCHDOG_SECONDS = 30;

    /** The first looks only yield: most conditions hold within microseconds. */
    private static final int YIELDING_LOOKS = 50;

    private static final long SHORTEST_PAUSE_NANOS = 20_000;
    private static final long LONGEST_PAUSE_NANOS = 1_000_000;

    private Await() {}

    /**
     * Returns when the condition holds.
     *
     * @param description what is waited for, for the message
     * @param condition asked again and again by the calling thread
     * @throws AssertionError with a dump of all threads if the watchdog expires first, or if the calling thread is
     *     interrupted (its interrupt status stays set)
     */
    public static void until(String description, BooleanSupplier condition) {
        until(watchdog(), description, condition);
    }

    static Duration watchdog() {
        double scale = Double.parseDouble(System.getProperty(SCALE_PROPERTY, "1"));
        if (!(scale > 0)) {
            throw new IllegalArgumentException(SCALE_PROPERTY + " must be positive: " + scale);
        }
        return Duration.ofMillis((long) (WATCHDOG_SECONDS * 1000 * scale));
    }

    /** The one place of the harness that waits by looking again. */
    static void until(Duration watchdog, String description, BooleanSupplier condition) {
        long start = System.nanoTime();
        long pause = SHORTEST_PAUSE_NANOS;
        for (int looks = 0; !condition.getAsBoolean(); looks++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("Interrupted while waiting for " + description + "\n" + ThreadDump.take());
            }
            if (System.nanoTime() - start > watchdog.toNanos()) {
                throw new AssertionError(
                        "Waited " + watchdog.toMillis() + " ms for " + description + "\n" + ThreadDump.take());
            }
            if (looks < YIELDING_LOOKS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            }
        }
    }
}
