// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.primitives;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.primitives.BoundedSemaphore;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Permits of a {@link BoundedSemaphore} are neither lost nor made, whatever the race. */
public final class SemaphoreStress {

    private SemaphoreStress() {}

    @JCStressTest
    @Description("One permit lets one thread in at a time and is there again afterwards.")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "both counted, permit back")
    @Outcome(id = "1, .*", expect = FORBIDDEN, desc = "both were inside at once")
    @Outcome(id = "2, .*", expect = FORBIDDEN, desc = "permit lost or made")
    @State
    public static class ActualExclusion {
        private final BoundedSemaphore semaphore = new BoundedSemaphore(1);
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
            semaphore.acquireUninterruptibly();
            try {
                count++;
            } finally {
                semaphore.release();
            }
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r1 = count;
            r.r2 = semaphore.availablePermits();
        }
    }

    @JCStressTest
    @Description("Fair: one permit lets one thread in at a time and is there again afterwards.")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "both counted, permit back")
    @Outcome(id = "1, .*", expect = FORBIDDEN, desc = "both were inside at once")
    @Outcome(id = "2, .*", expect = FORBIDDEN, desc = "permit lost or made")
    @State
    public static class ActualFairExclusion {
        private final BoundedSemaphore semaphore = BoundedSemaphore.fair(1);
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
            semaphore.acquireUninterruptibly();
            try {
                count++;
            } finally {
                semaphore.release();
            }
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r1 = count;
            r.r2 = semaphore.availablePermits();
        }
    }

    @JCStressTest
    @Description("A semaphore that reads and writes its permits in two steps lets both in.")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "both counted, permit back")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "both were inside at once, or a permit is lost or made")
    @State
    public static class BrokenExclusion {
        private final CheckThenActSemaphore semaphore = new CheckThenActSemaphore(1);
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
            semaphore.acquire();
            count++;
            semaphore.release();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r1 = count;
            r.r2 = semaphore.availablePermits();
        }
    }

    @JCStressTest
    @Description("Actions before a release happen-before actions after the acquire that gets the permit.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "got the permit, sees the data")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "came too early")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "got the permit, does not see the data")
    @State
    public static class ActualVisibility {
        private final BoundedSemaphore semaphore = new BoundedSemaphore(1);
        private int data;

        public ActualVisibility() {
            semaphore.acquireUninterruptibly();
        }

        @Actor
        public void releaser() {
            data = 1;
            semaphore.release();
        }

        @Actor
        public void acquirer(III_Result r) {
            r.r1 = data; // too early: what is read after the acquire must not be this
            r.r2 = semaphore.tryAcquire() ? 1 : 0;
            r.r3 = data;
        }
    }

    @JCStressTest
    @Description("Fair: actions before a release happen-before actions after the acquire that gets the permit.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "got the permit, sees the data")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "came too early")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "got the permit, does not see the data")
    @State
    public static class ActualFairVisibility {
        private final BoundedSemaphore semaphore = BoundedSemaphore.fair(1);
        private int data;

        public ActualFairVisibility() {
            semaphore.acquireUninterruptibly();
        }

        @Actor
        public void releaser() {
            data = 1;
            semaphore.release();
        }

        @Actor
        public void acquirer(III_Result r) {
            r.r1 = data; // too early: what is read after the acquire must not be this
            r.r2 = semaphore.tryAcquire() ? 1 : 0;
            r.r3 = data;
        }
    }

    @JCStressTest
    @Description("With permits in a plain field the permit may be seen before the data.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "got the permit, sees the data")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "came too early")
    @Outcome(id = ".*, 1, 0", expect = ACCEPTABLE_INTERESTING, desc = "got the permit, does not see the data")
    @State
    public static class BrokenVisibility {
        private int permits;
        private int data;

        @Actor
        public void releaser() {
            data = 1;
            permits = 1;
        }

        @Actor
        public void acquirer(III_Result r) {
            r.r1 = data;
            r.r2 = permits;
            r.r3 = data;
        }
    }
}
