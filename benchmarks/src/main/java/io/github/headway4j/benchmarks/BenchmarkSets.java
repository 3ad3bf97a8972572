// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The named sets of rows that the runner knows. */
final class BenchmarkSets {
    private static final List<String> UNFAIR = List.of("HEADWAY", "SEMAPHORE", "REENTRANT_LOCK", "GUAVA_MONITOR");
    private static final List<String> FAIR = List.of("HEADWAY_FAIR", "SEMAPHORE_FAIR", "REENTRANT_LOCK_FAIR");
    private static final List<String> UNFAIR_MANY = List.of("HEADWAY", "SEMAPHORE", "GUAVA_MONITOR");
    private static final List<String> FAIR_MANY = List.of("HEADWAY_FAIR", "SEMAPHORE_FAIR");
    private static final List<String> GUARDS = List.of("HEADWAY", "REENTRANT_LOCK", "GUAVA_MONITOR", "SYNCHRONIZED");
    private static final List<String> SETS_OF_ALL_KINDS =
            List.of("HEADWAY", "KEY_SET", "SYNCHRONIZED_SET", "COPY_ON_WRITE");
    private static final int[] BOUNDS = {1, 2};
    private static final int[] THREADS = {1, 2, 4};

    /** Every thread its share: with a strict queue shares differ by what a start and a stop cost, no more. */
    private static final double EVEN_SHARES = 0.8;

    private static final Map<String, List<Row>> SETS = sets();

    private BenchmarkSets() {}

    /** Returns the names of the sets, in the order in which they are listed. */
    static List<String> names() {
        return List.copyOf(SETS.keySet());
    }

    /** Returns the rows of the set of that name, or the one row of that name; empty where there is neither. */
    static List<Row> find(String name) {
        List<Row> set = SETS.get(name);
        return set != null
                ? set
                : all().stream().filter(row -> row.name().equals(name)).toList();
    }

    /** Returns the row that a measurement belongs to. */
    static Optional<Row> rowOf(String benchmark, Map<String, String> parameters, int threads) {
        return all().stream()
                .filter(row -> row.matches(benchmark, parameters, threads)
                        && row.implementations().contains(parameters.getOrDefault(Row.IMPLEMENTATION, "")))
                .findFirst();
    }

    /** Returns the first JDK that an implementation of a row can be measured on. */
    static int leastJdk(Row row, String implementation) {
        if (implementation.equals(TaskRows.MAP_CONCURRENT)) {
            return WaitingMapImplementation.GATHERERS_SINCE;
        }
        boolean virtual = implementation.equals(TaskRows.VIRTUAL_THREADS)
                || row.benchmark().startsWith("Virtual")
                || row.parameters().containsValue(ScopeBenchmark.Owner.VIRTUAL.name());
        return virtual ? VirtualThreads.SINCE : 17;
    }

    /** Returns the first JDK that one of ours can be measured on beside a peer. */
    static int leastJdk(Row row) {
        return Math.max(leastJdk(row, true), leastJdk(row, false));
    }

    private static int leastJdk(Row row, boolean ours) {
        return row.implementations().stream()
                .filter(implementation -> implementation.startsWith(Row.OURS) == ours)
                .mapToInt(implementation -> leastJdk(row, implementation))
                .min()
                .orElseThrow();
    }

    /** Returns those who can take part in a row on a JDK. */
    static List<String> implementationsOn(int jdk, Row row) {
        return row.implementations().stream()
                .filter(implementation -> leastJdk(row, implementation) <= jdk)
                .toList();
    }

    static List<Row> all() {
        return SETS.values().stream().flatMap(List::stream).distinct().toList();
    }

