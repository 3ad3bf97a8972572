// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/** A trivial function of many numbers, by two processes, into a list in the same order: an operation is one item. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Threads(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class ProcessMapBenchmark {
    static final int FEW = 10_000;
    static final int MANY = 1_000_000;

    @Param
    ProcessMapImplementation implementation;

    private ProcessMapImplementation.Mapper mapper;
    private List<Integer> few;
    private List<Integer> many;

    @Setup(Level.Trial)
    public void create() throws IOException {
        mapper = implementation.create();
        few = IntStream.range(0, FEW).boxed().toList();
        many = IntStream.range(0, MANY).boxed().toList();
    }

    @TearDown(Level.Trial)
    public void close() {
        mapper.close();
    }

    /** Each number is a task of its own. */
    @Benchmark
    @OperationsPerInvocation(FEW)
    public int oneByOne() throws IOException, InterruptedException {
        return mapper.map(few, 1);
    }

    /** A hundred numbers are a task. */
    @Benchmark
    @OperationsPerInvocation(MANY)
    public int byTheHundred() throws IOException, InterruptedException {
        return mapper.map(many, 100);
    }
}
