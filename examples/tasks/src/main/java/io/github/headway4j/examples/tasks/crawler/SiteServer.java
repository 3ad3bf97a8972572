// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.crawler;

import com.google.common.collect.ConcurrentHashMultiset;
import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.Multiset;
import com.google.common.net.InetAddresses;
import com.google.common.util.concurrent.Uninterruptibles;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A web server on the loopback address that serves a {@link ModuleSite}, each page after a delay, as a distant server
 * would. It counts the requests for each page.
 */
final class SiteServer implements AutoCloseable {

    /** What passes between the arrival of a request and its answer. */
    @FunctionalInterface
    interface Latency {

        /**
         * Waits as long as the network would.
         *
         * @param path of the page that is asked for
         * @throws InterruptedException if the server is closed
         */
        void pass(String path) throws InterruptedException;

        /**
         * A delay for each page, which it has in every run, but {@link ModuleSite#SLOW}, which never comes.
         *
         * @param site the pages
         * @param longest the longest delay; the shortest is a seventh of it
         * @param seed where the random delays start
         * @return the delays
         */
        static Latency random(ModuleSite site, Duration longest, long seed) {
            Map<String, Long> millis = millis(site, longest, seed);
            CountDownLatch never = new CountDownLatch(1);
            return path -> {
                if (path.equals(ModuleSite.SLOW)) {
                    never.await();
                }
                Thread.sleep(millis.getOrDefault(path, 0L));
            };
        }

        /** The delays in milliseconds. */
        static Map<String, Long> millis(ModuleSite site, Duration longest, long seed) {
            Random random = new Random(seed);
            Map<String, Long> millis = new HashMap<>();
            for (String path : site.pages().keySet()) {
                millis.put(path, Math.round(longest.toMillis() * (1 + SPREAD * random.nextDouble()) / (1 + SPREAD)));
            }
            return millis;
        }
    }

    /** How much longer than the shortest delay the longest one is, as a multiple of the shortest. */
    private static final double SPREAD = 6;

    static {
        // Without this the system holds back the end of some answers for 40 ms, and the delay would not be ours alone.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ModuleSite site;
    private final Latency latency;
    private final HttpServer server;
    private final ExecutorService handlers;
    private final Multiset<String> requested = ConcurrentHashMultiset.create();

    private SiteServer(ModuleSite site, Latency latency) throws IOException {
        this.site = site;
        this.latency = latency;
        this.handlers = Executors.newCachedThreadPool(task -> new Thread(task, "site-server"));
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    /**
     * Starts a server on a free port.
     *
     * @param site the pages
     * @param latency what each request waits for
     * @return the running server
     * @throws IOException if the server cannot be started
     */
    static SiteServer start(ModuleSite site, Latency latency) throws IOException {
        SiteServer started = new SiteServer(site, latency);
        started.server.createContext("/", started::answer);
        started.server.setExecutor(started.handlers);
        started.server.start();
        return started;
    }

    /**
     * Says where a page is.
     *
     * @param path of the page
     * @return its address
     */
    URI addressOf(String path) {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + InetAddresses.toUriString(address.getAddress()) + ":" + address.getPort() + path);
    }

    /**
     * Tells how often each page was asked for since the last call, or since the start, and starts to count anew.
     *
     * @return the paths
     */
    Multiset<String> takeRequested() {
        Multiset<String> taken = ImmutableMultiset.copyOf(requested);
        requested.clear();
        return taken;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requested.add(path);
        try (exchange) {
            latency.pass(path);
            send(exchange, path);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(HttpExchange exchange, String path) throws IOException {
        if (!site.pages().containsKey(path)) {
            exchange.sendResponseHeaders(HttpURLConnection.HTTP_NOT_FOUND, -1);
            return;
        }
        byte[] content = site.html(path).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, content.length);
        exchange.getResponseBody().write(content);
    }

    /** Stops the server at once; every thread of it has ended when this method returns. */
    @Override
    public void close() {
        server.stop(0);
        handlers.shutdownNow();
        Uninterruptibles.awaitTerminationUninterruptibly(handlers);
    }
}
