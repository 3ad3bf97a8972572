// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.bankaccount;

import io.github.headway4j.examples.synchronization.Crew;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Many threads pay 1 into one account, again and again. Without a lock some payments vanish, a different number each
 * time; with a mutex none does.
 */
public final class UpdateRace {
    private static final int BATCH = 1_000;

    /**
     * How such a run ended.
     *
     * @param threads how many threads paid
     * @param expected what has to be on the account
     * @param actual what was on the account
     * @param elapsed how long the run took
     */
    public record Result(int threads, long expected, long actual, Duration elapsed) {
        /** {@return how many payments vanished} */
        public long lost() {
            return expected - actual;
        }
    }

    private UpdateRace() {}

    /**
     * Pays without a lock.
     *
     * @param threads how many threads pay, at least one
     * @param paymentsEach how many payments each of them makes, at least one
     * @param progress gets the percentage done, from the calling thread
     * @return what was expected and what came out
     * @throws InterruptedException if the caller is interrupted; every thread has ended by then
     */
    public static Result unsynchronised(int threads, int paymentsEach, IntConsumer progress)
            throws InterruptedException {
        CarelessAccount account = new CarelessAccount();
        return run(account::add, account::balance, threads, paymentsEach, progress);
    }

    /**
     * Pays under the mutex of the account.
     *
     * @param threads how many threads pay, at least one
     * @param paymentsEach how many payments each of them makes, at least one
     * @param progress gets the percentage done, from the calling thread
     * @return what was expected and what came out
     * @throws InterruptedException if the caller is interrupted; every thread has ended by then
     */
    public static Result withMutex(int threads, int paymentsEach, IntConsumer progress) throws InterruptedException {
        Account account = new Account(0);
        return run(account::add, account::balance, threads, paymentsEach, progress);
    }

    private static Result run(
            LongConsumer add, LongSupplier balance, int threads, int paymentsEach, IntConsumer progress)
            throws InterruptedException {
        if (threads < 1 || paymentsEach < 1) {
            throw new IllegalArgumentException(
                    "expected at least one thread and one payment, not " + threads + " and " + paymentsEach);
        }
        long expected = (long) threads * paymentsEach;
        LongAdder done = new LongAdder();
        Callable<Void> payer = () -> {
            for (int payment = 1; payment <= paymentsEach; payment++) {
                add.accept(1);
                if (payment % BATCH == 0) {
                    done.add(BATCH);
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                }
            }
            return null;
        };
        List<Callable<Void>> payers = Collections.nCopies(threads, payer);
        long start = System.nanoTime();
        Crew.run("payer", payers, () -> progress.accept((int) (100 * done.sum() / expected)));
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        progress.accept(100);
        return new Result(threads, expected, balance.getAsLong(), elapsed);
    }
}
