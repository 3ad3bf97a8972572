// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.gather;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.scheduler.Diary;
import io.github.headway4j.examples.tasks.Meetings;
import io.github.headway4j.examples.threads.ProgramRun;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TaskResultTest {
    private static final List<String> STORY =
            List.of(" 0.0 s  done: false", " 0.0 s  result: none yet", " 1.0 s  done: true", " 1.0 s  result: 42");

    @Test
    void run_hasTheResultWhenTheTaskIsDone() throws Exception {
        CountDownLatch asked = new CountDownLatch(2);
        Meetings meetings = new Meetings(1).after(0, asked);

        assertThat(TaskResult.run(meetings.story(entry -> asked.countDown())))
                .extracting(Diary.Entry::toString)
                .isEqualTo(STORY);
    }

    @Test
    void main_endsWithTheResult() throws Exception {
        assertThat(ProgramRun.linesOf(TaskResult.class, "200"))
                .hasSize(STORY.size())
                .last()
                .asString()
                .endsWith("result: 42");
    }
}
