// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Takes elements out of a bounded buffer of {@value #SLOTS} slots, with a producer for each measured consumer. Producers
 * are threads of ours and go on until the end of the trial, so that no consumer is left waiting for one that has
 * finished.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class BoundedBufferBenchmark {
    static final int SLOTS = 8;

    @Param
    GuardedImplementation implementation;

    private GuardedImplementation.Buffer buffer;
    private final List<Thread> producers = new ArrayList<>();

    @Setup(Level.Trial)
    public void start(BenchmarkParams parameters) {
        start(parameters.getThreads());
    }

    void start(int count) {
        buffer = implementation.createBuffer(SLOTS);
        for (int i = 0; i < count; i++) {
            Thread producer = new Thread(this::produce, "producer");
            producer.setDaemon(true);
            producer.start();
            producers.add(producer);
        }
    }

    @Benchmark
    public long take() throws InterruptedException {
        return buffer.take();
    }

    @TearDown(Level.Trial)
    public void stop() throws InterruptedException {
        for (Thread producer : producers) {
            producer.interrupt();
            producer.join();
        }
        producers.clear();
    }

    private void produce() {
        try {
            for (long number = 0; ; number++) {
                buffer.put(number);
            }
        } catch (InterruptedException e) {
            // the end of the trial
        }
    }
}
