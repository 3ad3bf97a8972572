// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.life;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How the threads of a program sleep. Programs speak of seconds; how long a second is, their caller decides. */
@FunctionalInterface
public interface Nap {

    /** What a second of the story takes when a program is run from the command line. */
    Duration DEFAULT_SECOND = Duration.ofMillis(100);

    /**
     * Sleeps.
     *
     * @param seconds how long, in seconds of the story
     * @throws InterruptedException if the sleeper is interrupted
     */
    void take(double seconds) throws InterruptedException;

    /**
     * Really sleeps, each second for a given time.
     *
     * @param second how long a second of the story is
     * @return that way to sleep
     */
    static Nap of(Duration second) {
        if (second.isNegative()) {
            throw new IllegalArgumentException("A second cannot be shorter than nothing, but is " + second);
        }
        return seconds -> TimeUnit.NANOSECONDS.sleep((long) (seconds * second.toNanos()));
    }

    /**
     * Sleeps as the arguments of a program say.
     *
     * @param args the length of a second in milliseconds; {@link #DEFAULT_SECOND} if left out
     * @return that way to sleep
     */
    static Nap of(String[] args) {
        return of(second(args));
    }

    /**
     * Reads from the arguments of a program how long a second of the story is.
     *
     * @param args the length of a second in milliseconds; {@link #DEFAULT_SECOND} if left out
     * @return the length of a second
     */
    static Duration second(String[] args) {
        return args.length > 0 ? Duration.ofMillis(Long.parseLong(args[0])) : DEFAULT_SECOND;
    }
}
