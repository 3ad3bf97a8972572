// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ProcessorUseTest {
    private static ProcessorUse use(String total) {
        return ProcessorUse.parse(List.of(total, "cpu0 1 2 3 4", "cpu1 1 2 3 4", "intr 5"), 2);
    }

    @Test
    void busyProcessorsSince_countsWorkAndStolenTimeButNotIdleAndWaiting() {
        ProcessorUse before = use("cpu  100 0 100 1000 50 0 0 0 0 0");
        ProcessorUse after = use("cpu  120 5 110 1130 70 3 2 10 0 0");

        assertThat(after.busyProcessorsSince(before)).isCloseTo(2 * 50 / 200.0, Offset.offset(1e-9));
    }

    @Test
    void busyProcessorsSince_systemTellsOfMoreProcessorsThanTheJvmMayUse_isUnknown() {
        List<String> lines = List.of("cpu  100 0 100 1000 50 0 0 0 0 0", "cpu0 1 2 3 4", "cpu1 1 2 3 4");

        ProcessorUse use = ProcessorUse.parse(lines, 1);

        assertThat(use.busyProcessorsSince(use)).isNaN();
    }
}
