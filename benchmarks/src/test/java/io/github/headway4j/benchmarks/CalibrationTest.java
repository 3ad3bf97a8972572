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
    void measure_longerWork_needsMoreTokens() {
        assertThat(Calibration.measure(2000).tokens())
                .isGreaterThan(Calibration.measure(50).tokens());
    }
}
