// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.crawler;

import io.github.headway4j.primitives.Event;
import io.github.headway4j.tasks.TaskScope;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/**
 * Crawls a web site about the modules of the running Java: first one page after another, then several at a time in a
 * {@link TaskScope} with a limit, and compares the times.
 *
 * <p>The server runs inside the program, on the loopback address, and answers each page after a delay of its own. One
 * link is dead, and one page never comes: the crawler asks for it once more, and gives it up. What the crawler found is
 * compared with the modules themselves, and what it asked for with what the server was asked for. Ctrl-C stops at once.
 */
public final class Crawler {
    /** How many pages {@link #main} visits at the same time in the second run. */
    public static final int LIMIT = 16;

    /** The longest delay of an answer in {@link #main}; the shortest is a seventh of it. */
    public static final Duration LONGEST_LATENCY = Duration.ofMillis(50);

    /** How long the crawler waits for a page before it asks once more, or gives up. */
    public static final Duration PATIENCE = Duration.ofMillis(500);

    private static final long SEED = 6;
    private static final int QUARTER = 25;

    private Crawler() {}

    /**
     * How one way to crawl went.
     *
     * @param visits what became of the pages, in that order
     * @param elapsed how long it took
     * @param peak the most visits that were under way at a time
     * @param mistakes what is wrong, one sentence each
     */
    public record Way(int visits, Duration elapsed, int peak, List<String> mistakes) {
        /** Copies the mistakes. */
        public Way {
            mistakes = List.copyOf(mistakes);
        }
    }

    /**
     * A module and how many pages of modules have a link to its page.
     *
     * @param name of the module
     * @param count how many others require it
     */
    public record Required(String name, int count) {}

    /**
     * What {@link #run} found.
     *
     * @param modules how many pages are about modules
     * @param packages how many pages are about packages
     * @param links how many links to other pages they have, and the home page has
     * @param oneByOne how it went one after another
     * @param concurrent how it went several at a time
     * @param limit how many that were allowed to be
     * @param dead the paths without a page
     * @param tooSlow the paths of the pages that did not come
     * @param mostRequired the modules that most others require
     */
    public record Result(
            int modules,
            int packages,
            int links,
            Way oneByOne,
            Way concurrent,
            int limit,
            List<String> dead,
            List<String> tooSlow,
            List<Required> mostRequired) {
        /** Copies the lists. */
        public Result {
            dead = List.copyOf(dead);
            tooSlow = List.copyOf(tooSlow);
            mostRequired = List.copyOf(mostRequired);
        }

        /**
         * Says whether both ways were right.
         *
         * @return true if there are no mistakes, and as many pages as allowed were visited at a time
         */
        public boolean correct() {
            return oneByOne.mistakes().isEmpty()
                    && oneByOne.peak() == 1
                    && concurrent.mistakes().isEmpty()
                    && concurrent.peak() == limit;
        }
    }

    /**
     * Runs the program. It ends with the exit code 1 if something was wrong.
     *
     * @param args how many pages to visit at a time, and the longest delay in milliseconds; may be left out
     * @throws Exception if the server cannot be started, or a page cannot be visited
     */
    public static void main(String[] args) throws Exception {
        int limit = args.length > 0 ? Integer.parseInt(args[0]) : LIMIT;
        Duration latency = args.length > 1 ? Duration.ofMillis(Long.parseLong(args[1])) : LONGEST_LATENCY;
        Thread crawling = Thread.currentThread();
        Event told = new Event();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            crawling.interrupt(); // leaves the block of the scope, which ends its threads
            told.awaitUninterruptibly(); // the program ends when its hooks have ended
        }));
        System.out.println("The modules of this Java as a web site; Ctrl-C stops at once");
        Quarters progress = new Quarters();
        int exitCode = 1;
        try {
            exitCode = report(run(name -> true, latency, PATIENCE, limit, SEED, progress));
        } catch (InterruptedException stopped) {
            System.out.println("stopped after " + progress.last + " %");
        } finally {
            told.set();
        }
        System.exit(exitCode);
    }

    /** Prints each quarter of the way. */
    private static final class Quarters implements IntConsumer {
        private int last;

        @Override
        public void accept(int percent) {
            if (percent / QUARTER > last / QUARTER) {
                System.out.println(percent + " %");
            }
            last = percent;
        }
    }

    /** Prints a result and returns the exit code. */
    static int report(Result result) {
        System.out.printf(
                Locale.ROOT,
                "%d modules, %d packages, %,d links%n",
                result.modules(),
                result.packages(),
                result.links());
        print("one by one:", result.oneByOne(), "");
        print("concurrently:", result.concurrent(), ", " + result.limit() + " allowed");
        System.out.printf(
                Locale.ROOT,
                "%.1f times as fast%n",
                (double) result.oneByOne().elapsed().toNanos()
                        / result.concurrent().elapsed().toNanos());
        System.out.println("dead: " + String.join(", ", result.dead()));
        System.out.println("too slow: " + String.join(", ", result.tooSlow()));
        result.mostRequired()
                .forEach(module -> System.out.printf("%s is required by %d%n", module.name(), module.count()));
        result.oneByOne().mistakes().forEach(System.out::println);
        result.concurrent().mistakes().forEach(System.out::println);
        System.out.println(result.correct() ? "every page once, each with the links that it has" : "WRONG");
        return result.correct() ? 0 : 1;
    }

    private static void print(String name, Way way, String allowed) {
        System.out.printf(
                Locale.ROOT,
                "%-14s %d pages in %,6d ms, at most %d at a time%s%n",
                name,
                way.visits(),
                way.elapsed().toMillis(),
                way.peak(),
                allowed);
    }

    /**
     * Serves the site and crawls it twice.
     *
     * @param modules which modules the site is about, by name
     * @param longestLatency the longest delay of an answer; the shortest is a seventh of it
     * @param patience how long the crawler waits for a page before it asks once more, or gives up
     * @param limit how many pages are visited at the same time in the second run, at least 1
     * @param seed where the random delays start
     * @param progress told the percentage that is done, from 0 to 100 and never less than before, by the calling thread
     * @return what was found
     * @throws IOException if the server cannot be started, or the connection to it breaks
     * @throws InterruptedException if the caller is interrupted; all threads have ended by then
     * @throws Exception if a page cannot be visited otherwise
     */
    public static Result run(
            Predicate<String> modules,
            Duration longestLatency,
            Duration patience,
            int limit,
            long seed,
            IntConsumer progress)
            throws Exception {
        ModuleSite site = ModuleSite.of(ModuleFinder.ofSystem(), modules);
        try (SiteServer server = SiteServer.start(site, SiteServer.Latency.random(site, longestLatency, seed));
                Browser browser = new Browser(patience)) {
            return new Comparison(site, server, browser, limit, progress).run();
        }
    }
}
