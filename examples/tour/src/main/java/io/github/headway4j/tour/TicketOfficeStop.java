// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.synchronization.ticketoffice.OverRelease;
import io.github.headway4j.examples.synchronization.ticketoffice.TicketSale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Sellers who share one counter, with random delays, without, and in turn, and the permit that was never there. */
final class TicketOfficeStop implements Stop {
    private static final int FEW_TICKETS = 10;
    private static final Duration LONGEST_DELAY = Duration.ofMillis(2);

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
                + " which may be one and the same again and again, a fair one lets in each in turn, and both refuse a release too many.";
    }

    @Override
    public Outcome run(StopContext context) throws Exception {
        int many = context.size(20_000, 2_000);
        int delayed = context.size(2_000, 200);
        TicketSale.Result withDelays = Chances.until(
                () -> sell(
                        context,
                        "Selling tickets with random delays",
                        bar -> TicketSale.withDelays(TicketSale.SELLERS, delayed, LONGEST_DELAY, bar)),
                sale -> Collections.min(sale.shares()) > 0);
        TicketSale.Result fewBarging = sell(
                context,
                "Selling ten tickets by luck",
                bar -> TicketSale.barging(TicketSale.SELLERS, FEW_TICKETS, bar));
        TicketSale.Result fewFair = sell(
                context, "Selling ten tickets in turn", bar -> TicketSale.fair(TicketSale.SELLERS, FEW_TICKETS, bar));
        TicketSale.Result manyBarging = Chances.until(
                () -> sell(
                        context,
                        "Selling many tickets by luck",
                        bar -> TicketSale.barging(TicketSale.SELLERS, many, bar)),
                sale -> spread(sale) > 1);
        TicketSale.Result manyFair =
                sell(context, "Selling many tickets in turn", bar -> TicketSale.fair(TicketSale.SELLERS, many, bar));
        Outcome.Builder outcome = Outcome.showing("shares by luck and in turn, an over-release refused")
                .grid(
                        "Who sold how many tickets",
                        header(),
                        List.of(
                                row("barging, random delays", withDelays),
                                row("barging", fewBarging),
                                row("fair", fewFair),
                                row("barging", manyBarging),
                                row("fair", manyFair)))
                .check(
                        "each ticket is sold once",
                        isSold(withDelays, delayed)
                                && isSold(fewBarging, FEW_TICKETS)
                                && isSold(fewFair, FEW_TICKETS)
                                && isSold(manyBarging, many)
                                && isSold(manyFair, many),
                        Words.count(FEW_TICKETS) + ", " + Words.count(delayed) + " and " + Words.count(many))
                .check(
                        "with random delays, each seller gets a share",
                        Collections.min(withDelays.shares()) > 0,
                        "at least " + Words.count(Collections.min(withDelays.shares())))
                .check(
                        "without delays, by luck, some sell more than others",
                        spread(manyBarging) > 1,
                        "shares differ by " + Words.count(spread(manyBarging)))
                .check(
                        "in turn, all sell the same, give or take one ticket",
                        spread(fewFair) <= 1 && spread(manyFair) <= 1,
                        "shares differ by " + Math.max(spread(fewFair), spread(manyFair)));
        return overRelease(outcome, manyBarging).build();
    }

    private static Outcome.Builder overRelease(Outcome.Builder outcome, TicketSale.Result byLuck) {
        OverRelease.Result jdk = OverRelease.withJdkSemaphore();
        OverRelease.Result ours = OverRelease.withBoundedSemaphore();
        return outcome.grid(
                        "One release too many, with " + ours.counters() + " counter",
                        List.of("Semaphore", "Permits before", "Permits after", "Sellers at the counter"),
                        List.of(row("java.util.concurrent.Semaphore", jdk), row("BoundedSemaphore", ours)))
                .note("The refusal: " + ours.refusal().orElse("none") + ".")
                .naive("By luck, one seller sold " + Words.count(Collections.max(byLuck.shares())) + " of "
                        + Words.count(byLuck.sold()) + " tickets this time: who leaves the counter may be the first to"
                        + " come back. And the semaphore of the JDK believes a wrong release and lets "
                        + jdk.sellersAtOnce()
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
        return header;
    }

    private static List<String> row(String way, TicketSale.Result sale) {
        List<String> row = new ArrayList<>(List.of(way, Words.count(sale.sold())));
        sale.shares().forEach(share -> row.add(Words.count(share)));
        row.add(sale.sellerOfTicket().stream()
                .limit(FEW_TICKETS)
                .map(seller -> String.valueOf((char) ('A' + seller)))
                .collect(Collectors.joining(" ")));
        return row;
    }

    private static List<String> row(String kind, OverRelease.Result result) {
        return List.of(
                kind,
                Words.count(result.permitsBefore()),
                Words.count(result.permitsAfter()),
                Words.count(result.sellersAtOnce()));
    }

    private interface Sale {
        TicketSale.Result run(Progress bar) throws InterruptedException;
    }

    private static TicketSale.Result sell(StopContext context, String label, Sale sale) throws InterruptedException {
        try (Progress bar = context.progress(label)) {
            return sale.run(bar);
        }
    }

    private static boolean isSold(TicketSale.Result sale, int tickets) {
        return sale.sold() == tickets
                && sale.shares().stream().mapToInt(Integer::intValue).sum() == tickets;
    }

    private static int spread(TicketSale.Result sale) {
        return Collections.max(sale.shares()) - Collections.min(sale.shares());
    }
}
