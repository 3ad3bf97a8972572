// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.synchronization.ticketoffice.OverRelease;
import io.github.headway4j.examples.synchronization.ticketoffice.TicketSale;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Sellers who share one counter, by luck and in turn, and the permit that was never there. */
final class TicketOfficeStop implements Stop {
    private static final int FEW_TICKETS = 10;

    @Override
    public String name() {
        return "ticket-office";
    }

    @Override
    public String title() {
        return "Ticket office";
    }

    @Override
    public String explanation() {
        return "Four sellers share one counter: a BoundedSemaphore lets in whoever comes at the right moment,"
                + " a fair one lets in each in turn, and both refuse a release too many.";
    }

    @Override
    public Outcome run(StopContext context) throws InterruptedException {
        int many = context.size(20_000, 2_000);
        TicketSale.Result fewBarging = TicketSale.barging(TicketSale.SELLERS, FEW_TICKETS, Progress.SILENT);
        TicketSale.Result fewFair = TicketSale.fair(TicketSale.SELLERS, FEW_TICKETS, Progress.SILENT);
        TicketSale.Result manyBarging;
        try (Progress bar = context.progress("Selling tickets by luck")) {
            manyBarging = TicketSale.barging(TicketSale.SELLERS, many, bar);
        }
        TicketSale.Result manyFair;
        try (Progress bar = context.progress("Selling tickets in turn")) {
            manyFair = TicketSale.fair(TicketSale.SELLERS, many, bar);
        }
        Outcome.Builder outcome = Outcome.showing("shares by luck and in turn, an over-release refused")
                .grid(
                        "Who sold how many tickets",
                        header(),
                        List.of(
                                row("barging", fewBarging),
                                row("fair", fewFair),
                                row("barging", manyBarging),
                                row("fair", manyFair)))
                .check(
                        "each ticket is sold once",
                        isSold(fewBarging, FEW_TICKETS)
                                && isSold(fewFair, FEW_TICKETS)
                                && isSold(manyBarging, many)
                                && isSold(manyFair, many),
                        Words.count(FEW_TICKETS) + " and " + Words.count(many) + ", in both ways")
                .check(
                        "in turn, all sell the same, give or take one ticket",
                        spread(fewFair) <= 1 && spread(manyFair) <= 1,
                        "shares differ by " + Math.max(spread(fewFair), spread(manyFair)));
        return overRelease(outcome).build();
    }

    private static Outcome.Builder overRelease(Outcome.Builder outcome) {
        OverRelease.Result jdk = OverRelease.withJdkSemaphore();
        OverRelease.Result ours = OverRelease.withBoundedSemaphore();
        return outcome.grid(
                        "One release too many, with " + ours.counters() + " counter",
                        List.of("Semaphore", "Permits before", "Permits after", "Sellers at the counter"),
                        List.of(row("java.util.concurrent.Semaphore", jdk), row("BoundedSemaphore", ours)))
                .note("The refusal: " + ours.refusal().orElse("none") + ".")
                .naive("The semaphore of the JDK believes the wrong release and lets " + jdk.sellersAtOnce()
                        + " sellers share " + jdk.counters() + " counter.")
                .check(
                        "a release too many is refused",
                        ours.refusal().isPresent() && ours.permitsAfter() == ours.permitsBefore(),
                        ours.permitsBefore() + " permit before, " + ours.permitsAfter() + " after")
                .check(
                        "still only one seller at the counter",
                        ours.sellersAtOnce() == ours.counters() && jdk.sellersAtOnce() > jdk.counters(),
                        ours.sellersAtOnce() + " here, " + jdk.sellersAtOnce() + " with the semaphore of the JDK");
    }

    private static List<String> header() {
        List<String> header = new ArrayList<>(List.of("Semaphore", "Tickets"));
        for (int seller = 0; seller < TicketSale.SELLERS; seller++) {
            header.add("Seller " + (char) ('A' + seller));
        }
        header.add("First sellers");
        header.add("Time");
        return header;
    }

    private static List<String> row(String way, TicketSale.Result sale) {
        List<String> row = new ArrayList<>(List.of(way, Words.count(sale.sold())));
        sale.shares().forEach(share -> row.add(Words.count(share)));
        row.add(sale.sellerOfTicket().stream()
                .limit(FEW_TICKETS)
                .map(seller -> String.valueOf((char) ('A' + seller)))
                .collect(Collectors.joining(" ")));
        row.add(Words.time(sale.elapsed()));
        return row;
    }

    private static List<String> row(String kind, OverRelease.Result result) {
        return List.of(
                kind,
                Words.count(result.permitsBefore()),
                Words.count(result.permitsAfter()),
                Words.count(result.sellersAtOnce()));
    }

    private static boolean isSold(TicketSale.Result sale, int tickets) {
        return sale.sold() == tickets
                && sale.shares().stream().mapToInt(Integer::intValue).sum() == tickets;
    }

    private static int spread(TicketSale.Result sale) {
        return Collections.max(sale.shares()) - Collections.min(sale.shares());
    }
}
