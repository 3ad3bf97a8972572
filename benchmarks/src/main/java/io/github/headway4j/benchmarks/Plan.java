// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How a time budget is spent: so many rounds, each running every implementation of every row once, so long.
 *
 * @param rounds how often each implementation runs
 * @param warmups iterations before measuring, in each fork
 * @param measurements iterations measured, in each fork
 * @param iteration the length of one iteration
 * @param total what all of it will take
 */
record Plan(int rounds, int warmups, int measurements, Duration iteration, Duration total) {
    /** What a fork costs beside its iterations: two JVMs are started, one to say what it is and one to measure. */
    static final Duration FORK = Duration.ofMillis(700);

    private static final int FEWEST_ROUNDS = 3;
    private static final int MOST_ROUNDS = 11;
    private static final Duration COMFORTABLE_RUN = Duration.ofMillis(6000);

    /** Four of these warm up. With less than a second and a half a set was measured at half of its speed. */
    private static final Duration SHORTEST_ITERATION = Duration.ofMillis(400);

    private static final int FEWEST_ITERATIONS = 8;
    private static final int MOST_ITERATIONS = 10;

    /**
     * Divides the budget over the runs. Where it does not even allow the shortest runs, they are planned nevertheless
     * and {@link #total} says so.
     *
     * @param budget for everything
     * @param runsPerRound how many implementations of how many rows
     * @param wantedRounds how many rounds, or 0 for as many as leave each run enough time: an odd number from 3 to 11
     */
    static Plan divide(Duration budget, int runsPerRound, int wantedRounds) {
        if (runsPerRound <= 0) {
            throw new IllegalArgumentException("nothing to run: " + runsPerRound);
        }
        int rounds = wantedRounds > 0 ? wantedRounds : chooseRounds(budget, runsPerRound);
        int runs = Math.multiplyExact(rounds, runsPerRound);
        Duration iterating = budget.dividedBy(runs).minus(FORK);
        long fitting = iterating.isNegative() ? 0 : iterating.dividedBy(SHORTEST_ITERATION);
        int iterations = (int) Math.max(FEWEST_ITERATIONS, Math.min(MOST_ITERATIONS, fitting));
        Duration iteration =
                fitting < FEWEST_ITERATIONS ? SHORTEST_ITERATION : Duration.ofMillis(iterating.toMillis() / iterations);
        int warmups = iterations / 2;
        Duration total = FORK.plus(iteration.multipliedBy(iterations)).multipliedBy(runs);
        return new Plan(rounds, warmups, iterations - warmups, iteration, total);
    }

    private static int chooseRounds(Duration budget, int runsPerRound) {
        long comfortable = budget.dividedBy(COMFORTABLE_RUN.multipliedBy(runsPerRound));
        int rounds = (int) Math.max(FEWEST_ROUNDS, Math.min(MOST_ROUNDS, comfortable));
        return rounds % 2 == 1 ? rounds : rounds - 1;
    }

    /** Returns who runs when in a round, counted from 0: everybody once, and each round another one first. */
    static List<String> order(List<String> implementations, int round) {
        List<String> order = new ArrayList<>(implementations);
        Collections.rotate(order, -round);
        return order;
    }
}
