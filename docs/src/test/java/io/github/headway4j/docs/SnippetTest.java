// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Java samples in the documents are copies of code that compiles, and links between files lead somewhere. */
final class SnippetTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\R(.*?)^```$");
    private static final Pattern REGION = Pattern.compile("(?ms)^ *// snippet: ([a-z0-9-]+)\\R(.*?)^ *// end$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

    private static List<Path> documents() {
        return Repository.files(Repository.ROOT, ".md");
    }

    private static Map<String, String> regions() throws Exception {
        Map<String, String> regions = new LinkedHashMap<>();
        for (Path file : Repository.files(Repository.ROOT.resolve("docs/src/test/java"), ".java")) {
            Matcher matcher = REGION.matcher(Files.readString(file));
            while (matcher.find()) {
                String previous = regions.put(
                        matcher.group(1), matcher.group(2).stripTrailing().stripIndent() + "\n");
                assertThat(previous)
                        .as("snippet %s appears twice", matcher.group(1))
                        .isNull();
            }
        }
        return regions;
    }

    @Test
    void everyJavaBlock_isARegionThatCompiles() throws Exception {
        Map<String, String> regions = regions();
        for (Path document : documents()) {
            Matcher matcher = BLOCK.matcher(Files.readString(document));
            while (matcher.find()) {
                assertThat(regions.containsValue(matcher.group(1)))
                        .as("a Java block of %s is a region:%n%s", document, matcher.group(1))
                        .isTrue();
            }
        }
    }

    @Test
    void everyRegion_isShownSomewhere() throws Exception {
        StringBuilder all = new StringBuilder();
        for (Path document : documents()) {
            all.append(Files.readString(document));
        }
        assertThat(regions().entrySet())
                .allSatisfy(region -> assertThat(all.indexOf("```java\n" + region.getValue() + "```"))
                        .as(region.getKey())
                        .isNotNegative());
    }

    @Test
    void theReadme_showsItsSample() throws Exception {
        assertThat(Repository.read("README.md"))
                .contains("```java\n" + regions().get("readme") + "```");
    }

    @Test
    void theReadmesSample_keepsTheSum() throws Exception {
        Bank bank = new Bank();
        bank.balances.putAll(Map.of("a", 1_000L, "b", 1_000L));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> transfers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                boolean forth = i % 2 == 0;
                transfers.add(threads.submit(() -> bank.transfer(forth ? "a" : "b", forth ? "b" : "a", 3)));
            }
            for (Future<?> transfer : transfers) {
                transfer.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(bank.balances).containsOnly(Map.entry("a", 1_000L), Map.entry("b", 1_000L));
        assertThat(bank.accounts.size()).isZero();
        assertThat(bank.tellers.availablePermits()).isEqualTo(4);
    }

    @Test
    void everyLocalLink_leadsToAFileAndAHeading() throws Exception {
        List<String> dangling = new ArrayList<>();
        for (Path document : documents()) {
            Matcher matcher = LINK.matcher(Files.readString(document));
            while (matcher.find()) {
                String target = matcher.group(1);
                if (target.matches("[a-z]+:.*")) {
                    continue;
                }
                Path file = target.isEmpty() ? document : document.resolveSibling(target);
                String heading = matcher.group(2);
                if (!Files.exists(file) || heading != null && !anchors(file).contains(heading)) {
                    dangling.add(Repository.ROOT.relativize(document) + " -> " + matcher.group());
                }
            }
        }
        assertThat(dangling).isEmpty();
    }

    /** What headings are called in links: small letters, digits and hyphens. */
    private static List<String> anchors(Path document) throws Exception {
        String prose = FENCE.matcher(Files.readString(document)).replaceAll("");
        return HEADING.matcher(prose)
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
