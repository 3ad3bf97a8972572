// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.scheduler.Timeout;
import io.github.headway4j.scheduler.TimerOptions;
import io.github.headway4j.scheduler.Timers;
import io.github.headway4j.scheduler.VirtualTime;
import io.github.headway4j.stress.actors.Bounds;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Threads that wait for the end of a timeout, and timers that wait for something to do. */
public final class TimerWaitStress {

    private static final Duration ONE = Duration.ofNanos(1);

    private TimerWaitStress() {}

    private static int await(Timeout timeout) {
        try {
            return timeout.await(Bounds.LOST) ? 1 : 0;
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the actors of this test", e);
        }
    }

    @JCStressTest
    @Description("Who waits for a timeout is told of the end of its run, and sees what the action did.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "told, and sees what the action did")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "told, and does not see it")
    @Outcome(id = ".*, 0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class ActualRun {
        private final VirtualTime time = new VirtualTime();
        private int data;
        private final Timeout timeout = new Timers(TimerOptions.defaults().time(time)).schedule(ONE, () -> data = 1);

        @Actor
        public void waiter(III_Result r) {
            r.r1 = data; // too early: what is read after the wait must not be this
            r.r2 = await(timeout);
            r.r3 = data;
        }

        @Actor
        public void runner() {
            time.runAll();
        }
    }

    @JCStressTest
    @Description("A waiter that looks, then enters itself, then sleeps, misses the end of the run in between.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "told")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class BrokenRun {
        private final ForgetfulRunner waiter = new ForgetfulRunner();

        @Actor
        public void waiter(I_Result r) {
            r.r1 = waiter.run(Bounds.CONTROL_NANOS) ? 1 : 0;
        }

        @Actor
        public void runner() {
            waiter.change();
        }
    }

    @JCStressTest
    @Description("Who sees that a timeout is done sees what the action did.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "done, and sees what the action did")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "looked too early")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "done, and does not see it")
    @State
    public static class ActualLook {
        private final VirtualTime time = new VirtualTime();
        private int data;
        private final Timeout timeout = new Timers(TimerOptions.defaults().time(time)).schedule(ONE, () -> data = 1);

        @Actor
        public void looker(III_Result r) {
            r.r1 = data;
            r.r2 = timeout.isDone() ? 1 : 0;
            r.r3 = data;
        }

        @Actor
        public void runner() {
            time.runAll();
        }
    }

    @JCStressTest
    @Description("A plain field that says done may be seen before what the action did.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "done, and sees what the action did")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "looked too early")
    @Outcome(id = ".*, 1, 0", expect = ACCEPTABLE_INTERESTING, desc = "done, and does not see it")
    @State
    public static class BrokenLook {
        private int data;
        private int done;

        @Actor
        public void looker(III_Result r) {
            r.r1 = data;
            r.r2 = done;
            r.r3 = data;
        }

        @Actor
        public void runner() {
            data = 1;
            done = 1;
        }
    }

    @JCStressTest
    @Description("Who waits for a timeout is told that it was cancelled.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "told")
    @Outcome(id = "0", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class ActualCancel {
        private final Timeout timeout =
                new Timers(TimerOptions.defaults().time(new VirtualTime())).schedule(ONE, () -> {});

        @Actor
        public void waiter(I_Result r) {
            r.r1 = await(timeout);
        }

        @Actor
        public void canceller() {
            timeout.cancel();
        }
    }

    @JCStressTest
    @Description("A waiter that looks, then enters itself, then sleeps, misses a cancel in between.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "told")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class BrokenCancel {
        private final ForgetfulRunner waiter = new ForgetfulRunner();

        @Actor
        public void waiter(I_Result r) {
            r.r1 = waiter.run(Bounds.CONTROL_NANOS) ? 1 : 0;
        }

        @Actor
        public void canceller() {
            waiter.change();
        }
    }

    @JCStressTest
    @Description("Who waits for a timeout is told that its timers were closed.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "told")
    @Outcome(id = "0", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class ActualClose {
        private final Timers timers = new Timers(TimerOptions.defaults().time(new VirtualTime()));
        private final Timeout timeout = timers.schedule(ONE, () -> {});

        @Actor
        public void waiter(I_Result r) {
            r.r1 = await(timeout);
        }

        @Actor
        public void closer() {
            timers.close();
        }
    }

    @JCStressTest
    @Description("A waiter that looks, then enters itself, then sleeps, misses a close in between.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "told")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class BrokenClose {
        private final ForgetfulRunner waiter = new ForgetfulRunner();

        @Actor
        public void waiter(I_Result r) {
            r.r1 = waiter.run(Bounds.CONTROL_NANOS) ? 1 : 0;
        }

        @Actor
        public void closer() {
            waiter.change();
        }
    }

    @JCStressTest
    @Description("The thread of timers that has nothing to do, or is about to wait, notices what is planned.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both ran")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "the thread slept on: its wake-up was lost")
    @State
    public static class ActualThread {
        /** Their thread is a third one, which sleeps most of the time. */
        private static final Timers TIMERS = Timers.daemon();

        @Actor
        public void planner(II_Result r) {
            r.r1 = await(TIMERS.schedule(Duration.ZERO, () -> {}));
        }

        @Actor
        public void other(II_Result r) {
            r.r2 = await(TIMERS.schedule(Bounds.SHORT, () -> {}));
        }
    }

    @JCStressTest
    @Description("A thread that looks, then enters itself, then sleeps, misses what is planned in between.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "it ran")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "the thread slept on: its wake-up was lost")
    @State
    public static class BrokenThread {
        private final ForgetfulRunner thread = new ForgetfulRunner();

        @Actor
        public void planner() {
            thread.change();
        }

        @Actor
        public void other(I_Result r) {
            r.r1 = thread.run(Bounds.CONTROL_NANOS) ? 1 : 0;
        }
    }
}
