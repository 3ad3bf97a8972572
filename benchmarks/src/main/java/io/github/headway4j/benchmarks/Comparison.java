// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One of ours beside the peers in one row, held against one goal.
 *
 * @param row the work
 * @param ours our implementation
 * @param peers everybody else but others of ours, the fastest first; not empty
 * @param goal what ours must reach here, if anything
 */
record Comparison(Row row, Contender ours, List<Contender> peers, Optional<Goal> goal) {
    private static final Comparator<Comparison> LOSING_FIRST = Comparator.comparing(
                    (Comparison comparison) -> !comparison.isLosing())
            .thenComparingDouble(Comparison::margin);

    /** Compares each of ours with its peers, row by row, and sorts: losing rows first, the worst of them on top. */
    static List<Comparison> of(List<Measurement> measurements) {
        Map<Row, List<Measurement>> byRow = measurements.stream()
                .collect(Collectors.groupingBy(Measurement::row, LinkedHashMap::new, Collectors.toList()));
        return byRow.entrySet().stream()
                .flatMap(entry -> of(entry.getKey(), entry.getValue()).stream())
                .sorted(LOSING_FIRST)
                .toList();
    }

    private static List<Comparison> of(Row row, List<Measurement> measurements) {
        Map<String, List<Measurement>> byName = measurements.stream()
                .collect(Collectors.groupingBy(Measurement::implementation, LinkedHashMap::new, Collectors.toList()));
        List<Contender> contenders = byName.entrySet().stream()
                .map(entry -> Contender.of(entry.getKey(), entry.getValue()))
                .toList();
        List<Contender> peers = contenders.stream()
                .filter(contender -> !contender.name().startsWith(Row.OURS))
                .sorted(Comparator.comparingDouble(
                                (Contender contender) -> contender.throughput().median())
                        .reversed())
                .toList();
        if (peers.isEmpty()) {
            return List.of();
        }
        return contenders.stream()
                .filter(contender -> contender.name().startsWith(Row.OURS))
                .flatMap(ours -> goalsOf(row, ours).map(goal -> new Comparison(row, ours, peers, goal)))
                .toList();
    }

    /** The goals, or the absence of any. */
    private static Stream<Optional<Goal>> goalsOf(Row row, Contender ours) {
        List<Optional<Goal>> goals = row.goals().stream()
                .filter(goal -> goal.ours().equals(ours.name()))
                .map(Optional::of)
                .toList();
        return goals.isEmpty() ? Stream.of(Optional.empty()) : goals.stream();
    }

    Contender bestPeer() {
        return peers.get(0);
    }

    /** The fastest of those that the goal speaks of, or of all where there is no goal or none of them was measured. */
    Contender rival() {
        return peers.stream()
                .filter(peer -> goal.isEmpty() || goal.get().peers().contains(peer.name()))
                .findFirst()
                .orElse(bestPeer());
    }

    /** Whose processor time must not be exceeded: the fastest of those that the goal names for it, or the rival. */
    Contender cpuRival() {
        return peers.stream()
                .filter(peer -> goal.isPresent() && goal.get().cpuPeers().contains(peer.name()))
                .findFirst()
                .orElseGet(this::rival);
    }

    /** How far above what is needed; below 1 it is missed. Without a goal, 1.0 x the best peer is needed. */
    double margin() {
        return ours.ratioTo(rival()) / neededRatio();
    }

    private double neededRatio() {
        return goal.map(Goal::ratio).orElse(1.0);
    }

    /** Whether a goal is missed or, without a goal, the best peer is faster. */
    boolean isLosing() {
        return goal.isPresent() ? !shortfalls().isEmpty() : rounded(margin()) < 1;
    }

    /** Returns in how many rounds the ratio was reached, or what is enough. */
    long roundsReached() {
        double[] ratios = ours.ratiosByRound(rival());
        return IntStream.range(0, ratios.length)
                .filter(round -> rounded(ratios[round]) >= neededRatio() || isEnough(ours.rounds()[round]))
                .count();
    }

    private boolean isEnough(double perSecond) {
        return goal.isPresent() && perSecond >= goal.get().enough();
    }

    /** Says which parts of the goal are missed, judged as printed: to two decimals. */
    List<String> shortfalls() {
        List<String> shortfalls = new ArrayList<>();
        goal.ifPresent(wanted -> {
            if (!(rounded(ours.ratioTo(rival())) >= wanted.ratio())
                    && !isEnough(ours.throughput().median())) {
                shortfalls.add("throughput");
            }
            if (!wanted.cpuPeers().isEmpty() && !(rounded(ours.cpuRatioTo(cpuRival())) <= 1)) {
                shortfalls.add(String.format(Locale.ROOT, "CPU %.2f x", ours.cpuRatioTo(cpuRival())));
            }
            if (wanted.withoutAllocation() && !(ours.bytes().median() < Goal.NO_ALLOCATION_BYTES)) {
                shortfalls.add(String.format(
                        Locale.ROOT, "allocates %.1f B", ours.bytes().median()));
            }
            if (wanted.fairness() > 0 && !(rounded(ours.fairness().median()) >= wanted.fairness())) {
                shortfalls.add(String.format(
                        Locale.ROOT, "shares %.2f", ours.fairness().median()));
            }
            if (wanted.slowest() > 0 && !(rounded(ours.slowest().median()) >= wanted.slowest())) {
                shortfalls.add(String.format(
                        Locale.ROOT, "slowest thread %.2f", ours.slowest().median()));
            }
        });
        return shortfalls;
    }

    private static double rounded(double ratio) {
        return Math.round(ratio * 100) / 100.0;
    }
}
