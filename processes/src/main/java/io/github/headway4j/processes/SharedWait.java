// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One wait of one thread for something that another process changes in shared memory. Java cannot sleep on a word of
 * shared memory, so the thread looks, again and again, with pauses that grow in proportion to the wait so far.
 *
 * <pre>{@code
 * SharedWait wait = SharedWait.timed(blocker, nanos);
 * boolean success = false;
 * try {
 *     while (!(success = done()) && wait.pause()) {}
 *     return success;
 * } finally {
 *     wait.end(success);
 * }
 * }</pre>
 *
 * <p>The loop looks once more after the time has run out, before {@code pause} says so. Where a mere condition is
 * waited for, the {@code until} methods do all of this.
 */
final class SharedWait {
    /*
     * Phases. A platform thread on a machine with several processors looks SPINS times without leaving its processor,
     * then YIELDS times giving way to others. All threads then sleep for a sixteenth of the time waited so far, at
     * least 20 us, below which the system's timers do not go, and at most 5 ms. So a thread is late by a sixteenth of
     * its wait or 5 ms, whichever is less, and needs 16 looks for each time that the wait doubles: some 150 for 50 ms,
     * then 200 a second.
     *
     * No wake-up can be lost, since there is none: the state itself is looked at. For the same reason a process that
     * dies at any place takes nothing with it that others wait for, and one that leaves passes nothing on.
     */

    /** Some microseconds: a message from a process that runs takes less than one. */
    private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 100 : 0;

    private static final int YIELDS = 10;

    private static final long SHORTEST_NAP = 20_000L;
    private static final long LONGEST_NAP = 5_000_000L;

    /** A nap is late by one part in so many. */
    private static final int PARTS = 16;

    private final Object blocker;
    private final boolean interruptible;
    private final boolean timed;
    private final long start = System.nanoTime();
    private final long nanos;
    private int looks;
    private boolean interrupted;
    private @Nullable Object event;
    private boolean napped;

    private SharedWait(Object blocker, boolean interruptible, boolean timed, long nanos) {
        this.blocker = blocker;
        this.interruptible = interruptible;
        this.timed = timed;
        this.nanos = nanos;
        this.looks = VirtualThreads.isVirtual(Thread.currentThread()) ? SPINS + YIELDS : 0;
    }

    /** A wait that ends by an interrupt, and otherwise lasts as long as it takes. */
    static SharedWait interruptible(Object blocker) {
        return new SharedWait(blocker, true, false, 0L);
    }

    /** A wait that lasts at most so long from now on, or until an interrupt. */
    static SharedWait timed(Object blocker, long nanos) {
        return new SharedWait(blocker, true, true, nanos);
    }

    /** A wait that lasts as long as it takes; {@link #end} makes interrupts pending again. */
    static SharedWait uninterruptible(Object blocker) {
        return new SharedWait(blocker, false, false, 0L);
    }

    // ---- for a condition ----

    /** Waits until the condition holds. An interrupt stays pending. */
    static void untilUninterruptibly(BooleanSupplier condition, Object blocker) {
        if (!condition.getAsBoolean()) {
            try {
                uninterruptible(blocker).look(condition);
            } catch (InterruptedException impossible) {
                throw new AssertionError("an uninterruptible wait was interrupted", impossible);
            }
        }
    }

    /** Waits until the condition holds. Throws if the thread is interrupted, also if it was on entry. */
    static void until(BooleanSupplier condition, Object blocker) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!condition.getAsBoolean()) {
            interruptible(blocker).look(condition);
        }
    }

    /**
     * Waits at most so many nanoseconds until the condition holds; whether it does. Throws if the thread is
     * interrupted, also if it was on entry.
     */
    static boolean until(BooleanSupplier condition, Object blocker, long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return condition.getAsBoolean() || (nanos > 0L && timed(blocker, nanos).look(condition));
    }

    private boolean look(BooleanSupplier condition) throws InterruptedException {
        boolean success = false;
        try {
            do {
                if (!pause()) {
                    return false;
                }
                success = condition.getAsBoolean();
            } while (!success);
            return true;
        } finally {
            end(success);
        }
    }

    // ---- for a loop ----

    /** How long this wait has lasted. */
    long waitedNanos() {
        return System.nanoTime() - start;
    }

    /**
     * Waits a little.
     *
     * @return false, at once, if the time has run out
     * @throws InterruptedException if the wait is interruptible and the thread is interrupted
     */
    boolean pause() throws InterruptedException {
        return pause(LONGEST_NAP);
    }

    /** As {@link #pause()}, with naps that are no longer than that. */
    boolean pause(long longestNap) throws InterruptedException {
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        long waited = waitedNanos();
        if (timed && nanos - waited <= 0L) {
            return false;
        }
        int look = looks;
        if (look < SPINS + YIELDS) {
            looks = look + 1;
            if (look < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
            return true;
        }
        if (!napped) {
            napped = true;
            event = SharedEvents.beginWait(blocker);
        }
        long nap = Math.min(longestNap, Math.max(SHORTEST_NAP, waited / PARTS));
        LockSupport.parkNanos(blocker, timed ? Math.min(nap, nanos - waited) : nap);
        if (Thread.interrupted()) {
            if (interruptible) {
                throw new InterruptedException();
            }
            interrupted = true;
        }
        return true;
    }

    /** Ends the wait: to be called exactly once, however it ended. */
    void end(boolean success) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        SharedEvents.endWait(event, success);
    }
}
