// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured with processes does what it should, whoever does it. */
class ProcessImplementationsTest {

    @ParameterizedTest
    @EnumSource
    void start_ready_andEnded(ProcessStartImplementation implementation) throws Exception {
        try (ProcessStartImplementation.Workers workers = implementation.start()) {
            workers.awaitReady();
        }
    }

    @ParameterizedTest
    @EnumSource
    void map_givesAResultForEach(ProcessMapImplementation implementation) throws Exception {
        assumeTrue(
                implementation != ProcessMapImplementation.PYTHON || PythonPool.isThere(), "python3 is not installed");
        ProcessMapBenchmark benchmark = new ProcessMapBenchmark();
        benchmark.implementation = implementation;
        benchmark.create();
        try {
            assertThat(benchmark.oneByOne()).isEqualTo(ProcessMapBenchmark.FEW);
            assertThat(benchmark.byTheHundred()).isEqualTo(ProcessMapBenchmark.MANY);
        } finally {
            benchmark.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void array_comesBack(SharedArrayImplementation implementation) throws Exception {
        long[] there = LongStream.range(0, 1_000).toArray();
        long[] back = new long[there.length];
        try (SharedArrayImplementation.Echo echo = implementation.start(there.length)) {
            for (int time = 0; time < 3; time++) {
                there[0]++;
                echo.send(there, back);
                assertThat(back).isEqualTo(there);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void messages_allArrive(ProcessMessageImplementation implementation) throws Exception {
        ProcessMessageBenchmark benchmark = new ProcessMessageBenchmark();
        benchmark.implementation = implementation;
        benchmark.start();
        try {
            benchmark.oneWay();
            benchmark.oneWay();
        } finally {
            benchmark.end();
        }
    }

    @ParameterizedTest
    @EnumSource
    void command_runs_andItsOutputIsThere(CommandImplementation implementation) throws Exception {
        assertThat(implementation.exitCode("true")).isZero();
        assertThat(implementation.output(1_000_000, "head", "-c", "1000000", "/dev/zero"))
                .hasSize(1_000_000)
                .containsOnly(0);
    }
}
