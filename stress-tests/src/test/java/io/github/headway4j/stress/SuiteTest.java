// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestList;

/** What every test of the suite owes. */
class SuiteTest {

    private static final Selection ALL = Selection.all();

    @Test
    void suite_hasTestsAndControls() {
        assertThat(ALL.tests()).isNotEmpty();
        assertThat(ALL.controls()).isNotEmpty();
    }

    @Test
    void everyTest_statesAPromiseAndForbidsAnOutcome() {
        for (StressTest test : ALL.tests()) {
            TestInfo info = TestList.getInfo(test.name());
            assertThat(test.shortName()).as(test.name()).contains("Stress.Actual");
            assertThat(test.promise()).as(test.name()).isNotBlank();
            // either some outcomes, or by a case without an id all that the others do not name
            assertThat(Stream.concat(info.cases().stream(), Stream.of(info.unmatched())))
                    .as(test.name())
                    .anyMatch(c ->
                            c.expect() == Expect.FORBIDDEN && !c.description().startsWith("No default case"));
            assertThat(info.cases()).as(test.name()).anyMatch(c -> c.expect() == Expect.ACCEPTABLE);
            assertThat(info.cases()).as(test.name()).noneMatch(c -> c.expect() == Expect.ACCEPTABLE_INTERESTING);
            assertThat(info.unmatched().expect()).as(test.name()).isEqualTo(Expect.FORBIDDEN);
        }
    }

    @Test
    void everyControl_saysWhichOutcomeItMustShow() {
        for (StressTest control : ALL.controls()) {
            TestInfo info = TestList.getInfo(control.name());
            assertThat(control.promise()).as(control.name()).isNotBlank();
            boolean named = info.cases().stream().anyMatch(c -> c.expect() == Expect.ACCEPTABLE_INTERESTING);
            boolean rest = info.unmatched().expect() == Expect.ACCEPTABLE_INTERESTING;
            assertThat(named || rest).as(control.name()).isTrue();
        }
    }

    @Test
    void everyTest_hasAControlBesideIt_andTheOtherWayRound() {
        Set<String> controls = ALL.controls().stream().map(StressTest::name).collect(Collectors.toSet());
        Set<String> wanted = ALL.tests().stream()
                .map(test -> test.name()
                        .replaceFirst("\\.Actual(?:Fair|Unbounded|Lifo|Priority|Key|Relaxed|Deque)?", ".Broken"))
                .collect(Collectors.toSet());
        assertThat(controls).isEqualTo(wanted);
    }

    @Test
    void everyTest_usesTheShippedClass_andNoControlDoes() throws IOException {
        Pattern shipped = Pattern.compile("io/github/headway4j/(?!stress/)\\w+/\\w+");
        Pattern viaHelper = Pattern.compile("io/github/headway4j/stress/\\w+/WaitQueueStress\\$Gate");
        Pattern heldOnly = Pattern.compile("io/github/headway4j/primitives/Held\\b");
        for (StressTest test : ALL.tests()) {
            String code = bytes(test);
            assertThat(shipped.matcher(code).find() || viaHelper.matcher(code).find())
                    .as(test.name())
                    .isTrue();
        }
        for (StressTest control : ALL.controls()) {
            String code = heldOnly.matcher(bytes(control)).replaceAll("");
            assertThat(shipped.matcher(code).find()).as(control.name()).isFalse();
        }
    }

    @Test
    void everyTest_canBeScheduledOnTwoProcessors() {
        assertThat(ALL.tests()).allMatch(test -> test.actors() == 2);
        assertThat(ALL.controls()).allMatch(test -> test.actors() == 2);
    }

    @Test
    void selection_byModuleAndPattern() {
        for (String module : Set.of("primitives", "queues", "scheduler", "tasks", "processes")) {
            assertThat(ALL.filtered(module, null).tests())
                    .isNotEmpty()
                    .allMatch(test -> test.module().equals(module));
        }
        assertThat(ALL.filtered("elsewhere", null).tests()).isEmpty();
        Selection mutex = ALL.filtered("primitives", Pattern.compile("MutexStress\\.\\w+OneWinner$"));
        assertThat(mutex.tests()).extracting(StressTest::shortName).containsExactly("MutexStress.ActualOneWinner");
        assertThat(mutex.controls()).extracting(StressTest::shortName).containsExactly("MutexStress.BrokenOneWinner");
        assertThat(mutex.withoutControls().controls()).isEmpty();
    }

    @Test
    void regex_matchesTheSelectedAndNothingElse() {
        Selection mutex = ALL.filtered(null, Pattern.compile("MutexStress"));
        Pattern regex = Pattern.compile(Selection.regex(mutex.tests()));
        for (String name : TestList.tests()) {
            boolean selected =
                    mutex.tests().stream().anyMatch(test -> test.name().equals(name));
            assertThat(regex.matcher(name).find()).as(name).isEqualTo(selected);
        }
    }

    /** The class file as text, in which names of classes are readable. */
    private static String bytes(StressTest test) throws IOException {
        String file = "/" + TestList.getInfo(test.name()).binaryName().replace('.', '/') + ".class";
        try (InputStream in = SuiteTest.class.getResourceAsStream(file)) {
            assertThat(in).as(file).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
