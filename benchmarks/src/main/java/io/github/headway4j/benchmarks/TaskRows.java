// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.List;
import java.util.Map;

/** The rows about tasks that run beside each other. */
final class TaskRows {
    private static final String HEADWAY = "HEADWAY";
    private static final String FIXED = "FIXED_THREAD_POOL";
    private static final String FORK_JOIN = "FORK_JOIN_POOL";
    private static final String STREAM = "PARALLEL_STREAM";
    private static final String INVOKE_ALL = "INVOKE_ALL";

    /** New in JDK 21. */
    static final String VIRTUAL_THREADS = "VIRTUAL_THREADS";

    /** New in JDK 24. */
    static final String MAP_CONCURRENT = "MAP_CONCURRENT";

    private static final List<String> EXECUTORS = List.of(HEADWAY, FIXED, FORK_JOIN, VIRTUAL_THREADS);
    private static final List<String> SCOPES = List.of(HEADWAY, "HEADWAY_WITHOUT_SITES", VIRTUAL_THREADS);

    private TaskRows() {}

    static List<Row> tasks() {
        return List.of(
                row(
                        "pool-submit",
                        ExecutorBenchmark.ALL + " empty tasks submitted, until all have run",
                        "ExecutorBenchmark.submitAll",
                        EXECUTORS,
                        Goal.of(HEADWAY, 1.2, FIXED),
                        Goal.of(HEADWAY, 1.0, FORK_JOIN)),
                row(
                        "pool-round-trip",
                        "an empty task submitted and waited for",
                        "ExecutorBenchmark.roundTrip",
                        EXECUTORS,
                        Goal.of(HEADWAY, 1.5, FIXED).andCpuNoHigher()),
                row(
                        "pool-map",
                        "a trivial function of " + ListMapBenchmark.ITEMS + " items, in order",
                        "ListMapBenchmark.map",
                        List.of(HEADWAY, STREAM),
                        Goal.of(HEADWAY, 1.0, STREAM)),
                row(
                        "tasks-map-short",
                        WaitingMapBenchmark.ITEMS + " items that sleep 1 ms, " + WaitingMapBenchmark.IN_FLIGHT
                                + " in flight",
                        "WaitingMapBenchmark.mapAllShort",
                        List.of(HEADWAY, MAP_CONCURRENT),
                        Goal.of(HEADWAY, 1.05, MAP_CONCURRENT)),
                row(
                        "tasks-map-some-slow",
                        WaitingMapBenchmark.ITEMS + " items of which one in a hundred sleeps 50 ms, "
                                + WaitingMapBenchmark.IN_FLIGHT + " in flight",
                        "WaitingMapBenchmark.mapSomeSlow",
                        List.of(HEADWAY, MAP_CONCURRENT, INVOKE_ALL),
                        Goal.of(HEADWAY, 2, INVOKE_ALL)),
                scope("scope-two-forks", "a platform thread", ScopeBenchmark.Owner.PLATFORM),
                scope("scope-two-forks-virtual", "a virtual thread", ScopeBenchmark.Owner.VIRTUAL));
    }

    private static Row scope(String name, String who, ScopeBenchmark.Owner owner) {
        return new Row(
                name,
                who + " opens, runs two empty tasks and closes",
                "ScopeBenchmark.addBoth",
                Map.of("owner", owner.name()),
                false,
                1,
                SCOPES,
                List.of(Goal.of(HEADWAY, 1.0, VIRTUAL_THREADS)));
    }

    private static Row row(String name, String title, String benchmark, List<String> implementations, Goal... goals) {
        return new Row(name, title, benchmark, Map.of(), false, 1, implementations, List.of(goals));
    }
}
