// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Reports the processor time of the whole JVM for one operation, as secondary result {@code cpu} in ns/op, and how many
 * processors others kept busy meanwhile, as {@code others}.
 *
 * <p>The time is taken from before the threads start an iteration until all have finished it, and divided by all
 * operations in between, so that helper threads, the collector and the compiler count too.
 */
public final class CpuTimeProfiler implements InternalProfiler {
    static final String CPU = "cpu";
    static final String OTHERS = "others";

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private long startCpuNanos;
    private long startNanos;
    private ProcessorUse startUse = ProcessorUse.now();

    @Override
    public String getDescription() {
        return "Processor time of the JVM for each operation";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        startUse = ProcessorUse.now();
        startNanos = System.nanoTime();
        startCpuNanos = system.getProcessCpuTime();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        long cpuNanos = system.getProcessCpuTime() - startCpuNanos;
        long nanos = System.nanoTime() - startNanos;
        double busy = ProcessorUse.now().busyProcessorsSince(startUse);
        List<ScalarResult> results = new ArrayList<>();
        long operations = result.getMetadata().getAllOps();
        if (operations > 0) {
            results.add(new ScalarResult(CPU, (double) cpuNanos / operations, "ns/op", AggregationPolicy.AVG));
        }
        if (!Double.isNaN(busy)) {
            double others = Math.max(0, busy - (double) cpuNanos / nanos);
            results.add(new ScalarResult(OTHERS, others, "processors", AggregationPolicy.AVG));
        }
        return results;
    }
}
