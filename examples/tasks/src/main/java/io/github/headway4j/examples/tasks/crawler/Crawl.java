// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.crawler;

import io.github.headway4j.tasks.TaskScope;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Visits every page that can be reached from an address, each once: one after another, or several at a time. */
final class Crawl {
    private final Browser browser;
    private final URI start;
    private final Consumer<? super Visit> out;

    /**
     * Makes a crawl.
     *
     * @param browser visits the pages
     * @param start the address of the first page
     * @param out told what became of each page, by the thread that crawls
     */
    Crawl(Browser browser, URI start, Consumer<? super Visit> out) {
        this.browser = browser;
        this.start = start;
        this.out = out;
    }

    /**
     * Visits one page after another.
     *
     * @throws InterruptedException if the caller is interrupted
     * @throws Exception if a page cannot be visited
     */
    void oneByOne() throws Exception {
        Set<URI> known = new HashSet<>(Set.of(start));
        Queue<URI> toVisit = new ArrayDeque<>(known);
        while (!toVisit.isEmpty()) {
            Visit visit = browser.visit(toVisit.remove());
            out.accept(visit);
            for (URI link : visit.links()) {
                if (known.add(link)) {
                    toVisit.add(link);
                }
            }
        }
    }

    /**
     * Visits several pages at a time, each in a thread of its own. Whatever happens, all of these threads have ended
     * when this method returns or throws.
     *
     * @param limit how many visits are under way at the same time
     * @throws InterruptedException if the caller is interrupted
     * @throws Exception if a page cannot be visited
     */
    void concurrently(int limit) throws Exception {
        Set<URI> known = new HashSet<>(Set.of(start)); // of the owner alone: nobody else forks
        AsTheyEnd<Visit> visits = new AsTheyEnd<>();
        try (TaskScope<Visit, @Nullable Void> scope =
                TaskScope.open(visits, options -> options.name("crawler").concurrency(limit))) {
            scope.fork(() -> browser.visit(start));
            for (int underWay = 1; underWay > 0; underWay--) {
                Visit visit = visits.take(); // a failure leaves the block, which cancels the others
                out.accept(visit);
                for (URI link : visit.links()) {
                    if (known.add(link)) {
                        scope.fork(() -> browser.visit(link)); // waits while the limit is reached
                        underWay++;
                    }
                }
            }
            scope.join();
        }
    }
}
