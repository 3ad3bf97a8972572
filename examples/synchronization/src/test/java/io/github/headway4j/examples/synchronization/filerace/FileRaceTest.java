// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.filerace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FileRaceTest {

    /** Two processes that start together may miss each other, but not again and again. */
    private static final int CHANCES = 10;

    @Test
    void run_withoutALock_linesAreBroken() throws Exception {
        FileRace.Result result = FileRace.run(500, false);
        for (int chance = 1; chance < CHANCES && result.lost() == 0; chance++) {
            result = FileRace.run(500, false);
        }
        assertThat(result.expected()).isEqualTo(1_000);
        assertThat(result.lost()).isPositive();
        assertThat(result.broken())
                .hasValueSatisfying(line -> assertThat(line).doesNotMatch("process (\\w) writes line \\d+ of \\1"));
    }

    @Test
    void run_withAFileLock_everyLineIsWhole() throws Exception {
        FileRace.Result result = FileRace.run(500, true);

        assertThat(result.expected()).isEqualTo(1_000);
        assertThat(result.lost()).isZero();
        assertThat(result.broken()).isEmpty();
    }

    @Test
    void run_noLines_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileRace.run(0, true))
                .withMessageContaining("0");
    }

    @Test
    void main_runs() throws Exception {
        FileRace.main(new String[] {"10"});
    }
}
