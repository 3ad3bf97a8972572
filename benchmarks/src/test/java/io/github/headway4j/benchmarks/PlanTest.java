// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {
    @ParameterizedTest
    @CsvSource({"600, 4, 0", "600, 5, 0", "900, 21, 0", "900, 50, 0", "180, 4, 7", "3600, 4, 0", "60, 4, 3"})
    void divide_enoughTime_usesNearlyAllOfTheBudgetAndNoMore(long seconds, int runsPerRound, int wantedRounds) {
        Duration budget = Duration.ofSeconds(seconds);

        Plan plan = Plan.divide(budget, runsPerRound, wantedRounds);

        assertThat(plan.total()).isLessThanOrEqualTo(budget);
        assertThat(plan.total()).isGreaterThan(budget.multipliedBy(95).dividedBy(100));
    }

    @ParameterizedTest
    @CsvSource({"600, 4, 11", "180, 4, 7", "180, 5, 5", "180, 9, 3", "180, 21, 3", "1, 1, 3", "36000, 1, 11"})
    void divide_roundsLeftOpen_choosesAnOddNumberAsTimeAllows(long seconds, int runsPerRound, int rounds) {
        assertThat(Plan.divide(Duration.ofSeconds(seconds), runsPerRound, 0).rounds())
                .isEqualTo(rounds);
    }

    @Test
    void divide_roundsWanted_keepsThem() {
        assertThat(Plan.divide(Duration.ofMinutes(3), 4, 2).rounds()).isEqualTo(2);
    }

    @Test
    void divide_budgetTooSmall_plansTheShortestRunsAndSaysWhatTheyTake() {
        Plan plan = Plan.divide(Duration.ofSeconds(1), 10, 3);

        assertThat(plan.iteration()).isEqualTo(Duration.ofMillis(400));
        assertThat(plan.warmups() + plan.measurements()).isEqualTo(8);
        assertThat(plan.total())
                .isEqualTo(Plan.FORK.plus(Duration.ofMillis(3_200)).multipliedBy(30));
    }

    @Test
    void divide_nothingToRun_isRefused() {
        assertThatThrownBy(() -> Plan.divide(Duration.ofMinutes(3), 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }

    @Test
    void order_overAsManyRoundsAsImplementations_putsEachFirstOnce() {
        List<String> implementations = List.of("A", "B", "C", "D");
        Set<String> first = new HashSet<>();

        for (int round = 0; round < 4; round++) {
            List<String> order = Plan.order(implementations, round);
            assertThat(order).containsExactlyInAnyOrderElementsOf(implementations);
            first.add(order.get(0));
        }

        assertThat(first).containsExactlyInAnyOrderElementsOf(implementations);
    }
}
