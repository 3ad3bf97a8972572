// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rows about queues. */
final class QueueRows {
    private static final String HEADWAY = "HEADWAY";
    private static final String STACK = "HEADWAY_STACK";
    private static final String BY_KEY = "HEADWAY_KEY";
    private static final String BY_COMPARATOR = "HEADWAY_COMPARATOR";
    private static final String ARRAY = "ARRAY_BLOCKING_QUEUE";
    private static final String LINKED = "LINKED_BLOCKING_QUEUE";
    private static final String DEQUE = "LINKED_BLOCKING_DEQUE";
    private static final String TRANSFER = "LINKED_TRANSFER_QUEUE";
    private static final String SYNCHRONOUS = "SYNCHRONOUS_QUEUE";
    private static final String CONVERSANT = "CONVERSANT_BLOCKING";
    private static final String JCTOOLS = "JCTOOLS_MPMC_SPIN";
    private static final String DEQUE_STACK = "LINKED_BLOCKING_DEQUE_STACK";
    private static final String LOCKED_STACK = "LOCKED_ARRAY_STACK";
    private static final String PRIORITY = "PRIORITY_BLOCKING_QUEUE";
    private static final String LOCKED_PRIORITY = "LOCKED_PRIORITY_QUEUE";
    private static final String ONE_BY_ONE = "ONE_BY_ONE";

    private static final String[] JDK = {ARRAY, LINKED, DEQUE};

    /** All peers of bounded rows that sleep when they have to wait. */
    private static final List<String> BLOCKING = List.of(ARRAY, LINKED, DEQUE, CONVERSANT);

    private static final int CAPACITY = 1024;

    /** No thread may get less than this part of what it would get if all got the same. */
    private static final double A_THIRD = 0.33;

    private QueueRows() {}

    static List<Row> fifo() {
        return List.of(
                new Row(
                        "fifo-1t",
                        "bounded queue: put and take on one thread",
                        "QueueBenchmark.pairs",
                        Map.of("capacity", Integer.toString(CAPACITY)),
                        false,
                        1,
                        List.of(HEADWAY, ARRAY, LINKED, DEQUE, CONVERSANT, JCTOOLS),
                        List.of(Goal.of(HEADWAY, 1.2, ARRAY).andCpuNoHigherThan(BLOCKING))),
                bounded(
                        1,
                        1,
                        Goal.of(HEADWAY, 2.5, ARRAY).andCpuNoHigherThan(BLOCKING),
                        Goal.of(HEADWAY, 1.0, JCTOOLS)),
                bounded(
                        2,
                        2,
                        Goal.of(HEADWAY, 2.5, ARRAY).andCpuNoHigherThan(BLOCKING),
                        Goal.of(HEADWAY, 1.1, CONVERSANT)),
                bounded(
                        4,
                        4,
                        Goal.of(HEADWAY, 2.5, JDK).andCpuNoHigherThan(BLOCKING).andSlowest(A_THIRD),
                        Goal.of(HEADWAY, 1.0, CONVERSANT)),
                bounded(4, 1, Goal.of(HEADWAY, 1.5, JDK).andCpuNoHigherThan(BLOCKING)),
                unbounded(1, 1),
                unbounded(2, 2),
                new Row(
                        "queue-ping-pong",
                        "an element there through one queue and back through another",
                        "PingPongBenchmark.roundTrip",
                        Map.of(),
                        false,
                        1,
                        List.of(HEADWAY, ARRAY, LINKED, TRANSFER, CONVERSANT, JCTOOLS),
                        List.of(
                                Goal.of(HEADWAY, 100, ARRAY)
                                        .andCpuNoHigherThan(List.of(ARRAY, LINKED, TRANSFER, CONVERSANT)),
                                Goal.of(HEADWAY, 1.0, JCTOOLS))),
                traffic(
                        "queue-hand-off",
                        "capacity 1, one thread puts and one takes",
                        1,
                        1,
                        1,
                        List.of(HEADWAY, SYNCHRONOUS, ARRAY, LINKED),
                        Goal.of(HEADWAY, 10, SYNCHRONOUS).andCpuNoHigherThan(List.of(SYNCHRONOUS, ARRAY, LINKED))),
                new Row(
                        "fifo-virtual-pairs",
                        "1000 pairs of virtual threads, each with a queue of capacity 64",
                        "VirtualPairsBenchmark.deliver",
                        Map.of("capacity", "64"),
                        false,
                        1,
                        List.of(HEADWAY, ARRAY, LINKED, TRANSFER),
                        List.of(Goal.of(HEADWAY, 1.0, ARRAY, LINKED, TRANSFER).andCpuNoHigher())));
    }

