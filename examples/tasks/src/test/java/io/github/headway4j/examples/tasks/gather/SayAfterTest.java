// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.gather;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.scheduler.Diary;
import io.github.headway4j.examples.tasks.Meetings;
import io.github.headway4j.examples.threads.ProgramRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SayAfterTest {

    /** Who does not run the two at the same time never gets past their meeting. */
    @Test
    void run_takesFourSeconds_andTwo_andTwo() throws Exception {
        List<Diary.Entry> told = new ArrayList<>();
        SayAfter.Result result = SayAfter.run(new Meetings(1, 1, 2, 2).story(told::add));

        assertThat(result.oneAfterTheOther()).isEqualTo(Duration.ofSeconds(4));
        assertThat(result.asSubtasks()).isEqualTo(Duration.ofSeconds(2));
        assertThat(result.gathered()).isEqualTo(Duration.ofSeconds(2));
        assertThat(result.results()).containsExactly("hello", "world");
        assertThat(told).isEqualTo(result.entries());
        assertThat(result.entries())
                .extracting(Diary.Entry::toString)
                .startsWith(
                        " 0.0 s  one after the other",
                        " 2.0 s  hello",
                        " 4.0 s  world",
                        " 4.0 s  done",
                        " 4.0 s  as subtasks")
                .contains(" 6.0 s  results: hello, world", " 6.0 s  gathered")
                .endsWith(" 8.0 s  done");
    }

    @Test
    void main_saysHelloAndWorldThreeTimes() throws Exception {
        assertThat(ProgramRun.linesOf(SayAfter.class, "10"))
                .extracting(line -> line.replaceFirst("^ *[0-9.]+ s  ", ""))
                .filteredOn(line -> line.equals("hello") || line.equals("world"))
                .containsExactlyInAnyOrder("hello", "world", "hello", "world", "hello", "world");
    }
}
