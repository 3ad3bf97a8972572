// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.scheduler.TimerOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sound timers, with one thing around them that is done wrong. */
final class BrokenTimers implements Clockwork {

    /** What is done wrong. */
    enum Mistake implements Clockwork.Kind {
        /** Nothing. */
        NONE,

        /** Looks whether it is over, and then says that it has prevented it. */
        PREVENTS_WHAT_RUNS,

        /** Of two runs that are planned at the same time, one is forgotten. */
        FORGETS_A_RUN,

        /** Who waits looks, and then says that it waits: it is not told of what has happened in between. */
        FORGETS_WHO_WAITS,

        /** Says that it is over when the action begins. */
        IS_OVER_TOO_EARLY,

        /** A series that has been cancelled runs once more. */
        RUNS_AFTER_THE_END;

        @Override
        public Clockwork create(Consumer<Throwable> onFailure) {
            return new BrokenTimers(
                    this, ShippedTimers.with(TimerOptions.defaults()).create(onFailure));
        }
    }

    /** Long enough that something happens in between. */
    private static final long GAP_NANOS = 50_000;

    private final Mistake mistake;
    private final Clockwork sound;
    private final AtomicBoolean planning = new AtomicBoolean();

    private BrokenTimers(Mistake mistake, Clockwork sound) {
        this.mistake = mistake;
        this.sound = sound;
    }

    @Override
    public @Nullable Alarm set(Duration delay, int priority, Runnable action) {
        if (mistake != Mistake.FORGETS_A_RUN) {
            return setOne(delay, priority, action);
        }
        if (!planning.compareAndSet(false, true)) {
            return setOne(delay, priority, () -> {});
        }
        try {
            Thread.yield();
            return setOne(delay, priority, action);
        } finally {
            planning.set(false);
        }
    }

    private @Nullable Alarm setOne(Duration delay, int priority, Runnable action) {
        One one = new One(action);
        Alarm alarm = sound.set(delay, priority, one);
        return alarm == null ? null : one.around(alarm);
    }

    @Override
    public @Nullable Series repeat(Duration period, Runnable action) {
        Many many = new Many(action);
        Series series = sound.repeat(period, many);
        return series == null ? null : many.aroundSeries(series);
    }

    @Override
    public int pending() {
        return sound.pending();
    }

    @Override
    public void close() {
        sound.close();
    }

    private class One implements Alarm, Runnable {
        final Runnable action;
        private volatile Alarm alarm;
        private volatile boolean begun;
        private volatile boolean told;
        private volatile Thread waiter;

        One(Runnable action) {
            this.action = action;
        }

        Alarm around(Alarm accepted) {
            alarm = accepted;
            return this;
        }

        @Override
        public void run() {
            begun = true;
            try {
                action.run();
            } finally {
                tell();
            }
        }

        @Override
        public boolean prevent() {
            if (mistake == Mistake.PREVENTS_WHAT_RUNS && !alarm.isDone()) {
                Thread.yield();
                alarm.prevent();
                return true;
            }
            boolean prevented = alarm.prevent();
            tell();
            return prevented;
        }

        @Override
        public boolean isDone() {
            return (mistake == Mistake.IS_OVER_TOO_EARLY && begun) || alarm.isDone();
        }

        @Override
        public void await() throws InterruptedException {
            if (mistake != Mistake.FORGETS_WHO_WAITS) {
                alarm.await();
            } else if (!alarm.isDone()) {
                LockSupport.parkNanos(GAP_NANOS);
                waiter = Thread.currentThread();
                while (!told) {
                    LockSupport.park(this);
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                }
            }
        }

        @Override
        public boolean await(Duration timeout) throws InterruptedException {
            return isDone() || alarm.await(timeout);
        }

        private void tell() {
            Thread thread = waiter;
            if (thread != null) {
                told = true;
                LockSupport.unpark(thread);
            }
        }
    }

    private final class Many extends One implements Series {
        private volatile Series series;

        Many(Runnable action) {
            super(action);
        }

        Series aroundSeries(Series accepted) {
            around(accepted);
            series = accepted;
            return this;
        }

        @Override
        public boolean prevent() {
            boolean prevented = super.prevent();
            if (prevented && mistake == Mistake.RUNS_AFTER_THE_END) {
                sound.set(Duration.ZERO, 0, action);
            }
            return prevented;
        }

        @Override
        public void pause() {
            series.pause();
        }

        @Override
        public void resume() {
            series.resume();
        }

        @Override
        public void runNow() {
            series.runNow();
        }
    }
}
