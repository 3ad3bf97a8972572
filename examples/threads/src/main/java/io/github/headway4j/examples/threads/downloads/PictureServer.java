// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.downloads;

import com.google.common.net.InetAddresses;
import com.google.common.util.concurrent.Uninterruptibles;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A web server on the loopback address that serves pictures from memory, each after a delay, as a distant server would.
 * It counts how many requests it has at a time. It never limits them: that is the client's part in this example.
 */
final class PictureServer implements AutoCloseable {

    /** What passes between the arrival of a request and its answer. */
    @FunctionalInterface
    interface Latency {

        /**
         * Waits as long as the network would.
         *
         * @param name the file that is asked for
         * @throws InterruptedException if the server is closed
         */
        void pass(String name) throws InterruptedException;
    }

    static {
        // Without this the system holds back the end of some answers for 40 ms, and the delay would not be ours alone.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final Map<String, byte[]> pictures;
    private final Latency latency;
    private final HttpServer server;
    private final ExecutorService handlers;
    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger peakRequests = new AtomicInteger();

    private PictureServer(Map<String, byte[]> pictures, Latency latency) throws IOException {
        this.pictures = pictures;
        this.latency = latency;
        this.handlers = Executors.newCachedThreadPool(task -> new Thread(task, "picture-server"));
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    /**
     * Starts a server on a free port.
     *
     * @param pictures the content of each file by its name
     * @param latency what each request waits for
     * @return the running server
     * @throws IOException if the server cannot be started
     */
    static PictureServer start(Map<String, byte[]> pictures, Latency latency) throws IOException {
        PictureServer started = new PictureServer(pictures, latency);
        started.server.createContext("/", started::answer);
        started.server.setExecutor(started.handlers);
        started.server.start();
        return started;
    }

    /**
     * Says where the pictures are.
     *
     * @return one address per picture, in the order of the pictures
     */
    List<URI> addresses() {
        return pictures.keySet().stream().map(this::addressOf).toList();
    }

    URI addressOf(String name) {
        InetSocketAddress address = server.getAddress();
        return URI.create(
                "http://" + InetAddresses.toUriString(address.getAddress()) + ":" + address.getPort() + "/" + name);
    }

    /**
     * Lets every later request for one file fail with the status 500, as a server with a bad disk would.
     *
     * @param name the file
     */
    void breakFile(String name) {
        broken.add(name);
    }

    /**
     * Tells the largest number of requests that were being answered at the same time since the last call, or since the
     * start, and starts to count anew. A request counts from its arrival until its answer is about to be sent, so a
     * client that has its answer is never counted any more.
     *
     * @return the peak
     */
    int takePeak() {
        return peakRequests.getAndSet(requests.get());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring(1);
        peakRequests.accumulateAndGet(requests.incrementAndGet(), Math::max);
        try (exchange) {
            byte[] content = pictures.get(name);
            try {
                latency.pass(name);
            } finally {
                requests.decrementAndGet();
            }
            if (content == null) {
                exchange.sendResponseHeaders(HttpURLConnection.HTTP_NOT_FOUND, -1);
            } else if (broken.contains(name)) {
                exchange.sendResponseHeaders(HttpURLConnection.HTTP_INTERNAL_ERROR, -1);
            } else {
                exchange.getResponseHeaders().set("Content-Type", "image/png");
                exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, content.length);
                exchange.getResponseBody().write(content);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the server at once; every thread of it has ended when this method returns. */
    @Override
    public void close() {
        server.stop(0);
        handlers.shutdownNow();
        Uninterruptibles.awaitTerminationUninterruptibly(handlers);
    }
}
