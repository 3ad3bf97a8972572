// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurveyReportTest {
    private static final Machine MACHINE = new Machine(
            "Some Processor", 2, 4, "Some System 1", "Some VM 25", "-Xmx512m", "abc", "55 tokens, 50.1 ns", 0.2);

    private static JsonArray lateness() {
        JsonArray entries = new JsonArray();
        entries.add(Survey.LATENESS.entry("HEADWAY", 50, 90, 300, 7, 0));
        entries.add(Survey.LATENESS.entry("SCHEDULED_THREAD_POOL", 60, 90, 200, 9, 0));
        entries.add(Survey.LATENESS.entry("SCHEDULED_THREAD_POOL", 50, 90, 200, 9, 0));
        entries.add(Survey.LATENESS.entry("HEADWAY", 56, 90, 500, 7, 0));
        return entries;
    }

    @Test
    void of_severalRounds_showsMediansAndJudgesThem() {
        assertThat(SurveyReport.of("Title", MACHINE, lateness()))
                .contains("Some Processor, 2 cores")
                .contains("| implementation | p50 | p99 | max | CPU for each | others |")
                .contains("| HEADWAY | 53.0 [50.0..56.0] | 90.0 [90.0..90.0] | 400.0 [300.0..500.0] |")
                .contains("| p50 | HEADWAY | no more than SCHEDULED_THREAD_POOL | yes (0.96 x) |")
                .contains("| p99 | HEADWAY | no more than SCHEDULED_THREAD_POOL | yes (1.00 x) |")
                .contains("| max | HEADWAY | no more than SCHEDULED_THREAD_POOL | **no** (2.00 x) |")
                .doesNotContain("| CPU for each | HEADWAY");
    }

    @Test
    void of_fixedGoals_judgesThemAsPrinted() {
        JsonArray entries = new JsonArray();
        entries.add(Survey.MEMORY.entry("HEADWAY", 64.04, 0.06));

        assertThat(SurveyReport.of("Title", MACHINE, entries))
                .contains("| waiting | HEADWAY | at most 64 | yes (64.0) |")
                .contains("| cancelled | HEADWAY | at most 0 | **no** (0.1) |");
    }

    @Test
    void writePage_ofASurvey_makesItsPage(@TempDir Path folder) throws Exception {
        Results written = new Results(folder, "run");
        written.writeRaw(lateness());
        written.writeMachine(MACHINE);

        assertThat(written.writePage()).contains("53.0 [50.0..56.0]");
        assertThat(Results.ofRaw(folder.resolve("run.json")).writePage())
                .isEqualTo(Files.readString(folder.resolve("run.md")));
    }

    @Test
    void memory_ofTimers_isFoundAndGivenBack() throws Exception {
        double[] figures = Survey.MEMORY.measure(TimerImplementation.SCHEDULED_THREAD_POOL);

        assertThat(figures).hasSameSizeAs(Survey.MEMORY.figures());
        assertThat(figures[0]).isGreaterThan(16);
        assertThat(figures[1]).isLessThan(figures[0]);
    }
}
