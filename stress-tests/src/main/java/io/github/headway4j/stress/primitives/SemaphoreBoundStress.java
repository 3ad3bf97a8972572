// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.primitives;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.primitives.BoundedSemaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** The bound of a {@link BoundedSemaphore}, and requests for several permits. */
public final class SemaphoreBoundStress {

    private SemaphoreBoundStress() {}

    private static int released(BoundedSemaphore semaphore) {
        try {
            semaphore.release();
            return 1;
        } catch (IllegalStateException full) {
            return 0;
        }
    }

    @JCStressTest
    @Description("Of two releases with one permit held exactly one throws IllegalStateException.")
    @Outcome(
            id = {"1, 0, 1", "0, 1, 1"},
            expect = ACCEPTABLE,
            desc = "one gave back, one was refused")
    @Outcome(id = "1, 1, .*", expect = FORBIDDEN, desc = "released over the bound")
    @Outcome(id = "0, 0, .*", expect = FORBIDDEN, desc = "both refused")
    @State
    public static class ActualOverRelease {
        private final BoundedSemaphore semaphore = new BoundedSemaphore(1);

        public ActualOverRelease() {
            semaphore.acquireUninterruptibly();
        }

        @Actor
        public void first(III_Result r) {
            r.r1 = released(semaphore);
        }

        @Actor
        public void second(III_Result r) {
            r.r2 = released(semaphore);
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = semaphore.availablePermits();
        }
    }

    @JCStressTest
    @Description("Fair: of two releases with one permit held exactly one throws IllegalStateException.")
    @Outcome(
            id = {"1, 0, 1", "0, 1, 1"},
            expect = ACCEPTABLE,
            desc = "one gave back, one was refused")
    @Outcome(id = "1, 1, .*", expect = FORBIDDEN, desc = "released over the bound")
    @Outcome(id = "0, 0, .*", expect = FORBIDDEN, desc = "both refused")
    @State
    public static class ActualFairOverRelease {
        private final BoundedSemaphore semaphore = BoundedSemaphore.fair(1);

        public ActualFairOverRelease() {
            semaphore.acquireUninterruptibly();
        }

        @Actor
        public void first(III_Result r) {
            r.r1 = released(semaphore);
        }

        @Actor
        public void second(III_Result r) {
            r.r2 = released(semaphore);
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = semaphore.availablePermits();
        }
    }

    @JCStressTest
    @Description("A release that looks at the bound and adds in two steps succeeds twice.")
    @Outcome(
            id = {"1, 0, 1", "0, 1, 1"},
            expect = ACCEPTABLE,
            desc = "one gave back, one was refused")
    @Outcome(id = "1, 1, .*", expect = ACCEPTABLE_INTERESTING, desc = "released over the bound")
    @State
    public static class BrokenOverRelease {
        private final CheckThenActSemaphore semaphore = new CheckThenActSemaphore(1);

        public BrokenOverRelease() {
            semaphore.acquire();
        }

        @Actor
        public void first(III_Result r) {
            r.r1 = semaphore.release() ? 1 : 0;
        }

        @Actor
        public void second(III_Result r) {
            r.r2 = semaphore.release() ? 1 : 0;
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = semaphore.availablePermits();
        }
    }

