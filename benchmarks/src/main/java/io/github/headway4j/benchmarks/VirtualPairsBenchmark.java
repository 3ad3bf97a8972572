// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.concurrent.CountDownLatch;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A thousand pairs of virtual threads, one thread of each putting and the other taking, each pair through a queue of its
 * own: an operation is one element. Each call starts all of them anew and waits until all elements have arrived.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Threads(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class VirtualPairsBenchmark {
    static final int PAIRS = 1000;
    static final int ELEMENTS = 500;

    private static final Object ELEMENT = new Object();

    @Param
    QueueImplementation implementation;

    @Param("64")
    int capacity;

    private Channel[] channels;

    @Setup(Level.Trial)
    public void create() {
        channels = new Channel[PAIRS];
        for (int i = 0; i < PAIRS; i++) {
            channels[i] = implementation.create(capacity);
        }
    }

    @Benchmark
    @OperationsPerInvocation(PAIRS * ELEMENTS)
    public void deliver() throws InterruptedException {
        CountDownLatch arrived = new CountDownLatch(PAIRS);
        for (Channel channel : channels) {
            VirtualThreads.start(() -> putAll(channel));
            VirtualThreads.start(() -> takeAll(channel, arrived));
        }
        arrived.await();
    }

    private static void putAll(Channel channel) {
        try {
            for (int i = 0; i < ELEMENTS; i++) {
                channel.put(ELEMENT);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private static void takeAll(Channel channel, CountDownLatch arrived) {
        try {
            for (int i = 0; i < ELEMENTS; i++) {
                channel.take();
            }
            arrived.countDown();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }
}
