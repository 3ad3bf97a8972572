// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.timing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.headway4j.examples.threads.life.Nap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * One request to a web server, with a {@link Stopwatch} around it. The server is a part of the program, on the loopback
 * address, and answers after a second.
 */
public final class TimedRequest {

    private static final double LATENCY = 1;

    /** What the server has to say. */
    static final String PAGE = "Hello from next door";

    private TimedRequest() {}

    /**
     * Runs the program.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws IOException if the server cannot be reached
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        String page = run(
                Nap.of(args),
                took -> System.out.printf(Locale.ROOT, "the request took %.3f ms%n", took.toNanos() / 1e6));
        System.out.println(page);
    }

    /**
     * Starts the server and asks it once.
     *
     * @param nap how the server keeps its client waiting
     * @param out told how long the request took
     * @return what the server answered
     * @throws IOException if the server cannot be reached
     * @throws InterruptedException if the caller is interrupted
     */
    @SuppressWarnings("try") // the watch is for its block, not for use
    public static String run(Nap nap, Consumer<? super Duration> out) throws IOException, InterruptedException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, nap));
        server.start();
        try {
            HttpClient client = HttpClient.newHttpClient();
            HttpRequest request = HttpRequest.newBuilder(address(server)).build();
            try (Stopwatch watch = new Stopwatch(System::nanoTime, out)) {
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                return response.body();
            }
        } finally {
            server.stop(0);
        }
    }

    private static URI address(HttpServer server) {
        InetSocketAddress bound = server.getAddress();
        try {
            return new URI("http", null, bound.getAddress().getHostAddress(), bound.getPort(), "/", null, null);
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void answer(HttpExchange exchange, Nap nap) throws IOException {
        byte[] page = PAGE.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            nap.take(LATENCY);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
