// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.gather;

import io.github.headway4j.examples.scheduler.Diary;
import io.github.headway4j.examples.tasks.Story;
import io.github.headway4j.tasks.Outcome;
import io.github.headway4j.tasks.Tasks;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Three tasks are gathered, and the one in the middle fails. First its exception is returned as a value, in its place
 * between the results of the others: Python's {@code return_exceptions=True}. Then it is thrown, the very object, and
 * the others are stopped, where Python lets them run on with nobody to wait for them.
 */
public final class FailureInTheMiddle {
    private final Story story;

    private FailureInTheMiddle(Story story) {
        this.story = story;
    }

    /**
     * What became of the tasks.
     *
     * @param entries what was done when
     * @param outcomes how they ended, in their order
     * @param thrown what was thrown when exceptions were not values
     */
    public record Result(List<Diary.Entry> entries, List<Outcome<String>> outcomes, Exception thrown) {
        /** Copies the lists. */
        public Result {
            entries = List.copyOf(entries);
            outcomes = List.copyOf(outcomes);
        }
    }

    /**
     * Runs the program.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        run(Story.of(args));
    }

    /**
     * Gathers the tasks twice.
     *
     * @param story where it is told, and how its tasks sleep
     * @return what became of them
     * @throws InterruptedException if the caller is interrupted
     */
    public static Result run(Story story) throws InterruptedException {
        return new FailureInTheMiddle(story).run();
    }

    private Result run() throws InterruptedException {
        List<Callable<String>> tasks = List.of(() -> say("first", 1), () -> fail("second", 1), () -> say("third", 2));

        story.note("exceptions as values");
        List<Outcome<String>> outcomes = Tasks.gatherOutcomes(tasks);
        outcomes.forEach(outcome -> story.note(told(outcome)));

        story.note("exceptions thrown");
        Exception thrown = thrownByAll(tasks);
        story.note("caught: " + thrown.getMessage());
        return new Result(story.entries(), outcomes, thrown);
    }

    private static Exception thrownByAll(List<Callable<String>> tasks) throws InterruptedException {
        List<String> results;
        try {
            results = Tasks.gather(tasks);
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception failure) {
            return failure;
        }
        throw new IllegalStateException("nothing has failed: " + results);
    }

    private static String told(Outcome<String> outcome) {
        if (outcome instanceof Outcome.Success<String> success) {
            return "returned: " + success.value();
        } else if (outcome instanceof Outcome.Failure<String> failure) {
            return "failed: " + failure.exception().getMessage();
        }
        return "cancelled";
    }

    private String say(String what, int seconds) throws InterruptedException {
        try {
            story.sleep(seconds);
        } catch (InterruptedException stopped) {
            story.note(what + " is stopped");
            throw stopped;
        }
        return what;
    }

    private String fail(String what, int seconds) throws InterruptedException {
        story.sleep(seconds);
        throw new IllegalStateException(what + " has failed");
    }
}
