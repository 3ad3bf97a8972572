// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.primitives;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.primitives.BoundedSemaphore;
import io.github.headway4j.stress.actors.Bounds;
import io.github.headway4j.stress.actors.Interruption;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Threads that wait for a {@link BoundedSemaphore}, and that leave without success. */
public final class SemaphoreWaitStress {

    private SemaphoreWaitStress() {}

    private static int acquired(BoundedSemaphore semaphore, Duration timeout) {
        try {
            return semaphore.tryAcquire(timeout) ? 1 : 0;
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the actors of this test", e);
        }
    }

    @JCStressTest
    @Description("A release reaches the thread that waits or is about to wait.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the waiter got the permit")
    @Outcome(id = "0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "permit made")
    @State
    public static class ActualWakeUp {
        private final BoundedSemaphore semaphore = new BoundedSemaphore(1);

        public ActualWakeUp() {
            semaphore.acquireUninterruptibly();
        }

        @Actor
        public void waiter(II_Result r) {
            r.r1 = acquired(semaphore, Bounds.LOST);
        }

        @Actor
        public void releaser() {
            semaphore.release();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = semaphore.availablePermits();
        }
    }

    @JCStressTest
    @Description("Fair: a release reaches the thread that waits or is about to wait.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the waiter got the permit")
    @Outcome(id = "0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "permit made")
    @State
    public static class ActualFairWakeUp {
        private final BoundedSemaphore semaphore = BoundedSemaphore.fair(1);

        public ActualFairWakeUp() {
            semaphore.acquireUninterruptibly();
        }

        @Actor
        public void waiter(II_Result r) {
            r.r1 = acquired(semaphore, Bounds.LOST);
        }

        @Actor
        public void releaser() {
            semaphore.release();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = semaphore.availablePermits();
        }
    }

    @JCStressTest
    @Description("A waiter that looks, then enters itself, then sleeps, misses a release in between.")
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
        public void releaser() {
            gate.open();
        }
    }

    @JCStressTest
    @Description("A permit released while a timed acquire gives up is taken or stays: never lost, never both.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "timed out, permit there")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "permit lost")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "permit made")
    @State
    public static class ActualTimeOut {
        private final BoundedSemaphore semaphore = new BoundedSemaphore(1);

        public ActualTimeOut() {
            semaphore.acquireUninterruptibly();
        }

        @Actor
        public void waiter(II_Result r) {
            r.r1 = acquired(semaphore, Bounds.BRIEF);
        }

        @Actor
        public void releaser() {
            semaphore.release();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = semaphore.availablePermits();
        }
    }

    @JCStressTest
    @Description("Fair: a permit released while a timed acquire gives up is taken or stays: never lost, never both.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "timed out, permit there")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "permit lost")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "permit made")
    @State
    public static class ActualFairTimeOut {
        private final BoundedSemaphore semaphore = BoundedSemaphore.fair(1);

        public ActualFairTimeOut() {
            semaphore.acquireUninterruptibly();
        }

        @Actor
        public void waiter(II_Result r) {
            r.r1 = acquired(semaphore, Bounds.BRIEF);
        }

        @Actor
        public void releaser() {
            semaphore.release();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = semaphore.availablePermits();
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
        public void releaser() {
            semaphore.release();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = semaphore.availablePermits();
        }
    }

    @JCStressTest
    @Description("A permit released while a waiter is interrupted is taken or stays: never lost, never both.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "interrupted, permit there")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "permit lost")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "permit made")
    @State
    public static class ActualInterrupt {
        private final BoundedSemaphore semaphore = new BoundedSemaphore(1);
        private final Interruption interruption = new Interruption();

        public ActualInterrupt() {
            semaphore.acquireUninterruptibly();
        }

        @Actor
        public void waiter(II_Result r) {
            interruption.expect();
            try {
                semaphore.acquire();
                r.r1 = 1;
            } catch (InterruptedException e) {
                r.r1 = 0;
            }
            interruption.settle();
        }

        @Actor
        public void releaser() {
            interruption.send();
            semaphore.release();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = semaphore.availablePermits();
        }
    }

    @JCStressTest
    @Description("Fair: a permit released while a waiter is interrupted is taken or stays: never lost, never both.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "interrupted, permit there")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "permit lost")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "permit made")
    @State
    public static class ActualFairInterrupt {
        private final BoundedSemaphore semaphore = BoundedSemaphore.fair(1);
        private final Interruption interruption = new Interruption();

        public ActualFairInterrupt() {
            semaphore.acquireUninterruptibly();
        }

        @Actor
        public void waiter(II_Result r) {
            interruption.expect();
            try {
                semaphore.acquire();
                r.r1 = 1;
            } catch (InterruptedException e) {
                r.r1 = 0;
            }
            interruption.settle();
        }

        @Actor
        public void releaser() {
            interruption.send();
            semaphore.release();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = semaphore.availablePermits();
        }
    }

    @JCStressTest
    @Description("A waiter that leaves by interrupt although the permit has been handed to it loses the permit.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "interrupted, permit there")
    @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "permit lost")
    @State
    public static class BrokenInterrupt {
        private final ForgetfulSemaphore semaphore = new ForgetfulSemaphore();
        private final Interruption interruption = new Interruption();

        @Actor
        public void waiter(II_Result r) {
            interruption.expect();
            r.r1 = semaphore.tryAcquire(Bounds.LOST.toNanos()) ? 1 : 0;
            interruption.settle();
        }

        @Actor
        public void releaser() {
            interruption.send();
            semaphore.release();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = semaphore.availablePermits();
        }
    }
}
