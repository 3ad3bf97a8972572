// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.ticketoffice;

import io.github.headway4j.examples.synchronization.Crew;
import io.github.headway4j.primitives.BoundedSemaphore;
import io.github.headway4j.primitives.Held;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Several sellers, one counter, and a semaphore with one permit in front of it.
 *
 * <p>If each seller is away for a random time between two sales, whoever comes sells, and each gets a share. Without
 * the delay the office is busy: a sale takes so long that all colleagues are back in the queue before it is over. With
 * the usual, barging semaphore the seller who has just left may go straight back to the counter, past the
 * queue, and so may sell nearly everything. With a {@linkplain BoundedSemaphore#fair fair} one he goes to the end of
 * the queue, and all sell the same.
 */
public final class TicketSale {
    /** How many sellers there are in the original story. */
    public static final int SELLERS = 4;

    /**
     * How a sale ended.
     *
     * @param sellerOfTicket which seller sold the first ticket, which the second, and so on; sellers count from 0
     * @param shares how many tickets each seller sold
     */
    public record Result(List<Integer> sellerOfTicket, List<Integer> shares) {
        /** Copies the lists. */
        public Result {
            sellerOfTicket = List.copyOf(sellerOfTicket);
            shares = List.copyOf(shares);
        }

        /** {@return how many tickets were sold} */
        public int sold() {
            return sellerOfTicket.size();
        }
    }

    private final BoundedSemaphore counter;
    private final Duration longestDelay;
    private final int tickets;
    private final List<Seller> sellers;
    private final AtomicInteger sold = new AtomicInteger();

    /** Who sold the tickets so far; only touched at the counter. */
    private final List<Integer> sellerOfTicket = new ArrayList<>();

    private TicketSale(BoundedSemaphore counter, Duration longestDelay, int sellers, int tickets) {
        if (sellers < 1 || tickets < 1) {
            throw new IllegalArgumentException(
                    "expected at least one seller and one ticket, not " + sellers + " and " + tickets);
        }
        this.counter = counter;
        this.longestDelay = longestDelay;
        this.tickets = tickets;
        this.sellers = IntStream.range(0, sellers).mapToObj(Seller::new).toList();
    }

    /**
     * Sells with a barging semaphore and random delays: between two sales a seller does something else.
     *
     * @param sellers how many sellers there are, at least one
     * @param tickets how many tickets there are, at least one
     * @param longestDelay the longest time that a seller is away from the counter, longer than nothing
     * @param progress gets the percentage sold, from the calling thread
     * @return who sold what
     * @throws InterruptedException if the caller is interrupted; the sellers have ended by then
     */
    public static Result withDelays(int sellers, int tickets, Duration longestDelay, IntConsumer progress)
            throws InterruptedException {
        if (longestDelay.isNegative() || longestDelay.isZero()) {
            throw new IllegalArgumentException("expected a delay that is longer than nothing, not " + longestDelay);
        }
        return new TicketSale(new BoundedSemaphore(1), longestDelay, sellers, tickets).run(progress);
    }

    /**
     * Sells with a barging semaphore: whoever comes in the right moment gets the counter.
     *
     * @param sellers how many sellers there are, at least one
     * @param tickets how many tickets there are, at least one
     * @param progress gets the percentage sold, from the calling thread
     * @return who sold what
     * @throws InterruptedException if the caller is interrupted; the sellers have ended by then
     */
    public static Result barging(int sellers, int tickets, IntConsumer progress) throws InterruptedException {
        return new TicketSale(new BoundedSemaphore(1), Duration.ZERO, sellers, tickets).run(progress);
    }

    /**
     * Sells with a fair semaphore: the counter goes to the seller who has waited longest.
     *
     * @param sellers how many sellers there are, at least one
     * @param tickets how many tickets there are, at least one
     * @param progress gets the percentage sold, from the calling thread
     * @return who sold what
     * @throws InterruptedException if the caller is interrupted; the sellers have ended by then
     */
    public static Result fair(int sellers, int tickets, IntConsumer progress) throws InterruptedException {
        return new TicketSale(BoundedSemaphore.fair(1), Duration.ZERO, sellers, tickets).run(progress);
    }

    @SuppressWarnings("try") // the counter is only held
    private Result run(IntConsumer progress) throws InterruptedException {
        try {
            try (Held closed = counter.holdInterruptibly()) {
                sellers.forEach(seller -> seller.thread.start());
                awaitQueue(sellers);
            }
            for (Seller seller : sellers) {
                Crew.await(seller.work, () -> progress.accept((int) (100L * sold.get() / tickets)));
            }
        } finally {
            Crew.sendHome(sellers.stream().map(seller -> seller.thread).toList());
        }
        progress.accept(100);
        List<Integer> shares = sellers.stream()
                .map(seller -> Collections.frequency(sellerOfTicket, seller.number))
                .toList();
        return new Result(sellerOfTicket, shares);
    }

    /** Waits until the sellers sleep in front of the counter, so that their places in the queue are settled. */
    private void awaitQueue(List<Seller> expected) throws InterruptedException {
        Crew.until(
                "all sellers in the queue",
                () -> expected.stream().allMatch(seller -> LockSupport.getBlocker(seller.thread) == counter));
    }

    /** One seller with his thread. */
    private final class Seller {
        private final int number;
        private final FutureTask<Void> work;
        private final Thread thread;

        Seller(int number) {
            this.number = number;
            this.work = new FutureTask<>(() -> {
                sellWhileThereAreTickets();
                return null;
            });
            this.thread = new Thread(work, "seller " + number);
        }

        @SuppressWarnings("try") // the counter is only held
        private void sellWhileThereAreTickets() throws InterruptedException {
            List<Seller> colleagues =
                    sellers.stream().filter(seller -> seller != this).toList();
            Random random = new Random();
            while (true) {
                TimeUnit.NANOSECONDS.sleep((long) (random.nextDouble() * longestDelay.toNanos()));
                try (Held atTheCounter = counter.holdInterruptibly()) {
                    if (sellerOfTicket.size() == tickets) {
                        return;
                    }
                    sellerOfTicket.add(number);
                    sold.incrementAndGet();
                    if (longestDelay.isZero() && sellerOfTicket.size() < tickets) {
                        awaitQueue(colleagues);
                    }
                }
            }
        }
    }
}
