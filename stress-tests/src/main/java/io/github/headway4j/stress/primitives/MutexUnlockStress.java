// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.primitives;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.Mutex;
import io.github.headway4j.stress.actors.Bounds;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Giving a {@link Mutex} back: once per hold, by whichever thread. */
@SuppressWarnings("try") // a hold is for its scope, not for use
public final class MutexUnlockStress {

    private MutexUnlockStress() {}

    private static int unlocked(Mutex mutex) {
        try {
            mutex.unlock();
            return 1;
        } catch (IllegalStateException free) {
            return 0;
        }
    }

    @JCStressTest
    @Description("Of two unlocks of one lock exactly one throws IllegalStateException.")
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "one gave back, one was refused")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "given back twice")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "both refused")
    @State
    public static class ActualDoubleUnlock {
        private final Mutex mutex = new Mutex();

        public ActualDoubleUnlock() {
            mutex.lock();
        }

        @Actor
        public void first(II_Result r) {
            r.r1 = unlocked(mutex);
        }

        @Actor
        public void second(II_Result r) {
            r.r2 = unlocked(mutex);
        }
    }

    @JCStressTest
    @Description("An unlock that looks and frees in two steps succeeds twice.")
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "one gave back, one was refused")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "given back twice")
    @State
    public static class BrokenDoubleUnlock {
        private final TestThenSetLock lock = new TestThenSetLock();

        public BrokenDoubleUnlock() {
            lock.lock();
        }

        @Actor
        public void first(II_Result r) {
            r.r1 = lock.unlock() ? 1 : 0;
        }

        @Actor
        public void second(II_Result r) {
            r.r2 = lock.unlock() ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("Closing one hold twice never frees the lock that somebody else got in between.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the newcomer got the mutex and has it still")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "the newcomer came before the other close had freed the mutex")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "the second close freed the newcomer's lock")
    @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "closed, but still locked")
    @State
    public static class ActualHeldClosesOnce {
        private final Mutex mutex = new Mutex();
        private final Held held = mutex.hold();

        @Actor
        public void closer() {
            held.close();
        }

        @Actor
        public void newcomer(II_Result r) {
            held.close();
            r.r1 = mutex.tryLock() ? 1 : 0;
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = mutex.isLocked() ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("A hold that marks itself closed after it has given back frees the lock of somebody else.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the newcomer got the lock and has it still")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "the newcomer came too early")
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "the second close freed the newcomer's lock")
    @State
    public static class BrokenHeldClosesOnce {
        private final TestThenSetLock lock = new TestThenSetLock();
        private final Held held = lock.hold();

        @Actor
        public void closer() {
            held.close();
        }

        @Actor
        public void newcomer(II_Result r) {
            held.close();
            r.r1 = lock.tryLock() ? 1 : 0;
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = lock.isLocked() ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("A hold whose mutex somebody else unlocked and locked again gives back nothing.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the other thread got the mutex and has it still")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "the other thread did not get the mutex")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "the hold freed the other thread's lock")
    @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "nobody has the mutex, but it is locked")
    @State
    public static class ActualForeignUnlock {
        private final Mutex mutex = new Mutex();

        public ActualForeignUnlock() {
            mutex.lock();
        }

        @Actor
        public void holder() {
            try (Held held = mutex.tryHold(Bounds.SHORT)) {
                Thread.onSpinWait();
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts the actors of this test", e);
            }
        }

        @Actor
        public void other(II_Result r) {
            mutex.unlock();
            for (int looks = 0; looks < 50 && !mutex.isLocked(); looks++) {
                Thread.onSpinWait();
            }
            unlocked(mutex);
            r.r1 = mutex.tryLock() ? 1 : 0;
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = mutex.isLocked() ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("A hold that does not know which lock it stands for frees the lock of somebody else.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the other thread got the lock and has it still")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "the other thread did not get the lock")
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "the hold freed the other thread's lock")
    @State
    public static class BrokenForeignUnlock {
        private final TestThenSetLock lock = new TestThenSetLock();

        @Actor
        public void holder() {
            if (lock.tryLock()) {
                lock.unlock();
            }
        }

        @Actor
        public void other(II_Result r) {
            lock.unlock();
            r.r1 = lock.tryLock() ? 1 : 0;
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = lock.isLocked() ? 1 : 0;
        }
    }
}
