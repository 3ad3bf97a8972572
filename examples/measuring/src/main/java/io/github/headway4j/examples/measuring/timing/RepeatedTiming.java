// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.timing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The course's {@code timeit.repeat}: a function is called a number of times in a row, and all that is repeated.
 *
 * @param number how many calls were timed together
 * @param rounds the time of each repetition, in their order
 * @param result what the last call returned
 * @param <T> the type of the result
 */
public record RepeatedTiming<T extends @Nullable Object>(int number, List<Duration> rounds, T result) {

    /** Keeps a copy of the list. */
    public RepeatedTiming {
        rounds = List.copyOf(rounds);
    }

    /**
     * Times a function.
     *
     * @param repeat how many rounds there are, at least 1
     * @param number how many calls there are in each round, at least 1
     * @param function what is called; what it returns is used, or the JVM would leave it out
     * @param nanos the clock
     * @param <T> the type of its result
     * @return the time of each round
     */
    public static <T extends @Nullable Object> RepeatedTiming<T> of(
            int repeat, int number, Supplier<? extends T> function, LongSupplier nanos) {
        if (repeat < 1 || number < 1) {
            throw new IllegalArgumentException(
                    "repeat: " + repeat + ", number: " + number + "; expected both to be at least 1");
        }
        List<Duration> rounds = new ArrayList<>(repeat);
        for (int round = 1; ; round++) {
            long start = nanos.getAsLong();
            T result = function.get();
            for (int call = 1; call < number; call++) {
                result = function.get();
            }
            rounds.add(Duration.ofNanos(nanos.getAsLong() - start));
            if (round == repeat) {
                return new RepeatedTiming<>(number, rounds, result);
            }
        }
    }

    /**
     * The shortest round: in the others something else took part.
     *
     * @return its time
     */
    public Duration best() {
        return Collections.min(rounds);
    }
}
