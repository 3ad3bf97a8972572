// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.timing;

import io.github.headway4j.examples.threads.life.Nap;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** A function that sleeps for up to a second, at random, with a timing decorator around it, is called three times. */
public final class RandomSleep {

    private static final int CALLS = 3;

    private RandomSleep() {}

    /**
     * Runs the program.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws Exception if the main thread is interrupted
     */
    public static void main(String[] args) throws Exception {
        run(
                Nap.of(args),
                new SplittableRandom()::nextDouble,
                System::nanoTime,
                (name, took) -> System.out.printf(Locale.ROOT, "%s took %.3f ms%n", name, took.toNanos() / 1e6));
    }

    /**
     * Calls the function.
     *
     * @param nap how to sleep
     * @param random numbers from 0 to 1
     * @param nanos the clock
     * @param out told name and time of each call
     * @throws Exception if the sleep is interrupted
     */
    public static void run(
            Nap nap, DoubleSupplier random, LongSupplier nanos, BiConsumer<? super String, ? super Duration> out)
            throws Exception {
        Callable<Double> sleep = Timed.timed(
                "sleep",
                () -> {
                    double seconds = random.getAsDouble();
                    nap.take(seconds);
                    return seconds;
                },
                nanos,
                out);
        for (int i = 0; i < CALLS; i++) {
            sleep.call();
        }
    }
}
