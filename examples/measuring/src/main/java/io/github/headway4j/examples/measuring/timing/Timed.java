// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.timing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The course's {@code @timer}: puts a clock around a function, which stays the same function otherwise. */
public final class Timed {

    private Timed() {}

    /**
     * A function that does what the given one does, and tells how long each call took, also of a call that throws.
     *
     * @param name what it is called in what is told
     * @param function what to do
     * @param nanos the clock
     * @param out told name and time of each call
     * @param <T> the type of the result
     * @return the function with a clock around it
     */
    public static <T extends @Nullable Object> Callable<T> timed(
            String name,
            Callable<? extends T> function,
            LongSupplier nanos,
            BiConsumer<? super String, ? super Duration> out) {
        return () -> {
            long start = nanos.getAsLong();
            try {
                return function.call();
            } finally {
                out.accept(name, Duration.ofNanos(nanos.getAsLong() - start));
            }
        };
    }
}
