// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.bankaccount;

import java.util.function.IntConsumer;

/**
 * Bank account: how an unprotected read, compute, write loses money, and two cures.
 *
 * <ol>
 *   <li>{@link SteeredRace}: the two bad interleavings step by step, then the same two under a mutex;
 *   <li>{@link UpdateRace}: the same race left to itself on many threads, with the lost payments counted;
 *   <li>{@link Transfers}: money moved between many accounts, two of them held at once.
 * </ol>
 */
public final class BankAccountExample {
    private static final int THREADS = 4;
    private static final int PAYMENTS_EACH = 500_000;
    private static final int ACCOUNTS = 10;
    private static final int TRANSFERS_EACH = 50_000;

    private BankAccountExample() {}

    /**
     * Runs the three parts and prints what they show.
     *
     * @param args not used
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        IntConsumer silent = percent -> {};

        System.out.printf("2000 on the account, 5000 come in, 1000 go out: 6000 are right.%n%n");
        for (Schedule schedule : Schedule.values()) {
            print("Without a lock", SteeredRace.unsynchronised(schedule));
        }
        for (Schedule schedule : Schedule.values()) {
            print("With a mutex", SteeredRace.withMutex(schedule));
        }

        System.out.printf("%d threads pay 1 into one account, %,d times each.%n", THREADS, PAYMENTS_EACH);
        print("without a lock", UpdateRace.unsynchronised(THREADS, PAYMENTS_EACH, silent));
        print("with a mutex", UpdateRace.withMutex(THREADS, PAYMENTS_EACH, silent));

        Transfers.Result day = Transfers.run(ACCOUNTS, THREADS, TRANSFERS_EACH, System.nanoTime(), silent);
        System.out.printf(
                "%n%,d transfers between %d accounts by %d threads in %d ms, %,d more refused.%n",
                day.done(), day.accounts(), day.clerks(), day.elapsed().toMillis(), day.refused());
        System.out.printf(
                "Total before %,d, after %,d; wrong in %d of %d audits on the way.%n",
                day.totalBefore(), day.totalAfter(), day.wrongAudits(), day.audits());
    }

    private static void print(String how, Interleaving interleaving) {
        System.out.printf("%s, %s:%n%s", how, interleaving.title(), interleaving.table());
        long missing = SteeredRace.RIGHT_BALANCE - interleaving.balance();
        System.out.printf("%,d on the account: %s.%n%n", interleaving.balance(), verdict(missing));
    }

    private static String verdict(long missing) {
        if (missing == 0) {
            return "right";
        }
        return missing > 0 ? "%,d have vanished".formatted(missing) : "%,d came from nowhere".formatted(-missing);
    }

    private static void print(String how, UpdateRace.Result result) {
        System.out.printf(
                "%15s: %,d of %,d payments arrived, %,d lost, %d ms%n",
                how,
                result.actual(),
                result.expected(),
                result.lost(),
                result.elapsed().toMillis());
    }
}
