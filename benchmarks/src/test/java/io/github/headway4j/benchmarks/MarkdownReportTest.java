// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkdownReportTest {
    private static final Machine MACHINE = new Machine(
            "Some Processor", 2, 4, "Some System 1", "Some VM 25", "-Xmx512m", "abc", "55 tokens, 50.1 ns", 0.2);

    private static String page(String... entries) {
        return MarkdownReport.of("Title", MACHINE, JmhResults.measurements(CannedResults.of(entries)));
    }

    private static List<String> summaryRows(String page) {
        return page.lines()
                .skip(page.lines().toList().indexOf("|---|---|---|---|---|---|---|---|---|") + 1L)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    @Test
    void of_losingAndWinningRows_listsLosingRowsFirstWithTheirVerdicts() {
        List<String> rows = summaryRows(page(
                CannedResults.handOff("HEADWAY", 100),
                CannedResults.handOff("SEMAPHORE", 4),
                CannedResults.contended("HEADWAY", 1, 120, 1, 50),
                CannedResults.contended("SEMAPHORE", 1, 100, 1, 100)));

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0))
                .startsWith("| semaphore-unfair-bound1-2t | HEADWAY | SEMAPHORE | 0.50 x [0.50..0.50] | 1.20 x |")
                .endsWith("| 1.0 x, CPU no higher | **no**: throughput, CPU 1.20 x (0 of 1 rounds) |");
        assertThat(rows.get(1)).startsWith("| hand-off-round-trip |").endsWith("| 20.0 x | yes (1 of 1 rounds) |");
    }

    @Test
    void of_severalRounds_showsMedianAndSpread() {
        String page = page(
                CannedResults.handOff("HEADWAY", 900_000),
                CannedResults.handOff("HEADWAY", 2_500_000),
                CannedResults.handOff("HEADWAY", 1_000_000),
                CannedResults.handOff("SEMAPHORE", 25_000),
                CannedResults.handOff("SEMAPHORE", 25_000),
                CannedResults.handOff("SEMAPHORE", 50_000));

        assertThat(page)
                .contains("| HEADWAY | 1.00M [900.0k..2.50M] |")
                .contains("| SEMAPHORE | 25.0k [25.0k..50.0k] | 40.00 x [20.00..100.00] |");
    }

    @Test
    void of_othersBusy_marksTheFigure() {
        assertThat(page(
                        CannedResults.contended("HEADWAY", 1, 120, 1, 50),
                        CannedResults.contended("SEMAPHORE", 1, 100, 1, 100)))
                .contains("| 0.50 * |");
    }

    @Test
    void of_anyRun_namesTheMachine() {
        assertThat(page()).contains("Some Processor, 2 cores", "Some VM 25", "-Xmx512m", "commit abc", "55 tokens");
    }

    @Test
    void writePage_keptResults_makesThePageAgain(@TempDir Path folder) throws Exception {
        Results written = new Results(folder, "run");
        written.writeRaw(
                CannedResults.of(CannedResults.handOff("HEADWAY", 100), CannedResults.handOff("SEMAPHORE", 4)));
        written.writeMachine(MACHINE);
        String page = written.writePage();

        assertThat(Results.ofRaw(folder.resolve("run.json")).writePage()).isEqualTo(page);
        assertThat(Files.readString(folder.resolve("run.md"))).isEqualTo(page);
        assertThat(page).contains("25.00 x").contains("Some Processor");
    }
}
