// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.primitives;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.primitives.Barrier;
import io.github.headway4j.stress.actors.Bounds;
import io.github.headway4j.stress.actors.Interruption;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two parties of a {@link Barrier} that meet, leave and break it. */
public final class BarrierStress {

    private static final int BROKEN = -1;
    private static final int LATE = -2;
    private static final int INTERRUPTED = -3;

    private BarrierStress() {}

    /** The index, or how it ended. */
    private static int await(Barrier barrier, Duration timeout) {
        try {
            return barrier.await(timeout);
        } catch (BrokenBarrierException e) {
            return BROKEN;
        } catch (TimeoutException e) {
            return LATE;
        } catch (InterruptedException e) {
            return INTERRUPTED;
        }
    }

    @JCStressTest
    @Description("Two parties meet: the last one wakes the first, and both have different indices.")
    @Outcome(
            id = {"0, 1, 0", "1, 0, 0"},
            expect = ACCEPTABLE,
            desc = "met")
    @Outcome(expect = FORBIDDEN, desc = "a wake-up was lost, or an index given twice, or somebody is left")
    @State
    public static class ActualMeeting {
        private final Barrier barrier = new Barrier(2);

        @Actor
        public void first(III_Result r) {
            r.r1 = await(barrier, Bounds.LOST);
        }

        @Actor
        public void second(III_Result r) {
            r.r2 = await(barrier, Bounds.LOST);
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = barrier.waiting() + (barrier.isBroken() ? 10 : 0);
        }
    }

