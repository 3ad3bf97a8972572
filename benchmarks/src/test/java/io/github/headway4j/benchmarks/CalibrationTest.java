// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CalibrationTest {
    @Test
    void parse_warningsAround_findsTheFigures() {
        assertThat(Calibration.parse("WARNING: something 5\n55 50.25\n")).isEqualTo(new Calibration(55, 50.25));
    }

    @Test
    void parse_nothingPrinted_isRefused() {
        assertThatThrownBy(() -> Calibration.parse("WARNING: something\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("WARNING: something");
    }

    @Test
    void find_anyTime_comesAsCloseAsTokensCan() {
        for (int wanted : new int[] {5, 50, 51, 52, 2_000}) {
            Calibration found = Calibration.find(wanted, tokens -> 3 + 2 * tokens);
            assertThat(found.nanos()).isBetween(wanted - 1.0, wanted + 1.0);
            assertThat(found.tokens()).isEqualTo(Math.round((found.nanos() - 3) / 2));
        }
    }

    @Test
    void find_moreThanAllTokensTake_takesAll() {
        assertThat(Calibration.find(1e9, tokens -> tokens).tokens()).isEqualTo(4096);
    }

    @Test
    void measure_tellsTokensAndTheirTime() {
        Calibration measured = Calibration.measure(Calibration.WORK_NANOS);
        assertThat(measured.tokens()).isBetween(1L, 4096L);
        assertThat(measured.nanos()).isPositive();
    }
}
