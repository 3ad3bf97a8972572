// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CreationCostTest {

    @ParameterizedTest
    @EnumSource
    void threads_eachIsAnotherOne(ThreadKind kind) throws InterruptedException {
        assertThat(CreationCost.threads(kind, 50).map(CreationCost.Cost::identities))
                .isEqualTo(kind.isThere() ? Optional.of(50) : Optional.empty());
    }

    @Test
    void processes_eachIsAnotherOne() throws Exception {
        CreationCost.Cost cost = CreationCost.processes(3);

        assertThat(cost.identities()).isEqualTo(3);
        assertThat(cost.elapsed()).isPositive();
    }

    @Test
    void microsEach_isThePartOfOne() {
        assertThat(new CreationCost.Cost("things", 50, Duration.ofMillis(10)).microsEach())
                .isEqualTo(200);
    }

    @Test
    void main_printsTheCosts() throws Exception {
        assertThat(ProgramRun.linesOf(CreationCost.class, "2"))
                .hasSize(3)
                .anyMatch(line -> line.matches("platform threads +2 in +[\\d,]+ ms, +[\\d,]+ us each"))
                .anyMatch(line -> line.matches("processes +2 in +[\\d,]+ ms, +[\\d,]+ us each"));
    }
}
