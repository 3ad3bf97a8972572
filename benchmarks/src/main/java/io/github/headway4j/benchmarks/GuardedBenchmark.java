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

/** A counter that nobody else wants, and a bounded buffer of {@value #SLOTS} slots between threads. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class GuardedBenchmark {
    static final int SLOTS = 8;

    /** The counter. */
    @State(Scope.Benchmark)
    public static class Counting {
        @Param
        GuardedImplementation implementation;

        private GuardedImplementation.Counter counter;

        @Setup(Level.Trial)
        public void create() {
            counter = implementation.createCounter();
        }
    }

    /**
     * The buffer, with a producer for each measured consumer. Producers go on until the end of the trial, so that no
     * consumer is left waiting for one that has finished.
     */
    @State(Scope.Benchmark)
    public static class Buffering {
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

    @Benchmark
    public long uncontended(Counting state) {
        return state.counter.increment();
    }

    @Benchmark
    public long buffer(Buffering state) throws InterruptedException {
        return state.buffer.take();
    }
}
