// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every numbered behaviour of Python in the finished ranges is shown by a test, done by the JDK, or a stated deviation.
 */
final class ConformanceTest {

    private static final Pattern NUMBER = Pattern.compile("[A-Z]+[0-9]+");
    private static final Pattern RANGE = Pattern.compile("([A-Z]+)([0-9]+)(?:-([A-Z]+)([0-9]+))?");

    private record Row(String number, String kind, String reference) {}

    private final Sources tests = Sources.ofTests();
    private final List<String> lines =
            Repository.read("docs/conformance.tsv").lines().toList();
    private final List<Row> rows = rows();

    private List<Row> rows() {
        List<Row> parsed = new ArrayList<>();
        for (String line : lines) {
            if (!line.startsWith("#") && !line.isBlank()) {
                String[] columns = line.split("\t", -1);
                assertThat(columns).as(line).hasSize(3).noneMatch(String::isBlank);
                parsed.add(new Row(columns[0], columns[1], columns[2]));
            }
        }
        return parsed;
    }

    private Set<String> finished() {
        Set<String> numbers = new LinkedHashSet<>();
        for (String line : lines) {
            if (line.startsWith("# finished:")) {
                for (String range :
                        line.substring("# finished:".length()).trim().split("[ ,]+")) {
                    numbers.addAll(numbersIn(range));
                }
            }
        }
        return numbers;
    }

    private static List<String> numbersIn(String range) {
        Matcher matcher = RANGE.matcher(range);
        assertThat(matcher.matches()).as("range %s", range).isTrue();
        int first = Integer.parseInt(matcher.group(2));
        if (matcher.group(3) == null) {
            return List.of(range);
        }
        assertThat(matcher.group(3)).as("range %s", range).isEqualTo(matcher.group(1));
        int last = Integer.parseInt(matcher.group(4));
        assertThat(last).as("range %s", range).isGreaterThan(first);
        List<String> numbers = new ArrayList<>();
        for (int number = first; number <= last; number++) {
            numbers.add(matcher.group(1) + number);
        }
        return numbers;
    }

    @Test
    void manifest_isWellFormed() {
        assertThat(finished()).isNotEmpty();
        assertThat(rows).doesNotHaveDuplicates().allSatisfy(row -> {
            assertThat(row.number()).matches(NUMBER);
            assertThat(row.kind()).as(row.toString()).isIn("test", "jdk", "deviation");
        });
    }

    @Test
    void everyFinishedNumber_hasARow() {
        assertThat(rows).extracting(Row::number).containsAll(finished());
    }

    @Test
    void everyTestRow_namesATestThatCarriesTheNumber() {
        List<String> problems = new ArrayList<>();
        for (Row row : rows) {
            if (row.kind().equals("test")) {
                problems.addAll(problemsOf(row));
            }
        }
        assertThat(problems).isEmpty();
    }

    private List<String> problemsOf(Row row) {
        if (!row.reference().contains("#")) {
            return List.of(row + ": not of the form Class#method");
        }
        String problem = tests.problemWith(row.reference());
        if (!problem.isEmpty()) {
            return List.of(row + ": " + problem);
        }
        String[] parts = row.reference().split("#", 2);
        boolean carries = tests.tests(parts[0], parts[1]).stream()
                .anyMatch(test -> test.numbers().contains(row.number()));
        return carries ? List.of() : List.of(row + ": the test does not carry @Python(\"" + row.number() + "\")");
    }

    @Test
    void everyAnnotatedTest_standsInTheManifest() {
        Set<String> mapped = new LinkedHashSet<>();
        for (Row row : rows) {
            if (row.kind().equals("test")) {
                mapped.add(row.number() + " " + row.reference().replaceFirst(".*#", ""));
            }
        }
        List<String> annotated = tests.types()
                .flatMap(type -> type.methods().stream())
                .flatMap(test -> test.numbers().stream().map(number -> number + " " + test.name()))
                .toList();
        assertThat(mapped).containsAll(annotated);
    }

    @Test
    void everyJdkRow_namesAClassOrMethodOfTheJdk() {
        assertThat(rows).filteredOn(row -> row.kind().equals("jdk")).allSatisfy(row -> {
            String[] parts = row.reference().split("#", 2);
            Class<?> type = Class.forName(parts[0]);
            assertThat(type.getModule().getName()).startsWith("java.");
            if (parts.length == 2) {
                assertThat(Arrays.stream(type.getMethods()).map(java.lang.reflect.Method::getName))
                        .contains(parts[1]);
            }
        });
    }

    @Test
    void deviations_areTheSameInTheManifestAndInTheGuide() {
        String guide = Repository.read("docs/coming-from-python.md");
        int start = guide.indexOf("\n## Deviations");
        assertThat(start).as("section Deviations").isPositive();
        int end = guide.indexOf("\n## ", start + 1);
        String section = guide.substring(start, end < 0 ? guide.length() : end);
        Set<String> explained = new LinkedHashSet<>();
        Matcher matcher = Pattern.compile("\\b[A-Z]{1,3}[0-9]+\\b").matcher(section);
        while (matcher.find()) {
            explained.add(matcher.group());
        }
        List<String> claimed = rows.stream()
                .filter(row -> row.kind().equals("deviation"))
                .map(Row::number)
                .distinct()
                .toList();
        assertThat(explained).containsExactlyInAnyOrderElementsOf(claimed);
    }
}
