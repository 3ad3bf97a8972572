// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The program as a whole, in a Java runtime of its own. */
class MainTest {

    @Test
    void main_fast_passesWithoutAWordOnStandardError() throws IOException, InterruptedException {
        assertThat(ProgramRun.linesOf(Tour.class, "--fast"))
                .endsWith(Stops.all().size() + " passed, 0 failed")
                .allSatisfy(line -> assertThat(line).doesNotContainPattern("\\p{Cntrl}"));
    }

    @Test
    void main_unknownName_exitsWith2() throws IOException, InterruptedException {
        ProgramRun run = ProgramRun.of(List.of(), Tour.class, "nowhere");

        assertThat(run.errors()).anyMatch(line -> line.contains("'nowhere'") && line.contains("bank-account"));
        assertThat(run.lines()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(2);
    }
}
