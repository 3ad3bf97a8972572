// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of the examples lists the programs that are there, each with a command that runs it and a test. */
final class ExamplesTest {

    private static final Path EXAMPLES = Repository.ROOT.resolve("examples");
    private static final Pattern ROW = Pattern.compile(
            "\\| ((?:\\d+(?:, \\d+)* )?)\\| (\\S[^|]*) \\| \\[`(\\w+)`]\\(([^)]+)\\) \\| `examples/run ([a-z0-9-]+)` \\|");
    private static final Pattern MAIN = Pattern.compile("public static void main\\(String\\[] args\\)");

    private record Row(String number, String purpose, String name, String file, String command) {
        List<Integer> numbers() {
            return Stream.of(number.split("[ ,]+"))
                    .filter(text -> !text.isEmpty())
                    .map(Integer::valueOf)
                    .toList();
        }
    }

    private final List<Row> rows = rows();

    private static List<Row> rows() {
        List<Row> parsed = new ArrayList<>();
        List<String> lines = Repository.read("examples/README.md")
                .lines()
                .filter(line -> line.startsWith("|"))
                .toList();
        for (String line : lines.subList(2, lines.size())) {
            Matcher matcher = ROW.matcher(line);
            assertThat(matcher.matches()).as(line).isTrue();
            parsed.add(
                    new Row(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4), matcher.group(5)));
        }
        return parsed;
    }

    @Test
    void table_listsThePrograms_andNothingElse() throws IOException {
        List<String> programs = new ArrayList<>();
        for (Path file : Repository.files(EXAMPLES, ".java")) {
            String path = EXAMPLES.relativize(file).toString().replace('\\', '/');
            String code = Files.readString(file);
            if (path.matches("(?!tour/)\\w+/src/main/.*")
                    && MAIN.matcher(code).find()
                    && code.contains("\npublic final class ")) {
                programs.add(path);
            }
        }
        assertThat(rows).extracting(Row::file).containsExactlyInAnyOrderElementsOf(programs);
        assertThat(rows).allMatch(row -> row.file().endsWith("/" + row.name() + ".java"));
    }

    @Test
    void numbersAndCommands_areInOrderAndNotTwice() {
        assertThat(rows.stream().map(Row::numbers).flatMap(List::stream))
                .isSorted()
                .allMatch(number -> number >= 1 && number <= 62);
        assertThat(rows).extracting(Row::command).doesNotHaveDuplicates();
    }

    @Test
    void everyProgram_hasATest_thatRunsIt() {
        for (Row row : rows) {
            Path folder = EXAMPLES.resolve(row.file().replace("/src/main/", "/src/test/"))
                    .getParent();
            Pattern run = Pattern.compile("\\bProgramRun\\s*\\.\\w+\\([^;]*\\b" + row.name() + "\\.class\\b");
            assertThat(Repository.files(folder, "Test.java"))
                    .as("tests of %s", row.name())
                    .anySatisfy(test -> assertThat(Files.readString(test)).containsPattern(run));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".*", "a/b", "daemo"})
    void script_unknownName_listsThoseThatItKnows(String name) throws IOException, InterruptedException {
        Process script = new ProcessBuilder("bash", EXAMPLES.resolve("run").toString(), name)
                .redirectErrorStream(true)
                .start();
        String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said)
                .startsWith("usage: examples/run NAME")
                .contains(rows.get(0).command());
        assertThat(script.waitFor()).isEqualTo(2);
    }

    @Test
    void script_knowsEveryName() throws IOException, InterruptedException {
        Process script = new ProcessBuilder("bash", EXAMPLES.resolve("run").toString(), "--list")
                .redirectErrorStream(true)
                .start();
        String listed = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(script.waitFor()).as(listed).isZero();
        assertThat(listed.lines())
                .containsExactlyElementsOf(rows.stream().map(Row::command).toList());
    }

    @Test
    void readme_linksTheTable() {
        assertThat(Repository.read("README.md")).contains("](examples/README.md)");
    }
}
