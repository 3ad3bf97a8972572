// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.primefactors;

import io.github.headway4j.examples.threads.primefactors.Factorization;
import io.github.headway4j.examples.threads.primefactors.PrimeFactors;
import io.github.headway4j.processes.Pipe;
import io.github.headway4j.processes.PipeEnd;
import io.github.headway4j.processes.ProcessPool;
import io.github.headway4j.processes.WorkerCrashedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.IntConsumer;

/**
 * The prime factors of many numbers in one thread, in threads and in processes; and once more in processes of which one
 * is killed half-way.
 *
 * <p>In Python only processes get more than one processor to compute. In Java threads do, at a fraction of the cost: a
 * process has to be started, compiles its code anew, and gets copies of all that it works on. What it has in return is
 * that it may die. A worker that is killed takes one chunk with it, and that is submitted again.
 */
public final class ProcessFactors {

    /** How many numbers the course factorizes. */
    public static final int COUNT = 10_000;

    /** A hundred chunks of the course's numbers: a killed worker takes a hundredth of the work with it. */
    private static final int CHUNK = 100;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private ProcessFactors() {}

    /**
     * How long each way took.
     *
     * @param oneThread in one thread
     * @param threads in several threads
     * @param start until the worker processes were ready
     * @param firstTime in processes that have just been started
     * @param again in the same processes once more, when they have compiled what they do
     * @param withAKill in the same processes, of which one was killed half-way
     */
    public record Times(
            Duration oneThread,
            Duration threads,
            Duration start,
            Duration firstTime,
            Duration again,
            Duration withAKill) {}

    /**
     * What became of the run in which a worker was killed.
     *
     * @param killed the process id of the worker
     * @param exitCode how it ended, as the failure of its task says; 0 if no task has failed
     */
    public record Kill(long killed, int exitCode) {}

    /**
     * What was found.
     *
     * @param count how many numbers there were
     * @param workers how many threads there were, and how many processes
     * @param times how long each way took
     * @param kill what became of the worker that was killed
     * @param primes how many of the numbers are primes
     * @param wrongProducts how many products of the factors are not the number that was factorized
     * @param equal whether all ways found the same factors in the same order
     */
    public record Result(
            int count, int workers, Times times, Kill kill, long primes, long wrongProducts, boolean equal) {

        /** {@return whether all ways agree and every product is right} */
        public boolean correct() {
            return equal && wrongProducts == 0;
        }
    }

    /**
     * Runs the program with {@value #COUNT} numbers, or with as many as the first argument says. It ends with the exit
     * code 1 if something was wrong.
     *
     * @param args how many numbers to factorize; may be left out
     * @throws InterruptedException if the main thread is interrupted
     * @throws IOException if there is no shared memory
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : COUNT;
        Result result = run(count, 1, Runtime.getRuntime().availableProcessors(), percent -> {});
        Times times = result.times();
        int workers = result.workers();
        System.out.printf(Locale.ROOT, "%,d numbers, %,d of them primes%n", result.count(), result.primes());
        print("one thread:", times.oneThread());
        print(workers + " threads:", times.threads());
        print(workers + " processes, to start them:", times.start());
        print(workers + " processes, the first time:", times.firstTime());
        print(workers + " processes, again:", times.again());
        print("one of them killed half-way:", times.withAKill());
        System.out.println("process " + result.kill().killed() + " ended with "
                + result.kill().exitCode() + "; the chunk that died with it was submitted again");
        System.out.println(result.correct() ? "all agree, every product is right" : "WRONG: " + result);
        System.exit(result.correct() ? 0 : 1);
    }

    private static void print(String way, Duration time) {
        System.out.printf(Locale.ROOT, "%-30s%,6d ms%n", way, time.toMillis());
    }

    /**
     * Factorizes the same random numbers in each way. A tenth of them is factorized before the clock starts, so that
     * neither run of this process pays for the start of its compiler. The workers do pay.
     *
     * @param count how many numbers, at least 1
     * @param seed where the random numbers start; the same seed gives the same numbers
     * @param workers how many threads, and how many processes, at least 1
     * @param progress told the percentage that is done, from 0 to 100 and never less than before, by the calling thread
     * @return what was found
     * @throws InterruptedException if the caller is interrupted; all threads and processes have ended by then
     * @throws IOException if there is no shared memory
     */
    public static Result run(int count, long seed, int workers, IntConsumer progress)
            throws IOException, InterruptedException {
        List<Integer> numbers = PrimeFactors.randomNumbers(count, seed);
        PrimeFactors.sequentially(numbers.subList(0, (count + 9) / 10), percent -> {});

        Clock clock = new Clock();
        List<Factorization> expected = PrimeFactors.sequentially(numbers, percent -> {});
        Duration oneThread = clock.lap();
        progress.accept(20);
        List<Factorization> inThreads = PrimeFactors.concurrently(numbers, workers, percent -> {});
        Duration threads = clock.lap();
        progress.accept(40);
        try (ProcessPool pool = ProcessPool.fixed(workers)) {
            if (!pool.awaitReady(PATIENCE)) {
                throw new IllegalStateException("the worker processes do not start: " + pool);
            }
            Duration start = clock.lap();
            progress.accept(60);
            List<Factorization> inProcesses = pool.map(numbers, CHUNK, Factorization::of);
            Duration firstTime = clock.lap();
            progress.accept(70);
            List<Factorization> again = pool.map(numbers, CHUNK, Factorization::of);
            Duration secondTime = clock.lap();
            progress.accept(80);
            List<Factorization> withAKill = new ArrayList<>(count);
            Kill kill = surviveAKill(pool, chunks(numbers), withAKill);
            Duration survived = clock.lap();
            progress.accept(100);
            return new Result(
                    count,
                    workers,
                    new Times(oneThread, threads, start, firstTime, secondTime, survived),
                    kill,
                    expected.stream().filter(Factorization::isPrime).count(),
                    expected.stream().filter(f -> f.product() != f.number()).count(),
                    List.of(inThreads, inProcesses, again, withAKill).stream().allMatch(expected::equals));
        }
    }

