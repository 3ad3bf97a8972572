// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import io.github.headway4j.benchmarks.TimerImplementation.Action;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.ThreadParams;

/** Time-outs, most of which are cancelled before their time: an operation is one of them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class TimerBenchmark {
    static final int ALL = 1_000_000;
    static final int DUE = 200_000;

    private static final Action NEVER_RUN = new Action() {
        @Override
        public void run() {
            throw new IllegalStateException("nobody waits so long");
        }
    };

    @Param
    TimerImplementation implementation;

    /** How many are waiting in {@link #replace}. */
    @Param("100000")
    int pending;

    private TimerImplementation.AlarmClock clock;

    @Setup(Level.Trial)
    public void create() {
        clock = implementation.create();
    }

    @TearDown(Level.Trial)
    public void close() {
        clock.close();
    }

    /** A request is answered and another one begins: its time-out is cancelled, and one is scheduled. */
    @Benchmark
    public Object replace(Requests requests, ThreadShare share, Control control) {
        int next = requests.index + 1 < requests.timeouts.length ? requests.index + 1 : 0;
        requests.index = next;
        clock.cancel(requests.timeouts[next]);
        Object scheduled = clock.schedule(requests.delays.next(), NEVER_RUN);
        requests.timeouts[next] = scheduled;
        share.count(control);
        return scheduled;
    }

    @Benchmark
    @OperationsPerInvocation(ALL)
    public void scheduleAllCancelAll(Many many) {
        Object[] timeouts = many.timeouts;
        for (int i = 0; i < ALL; i++) {
            timeouts[i] = clock.schedule(many.delays.next(), NEVER_RUN);
        }
        for (int i = 0; i < ALL; i++) {
            clock.cancel(timeouts[i]);
        }
    }

    /** From the first call to schedule until the last action has run. */
    @Benchmark
    @OperationsPerInvocation(DUE)
    public void runAllDue(Countdown countdown) throws InterruptedException {
        countdown.left = DUE;
        for (int i = 0; i < DUE; i++) {
            clock.schedule(Delay.NONE, countdown);
        }
        countdown.over.acquire();
    }

    /** How long requests may take: from a table. */
    static final class Delays {
        private static final int SIZE = 1 << 12;
        private static final long LEAST = TimeUnit.SECONDS.toNanos(30);
        private static final long MOST = TimeUnit.SECONDS.toNanos(90);

        private final Delay[] table = new Delay[SIZE];
        private int index;

        Delays(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < SIZE; i++) {
                table[i] = Delay.ofNanos(random.nextLong(LEAST, MOST));
            }
        }

        Delay next() {
            index++;
            return table[index & (SIZE - 1)];
        }
    }

    /** Those of one thread, whose time-outs wait. */
    @State(Scope.Thread)
    public static class Requests {
        private Delays delays;
        private Object[] timeouts;
        private int index;

        @Setup(Level.Trial)
        public void begin(TimerBenchmark timers, ThreadParams thread) {
            begin(timers, thread.getThreadIndex(), thread.getThreadCount());
        }

        void begin(TimerBenchmark timers, int thread, int threads) {
            delays = new Delays(thread);
            timeouts = new Object[timers.pending / threads];
            for (int i = 0; i < timeouts.length; i++) {
                timeouts[i] = timers.clock.schedule(delays.next(), NEVER_RUN);
            }
        }
    }

    /** Room for all that are scheduled before the first one is cancelled. */
    @State(Scope.Thread)
    public static class Many {
        private final Delays delays = new Delays(0);
        private final Object[] timeouts = new Object[ALL];
    }

    /** An action that tells when it has run often enough; all runs are in one thread. */
    @State(Scope.Thread)
    public static class Countdown extends Action {
        private final Semaphore over = new Semaphore(0);
        private int left;

        @Override
        public void run() {
            left--;
            if (left == 0) {
                over.release();
            }
        }
    }
}
