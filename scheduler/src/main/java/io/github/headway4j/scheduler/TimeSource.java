// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import io.github.headway4j.primitives.WaitQueue;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * A clock that can be waited for: the {@code timefunc} and {@code delayfunc} of Python's {@code sched} in one.
 * Production code takes {@link #system()}, tests and simulations a {@link VirtualTime}; implement it for a clock of
 * another kind.
 *
 * <p><b>Two clocks.</b> {@link #nanoTime()} is for durations: it never goes back, and its values mean something only
 * when compared with each other, by their difference, as those of {@link System#nanoTime()}. {@link #instant()} is the
 * date and time of day, which people and time servers set.
 *
 * <p><b>Implementations.</b> Any thread may call any method at any time. It is enough to implement three of them;
 * {@link #awaitUntil awaitUntil} should be implemented too where a sleeping thread can be woken, because otherwise who
 * waits does not notice what happens while it sleeps.
 *
 * @since 0.1
 */
public interface TimeSource {

    /**
     * The moment that this clock shows, for durations.
     *
     * @return nanoseconds since some moment that never changes; never less than what any thread has been told before
     */
    long nanoTime();

    /**
     * The moment that this clock shows, as date and time of day.
     *
     * @return the instant
     */
    Instant instant();

    /**
     * Waits until {@link #nanoTime()} has reached the given moment. Returns at once if it has already. A source may
     * return too early; who sleeps looks at the clock afterwards.
     *
     * @param nanoTime the moment
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry
     */
    void sleepUntil(long nanoTime) throws InterruptedException;

    /**
     * Waits until {@link #nanoTime()} has reached the given moment or a condition holds. Who makes the condition hold
     * {@linkplain WaitQueue#signalAll() signals} the queue afterwards.
     *
     * <p>Unless overridden, looks at the condition before and after it {@linkplain #sleepUntil sleeps} until the
     * moment.
     *
     * @param queue where to wait: a {@linkplain WaitQueue#broadcast broadcast} queue
     * @param nanoTime the moment
     * @param condition looked at any number of times by the calling thread; must change nothing and throw nothing
     * @return true if the condition was seen to hold
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry
     */
    default boolean awaitUntil(WaitQueue queue, long nanoTime, BooleanSupplier condition) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (condition.getAsBoolean()) {
            return true;
        }
        sleepUntil(nanoTime);
        return condition.getAsBoolean();
    }

    /**
     * The clocks of the system: {@link System#nanoTime()} and {@link Instant#now()}.
     *
     * @return the shared instance
     */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }
}
