// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.scheduler.timers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.scheduler.Diary;
import io.github.headway4j.examples.scheduler.StoryTime;
import io.github.headway4j.examples.threads.ProgramRun;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DelayedTaskTest {
    private static final List<String> STORY = List.of(
            "submitted", "the second one is cancelled: PREVENTED", "the task begins", "the task ends", "over: true");

    @Test
    void run_isJoinedWhenTheTaskIsOver() throws InterruptedException {
        List<Diary.Entry> entries = DelayedTask.run(new StoryTime(Duration.ofMillis(100)), entry -> {});

        assertThat(entries).extracting(Diary.Entry::what).isEqualTo(STORY);
        assertThat(entries.get(2).at()).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
        assertThat(entries.get(4).at()).isGreaterThanOrEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void main_tellsTheStory_andEnds() throws Exception {
        assertThat(ProgramRun.linesOf(DelayedTask.class, "100"))
                .extracting(line -> line.replaceFirst("^ *[0-9.]+ s  ", ""))
                .isEqualTo(STORY);
    }
}
