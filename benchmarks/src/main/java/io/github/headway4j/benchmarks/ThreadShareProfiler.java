// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** Reports the operations of each thread, as secondary results {@code thread.0}, {@code thread.1} and so on. */
public final class ThreadShareProfiler implements InternalProfiler {
    static final String LABEL = "thread.";

    /** Written by the measuring threads as they finish an iteration, read after the last of them. */
    private static final Map<Integer, Long> OPERATIONS = new ConcurrentSkipListMap<>();

    static void publish(int thread, long operations) {
        OPERATIONS.put(thread, operations);
    }

    @Override
    public String getDescription() {
        return "Operations of each thread";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        OPERATIONS.clear();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        List<ScalarResult> shares = new ArrayList<>();
        OPERATIONS.forEach((thread, operations) ->
                shares.add(new ScalarResult(LABEL + thread, operations, "ops", AggregationPolicy.SUM)));
        return shares;
    }
}
