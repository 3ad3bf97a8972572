// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.executors;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.RecordedProgress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PooledFactorsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1_000})
    void run_allThreeWaysAgree(int count) throws InterruptedException {
        RecordedProgress progress = new RecordedProgress();
        PooledFactors.Result result = PooledFactors.run(count, 3, progress);

        assertThat(result.equal()).isTrue();
        assertThat(result.count()).isEqualTo(count);
        assertThat(result.workers()).isEqualTo(3);
        assertThat(result.primes()).isBetween(0L, (long) count);
        assertThat(result.map()).isGreaterThan(Duration.ZERO);
        progress.assertComplete();
    }

    @Test
    void main_saysThatAllAgree() throws Exception {
        assertThat(ProgramRun.linesOf(PooledFactors.class, "500"))
                .hasSize(5)
                .startsWith("500 numbers, 26 of them primes")
                .endsWith("all agree");
    }
}
