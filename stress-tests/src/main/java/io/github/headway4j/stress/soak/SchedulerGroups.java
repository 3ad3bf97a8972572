// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.scheduler.EventScheduler;
import io.github.headway4j.scheduler.TimerOptions;
import io.github.headway4j.scheduler.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Timers, each run accounted for, and tokens made of all that threads wait for at a scheduler. */
final class SchedulerGroups {

    private static final String MODULE = "scheduler";
    private static final int WORKERS = 3;

    private SchedulerGroups() {}

    static List<Group> all() {
        return List.of(new Group(
                MODULE,
                "timers and events",
                new TimerScenario("timers", ShippedTimers.with(TimerOptions.defaults())),
                new TimerScenario(
                        "timers with an executor",
                        ShippedTimers.with(TimerOptions.defaults().executor(workers()))),
                new HandOffScenario("event scheduler", new OfEvents(), new OfEvents()),
                new HandOffScenario("virtual time", new OfMoments(), new OfMoments())));
    }

    private static Executor workers() {
        return Executors.newFixedThreadPool(WORKERS, task -> {
            Thread thread = new Thread(task, "soak worker");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** An event that ends the wait of the one who runs the scheduler. */
    private static final class OfEvents implements Token {
        private static final Duration NEVER = Duration.ofDays(1);

        private final EventScheduler scheduler = new EventScheduler();

        /** The action. */
        private static final class Given extends RuntimeException {
            private static final long serialVersionUID = 1L;

            Given() {
                super(null, null, false, false);
            }
        }

        OfEvents() {
            scheduler.enter(NEVER, 1, () -> {});
        }

        @Override
        public void give(SplittableRandom random) {
            scheduler.enter(Duration.ofNanos(random.nextInt(2) * random.nextInt(100_000)), 1, () -> {
                throw new Given();
            });
        }

        @Override
        public void take() throws InterruptedException {
            try {
                scheduler.run();
            } catch (Given given) {
                return;
            }
            throw new AssertionError("an event that is planned for tomorrow has run, or was forgotten");
        }

        /** Plans something that is first for a while, or takes what is there and gives it back. */
        @Override
        public void linger(Duration timeout) {
            try {
                scheduler.cancel(scheduler.enter(timeout.plusMillis(1), 1, () -> {}));
                scheduler.runPending();
            } catch (Given given) {
                scheduler.enter(Duration.ZERO, 1, () -> {
                    throw given;
                });
            }
        }
    }

    /** The next nanosecond of a clock. */
    private static final class OfMoments implements Token {
        private static final Duration ONE = Duration.ofNanos(1);

        private final VirtualTime time = new VirtualTime();

        /** Of the one who takes. */
        private long taken;

        @Override
        public void give(SplittableRandom random) {
            time.advance(ONE);
        }

        @Override
        public void take() throws InterruptedException {
            taken++;
            time.sleepUntil(taken);
        }

        /** Enters itself among those who sleep, and leaves at once: nobody is bound to move the clock. */
        @Override
        public void linger(Duration timeout) throws InterruptedException {
            time.sleepUntil(time.nanoTime());
        }
    }
}
