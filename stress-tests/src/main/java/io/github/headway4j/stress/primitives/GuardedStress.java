// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.primitives;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.primitives.Guarded;
import io.github.headway4j.stress.actors.Bounds;
import io.github.headway4j.stress.actors.Interruption;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Sections of a {@link Guarded} and waits for it. */
public final class GuardedStress {

    private GuardedStress() {}

    private static int taken(Guarded<Integer> things, Duration timeout) throws InterruptedException {
        try {
            things.awaitThen(n -> n > 0, n -> things.update(m -> m - 1), timeout);
            return 1;
        } catch (TimeoutException e) {
            return 0;
        }
    }

    private static int takenInTime(Guarded<Integer> things, Duration timeout) {
        try {
            return taken(things, timeout);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the actors of this test", e);
        }
    }

    @JCStressTest
    @Description("Of two updates, one of them within a section, none is lost.")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "both counted")
    @Outcome(id = "1", expect = FORBIDDEN, desc = "both were inside at once")
    @State
    public static class ActualExclusion {
        private final Guarded<Integer> count = Guarded.of(0);

        @Actor
        public void first() {
            count.update(n -> n + 1);
        }

        @Actor
        public void second() {
            count.use(before -> count.update(n -> before + 1));
        }

        @Arbiter
        public void arbiter(I_Result r) {
            r.r1 = count.<Integer>with(n -> n);
        }
    }

    @JCStressTest
    @Description("Updates under a lock that looks and takes in two steps are lost.")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "both counted")
    @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "both were inside at once")
    @State
    public static class BrokenExclusion {
        private final TestThenSetLock lock = new TestThenSetLock();
        private int count;

        @Actor
        public void first() {
            update();
        }

        @Actor
        public void second() {
            update();
        }

        private void update() {
            lock.lock();
            count++;
            lock.unlock();
        }

        @Arbiter
        public void arbiter(I_Result r) {
            r.r1 = count;
        }
    }

    @JCStressTest
    @Description("Actions before a section ends happen-before actions after a later one.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "came after the writer, sees the data")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "came before the writer")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "came after the writer, does not see the data")
    @State
    public static class ActualVisibility {
        private final Guarded<Integer> written = Guarded.of(0);
        private int data;

        @Actor
        public void writer() {
            data = 1;
            written.update(n -> 1);
        }

        @Actor
        public void reader(III_Result r) {
            r.r1 = data; // too early: what is read after the section must not be this
            r.r2 = written.<Integer>with(n -> n);
            r.r3 = data;
        }
    }

    @JCStressTest
    @Description("Without a lock the flag may be seen before the data that it announces.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "sees flag and data")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "does not see the flag")
    @Outcome(id = ".*, 1, 0", expect = ACCEPTABLE_INTERESTING, desc = "sees the flag, does not see the data")
    @State
    public static class BrokenVisibility {
        private int data;
        private int written;

        @Actor
        public void writer() {
            data = 1;
            written = 1;
        }

        @Actor
        public void reader(III_Result r) {
            r.r1 = data;
            r.r2 = written;
            r.r3 = data;
        }
    }

    @JCStressTest
    @Description("A change reaches the thread that waits for it or is about to wait.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the waiter went on")
    @Outcome(id = "0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "taken and still there")
    @State
    public static class ActualWakeUp {
        private final Guarded<Integer> things = Guarded.of(0);

        @Actor
        public void waiter(II_Result r) {
            r.r1 = takenInTime(things, Bounds.LOST);
        }

        @Actor
        public void giver() {
            things.update(n -> n + 1);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = things.<Integer>with(n -> n);
        }
    }

    @JCStressTest
    @Description("A waiter that looks, then enters itself, then sleeps, misses a change in between.")
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
        public void giver() {
            gate.open();
        }
    }

    @JCStressTest
    @Description("Two threads that wait for each other's changes both go on.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both went on")
    @Outcome(id = "0, .*", expect = FORBIDDEN, desc = "the first slept to the end: its wake-up was lost")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "the second slept to the end: its wake-up was lost")
    @State
    public static class ActualAlternation {
        private final Guarded<Integer> turn = Guarded.of(0);

        @Actor
        public void first(II_Result r) {
            turn.update(n -> 1);
            r.r1 = awaited(2);
        }

        @Actor
        public void second(II_Result r) {
            r.r2 = awaited(1);
            turn.update(n -> 2);
        }

        private int awaited(int number) {
            try {
                return turn.await(n -> n >= number, Bounds.LOST) ? 1 : 0;
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts the actors of this test", e);
            }
        }
    }

    @JCStressTest
    @Description("Two threads that look, then enter themselves, then sleep, miss each other's changes.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both went on")
    @Outcome(
            id = {"0, .*", ".*, 0"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "one slept to the end: its wake-up was lost")
    @State
    public static class BrokenAlternation {
        private final ForgetfulGate there = new ForgetfulGate();
        private final ForgetfulGate back = new ForgetfulGate();

        @Actor
        public void first(II_Result r) {
            there.open();
            r.r1 = back.await(Bounds.CONTROL_NANOS) ? 1 : 0;
        }

        @Actor
        public void second(II_Result r) {
            r.r2 = there.await(Bounds.CONTROL_NANOS) ? 1 : 0;
            back.open();
        }
    }

    @JCStressTest
    @Description("What is given while a timed wait gives up is taken or stays: never lost, never both.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "timed out, still there")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "lost")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "taken and still there")
    @State
    public static class ActualTimeOut {
        private final Guarded<Integer> things = Guarded.of(0);

        @Actor
        public void waiter(II_Result r) {
            r.r1 = takenInTime(things, Bounds.BRIEF);
        }

        @Actor
        public void giver() {
            things.update(n -> n + 1);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = things.<Integer>with(n -> n);
        }
    }

    @JCStressTest
    @Description("A waiter that gives up although the thing has been handed to it loses the thing.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "timed out, still there")
    @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "lost")
    @State
    public static class BrokenTimeOut {
        private final ForgetfulSemaphore semaphore = new ForgetfulSemaphore();

        @Actor
        public void waiter(II_Result r) {
            r.r1 = semaphore.tryAcquire(Bounds.BRIEF.toNanos()) ? 1 : 0;
        }

        @Actor
        public void giver() {
            semaphore.release();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = semaphore.availablePermits();
        }
    }

    @JCStressTest
    @Description("What is given while a waiter is interrupted is taken or stays: never lost, never both.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "interrupted, still there")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "lost")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "taken and still there")
    @State
    public static class ActualInterrupt {
        private final Guarded<Integer> things = Guarded.of(0);
        private final Interruption interruption = new Interruption();

        @Actor
        public void waiter(II_Result r) {
            interruption.expect();
            try {
                r.r1 = taken(things, Bounds.LOST);
            } catch (InterruptedException e) {
                r.r1 = 0;
            }
            interruption.settle();
        }

        @Actor
        public void giver() {
            interruption.send();
            things.update(n -> n + 1);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = things.<Integer>with(n -> n);
        }
    }

    @JCStressTest
    @Description("A waiter that leaves by interrupt although the thing has been handed to it loses the thing.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "interrupted, still there")
    @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "lost")
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
        public void giver() {
            interruption.send();
            semaphore.release();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = semaphore.availablePermits();
        }
    }
}
