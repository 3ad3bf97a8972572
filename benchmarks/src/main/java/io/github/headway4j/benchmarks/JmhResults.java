// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/** JMH's results as JSON text: written, and read back. */
final class JmhResults {
    private static final String BYTES = "gc.alloc.rate.norm";

    private JmhResults() {}

    /** Returns JMH's own JSON, one entry a fork in the order measured, less the place of the JVM on this machine. */
    static JsonArray toJson(Collection<RunResult> results) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
        JsonArray entries =
                JsonParser.parseString(bytes.toString(StandardCharsets.UTF_8)).getAsJsonArray();
        for (JsonElement entry : entries) {
            entry.getAsJsonObject().remove("jvm");
        }
        return entries;
    }

    /** Returns what each entry measured; entries of rows that no set knows are left out. */
    static List<Measurement> measurements(JsonArray entries) {
        List<Measurement> measurements = new ArrayList<>();
        for (JsonElement entry : entries) {
            measurement(entry.getAsJsonObject()).ifPresent(measurements::add);
        }
        return measurements;
    }

    /** Returns the operations in a second, the median over the iterations. */
    static double throughput(RunResult result) {
        Result<?> deliveries = result.getSecondaryResults().get(Deliveries.LABEL);
        return (deliveries != null ? deliveries : result.getPrimaryResult())
                .getStatistics()
                .getPercentile(50);
    }

    private static Optional<Measurement> measurement(JsonObject entry) {
        Map<String, String> parameters = parameters(entry);
        Optional<Row> row = BenchmarkSets.rowOf(
                entry.get("benchmark").getAsString(),
                parameters,
                entry.get("threads").getAsInt());
        JsonObject secondary = entry.getAsJsonObject("secondaryMetrics");
        double calls =
                Spread.of(iterations(entry.getAsJsonObject("primaryMetric"))).median();
        double deliveries = median(secondary, Deliveries.LABEL);
        double throughput = Double.isNaN(deliveries) ? calls : deliveries;
        double callsForEach = calls / throughput;
        Spread shares = Spread.of(shares(secondary));
        return row.map(known -> new Measurement(
                known,
                parameters.get(Row.IMPLEMENTATION),
                throughput,
                median(secondary, CpuTimeProfiler.CPU) * callsForEach,
                median(secondary, BYTES) * callsForEach,
                shares.min() / shares.max(),
                shares.min() / mean(shares(secondary)),
                median(secondary, CpuTimeProfiler.OTHERS)));
    }

    private static Map<String, String> parameters(JsonObject entry) {
        Map<String, String> parameters = new TreeMap<>();
        if (entry.has("params")) {
            entry.getAsJsonObject("params")
                    .entrySet()
                    .forEach(parameter -> parameters.put(
                            parameter.getKey(), parameter.getValue().getAsString()));
        }
        return parameters;
    }

    private static double median(JsonObject secondary, String label) {
        return secondary.has(label)
                ? Spread.of(iterations(secondary.getAsJsonObject(label))).median()
                : Double.NaN;
    }

    /** Returns what each thread did; nothing but NaN where there are no figures of several threads. */
    private static double[] shares(JsonObject secondary) {
        double[] operations = secondary.entrySet().stream()
                .filter(metric -> metric.getKey().startsWith(ThreadShareProfiler.LABEL))
                .mapToDouble(metric -> sum(iterations(metric.getValue().getAsJsonObject())))
                .toArray();
        return operations.length < 2 ? new double[] {Double.NaN} : operations;
    }

    private static double mean(double[] figures) {
        return sum(figures) / figures.length;
    }

    private static double sum(double[] figures) {
        double sum = 0;
        for (double figure : figures) {
            sum += figure;
        }
        return sum;
    }

    private static double[] iterations(JsonObject metric) {
        List<Double> figures = new ArrayList<>();
        for (JsonElement fork : metric.getAsJsonArray("rawData")) {
            for (JsonElement iteration : fork.getAsJsonArray()) {
                figures.add(iteration.getAsDouble());
            }
        }
        return figures.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
