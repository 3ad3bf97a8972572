// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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

/** Two tasks that do nothing, from the opening of what runs them until it is closed: an operation is both. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Threads(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class ScopeBenchmark {
    static final int TIMES = 1_000;

    @Param
    ScopeImplementation implementation;

    /** In which thread all this is done. */
    @Param
    Owner owner;

    /** Kinds of threads. */
    public enum Owner {
        PLATFORM {
            @Override
            int call(Callable<Integer> work) throws Exception {
                return work.call();
            }
        },
        VIRTUAL {
            @Override
            int call(Callable<Integer> work) throws InterruptedException, ExecutionException {
                FutureTask<Integer> task = new FutureTask<>(work);
                VirtualThreads.start(task);
                return task.get();
            }
        };

        abstract int call(Callable<Integer> work) throws Exception;
    }

    /** So often, one after the other, so that a virtual owner is started once for all of them. */
    @Benchmark
    @OperationsPerInvocation(TIMES)
    public int addBoth() throws Exception {
        return owner.call(() -> {
            int sum = 0;
            for (int i = 0; i < TIMES; i++) {
                sum += implementation.addBoth(() -> 1, () -> 2);
            }
            return sum;
        });
    }
}
