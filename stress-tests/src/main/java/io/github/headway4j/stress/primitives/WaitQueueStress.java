// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.primitives;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.primitives.Parker;
import io.github.headway4j.primitives.WaitQueue;
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

/** The hand-off between a signal and a waiter of {@link WaitQueue}, with threads that park at once. */
public final class WaitQueueStress {

    private WaitQueueStress() {}

    /** Parks without spinning first, so that the path through the parker is the common one. */
    private static final class NoSpin implements Parker {
        @Override
        public void park(Object blocker) {
            Parker.system().park(blocker);
        }

        @Override
        public void parkNanos(Object blocker, long nanos) {
            Parker.system().parkNanos(blocker, nanos);
        }

        @Override
        public void unpark(Thread thread) {
            Parker.system().unpark(thread);
        }

        @Override
        public boolean spins() {
            return false;
        }
    }

    private static final Parker NO_SPIN = new NoSpin();

    /** One permit at most, behind a queue. */
    private static final class Gate {
        private final AtomicInteger permits = new AtomicInteger();
        private final WaitQueue queue;

        Gate(boolean fifo) {
            this.queue = fifo ? WaitQueue.fifo(this, NO_SPIN) : WaitQueue.barging(this, NO_SPIN);
        }

        boolean await(Duration timeout) {
            try {
                return queue.await(new Entry(permits), timeout.toNanos());
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts the actors of this test", e);
            }
        }

        void open() {
            permits.set(1);
            queue.signal();
        }

        /** What is left: the permits, and a hundred for each thread that still counts as waiting. */
        int rest() {
            return permits.get() + 100 * queue.waiting();
        }
    }

    private static final class Entry extends WaitQueue.Waiter {
        private final AtomicInteger permits;

        Entry(AtomicInteger permits) {
            this.permits = permits;
        }

        @Override
        protected boolean attempt() {
            return permits.compareAndSet(1, 0);
        }

        @Override
        protected boolean more() {
            return permits.get() > 0;
        }
    }

    @JCStressTest
    @Description("A signal after a change of state reaches the thread that waits or is about to wait.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the waiter went on")
    @Outcome(id = "0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = "1, .*", expect = FORBIDDEN, desc = "something is left behind")
    @State
    public static class ActualSignal {
        private final Gate gate = new Gate(false);

        @Actor
        public void waiter(II_Result r) {
            r.r1 = gate.await(Bounds.LOST) ? 1 : 0;
        }

        @Actor
        public void signaller() {
            gate.open();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = gate.rest();
        }
    }

    @JCStressTest
    @Description("Fifo: a signal after a change of state reaches the thread that waits or is about to wait.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the waiter went on")
    @Outcome(id = "0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = "1, .*", expect = FORBIDDEN, desc = "something is left behind")
    @State
    public static class ActualFairSignal {
        private final Gate gate = new Gate(true);

        @Actor
        public void waiter(II_Result r) {
            r.r1 = gate.await(Bounds.LOST) ? 1 : 0;
        }

        @Actor
        public void signaller() {
            gate.open();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = gate.rest();
        }
    }

    @JCStressTest
    @Description("A waiter that looks, then enters itself, then sleeps, misses a signal in between.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the waiter went on")
    @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class BrokenSignal {
        private final ForgetfulGate gate = new ForgetfulGate();

        @Actor
        public void waiter(II_Result r) {
            r.r1 = gate.await(Bounds.CONTROL_NANOS) ? 1 : 0;
        }

        @Actor
        public void signaller() {
            gate.open();
        }
    }

    @JCStressTest
    @Description("Actions before a signal happen-before the return of the wait that it ends.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "the waiter went on and sees the data")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "the waiter went on and does not see the data")
    @Outcome(id = ".*, 0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class ActualVisibility {
        private final Gate gate = new Gate(false);
        private int data;

        @Actor
        public void waiter(III_Result r) {
            r.r1 = data; // too early: what is read after the wait must not be this
            r.r2 = gate.await(Bounds.LOST) ? 1 : 0;
            r.r3 = data;
        }

        @Actor
        public void signaller() {
            data = 1;
            gate.open();
        }
    }

    @JCStressTest
    @Description("Fifo: actions before a signal happen-before the return of the wait that it ends.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "the waiter went on and sees the data")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "the waiter went on and does not see the data")
    @Outcome(id = ".*, 0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class ActualFairVisibility {
        private final Gate gate = new Gate(true);
        private int data;

        @Actor
        public void waiter(III_Result r) {
            r.r1 = data; // too early: what is read after the wait must not be this
            r.r2 = gate.await(Bounds.LOST) ? 1 : 0;
            r.r3 = data;
        }

        @Actor
        public void signaller() {
            data = 1;
            gate.open();
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
        public void signaller() {
            data = 1;
            open = 1;
        }
    }

    @JCStressTest
    @Description("A wait that times out against a signal leaves no trace in the queue and takes nothing with it.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the waiter went on")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "timed out, the state is as the signaller left it")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "permit lost")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "permit made")
    @Outcome(id = ".*, 1..", expect = FORBIDDEN, desc = "somebody still counts as waiting")
    @State
    public static class ActualTimeOut {
        private final Gate gate = new Gate(false);

        @Actor
        public void waiter(II_Result r) {
            r.r1 = gate.await(Bounds.BRIEF) ? 1 : 0;
        }

        @Actor
        public void signaller() {
            gate.open();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = gate.rest();
        }
    }

    @JCStressTest
    @Description("Fifo: a wait that times out against a signal leaves no trace in the queue and takes nothing with it.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the waiter went on")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "timed out, the state is as the signaller left it")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "permit lost")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "permit made")
    @Outcome(id = ".*, 1..", expect = FORBIDDEN, desc = "somebody still counts as waiting")
    @State
    public static class ActualFairTimeOut {
        private final Gate gate = new Gate(true);

        @Actor
        public void waiter(II_Result r) {
            r.r1 = gate.await(Bounds.BRIEF) ? 1 : 0;
        }

        @Actor
        public void signaller() {
            gate.open();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = gate.rest();
        }
    }

    @JCStressTest
    @Description("A waiter that gives up although the permit has been handed to it loses the permit.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "timed out, permit there")
    @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "permit lost")
    @State
    public static class BrokenTimeOut {
        private final ForgetfulSemaphore semaphore = new ForgetfulSemaphore();

        @Actor
        public void waiter(II_Result r) {
            r.r1 = semaphore.tryAcquire(Bounds.BRIEF.toNanos()) ? 1 : 0;
        }

        @Actor
        public void signaller() {
            semaphore.release();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = semaphore.availablePermits();
        }
    }
}
