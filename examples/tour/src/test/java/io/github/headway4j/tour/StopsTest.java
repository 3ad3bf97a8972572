// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each stop with the small sizes. */
class StopsTest {

    static List<String> names() {
        return Stops.all().stream().map(Stop::name).toList();
    }

    @Test
    void names_areUniqueAndEasyToType() {
        assertThat(names()).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z]+(-[a-z]+)*"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void stop_smallSizes_passesAndFitsThePage(String name) {
        Printed printed = Printed.toPipe().run(Stops.all(), "--fast", name);

        assertThat(printed.out()).contains("The naive way").doesNotContain("\u2717");
        assertThat(printed.exitCode()).isZero();
        assertThat(printed.lastLine()).isEqualTo("1 passed, 0 failed");
        assertThat(printed.lines())
                .allSatisfy(
                        line -> assertThat(line).hasSizeLessThanOrEqualTo(100).doesNotContainPattern("\\p{Cntrl}"));
    }

    @Test
    void list_fitsThePage() {
        Printed printed = Printed.toPipe().run(Stops.all(), "--list");

        assertThat(printed.out()).contains(names());
        assertThat(printed.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }
}
