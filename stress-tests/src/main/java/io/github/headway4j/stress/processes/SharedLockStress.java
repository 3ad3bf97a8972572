// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.processes;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.processes.SharedLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Mutual exclusion, visibility and the winner of {@link SharedLock}. */
public final class SharedLockStress {

    private SharedLockStress() {}

    @JCStressTest
    @Description("Increments under lock() and unlock() are never lost, and the lock is free afterwards.")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "both counted")
    @Outcome(id = "1, .*", expect = FORBIDDEN, desc = "both were inside at once")
    @Outcome(id = "2, 1", expect = FORBIDDEN, desc = "still locked")
    @State
    public static class ActualExclusion {
        private static final Lent<SharedLock> LOCKS = new Lent<>(SharedLock::create);

        private final SharedLock lock = LOCKS.take();
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
            lock.lock();
            try {
                count++;
            } finally {
                lock.unlock();
            }
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r1 = count;
            r.r2 = lock.isLocked() ? 1 : 0;
            LOCKS.bringBack(lock);
        }
    }

    @JCStressTest
    @Description("A lock that looks and takes in two steps lets both in.")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "both counted")
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "both were inside at once")
    @State
    public static class BrokenExclusion {
        private static final Lent<TwoStepLock> LOCKS = new Lent<>(TwoStepLock::new);

        private final TwoStepLock lock = LOCKS.take();
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
            lock.lock();
            count++;
            lock.unlock();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r1 = count;
            r.r2 = 0;
            LOCKS.bringBack(lock);
        }
    }

    @JCStressTest
    @Description("Actions before an unlock happen-before actions after the next lock.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "locked after the writer, sees the data")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "locked before the writer")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "locked after the writer, does not see the data")
    @State
    public static class ActualVisibility {
        private static final Lent<SharedLock> LOCKS = new Lent<>(SharedLock::create);

        private final SharedLock lock = LOCKS.take();
        private int data;
        private boolean written;

        @Actor
        public void writer() {
            data = 1;
            lock.lock();
            try {
                written = true;
            } finally {
                lock.unlock();
            }
        }

        @Actor
        public void reader(III_Result r) {
            r.r1 = data; // too early: what is read after the lock must not be this
            lock.lock();
            try {
                r.r2 = written ? 1 : 0;
            } finally {
                lock.unlock();
            }
            r.r3 = data;
        }

        @Arbiter
        public void arbiter(III_Result r) {
            LOCKS.bringBack(lock);
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
        private boolean written;

        @Actor
        public void writer() {
            data = 1;
            written = true;
        }

        @Actor
        public void reader(III_Result r) {
            r.r1 = data;
            r.r2 = written ? 1 : 0;
            r.r3 = data;
        }
    }

    @JCStressTest
    @Description("Of two calls of tryLock() on a free lock exactly one succeeds.")
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "one winner")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "two winners")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "no winner")
    @State
    public static class ActualOneWinner {
        private static final Lent<SharedLock> LOCKS = new Lent<>(SharedLock::create);

        private final SharedLock lock = LOCKS.take();

        @Actor
        public void first(II_Result r) {
            r.r1 = lock.tryLock() ? 1 : 0;
        }

        @Actor
        public void second(II_Result r) {
            r.r2 = lock.tryLock() ? 1 : 0;
        }

        @Arbiter
        public void arbiter(II_Result r) {
            lock.unlock();
            LOCKS.bringBack(lock);
        }
    }

    @JCStressTest
    @Description("A tryLock() that looks and takes in two steps has two winners.")
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "one winner")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "two winners")
    @State
    public static class BrokenOneWinner {
        private static final Lent<TwoStepLock> LOCKS = new Lent<>(TwoStepLock::new);

        private final TwoStepLock lock = LOCKS.take();

        @Actor
        public void first(II_Result r) {
            r.r1 = lock.tryLock() ? 1 : 0;
        }

        @Actor
        public void second(II_Result r) {
            r.r2 = lock.tryLock() ? 1 : 0;
        }

        @Arbiter
        public void arbiter(II_Result r) {
            lock.unlock();
            LOCKS.bringBack(lock);
        }
    }
}
