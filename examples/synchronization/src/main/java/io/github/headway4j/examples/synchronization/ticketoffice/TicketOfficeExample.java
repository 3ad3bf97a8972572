// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.ticketoffice;

import java.time.Duration;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * Ticket office: four sellers share one counter through a semaphore.
 *
 * <ol>
 *   <li>{@link TicketSale}: who sells how much, with random delays and without, and with a fair semaphore;
 *   <li>{@link OverRelease}: a release too many, believed by one semaphore and refused by the other.
 * </ol>
 */
public final class TicketOfficeExample {
    private static final int FEW_TICKETS = 10;
    private static final int MANY_TICKETS = 2_000;
    private static final Duration LONGEST_DELAY = Duration.ofMillis(40);

    private TicketOfficeExample() {}

    /**
     * Runs both parts and prints what they show.
     *
     * @param args not used
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        IntConsumer silent = percent -> {};
        print("delays", TicketSale.withDelays(TicketSale.SELLERS, FEW_TICKETS, LONGEST_DELAY, silent));
        for (int tickets : new int[] {FEW_TICKETS, MANY_TICKETS}) {
            print("barging", TicketSale.barging(TicketSale.SELLERS, tickets, silent));
            print("fair", TicketSale.fair(TicketSale.SELLERS, tickets, silent));
        }
        System.out.println();
        print("java.util.concurrent.Semaphore", OverRelease.withJdkSemaphore());
        print("BoundedSemaphore", OverRelease.withBoundedSemaphore());
    }

    private static void print(String kind, TicketSale.Result sale) {
        String order = sale.sellerOfTicket().stream()
                .limit(FEW_TICKETS)
                .map(seller -> Character.toString('A' + seller))
                .collect(Collectors.joining(" "));
        System.out.printf("%,6d tickets, %-7s: shares %s, first sellers %s%n", sale.sold(), kind, sale.shares(), order);
    }

    private static void print(String kind, OverRelease.Result result) {
        System.out.printf(
                "%s, one release too many: permits %d -> %d, counters %d, sellers at once %d%n",
                kind, result.permitsBefore(), result.permitsAfter(), result.counters(), result.sellersAtOnce());
        result.refusal().ifPresent(refusal -> System.out.printf("    refused: %s%n", refusal));
    }
}
