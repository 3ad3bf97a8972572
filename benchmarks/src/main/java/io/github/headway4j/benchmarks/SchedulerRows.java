// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows about things that happen later. */
final class SchedulerRows {
    private static final String HEADWAY = "HEADWAY";
    private static final String POOL = "SCHEDULED_THREAD_POOL";
    private static final String WHEEL = "NETTY_WHEEL";
    private static final String SCHEDULER = "HEADWAY_SCHEDULER";
    private static final String STORE = "HEADWAY_STORE";
    private static final String QUEUE = "PRIORITY_QUEUE";

    private static final List<String> TIMERS = List.of(HEADWAY, POOL, WHEEL);
    private static final int PENDING = 100_000;

    private SchedulerRows() {}

    static List<Row> timers() {
        return List.of(
                replace(1, Goal.of(HEADWAY, 2, POOL).andCpuNoHigher(), Goal.of(HEADWAY, 1.0, WHEEL)),
                replace(2, Goal.of(HEADWAY, 3, POOL).andCpuNoHigher(), Goal.of(HEADWAY, 0.8, WHEEL)),
                row(
                        "timers-all-cancelled",
                        TimerBenchmark.ALL + " time-outs scheduled, then all cancelled",
                        "TimerBenchmark.scheduleAllCancelAll",
                        1,
                        Goal.of(HEADWAY, 3, POOL).andCpuNoHigher(),
                        Goal.of(HEADWAY, 1.0, WHEEL)),
                row(
                        "timers-all-due",
                        TimerBenchmark.DUE + " actions scheduled for now, until all have run",
                        "TimerBenchmark.runAllDue",
                        1,
                        Goal.of(HEADWAY, 3, POOL).andCpuNoHigher()));
    }

    private static Row replace(int threads, Goal... goals) {
        return row(
                "timers-cancelled-" + threads + "t",
                String.format(
                        "%d time-outs waiting, %d %s: cancel one and schedule another",
                        PENDING, threads, threads == 1 ? "thread" : "threads"),
                "TimerBenchmark.replace",
                threads,
                goals);
    }

    private static Row row(String name, String title, String benchmark, int threads, Goal... goals) {
        Map<String, String> parameters = Map.of("pending", Integer.toString(PENDING));
        return new Row(name, title, benchmark, parameters, false, threads, TIMERS, List.of(goals));
    }

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
