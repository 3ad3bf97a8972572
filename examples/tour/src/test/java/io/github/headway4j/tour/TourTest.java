// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import static io.github.headway4j.tour.ScriptedStop.breaking;
import static io.github.headway4j.tour.ScriptedStop.failing;
import static io.github.headway4j.tour.ScriptedStop.passing;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Exit codes, the choice of stops, and what is printed where. */
class TourTest {
    private static final List<Stop> GOOD = List.of(passing("one"), passing("two"), passing("three"));
    private static final List<Stop> MIXED = List.of(passing("one"), failing("two"), breaking("three"), passing("four"));

    @Test
    void run_allPass_exitsWith0() {
        Printed printed = Printed.toPipe().run(GOOD);

        assertThat(printed.exitCode()).isZero();
        assertThat(printed.lastLine()).isEqualTo("3 passed, 0 failed");
        assertThat(printed.errors()).isEmpty();
        assertThat(printed.out())
                .contains("1/3  Title of one", "2/3  Title of two", "3/3  Title of three")
                .contains("Explanation of two.", "One and one were added.", "Counting on fingers takes longer.")
                .contains("\u2713 one and one is two  1 + 1");
    }

    @Test
    void run_aCheckFails_exitsWith1() {
        Printed printed = Printed.toPipe().run(List.of(failing("two")));

        assertThat(printed.exitCode()).isEqualTo(1);
        assertThat(printed.out()).contains("\u2717 one and one is two  1 + 1");
        assertThat(printed.lastLine()).isEqualTo("0 passed, 1 failed");
    }

    @Test
    void run_aStopThrows_exitsWith1AndTheTourGoesOn() {
        Printed printed = Printed.toPipe().run(MIXED);

        assertThat(printed.exitCode()).isEqualTo(1);
        assertThat(printed.out())
                .contains("IllegalStateException: the bridge is out (ScriptedStop.java:")
                .contains("caused by IllegalArgumentException: no such bridge")
                .contains("4/4  Title of four");
        assertThat(printed.lastLine()).isEqualTo("2 passed, 2 failed");
    }

    @Test
    void run_names_runsThoseOnceAndInTheirOrder() {
        Printed printed = Printed.toPipe().run(GOOD, "three", "one", "three");

        assertThat(printed.exitCode()).isZero();
        assertThat(printed.out())
                .containsSubsequence("1/2  Title of three", "2/2  Title of one")
                .doesNotContain("Title of two");
        assertThat(printed.lastLine()).isEqualTo("2 passed, 0 failed");
    }

    @Test
    void run_unknownName_exitsWith2AndListsTheNames() {
        Printed printed = Printed.toPipe().run(GOOD, "one", "zwei");

        assertThat(printed.exitCode()).isEqualTo(2);
        assertThat(printed.out()).isEmpty();
        assertThat(printed.errors()).contains("'zwei'").contains("one, two, three");
    }

    @Test
    void run_unknownOption_exitsWith2() {
        Printed printed = Printed.toPipe().run(GOOD, "--slow");

        assertThat(printed.exitCode()).isEqualTo(2);
        assertThat(printed.out()).isEmpty();
        assertThat(printed.errors()).contains("--slow");
    }

    @Test
    void list_printsNamesAndTitlesAndRunsNothing() {
        Printed printed = Printed.toPipe().run(MIXED, "--list");

        assertThat(printed.exitCode()).isZero();
        assertThat(printed.out())
                .containsSubsequence("one", "Title of one", "two", "three", "four")
                .doesNotContain("passed");
    }

    @Test
    void help_namesEveryOption() {
        Printed printed = Printed.toPipe().run(GOOD, "--help");

        assertThat(printed.exitCode()).isZero();
        assertThat(printed.out()).contains("NAME", "--list", "--fast", "--no-color");
    }

    @Test
    void fast_choosesTheSmallSizes() {
        Stop reporting = ScriptedStop.reportingItsSize(900, 7);
        assertThat(Printed.toPipe().run(List.of(reporting)).out()).contains("size 900", "full sizes");
        assertThat(Printed.toPipe().run(List.of(reporting), "--fast").out()).contains("size 7", "small sizes");
    }

    static Stream<Arguments> plainPlaces() {
        return Stream.of(
                Arguments.of("a pipe", Printed.toPipe(), new String[0]),
                Arguments.of("--no-color", Printed.toTerminal(), new String[] {"--no-color"}),
                Arguments.of("NO_COLOR", Printed.to(true, Map.of("TERM", "xterm", "NO_COLOR", "1")), new String[0]),
                Arguments.of("TERM=dumb", Printed.to(true, Map.of("TERM", "dumb")), new String[0]),
                Arguments.of("no TERM", Printed.to(true, Map.of()), new String[0]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plainPlaces")
    void run_plain_printsNoControlCharacterAndNoBar(String place, Printed printed, String[] args) {
        printed.run(MIXED, args);

        assertThat(printed.lines())
                .hasSizeGreaterThan(20)
                .allSatisfy(line -> assertThat(line).doesNotContainPattern("\\p{Cntrl}"));
        assertThat(printed.out()).doesNotContain("Working on");
    }

    @Test
    void run_onATerminal_coloursAndShowsABar() {
        Printed printed = Printed.toTerminal().run(GOOD);

        assertThat(printed.out()).contains("\u001b[", "\r", "Working on two", "50 %");
        assertThat(printed.lastLine()).isEqualTo("3 passed, 0 failed");
    }

    @Test
    void run_noColorEmpty_isAsIfNotSet() {
        Printed printed =
                Printed.to(true, Map.of("TERM", "xterm", "NO_COLOR", "")).run(GOOD);

        assertThat(printed.out()).contains("\u001b[");
    }

    @Test
    void run_characterSetWithoutTicks_printsAscii() {
        Printed printed = Printed.toAsciiPipe().run(MIXED);

        assertThat(printed.out()).contains("  + one and one is two").contains("  ! one and one is two");
        assertThat(printed.out()).doesNotContain("?").matches("\\p{ASCII}+");
    }
}
