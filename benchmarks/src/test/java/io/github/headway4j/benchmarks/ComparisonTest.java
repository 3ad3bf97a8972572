// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Offset<Double> CLOSE = Offset.offset(1e-9);

    private static List<Comparison> compare(String... entries) {
        return Comparison.of(JmhResults.measurements(CannedResults.of(entries)));
    }

    @Test
    void of_severalRounds_comparesMediansAndKeepsTheRatiosOfRounds() {
        List<Comparison> comparisons = compare(
                CannedResults.handOff("HEADWAY", 100),
                CannedResults.handOff("SEMAPHORE", 50),
                CannedResults.handOff("SEMAPHORE", 40),
                CannedResults.handOff("HEADWAY", 120),
                CannedResults.handOff("HEADWAY", 110),
                CannedResults.handOff("SEMAPHORE", 10));

        assertThat(comparisons).singleElement().satisfies(comparison -> {
            assertThat(comparison.ours().ratioTo(comparison.rival())).isCloseTo(110.0 / 40, CLOSE);
            assertThat(comparison.ours().ratiosByRound(comparison.rival()))
                    .containsExactly(new double[] {2, 3, 11}, CLOSE);
            assertThat(comparison.rival().throughput()).isEqualTo(new Spread(40, 10, 50));
        });
    }

    @Test
    void rival_goalNamesOnePeer_isThatPeerAndNotTheBest() {
        Comparison comparison = compare(
                        CannedResults.handOff("HEADWAY", 100),
                        CannedResults.handOff("SEMAPHORE", 4),
                        CannedResults.handOff("SYNCHRONOUS_QUEUE", 80))
                .get(0);

        assertThat(comparison.rival().name()).isEqualTo("SEMAPHORE");
        assertThat(comparison.bestPeer().name()).isEqualTo("SYNCHRONOUS_QUEUE");
        assertThat(comparison.margin()).isCloseTo(25.0 / 20, CLOSE);
        assertThat(comparison.isLosing()).isFalse();
    }

    @Test
    void of_twoOfOurs_comparesEachWithThePeersOnly() {
        List<Comparison> comparisons = compare(
                CannedResults.mutex("HEADWAY_HOLD", 10, 0, 100),
                CannedResults.mutex("HEADWAY_LOCK", 10, 0, 300),
                CannedResults.mutex("REENTRANT_LOCK", 10, 0, 200));

        assertThat(comparisons)
                .extracting(comparison -> comparison.ours().name())
                .containsExactly("HEADWAY_HOLD", "HEADWAY_LOCK");
        assertThat(comparisons)
                .allSatisfy(comparison -> assertThat(comparison.peers())
                        .extracting(Contender::name)
                        .containsExactly("REENTRANT_LOCK"));
    }

    @Test
    void of_severalRows_putsLosingRowsFirstAndTheWorstOnTop() {
        List<Comparison> comparisons = compare(
                // reached with 1.25 x what is needed
                CannedResults.handOff("HEADWAY", 100),
                CannedResults.handOff("SEMAPHORE", 4),
                // missed: 0.5 x
                CannedResults.contended("HEADWAY", 1, 100, 1, 50),
                CannedResults.contended("SEMAPHORE", 1, 100, 1, 100),
                // fast enough, but too much processor time
                CannedResults.contended("HEADWAY", 2, 300, 1, 110),
                CannedResults.contended("SEMAPHORE", 2, 100, 1, 100),
                // missed: 0.2 x
                CannedResults.mutex("HEADWAY_HOLD", 10, 0, 10),
                CannedResults.mutex("REENTRANT_LOCK", 10, 0, 50));

        assertThat(comparisons)
                .extracting(comparison -> comparison.row().name())
                .containsExactly(
                        "mutex-uncontended",
                        "semaphore-unfair-bound1-2t",
                        "semaphore-unfair-bound2-2t",
                        "hand-off-round-trip");
        assertThat(comparisons.get(2).shortfalls()).containsExactly("CPU 3.00 x");
    }

    @Test
    void shortfalls_allocation_isMissedEvenWhereFaster() {
        Comparison comparison = compare(
                        CannedResults.mutex("HEADWAY_HOLD", 10, 16, 100),
                        CannedResults.mutex("REENTRANT_LOCK", 10, 0, 50))
                .get(0);

        assertThat(comparison.shortfalls()).containsExactly("allocates 16.0 B");
    }

    @Test
    void shortfalls_unevenShares_areMissedEvenWhereFaster() {
        Comparison comparison = compare(
                        CannedResults.contended("HEADWAY_FAIR", 1, 10, 0.5, 100),
                        CannedResults.contended("SEMAPHORE_FAIR", 1, 10, 1, 10))
                .get(0);

        assertThat(comparison.shortfalls()).containsExactly("shares 0.50");
    }

    @Test
    void shortfalls_figureThatWasNotReported_countsAsMissed() {
        Comparison comparison = compare(
                        CannedResults.entry(
                                "MutexBenchmark.uncontended", 1, "\"implementation\":\"HEADWAY_HOLD\"", "", 100),
                        CannedResults.mutex("REENTRANT_LOCK", 10, 0, 50))
                .get(0);

        assertThat(comparison.isLosing()).isTrue();
        assertThat(comparison.shortfalls()).hasSize(1);
    }

    @Test
    void roundsReached_countsRoundsAtOrAboveTheGoal() {
        Comparison comparison = compare(
                        CannedResults.handOff("HEADWAY", 100),
                        CannedResults.handOff("HEADWAY", 100),
                        CannedResults.handOff("HEADWAY", 100),
                        CannedResults.handOff("SEMAPHORE", 5),
                        CannedResults.handOff("SEMAPHORE", 4),
                        CannedResults.handOff("SEMAPHORE", 6))
                .get(0);

        assertThat(comparison.roundsReached()).isEqualTo(2);
    }

    @Test
    void shortfalls_slowerThanThePeer_butFastEnough() {
        assertThat(startsOfPools(3.9).shortfalls()).containsExactly("throughput");
        assertThat(startsOfPools(3.9).roundsReached()).isZero();
        assertThat(startsOfPools(4).shortfalls()).isEmpty();
        assertThat(startsOfPools(4).roundsReached()).isEqualTo(1);
    }

    private static Comparison startsOfPools(double perSecond) {
        String benchmark = "ProcessStartBenchmark.start";
        return compare(
                        CannedResults.entry(benchmark, 1, "\"implementation\":\"HEADWAY\"", "", perSecond),
                        CannedResults.entry(benchmark, 1, "\"implementation\":\"PLAIN_JVMS\"", "", 10))
                .get(0);
    }

    @Test
    void of_noPeerMeasured_comparesNothing() {
        assertThat(compare(CannedResults.handOff("HEADWAY", 100))).isEmpty();
    }
}
