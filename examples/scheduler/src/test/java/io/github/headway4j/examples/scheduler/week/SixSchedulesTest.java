// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.scheduler.week;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.scheduler.StoryTime;
import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.scheduler.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SixSchedulesTest {
    /** A Tuesday, and nearly half past ten. */
    private static final LocalDateTime START = LocalDateTime.of(2026, 3, 24, 10, 29, 30);

    private final List<String> told = new ArrayList<>();

    @Test
    void run_asTimeGoesBy_runsWhatIsDue() throws InterruptedException {
        Instant start = START.atZone(ZoneId.systemDefault()).toInstant();
        TimeSource time = new StoryTime(Duration.ofMillis(5), start);

        assertThat(SixSchedules.run(time, told::add)).startsWith(SixSchedules.DAY, SixSchedules.MINUTE);
        assertThat(time.instant()).isAfterOrEqualTo(start.plusSeconds(47));
        assertThat(told.subList(6, told.size())).startsWith("runs: day", "runs: minute :17");
    }

    @Test
    void main_tellsTheSixAndRunsOne() throws Exception {
        List<String> lines = ProgramRun.linesOf(SixSchedules.class, "1");

        assertThat(lines).hasSizeGreaterThan(6).containsOnlyOnce("runs: minute :17");
        assertThat(lines.subList(0, 6)).allMatch(line -> line.contains("last run: never, next run: 2"));
    }
}
