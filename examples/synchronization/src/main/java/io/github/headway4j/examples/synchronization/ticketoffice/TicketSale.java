// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.ticketoffice;

import io.github.headway4j.primitives.BoundedSemaphore;
import io.github.headway4j.primitives.Held;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Several sellers, one counter, and a semaphore with one permit in front of it. The office is busy: a sale takes so
 * long that all colleagues are back in the queue before it is over.
 *
 * <p>With the usual, barging semaphore the seller who has just left may go straight back to the counter, past the
 * queue, and so may sell nearly everything. With a {@linkplain BoundedSemaphore#fair fair} one he goes to the end of
 * the queue, and all sell the same.
 */
public final class TicketSale {
    /** How many sellers there are in the original story. */
    public static final int SELLERS = 4;

    private static final long PAUSE_MILLIS = 50;
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final long LOOK_AGAIN_NANOS = 20_000;

    /**
     * How a sale ended.
     *
     * @param sellerOfTicket which seller sold the first ticket, which the second, and so on; sellers count from 0
     * @param shares how many tickets each seller sold
     * @param elapsed how long the sale took
     */
    public record Result(List<Integer> sellerOfTicket, List<Integer> shares, Duration elapsed) {
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
    private final int tickets;
    private final List<Seller> sellers;
    private final AtomicInteger sold = new AtomicInteger();

    /** Who sold the tickets so far; only touched at the counter. */
    private final List<Integer> sellerOfTicket = new ArrayList<>();

    private TicketSale(BoundedSemaphore counter, int sellers, int tickets) {
        if (sellers < 1 || tickets < 1) {
            throw new IllegalArgumentException(
                    "expected at least one seller and one ticket, not " + sellers + " and " + tickets);
        }
        this.counter = counter;
        this.tickets = tickets;
        this.sellers = IntStream.range(0, sellers).mapToObj(Seller::new).toList();
    }

    /**
     * Sells with a barging semaphore: whoever comes in the right moment gets the counter.
     *
     * @param sellers how many sellers there are, at least one
     * @param tickets how many tickets there are, at least one
     * @param progress gets the percentage sold, from the calling thread
     * @return who sold what
     * @throws InterruptedException if the caller is interrupted; the sellers are then interrupted too
     */
    public static Result barging(int sellers, int tickets, IntConsumer progress) throws InterruptedException {
        return new TicketSale(new BoundedSemaphore(1), sellers, tickets).run(progress);
    }

    /**
     * Sells with a fair semaphore: the counter goes to the seller who has waited longest.
     *
     * @param sellers how many sellers there are, at least one
     * @param tickets how many tickets there are, at least one
     * @param progress gets the percentage sold, from the calling thread
     * @return who sold what
     * @throws InterruptedException if the caller is interrupted; the sellers are then interrupted too
     */
    public static Result fair(int sellers, int tickets, IntConsumer progress) throws InterruptedException {
        return new TicketSale(BoundedSemaphore.fair(1), sellers, tickets).run(progress);
    }

    @SuppressWarnings("try") // the counter is only held
    private Result run(IntConsumer progress) throws InterruptedException {
        long start;
        try {
            try (Held closed = counter.holdInterruptibly()) {
                sellers.forEach(seller -> seller.thread.start());
                awaitQueue(sellers);
                start = System.nanoTime();
            }
            for (Seller seller : sellers) {
                seller.join(() -> progress.accept((int) (100L * sold.get() / tickets)));
            }
        } finally {
            sellers.forEach(seller -> seller.thread.interrupt());
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        progress.accept(100);
        List<Integer> shares = sellers.stream()
                .map(seller -> Collections.frequency(sellerOfTicket, seller.number))
                .toList();
        return new Result(sellerOfTicket, shares, elapsed);
    }

    /** Waits until the sellers sleep in front of the counter, so that their places in the queue are settled. */
    private void awaitQueue(List<Seller> expected) throws InterruptedException {
        long start = System.nanoTime();
        while (!expected.stream().allMatch(seller -> LockSupport.getBlocker(seller.thread) == counter)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IllegalStateException("expected all sellers in the queue, but saw " + counter);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
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
            while (true) {
                try (Held atTheCounter = counter.holdInterruptibly()) {
                    if (sellerOfTicket.size() == tickets) {
                        return;
                    }
                    sellerOfTicket.add(number);
                    sold.incrementAndGet();
                    if (sellerOfTicket.size() < tickets) {
                        awaitQueue(colleagues);
                    }
                }
            }
        }

        /** Waits for the end of the work, and does something else meanwhile. */
        void join(Runnable meanwhile) throws InterruptedException {
            while (true) {
                try {
                    work.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                    return;
                } catch (TimeoutException stillSelling) {
                    meanwhile.run();
                } catch (ExecutionException e) {
                    throw new IllegalStateException("expected seller " + number + " to succeed", e.getCause());
                }
            }
        }
    }
}
