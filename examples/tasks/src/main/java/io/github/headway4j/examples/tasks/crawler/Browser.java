// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.crawler;

import com.google.common.util.concurrent.Uninterruptibles;
import io.github.headway4j.tasks.ScopeTimeoutException;
import io.github.headway4j.tasks.Tasks;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Fetches pages and finds the links in them. It counts how many visits are under way, and limits nothing. */
final class Browser implements AutoCloseable {
    /** How often a page is asked for: it may be the fault of the network, or of this machine, that it does not come. */
    static final int ATTEMPTS = 2;

    private final Duration patience;
    private final ExecutorService clientThreads =
            Executors.newCachedThreadPool(task -> new Thread(task, "http-client"));
    private final HttpClient client = HttpClient.newBuilder()
            .executor(clientThreads)
            .proxy(HttpClient.Builder.NO_PROXY)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();

    /**
     * Makes a browser.
     *
     * @param patience how long a page may take, from the request until all of it is there
     */
    Browser(Duration patience) {
        this.patience = patience;
    }

    /**
     * Visits a page, and asks for it once more if it does not come in time.
     *
     * @param address where it is
     * @return what became of it
     * @throws InterruptedException if the caller is interrupted; the request has been given up by then
     * @throws Exception if there is no server, or it cannot be understood
     */
    Visit visit(URI address) throws Exception {
        peak.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try {
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                HttpResponse<String> response = fetch(address);
                if (response != null) {
                    return response.statusCode() == HttpURLConnection.HTTP_OK
                            ? new Visit(address, Visit.End.ANSWERED, attempt, linksIn(response.body(), address))
                            : new Visit(address, Visit.End.DEAD, attempt, Set.of());
                }
            }
            return new Visit(address, Visit.End.TOO_SLOW, ATTEMPTS, Set.of());
        } finally {
            underWay.decrementAndGet();
        }
    }

    private @Nullable HttpResponse<String> fetch(URI address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address).build();
        try {
            return Tasks.withTimeout(patience, () -> client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (ScopeTimeoutException late) {
            return null; // the request has been given up
        }
    }

    /**
     * Tells the largest number of visits that were under way at the same time since the last call, or since the start,
     * and starts to count anew.
     *
     * @return the peak
     */
    int takePeak() {
        return peak.getAndSet(underWay.get());
    }

    /**
     * Tells how many visits are under way.
     *
     * @return their number
     */
    int underWay() {
        return underWay.get();
    }

    /**
     * Finds the links of a page to other pages of the same site. Places within a page are no pages of their own, and
     * what is no address leads nowhere.
     *
     * @param html the page
     * @param address where it is
     * @return the addresses, each once, in their order on the page
     */
    static Set<URI> linksIn(String html, URI address) {
        Set<URI> links = new LinkedHashSet<>();
        for (Element anchor : Jsoup.parse(html, address.toString()).select("a[href]")) {
            String link = anchor.absUrl("href");
            int fragment = link.indexOf('#');
            URI target;
            try {
                target = new URI(fragment < 0 ? link : link.substring(0, fragment));
            } catch (URISyntaxException malformed) {
                continue;
            }
            if (!address.equals(target)
                    && address.getScheme().equals(target.getScheme())
                    && address.getAuthority().equals(target.getAuthority())) {
                links.add(target);
            }
        }
        return links;
    }

    /**
     * Ends the client and its threads. The client itself can be closed since JDK 21; on older ones its last thread, a
     * daemon, ends when the client is garbage.
     */
    @Override
    public void close() {
        if (client instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        clientThreads.shutdownNow();
        Uninterruptibles.awaitTerminationUninterruptibly(clientThreads);
    }
}
