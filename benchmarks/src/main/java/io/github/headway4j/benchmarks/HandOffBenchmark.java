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
 * Hands control to another thread and back: an operation is one round trip of two signals.
 *
 * <p>The measured thread calls and an echo thread of ours answers. Only the measured thread takes part in the start and
 * the end of an iteration, always between two round trips, so that nobody is left waiting for a partner who has
 * finished; the last round trip tells the echo to end.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Threads(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class HandOffBenchmark {
    @Param
    SignalImplementation implementation;

    private Signal call;
    private Signal answer;
    private Thread echo;
    private volatile boolean last;

    @Setup(Level.Trial)
    public void start() {
        call = implementation.create();
        answer = implementation.create();
        last = false;
        echo = new Thread(this::echo, "echo");
        echo.setDaemon(true);
        echo.start();
    }

    @Benchmark
    public void roundTrip() throws InterruptedException {
        call.send();
        answer.receive();
    }

    @TearDown(Level.Trial)
    public void stop() throws InterruptedException {
        last = true;
        roundTrip();
        echo.join();
    }

    private void echo() {
        try {
            boolean ended;
            do {
                call.receive();
                ended = last;
                answer.send();
            } while (!ended);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the echo", e);
        }
    }
}
