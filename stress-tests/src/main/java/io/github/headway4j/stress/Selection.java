// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * The tests to run.
 *
 * @param tests those of shipped classes
 * @param controls those of planted bugs
 */
record Selection(List<StressTest> tests, List<StressTest> controls) {

    /** All that are in the jar. */
    static Selection all() {
        return of(TestList.tests().stream().map(StressTest::of).toList());
    }

    static Selection of(Collection<StressTest> all) {
        return new Selection(
                all.stream()
                        .filter(test -> !test.isControl())
                        .sorted(Comparator.comparing(StressTest::name))
                        .toList(),
                all.stream()
                        .filter(StressTest::isControl)
                        .sorted(Comparator.comparing(StressTest::name))
                        .toList());
    }

    Selection filtered(@Nullable String module, @Nullable Pattern pattern) {
        return new Selection(filtered(tests, module, pattern), filtered(controls, module, pattern));
    }

    Selection withoutControls() {
        return new Selection(tests, List.of());
    }

    private static List<StressTest> filtered(
            List<StressTest> tests, @Nullable String module, @Nullable Pattern pattern) {
        return tests.stream()
                .filter(test -> module == null || module.equals(test.module()))
                .filter(test -> pattern == null || pattern.matcher(test.name()).find())
                .toList();
    }

    /** A regular expression that matches exactly the names of the given tests, as jcstress wants it. */
    static String regex(Collection<StressTest> tests) {
        return tests.stream()
                .map(test -> test.name().replace(".", "\\."))
                .collect(Collectors.joining("|", "^(?:", ")$"));
    }
}
