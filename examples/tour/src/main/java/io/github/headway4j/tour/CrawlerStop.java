// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.tasks.crawler.Crawler;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A web site about the modules of the running Java, crawled page after page and in a scope with a limit. */
final class CrawlerStop implements Stop {
    private static final long SEED = 6;

    @Override
    public String name() {
        return "crawler";
    }

    @Override
    public String title() {
        return "Web crawler";
    }

    @Override
    public String explanation() {
        return "A web site with a page for each module and each package of the running Java, crawled page after page,"
                + " and then in a TaskScope that lets " + Crawler.LIMIT + " visits run. One link is dead, and one page"
                + " never comes: a time-out gives it up.";
    }

    @Override
    public Outcome run(StopContext context) throws Exception {
        Duration latency = context.isFast() ? Duration.ofMillis(10) : Crawler.LONGEST_LATENCY;
        String modules = context.isFast() ? "java." : "";
        Crawler.Result result;
        try (Progress bar = context.progress("Crawling the modules of this Java twice")) {
            result = Crawler.run(name -> name.startsWith(modules), latency, Crawler.PATIENCE, Crawler.LIMIT, SEED, bar);
        }
        return judge(result);
    }

    private static Outcome judge(Crawler.Result result) {
        Crawler.Way oneByOne = result.oneByOne();
        Crawler.Way concurrent = result.concurrent();
        return Outcome.showing(Words.count(concurrent.visits()) + " pages in " + Words.time(concurrent.elapsed())
                        + " instead of " + Words.time(oneByOne.elapsed()))
                .grid(
                        String.format(
                                "%s modules, %s packages, %s links",
                                Words.count(result.modules()),
                                Words.count(result.packages()),
                                Words.count(result.links())),
                        List.of("Way", "Time", "Pages", "Most at a time"),
                        List.of(row("one by one", oneByOne), row(result.limit() + " at a time", concurrent)))
                .note("Required by most modules, as the crawler found: "
                        + result.mostRequired().stream()
                                .map(module -> module.name() + " (" + module.count() + ")")
                                .collect(Collectors.joining(", "))
                        + ".")
                .naive(Words.comparison(
                                "Page after page",
                                oneByOne.elapsed(),
                                result.limit() + " at a time",
                                concurrent.elapsed())
                        + ", and waits for the page that never comes while all others could be visited.")
                .check(
                        "one by one, every page is visited once",
                        oneByOne.mistakes().isEmpty(),
                        evidence(oneByOne))
                .check(
                        result.limit() + " at a time, every page is visited once",
                        concurrent.mistakes().isEmpty(),
                        evidence(concurrent))
                .check(
                        "visits go to the limit and no further",
                        oneByOne.peak() == 1 && concurrent.peak() == result.limit(),
                        "at most " + concurrent.peak() + " of " + result.limit())
                .check(
                        "one link is dead, and one page is given up",
                        result.dead().size() == 1 && result.tooSlow().size() == 1,
                        String.join(", ", result.dead()) + " and " + String.join(", ", result.tooSlow()))
                .build();
    }

    private static List<String> row(String name, Crawler.Way way) {
        return List.of(name, Words.time(way.elapsed()), Words.count(way.visits()), Words.count(way.peak()));
    }

    private static String evidence(Crawler.Way way) {
        return way.mistakes().isEmpty()
                ? Words.count(way.visits()) + " pages, each with the links that it has"
                : Words.count(way.mistakes().size()) + " mistakes; "
                        + way.mistakes().get(0);
    }
}
