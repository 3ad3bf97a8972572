// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.threads.downloads.Downloads;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Pictures from a slow server, one by one and several at a time. */
final class DownloadsStop implements Stop {
    private static final int LIMIT = 4;
    private static final long SEED = 2;

    @Override
    public String name() {
        return "downloads";
    }

    @Override
    public String title() {
        return "Downloads";
    }

    @Override
    public String explanation() {
        return "Pictures from a slow web server, one after another and then at the same time, where a BoundedSemaphore"
                + " lets " + LIMIT + " downloads in.";
    }

    @Override
    public Outcome run(StopContext context) throws IOException, InterruptedException {
        int pictures = context.size(24, 10);
        Duration latency = Duration.ofMillis(context.size(400, 150));
        Downloads.Result result;
        try (Progress bar = context.progress("Downloading " + pictures + " pictures twice")) {
            result = Downloads.run(pictures, latency, LIMIT, SEED, bar);
        }
        return Outcome.showing(String.format(
                        "%d pictures in %s instead of %s",
                        result.pictures(), Words.time(result.concurrent()), Words.time(result.oneByOne())))
                .grid(
                        result.pictures() + " pictures, " + Words.bytes(result.bytes()),
                        List.of("Way", "Time", "Most at a time"),
                        List.of(
                                List.of(
                                        "one by one",
                                        Words.time(result.oneByOne()),
                                        Words.count(result.peakOneByOne())),
                                List.of(
                                        "concurrently, " + result.limit() + " allowed",
                                        Words.time(result.concurrent()),
                                        Words.count(result.peakConcurrent()))))
                .naive(Words.comparison("One by one", result.oneByOne(), LIMIT + " at a time", result.concurrent())
                        + ". A download is waiting, not work: the processor could do something else.")
                .check(
                        "each file has the checksum of its picture, both times",
                        result.wrong().isEmpty() && result.pictures() == pictures,
                        result.wrong().isEmpty() ? 2 * pictures + " files compared" : "wrong: " + result.wrong())
                .check(
                        "one by one means one at a time",
                        result.peakOneByOne() == 1,
                        "at most " + result.peakOneByOne() + " at a time")
                .check(
                        "concurrently, downloads overlap but never more than " + LIMIT,
                        result.peakConcurrent() > 1 && result.peakConcurrent() <= LIMIT,
                        "at most " + result.peakConcurrent() + " at a time")
                .build();
    }
}
