// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** JMH's JSON as it would be kept, reduced to what is read of it. */
final class CannedResults {
    private CannedResults() {}

    static JsonArray of(String... entries) {
        return JsonParser.parseString("[" + String.join(",", entries) + "]").getAsJsonArray();
    }

    static String mutex(String implementation, double cpuNanos, double bytes, double... iterations) {
        return entry(
                "MutexBenchmark.uncontended",
                1,
                "\"implementation\":\"" + implementation + "\"",
                "\"gc.alloc.rate.norm\":" + metric(bytes) + ",\"cpu\":" + metric(cpuNanos),
                iterations);
    }

    static String contended(
            String implementation, int bound, double cpuNanos, double otherShare, double... iterations) {
        return entry(
                "SemaphoreBenchmark.contended",
                2,
                "\"bound\":\"" + bound + "\",\"tokens\":\"55\",\"implementation\":\"" + implementation + "\"",
                "\"thread.0\":" + metric(600, 400) + ",\"thread.1\":" + metric(600 * otherShare, 400 * otherShare)
                        + ",\"others\":" + metric(0.5) + ",\"cpu\":" + metric(cpuNanos),
                iterations);
    }

    static String handOff(String implementation, double... iterations) {
        return entry("HandOffBenchmark.roundTrip", 1, "\"implementation\":\"" + implementation + "\"", "", iterations);
    }

    static String entry(String benchmark, int threads, String parameters, String secondary, double... iterations) {
        return "{\"benchmark\":\"io.github.headway4j.benchmarks." + benchmark + "\",\"threads\":" + threads
                + ",\"params\":{" + parameters + "},\"primaryMetric\":" + metric(iterations)
                + ",\"secondaryMetrics\":{" + secondary + "}}";
    }

    private static String metric(double... iterations) {
        String figures = Arrays.stream(iterations)
                .mapToObj(figure -> String.format(Locale.ROOT, "%.3f", figure))
                .collect(Collectors.joining(","));
        return "{\"score\":0.0,\"scoreError\":\"NaN\",\"rawData\":[[" + figures + "]]}";
    }
}
