// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.bankaccount;

import io.github.headway4j.examples.synchronization.Crew;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Several clerks move money between random accounts, in random direction, while an auditor adds up the whole bank. The
 * sum never changes, not even in the middle, and nobody blocks anybody for ever.
 */
public final class Transfers {
    private static final long MONEY_PER_ACCOUNT = 1_000;

    /**
     * How such a day ended.
     *
     * @param accounts how many accounts there are
     * @param clerks how many threads moved money
     * @param done how many transfers went through
     * @param refused how many found too little money on the account
     * @param totalBefore the sum of all accounts at first
     * @param totalAfter the sum of all accounts in the end
     * @param audits how often the auditor added up all accounts while money was on its way
     * @param wrongAudits how often the sum was another one than at first
     * @param elapsed how long the day took
     */
    public record Result(
            int accounts,
            int clerks,
            long done,
            long refused,
            long totalBefore,
            long totalAfter,
            long audits,
            long wrongAudits,
            Duration elapsed) {}

    private final List<Account> accounts;
    private final LongAdder done = new LongAdder();
    private final LongAdder refused = new LongAdder();

    private Transfers(int accounts) {
        this.accounts = Stream.generate(() -> new Account(MONEY_PER_ACCOUNT))
                .limit(accounts)
                .toList();
    }

    /**
     * Moves money.
     *
     * @param accounts how many accounts there are, at least two
     * @param clerks how many threads move money, at least one
     * @param transfersEach how many transfers each of them tries, at least one
     * @param seed where the random numbers start
     * @param progress gets the percentage done, from the calling thread
     * @return the counts and the sums
     * @throws InterruptedException if the caller is interrupted; every thread has ended by then
     */
    public static Result run(int accounts, int clerks, int transfersEach, long seed, IntConsumer progress)
            throws InterruptedException {
        if (accounts < 2 || clerks < 1 || transfersEach < 1) {
            throw new IllegalArgumentException("expected at least two accounts, one clerk and one transfer, not "
                    + accounts + ", " + clerks + " and " + transfersEach);
        }
        return new Transfers(accounts).run(clerks, transfersEach, new SplittableRandom(seed), progress);
    }

    private Result run(int clerks, int transfersEach, SplittableRandom seeds, IntConsumer progress)
            throws InterruptedException {
        long totalBefore = Account.total(accounts);
        long allTransfers = (long) clerks * transfersEach;
        List<Callable<Void>> work = new ArrayList<>();
        for (int clerk = 0; clerk < clerks; clerk++) {
            SplittableRandom random = seeds.split();
            work.add(() -> moveMoney(transfersEach, random));
        }
        AtomicLong audits = new AtomicLong();
        AtomicLong wrongAudits = new AtomicLong();
        long start = System.nanoTime();
        Crew.run("clerk", work, () -> {
            progress.accept((int) (100 * (done.sum() + refused.sum()) / allTransfers));
            audits.incrementAndGet();
            if (Account.total(accounts) != totalBefore) {
                wrongAudits.incrementAndGet();
            }
        });
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        progress.accept(100);
        return new Result(
                accounts.size(),
                clerks,
                done.sum(),
                refused.sum(),
                totalBefore,
                Account.total(accounts),
                audits.get(),
                wrongAudits.get(),
                elapsed);
    }

    private Void moveMoney(int transfers, SplittableRandom random) throws InterruptedException {
        for (int transfer = 0; transfer < transfers; transfer++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            moveSomeMoney(random);
        }
        return null;
    }

    private void moveSomeMoney(SplittableRandom random) {
        int from = random.nextInt(accounts.size());
        int distance = 1 + random.nextInt(accounts.size() - 1);
        int to = (from + distance) % accounts.size();
        long amount = 1 + random.nextLong(MONEY_PER_ACCOUNT);
        if (Account.transfer(accounts.get(from), accounts.get(to), amount)) {
            done.increment();
        } else {
            refused.increment();
        }
    }
}
