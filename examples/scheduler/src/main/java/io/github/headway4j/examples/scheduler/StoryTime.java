// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.scheduler;

import io.github.headway4j.primitives.WaitQueue;
import io.github.headway4j.scheduler.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * A clock that really goes, as fast as the teller of a story wants: a program can say that something happens in three
 * seconds, and its reader waits for as long as he likes. With seconds of one second it is the clock of the system.
 *
 * <p>It hands waiting on to the clock of the system, so that who waits by it can be woken.
 */
public final class StoryTime implements TimeSource {
    private static final double NANOS_OF_A_SECOND = 1e9;

    private final TimeSource real = TimeSource.system();
    private final long origin = real.nanoTime();
    private final Instant start;

    /** How many nanoseconds each of the story takes. */
    private final double pace;

    /**
     * Starts a clock that shows the date and time of now.
     *
     * @param second how long a second of the story takes
     */
    public StoryTime(Duration second) {
        this(second, TimeSource.system().instant());
    }

    /**
     * Starts a clock.
     *
     * @param second how long a second of the story takes
     * @param start what it shows first
     */
    public StoryTime(Duration second, Instant start) {
        if (second.isZero() || second.isNegative()) {
            throw new IllegalArgumentException("a second that takes " + second + "; expected more than nothing");
        }
        this.pace = second.toNanos() / NANOS_OF_A_SECOND;
        this.start = start;
    }

    /** {@inheritDoc} Begins at 0. */
    @Override
    public long nanoTime() {
        return (long) ((real.nanoTime() - origin) / pace);
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanoTime());
    }

    @Override
    public void sleepUntil(long nanoTime) throws InterruptedException {
        real.sleepUntil(inReality(nanoTime));
    }

    @Override
    public boolean awaitUntil(WaitQueue queue, long nanoTime, BooleanSupplier condition) throws InterruptedException {
        return real.awaitUntil(queue, inReality(nanoTime), condition);
    }

    private long inReality(long nanoTime) {
        return origin + (long) Math.ceil(nanoTime * pace);
    }
}
