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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Passes a barrier: an operation is one cycle of all parties.
 *
 * <p>The measured thread is one party and threads of ours are the others, so that nobody is left waiting at the end of
 * an iteration; the last cycle tells the others to end.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Threads(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class BarrierBenchmark {
    @Param
    BarrierImplementation implementation;

    @Param({"2", "4"})
    int parties;

    private BarrierImplementation.Meeting meeting;
    private List<Thread> others;

    /** Cycles of the measured thread so far. */
    private long cycles;

    /** After how many cycles the others end. */
    private volatile long lastCycle;

    @Setup(Level.Trial)
    public void start() {
        meeting = implementation.create(parties);
        others = new ArrayList<>();
        cycles = 0;
        lastCycle = Long.MAX_VALUE;
        for (int i = 1; i < parties; i++) {
            Thread other = new Thread(this::takePart, "party");
            other.setDaemon(true);
            others.add(other);
            other.start();
        }
    }

    @Benchmark
    public int cycle() throws Exception {
        cycles++;
        return meeting.await();
    }

    @TearDown(Level.Trial)
    public void stop() throws Exception {
        lastCycle = cycles + 1;
        cycle();
        for (Thread other : others) {
            other.join();
        }
    }

    private void takePart() {
        BarrierImplementation.Meeting point = meeting;
        try {
            for (long passed = 0; passed < lastCycle; passed++) {
                point.await();
            }
        } catch (Exception e) {
            throw new IllegalStateException("nobody disturbs the parties", e);
        }
    }
}
