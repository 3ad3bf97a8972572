// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.primitives;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.primitives.Mutex;
import io.github.headway4j.stress.actors.Bounds;
import java.util.concurrent.locks.Condition;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Signals of the conditions of a {@link Mutex}. */
public final class ConditionStress {

    private ConditionStress() {}

    @JCStressTest
    @Description("A signal given under the mutex reaches the thread that waits or is about to wait.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the waiter went on")
    @Outcome(id = "0", expect = FORBIDDEN, desc = "the waiter slept to the end: its signal was lost")
    @State
    public static class ActualSignal {
        private final Mutex mutex = new Mutex();
        private final Condition changed = mutex.newCondition();
        private boolean ready;

        @Actor
        public void waiter(I_Result r) {
            mutex.lock();
            try {
                long nanos = Bounds.LOST.toNanos();
                while (!ready && nanos > 0) {
                    nanos = changed.awaitNanos(nanos);
                }
                r.r1 = nanos > 0 ? 1 : 0;
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts the actors of this test", e);
            } finally {
                mutex.unlock();
            }
        }

        @Actor
        public void signaller() {
            mutex.lock();
            try {
                ready = true;
                changed.signal();
            } finally {
                mutex.unlock();
            }
        }
    }

    @JCStressTest
    @Description("A waiter that looks, then enters itself, then sleeps, misses a signal in between.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the waiter went on")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "the waiter slept to the end: its signal was lost")
    @State
    public static class BrokenSignal {
        private final ForgetfulGate gate = new ForgetfulGate();

        @Actor
        public void waiter(I_Result r) {
            r.r1 = gate.await(Bounds.CONTROL_NANOS) ? 1 : 0;
        }

        @Actor
        public void signaller() {
            gate.open();
        }
    }
}
