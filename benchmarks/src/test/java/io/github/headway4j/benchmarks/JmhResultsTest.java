// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class JmhResultsTest {
    @Test
    void measurements_oneFork_takesTheMedianOverItsIterations() {
        List<Measurement> measurements =
                JmhResults.measurements(CannedResults.of(CannedResults.contended("SEMAPHORE", 2, 140, 0.9, 5, 900, 7)));

        assertThat(measurements).singleElement().satisfies(measurement -> {
            assertThat(measurement.row().name()).isEqualTo("semaphore-unfair-bound2-2t");
            assertThat(measurement.implementation()).isEqualTo("SEMAPHORE");
            assertThat(measurement.throughput()).isEqualTo(7);
            assertThat(measurement.cpuNanos()).isEqualTo(140);
            assertThat(measurement.others()).isEqualTo(0.5);
            assertThat(measurement.bytes()).isNaN();
        });
    }

    @Test
    void measurements_sharesOfThreads_areAddedUpOverIterationsBeforeTheyAreCompared() {
        List<Measurement> measurements = JmhResults.measurements(CannedResults.of(
                CannedResults.contended("HEADWAY_FAIR", 1, 140, 0.75, 5),
                CannedResults.contended("HEADWAY_FAIR", 1, 140, 1.25, 5)));

        assertThat(measurements.get(0).fairness()).isCloseTo(0.75, Offset.offset(1e-9));
        assertThat(measurements.get(1).fairness()).isCloseTo(0.8, Offset.offset(1e-9));
        assertThat(measurements.get(0).row().name()).isEqualTo("semaphore-fair-bound1-2t");
    }

    @Test
    void measurements_oneThread_haveNoFairness() {
        List<Measurement> measurements =
                JmhResults.measurements(CannedResults.of(CannedResults.mutex("SYNCHRONIZED", 17, 0, 5)));

        assertThat(measurements.get(0).fairness()).isNaN();
        assertThat(measurements.get(0).bytes()).isZero();
    }

    @Test
    void measurements_unknownRow_isLeftOut() {
        assertThat(JmhResults.measurements(CannedResults.of(
                        CannedResults.entry("OtherBenchmark.work", 1, "\"implementation\":\"HEADWAY\"", "", 5))))
                .isEmpty();
    }
}
