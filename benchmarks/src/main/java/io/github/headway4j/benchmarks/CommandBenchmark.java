// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import io.github.headway4j.processes.CommandTimeoutException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Commands of the system, run to their end. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Threads(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class CommandBenchmark {
    static final int BYTES = 200_000_000;

    @Param
    CommandImplementation implementation;

    /** A command that does nothing and says nothing. */
    @Benchmark
    public int nothing() throws IOException, InterruptedException, CommandTimeoutException {
        return implementation.exitCode("true");
    }

    /** A command that prints 200 MB: an operation is one byte. */
    @Benchmark
    @OperationsPerInvocation(BYTES)
    public byte[] output() throws IOException, InterruptedException, CommandTimeoutException {
        return implementation.output(BYTES, "head", "-c", Integer.toString(BYTES), "/dev/zero");
    }
}
