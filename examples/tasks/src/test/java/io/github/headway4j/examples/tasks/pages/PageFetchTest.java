// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.life.Nap;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PageFetchTest {

    @Test
    void run_fetchesThrice_andListsTheLinksInOrder() throws Exception {
        AtomicInteger answers = new AtomicInteger();
        Nap latency = Nap.of(Duration.ofMillis(20));
        String page = "<p><a href='/b/c.html'>one</a> <a name=x>none</a> <a href='a.html#part'>M\u00fcller</a></p>";
        PageFetch.Result result = PageFetch.run(page, seconds -> {
            answers.incrementAndGet();
            latency.take(seconds);
        });

        assertThat(result.links()).containsExactly("/b/c.html", "/a.html");
        assertThat(result.bytes()).isEqualTo(page.length() + 1);
        assertThat(answers).hasValue(3);
        assertThat(result.first().time()).isGreaterThanOrEqualTo(Duration.ofMillis(20));
        assertThat(result.fetching().time()).isGreaterThanOrEqualTo(Duration.ofMillis(20));
        assertThat(result.parsing().time()).isPositive();
    }

    @Test
    void pageOfPackages_hasThoseOfTheJdk() {
        List<String> links = PageFetch.links(PageFetch.pageOfPackages(), URI.create("http://localhost/"));

        assertThat(links)
                .hasSizeGreaterThan(500)
                .doesNotHaveDuplicates()
                .contains("/java.base/java.util.concurrent.html", "/java.net.http/java.net.http.html");
    }

    @Test
    void main_printsBothTimes() throws Exception {
        List<String> lines = ProgramRun.linesOf(PageFetch.class, "30");

        assertThat(lines).hasSizeGreaterThan(8);
        assertThat(lines.subList(1, 4))
                .allMatch(line -> line.matches(".*: +\\d+\\.\\d ms, at work for +\\d+\\.\\d ms, that is +\\d+ %"));
        assertThat(lines.get(4)).matches("[\\d,]+ links:");
    }
}
