// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.crawler;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import com.google.common.collect.Multisets;
import com.google.common.collect.Sets;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Crawls a site in both ways, and compares what was found with what is there. */
final class Comparison {
    private static final int MOST_REQUIRED = 5;
    private static final int HALF = 50;

    private final ModuleSite site;
    private final SiteServer server;
    private final Browser browser;
    private final int limit;
    private final IntConsumer progress;

    /** A way to crawl. */
    private interface Crawling {
        void run(Crawl crawl) throws Exception;
    }

    Comparison(ModuleSite site, SiteServer server, Browser browser, int limit, IntConsumer progress) {
        this.site = site;
        this.server = server;
        this.browser = browser;
        this.limit = limit;
        this.progress = progress;
    }

    /** Does the work of {@link Crawler#run} against a running server. */
    Crawler.Result run() throws Exception {
        browser.visit(server.addressOf(ModuleSite.HOME)); // the first visit takes longer; neither way shall pay for it
        Crawler.Way oneByOne = crawl(0, new ArrayList<>(), Crawl::oneByOne);
        List<Visit> visits = new ArrayList<>();
        Crawler.Way concurrent = crawl(HALF, visits, crawl -> crawl.concurrently(limit));
        progress.accept(100);
        long modules = visits.stream().filter(Comparison::isModule).count();
        return new Crawler.Result(
                (int) modules,
                (int) (answered(visits) - modules - 1), // and the home page
                visits.stream().mapToInt(visit -> visit.links().size()).sum(),
                oneByOne,
                concurrent,
                limit,
                paths(visits, Visit.End.DEAD),
                paths(visits, Visit.End.TOO_SLOW),
                mostRequired(visits));
    }

    private Crawler.Way crawl(int percent, List<Visit> visits, Crawling crawling) throws Exception {
        int all = site.pages().size() + 2; // and the dead link, and the slow page
        URI home = server.addressOf(ModuleSite.HOME);
        server.takeRequested();
        browser.takePeak();
        long start = System.nanoTime();
        crawling.run(new Crawl(browser, home, visit -> {
            visits.add(visit);
            progress.accept(percent + Math.min(HALF, HALF * visits.size() / all));
        }));
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return new Crawler.Way(
                visits.size(), elapsed, browser.takePeak(), mistakes(site, visits, server.takeRequested()));
    }

    /**
     * Finds out what is wrong.
     *
     * @param site what there is
     * @param visits what was found
     * @param requested what the server was asked for
     * @return the mistakes, a sentence each
     */
    static List<String> mistakes(ModuleSite site, List<Visit> visits, Multiset<String> requested) {
        List<String> mistakes = new ArrayList<>();
        Map<String, Visit> found = new HashMap<>();
        for (Visit visit : visits) {
            if (found.put(visit.path(), visit) != null) {
                mistakes.add(visit.path() + " was visited twice");
            }
        }
        for (Multiset.Entry<String> entry : requested.entrySet()) {
            Visit visit = found.get(entry.getElement());
            if (visit == null || entry.getCount() > visit.attempts()) {
                mistakes.add(entry.getElement() + " was asked for too often, " + entry.getCount() + " times");
            }
        }
        site.pages().forEach((path, links) -> {
            Visit visit = found.remove(path);
            if (visit == null || visit.end() != Visit.End.ANSWERED) {
                mistakes.add(path + " is there, but was " + (visit == null ? "not visited" : visit.end()));
            } else if (!visit.linkedPaths().equals(links)) {
                mistakes.add(path + " has other links: " + Sets.symmetricDifference(visit.linkedPaths(), links));
            }
        });
        expect(Visit.End.DEAD, ModuleSite.DEAD, found.remove(ModuleSite.DEAD), mistakes);
        expect(Visit.End.TOO_SLOW, ModuleSite.SLOW, found.remove(ModuleSite.SLOW), mistakes);
        found.keySet().forEach(path -> mistakes.add(path + " is no page of the site"));
        return mistakes;
    }

    private static void expect(Visit.End end, String path, @Nullable Visit visit, List<String> mistakes) {
        if (visit == null || visit.end() != end) {
            mistakes.add(path + " should be " + end + ", but was " + (visit == null ? "not visited" : visit.end()));
        }
    }

    private static boolean isModule(Visit visit) {
        return visit.end() == Visit.End.ANSWERED && ModuleSite.isModule(visit.path());
    }

    private static long answered(List<Visit> visits) {
        return visits.stream()
                .filter(visit -> visit.end() == Visit.End.ANSWERED)
                .count();
    }

    private static List<String> paths(List<Visit> visits, Visit.End end) {
        return visits.stream()
                .filter(visit -> visit.end() == end)
                .map(Visit::path)
                .toList();
    }

    private static List<Crawler.Required> mostRequired(List<Visit> visits) {
        Multiset<String> required = HashMultiset.create();
        visits.stream()
                .filter(Comparison::isModule)
                .flatMap(visit -> visit.linkedPaths().stream())
                .filter(ModuleSite::isModule)
                .forEach(required::add);
        return Multisets.copyHighestCountFirst(required).entrySet().stream()
                .limit(MOST_REQUIRED)
                .map(entry -> new Crawler.Required(ModuleSite.nameOf(entry.getElement()), entry.getCount()))
                .toList();
    }
}
