// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.scheduler.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.scheduler.Diary;
import io.github.headway4j.examples.scheduler.StoryTime;
import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.scheduler.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsInOrderTest {
    private static final List<String> AT_ONCE = List.of(
            " 0.0 s  the queue is 1 s/1, 2 s/1, 2 s/1, 2 s/2, 3 s/0, 3 s/1",
            " 0.0 s  one is cancelled: true, and again: false",
            " 1.0 s  entered with date and time of day",
            " 2.0 s  priority 1",
            " 2.0 s  priority 1, entered later",
            " 2.0 s  priority 2",
            " 3.0 s  10 + 20 = 30",
            " 3.0 s  over, the queue is empty");

    private static List<String> actions(List<String> lines) {
        return lines.subList(1, AT_ONCE.size()).stream()
                .map(line -> line.replaceFirst("^ *[0-9.]+ s  ", ""))
                .toList();
    }

    @Test
    void run_inVirtualTime_eachAtItsMomentAndInItsTurn() throws InterruptedException {
        List<Diary.Entry> told = new ArrayList<>();
        VirtualTime time = new VirtualTime();
        List<Diary.Entry> entries = EventsInOrder.run(time, told::add);

        assertThat(entries).extracting(Diary.Entry::toString).isEqualTo(AT_ONCE);
        assertThat(told).isEqualTo(entries);
        assertThat(time.nanoTime()).isEqualTo(Duration.ofSeconds(3).toNanos());
    }

    @Test
    void run_asTimeGoesBy_sameOrderAndNothingTooEarly() throws InterruptedException {
        List<Diary.Entry> entries = EventsInOrder.run(new StoryTime(Duration.ofMillis(50)), entry -> {});

        assertThat(actions(entries.stream().map(Diary.Entry::toString).toList()))
                .isEqualTo(actions(AT_ONCE));
        assertThat(entries)
                .filteredOn(entry -> entry.what().startsWith("priority"))
                .hasSize(3)
                .allMatch(entry -> entry.at().compareTo(Duration.ofSeconds(2)) >= 0);
        assertThat(entries.get(entries.size() - 1).at()).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void main_printsBothRuns() throws Exception {
        List<String> lines = ProgramRun.linesOf(EventsInOrder.class, "50");

        assertThat(lines).hasSize(2 + 2 * AT_ONCE.size()).startsWith("by a clock that goes:");
        assertThat(actions(lines.subList(1, lines.size()))).isEqualTo(actions(AT_ONCE));
        assertThat(lines.subList(AT_ONCE.size() + 1, lines.size()))
                .startsWith("in virtual time:")
                .endsWith(AT_ONCE.toArray(String[]::new));
    }
}
