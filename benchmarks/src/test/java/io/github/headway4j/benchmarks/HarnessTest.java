// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import java.util.Collection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs rows through JMH, too short to say anything about speed, and reads the results back. */
class HarnessTest {
    private static final String IGNORE_LOCK = "jmh.ignoreLock";

    /** Somebody may be measuring on this machine, and this test measures nothing. */
    @BeforeAll
    static void ignoreTheLock() {
        System.setProperty(IGNORE_LOCK, "true");
    }

    @AfterAll
    static void respectTheLock() {
        System.clearProperty(IGNORE_LOCK);
    }

    @Test
    void contended_twoThreads_reportsThroughputCpuTimeAndShares() throws RunnerException {
        Measurement measurement = measure("semaphore-unfair-bound1-2t", "HEADWAY");

        assertThat(measurement.throughput()).isPositive();
        assertThat(measurement.cpuNanos()).isPositive();
        assertThat(measurement.fairness()).isBetween(0.0, 1.0);
    }

    @Test
    void handOff_endsWithTheIterations() throws RunnerException {
        Measurement measurement = measure("hand-off-round-trip", "SEMAPHORE");

        assertThat(measurement.throughput()).isPositive();
        assertThat(measurement.fairness()).isNaN();
    }

    @Test
    void priority_fourThreads_reportsShares() throws RunnerException {
        Measurement measurement = measure("priority-later-1000-4t", "HEADWAY_KEY");

        assertThat(measurement.throughput()).isPositive();
        assertThat(measurement.cpuNanos()).isPositive();
        assertThat(measurement.slowest()).isBetween(0.0, 1.0);
    }

    @Test
    void traffic_someWhoPutAndSomeWhoTake_reportsDeliveriesAndShares() throws RunnerException {
        Measurement measurement = measure("lifo-2p2c", "LOCKED_ARRAY_STACK");

        assertThat(measurement.throughput()).isPositive();
        assertThat(measurement.cpuNanos()).isPositive();
        assertThat(measurement.fairness()).isBetween(0.0, 1.0);
        assertThat(measurement.slowest()).isBetween(0.0, 1.0);
    }

    private static Measurement measure(String name, String implementation) throws RunnerException {
        Row row = BenchmarkSets.find(name).get(0);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(row.benchmark().replace(".", "\\.") + "$")
                .forks(0)
                .threads(row.threads())
                .warmupIterations(0)
                .measurementIterations(2)
                .measurementTime(TimeValue.milliseconds(50))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .addProfiler(CpuTimeProfiler.class)
                .addProfiler(ThreadShareProfiler.class)
                .param(Row.IMPLEMENTATION, implementation);
        row.parameters().forEach(options::param);
        if (row.calibrated()) {
            options.param(Row.TOKENS, "10");
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        JsonArray json = JmhResults.toJson(results);

        assertThat(json.get(0).getAsJsonObject().has("jvm")).isFalse();
        assertThat(JmhResults.measurements(json))
                .singleElement()
                .satisfies(measurement -> assertThat(measurement.row()).isEqualTo(row));
        return JmhResults.measurements(json).get(0);
    }
}
