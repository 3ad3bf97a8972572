// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import io.github.headway4j.scheduler.Timeout;
import io.github.headway4j.scheduler.Timers;
import io.netty.util.HashedWheelTimer;
import io.netty.util.TimerTask;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What can run actions later, in one thread of its own. */
public enum TimerImplementation {
    HEADWAY {
        @Override
        AlarmClock create() {
            return new HeadwayAlarms();
        }
    },
    /** Told to forget what is cancelled, which it does not do by itself. */
    SCHEDULED_THREAD_POOL {
        @Override
        AlarmClock create() {
            return new PoolAlarms();
        }
    },
    /** With ticks of a millisecond, the shortest that it has. */
    NETTY_WHEEL {
        @Override
        AlarmClock create() {
            return new WheelAlarms();
        }
    };

    /** Runs actions later. */
    interface AlarmClock extends AutoCloseable {
        /** Returns what {@link #cancel} wants. */
        Object schedule(Delay delay, Action action);

        void cancel(Object scheduled);

        @Override
        void close();
    }

    /** What everybody takes as it is. */
    abstract static class Action implements Runnable, TimerTask {
        @Override
        public final void run(io.netty.util.Timeout timeout) {
            run();
        }
    }

    abstract AlarmClock create();

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "clock");
        thread.setDaemon(true);
        return thread;
    }

    private static final class HeadwayAlarms implements AlarmClock {
        private final Timers timers = Timers.daemon();

        @Override
        public Object schedule(Delay delay, Action action) {
            return timers.schedule(delay.duration(), action);
        }

        @Override
        public void cancel(Object scheduled) {
            ((Timeout) scheduled).cancel();
        }

        @Override
        public void close() {
            timers.close();
        }
    }

    private static final class PoolAlarms implements AlarmClock {
        private final ScheduledThreadPoolExecutor pool =
                new ScheduledThreadPoolExecutor(1, TimerImplementation::daemon);

        PoolAlarms() {
            pool.setRemoveOnCancelPolicy(true);
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // the caller keeps it to cancel it; actions throw nothing
        public Object schedule(Delay delay, Action action) {
            return pool.schedule(action, delay.nanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void cancel(Object scheduled) {
            ((Future<?>) scheduled).cancel(false);
        }

        @Override
        public void close() {
            pool.shutdownNow();
        }
    }

    private static final class WheelAlarms implements AlarmClock {
        private final HashedWheelTimer timer =
                new HashedWheelTimer(TimerImplementation::daemon, 1, TimeUnit.MILLISECONDS);

        @Override
        public Object schedule(Delay delay, Action action) {
            return timer.newTimeout(action, delay.nanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void cancel(Object scheduled) {
            ((io.netty.util.Timeout) scheduled).cancel();
        }

        @Override
        public void close() {
            timer.stop();
        }
    }
}
