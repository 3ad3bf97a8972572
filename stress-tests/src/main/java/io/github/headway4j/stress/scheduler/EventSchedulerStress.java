// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.scheduler.EventScheduler;
import io.github.headway4j.scheduler.ScheduledEvent;
import io.github.headway4j.scheduler.VirtualTime;
import io.github.headway4j.stress.actors.Bounds;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Events that are entered, cancelled and run by two threads. */
public final class EventSchedulerStress {

    private EventSchedulerStress() {}

    private static void run(EventScheduler scheduler) {
        try {
            scheduler.run();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the actors of this test", e);
        }
    }

    @JCStressTest
    @Description("Actions before entering an event happen-before its action.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "run, and what was done before is seen")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "came too early")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "run, and what was done before is not seen")
    @State
    public static class ActualPublication {
        private final EventScheduler scheduler = new EventScheduler();
        private int data;
        private int ran;
        private int seen;

        @Actor
        public void runner(III_Result r) {
            r.r1 = data; // too early: what the action reads must not be this
            scheduler.runPending();
            r.r2 = ran;
            r.r3 = seen;
        }

        @Actor
        public void enterer() {
            data = 1;
            scheduler.enter(Duration.ZERO, 1, this::look);
        }

        private void look() {
            ran = 1;
            seen = data;
        }
    }

    @JCStressTest
    @Description("An event in a plain field may be seen before what was done before.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "run, and what was done before is seen")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "came too early")
    @Outcome(id = ".*, 1, 0", expect = ACCEPTABLE_INTERESTING, desc = "run, and what was done before is not seen")
    @State
    public static class BrokenPublication {
        private int data;
        private int event;

        @Actor
        public void runner(III_Result r) {
            r.r1 = data;
            r.r2 = event;
            r.r3 = data;
        }

        @Actor
        public void enterer() {
            data = 1;
            event = 1;
        }
    }

    /** An action that ends {@code runPending}, so that a thread takes one event at a time. */
    private static final class Taken extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int number;

        Taken(int number) {
            super(null, null, false, false);
            this.number = number;
        }

        static int one(EventScheduler scheduler) {
            try {
                scheduler.runPending();
                return 0;
            } catch (Taken taken) {
                return taken.number;
            }
        }
    }

    @JCStressTest
    @Description("What a thread does before it takes an event happens-before what another does with a later one.")
    @Outcome(id = ".*, 2, 1", expect = ACCEPTABLE, desc = "took the later one, and sees what was done before the first")
    @Outcome(id = ".*, 1, .*", expect = ACCEPTABLE, desc = "took the first one")
    @Outcome(id = ".*, 2, 0", expect = FORBIDDEN, desc = "took the later one, and does not see it")
    @Outcome(id = ".*, 0, .*", expect = FORBIDDEN, desc = "found none of two")
    @State
    public static class ActualTakeOrder {
        private final EventScheduler scheduler = new EventScheduler(new VirtualTime());
        private int data;

        public ActualTakeOrder() {
            for (int i = 1; i <= 2; i++) {
                Taken taken = new Taken(i);
                scheduler.enter(Duration.ZERO, i, () -> {
                    throw taken;
                });
            }
        }

        @Actor
        public void writer() {
            data = 1;
            Taken.one(scheduler);
        }

        @Actor
        public void reader(III_Result r) {
            r.r1 = data;
            r.r2 = Taken.one(scheduler);
            r.r3 = data;
        }
    }

    @JCStressTest
    @Description("A plain field that tells which event is next may be seen before what was done before.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "the later one, and sees what was done before the first")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "the first one")
    @Outcome(id = ".*, 1, 0", expect = ACCEPTABLE_INTERESTING, desc = "the later one, and does not see it")
    @State
    public static class BrokenTakeOrder {
        private int data;
        private int next;

        @Actor
        public void writer() {
            data = 1;
            next = 1;
        }

        @Actor
        public void reader(III_Result r) {
            r.r1 = data;
            r.r2 = next;
            r.r3 = data;
        }
    }

    @JCStressTest
    @Description("An event is run or cancelled, not both, not neither.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "run")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "cancelled")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "run and cancelled")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "lost")
    @State
    public static class ActualRunCancel {
        private final EventScheduler scheduler = new EventScheduler(new VirtualTime());
        private int ran;
        private final ScheduledEvent event = scheduler.enter(Duration.ZERO, 1, () -> ran = 1);

        @Actor
        public void runner(II_Result r) {
            scheduler.runPending();
            r.r1 = ran;
        }

        @Actor
        public void canceller(II_Result r) {
            r.r2 = scheduler.cancel(event) ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("Who looks whether an event is pending, and then ends it, runs what another has cancelled.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "run")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "cancelled")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "run and cancelled")
    @State
    public static class BrokenRunCancel {
        private final CheckThenActEvent event = new CheckThenActEvent();

        @Actor
        public void runner(II_Result r) {
            r.r1 = event.end();
        }

        @Actor
        public void canceller(II_Result r) {
            r.r2 = event.end();
        }
    }

    @JCStressTest
    @Description("Two runners run an event once.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "once, and nothing is left")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "not at all, or twice, or something is left")
    @State
    public static class ActualTwoRunners {
        private final EventScheduler scheduler = new EventScheduler();
        private final AtomicInteger runs = new AtomicInteger();

        public ActualTwoRunners() {
            scheduler.enter(Duration.ZERO, 1, runs::incrementAndGet);
        }

        @Actor
        public void one() {
            run(scheduler);
        }

        @Actor
        public void other() {
            run(scheduler);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r1 = runs.get();
            r.r2 = scheduler.size();
        }
    }

    @JCStressTest
    @Description("Two that look whether an event is pending, and then end it, both run it.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "once")
    @Outcome(id = "2", expect = ACCEPTABLE_INTERESTING, desc = "twice")
    @State
    public static class BrokenTwoRunners {
        private final CheckThenActEvent event = new CheckThenActEvent();
        private final AtomicInteger runs = new AtomicInteger();

        @Actor
        public void one() {
            runs.addAndGet(event.end());
        }

        @Actor
        public void other() {
            runs.addAndGet(event.end());
        }

        @Arbiter
        public void arbiter(I_Result r) {
            r.r1 = runs.get();
        }
    }

    @JCStressTest
    @Description("A runner that waits, or is about to, notices an earlier event.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the earlier event ran")
    @Outcome(id = ".*, 1", expect = FORBIDDEN, desc = "the runner slept until the later one: its wake-up was lost")
    @Outcome(id = "0, .*", expect = FORBIDDEN, desc = "the runner left while an event was there")
    @State
    public static class ActualEarlierEvent {
        private final EventScheduler scheduler = new EventScheduler();
        private int ran;
        private int slept;
        private final ScheduledEvent later = scheduler.enter(Bounds.LOST, 1, () -> slept = 1);

        @Actor
        public void runner(II_Result r) {
            run(scheduler);
            r.r1 = ran;
            r.r2 = slept;
        }

        @Actor
        public void enterer() {
            scheduler.enter(Duration.ZERO, 1, this::cancelTheLaterOne);
        }

        private void cancelTheLaterOne() {
            scheduler.cancel(later);
            ran = 1;
        }
    }

    @JCStressTest
    @Description("A runner that looks, then enters itself, then sleeps, misses an earlier event in between.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the earlier event ran")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "the runner slept to the end: its wake-up was lost")
    @State
    public static class BrokenEarlierEvent {
        private final ForgetfulRunner runner = new ForgetfulRunner();

        @Actor
        public void runner(I_Result r) {
            r.r1 = runner.run(Bounds.CONTROL_NANOS) ? 1 : 0;
        }

        @Actor
        public void enterer() {
            runner.change();
        }
    }

    @JCStressTest
    @Description("A runner that waits, or is about to, notices that nothing is left.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "returned")
    @Outcome(id = "1, .*", expect = FORBIDDEN, desc = "the runner slept until the event: its wake-up was lost")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "the runner left while an event was there")
    @State
    public static class ActualNothingLeft {
        private final EventScheduler scheduler = new EventScheduler();
        private int slept;
        private final ScheduledEvent event = scheduler.enter(Bounds.LOST, 1, () -> slept = 1);

        @Actor
        public void runner(II_Result r) {
            run(scheduler);
            r.r1 = slept;
            r.r2 = scheduler.isEmpty() ? 1 : 0;
        }

        @Actor
        public void canceller() {
            scheduler.cancel(event);
        }
    }

    @JCStressTest
    @Description("A runner that looks, then enters itself, then sleeps, misses the cancelling of the last event.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "returned")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "the runner slept to the end: its wake-up was lost")
    @State
    public static class BrokenNothingLeft {
        private final ForgetfulRunner runner = new ForgetfulRunner();

        @Actor
        public void runner(I_Result r) {
            r.r1 = runner.run(Bounds.CONTROL_NANOS) ? 1 : 0;
        }

        @Actor
        public void canceller() {
            runner.change();
        }
    }
}
