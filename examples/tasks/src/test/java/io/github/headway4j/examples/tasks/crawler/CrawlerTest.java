// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.crawler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.RecordedProgress;
import io.github.headway4j.examples.threads.ThreadsOfProgram;
import io.github.headway4j.examples.threads.machine.ChildJvm;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrawlerTest {
    /** The limit that stands for one after another. */
    private static final int ONE_BY_ONE = 0;

    private static final int LIMIT = 3;
    private static final Duration NEVER = Duration.ofDays(1);

    private final ModuleSite site = ModuleSite.of(ModuleFinder.ofSystem(), name -> name.startsWith("java."));
    private final List<Visit> visits = new ArrayList<>();

    @AfterEach
    void noThreadIsLeft() {
        ThreadsOfProgram.awaitEnd("crawler-"); // a thread that is used again keeps its name until its task is over
        assertThat(ThreadsOfProgram.alive("site-server")).isEmpty();
        assertThat(ThreadsOfProgram.alive("http-client")).isEmpty();
    }

    private void crawl(Browser browser, URI start, int limit) throws Exception {
        Crawl crawl = new Crawl(browser, start, visits::add);
        if (limit == ONE_BY_ONE) {
            crawl.oneByOne();
        } else {
            crawl.concurrently(limit);
        }
    }

    @Test
    void run_visitsEveryPageOnceInBothWays() throws Exception {
        RecordedProgress progress = new RecordedProgress();
        Crawler.Result result =
                Crawler.run(name -> name.startsWith("java."), Duration.ZERO, Crawler.PATIENCE, LIMIT, 1, progress);

        assertThat(result.oneByOne().mistakes()).isEmpty();
        assertThat(result.concurrent().mistakes()).isEmpty();
        assertThat(result.correct()).isTrue();
        assertThat(result.oneByOne().visits()).isEqualTo(site.pages().size() + 2);
        assertThat(result.modules() + result.packages() + 1)
                .isEqualTo(site.pages().size());
        assertThat(result.dead()).containsExactly(ModuleSite.DEAD);
        assertThat(result.tooSlow()).containsExactly(ModuleSite.SLOW);
        assertThat(result.mostRequired().get(0)).isEqualTo(new Crawler.Required("java.base", result.modules() - 1));
        progress.assertComplete();
    }

    /** The home page comes at once, the others only when as many are asked for as are allowed. */
    @Test
    void concurrently_goesToTheLimitAndNoFurther() throws Exception {
        CountDownLatch allowed = new CountDownLatch(LIMIT);
        SiteServer.Latency latency = path -> {
            if (!path.equals(ModuleSite.HOME)) {
                allowed.countDown();
                allowed.await();
            }
        };
        try (SiteServer server = SiteServer.start(site, latency);
                Browser browser = new Browser(NEVER)) {
            crawl(browser, server.addressOf(ModuleSite.HOME), LIMIT);

            assertThat(browser.takePeak()).isEqualTo(LIMIT);
            assertThat(server.takeRequested()).hasSize(visits.size()).doesNotHaveDuplicates();
        }
    }

    /** The home page comes at once, the others never. Whoever is interrupted does not wait for them. */
    @ParameterizedTest
    @ValueSource(ints = {ONE_BY_ONE, 1, LIMIT})
    void crawl_interrupted_endsAtOnceAndLeavesNoThread(int limit) throws Exception {
        AtomicInteger hanging = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        SiteServer.Latency latency = path -> {
            if (!path.equals(ModuleSite.HOME)) {
                hanging.incrementAndGet();
                never.await();
            }
        };
        try (SiteServer server = SiteServer.start(site, latency);
                Browser browser = new Browser(NEVER);
                TestThreads threads = new TestThreads()) {
            TestThread<Void> crawling =
                    threads.start("crawling", () -> crawl(browser, server.addressOf(ModuleSite.HOME), limit));
            Await.until("the requests", () -> hanging.get() == Math.max(1, limit));
            crawling.interrupt();

            assertThat(crawling.failure()).isInstanceOf(InterruptedException.class);
            assertThat(browser.underWay()).isZero();
            assertThat(hanging).hasValue(Math.max(1, limit));
        }
    }

    /** One page breaks the connection, the others never come. */
    @Test
    void concurrently_aVisitFails_endsTheOthersAndThrowsWhatItThrew() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        SiteServer.Latency latency = path -> {
            if (path.equals("/modules/java.se")) {
                throw new IllegalStateException("the connection breaks");
            }
            if (!path.equals(ModuleSite.HOME)) {
                never.await();
            }
        };
        try (SiteServer server = SiteServer.start(site, latency);
                Browser browser = new Browser(NEVER)) {
            assertThatThrownBy(() -> crawl(browser, server.addressOf(ModuleSite.HOME), LIMIT))
                    .isInstanceOf(IOException.class);
            assertThat(browser.underWay()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {ONE_BY_ONE, LIMIT})
    void crawl_noServer_failsAsTheClientDoes(int limit) throws Exception {
        SiteServer server = SiteServer.start(site, path -> {});
        URI home = server.addressOf(ModuleSite.HOME);
        server.close();
        try (Browser browser = new Browser(NEVER)) {
            assertThatThrownBy(() -> crawl(browser, home, limit)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void visit_aPageThatComesTheSecondTime_isAskedForTwice() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        SiteServer.Latency latency = path -> {
            if (requests.incrementAndGet() == 1) {
                never.await();
            }
        };
        try (SiteServer server = SiteServer.start(site, latency);
                Browser browser = new Browser(Duration.ofSeconds(2))) {
            Visit visit = browser.visit(server.addressOf(ModuleSite.HOME));

            assertThat(visit.end()).isEqualTo(Visit.End.ANSWERED);
            assertThat(visit.attempts()).isEqualTo(2);
            assertThat(server.takeRequested()).containsExactly(ModuleSite.HOME, ModuleSite.HOME);
        }
    }

    @Test
    void latency_sameSeed_isTheSame() {
        assertThat(SiteServer.Latency.millis(site, Duration.ofMillis(70), 3))
                .isEqualTo(SiteServer.Latency.millis(site, Duration.ofMillis(70), 3))
                .isNotEqualTo(SiteServer.Latency.millis(site, Duration.ofMillis(70), 4))
                .allSatisfy((path, millis) -> assertThat(millis).isBetween(10L, 70L));
    }

    // ---- what the comparison notices ----

    @Test
    void mistakes_aPageIsLostOrFoundTwiceOrHasOtherLinks_areNoticed() throws Exception {
        try (SiteServer server = SiteServer.start(site, SiteServer.Latency.random(site, Duration.ZERO, 1));
                Browser browser = new Browser(Crawler.PATIENCE)) {
            crawl(browser, server.addressOf(ModuleSite.HOME), LIMIT);
        }
        assertThat(mistakesOf(visits)).isEmpty();
        assertThat(mistakesOf(without(ModuleSite.SLOW)))
                .singleElement()
                .asString()
                .contains(ModuleSite.SLOW);
        assertThat(mistakesOf(without("/modules/java.sql")))
                .singleElement()
                .asString()
                .contains("not visited");

        Visit first = visits.get(0);
        assertThat(mistakesOf(with(first))).singleElement().asString().contains("twice");
        List<Visit> other = without(first.path());
        other.add(new Visit(first.address(), Visit.End.ANSWERED, 1, Set.of()));
        assertThat(mistakesOf(other)).singleElement().asString().contains("/modules/java.se");
        assertThat(mistakesOf(with(new Visit(first.address().resolve("/x"), Visit.End.DEAD, 1, Set.of()))))
                .containsExactly("/x is no page of the site");
    }

    @Test
    void mistakes_aPageIsAskedForTooOften_isNoticed() {
        Multiset<String> requested = HashMultiset.create();
        requested.add("/modules/java.sql", 3);
        URI address = URI.create("http://localhost/modules/java.sql");
        Set<URI> none = Set.of();

        assertThat(Comparison.mistakes(site, List.of(new Visit(address, Visit.End.ANSWERED, 2, none)), requested))
                .contains("/modules/java.sql was asked for too often, 3 times");
        assertThat(Comparison.mistakes(site, List.of(new Visit(address, Visit.End.ANSWERED, 3, none)), requested))
                .noneMatch(mistake -> mistake.contains("too often"));
    }

    private List<String> mistakesOf(List<Visit> found) {
        return Comparison.mistakes(site, found, HashMultiset.create());
    }

    private List<Visit> with(Visit visit) {
        List<Visit> more = new ArrayList<>(visits);
        more.add(visit);
        return more;
    }

    private List<Visit> without(String path) {
        List<Visit> less = new ArrayList<>(visits);
        assertThat(less.removeIf(visit -> visit.path().equals(path))).isTrue();
        return less;
    }

    @Test
    void report_mistakes_endsWith1() {
        Crawler.Way right = new Crawler.Way(3, Duration.ofMillis(9), 1, List.of());
        Crawler.Way wrong = new Crawler.Way(2, Duration.ofMillis(3), 2, List.of("a page is missing"));

        assertThat(Crawler.report(new Crawler.Result(1, 1, 4, right, wrong, 2, List.of(), List.of(), List.of())))
                .isEqualTo(1);
    }

    // ---- the program ----

    @Test
    void main_endsWithTheVerdict() throws Exception {
        assertThat(ProgramRun.linesOf(Crawler.class, "8", "5"))
                .anyMatch(line -> line.startsWith("concurrently: ") && line.endsWith("at most 8 at a time, 8 allowed"))
                .contains("dead: /modules/java.corba", "too slow: /everything")
                .endsWith("every page once, each with the links that it has");
    }

    /** The signal of Ctrl-C is SIGINT, here it is SIGTERM: both let the program's hooks run. */
    @Test
    void main_ended_stops() throws Exception {
        Process process = new ProcessBuilder(ChildJvm.command(List.of(), Crawler.class))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = process.inputReader(Charset.defaultCharset())) {
            assertThat(out.readLine()).endsWith("Ctrl-C stops at once");
            String progress = out.readLine();
            process.toHandle().destroy(); // the process itself would close the stream too

            assertThat(progress).endsWith(" %");
            assertThat(out.lines()).last().asString().startsWith("stopped after ");
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }
}
