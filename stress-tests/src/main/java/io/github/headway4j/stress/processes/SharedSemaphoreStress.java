// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.processes;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.processes.SharedSemaphore;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Permits of a {@link SharedSemaphore} are neither lost nor made, whatever the race. */
public final class SharedSemaphoreStress {

    private SharedSemaphoreStress() {}

    @JCStressTest
    @Description("One permit lets one thread in at a time, who sees what the other did, and is there again afterwards.")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "both counted, permit back")
    @Outcome(id = "1, .*", expect = FORBIDDEN, desc = "both were inside at once")
    @Outcome(id = "2, .*", expect = FORBIDDEN, desc = "permit lost or made")
    @State
    public static class ActualExclusion {
        private static final Lent<SharedSemaphore> SEMAPHORES = new Lent<>(() -> SharedSemaphore.create(1));

        private final SharedSemaphore semaphore = SEMAPHORES.take();
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
            SEMAPHORES.bringBack(semaphore);
        }
    }

    @JCStressTest
    @Description("Permits that are read and written in two steps let both in.")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "both counted, permit back")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "both were inside at once, or a permit is lost or made")
    @State
    public static class BrokenExclusion {
        private static final Lent<TwoStepPermits> SEMAPHORES = new Lent<>(() -> new TwoStepPermits(1L));

        private final TwoStepPermits semaphore = SEMAPHORES.take();
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
            r.r2 = (int) semaphore.available();
            semaphore.set(1L);
            SEMAPHORES.bringBack(semaphore);
        }
    }
}
