// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.infra.Control;

/**
 * Acquires and releases one permit.
 *
 * <p>An empty section rewards whoever keeps the permit to himself; semaphores and locks are judged by {@link
 * #contended}, which works a little inside the section and a little outside.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class SemaphoreBenchmark {
    @Param
    SemaphoreImplementation implementation;

    @Param({"1", "2"})
    int bound;

    private Permits permits;

    @Setup(Level.Trial)
    public void create() {
        permits = implementation.create(bound);
    }

    @Benchmark
    public void uncontended() throws InterruptedException {
        permits.acquire();
        permits.release();
    }

    @Benchmark
    public void contended(Work work, ThreadShare share, Control control) throws InterruptedException {
        permits.acquire();
        Blackhole.consumeCPU(work.tokens);
        permits.release();
        Blackhole.consumeCPU(work.tokens);
        share.count(control);
    }

    /** How long a thread works inside the section, and again outside. */
    @State(Scope.Benchmark)
    public static class Work {
        /** For {@link Blackhole#consumeCPU}; 0 to calibrate in this JVM, which makes forks differ a little. */
        @Param("0")
        long tokens;

        @Setup(Level.Trial)
        public void calibrate() {
            if (tokens == 0) {
                Calibration calibration = Calibration.measure(Calibration.WORK_NANOS);
                tokens = calibration.tokens();
                System.out.println(calibration);
            }
        }
    }
}
