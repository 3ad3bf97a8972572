// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.machine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What it costs to create 50 threads and 50 processes: each is started, does next to nothing and is waited for before
 * the next one starts.
 *
 * <p>The processes are JVMs, because only those run Java; most of their cost is the start of Java itself.
 */
public final class CreationCost {

    /** How many of each kind the course creates. */
    public static final int COUNT = 50;

    private CreationCost() {}

    /**
     * What one kind cost.
     *
     * @param what the kind
     * @param identities how many different ones there were, told by their ids
     * @param elapsed the time for all of them
     */
    public record Cost(String what, int identities, Duration elapsed) {

        /**
         * Tells what one of them cost.
         *
         * @return the time in microseconds
         */
        public long microsEach() {
            return elapsed.toNanos() / 1_000 / Math.max(1, identities);
        }
    }

    /**
     * Runs the program with {@value #COUNT} of each kind, or with as many as the first argument says.
     *
     * @param args how many; may be left out
     * @throws IOException if a process cannot be started
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : COUNT;
        List<Cost> costs = new ArrayList<>();
        for (ThreadKind kind : ThreadKind.values()) {
            threads(kind, count); // the first ones pay for loading classes
            threads(kind, count)
                    .ifPresentOrElse(
                            costs::add, () -> System.out.println(kind + ": not on this JDK, they came with 21"));
        }
        costs.add(processes(count));
        for (Cost cost : costs) {
            System.out.printf(
                    "%-16s %4d in %,7d ms, %,8d us each%n",
                    cost.what(), cost.identities(), cost.elapsed().toMillis(), cost.microsEach());
        }
    }

    /**
     * Creates threads.
     *
     * @param kind the kind of the threads
     * @param count how many
     * @return their cost; empty if the JDK has no such threads
     * @throws InterruptedException if the caller is interrupted
     */
    public static Optional<Cost> threads(ThreadKind kind, int count) throws InterruptedException {
        if (!kind.isThere()) {
            return Optional.empty();
        }
        Set<Long> ids = ConcurrentHashMap.newKeySet();
        long start = System.nanoTime();
        for (int thread = 0; thread < count; thread++) {
            kind.start(() -> ids.add(Thread.currentThread().getId())).join();
        }
        return Optional.of(new Cost(kind.toString(), ids.size(), since(start)));
    }

    /**
     * Creates processes, each of them a JVM that prints its id.
     *
     * @param count how many
     * @return their cost
     * @throws IOException if one cannot be started
     * @throws InterruptedException if the caller is interrupted
     */
    public static Cost processes(int count) throws IOException, InterruptedException {
        Set<Long> ids = ConcurrentHashMap.newKeySet();
        long start = System.nanoTime();
        for (int process = 0; process < count; process++) {
            ids.add(ChildJvm.run().childItself());
        }
        return new Cost("processes", ids.size(), since(start));
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
