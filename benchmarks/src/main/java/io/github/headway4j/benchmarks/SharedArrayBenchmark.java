// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** An array of 64 MiB that goes to a child and comes back, copied four times: an operation is one byte copied. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Threads(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class SharedArrayBenchmark {
    static final int LONGS = 8 << 20;
    static final int BYTES_COPIED = 4 * LONGS * Long.BYTES;

    @Param
    SharedArrayImplementation implementation;

    private SharedArrayImplementation.Echo echo;
    private final long[] there = new long[LONGS];
    private final long[] back = new long[LONGS];

    @Setup(Level.Trial)
    public void start() throws IOException, InterruptedException {
        echo = implementation.start(LONGS);
        for (int i = 0; i < LONGS; i++) {
            there[i] = i;
        }
    }

    @TearDown(Level.Trial)
    public void end() throws InterruptedException {
        echo.close();
        if (back[LONGS - 1] != LONGS - 1) {
            throw new IllegalStateException("the array has not come back: it ends with " + back[LONGS - 1]);
        }
    }

    @Benchmark
    @OperationsPerInvocation(BYTES_COPIED)
    public long[] thereAndBack() {
        echo.send(there, back);
        return back;
    }
}
