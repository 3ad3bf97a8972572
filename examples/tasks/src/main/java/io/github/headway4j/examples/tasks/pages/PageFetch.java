// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.pages;

import io.github.headway4j.examples.threads.life.Nap;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/**
 * A page is fetched, and the time is printed; then it is fetched and its links are listed, and both times are printed.
 * Beside each stands how long the processor was at work: fetching is waiting, where other threads could go on, and
 * parsing is work, which only another processor makes shorter.
 *
 * <p>The server runs inside the program. The page has a link for each package of the JDK.
 */
public final class PageFetch {
    private static final int SHOWN = 5;

    private PageFetch() {}

    /**
     * What something took.
     *
     * @param time by the clock
     * @param work of the processor, for the thread that did it
     */
    public record Cost(Duration time, Duration work) {}

    /**
     * What was found.
     *
     * @param bytes the size of the page
     * @param first what it took to fetch it
     * @param fetching what it took to fetch it once more
     * @param parsing what it took to find its links then
     * @param links where they lead to, in their order
     */
    public record Result(int bytes, Cost first, Cost fetching, Cost parsing, List<String> links) {
        /** Copies the links. */
        public Result {
            links = List.copyOf(links);
        }
    }

    /**
     * Runs the program.
     *
     * @param args how long the server takes, in milliseconds; may be left out
     * @throws IOException if the page cannot be served or fetched
     */
    public static void main(String[] args) throws IOException {
        Result result = run(pageOfPackages(), Nap.of(args));
        System.out.printf(Locale.ROOT, "%,d bytes%n", result.bytes());
        print("fetched:", result.first());
        print("fetched once more:", result.fetching());
        print("links found:", result.parsing());
        System.out.printf(Locale.ROOT, "%,d links:%n", result.links().size());
        result.links().stream().limit(SHOWN).forEach(link -> System.out.println("  " + link));
        System.out.println("  ...");
    }

    private static void print(String what, Cost cost) {
        double millis = cost.time().toNanos() / 1e6;
        double atWork = cost.work().toNanos() / 1e6;
        System.out.printf(
                Locale.ROOT,
                "%-20s%6.1f ms, at work for %5.1f ms, that is %3.0f %%%n",
                what,
                millis,
                atWork,
                100 * atWork / millis);
    }

    /**
     * Serves a page, fetches it twice, and lists its links. Both is done once before the clock starts, so that nobody
     * pays for what a program does only once.
     *
     * @param page the page
     * @param latency how long a second is before the server answers
     * @return what was found
     * @throws IOException if the page cannot be served or fetched
     */
    public static Result run(String page, Nap latency) throws IOException {
        try (PageServer server = PageServer.start(page, latency)) {
            URI address = server.address();
            links(fetch(address), address);

            Stopwatch watch = new Stopwatch();
            String fetched = fetch(address);
            Cost first = watch.lap();
            fetched = fetch(address);
            Cost fetching = watch.lap();
            List<String> links = links(fetched, address);
            Cost parsing = watch.lap();
            return new Result(fetched.getBytes(StandardCharsets.UTF_8).length, first, fetching, parsing, links);
        }
    }

    /** {@return a page with a link for each package of each module of the JDK} */
    public static String pageOfPackages() {
        return ModuleFinder.ofSystem().findAll().stream()
                .map(reference -> reference.descriptor())
                .flatMap(module -> module.packages().stream().map(name -> module.name() + "/" + name))
                .sorted()
                .map(name -> "<li><a href=\"/" + name + ".html\">" + name + "</a>")
                .collect(Collectors.joining("\n", "<!DOCTYPE html>\n<title>Packages</title>\n<ul>\n", "\n</ul>\n"));
    }

    private static String fetch(URI address) throws IOException {
        try (InputStream content = address.toURL().openStream()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The paths of what a page links to. */
    static List<String> links(String page, URI address) {
        return Jsoup.parse(page, address.toString()).select("a[href]").stream()
                .map(PageFetch::target)
                .toList();
    }

    private static String target(Element link) {
        return URI.create(link.absUrl("href")).getPath();
    }

    /** The clock, and the work of the calling thread, since the last lap. */
    private static final class Stopwatch {
        private long time = System.nanoTime();
        private long work = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();

        Cost lap() {
            long worked = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long now = System.nanoTime();
            Cost cost = new Cost(Duration.ofNanos(now - time), Duration.ofNanos(worked - work));
            time = now;
            work = worked;
            return cost;
        }
    }
}
