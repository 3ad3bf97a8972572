// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import io.github.headway4j.benchmarks.TimerImplementation.Action;
import io.github.headway4j.benchmarks.TimerImplementation.AlarmClock;
import java.util.Arrays;

/** Measures the memory that timers hold, by what is left after the collector has run. */
final class TimerMemory {
    static final int TIMERS = 1_000_000;

    /** So that all classes are there. */
    private static final int WARMUP_TIMERS = 1_000;

    private static final int UNCHANGED = 3;
    private static final long PAUSE_MILLIS = 100;
    private static final Delay LONG = Delay.ofNanos(3_600_000_000_000L);

    private TimerMemory() {}

    /** Bytes for each timer: while they wait; after they have been cancelled. */
    static double[] measure(TimerImplementation implementation) throws InterruptedException {
        try (AlarmClock clock = implementation.create()) {
            Object[] scheduled = new Object[TIMERS];
            schedule(clock, scheduled, WARMUP_TIMERS);
            cancel(clock, scheduled, WARMUP_TIMERS);
            long before = used();
            schedule(clock, scheduled, TIMERS);
            long waiting = used();
            cancel(clock, scheduled, TIMERS);
            long cancelled = used();
            return new double[] {(double) (waiting - before) / TIMERS, (double) (cancelled - before) / TIMERS};
        }
    }

    private static void schedule(AlarmClock clock, Object[] scheduled, int count) {
        Action action = new Nothing();
        for (int i = 0; i < count; i++) {
            scheduled[i] = clock.schedule(Delay.ofNanos(LONG.nanos() + 1_000L * i), action);
        }
    }

    private static void cancel(AlarmClock clock, Object[] scheduled, int count) {
        for (int i = 0; i < count; i++) {
            clock.cancel(scheduled[i]);
        }
        Arrays.fill(scheduled, null);
    }

    /** Bytes in use, once the collector and whoever else cleans up find nothing more. */
    private static long used() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int unchanged = 0; unchanged < UNCHANGED; unchanged++) {
            System.gc();
            Thread.sleep(PAUSE_MILLIS);
            long used =
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            if (used < least) {
                least = used;
                unchanged = 0;
            }
        }
        return least;
    }

    private static final class Nothing extends Action {
        @Override
        public void run() {
            throw new IllegalStateException("nobody waits so long");
        }
    }
}
