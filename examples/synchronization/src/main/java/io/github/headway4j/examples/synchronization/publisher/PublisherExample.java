// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.publisher;

import java.time.Duration;
import java.util.Random;
import java.util.function.IntConsumer;

/**
 * A publisher appends random numbers to a list, and two subscribers take them from it.
 *
 * <p>{@link Publication#guarded} waits for a number; {@link Publication#polling} looks whether there is one, again and
 * again.
 */
public final class PublisherExample {
    private static final int NUMBERS = 20;
    private static final int SUBSCRIBERS = 2;
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(40);

    private PublisherExample() {}

    /**
     * Publishes twice, for subscribers who wait and for subscribers who look.
     *
     * @param args not used
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        IntConsumer silent = percent -> {};
        print("waiting", Publication.guarded(NUMBERS, SUBSCRIBERS, LONGEST_PAUSE, new Random(), silent));
        print("polling", Publication.polling(NUMBERS, SUBSCRIBERS, LONGEST_PAUSE, new Random(), silent));
    }

    private static void print(String how, Publication.Result result) {
        System.out.printf("%s: published %s%n", how, result.published());
        result.taken().forEach(taken -> System.out.printf("    a subscriber took %s%n", taken));
        System.out.printf(
                "    the list was looked at %,d times, which kept processors busy for %,d ms of %,d%n",
                result.looks(), result.busy().toMillis(), result.elapsed().toMillis());
    }
}
