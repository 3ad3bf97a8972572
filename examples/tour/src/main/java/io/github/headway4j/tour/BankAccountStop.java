// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.synchronization.bankaccount.Interleaving;
import io.github.headway4j.examples.synchronization.bankaccount.Schedule;
import io.github.headway4j.examples.synchronization.bankaccount.Schedule.Customer;
import io.github.headway4j.examples.synchronization.bankaccount.SteeredRace;
import io.github.headway4j.examples.synchronization.bankaccount.Transfers;
import io.github.headway4j.examples.synchronization.bankaccount.UpdateRace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Money that gets lost without a lock, is kept by a mutex, and is moved between accounts that are held together. */
final class BankAccountStop implements Stop {
    private static final int THREADS = 4;
    private static final int ACCOUNTS = 10;
    private static final long SEED = 21;

    @Override
    public String name() {
        return "bank-account";
    }

    @Override
    public String title() {
        return "Bank account";
    }

    @Override
    public String explanation() {
        return "5,000 come in and 1,000 go out at the same time: without a lock one of the two is lost,"
                + " a Mutex keeps both, and holdAll moves money between two accounts in one step.";
    }

    @Override
    public Outcome run(StopContext context) throws Exception {
        List<Interleaving> unlocked = new ArrayList<>();
        List<Interleaving> locked = new ArrayList<>();
        for (Schedule schedule : Schedule.values()) {
            unlocked.add(SteeredRace.unsynchronised(schedule));
            locked.add(SteeredRace.withMutex(schedule));
        }
        int payments = context.size(2_000_000, 250_000);
        UpdateRace.Result careless = Chances.until(
                () -> {
                    try (Progress bar = context.progress("Paying without a lock")) {
                        return UpdateRace.unsynchronised(THREADS, payments, bar);
                    }
                },
                result -> result.lost() > 0);
        UpdateRace.Result careful;
        try (Progress bar = context.progress("Paying under a Mutex")) {
            careful = UpdateRace.withMutex(THREADS, payments, bar);
        }
        Transfers.Result day;
        try (Progress bar = context.progress("Moving money between accounts")) {
            day = Transfers.run(ACCOUNTS, THREADS, context.size(1_000_000, 150_000), SEED, bar);
        }
        return judge(unlocked, locked, careless, careful, day);
    }

    private static Outcome judge(
            List<Interleaving> unlocked,
            List<Interleaving> locked,
            UpdateRace.Result careless,
            UpdateRace.Result careful,
            Transfers.Result day) {
        Interleaving lost = unlocked.get(Schedule.DEPOSIT_LOST.ordinal());
        long right = SteeredRace.RIGHT_BALANCE;
        return Outcome.showing("a lost update, a Mutex, transfers under holdAll")
                .grid("How a deposit gets lost", List.of("Step", "Depositor", "Withdrawer", "Balance"), steps(lost))
                .grid(
                        THREADS + " threads pay 1 into one account",
                        List.of("Way", "Payments", "Balance", "Lost", "Time"),
                        List.of(row("without a lock", careless), row("under a Mutex", careful)))
                .note(String.format(
                        "%d clerks tried %s transfers between %d accounts in %s, and %s found too little money; an"
                                + " auditor who held all accounts at once added them up %s times in the middle of it.",
                        day.clerks(),
                        Words.count(day.done() + day.refused()),
                        day.accounts(),
                        Words.time(day.elapsed()),
                        Words.count(day.refused()),
                        Words.count(day.audits())))
                .naive("Read, add and write without a lock lost " + Words.count(careless.lost()) + " of "
                        + Words.count(careless.expected()) + " payments ("
                        + Words.percent(careless.lost(), careless.expected())
                        + ") this time. Nobody knows how many it will be next time.")
                .check(
                        "without a lock, payments are lost",
                        careless.lost() > 0,
                        Words.count(careless.lost()) + " of " + Words.count(careless.expected()))
                .check(
                        "without a lock, two of the three orders end wrong",
                        unlocked.stream()
                                        .filter(order -> order.balance() != right)
                                        .count()
                                == 2,
                        balances(unlocked) + " instead of " + Words.count(right))
                .check(
                        "under a Mutex, each order ends right",
                        locked.stream().allMatch(order -> order.balance() == right),
                        balances(locked))
                .check(
                        "under a Mutex, no payment is lost",
                        careful.lost() == 0 && careful.expected() > 0,
                        Words.count(careful.actual()) + " of " + Words.count(careful.expected()))
                .check(
                        "transfers neither make nor lose money",
                        day.totalAfter() == day.totalBefore() && day.done() > 0,
                        Words.count(day.totalBefore()) + " before and " + Words.count(day.totalAfter()) + " after")
                .check(
                        "no audit saw money on its way",
                        day.wrongAudits() == 0,
                        Words.count(day.wrongAudits()) + " of " + Words.count(day.audits()) + " audits were wrong")
                .build();
    }

    private static List<List<String>> steps(Interleaving order) {
        List<List<String>> steps = new ArrayList<>();
        for (Interleaving.Row row : order.rows()) {
            boolean depositor = row.who() == Customer.DEPOSITOR;
            steps.add(List.of(
                    Integer.toString(steps.size() + 1),
                    depositor ? row.step() : "",
                    depositor ? "" : row.step(),
                    Words.count(row.balance())));
        }
        return steps;
    }

    private static List<String> row(String way, UpdateRace.Result result) {
        return List.of(
                way,
                Words.count(result.expected()),
                Words.count(result.actual()),
                Words.count(result.lost()),
                Words.time(result.elapsed()));
    }

    private static String balances(List<Interleaving> orders) {
        return orders.stream().map(order -> Words.count(order.balance())).collect(Collectors.joining(" / "));
    }
}