    static List<Row> lifo() {
        List<Row> rows = new ArrayList<>();
        for (int threads : new int[] {2, 4}) {
            rows.add(new Row(
                    "lifo-" + threads + "t",
                    "stack: each of " + threads + " threads puts and takes in turn",
                    "QueueBenchmark.pairs",
                    Map.of("capacity", Integer.toString(CAPACITY)),
                    false,
                    threads,
                    List.of(STACK, DEQUE_STACK, LOCKED_STACK),
                    List.of(stackGoals())));
        }
        for (int each : new int[] {1, 2}) {
            rows.add(traffic(
                    "lifo-" + each + "p" + each + "c",
                    "stack: " + each + " put, " + each + " take",
                    CAPACITY,
                    each,
                    each,
                    List.of(STACK, DEQUE_STACK, LOCKED_STACK),
                    stackGoals()));
        }
        return rows;
    }

    static List<Row> priority() {
        List<Row> rows = new ArrayList<>();
        for (PriorityBenchmark.Keys keys : PriorityBenchmark.Keys.values()) {
            for (int elements : new int[] {1_000, 100_000}) {
                for (int threads : new int[] {1, 2, 4}) {
                    rows.add(priority(keys, elements, threads));
                }
            }
        }
        return rows;
    }

    private static Row priority(PriorityBenchmark.Keys keys, int elements, int threads) {
        double byKey = threads == 1 ? 1.3 : threads == 2 ? 2.0 : 1.2;
        double byComparator = threads == 2 ? 1.3 : 1.0;
        List<String> peers = List.of(PRIORITY, LOCKED_PRIORITY);
        return new Row(
                "priority-" + keys.name().toLowerCase(Locale.ROOT) + "-" + elements + "-" + threads + "t",
                String.format(
                        Locale.ROOT,
                        "%d jobs in the queue, %d %s: offer with %s, then poll",
                        elements,
                        threads,
                        threads == 1 ? "thread" : "threads",
                        keys == PriorityBenchmark.Keys.ANY ? "any key" : "a later key than the last one polled"),
                "PriorityBenchmark.pairs",
                Map.of("elements", Integer.toString(elements), "keys", keys.name()),
                false,
                threads,
                List.of(BY_KEY, BY_COMPARATOR, PRIORITY, LOCKED_PRIORITY),
                List.of(
                        Goal.of(BY_KEY, byKey, PRIORITY).andCpuNoHigherThan(peers),
                        Goal.of(BY_COMPARATOR, byComparator, PRIORITY).andCpuNoHigherThan(peers)));
    }

    static List<Row> batches() {
        List<String> implementations = List.of("HEADWAY_BATCHES", ONE_BY_ONE);
        Goal goal = Goal.of("HEADWAY_BATCHES", 2.0, ONE_BY_ONE).andCpuNoHigher();
        Map<String, String> parameters = Map.of("capacity", Integer.toString(CAPACITY));
        return List.of(
                new Row(
                        "batches-1t",
                        "64 elements put and taken by one thread",
                        "BatchBenchmark.pairs",
                        parameters,
                        false,
                        1,
                        implementations,
                        List.of(goal)),
                new Row(
                        "batches-1p1c",
                        "64 elements at a time, one thread puts and one takes",
                        "BatchBenchmark.traffic",
                        parameters,
                        false,
                        2,
                        implementations,
                        List.of(goal)));
    }

    private static Row bounded(int producers, int consumers, Goal... goals) {
        return traffic(
                "fifo-" + producers + "p" + consumers + "c",
                "bounded queue: " + producers + " put, " + consumers + " take",
                CAPACITY,
                producers,
                consumers,
                List.of(HEADWAY, ARRAY, LINKED, DEQUE, CONVERSANT, JCTOOLS),
                goals);
    }

    private static Row unbounded(int producers, int consumers) {
        return traffic(
                "fifo-unbounded-" + producers + "p" + consumers + "c",
                "unbounded queue: " + producers + " put, " + consumers + " take, at most some 4000 behind",
                QueueImplementation.UNBOUNDED,
                producers,
                consumers,
                List.of(HEADWAY, LINKED, TRANSFER),
                Goal.of(HEADWAY, 1.5, LINKED, TRANSFER).andCpuNoHigher());
    }

    private static Row traffic(
            String name,
            String title,
            int capacity,
            int producers,
            int consumers,
            List<String> implementations,
            Goal... goals) {
        return new Row(
                name,
                title,
                "QueueBenchmark.traffic",
                Map.of("capacity", Integer.toString(capacity), "producers", Integer.toString(producers)),
                false,
                producers + consumers,
                implementations,
                List.of(goals));
    }

    private static Goal[] stackGoals() {
        return new Goal[] {
            Goal.of(STACK, 1.5, DEQUE_STACK).andCpuNoHigherThan(List.of(DEQUE_STACK, LOCKED_STACK)),
            Goal.of(STACK, 1.0, LOCKED_STACK)
        };
    }
}
