// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Documents say things once, as they do not where two versions of a paragraph lie one over the other. */
final class ProseTest {

    /** Pages that the benchmarks make, row after row. */
    private static final Path RESULTS = Repository.ROOT.resolve("benchmarks/results");

    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern EVENT = Pattern.compile("headway\\.\\w+(?:Wait|Run)");

    /** So many words in a row are not written twice by chance. */
    private static final int LONG = 8;

    /** Nor so many at the beginning or at the end of lines that are neighbours. */
    private static final int SHORT = 4;

    private static final int NEIGHBOURS = 3;

    @Test
    void noDocument_saysAnythingTwice() throws Exception {
        List<String> repeated = new ArrayList<>();
        for (Path document : Repository.files(Repository.ROOT, ".md")) {
            if (document.startsWith(RESULTS)) {
                continue;
            }
            for (String words : repetitions(Files.readString(document))) {
                repeated.add(Repository.ROOT.relativize(document) + ": " + words);
            }
        }
        assertThat(repeated).isEmpty();
    }

    @Test
    void repetitions_ofAParagraphMergedTwice_areFound() {
        assertThat(repetitions(
                        "Sets: `a`, `b`, `c`, and `all` for all of them; the\nSets: `a`, `b`, `c`, `d`; the name"))
                .containsExactly("Sets: `a`, `b`, `c`,");
        assertThat(repetitions("`A` and `B` are in the package.\n`B` and `C` are in the package."))
                .containsExactly("are in the package.");
        assertThat(
                        repetitions(
                                "Each run keeps three files\nunder results: one.\n\n\n\nIt keeps three files\nunder results: two."))
                .isEmpty();
        assertThat(
                        repetitions(
                                "Each run keeps three files\nunder results: one.\n\n\n\nWhy? Each run keeps\nthree files under results: one."))
                .containsExactly("Each run keeps three files under results: one.");
    }

    @Test
    void theGuideOfAModule_namesEveryEvent() throws Exception {
        for (String module : Repository.PUBLISHED) {
            Set<String> emitted = new TreeSet<>();
            for (Path file : Repository.files(Repository.ROOT.resolve(module + "/src/main/java"), "Event.java")) {
                EVENT.matcher(Files.readString(file))
                        .results()
                        .map(MatchResult::group)
                        .forEach(emitted::add);
            }
            String guide = Repository.read("docs/" + module + ".md");
            Set<String> documented = new TreeSet<>();
            EVENT.matcher(CODE.matcher(guide).replaceAll(""))
                    .results()
                    .map(MatchResult::group)
                    .forEach(documented::add);
            assertThat(documented).as(module).isEqualTo(emitted).isNotEmpty();
        }
    }

    /** What stands twice in the text, code and tables left out. */
    private static List<String> repetitions(String text) {
        List<String[]> lines = CODE.matcher(text)
                .replaceAll("")
                .lines()
                .filter(line -> !line.startsWith("|"))
                .map(line -> line.strip().split("\\s+"))
                .toList();
        List<String> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            for (int j = Math.max(0, i - NEIGHBOURS); j < i; j++) {
                common(lines.get(j), lines.get(i), found);
            }
        }
        List<String> words = lines.stream()
                .flatMap(Arrays::stream)
                .filter(word -> !word.isEmpty())
                .toList();
        Set<List<String>> seen = new HashSet<>();
        for (int i = 0; i + LONG <= words.size(); i++) {
            List<String> run = words.subList(i, i + LONG);
            if (!seen.add(run)) {
                found.add(String.join(" ", run));
            }
        }
        return found;
    }

    private static void common(String[] one, String[] other, List<String> found) {
        if (one.length < SHORT || other.length < SHORT) {
            return;
        }
        if (Arrays.equals(one, 0, SHORT, other, 0, SHORT)) {
            found.add(String.join(" ", Arrays.copyOf(one, SHORT)));
        }
        int end = one.length - SHORT;
        int otherEnd = other.length - SHORT;
        if (Arrays.equals(one, end, one.length, other, otherEnd, other.length)) {
            found.add(String.join(" ", Arrays.copyOfRange(one, end, one.length)));
        }
    }
}
