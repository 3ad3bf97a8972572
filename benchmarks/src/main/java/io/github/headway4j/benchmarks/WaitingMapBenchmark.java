// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.List;
import java.util.concurrent.ExecutionException;
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

/** A function that waits, of many items, a hundred of them in flight: an operation is one item. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Threads(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class WaitingMapBenchmark {
    static final int ITEMS = 10_000;
    static final int IN_FLIGHT = 100;

    private static final int SHORT_MILLIS = 1;
    private static final int LONG_MILLIS = 50;

    /** Of so many items one waits in {@link #mapSomeSlow}. */
    private static final int SLOW = 100;

    @Param
    WaitingMapImplementation implementation;

    private WaitingMapImplementation.Mapper mapper;
    private List<Integer> items;

    @Setup(Level.Trial)
    public void create() {
        mapper = implementation.create(IN_FLIGHT);
        items = IntStream.range(0, ITEMS).boxed().toList();
    }

    @TearDown(Level.Trial)
    public void close() {
        mapper.close();
    }

    /** Each item sleeps a millisecond. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public List<Integer> mapAllShort() throws InterruptedException, ExecutionException {
        return mapper.map(items, item -> {
            sleep(SHORT_MILLIS);
            return item;
        });
    }

    /** One in a hundred sleeps fifty milliseconds, the others are done at once. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public List<Integer> mapSomeSlow() throws InterruptedException, ExecutionException {
        return mapper.map(items, item -> {
            if (item % SLOW == SLOW / 2) {
                sleep(LONG_MILLIS);
            }
            return item;
        });
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts what is mapped", e);
        }
    }
}
