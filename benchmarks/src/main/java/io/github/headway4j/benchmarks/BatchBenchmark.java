// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import io.github.headway4j.queues.TaskQueue;
import java.util.Collections;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.ThreadParams;

/** Passes elements through a bounded queue, as many at a time as a batch has: an operation is one element. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class BatchBenchmark {
    private static final int BATCH = 64;
    private static final Object ELEMENT = new Object();
    private static final List<Object> ELEMENTS = List.copyOf(Collections.nCopies(BATCH, ELEMENT));

    @Param
    BatchImplementation implementation;

    @Param("1024")
    int capacity;

    private TaskQueue<Object> queue;

    @Setup(Level.Trial)
    public void create() {
        queue = BatchImplementation.create(capacity);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Object pairs() throws InterruptedException {
        implementation.put(queue, ELEMENTS);
        return implementation.take(queue, BATCH);
    }

    /** One thread puts and one takes. */
    @Benchmark
    public Object traffic(Place place, Deliveries deliveries, Control control) throws InterruptedException {
        if (place.side.hasEnded(control, ELEMENT)) {
            return ELEMENT;
        }
        if (place.side.puts()) {
            implementation.put(queue, ELEMENTS);
            return ELEMENT;
        }
        List<Object> batch = implementation.take(queue, BATCH);
        deliveries.count(batch.size(), control);
        return batch;
    }

    /** The side that a thread is on. */
    @State(Scope.Thread)
    public static class Place {
        private Side side;

        @Setup(Level.Trial)
        public void choose(BatchBenchmark batches, ThreadParams thread) {
            int number = thread.getThreadIndex();
            side = new Side(new BlockingChannel(batches.queue), number == 0, new Backlog(2), true, number);
        }
    }
}
