// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.List;
import java.util.Map;

/** The rows about processes. */
final class ProcessRows {
    private static final String HEADWAY = "HEADWAY";
    private static final String PLAIN_JVMS = "PLAIN_JVMS";
    private static final String UNIX_SOCKET = "UNIX_SOCKET";
    private static final String MEMORY_COPY = "MEMORY_COPY";
    private static final String PROCESS_BUILDER = "PROCESS_BUILDER";

    /** Is measured where it is installed. */
    static final String PYTHON = "PYTHON";

    private ProcessRows() {}

    static List<Row> processes() {
        return List.of(
                row(
                        "process-pool-ready",
                        ProcessStartImplementation.WORKERS + " processes started, until both are ready",
                        "ProcessStartBenchmark.start",
                        Goal.of(HEADWAY, 2.0, PLAIN_JVMS).orAtLeast(4)),
                row(
                        "process-map-chunk1",
                        "a trivial function of " + ProcessMapBenchmark.FEW + " numbers in two processes, one by one",
                        "ProcessMapBenchmark.oneByOne",
                        Goal.of(HEADWAY, 10.0, PYTHON)),
                row(
                        "process-map-chunk100",
                        "a trivial function of " + ProcessMapBenchmark.MANY
                                + " numbers in two processes, by the hundred",
                        "ProcessMapBenchmark.byTheHundred",
                        Goal.of(HEADWAY, 10.0, PYTHON)),
                row(
                        "shared-array",
                        "64 MiB to a child and back through shared memory; an operation is a byte copied, 4 x 64 Mi",
                        "SharedArrayBenchmark.thereAndBack",
                        Goal.of(HEADWAY, 0.9, MEMORY_COPY)),
                row(
                        "process-messages",
                        "messages of " + ProcessMessageBenchmark.BYTES + " bytes to another JVM, one by one",
                        "ProcessMessageBenchmark.oneWay",
                        Goal.of(HEADWAY, 5.0, UNIX_SOCKET)),
                row(
                        "command-nothing",
                        "a command that does nothing",
                        "CommandBenchmark.nothing",
                        Goal.of(HEADWAY, 1.0, PROCESS_BUILDER)),
                row(
                        "command-output",
                        "a command that prints 200 MB, captured; an operation is a byte",
                        "CommandBenchmark.output",
                        Goal.of(HEADWAY, 1.0, PROCESS_BUILDER)));
    }

    /** Ours and the peer that the goal speaks of. */
    private static Row row(String name, String title, String benchmark, Goal goal) {
        return new Row(
                name,
                title,
                benchmark,
                Map.of(),
                false,
                1,
                List.of(HEADWAY, goal.peers().get(0)),
                List.of(goal));
    }
}
