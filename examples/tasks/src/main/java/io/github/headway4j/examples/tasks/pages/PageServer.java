// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.pages;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.headway4j.examples.threads.life.Nap;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

/** A web server on the loopback address with one page, which it sends as late as a distant one would. */
final class PageServer implements AutoCloseable {
    static {
        // Without this the system holds back the end of some answers for 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final byte[] page;
    private final Nap latency;

    private PageServer(String page, Nap latency) throws IOException {
        this.page = page.getBytes(StandardCharsets.UTF_8);
        this.latency = latency;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    /** Starts on a free port; sleeps for a second before each answer. */
    static PageServer start(String page, Nap latency) throws IOException {
        PageServer started = new PageServer(page, latency);
        started.server.createContext("/", started::answer);
        started.server.start();
        return started;
    }

    URI address() {
        InetSocketAddress address = server.getAddress();
        try {
            return new URI("http", null, address.getAddress().getHostAddress(), address.getPort(), "/", null, null);
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            latency.take(1);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, page.length);
            exchange.getResponseBody().write(page);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops at once. */
    @Override
    public void close() {
        server.stop(0);
    }
}
