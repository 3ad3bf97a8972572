// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.primitives;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.primitives.Event;
import io.github.headway4j.stress.actors.Bounds;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Threads that wait for an {@link Event} while another sets and clears it. */
public final class EventStress {

    private EventStress() {}

    private static boolean await(Event event, Duration timeout) {
        try {
            return event.await(timeout);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the actors of this test", e);
        }
    }

    @JCStressTest
    @Description("A set reaches the thread that waits or is about to wait.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the waiter went on")
    @Outcome(id = "0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = "1, .*", expect = FORBIDDEN, desc = "somebody is left behind")
    @State
    public static class ActualWakeUp {
        private final Event event = new Event();

        @Actor
        public void waiter(II_Result r) {
            r.r1 = await(event, Bounds.LOST) ? 1 : 0;
        }

        @Actor
        public void setter() {
            event.set();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = event.waiting();
        }
    }

    @JCStressTest
    @Description("A waiter that looks, then enters itself, then sleeps, misses a set in between.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the waiter went on")
    @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class BrokenWakeUp {
        private final ForgetfulGate gate = new ForgetfulGate();

        @Actor
        public void waiter(II_Result r) {
            r.r1 = gate.await(Bounds.CONTROL_NANOS) ? 1 : 0;
        }

        @Actor
        public void setter() {
            gate.open();
        }
    }

    @JCStressTest
    @Description("A set that is cleared at once reaches the thread that was seen waiting.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the waiter went on")
    @Outcome(id = "0", expect = FORBIDDEN, desc = "the waiter missed the set")
    @State
    public static class ActualSetThenClear {
        private final Event event = new Event();

        @Actor
        public void waiter(I_Result r) {
            r.r1 = await(event, Bounds.LOST) ? 1 : 0;
        }

        @Actor
        public void setter() {
            while (event.waiting() == 0) {
                Thread.onSpinWait();
            }
            event.set();
            event.clear();
        }
    }

    @JCStressTest
    @Description("A set that is cleared at once is missed by a waiter that looks at a mere flag.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the waiter went on")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "the waiter missed the set")
    @State
    public static class BrokenSetThenClear {
        private final MereFlag flag = new MereFlag();

        @Actor
        public void waiter(I_Result r) {
            r.r1 = flag.await(Bounds.CONTROL_NANOS) ? 1 : 0;
        }

        @Actor
        public void setter() {
            while (!flag.hasWaiter()) {
                Thread.onSpinWait();
            }
            flag.set();
            flag.clear();
        }
    }

    @JCStressTest
    @Description("What is written before a set is seen after the await that returns because of it.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "seen")
    @Outcome(id = "0", expect = FORBIDDEN, desc = "the write was not visible")
    @State
    public static class ActualVisibility {
        private final Event event = new Event();
        private int data;

        @Actor
        public void waiter(I_Result r) {
            event.awaitUninterruptibly();
            r.r1 = data;
        }

        @Actor
        public void setter() {
            data = 1;
            event.set();
        }
    }

    @JCStressTest
    @Description("A gate in a plain field may be seen open before the data that it announces.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "open, sees the data")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "came too early")
    @Outcome(id = ".*, 1, 0", expect = ACCEPTABLE_INTERESTING, desc = "open, does not see the data")
    @State
    public static class BrokenVisibility {
        private int open;
        private int data;

        @Actor
        public void waiter(III_Result r) {
            r.r1 = data;
            r.r2 = open;
            r.r3 = data;
        }

        @Actor
        public void setter() {
            data = 1;
            open = 1;
        }
    }
}
