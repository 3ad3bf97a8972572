// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void of_oddCount_takesTheMiddleFigure() {
        assertThat(Spread.of(9, 1, 5)).isEqualTo(new Spread(5, 1, 9));
    }

    @Test
    void of_evenCount_takesTheMeanOfTheTwoInTheMiddle() {
        assertThat(Spread.of(4, 1, 100, 2)).isEqualTo(new Spread(3, 1, 100));
    }

    @Test
    void of_missingFigures_leavesThemOut() {
        assertThat(Spread.of(Double.NaN, 7, Double.NaN)).isEqualTo(new Spread(7, 7, 7));
    }

    @Test
    void of_nothing_isNotANumber() {
        Spread spread = Spread.of();

        assertThat(spread.median()).isNaN();
        assertThat(spread.min()).isNaN();
        assertThat(spread.max()).isNaN();
    }
}
