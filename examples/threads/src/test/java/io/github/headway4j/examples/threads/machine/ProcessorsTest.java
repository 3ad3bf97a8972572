// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorsTest {

    @Test
    void count_isAtLeastOne() {
        assertThat(Processors.count()).isPositive();
    }

    @Test
    void main_printsWhatTheProgramMayUse() throws Exception {
        ProgramRun run = ProgramRun.of(List.of("-XX:ActiveProcessorCount=3"), Processors.class);

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines()).containsExactly("3 processors");
    }
}