    /** Kills a worker when half of the chunks are done, and submits again what has died with it. */
    private static Kill surviveAKill(ProcessPool pool, List<List<Integer>> chunks, List<Factorization> found)
            throws IOException, InterruptedException {
        try (Pipe word = Pipe.oneWay()) {
            PipeEnd there = word.second();
            int halfWay = chunks.size() / 2;
            List<CompletableFuture<List<Factorization>>> results = new ArrayList<>();
            for (int i = 0; i < chunks.size(); i++) {
                List<Integer> chunk = chunks.get(i);
                results.add(
                        i == halfWay
                                ? pool.submit(() -> factorizeUntilKilled(chunk, there))
                                : pool.submit(FactorizeAll.class, chunk));
            }
            long killed = 0;
            int exitCode = 0;
            for (int i = 0; i < chunks.size(); i++) {
                if (i == halfWay) {
                    killed = (Long) word.first().receive();
                    ProcessHandle.of(killed).ifPresent(ProcessHandle::destroyForcibly); // kill -9
                }
                try {
                    found.addAll(factors(results.get(i)));
                } catch (WorkerCrashedException crash) {
                    exitCode = crash.exitCode();
                    found.addAll(factors(pool.submit(FactorizeAll.class, chunks.get(i))));
                }
            }
            return new Kill(killed, exitCode);
        }
    }

    /** Does its work, tells who does it, and has not returned anything when it is killed. */
    private static List<Factorization> factorizeUntilKilled(List<Integer> chunk, PipeEnd word)
            throws IOException, InterruptedException {
        List<Factorization> found = new FactorizeAll().apply(chunk);
        word.send(ProcessHandle.current().pid());
        Thread.sleep(PATIENCE.toMillis());
        return found;
    }

    private static List<Factorization> factors(CompletableFuture<List<Factorization>> result)
            throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof WorkerCrashedException crash) {
                throw crash;
            }
            throw new IllegalStateException("a worker could not factorize", failure.getCause());
        }
    }

    /** Chunks that do not share the list of all numbers: only what is in them is sent. */
    private static List<List<Integer>> chunks(List<Integer> numbers) {
        List<List<Integer>> chunks = new ArrayList<>();
        for (int from = 0; from < numbers.size(); from += CHUNK) {
            chunks.add(List.copyOf(numbers.subList(from, Math.min(from + CHUNK, numbers.size()))));
        }
        return chunks;
    }

    /** Tells how long each part took. */
    private static final class Clock {
        private long start = System.nanoTime();

        Duration lap() {
            long now = System.nanoTime();
            Duration lap = Duration.ofNanos(now - start);
            start = now;
            return lap;
        }
    }
}
