// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How numbers and paragraphs are written. */
class WordsTest {

    @Test
    void count_separatesThousands() {
        assertThat(Words.count(0)).isEqualTo("0");
        assertThat(Words.count(-1_234_567)).isEqualTo("-1,234,567");
    }

    @Test
    void decimals_areAsManyAsAsked() {
        assertThat(Words.decimals(3.996, 2)).isEqualTo("4.00");
        assertThat(Words.decimals(-0.25, 1)).isEqualTo("-0.3");
    }

    @Test
    void time_hasTwoOrThreeDigits() {
        assertThat(Words.time(Duration.ofNanos(1_449_000))).isEqualTo("1.4 ms");
        assertThat(Words.time(Duration.ofNanos(9_960_000))).isEqualTo("10 ms");
        assertThat(Words.time(Duration.ofMillis(999))).isEqualTo("999 ms");
        assertThat(Words.time(Duration.ofNanos(999_600_000))).isEqualTo("1.0 s");
        assertThat(Words.time(Duration.ofMillis(61_230))).isEqualTo("61.2 s");
    }

    @Test
    void bytes_areInTheUnitThatFits() {
        assertThat(Words.bytes(1_023)).isEqualTo("1,023 B");
        assertThat(Words.bytes(1_536)).isEqualTo("1.5 KiB");
        assertThat(Words.bytes(3_000_000_000L)).isEqualTo("2,861.0 MiB");
    }

    @Test
    void percentAndTimes_areRounded() {
        assertThat(Words.percent(1, 3)).isEqualTo("33.3 %");
        assertThat(Words.percent(0, 0)).isEqualTo("0.0 %");
        assertThat(Words.times(Duration.ofMillis(90), Duration.ofMillis(40))).isEqualTo("2.3 times");
        assertThat(Words.times(Duration.ofNanos(5), Duration.ZERO)).isEqualTo("5.0 times");
    }

    @Test
    void wrap_breaksAtBlanksAndLeavesLongWordsAlone() {
        assertThat(Words.wrap(" one two  three abcdefghijkl four", 9))
                .containsExactly("one two", "three", "abcdefghijkl", "four");
        assertThat(Words.wrap("", 9)).containsExactly("");
    }

    @Test
    void comparison_saysWhichWayWasSlower() {
        Duration second = Duration.ofSeconds(1);
        Duration two = Duration.ofSeconds(2);
        assertThat(Words.comparison("One", two, "two", second)).isEqualTo("One takes 2.0 times as long as two");
        assertThat(Words.comparison("One", second, "two", two))
                .isEqualTo("One was as fast as two this time: 1.0 s and 2.0 s");
    }
}
