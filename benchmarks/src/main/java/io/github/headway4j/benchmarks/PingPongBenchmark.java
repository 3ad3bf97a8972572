// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Sends an element to another thread through one queue and waits for its answer in another: an operation is one round
 * trip. Ends as {@link HandOffBenchmark} does: only the thread that calls takes part in the iterations.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Threads(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class PingPongBenchmark {
    private static final int CAPACITY = 1024;
    private static final Object CALL = new Object();
    private static final Object LAST_CALL = new Object();

    @Param
    QueueImplementation implementation;

    private Channel calls;
    private Channel answers;
    private Thread echo;

    @Setup(Level.Trial)
    public void start() {
        calls = implementation.create(CAPACITY);
        answers = implementation.create(CAPACITY);
        echo = new Thread(this::echo, "echo");
        echo.setDaemon(true);
        echo.start();
    }

    @Benchmark
    public Object roundTrip() throws InterruptedException {
        calls.put(CALL);
        return answers.take();
    }

    @TearDown(Level.Trial)
    public void stop() throws InterruptedException {
        calls.put(LAST_CALL);
        echo.join();
    }

    private void echo() {
        try {
            Object call;
            while ((call = calls.take()) != LAST_CALL) {
                answers.put(call);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the echo", e);
        }
    }
}
