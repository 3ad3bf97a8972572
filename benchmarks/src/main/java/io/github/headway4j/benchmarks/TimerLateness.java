// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.github.headway4j.benchmarks.TimerImplementation.Action;
import io.github.headway4j.benchmarks.TimerImplementation.AlarmClock;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Measures how late the actions of timers begin while nothing else is to be done. */
final class TimerLateness {
    static final int ACTIONS = 10_000;
    static final int SECONDS = 10;

    private static final int WARMUP_ACTIONS = 4_000;
    private static final int WARMUP_SECONDS = 2;

    /** All have been scheduled when the first one is due. */
    private static final long LEAD = TimeUnit.MILLISECONDS.toNanos(200);

    private static final double MICROS = 1e3;

    private TimerLateness() {}

    /** Half of them, 99 of 100 and all of them begin so many microseconds late at most; processor time; others. */
    static double[] measure(TimerImplementation implementation) throws InterruptedException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        try (AlarmClock clock = implementation.create()) {
            late(clock, WARMUP_ACTIONS, WARMUP_SECONDS);
            System.gc(); // not later
            ProcessorUse use = ProcessorUse.now();
            long start = System.nanoTime();
            long startCpu = system.getProcessCpuTime();
            long[] late = late(clock, ACTIONS, SECONDS);
            double cpu = system.getProcessCpuTime() - startCpu;
            double nanos = System.nanoTime() - start;
            double busy = ProcessorUse.now().busyProcessorsSince(use);
            return new double[] {
                late[late.length / 2] / MICROS,
                late[late.length / 100 * 99] / MICROS,
                late[late.length - 1] / MICROS,
                cpu / late.length / MICROS,
                Double.isNaN(busy) ? -1 : Math.max(0, busy - cpu / nanos)
            };
        }
    }

    /** How late each of some actions begins, in nanoseconds, sorted. */
    static long[] late(AlarmClock clock, int count, int seconds) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(count);
        CountDownLatch over = new CountDownLatch(count);
        Arrival[] arrivals = new Arrival[count];
        for (int i = 0; i < count; i++) {
            long delay = LEAD + random.nextLong(TimeUnit.SECONDS.toNanos(seconds));
            arrivals[i] = new Arrival(System.nanoTime() + delay, over);
            clock.schedule(Delay.ofNanos(delay), arrivals[i]);
        }
        over.await();
        return Arrays.stream(arrivals)
                .mapToLong(arrival -> arrival.late)
                .sorted()
                .toArray();
    }

    private static final class Arrival extends Action {
        private final long due;
        private final CountDownLatch over;

        /** Read after the latch has opened. */
        private long late;

        Arrival(long due, CountDownLatch over) {
            this.due = due;
            this.over = over;
        }

        @Override
        public void run() {
            late = System.nanoTime() - due;
            over.countDown();
        }
    }
}