    private static Map<String, List<Row>> sets() {
        Map<String, List<Row>> sets = new LinkedHashMap<>();
        sets.put("uncontended", List.of(uncontended()));
        sets.put("semaphore-unfair", unfair());
        sets.put("semaphore-fair", fair());
        sets.put("mutex", List.of(mutex()));
        sets.put("hand-off", List.of(handOff()));
        sets.put("guarded", guarded());
        sets.put("barrier", barrier());
        sets.put("event", List.of(event()));
        sets.put("locked-set", lockedSet());
        sets.put("primitives", sets.values().stream().flatMap(List::stream).toList());
        Map<String, List<Row>> queues = new LinkedHashMap<>();
        queues.put("fifo", QueueRows.fifo());
        queues.put("lifo", QueueRows.lifo());
        queues.put("priority", QueueRows.priority());
        queues.put("batches", QueueRows.batches());
        sets.putAll(queues);
        sets.put("queues", queues.values().stream().flatMap(List::stream).toList());
        Map<String, List<Row>> later = new LinkedHashMap<>();
        later.put("timers", SchedulerRows.timers());
        later.put("simulation", SchedulerRows.simulation());
        sets.putAll(later);
        sets.put("scheduler", later.values().stream().flatMap(List::stream).toList());
        sets.put("tasks", TaskRows.tasks());
        sets.put("processes", ProcessRows.processes());
        return sets;
    }

    private static Row uncontended() {
        return new Row(
                "semaphore-uncontended",
                "acquire and release, nobody else there",
                "SemaphoreBenchmark.uncontended",
                Map.of("bound", "1"),
                false,
                1,
                UNFAIR,
                List.of(Goal.of("HEADWAY", 1.0, "SEMAPHORE")));
    }

    private static List<Row> unfair() {
        List<Row> rows = new ArrayList<>();
        for (int bound : BOUNDS) {
            List<String> implementations = bound == 1 ? UNFAIR : UNFAIR_MANY;
            String[] peers = implementations.subList(1, implementations.size()).toArray(String[]::new);
            Goal goal = Goal.of("HEADWAY", 1.0, peers).andCpuNoHigher();
            for (int threads : THREADS) {
                rows.add(
                        contended("unfair", bound, threads, implementations, threads == 1 ? List.of() : List.of(goal)));
            }
        }
        return rows;
    }

    private static List<Row> fair() {
        List<Row> rows = new ArrayList<>();
        for (int bound : BOUNDS) {
            for (int threads : THREADS) {
                Goal goal = Goal.of("HEADWAY_FAIR", threads == 2 ? 3.0 : 1.5, "SEMAPHORE_FAIR")
                        .andFairness(EVEN_SHARES);
                List<Goal> goals = threads == 1 ? List.of() : List.of(goal);
                rows.add(contended("fair", bound, threads, bound == 1 ? FAIR : FAIR_MANY, goals));
            }
        }
        return rows;
    }

    private static Row contended(String kind, int bound, int threads, List<String> implementations, List<Goal> goals) {
        String title = String.format(
                "%s, bound %d, %d %s, 50 ns inside and outside",
                kind, bound, threads, threads == 1 ? "thread" : "threads");
        return new Row(
                "semaphore-" + kind + "-bound" + bound + "-" + threads + "t",
                title,
                "SemaphoreBenchmark.contended",
                Map.of("bound", Integer.toString(bound)),
                true,
                threads,
                implementations,
                goals);
    }

    private static Row mutex() {
        return new Row(
                "mutex-uncontended",
                "enter, increment, leave, nobody else there",
                "MutexBenchmark.uncontended",
                Map.of(),
                false,
                1,
                List.of("HEADWAY_HOLD", "HEADWAY_LOCK", "REENTRANT_LOCK", "SYNCHRONIZED"),
                List.of(Goal.of("HEADWAY_HOLD", 1.0, "REENTRANT_LOCK").andNoAllocation()));
    }

    private static Row handOff() {
        return new Row(
                "hand-off-round-trip",
                "one permit there and one back between two threads",
                "HandOffBenchmark.roundTrip",
                Map.of(),
                false,
                1,
                List.of("HEADWAY", "SEMAPHORE", "LOCK_SUPPORT", "EXCHANGER", "SYNCHRONOUS_QUEUE"),
                List.of(Goal.of("HEADWAY", 20.0, "SEMAPHORE")));
    }

