// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.gather;

import io.github.headway4j.examples.scheduler.Diary;
import io.github.headway4j.examples.tasks.Story;
import io.github.headway4j.tasks.Subtask;
import io.github.headway4j.tasks.TaskScope;
import java.util.List;

/**
 * The result of a task: whether it is done, before and after, and what it returned. To ask for the result too early is
 * an error, as in Python; to wait for it is the scope's part.
 */
public final class TaskResult {
    private static final int ANSWER = 42;

    private TaskResult() {}

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
     * Asks a task before and after it is done.
     *
     * @param story where it is told, and how its task sleeps
     * @return what was done
     * @throws Exception if the caller is interrupted
     */
    public static List<Diary.Entry> run(Story story) throws Exception {
        try (TaskScope<Integer, ?> scope = TaskScope.open()) {
            Subtask<Integer> task = scope.fork(() -> {
                story.sleep(1);
                return ANSWER;
            });
            story.note("done: " + isDone(task));
            story.note("result: " + resultOf(task));
            scope.join();
            story.note("done: " + isDone(task));
            story.note("result: " + resultOf(task));
        }
        return story.entries();
    }

    private static boolean isDone(Subtask<?> task) {
        return task.state() != Subtask.State.UNAVAILABLE;
    }

    private static String resultOf(Subtask<?> task) {
        try {
            return String.valueOf(task.get());
        } catch (IllegalStateException tooEarly) { // InvalidStateError
            return "none yet";
        }
    }
}
