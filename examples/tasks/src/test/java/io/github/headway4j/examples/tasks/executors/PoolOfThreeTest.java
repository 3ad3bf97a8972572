// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.executors;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.scheduler.Diary;
import io.github.headway4j.examples.tasks.Meetings;
import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.ThreadsOfProgram;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PoolOfThreeTest {
    private static final String ANNA = "Anna took 3 steps";
    private static final String BORIS = "Boris took 5 steps";
    private static final String CLARA = "Clara took 2 steps";

    /** The next step is taken when it has been told that another task is done. */
    @Test
    void run_resultsComeInOrder_andAsTheTasksAreDone() throws Exception {
        List<String> told = Stream.of(
                        "callback: " + CLARA, "callback: " + ANNA, "completed: " + CLARA, "completed: " + ANNA)
                .toList();
        List<CountDownLatch> latches =
                Stream.generate(() -> new CountDownLatch(1)).limit(4).toList();
        Meetings meetings = new Meetings(3, 3, 2, 1, 1, 3, 3, 2, 1, 1, 3, 3, 2, 1, 1)
                .after(7, latches.get(0))
                .after(8, latches.get(1))
                .after(12, latches.get(2))
                .after(13, latches.get(3));
        PoolOfThree.Result result = PoolOfThree.run(meetings.story(entry -> {
            if (told.contains(entry.what())) {
                latches.get(told.indexOf(entry.what())).countDown();
            }
        }));

        assertThat(result.inOrder()).containsExactly(ANNA, BORIS, CLARA);
        assertThat(result.byCallbacks()).containsExactly(CLARA, ANNA, BORIS);
        assertThat(result.asCompleted()).containsExactly(CLARA, ANNA, BORIS);
        assertThat(result.entries()).last().isEqualTo(new Diary.Entry(Duration.ofSeconds(15), "over"));
        assertThat(result.entries())
                .extracting(Diary.Entry::what)
                .containsSubsequence(
                        "Boris takes step 4 of 5", "Boris takes step 5 of 5", "result: " + BORIS, "result: " + CLARA)
                .containsSubsequence("callback: " + ANNA, "Boris takes step 5 of 5", "callback: " + BORIS);
        ThreadsOfProgram.awaitEnd("pool-of-three");
    }

    @Test
    void main_tellsThirtyStepsAndNineResults() throws Exception {
        List<String> lines = ProgramRun.linesOf(PoolOfThree.class, "10");

        assertThat(lines).filteredOn(line -> line.contains("takes step")).hasSize(30);
        assertThat(lines).filteredOn(line -> line.contains("took")).hasSize(9);
    }
}
