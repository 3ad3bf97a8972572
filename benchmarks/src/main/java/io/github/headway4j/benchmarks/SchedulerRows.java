// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows about things that happen later. */
final class SchedulerRows {
    private static final String SCHEDULER = "HEADWAY_SCHEDULER";
    private static final String STORE = "HEADWAY_STORE";
    private static final String QUEUE = "PRIORITY_QUEUE";

    private SchedulerRows() {}

    static List<Row> simulation() {
        List<Row> rows = new ArrayList<>();
        rows.add(simulation(1_000, 2));
        rows.add(simulation(100_000, 4));
        rows.add(simulation(1_000_000, 3));
        return rows;
    }

    private static Row simulation(int pending, double storeRatio) {
        return new Row(
                "simulation-" + pending,
                pending + " events pending: the first one happens and plans one for later",
                "SimulationBenchmark.hold",
                Map.of("pending", Integer.toString(pending)),
                false,
                1,
                List.of(SCHEDULER, STORE, QUEUE),
                List.of(
                        Goal.of(SCHEDULER, 1.0, QUEUE).andCpuNoHigher(),
                        Goal.of(STORE, storeRatio, QUEUE).andCpuNoHigher()));
    }
}
