// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.executors;

import io.github.headway4j.examples.scheduler.Diary;
import io.github.headway4j.examples.tasks.Story;
import io.github.headway4j.tasks.Outcome;
import io.github.headway4j.tasks.PoolOptions;
import io.github.headway4j.tasks.Tasks;
import io.github.headway4j.tasks.WorkerPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * A pool of three workers and three tasks of 3, 5 and 2 steps, whose results are printed as they come. First with a
 * pool that is closed by hand, and results in the order of the tasks; then with one that a block closes, and a callback
 * for each result; then without a pool, as the tasks are completed.
 */
public final class PoolOfThree {
    /** How many workers the pool has. */
    public static final int WORKERS = 3;

    private static final PoolOptions OPTIONS = PoolOptions.defaults().name("pool-of-three");

    private final Story story;

    private PoolOfThree(Story story) {
        this.story = story;
    }

    /**
     * What came of the tasks.
     *
     * @param entries what was done when
     * @param inOrder the results in the order of the tasks
     * @param byCallbacks the results in the order in which callbacks got them
     * @param asCompleted the results in the order in which the tasks were completed
     */
    public record Result(
            List<Diary.Entry> entries, List<String> inOrder, List<String> byCallbacks, List<String> asCompleted) {
        /** Copies the lists. */
        public Result {
            entries = List.copyOf(entries);
            inOrder = List.copyOf(inOrder);
            byCallbacks = List.copyOf(byCallbacks);
            asCompleted = List.copyOf(asCompleted);
        }
    }

    /**
     * Runs the program.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws Exception if the main thread is interrupted
     */
    public static void main(String[] args) throws Exception {
        run(Story.of(args));
    }

    /**
     * Runs the three tasks in three ways.
     *
     * @param story where it is told, and how its tasks sleep
     * @return what came of them
     * @throws Exception if the caller is interrupted
     */
    public static Result run(Story story) throws Exception {
        return new PoolOfThree(story).run();
    }

    private Result run() throws Exception {
        List<Callable<String>> tasks = List.of(() -> work("Anna", 3), () -> work("Boris", 5), () -> work("Clara", 2));
        story.note("a pool, closed by hand");
        List<String> inOrder = inOrder(tasks);
        story.note("a pool in a block, with callbacks");
        List<String> byCallbacks = byCallbacks(tasks);
        story.note("as they are completed");
        List<String> asCompleted = asCompleted(tasks);
        story.note("over");
        return new Result(story.entries(), inOrder, byCallbacks, asCompleted);
    }

    private List<String> inOrder(List<Callable<String>> tasks) throws InterruptedException, ExecutionException {
        List<String> results = new ArrayList<>();
        WorkerPool pool = WorkerPool.fixed(WORKERS, OPTIONS);
        try {
            List<Future<String>> futures = new ArrayList<>();
            for (Callable<String> task : tasks) {
                futures.add(pool.submit(task));
            }
            for (Future<String> future : futures) {
                results.add(future.get());
                story.note("result: " + future.get());
            }
        } finally {
            pool.close(); // executor.shutdown()
        }
        return results;
    }

    private List<String> byCallbacks(List<Callable<String>> tasks) {
        Queue<String> results = new ConcurrentLinkedQueue<>();
        try (WorkerPool pool = WorkerPool.fixed(WORKERS, OPTIONS)) {
            CompletableFuture<?>[] told = tasks.stream()
                    .map(task -> CompletableFuture.supplyAsync(() -> called(task), pool)
                            .thenAccept(
                                    result -> { // future.add_done_callback(...)
                                        results.add(result);
                                        story.note("callback: " + result);
                                    }))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(told).join();
        }
        return List.copyOf(results);
    }

    private List<String> asCompleted(List<Callable<String>> tasks) throws Exception {
        List<String> results = new ArrayList<>();
        try (var outcomes = Tasks.asCompleted(tasks)) {
            for (Outcome<String> outcome : outcomes) {
                results.add(outcome.get());
                story.note("completed: " + outcome.get());
            }
        }
        return results;
    }

    private String work(String name, int steps) throws InterruptedException {
        for (int step = 1; step <= steps; step++) {
            story.note(name + " takes step " + step + " of " + steps);
            story.sleep(1);
        }
        return name + " took " + steps + " steps";
    }

    /** Calls a task where nothing checked may be thrown. */
    private static String called(Callable<String> task) {
        try {
            return task.call();
        } catch (Exception failure) {
            throw new CompletionException(failure);
        }
    }
}
