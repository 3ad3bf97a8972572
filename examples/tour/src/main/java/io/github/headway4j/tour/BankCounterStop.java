// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.scheduler.bank.BankCounter;
import io.github.headway4j.examples.scheduler.bank.BankCounter.Result;
import io.github.headway4j.examples.scheduler.bank.BankCounter.Waits;
import java.util.ArrayList;
import java.util.List;

/** A simulated bank, compared with the theory of queues. */
final class BankCounterStop implements Stop {
    private static final double DAYS_OF_A_YEAR = 365.25;

    @Override
    public String name() {
        return "bank-counter";
    }

    @Override
    public String title() {
        return "Bank with one counter";
    }

    @Override
    public String explanation() {
        return "Customers come to a bank at random, every five minutes, and take four at its only counter; then the"
                + " same customers, but one in four is in a hurry and goes first. In virtual time years go by in"
                + " seconds, and the theory of queues knows how long everybody should have waited.";
    }

    @Override
    public Outcome run(StopContext context) throws InterruptedException {
        int customers = context.size(BankCounter.CUSTOMERS, 50_000);
        Result inOrder;
        Result byHurry;
        try (Progress bar = context.progress("Years in a bank")) {
            inOrder = BankCounter.run(customers, BankCounter.SEED, false, percent -> bar.accept(percent / 2));
            byHurry = BankCounter.run(customers, BankCounter.SEED, true, percent -> bar.accept(50 + percent / 2));
        }
        List<Waits> kinds = byHurry.waits();
        String years = Words.decimals(inOrder.simulated().toDays() / DAYS_OF_A_YEAR, 1);
        return Outcome.showing(Words.count(inOrder.events()) + " events in " + Words.time(inOrder.took()) + ", "
                        + Words.count(inOrder.eventsPerSecond()) + " a second")
                .grid(
                        "Minutes of waiting, on average",
                        List.of("Customers", "Counted", "Formula", "Simulation", "In 99 of 100 cases within"),
                        rows(inOrder, byHurry))
                .note("With those in a hurry first: " + Words.count(byHurry.events()) + " events in "
                        + Words.time(byHurry.took()) + ", " + Words.count(byHurry.eventsPerSecond()) + " a second.")
                .naive("A simulation whose threads sleep would take as long as the bank: " + years + " years.")
                .check(
                        "in the order of arrival all wait as M/M/1 says",
                        inOrder.waits().stream().allMatch(Waits::agree),
                        evidence(inOrder.waits().get(0)))
                .check("those in a hurry wait as Cobham says", kinds.get(0).agree(), evidence(kinds.get(0)))
                .check("and so do the others", kinds.get(1).agree(), evidence(kinds.get(1)))
                .check(
                        "two events for each customer",
                        inOrder.events() == 2L * customers && byHurry.events() == 2L * customers,
                        Words.count(customers) + " customers")
                .build();
    }

    private static List<List<String>> rows(Result... results) {
        List<List<String>> rows = new ArrayList<>();
        for (Result result : results) {
            for (Waits waits : result.waits()) {
                rows.add(List.of(
                        waits.who(),
                        Words.count(waits.customers()),
                        Words.decimals(waits.formula(), 2),
                        Words.decimals(waits.mean(), 2),
                        Words.decimals(waits.bound(), 2)));
            }
        }
        return rows;
    }

    private static String evidence(Waits waits) {
        return Words.decimals(waits.mean(), 2) + " and " + Words.decimals(waits.formula(), 2) + " minutes";
    }
}
