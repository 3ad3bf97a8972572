// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.ticketoffice;

import io.github.headway4j.primitives.BoundedSemaphore;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/**
 * The bug of releasing once too often, as by a seller who gives back the counter in a {@code finally} block although he
 * never got it. The semaphore of the JDK believes him and makes a second permit for the only counter;
 * {@link BoundedSemaphore} refuses.
 */
public final class OverRelease {
    private static final int COUNTERS = 1;

    /**
     * What one release too many does.
     *
     * @param counters how many counters there are
     * @param permitsBefore the free permits before the wrong release, while nobody was at the counter
     * @param permitsAfter the free permits after it
     * @param refusal what the semaphore objected, if it did
     * @param sellersAtOnce how many of the sellers then got a counter at the same time
     */
    public record Result(
            int counters, int permitsBefore, int permitsAfter, Optional<String> refusal, int sellersAtOnce) {}

    private OverRelease() {}

    /**
     * Releases once too often on a semaphore of the JDK.
     *
     * @return what came of it
     */
    public static Result withJdkSemaphore() {
        Semaphore counters = new Semaphore(COUNTERS);
        return run(counters::availablePermits, counters::release, counters::tryAcquire);
    }

    /**
     * Releases once too often on a bounded semaphore.
     *
     * @return what came of it
     */
    public static Result withBoundedSemaphore() {
        BoundedSemaphore counters = new BoundedSemaphore(COUNTERS);
        return run(counters::availablePermits, counters::release, counters::tryAcquire);
    }

    private static Result run(IntSupplier permits, Runnable release, BooleanSupplier tryAcquire) {
        int before = permits.getAsInt();
        Optional<String> refusal = Optional.empty();
        try {
            release.run();
        } catch (IllegalStateException e) {
            refusal = Optional.of(String.valueOf(e.getMessage()));
        }
        int after = permits.getAsInt();
        // Nobody leaves: whoever gets a permit now is at a counter together with those before him.
        int sellersAtOnce = (int) IntStream.range(0, TicketSale.SELLERS)
                .filter(seller -> tryAcquire.getAsBoolean())
                .count();
        return new Result(COUNTERS, before, after, refusal, sellersAtOnce);
    }
}
