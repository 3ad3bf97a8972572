// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.tasks.Story;
import io.github.headway4j.examples.tasks.gather.FailureInTheMiddle;
import io.github.headway4j.examples.tasks.gather.LockAndSemaphore;
import io.github.headway4j.examples.tasks.gather.SayAfter;
import io.github.headway4j.examples.threads.life.Nap;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What asyncio's examples do, by ordinary methods in threads. */
final class GatherStop implements Stop {
    private static final Duration TWO = Duration.ofSeconds(2);
    private static final Duration FOUR = Duration.ofSeconds(4);
    private static final int SECONDS_OF_SAYING = 8;
    private static final int SECONDS_OF_LOCKS = 16;
    private static final String STOPPED = "third is stopped";

    @Override
    public String name() {
        return "gather";
    }

    @Override
    public String title() {
        return "Gather";
    }

    @Override
    public String explanation() {
        return "Two waits of two seconds: one after the other, as subtasks of a scope, and gathered in one call. A"
                + " failure in the middle, as a value and thrown. Six tasks through a lock and a semaphore of three.";
    }

    @Override
    public Outcome run(StopContext context) throws Exception {
        Duration second = Duration.ofMillis(context.size(200, 50));
        SayAfter.Result said;
        try (Progress bar = context.progress("Saying hello and world");
                Pace pace = new Pace(bar, 0, 100, second.multipliedBy(SECONDS_OF_SAYING))) {
            said = Chances.until(() -> SayAfter.run(Story.of(second, entry -> {})), GatherStop::overlaps);
        }
        FailureInTheMiddle.Result failed =
                Chances.until(() -> FailureInTheMiddle.run(Story.of(second, entry -> {})), GatherStop::stopsTheRest);
        List<LockAndSemaphore.Way> ways;
        try (Progress bar = context.progress("Through a lock and a semaphore");
                Pace pace = new Pace(bar, 0, 100, second.multipliedBy(SECONDS_OF_LOCKS))) {
            ways = Chances.until(
                    () -> LockAndSemaphore.run(Story.of(second, entry -> {})).ways(), GatherStop::semaphoreIsUsed);
        }
        return judge(said, failed, ways, naive(Nap.of(second), second));
    }

    private static boolean overlaps(SayAfter.Result said) {
        return said.asSubtasks().compareTo(FOUR) < 0 && said.gathered().compareTo(FOUR) < 0;
    }

    private static boolean stopsTheRest(FailureInTheMiddle.Result failed) {
        return failed.entries().stream().anyMatch(entry -> entry.what().equals(STOPPED));
    }

    private static boolean semaphoreIsUsed(List<LockAndSemaphore.Way> ways) {
        return ways.subList(2, 4).stream().allMatch(way -> way.mostAtOnce() == LockAndSemaphore.PERMITS);
    }

    private static Outcome judge(
            SayAfter.Result said, FailureInTheMiddle.Result failed, List<LockAndSemaphore.Way> ways, Naive naive) {
        List<String> words =
                failed.entries().stream().map(entry -> entry.what()).toList();
        return Outcome.showing("two waits of 2 s in " + seconds(said.gathered()) + " instead of "
                        + seconds(said.oneAfterTheOther()))
                .grid(
                        "Two waits of two seconds",
                        List.of("Way", "Seconds"),
                        List.of(
                                List.of("one after the other", number(said.oneAfterTheOther())),
                                List.of("as subtasks of a scope", number(said.asSubtasks())),
                                List.of("gathered", number(said.gathered()))))
                .grid(
                        "Three tasks, the one in the middle fails",
                        List.of("Task", "Exceptions as values", "Exceptions thrown"),
                        List.of(
                                List.of("first", words.get(1), "its result is dropped"),
                                List.of("second", words.get(2), words.get(words.size() - 1)),
                                List.of("third", words.get(3), stopsTheRest(failed) ? "is stopped" : "goes on")))
                .grid(
                        "Six tasks of a second",
                        List.of("Way", "At once", "Seconds"),
                        ways.stream().map(GatherStop::row).toList())
                .naive("CompletableFuture.allOf tells of a failure that happens at once when the other task is done,"
                        + " after " + naive.waited() + ", and wraps it in a " + naive.thrown()
                        + ". asyncio.gather tells"
                        + " at once, and lets the others run on with nobody to wait for them.")
                .check(
                        "one after the other they take the sum",
                        said.oneAfterTheOther().compareTo(FOUR) >= 0,
                        seconds(said.oneAfterTheOther()))
                .check(
                        "as subtasks and gathered they overlap, and none is too early",
                        overlaps(said)
                                && said.asSubtasks().compareTo(TWO) >= 0
                                && said.gathered().compareTo(TWO) >= 0,
                        seconds(said.asSubtasks()) + " and " + seconds(said.gathered()))
                .check(
                        "the results are in the order of the tasks",
                        said.results().equals(List.of("hello", "world")),
                        String.join(", ", said.results()))
                .check(
                        "a failure as a value stands between the results",
                        failed.outcomes().get(0).isSuccess()
                                && failed.outcomes().get(1).isFailure()
                                && failed.outcomes().get(2).isSuccess(),
                        words.get(2))
                .check(
                        "a failure that is thrown is the task's own, and stops the rest",
                        failed.thrown().getClass() == IllegalStateException.class && stopsTheRest(failed),
                        failed.thrown().getClass().getSimpleName())
                .check(
                        "the lock lets one in, the semaphore three",
                        ways.stream()
                                .map(LockAndSemaphore.Way::mostAtOnce)
                                .toList()
                                .equals(List.of(1, 1, 3, 3)),
                        "at most " + ways.get(0).mostAtOnce() + " and "
                                + ways.get(2).mostAtOnce() + " at once")
                .check("allOf makes wait for what is of no use", naive.late(), naive.waited())
                .build();
    }

    private static List<String> row(LockAndSemaphore.Way way) {
        return List.of(way.name(), Words.count(way.mostAtOnce()), number(way.time()));
    }

    private static String number(Duration time) {
        return Words.decimals(time.toNanos() / 1e9, 1);
    }

    private static String seconds(Duration time) {
        return number(time) + " s";
    }

    /** When and how a failure is told of. */
    private record Naive(String waited, boolean late, String thrown) {}

    /** Waits for two tasks, of which one fails at once, as CompletableFuture does it. */
    private static Naive naive(Nap nap, Duration second) {
        long start = System.nanoTime();
        CompletableFuture<Void> failing = CompletableFuture.runAsync(() -> {
            throw new IllegalStateException("failed at once");
        });
        CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> {
            try {
                nap.take(TWO.toSeconds());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            CompletableFuture.allOf(failing, slow).join();
            return new Naive("nothing", false, "nothing");
        } catch (CompletionException wrapped) {
            double waited = (double) (System.nanoTime() - start) / second.toNanos();
            return new Naive(
                    Words.decimals(waited, 1) + " s",
                    waited >= TWO.toSeconds(),
                    wrapped.getClass().getSimpleName());
        }
    }
}