    @JCStressTest
    @Description("A request for two permits takes both at once or none: it never gets in the way of requests for one.")
    @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "the large request came first")
    @Outcome(id = "0, 2, 0", expect = ACCEPTABLE, desc = "the small requests came first")
    @Outcome(id = "0, 1, 1", expect = FORBIDDEN, desc = "the large request took one permit for a moment")
    @Outcome(id = "1, [12], .*", expect = FORBIDDEN, desc = "more permits taken than there are")
    @Outcome(id = "0, 0, .*", expect = FORBIDDEN, desc = "nobody got anything")
    @State
    public static class ActualAllOrNothing {
        private final BoundedSemaphore semaphore = new BoundedSemaphore(2);

        @Actor
        public void large(III_Result r) {
            r.r1 = semaphore.tryAcquire(2) ? 1 : 0;
        }

        @Actor
        public void small(III_Result r) {
            r.r2 = (semaphore.tryAcquire() ? 1 : 0) + (semaphore.tryAcquire() ? 1 : 0);
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = semaphore.availablePermits();
        }
    }

    @JCStressTest
    @Description(
            "Fair: a request for two permits takes both at once or none: it never gets in the way of requests for one.")
    @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "the large request came first")
    @Outcome(id = "0, 2, 0", expect = ACCEPTABLE, desc = "the small requests came first")
    @Outcome(id = "0, 1, 1", expect = FORBIDDEN, desc = "the large request took one permit for a moment")
    @Outcome(id = "1, [12], .*", expect = FORBIDDEN, desc = "more permits taken than there are")
    @Outcome(id = "0, 0, .*", expect = FORBIDDEN, desc = "nobody got anything")
    @State
    public static class ActualFairAllOrNothing {
        private final BoundedSemaphore semaphore = BoundedSemaphore.fair(2);

        @Actor
        public void large(III_Result r) {
            r.r1 = semaphore.tryAcquire(2) ? 1 : 0;
        }

        @Actor
        public void small(III_Result r) {
            r.r2 = (semaphore.tryAcquire() ? 1 : 0) + (semaphore.tryAcquire() ? 1 : 0);
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = semaphore.availablePermits();
        }
    }

    @JCStressTest
    @Description("A request that takes its permits one by one gets in the way of others.")
    @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "the large request came first")
    @Outcome(id = "0, 2, 0", expect = ACCEPTABLE, desc = "the small requests came first")
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE_INTERESTING, desc = "the large request took one permit for a moment")
    @State
    public static class BrokenAllOrNothing {
        private final AtomicInteger permits = new AtomicInteger(2);

        @Actor
        public void large(III_Result r) {
            if (take()) {
                if (take()) {
                    r.r1 = 1;
                } else {
                    permits.incrementAndGet();
                }
            }
        }

        @Actor
        public void small(III_Result r) {
            r.r2 = (take() ? 1 : 0) + (take() ? 1 : 0);
        }

        private boolean take() {
            int p;
            do {
                p = permits.get();
            } while (p > 0 && !permits.compareAndSet(p, p - 1));
            return p > 0;
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = permits.get();
        }
    }

    @JCStressTest
    @Description("Raising the bound while a permit goes out and back loses and makes no permit.")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "all permits there")
    @Outcome(id = "[013], 2", expect = FORBIDDEN, desc = "permit lost or made")
    @State
    public static class ActualRaiseBound {
        private final BoundedSemaphore semaphore = new BoundedSemaphore(1);

        @Actor
        public void user() {
            semaphore.acquireUninterruptibly();
            semaphore.release();
        }

        @Actor
        public void manager() {
            semaphore.setBound(2);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r1 = semaphore.availablePermits();
            r.r2 = semaphore.bound();
        }
    }

    @JCStressTest
    @Description("Fair: raising the bound while a permit goes out and back loses and makes no permit.")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "all permits there")
    @Outcome(id = "[013], 2", expect = FORBIDDEN, desc = "permit lost or made")
    @State
    public static class ActualFairRaiseBound {
        private final BoundedSemaphore semaphore = BoundedSemaphore.fair(1);

        @Actor
        public void user() {
            semaphore.acquireUninterruptibly();
            semaphore.release();
        }

        @Actor
        public void manager() {
            semaphore.setBound(2);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r1 = semaphore.availablePermits();
            r.r2 = semaphore.bound();
        }
    }

    @JCStressTest
    @Description("A bound that is raised by reading and writing the permits in two steps loses or makes permits.")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "all permits there")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "permit lost or made")
    @State
    public static class BrokenRaiseBound {
        private final CheckThenActSemaphore semaphore = new CheckThenActSemaphore(1);

        @Actor
        public void user() {
            semaphore.acquire();
            semaphore.release();
        }

        @Actor
        public void manager() {
            semaphore.setBound(2);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r1 = semaphore.availablePermits();
            r.r2 = semaphore.bound();
        }
    }

    @JCStressTest
    @Description("Lowering the bound while a permit goes out and back loses and makes no permit.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "as many permits as the bound")
    @Outcome(
            id = {"0, 1", "2, 1"},
            expect = FORBIDDEN,
            desc = "permit lost or made")
    @State
    public static class ActualLowerBound {
        private final BoundedSemaphore semaphore = new BoundedSemaphore(2);

        @Actor
        public void user() {
            semaphore.acquireUninterruptibly();
            semaphore.release();
        }

        @Actor
        public void manager() {
            semaphore.setBound(1);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r1 = semaphore.availablePermits();
            r.r2 = semaphore.bound();
        }
    }

    @JCStressTest
    @Description("Fair: lowering the bound while a permit goes out and back loses and makes no permit.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "as many permits as the bound")
    @Outcome(
            id = {"0, 1", "2, 1"},
            expect = FORBIDDEN,
            desc = "permit lost or made")
    @State
    public static class ActualFairLowerBound {
        private final BoundedSemaphore semaphore = BoundedSemaphore.fair(2);

        @Actor
        public void user() {
            semaphore.acquireUninterruptibly();
            semaphore.release();
        }

        @Actor
        public void manager() {
            semaphore.setBound(1);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r1 = semaphore.availablePermits();
            r.r2 = semaphore.bound();
        }
    }

    @JCStressTest
    @Description("A bound that is lowered by reading and writing the permits in two steps loses or makes permits.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "as many permits as the bound")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "permit lost or made")
    @State
    public static class BrokenLowerBound {
        private final CheckThenActSemaphore semaphore = new CheckThenActSemaphore(2);

        @Actor
        public void user() {
            semaphore.acquire();
            semaphore.release();
        }

        @Actor
        public void manager() {
            semaphore.setBound(1);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r1 = semaphore.availablePermits();
            r.r2 = semaphore.bound();
        }
    }
}
