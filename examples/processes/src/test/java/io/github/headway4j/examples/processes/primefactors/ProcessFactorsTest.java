// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.primefactors;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.RecordedProgress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessFactorsTest {

    @Test
    void run_allWaysAgree_alsoWhenAWorkerIsKilled() throws Exception {
        RecordedProgress progress = new RecordedProgress();
        ProcessFactors.Result result = ProcessFactors.run(2_000, 1, 2, progress);

        assertThat(result.correct()).as("%s", result).isTrue();
        assertThat(result.count()).isEqualTo(2_000);
        assertThat(result.workers()).isEqualTo(2);
        assertThat(result.primes()).isBetween(1L, 2_000L);
        assertThat(result.times().withAKill()).isGreaterThan(Duration.ZERO);
        assertThat(result.kill().exitCode()).isNotZero();
        assertThat(ProcessHandle.of(result.kill().killed()).filter(ProcessHandle::isAlive))
                .isEmpty();
        progress.assertComplete();
    }

    @Test
    void main_saysThatAllAgree() throws Exception {
        assertThat(ProgramRun.linesOf(ProcessFactors.class, "1000"))
                .hasSize(9)
                .startsWith("1,000 numbers, 44 of them primes")
                .endsWith("all agree, every product is right")
                .anyMatch(line -> line.matches("process \\d+ ended with [1-9]\\d*; .*"));
    }
}
