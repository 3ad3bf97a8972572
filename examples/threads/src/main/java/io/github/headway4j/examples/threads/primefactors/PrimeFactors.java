// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.primefactors;

import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Factorizes many numbers, first in one thread, then in as many threads as there are processors.
 *
 * <p>This is work for the processor: nothing waits, so threads help as far as there are processors and no further. The
 * numbers are cut into chunks, because the cost of a number varies a hundredfold between a power of two and a prime:
 * with many small chunks no thread ends up with all the primes. The results come back in the order of the numbers.
 */
public final class PrimeFactors {

    /** The smallest number that {@link #randomNumbers} draws. */
    public static final int SMALLEST = 20_000;

    /** The largest number that {@link #randomNumbers} draws. */
    public static final int LARGEST = 100_000_000;

    /** How many numbers {@link #main} factorizes: about one to two seconds of work for one processor. */
    public static final int DEFAULT_COUNT = 500_000;

    /** Small enough to share out evenly, large enough that handing out a chunk costs next to nothing. */
    private static final int CHUNK = 250;

    private PrimeFactors() {}

    /**
     * What {@link #run} found and how long it took.
     *
     * @param count how many numbers were factorized
     * @param threads how many threads the second run used
     * @param sequential the time of the run in one thread
     * @param concurrent the time of the run in all threads
     * @param primes how many of the numbers are primes
     * @param mostFactors the number with the most prime factors; the first of them if there are several
     * @param wrongProducts how many products of the factors are not the number that was factorized
     * @param equal whether both runs gave the same factors in the same order
     */
    public record Result(
            int count,
            int threads,
            Duration sequential,
            Duration concurrent,
            int primes,
            Factorization mostFactors,
            int wrongProducts,
            boolean equal) {

        /**
         * Says whether both runs were right.
         *
         * @return true if the runs agree and every product is right
         */
        public boolean correct() {
            return equal && wrongProducts == 0;
        }
    }

    /**
     * Runs the program with {@value #DEFAULT_COUNT} numbers, or with as many as the first argument says. It ends with
     * the exit code 1 if something was wrong.
     *
     * @param args how many numbers to factorize; may be left out
     * @throws InterruptedException if the program is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : DEFAULT_COUNT;
        System.exit(report(run(count, 1, Runtime.getRuntime().availableProcessors(), percent -> {})));
    }

    /** Prints a result and returns the exit code. */
    static int report(Result result) {
        System.out.printf(
                Locale.ROOT,
                "%,d numbers between %,d and %,d, %,d of them primes%n",
                result.count(),
                SMALLEST,
                LARGEST,
                result.primes());
        System.out.printf(
                Locale.ROOT,
                "most factors:  %,d = %s%n",
                result.mostFactors().number(),
                result.mostFactors().factors());
        System.out.printf(
                Locale.ROOT, "one thread:    %,6d ms%n", result.sequential().toMillis());
        System.out.printf(
                Locale.ROOT,
                "%d threads:     %,6d ms%n",
                result.threads(),
                result.concurrent().toMillis());
        System.out.println(result.correct() ? "both runs agree, every product is right" : "WRONG: " + result);
        return result.correct() ? 0 : 1;
    }

    /**
     * Factorizes the same random numbers one after another and then in several threads, and compares. A tenth of the
     * numbers is factorized before the clock starts, so that neither run pays for the start of the compiler.
     *
     * @param count how many numbers, at least 1
     * @param seed where the random numbers start; the same seed gives the same numbers
     * @param threads how many threads the second run uses, at least 1
     * @param progress told the percentage that is done, from 0 to 100 and never less than before, by the calling thread
     * @return what was found
     * @throws InterruptedException if the calling thread is interrupted; every thread of the run has ended by then
     */
    public static Result run(int count, long seed, int threads, IntConsumer progress) throws InterruptedException {
        List<Integer> numbers = randomNumbers(count, seed);
        sequentially(numbers.subList(0, (count + 9) / 10), percent -> {});

        long start = System.nanoTime();
        List<Factorization> expected = sequentially(numbers, percent -> progress.accept(percent / 2));
        long middle = System.nanoTime();
        List<Factorization> found = concurrently(numbers, threads, percent -> progress.accept(50 + percent / 2));
        long end = System.nanoTime();

        return new Result(
                count,
                threads,
                Duration.ofNanos(middle - start),
                Duration.ofNanos(end - middle),
                (int) found.stream().filter(Factorization::isPrime).count(),
                found.stream().reduce(PrimeFactors::withMoreFactors).orElseThrow(),
                wrongProducts(numbers, found),
                found.equals(expected));
    }