    @JCStressTest
    @Description("A party that looks, then enters itself, then sleeps, misses the other one's arrival.")
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = ACCEPTABLE,
            desc = "met")
    @Outcome(
            id = {"-2, 1", "1, -2"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "one slept to the end: its wake-up was lost")
    @Outcome(expect = FORBIDDEN, desc = "an index given twice")
    @State
    public static class BrokenMeeting {
        private final SleepyBarrier barrier = new SleepyBarrier();

        @Actor
        public void first(II_Result r) {
            r.r1 = barrier.await(Bounds.CONTROL_NANOS);
        }

        @Actor
        public void second(II_Result r) {
            r.r2 = barrier.await(Bounds.CONTROL_NANOS);
        }
    }

    @JCStressTest
    @Description("A party whose time runs out as the last one comes: the cycle is met by both, or by none and broken.")
    @Outcome(
            id = {"0, 1, 0", "1, 0, 0"},
            expect = ACCEPTABLE,
            desc = "met by both")
    @Outcome(id = "-2, -1, 1", expect = ACCEPTABLE, desc = "timed out, the other one got it broken")
    @Outcome(expect = FORBIDDEN, desc = "met by one alone, or broken by nobody, or not broken")
    @State
    public static class ActualTimeOut {
        private final Barrier barrier = new Barrier(2);

        @Actor
        public void hasty(III_Result r) {
            r.r1 = await(barrier, Bounds.BRIEF);
        }

        @Actor
        public void patient(III_Result r) {
            r.r2 = await(barrier, Bounds.LOST);
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = barrier.isBroken() ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("With the arrivals in one word and the end in another, one party meets and the other does not.")
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = ACCEPTABLE,
            desc = "met by both")
    @Outcome(id = "-2, -1", expect = ACCEPTABLE, desc = "timed out, the other one got it broken")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "met by one alone")
    @State
    public static class BrokenTimeOut {
        private final TwoWordBarrier barrier = new TwoWordBarrier();

        @Actor
        public void hasty(II_Result r) {
            r.r1 = barrier.await(0);
        }

        @Actor
        public void patient(II_Result r) {
            r.r2 = barrier.await(Bounds.CONTROL_NANOS);
        }
    }

    @JCStressTest
    @Description("A party that is interrupted as the last one comes: the cycle is met by both, or by none and broken.")
    @Outcome(
            id = {"0, 1, 0", "1, 0, 0"},
            expect = ACCEPTABLE,
            desc = "met by both, the interrupt stays pending")
    @Outcome(id = "-3, -1, 1", expect = ACCEPTABLE, desc = "interrupted, the other one got it broken")
    @Outcome(
            id = {"-?[0-9]+, -1, 0", "-3, [01], .*"},
            expect = FORBIDDEN,
            desc = "met by one alone, or broken by nobody")
    @State
    public static class ActualInterrupt {
        private final Barrier barrier = new Barrier(2);
        private final Interruption interruption = new Interruption();

        @Actor
        public void interrupted(III_Result r) {
            interruption.expect();
            r.r1 = await(barrier, Bounds.LOST);
            interruption.settle();
        }

        @Actor
        public void other(III_Result r) {
            interruption.send();
            r.r2 = await(barrier, Bounds.LOST);
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = barrier.isBroken() ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("A party that leaves by interrupt without a look at whether the cycle was met leaves the other alone.")
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = ACCEPTABLE,
            desc = "met by both")
    @Outcome(id = "-2, -1", expect = ACCEPTABLE, desc = "interrupted, the other one got it broken")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "met by one alone")
    @State
    public static class BrokenInterrupt {
        private final TwoWordBarrier barrier = new TwoWordBarrier();
        private final Interruption interruption = new Interruption();

        @Actor
        public void interrupted(II_Result r) {
            interruption.expect();
            int index = barrier.await(Bounds.CONTROL_NANOS);
            if (index >= 0 && Thread.interrupted()) {
                barrier.abort();
                index = -2;
            }
            r.r1 = index;
            interruption.settle();
        }

        @Actor
        public void other(II_Result r) {
            interruption.send();
            r.r2 = barrier.await(Bounds.CONTROL_NANOS);
        }
    }

    @JCStressTest
    @Description("What both parties write before they meet, both see afterwards.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "seen")
    @Outcome(expect = FORBIDDEN, desc = "a write was not visible, or they did not meet")
    @State
    public static class ActualVisibility {
        private final Barrier barrier = new Barrier(2);
        private int mine;
        private int yours;

        @Actor
        public void first(II_Result r) {
            mine = 1;
            r.r1 = await(barrier, Bounds.LOST) < 0 ? -1 : yours;
        }

        @Actor
        public void second(II_Result r) {
            yours = 1;
            r.r2 = await(barrier, Bounds.LOST) < 0 ? -1 : mine;
        }
    }

    @JCStressTest
    @Description("Without a barrier neither need see what the other one wrote.")
    @Outcome(expect = ACCEPTABLE, desc = "seen by one at least")
    @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "seen by none")
    @State
    public static class BrokenVisibility {
        private int mine;
        private int yours;

        @Actor
        public void first(II_Result r) {
            mine = 1;
            r.r1 = yours;
        }

        @Actor
        public void second(II_Result r) {
            yours = 1;
            r.r2 = mine;
        }
    }

    @JCStressTest
    @Description("A cycle that was met stays so for slow parties, also if the last one aborts and resets at once.")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "met by both")
    @Outcome(
            id = {"0, -1", "-1, 0"},
            expect = FORBIDDEN,
            desc = "met by one alone")
    @Outcome(expect = FORBIDDEN, desc = "broken for both, or somebody was left")
    @State
    public static class ActualAbort {
        private final Barrier barrier = new Barrier(2);

        @Actor
        public void first(II_Result r) {
            r.r1 = Math.min(0, await(barrier, Bounds.LOST));
        }

        @Actor
        public void lastWhoAborts(II_Result r) {
            r.r2 = Math.min(0, await(barrier, Bounds.LOST));
            barrier.abort();
            barrier.reset();
        }
    }

    @JCStressTest
    @Description("A barrier that tells its parties only whether it is broken now breaks a cycle that was met.")
    @Outcome(
            id = {"0, 0", "-1, -1"},
            expect = ACCEPTABLE,
            desc = "the same for both")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "met by one alone")
    @State
    public static class BrokenAbort {
        private final TwoWordBarrier barrier = new TwoWordBarrier();

        @Actor
        public void first(II_Result r) {
            r.r1 = Math.min(0, barrier.await(Bounds.LOST.toNanos()));
        }

        @Actor
        public void lastWhoAborts(II_Result r) {
            r.r2 = Math.min(0, barrier.await(Bounds.LOST.toNanos()));
            barrier.abort();
        }
    }
}
