// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.bankaccount;

import io.github.headway4j.examples.synchronization.bankaccount.Interleaving.Row;
import io.github.headway4j.examples.synchronization.bankaccount.Schedule.Customer;
import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.Mutex;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A deposit of 5000 and a withdrawal of 1000 meet on an account with 2000. Both threads are real, but they move only
 * one step at a time and in a given order, so that a race which usually hides can be looked at.
 *
 * <p>Without a lock, the {@link Schedule} decides how much money is left. With a {@link Mutex} around read, compute and
 * write, each schedule ends at 6000: whoever comes second has to wait.
 */
public final class SteeredRace {
    /** What is on the account at first. */
    public static final long START = 2_000;

    /** What the depositor brings. */
    public static final long DEPOSIT = 5_000;

    /** What the withdrawer takes. */
    public static final long WITHDRAWAL = 1_000;

    /** What has to be on the account in the end. */
    public static final long RIGHT_BALANCE = START + DEPOSIT - WITHDRAWAL;

    private static final String WAITS = "waits for the mutex";

    private final Mutex mutex = new Mutex();

    /** Plain on purpose. Handing over the turn makes each step visible to the next one. */
    private long balance = START;

    private SteeredRace() {}

    /**
     * Runs the two customers without a lock.
     *
     * @param schedule who takes the next step
     * @return the steps and the balance to which they led
     * @throws InterruptedException if the caller is interrupted
     */
    public static Interleaving unsynchronised(Schedule schedule) throws InterruptedException {
        SteeredRace race = new SteeredRace();
        return race.run(
                schedule,
                new Visit(Customer.DEPOSITOR, turns -> race.visit(turns, DEPOSIT)),
                new Visit(Customer.WITHDRAWER, turns -> race.visit(turns, -WITHDRAWAL)));
    }

    /**
     * Runs the two customers with a mutex around their three steps.
     *
     * @param schedule who takes the next step; a customer who has to wait catches up in the end
     * @return the steps and the balance to which they led
     * @throws InterruptedException if the caller is interrupted
     */
    public static Interleaving withMutex(Schedule schedule) throws InterruptedException {
        SteeredRace race = new SteeredRace();
        return race.run(
                schedule,
                new Visit(Customer.DEPOSITOR, turns -> race.visitWithMutex(turns, DEPOSIT)),
                new Visit(Customer.WITHDRAWER, turns -> race.visitWithMutex(turns, -WITHDRAWAL)));
    }

    private void visit(Turns turns, long amount) throws InterruptedException {
        turns.begin();
        turns.end(change(turns, amount));
    }

    @SuppressWarnings("try") // the mutex is only held
    private void visitWithMutex(Turns turns, long amount) throws InterruptedException {
        turns.begin();
        String lastStep;
        try (Held held = holdInTurns(turns)) {
            lastStep = change(turns, amount);
        }
        turns.end(lastStep);
    }

    /** Read, compute, write: three steps between which the other customer may come. */
    private String change(Turns turns, long amount) throws InterruptedException {
        long seen = balance;
        turns.next("reads " + seen);
        long changed = seen + amount;
        turns.next("computes %d %s %d = %d".formatted(seen, amount < 0 ? "-" : "+", Math.abs(amount), changed));
        balance = changed;
        return "writes " + changed;
    }

    /** Does what {@code mutex.hold()} does, but gives the turn back while the mutex is busy. */
    private Held holdInTurns(Turns turns) throws InterruptedException {
        Held held = mutex.tryHold();
        while (held == null) {
            turns.next(WAITS);
            held = mutex.tryHold();
        }
        return held;
    }

    private Interleaving run(Schedule schedule, Visit deposit, Visit withdrawal) throws InterruptedException {
        List<Visit> visits = List.of(deposit, withdrawal);
        try {
            visits.forEach(Visit::start);
            List<Row> rows = new ArrayList<>();
            for (Customer customer : schedule.turns()) {
                rows.add(takeStep(customer == Customer.DEPOSITOR ? deposit : withdrawal));
            }
            for (Visit visit : visits) {
                while (visit.stepsLeft > 0) {
                    rows.add(takeStep(visit));
                }
            }
            for (Visit visit : visits) {
                visit.join();
            }
            return new Interleaving(schedule.title(), rows, balance);
        } finally {
            visits.forEach(Visit::stop);
        }
    }

    private Row takeStep(Visit visit) throws InterruptedException {
        String step = visit.turns.permitOne();
        if (!step.equals(WAITS)) {
            visit.stepsLeft--;
        }
        return new Row(visit.customer, step, balance);
    }

    /** What a customer does, in turns. */
    private interface Steps {
        void take(Turns turns) throws InterruptedException;
    }

    /** One customer with his thread. */
    private static final class Visit {
        private final Customer customer;
        private final Turns turns = new Turns();
        private final FutureTask<Void> task;
        private int stepsLeft = 3;

        Visit(Customer customer, Steps steps) {
            this.customer = customer;
            this.task = new FutureTask<>(() -> {
                steps.take(turns);
                return null;
            });
        }

        void start() {
            new Thread(task, customer.name()).start();
        }

        void join() throws InterruptedException {
            try {
                task.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("expected the visit of the " + customer + " to succeed", e.getCause());
            }
        }

        /** Ends the thread if it still waits for its turn; changes nothing after a {@link #join()}. */
        void stop() {
            task.cancel(true);
        }
    }
}
