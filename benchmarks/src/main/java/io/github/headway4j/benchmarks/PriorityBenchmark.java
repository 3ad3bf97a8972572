// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.SplittableRandom;
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
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.ThreadParams;

/** Offers a job with a new key and polls the most urgent one, with many jobs in the queue: an operation is both. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class PriorityBenchmark {
    private static final long SEED = 42;

    @Param
    PriorityImplementation implementation;

    @Param({"1000", "100000"})
    int elements;

    @Param
    Keys keys;

    private PriorityImplementation.Jobs jobs;

    @Setup(Level.Trial)
    public void fill() {
        jobs = implementation.create();
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < elements; i++) {
            jobs.offer(new Job(keys.next(0, random)));
        }
    }

    @Benchmark
    public Object pairs(Hand hand, ThreadShare share, Control control) {
        Job job = hand.job;
        job.key = keys.next(job.key, hand.random);
        jobs.offer(job);
        hand.job = jobs.poll(); // there always is one: each thread offers before it polls
        share.count(control);
        return job;
    }

    /** The key of a job that is offered, after that of the job that the thread has polled. */
    public enum Keys {
        /** Whatever: after a while those that wait are the least urgent of all, and the new one mostly goes first. */
        ANY {
            @Override
            long next(long previous, SplittableRandom random) {
                return random.nextLong();
            }
        },
        /** Somewhat later, as of an event that another one causes: the new one goes anywhere among those that wait. */
        LATER {
            @Override
            long next(long previous, SplittableRandom random) {
                return previous + random.nextInt(MOST_LATER);
            }
        };

        private static final int MOST_LATER = 1 << 20;

        abstract long next(long previous, SplittableRandom random);
    }

    /** The job that a thread has in hand. */
    @State(Scope.Thread)
    public static class Hand {
        private Job job = new Job(0);
        private SplittableRandom random;

        @Setup(Level.Trial)
        public void seed(ThreadParams thread) {
            seed(thread.getThreadIndex());
        }

        void seed(int thread) {
            random = new SplittableRandom(SEED + 1 + thread);
        }
    }
}
