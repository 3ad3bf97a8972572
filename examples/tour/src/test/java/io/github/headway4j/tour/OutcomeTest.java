// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks and tables. */
class OutcomeTest {

    @Test
    void build_withoutACheck_isRefused() {
        Outcome.Builder builder = Outcome.showing("nothing");
        assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void passed_oneCheckFails_isFalse() {
        Outcome.Builder builder = Outcome.showing("sums").check("right", true, "");
        assertThat(builder.build().passed()).isTrue();
        assertThat(builder.check("wrong", false, "").build().passed()).isFalse();
    }

    @Test
    void grid_aCellIsMissing_isRefused() {
        List<List<String>> rows = List.of(List.of("1", "2"), List.of("3"));
        assertThatThrownBy(() -> new Grid("", List.of("A", "B"), rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 cells")
                .hasMessageContaining("[3]");
    }

    @Test
    void isNumeric_numbersWithUnits() {
        Grid grid = new Grid(
                "",
                List.of("Time", "Name", "Ratio"),
                List.of(List.of("1.2 s", "12: x", "-3 %"), List.of("4 ms", "b", "")));
        assertThat(grid.isNumeric(0)).isTrue();
        assertThat(grid.isNumeric(1)).isFalse();
        assertThat(grid.isNumeric(2)).isTrue();
        assertThat(grid.width(0)).isEqualTo(5);
    }
}
