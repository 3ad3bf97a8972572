// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.executors;

import io.github.headway4j.examples.threads.primefactors.Factorization;
import io.github.headway4j.examples.threads.primefactors.PrimeFactors;
import io.github.headway4j.tasks.WorkerPool;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;

/**
 * The prime factors of many numbers once more: in one thread, by a pool of the JDK with chunks cut by hand, and in one
 * line by {@link WorkerPool#map}, which cuts the chunks and keeps the order itself.
 */
public final class PooledFactors {
    private static final long SEED = 46;

    private PooledFactors() {}

    /**
     * How long each way took.
     *
     * @param count how many numbers there were
     * @param workers how many threads the pools had
     * @param oneThread the time in one thread
     * @param byHand the time of the pool of the JDK with chunks cut by hand
     * @param map the time of {@code WorkerPool.map}
     * @param primes how many of the numbers are primes
     * @param equal whether all three found the same factors in the same order
     */
    public record Result(
            int count, int workers, Duration oneThread, Duration byHand, Duration map, long primes, boolean equal) {}

    /**
     * Runs the program. It ends with the exit code 1 if something was wrong.
     *
     * @param args how many numbers to factorize; may be left out
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : PrimeFactors.DEFAULT_COUNT;
        Result result = run(count, Runtime.getRuntime().availableProcessors(), percent -> {});
        System.out.printf(Locale.ROOT, "%,d numbers, %,d of them primes%n", result.count(), result.primes());
        print("one thread:", result.oneThread());
        print("chunks cut by hand:", result.byHand());
        print("WorkerPool.map:", result.map());
        System.out.println(result.equal() ? "all agree" : "WRONG: " + result);
        System.exit(result.equal() ? 0 : 1);
    }

    private static void print(String way, Duration time) {
        System.out.printf(Locale.ROOT, "%-20s%,6d ms%n", way, time.toMillis());
    }

    /**
     * Factorizes the same random numbers in three ways. A tenth of them is factorized before the clock starts, so that
     * nobody pays for the start of the compiler.
     *
     * @param count how many numbers, at least 1
     * @param workers how many threads the pools have
     * @param progress told the percentage that is done, from 0 to 100 and never less than before, by the calling thread
     * @return what was found
     * @throws InterruptedException if the caller is interrupted; the threads have ended by then
     */
    public static Result run(int count, int workers, IntConsumer progress) throws InterruptedException {
        List<Integer> numbers = PrimeFactors.randomNumbers(count, SEED);
        PrimeFactors.sequentially(numbers.subList(0, (count + 9) / 10), percent -> {});

        long start = System.nanoTime();
        List<Factorization> expected = PrimeFactors.sequentially(numbers, percent -> progress.accept(percent / 2));
        long one = System.nanoTime();
        List<Factorization> byHand =
                PrimeFactors.concurrently(numbers, workers, percent -> progress.accept(50 + percent / 4));
        long two = System.nanoTime();
        List<Factorization> mapped;
        try (WorkerPool pool = WorkerPool.fixed(workers)) {
            mapped = pool.map(numbers, Factorization::of);
        }
        long three = System.nanoTime();
        progress.accept(100);
        return new Result(
                count,
                workers,
                Duration.ofNanos(one - start),
                Duration.ofNanos(two - one),
                Duration.ofNanos(three - two),
                mapped.stream().filter(Factorization::isPrime).count(),
                byHand.equals(expected) && mapped.equals(expected));
    }
}
