// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
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

/** Tasks that do nothing, submitted by one thread: an operation is one of them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Threads(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class ExecutorBenchmark {
    static final int ALL = 1_000_000;

    private static final Runnable EMPTY = () -> {};

    @Param
    ExecutorImplementation implementation;

    private ExecutorService executor;

    @Setup(Level.Trial)
    public void create() {
        executor = implementation.create();
    }

    @TearDown(Level.Trial)
    public void shutdown() {
        executor.shutdown();
    }

    /**
     * From the first submit until all have run. Each call has an executor of its own and waits for its end: to wait for
     * the task that was submitted last would not do, as not all executors keep the order.
     */
    @Benchmark
    @OperationsPerInvocation(ALL)
    public Future<?> submitAll() throws InterruptedException {
        ExecutorService own = implementation.create();
        Future<?> last = null;
        for (int i = 0; i < ALL; i++) {
            last = own.submit(EMPTY);
        }
        own.shutdown();
        if (!own.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("tasks are left over: " + own);
        }
        return last;
    }

    /** Submits one and waits for it. */
    @Benchmark
    public Object roundTrip() throws InterruptedException, ExecutionException {
        return executor.submit(EMPTY).get();
    }
}
