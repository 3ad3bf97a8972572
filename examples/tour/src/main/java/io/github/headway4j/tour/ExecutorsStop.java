// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.tasks.Story;
import io.github.headway4j.examples.tasks.executors.DoubledList;
import io.github.headway4j.examples.tasks.executors.PoolOfThree;
import io.github.headway4j.examples.tasks.executors.PooledFactors;
import io.github.headway4j.tasks.WorkerPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tasks that are given to a pool, their results, and maps. */
final class ExecutorsStop implements Stop {
    private static final int SECONDS = 15;
    private static final String ITS_RESULT = "its result";

    /** How long a task is given that will not get anywhere, and one that will. */
    private static final Duration A_MOMENT = Duration.ofMillis(100);

    private static final Duration LONG = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "executors";
    }

    @Override
    public String title() {
        return "Executors";
    }

    @Override
    public String explanation() {
        return "A WorkerPool of three runs tasks of 3, 5 and 2 steps, and their results are told in the order of the"
                + " tasks, by callbacks, and as they are completed. Then maps: a list doubled, and prime factors.";
    }

    @Override
    public Outcome run(StopContext context) throws Exception {
        Duration second = Duration.ofMillis(context.size(150, 40));
        PoolOfThree.Result three;
        try (Progress bar = context.progress("Three tasks in three ways");
                Pace pace = new Pace(bar, 0, 100, second.multipliedBy(SECONDS))) {
            three = Chances.until(
                    () -> PoolOfThree.run(Story.of(second, entry -> {})),
                    result -> shortestFirst(result.byCallbacks()) && shortestFirst(result.asCompleted()));
        }
        DoubledList.Result doubled = Chances.until(
                () -> DoubledList.run(Story.of(second, entry -> {})),
                result -> !result.asTheyWereDone().equals(result.numbers()));
        PooledFactors.Result factors;
        int workers = Runtime.getRuntime().availableProcessors();
        try (Progress bar = context.progress("Factorising in three ways")) {
            factors = PooledFactors.run(context.size(400_000, 40_000), workers, bar);
        }
        return judge(three, doubled, factors, nestedByTheJdk(), nestedByWorkerPool());
    }

    private static boolean shortestFirst(List<String> results) {
        return names(results).equals(List.of("Clara", "Anna", "Boris"));
    }

    private static Outcome judge(
            PoolOfThree.Result three,
            DoubledList.Result doubled,
            PooledFactors.Result factors,
            String jdk,
            String ours) {
        String numbers = Words.count(factors.count());
        return Outcome.showing(numbers + " numbers factorised in " + Words.time(factors.map()) + ", in one line")
                .grid(
                        "Anna takes 3 steps, Boris 5, Clara 2",
                        List.of("Results told", "First", "Second", "Third"),
                        List.of(
                                row("in the order of the tasks", three.inOrder()),
                                row("by callbacks", three.byCallbacks()),
                                row("as they are completed", three.asCompleted())))
                .note("Doubled in this order: " + doubled.asTheyWereDone() + ". What map returns: " + doubled.doubled()
                        + ".")
                .grid(
                        numbers + " random numbers, " + Words.count(factors.primes()) + " of them primes",
                        List.of("Way", "Threads", "Time"),
                        List.of(
                                List.of("one after the other", "1", Words.time(factors.oneThread())),
                                List.of(
                                        "a pool of the JDK, chunks cut by hand",
                                        Words.count(factors.workers()),
                                        Words.time(factors.byHand())),
                                List.of("WorkerPool.map", Words.count(factors.workers()), Words.time(factors.map()))))
                .naive("In a pool of the JDK with one thread, a task that waits for another one of its pool gets " + jdk
                        + ". In a WorkerPool it runs that one itself, and gets " + ours + ".")
                .check(
                        "futures give the results in the order of the tasks",
                        names(three.inOrder()).equals(List.of("Anna", "Boris", "Clara")),
                        String.join(", ", names(three.inOrder())))
                .check(
                        "callbacks and completions come as the tasks are done",
                        shortestFirst(three.byCallbacks()) && shortestFirst(three.asCompleted()),
                        String.join(", ", names(three.asCompleted())))
                .check(
                        "map keeps the order of the list",
                        doubled.doubled()
                                .equals(doubled.numbers().stream()
                                        .map(number -> 2 * number)
                                        .toList()),
                        doubled.doubled().toString())
                .check("all three ways find the same factors", factors.equal(), numbers + " lists compared")
                .check("a WorkerPool does not wait for itself", ours.equals(ITS_RESULT), ours)
                .check("a pool of the JDK does", !jdk.equals(ITS_RESULT), jdk)
                .build();
    }

    private static List<String> row(String way, List<String> results) {
        List<String> row = new ArrayList<>(List.of(way));
        row.addAll(names(results));
        return row;
    }

    private static List<String> names(List<String> results) {
        return results.stream()
                .map(result -> result.substring(0, result.indexOf(' ')))
                .toList();
    }

    private static String nestedByTheJdk() throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(1);
        try {
            return nested(pool, A_MOMENT);
        } finally {
            pool.shutdownNow();
        }
    }

    private static String nestedByWorkerPool() throws InterruptedException, ExecutionException {
        WorkerPool pool = WorkerPool.fixed(1);
        try {
            return nested(pool, LONG);
        } finally {
            pool.shutdownNow();
        }
    }

    /** What a task of the pool gets that waits for another one. */
    private static String nested(ExecutorService pool, Duration patience)
            throws InterruptedException, ExecutionException {
        Future<String> waiting = pool.submit(() -> pool.submit(() -> ITS_RESULT).get());
        try {
            return waiting.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stuck) {
            return "nothing, for ever";
        }
    }
}
