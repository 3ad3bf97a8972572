// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.primitives;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.Locks;
import io.github.headway4j.primitives.Mutex;
import io.github.headway4j.stress.actors.Bounds;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Several locks at once, by {@link Locks}. */
@SuppressWarnings("try") // a hold is for its scope, not for use
public final class LocksStress {

    private LocksStress() {}

    @JCStressTest
    @Description("holdAll() of two mutexes in opposite orders: both threads get through, one at a time.")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "both counted, both mutexes free")
    @Outcome(id = "1, .*", expect = FORBIDDEN, desc = "both were inside at once")
    @Outcome(id = "2, [12]", expect = FORBIDDEN, desc = "a mutex is still locked")
    @State
    public static class ActualHoldAll {
        private final Mutex left = new Mutex();
        private final Mutex right = new Mutex();
        private int count;

        @Actor
        public void leftFirst() {
            try (Held held = Locks.holdAll(left, right)) {
                count++;
            }
        }

        @Actor
        public void rightFirst() {
            try (Held held = Locks.holdAll(right, left)) {
                count++;
            }
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r1 = count;
            r.r2 = (left.isLocked() ? 1 : 0) + (right.isLocked() ? 1 : 0);
        }
    }

    @JCStressTest
    @Description("Two locks that look and take in two steps, taken in one order, let both threads in.")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "both counted, both locks free")
    @Outcome(id = "1, .*", expect = ACCEPTABLE_INTERESTING, desc = "both were inside at once")
    @State
    public static class BrokenHoldAll {
        private final TestThenSetLock left = new TestThenSetLock();
        private final TestThenSetLock right = new TestThenSetLock();
        private int count;

        @Actor
        public void first() {
            increment();
        }

        @Actor
        public void second() {
            increment();
        }

        private void increment() {
            left.lock();
            right.lock();
            count++;
            right.unlock();
            left.unlock();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r1 = count;
            r.r2 = (left.isLocked() ? 1 : 0) + (right.isLocked() ? 1 : 0);
        }
    }

    @JCStressTest
    @Description(
            "tryHoldAll() of two mutexes in opposite orders does not deadlock: both succeed long before the time-out.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both got through")
    @Outcome(
            id = {"0, .*", "1, 0"},
            expect = FORBIDDEN,
            desc = "waited for each other to the end")
    @State
    public static class ActualNoDeadlock {
        private final Mutex left = new Mutex();
        private final Mutex right = new Mutex();

        @Actor
        public void leftFirst(II_Result r) {
            r.r1 = heldBoth(left, right);
        }

        @Actor
        public void rightFirst(II_Result r) {
            r.r2 = heldBoth(right, left);
        }

        private static int heldBoth(Mutex one, Mutex other) {
            try (Held held = Locks.tryHoldAll(Bounds.LOST, one, other)) {
                return held == null ? 0 : 1;
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts the actors of this test", e);
            }
        }
    }

    @JCStressTest
    @Description("Two locks taken one after the other in opposite orders deadlock.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both got through")
    @Outcome(
            id = {"0, .*", "1, 0"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "waited for each other to the end")
    @State
    public static class BrokenNoDeadlock {
        private final ReentrantLock left = new ReentrantLock();
        private final ReentrantLock right = new ReentrantLock();

        @Actor
        public void leftFirst(II_Result r) {
            r.r1 = holdBoth(left, right);
        }

        @Actor
        public void rightFirst(II_Result r) {
            r.r2 = holdBoth(right, left);
        }

        private static int holdBoth(ReentrantLock outer, ReentrantLock inner) {
            outer.lock();
            try {
                if (!inner.tryLock(Bounds.CONTROL_NANOS, TimeUnit.NANOSECONDS)) {
                    return 0;
                }
                inner.unlock();
                return 1;
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts the actors of this test", e);
            } finally {
                outer.unlock();
            }
        }
    }
}
