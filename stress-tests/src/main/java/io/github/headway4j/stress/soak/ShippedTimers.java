// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.scheduler.RepeatingTimeout;
import io.github.headway4j.scheduler.Timeout;
import io.github.headway4j.scheduler.TimerOptions;
import io.github.headway4j.scheduler.Timers;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Timers of the library. */
final class ShippedTimers implements Clockwork {

    private final Timers timers;

    private ShippedTimers(TimerOptions options, Consumer<Throwable> onFailure) {
        this.timers = new Timers(options.daemon(true)
                .maxPending(MOST_PENDING)
                .onFailure((timeout, failure) -> onFailure.accept(failure)));
    }

    /** Timers with the given options. */
    static Kind with(TimerOptions options) {
        return onFailure -> new ShippedTimers(options, onFailure);
    }

    @Override
    public @Nullable Alarm set(Duration delay, int priority, Runnable action) {
        try {
            return new One(timers.schedule(delay, priority, action));
        } catch (RejectedExecutionException full) {
            return null;
        }
    }

    @Override
    public @Nullable Series repeat(Duration period, Runnable action) {
        try {
            return new Many(timers.every(period, action));
        } catch (RejectedExecutionException full) {
            return null;
        }
    }

    @Override
    public int pending() {
        return timers.pending();
    }

    @Override
    public void close() {
        timers.close();
    }

    private static class One implements Alarm {
        private final Timeout timeout;

        One(Timeout timeout) {
            this.timeout = timeout;
        }

        @Override
        public boolean prevent() {
            return timeout.cancel() == Timeout.Cancellation.PREVENTED;
        }

        @Override
        public boolean isDone() {
            return timeout.isDone();
        }

        @Override
        public void await() throws InterruptedException {
            timeout.await();
        }

        @Override
        public boolean await(Duration limit) throws InterruptedException {
            return timeout.await(limit);
        }
    }

    private static final class Many extends One implements Series {
        private final RepeatingTimeout series;

        Many(RepeatingTimeout series) {
            super(series);
            this.series = series;
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