    private static List<Row> guarded() {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(
                "guarded-uncontended",
                "increment what is guarded, nobody else there",
                "GuardedBenchmark.uncontended",
                Map.of(),
                false,
                1,
                GUARDS,
                List.of(Goal.of("HEADWAY", 0.9, "REENTRANT_LOCK").andNoAllocation())));
        for (int pairs : new int[] {1, 2}) {
            rows.add(new Row(
                    "guarded-buffer-" + pairs + "-" + pairs,
                    "a buffer of 8 slots, " + pairs
                            + (pairs == 1 ? " producer and 1 consumer" : " producers and 2 consumers"),
                    "BoundedBufferBenchmark.take",
                    Map.of(),
                    false,
                    pairs,
                    GUARDS,
                    List.of(Goal.of("HEADWAY", 1.0, "REENTRANT_LOCK"))));
        }
        return rows;
    }

    private static List<Row> barrier() {
        return List.of(
                barrier(2, Goal.of("HEADWAY", 0.7, "PHASER"), Goal.of("HEADWAY", 100, "CYCLIC_BARRIER")),
                barrier(4, Goal.of("HEADWAY", 3, "PHASER"), Goal.of("HEADWAY", 7, "CYCLIC_BARRIER")));
    }

    private static Row barrier(int parties, Goal... goals) {
        return new Row(
                "barrier-" + parties + "-parties",
                "a cycle of " + parties + " parties that do nothing else",
                "BarrierBenchmark.cycle",
                Map.of("parties", Integer.toString(parties)),
                false,
                1,
                List.of("HEADWAY", "PHASER", "CYCLIC_BARRIER"),
                List.of(goals));
    }

    private static Row event() {
        return new Row(
                "event-set",
                "await of an event that is set",
                "EventBenchmark.awaitSet",
                Map.of(),
                false,
                1,
                List.of(
                        "HEADWAY",
                        "HEADWAY_UNINTERRUPTIBLE",
                        "VOLATILE_READ",
                        "INTERRUPTIBLE_VOLATILE_READ",
                        "COUNT_DOWN_LATCH"),
                List.of(
                        Goal.of("HEADWAY", 1.0, "VOLATILE_READ").andNoAllocation(),
                        Goal.of("HEADWAY", 1.0, "INTERRUPTIBLE_VOLATILE_READ"),
                        Goal.of("HEADWAY_UNINTERRUPTIBLE", 1.0, "VOLATILE_READ")));
    }

    private static List<Row> lockedSet() {
        List<Row> rows = new ArrayList<>();
        List<Goal> looking = List.of(Goal.of("HEADWAY", 0.8, "KEY_SET"), Goal.of("HEADWAY", 2.0, "SYNCHRONIZED_SET"));
        List<Goal> mixed = List.of(Goal.of("HEADWAY", 0.5, "KEY_SET"), Goal.of("HEADWAY", 1.0, "SYNCHRONIZED_SET"));
        for (int threads : THREADS) {
            List<Goal> goals = threads == 2 ? looking : List.of();
            rows.add(lockedSet("contains", "1000", "10", threads, goals));
        }
        for (String size : List.of("1000", "16", "1000000")) {
            for (int threads : THREADS) {
                rows.add(lockedSet("mixed", size, "10", threads, size.equals("1000") ? mixed : List.of()));
            }
        }
        rows.add(lockedSet("mixed", "1000", "50", 2, List.of()));
        rows.add(lockedSet("changeAndSnapshot", "1000", "10", 1, List.of()));
        return rows;
    }

    private static Row lockedSet(String method, String size, String writes, int threads, List<Goal> goals) {
        boolean mixed = method.equals("mixed");
        String work = switch (method) {
            case "mixed" -> writes + " % writes";
            case "contains" -> "contains";
            default -> "a change and a snapshot";
        };
        String unit = threads == 1 ? "thread" : "threads";
        String name = method.equals("changeAndSnapshot") ? "snapshot" : mixed ? "writes" + writes : method;
        return new Row(
                "set-" + name + "-" + size + "-" + threads + "t",
                String.format("set of %s elements, %s, %d %s", size, work, threads, unit),
                "LockedSetBenchmark." + method,
                Map.of("size", size, "writes", writes),
                false,
                threads,
                size.equals("1000000") || mixed ? List.of("HEADWAY", "KEY_SET", "SYNCHRONIZED_SET") : SETS_OF_ALL_KINDS,
                goals);
    }
}
