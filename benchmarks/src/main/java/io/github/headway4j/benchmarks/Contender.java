// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One implementation's figures in a row, over all rounds.
 *
 * @param name the implementation
 * @param rounds its throughput in each round, in the order measured
 */
record Contender(
        String name,
        double[] rounds,
        Spread throughput,
        Spread cpuNanos,
        Spread bytes,
        Spread fairness,
        Spread slowest,
        Spread others) {
    static Contender of(String name, List<Measurement> rounds) {
        return new Contender(
                name,
                figures(rounds, Measurement::throughput),
                Spread.of(figures(rounds, Measurement::throughput)),
                Spread.of(figures(rounds, Measurement::cpuNanos)),
                Spread.of(figures(rounds, Measurement::bytes)),
                Spread.of(figures(rounds, Measurement::fairness)),
                Spread.of(figures(rounds, Measurement::slowest)),
                Spread.of(figures(rounds, Measurement::others)));
    }

    private static double[] figures(List<Measurement> rounds, ToDoubleFunction<Measurement> figure) {
        return rounds.stream().mapToDouble(figure).toArray();
    }

    /** Returns this one's median throughput over the other's. */
    double ratioTo(Contender other) {
        return throughput.median() / other.throughput.median();
    }

    /** Returns this one's median processor time for each operation over the other's. */
    double cpuRatioTo(Contender other) {
        return cpuNanos.median() / other.cpuNanos.median();
    }

    /** Returns the ratios of throughput within each round: what drifts from round to round is not in them. */
    double[] ratiosByRound(Contender other) {
        double[] ratios = new double[Math.min(rounds.length, other.rounds.length)];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = rounds[i] / other.rounds[i];
        }
        return ratios;
    }
}
