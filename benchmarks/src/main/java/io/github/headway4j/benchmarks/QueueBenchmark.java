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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Passes elements through a queue: an operation is one element, put and taken.
 *
 * <p>With several threads, those with the lowest numbers put and the others take. Their calls are counted by JMH, but
 * the figure is that of the {@link Deliveries}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class QueueBenchmark {
    private static final Object ELEMENT = new Object();

    @Param
    QueueImplementation implementation;

    @Param("1024")
    int capacity;

    /** How many threads put, where some put and others take. */
    @Param("1")
    int producers;

    private Channel channel;
    private Backlog backlog;

    @Setup(Level.Trial)
    public void create(BenchmarkParams benchmark) {
        channel = implementation.create(capacity);
        backlog = new Backlog(benchmark.getThreads());
    }

    /** Each thread puts one element and takes one. */
    @Benchmark
    public Object pairs(ThreadShare share, Control control) throws InterruptedException {
        channel.put(ELEMENT);
        Object taken = channel.take();
        share.count(control);
        return taken;
    }

    @Benchmark
    public Object traffic(Place place, Deliveries deliveries, Control control) throws InterruptedException {
        Side side = place.side;
        if (side.hasEnded(control, ELEMENT)) {
            return ELEMENT;
        }
        Object element = ELEMENT;
        if (side.puts()) {
            channel.put(element);
        } else {
            element = channel.take();
            deliveries.count(1, control);
        }
        side.tell(1, control);
        place.share.count(control);
        return element;
    }

    /** The side that a thread is on, and its share: a benchmark that asks for both would get another share. */
    @State(Scope.Thread)
    public static class Place {
        private Side side;
        private ThreadShare share;

        @Setup(Level.Trial)
        public void choose(QueueBenchmark queue, ThreadShare ownShare, ThreadParams thread) {
            int number = thread.getThreadIndex();
            boolean puts = number < queue.producers;
            boolean bounded = queue.capacity != QueueImplementation.UNBOUNDED;
            side = new Side(queue.channel, puts, queue.backlog, bounded, number);
            share = ownShare;
            share.weigh(puts ? queue.producers : thread.getThreadCount() - queue.producers);
        }
    }
}
