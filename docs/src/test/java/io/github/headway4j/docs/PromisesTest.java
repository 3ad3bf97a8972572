// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of promises names every public class, and its proofs are there. */
final class PromisesTest {

    private static final List<String> HEADER = List.of("class", "promise", "test", "planted bug");

    /** A test, a control, or a class of them, as documents name it. */
    private static final Pattern NAMED = Pattern.compile("`(\\w+Stress(?:\\.\\w+)?|\\w+Test(?:#\\w+)?)`");

    /** One row; the first column may name several classes. */
    private record Promise(List<String> types, String promise, List<String> tests, String plantedBug) {

        /** The classes that a reader looks for: {@code Mutex} for {@code Mutex.newCondition()}. */
        Stream<String> outerTypes() {
            return types.stream().map(type -> type.replaceFirst("\\..*", ""));
        }
    }

    private final List<Promise> promises = promises();

    /** The rows of all tables of the page; each table has the same columns. */
    private static List<Promise> promises() {
        List<String> lines = Repository.read("docs/promises.md").lines().toList();
        List<Promise> parsed = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.startsWith("|")) {
                continue;
            }
            List<String> cells = cells(line);
            assertThat(cells).as(line).hasSize(HEADER.size());
            if (i == 0 || !lines.get(i - 1).startsWith("|")) {
                assertThat(cells).isEqualTo(HEADER);
            } else if (!cells.get(0).matches("-+")) {
                parsed.add(new Promise(names(cells.get(0)), cells.get(1), names(cells.get(2)), cells.get(3)));
            }
        }
        assertThat(parsed).isNotEmpty();
        return parsed;
    }

    private static List<String> names(String cell) {
        return Arrays.stream(cell.replace("`", "").split("(,|<br>)"))
                .map(String::strip)
                .toList();
    }

    /** The cells of a row; a bar within a cell is written {@code \|}. */
    private static List<String> cells(String line) {
        String inner = line.strip().replaceAll("^\\||\\|$", "");
        return Arrays.stream(inner.split("(?<!\\\\)\\|", -1)).map(String::strip).toList();
    }

    private static Set<String> publicTypes() {
        Set<String> names = new LinkedHashSet<>();
        for (String module : Repository.PUBLISHED) {
            Sources.ofModule(module)
                    .types()
                    .filter(type -> type.isPublic() && !type.name().contains("."))
                    .forEach(type -> names.add(type.name()));
        }
        return names;
    }

    @Test
    void everyRow_isComplete() {
        assertThat(promises).allSatisfy(row -> {
            assertThat(row.promise()).as(row.toString()).isNotBlank();
            assertThat(row.plantedBug()).as(row.toString()).isNotBlank();
        });
    }

    @Test
    void everyPromise_standsOnce() {
        assertThat(promises.stream().map(row -> row.types() + ": " + row.promise()))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyRow_isAboutAClassThatUsersSee() {
        assertThat(publicTypes())
                .containsAll(promises.stream().flatMap(Promise::outerTypes).toList());
    }

    @Test
    void everyPublicClass_hasARow() {
        assertThat(promises.stream().flatMap(Promise::outerTypes)).containsAll(publicTypes());
    }

    @Test
    void everyTest_isThere() {
        Sources tests = Sources.ofTests();
        List<String> problems = new ArrayList<>();
        for (Promise row : promises) {
            for (String test : row.tests()) {
                String problem = tests.problemWith(test);
                if (!problem.isEmpty()) {
                    problems.add(row.types() + ", " + row.promise() + ": " + problem);
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void everyTestOrControl_thatADocumentNames_isThere() throws IOException {
        Sources tests = Sources.ofTests();
        Set<String> problems = new LinkedHashSet<>();
        for (Path document : Repository.files(Repository.ROOT.resolve("docs"), ".md")) {
            Matcher matcher = NAMED.matcher(Files.readString(document));
            while (matcher.find()) {
                String problem = tests.problemWith(matcher.group(1));
                if (!problem.isEmpty()) {
                    problems.add(Repository.ROOT.relativize(document) + ": " + problem);
                }
            }
        }
        assertThat(problems).isEmpty();
    }
}
