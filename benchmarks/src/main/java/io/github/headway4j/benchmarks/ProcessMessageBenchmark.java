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

/** Messages of 64 bytes to another JVM, one by one, until it has answered that it has them all. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Threads(1)
@Warmup(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class ProcessMessageBenchmark {
    static final int MESSAGES = 100_000;
    static final int BYTES = 64;

    @Param
    ProcessMessageImplementation implementation;

    private ProcessMessageImplementation.Line line;
    private final byte[] message = new byte[BYTES];

    @Setup(Level.Trial)
    public void start() throws IOException, InterruptedException {
        line = implementation.start();
    }

    @TearDown(Level.Trial)
    public void end() throws IOException, InterruptedException {
        line.close();
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void oneWay() throws IOException, InterruptedException {
        for (int i = 0; i < MESSAGES; i++) {
            line.send(message);
        }
        line.awaitArrival();
    }
}
