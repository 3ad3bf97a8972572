// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.gather;

import io.github.headway4j.examples.scheduler.Diary;
import io.github.headway4j.examples.tasks.Story;
import io.github.headway4j.tasks.Subtask;
import io.github.headway4j.tasks.TaskScope;
import io.github.headway4j.tasks.Tasks;
import java.time.Duration;
import java.util.List;

/**
 * The course's {@code say_after}: two waits of two seconds take four one after the other, two as subtasks of a scope,
 * and two when they are gathered.
 *
 * <p>Python needs {@code async def} and {@code await} for that. Here {@code sayAfter} is an ordinary method, and who
 * calls it decides whether to wait for it.
 */
public final class SayAfter {
    private static final int DELAY = 2;

    private final Story story;

    private SayAfter(Story story) {
        this.story = story;
    }

    /**
     * How long it took, in seconds of the story.
     *
     * @param entries what was done when
     * @param oneAfterTheOther the time of both calls, one after the other
     * @param asSubtasks the time of both as subtasks
     * @param gathered the time of both in one call
     * @param results what the two in one call returned
     */
    public record Result(
            List<Diary.Entry> entries,
            Duration oneAfterTheOther,
            Duration asSubtasks,
            Duration gathered,
            List<String> results) {

        /** Copies the lists. */
        public Result {
            entries = List.copyOf(entries);
            results = List.copyOf(results);
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
     * Says hello and world in three ways.
     *
     * @param story where it is told, and how its tasks sleep
     * @return how long each way took
     * @throws Exception if the caller is interrupted
     */
    public static Result run(Story story) throws Exception {
        return new SayAfter(story).run();
    }

    private Result run() throws Exception {
        story.note("one after the other");
        Duration begun = story.elapsed();
        sayAfter(DELAY, "hello");
        sayAfter(DELAY, "world");
        Duration oneAfterTheOther = told(begun);

        story.note("as subtasks");
        begun = story.elapsed();
        asSubtasks();
        Duration asSubtasks = told(begun);

        story.note("gathered");
        begun = story.elapsed();
        List<String> results = Tasks.gather(() -> sayAfter(DELAY, "hello"), () -> sayAfter(DELAY, "world"));
        Duration gathered = told(begun);
        return new Result(story.entries(), oneAfterTheOther, asSubtasks, gathered, results);
    }

    private void asSubtasks() throws Exception {
        try (TaskScope<String, ?> scope = TaskScope.open()) {
            Subtask<String> hello = scope.fork(() -> sayAfter(DELAY, "hello"));
            Subtask<String> world = scope.fork(() -> sayAfter(DELAY, "world"));
            scope.join(); // await task1; await task2
            story.note("results: " + hello.get() + ", " + world.get());
        }
    }

    private String sayAfter(int seconds, String what) throws InterruptedException {
        story.sleep(seconds);
        story.note(what);
        return what;
    }

    private Duration told(Duration begun) {
        Duration took = story.elapsed().minus(begun);
        story.note("done");
        return took;
    }
}
