// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.downloads;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Downloads pictures from a slow server, first one by one, then all at the same time with a limit on how many are under
 * way, and compares the times.
 *
 * <p>Downloading is waiting: the processor has next to nothing to do. So threads help even on one processor, and the
 * limit says how much. The server runs inside the program, on the loopback address, and answers each file after a delay
 * of its own; it also reports how many requests it had at a time, which proves that the limit was kept.
 */
public final class Downloads {

    /** How many pictures {@link #main} downloads. */
    public static final int DEFAULT_PICTURES = 10;

    /** How many pictures {@link #main} downloads at a time. */
    public static final int DEFAULT_LIMIT = 4;

    /** The longest delay of an answer in {@link #main}; the shortest is a quarter of it. */
    public static final Duration DEFAULT_LONGEST_LATENCY = Duration.ofMillis(350);

    private static final int SIDE = 200;

    private Downloads() {}

    /**
     * What {@link #run} found and how long it took.
     *
     * @param pictures how many pictures were downloaded, each of them twice
     * @param bytes their size altogether
     * @param oneByOne the time of the downloads one by one
     * @param concurrent the time of the downloads at the same time
     * @param limit how many downloads were allowed at the same time
     * @param peakOneByOne the most requests that the server had at a time during the downloads one by one
     * @param peakConcurrent the most requests that the server had at a time during the concurrent downloads
     * @param wrong the addresses of the files whose checksum was not right, in either run
     * @param folder the temporary folder, which is gone again
     */
    public record Result(
            int pictures,
            long bytes,
            Duration oneByOne,
            Duration concurrent,
            int limit,
            int peakOneByOne,
            int peakConcurrent,
            List<URI> wrong,
            Path folder) {

        /** Keeps its own copy of the addresses. */
        public Result {
            wrong = List.copyOf(wrong);
        }

        /**
         * Says whether both runs were right.
         *
         * @return true if every checksum was right, the downloads of the second run overlapped as far as they could, and
         *     no more of them than allowed were under way at a time
         */
        public boolean correct() {
            boolean overlapped = peakConcurrent > 1 || Math.min(pictures, limit) == 1;
            return wrong.isEmpty() && peakOneByOne == 1 && overlapped && peakConcurrent <= limit;
        }
    }

    /**
     * Runs the program with {@value #DEFAULT_PICTURES} pictures, or with as many as the first argument says. It ends
     * with the exit code 1 if something was wrong.
     *
     * @param args how many pictures to download; may be left out
     * @throws IOException if the server cannot be started or a download fails
     * @throws InterruptedException if the program is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        System.setProperty("java.awt.headless", "true");
        int pictures = args.length > 0 ? Integer.parseInt(args[0]) : DEFAULT_PICTURES;
        System.exit(report(run(pictures, DEFAULT_LONGEST_LATENCY, DEFAULT_LIMIT, 1, percent -> {})));
    }

    /** Prints a result and returns the exit code. */
    static int report(Result result) {
        System.out.printf(Locale.ROOT, "%d pictures, %,d bytes%n", result.pictures(), result.bytes());
        System.out.printf(
                Locale.ROOT,
                "one by one:    %,6d ms, at most %d at a time%n",
                result.oneByOne().toMillis(),
                result.peakOneByOne());
        System.out.printf(
                Locale.ROOT,
                "concurrently:  %,6d ms, at most %d at a time, %d allowed%n",
                result.concurrent().toMillis(),
                result.peakConcurrent(),
                result.limit());
        System.out.println(result.correct() ? "every checksum is right, the limit was kept" : "WRONG: " + result);
        return result.correct() ? 0 : 1;
    }

    /**
     * Draws pictures, serves them, and downloads them twice into a temporary folder, which it removes at the end.
     *
     * @param pictures how many pictures, at least 1
     * @param longestLatency the longest delay of an answer; the shortest is a quarter of it
     * @param limit how many pictures are downloaded at the same time in the second run, at least 1
     * @param seed where the random colours and delays start
     * @param progress told the percentage that is done, from 0 to 100 and never less than before, by the calling thread
     * @return what was found
     * @throws IOException if the server cannot be started or a download fails
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static Result run(int pictures, Duration longestLatency, int limit, long seed, IntConsumer progress)
            throws IOException, InterruptedException {
        if (pictures < 1) {
            throw new IllegalArgumentException("There is at least one picture to download, but not " + pictures);
        }
        Map<String, byte[]> drawn = Pictures.draw(pictures, SIDE, seed);
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (PictureServer server = PictureServer.start(drawn, randomLatency(drawn.keySet(), longestLatency, seed))) {
            return compare(server, drawn, limit, temporary, progress);
        }
    }

    /** Does the work of {@link #run} against a running server, in a temporary folder under {@code parent}. */
    static Result compare(
            PictureServer server, Map<String, byte[]> pictures, int limit, Path parent, IntConsumer progress)
            throws IOException, InterruptedException {
        List<URI> addresses = server.addresses();
        try (TemporaryFolder folder = TemporaryFolder.in(parent);
                Downloader downloader = new Downloader()) {
            // The first request of a client takes longer than all others, and neither run shall pay for it.
            downloader.oneByOne(addresses.subList(0, 1), folder.path(), percent -> {});
            server.takePeak();

            Path first = folder.subfolder("one-by-one");
            long start = System.nanoTime();
            downloader.oneByOne(addresses, first, percent -> progress.accept(percent / 2));
            long oneByOne = System.nanoTime() - start;
            int peakOneByOne = server.takePeak();

            Path second = folder.subfolder("concurrently");
            start = System.nanoTime();
            downloader.concurrently(addresses, second, limit, percent -> progress.accept(50 + percent / 2));
            long concurrent = System.nanoTime() - start;
            int peakConcurrent = server.takePeak();

            Set<URI> wrong = new LinkedHashSet<>(wrongFiles(server, pictures, first));
            wrong.addAll(wrongFiles(server, pictures, second));
            return new Result(
                    addresses.size(),
                    pictures.values().stream()
                            .mapToLong(content -> content.length)
                            .sum(),
                    Duration.ofNanos(oneByOne),
                    Duration.ofNanos(concurrent),
                    limit,
                    peakOneByOne,
                    peakConcurrent,
                    List.copyOf(wrong),
                    folder.path());
        }
    }

    /** Lists the addresses whose files in a folder do not have the checksum of the picture that was drawn. */
    static List<URI> wrongFiles(PictureServer server, Map<String, byte[]> pictures, Path folder) throws IOException {
        List<URI> wrong = new ArrayList<>();
        for (Map.Entry<String, byte[]> picture : pictures.entrySet()) {
            HashCode expected = Hashing.sha256().hashBytes(picture.getValue());
            URI address = server.addressOf(picture.getKey());
            HashCode found =
                    MoreFiles.asByteSource(Downloader.fileIn(folder, address)).hash(Hashing.sha256());
            if (!found.equals(expected)) {
                wrong.add(address);
            }
        }
        return wrong;
    }

    private static PictureServer.Latency randomLatency(Set<String> names, Duration longest, long seed) {
        Random random = new Random(seed);
        Map<String, Long> millis = new HashMap<>();
        for (String name : names) {
            millis.put(name, (long) (longest.toMillis() * (0.25 + 0.75 * random.nextDouble())));
        }
        return name -> Thread.sleep(millis.getOrDefault(name, 0L));
    }
}
