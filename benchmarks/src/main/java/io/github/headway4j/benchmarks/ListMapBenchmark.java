// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

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

/** A trivial function of a million items, by two threads, into a list in the same order: an operation is one item. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Threads(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class ListMapBenchmark {
    static final int ITEMS = 1_000_000;

    @Param
    ListMapImplementation implementation;

    private ListMapImplementation.Mapper mapper;
    private List<Integer> items;

    @Setup(Level.Trial)
    public void create() {
        mapper = implementation.create();
        items = IntStream.range(0, ITEMS).boxed().toList();
    }

    @TearDown(Level.Trial)
    public void close() {
        mapper.close();
    }

    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public List<Integer> map() throws InterruptedException {
        return mapper.map(items, item -> item + 1);
    }
}