    /**
     * Draws random numbers from {@value #SMALLEST} to {@value #LARGEST}.
     *
     * @param count how many, at least 1
     * @param seed where the random numbers start; the same seed gives the same numbers
     * @return the numbers
     */
    public static List<Integer> randomNumbers(int count, long seed) {
        if (count < 1) {
            throw new IllegalArgumentException("There is at least one number to factorize, but the count is " + count);
        }
        return new Random(seed).ints(count, SMALLEST, LARGEST + 1).boxed().toList();
    }

    /**
     * Factorizes one number after another in the calling thread.
     *
     * @param numbers the numbers
     * @param progress told the percentage that is done, from 0 to 100 and never less than before
     * @return the factors, in the order of the numbers
     */
    public static List<Factorization> sequentially(List<Integer> numbers, IntConsumer progress) {
        List<Factorization> found = new ArrayList<>(numbers.size());
        for (List<Integer> chunk : chunks(numbers)) {
            found.addAll(factorize(chunk));
            progress.accept(percent(found.size(), numbers.size()));
        }
        return found;
    }

    /**
     * Factorizes in several threads.
     *
     * @param numbers the numbers
     * @param threads how many threads, at least 1
     * @param progress told the percentage that is done, from 0 to 100 and never less than before, by the calling thread
     * @return the factors, in the order of the numbers
     * @throws IllegalArgumentException if one of the numbers cannot be factorized; every thread has ended by then
     * @throws InterruptedException if the calling thread is interrupted; every thread has ended by then
     */
    public static List<Factorization> concurrently(List<Integer> numbers, int threads, IntConsumer progress)
            throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> new Thread(task, "factorizer"));
        try {
            List<Future<List<Factorization>>> results = new ArrayList<>();
            for (List<Integer> chunk : chunks(numbers)) {
                results.add(pool.submit(() -> factorize(chunk)));
            }
            List<Factorization> found = new ArrayList<>(numbers.size());
            for (Future<List<Factorization>> result : results) {
                found.addAll(result.get());
                progress.accept(percent(found.size(), numbers.size()));
            }
            return found;
        } catch (ExecutionException failure) {
            throw new IllegalArgumentException(failure.getCause().getMessage(), failure.getCause());
        } finally {
            pool.shutdownNow();
            Uninterruptibles.awaitTerminationUninterruptibly(pool);
        }
    }

    private static List<Factorization> factorize(List<Integer> numbers) {
        return numbers.stream().map(Factorization::of).toList();
    }

    private static List<List<Integer>> chunks(List<Integer> numbers) {
        List<List<Integer>> chunks = new ArrayList<>();
        for (int from = 0; from < numbers.size(); from += CHUNK) {
            chunks.add(numbers.subList(from, Math.min(from + CHUNK, numbers.size())));
        }
        return chunks;
    }

    private static int percent(int done, int all) {
        return (int) (100L * done / all);
    }

    private static Factorization withMoreFactors(Factorization one, Factorization other) {
        return other.factors().size() > one.factors().size() ? other : one;
    }

    /** Counts the numbers whose factors do not give the number again. */
    static int wrongProducts(List<Integer> numbers, List<Factorization> found) {
        int wrong = Math.abs(numbers.size() - found.size());
        for (int i = 0; i < Math.min(numbers.size(), found.size()); i++) {
            if (found.get(i).product() != numbers.get(i)) {
                wrong++;
            }
        }
        return wrong;
    }
}
