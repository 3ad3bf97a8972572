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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Control;

/**
 * The hold model: the first of many pending events happens, and plans one for later. An operation is one event, counted
 * by {@link Deliveries}; a call simulates a while.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Threads(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class SimulationBenchmark {
    /** How many happen during a call, on the average. */
    private static final int EVENTS = 10_000;

    @Param
    SimulationImplementation implementation;

    @Param({"1000", "100000", "1000000"})
    int pending;

    private SimulationImplementation.Simulation simulation;
    private long now;
    private long step;

    @Setup(Level.Trial)
    public void create() {
        simulation = implementation.create(pending);
        step = Increments.MEAN * EVENTS / pending;
        now = 0;
    }

    @Benchmark
    public int hold(Deliveries events, Control control) {
        now += step;
        int happened = simulation.runUntil(now);
        events.count(happened, control);
        return happened;
    }
}
