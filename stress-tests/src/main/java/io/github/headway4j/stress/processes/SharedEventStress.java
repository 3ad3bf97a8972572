// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.processes;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.processes.SharedEvent;
import io.github.headway4j.stress.actors.Bounds;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Threads that wait for a {@link SharedEvent} while another sets and clears it. */
public final class SharedEventStress {

    private SharedEventStress() {}

    private static final Lent<SharedEvent> EVENTS = new Lent<>(SharedEvent::create);

    private static void bringBack(SharedEvent event) {
        event.clear();
        EVENTS.bringBack(event);
    }

    /** Waits until the thread sleeps on that object. */
    private static void awaitAsleep(Sleeper sleeper, Object event) {
        Thread thread = sleeper.thread;
        while (thread == null || LockSupport.getBlocker(thread) != event) {
            Thread.onSpinWait();
            thread = sleeper.thread;
        }
    }

    /** The thread that waits. */
    private static final class Sleeper {
        private volatile @Nullable Thread thread;
    }

    @JCStressTest
    @Description("A set that is cleared at once reaches the thread that was seen waiting.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the waiter went on")
    @Outcome(id = "0", expect = FORBIDDEN, desc = "the waiter missed the set")
    @State
    public static class ActualSetThenClear {
        private final SharedEvent event = EVENTS.take();
        private final Sleeper sleeper = new Sleeper();

        @Actor
        public void waiter(I_Result r) {
            sleeper.thread = Thread.currentThread();
            try {
                r.r1 = event.await(Bounds.LOST) ? 1 : 0;
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts the actors of this test", e);
            }
        }

        @Actor
        public void setter() {
            awaitAsleep(sleeper, event);
            event.set();
            event.clear();
        }

        @Arbiter
        public void arbiter(I_Result r) {
            bringBack(event);
        }
    }

    @JCStressTest
    @Description("A set that is cleared at once is missed by a waiter that looks at a mere flag.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the waiter went on")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "the waiter missed the set")
    @State
    public static class BrokenSetThenClear {
        private static final Lent<FlagInMemory> FLAGS = new Lent<>(FlagInMemory::new);

        private final FlagInMemory flag = FLAGS.take();
        private final Sleeper sleeper = new Sleeper();

        @Actor
        public void waiter(I_Result r) {
            sleeper.thread = Thread.currentThread();
            r.r1 = flag.await(Bounds.CONTROL_NANOS) ? 1 : 0;
            sleeper.thread = null;
        }

        @Actor
        public void setter() {
            for (int looks = 0; looks < LOOKS && sleeper.thread == null; looks++) {
                Thread.onSpinWait();
            }
            flag.set();
            flag.clear();
        }

        private static final int LOOKS = 1_000_000;

        @Arbiter
        public void arbiter(I_Result r) {
            flag.clear();
            FLAGS.bringBack(flag);
        }
    }

    @JCStressTest
    @Description("What is written before a set is seen after the await that returns because of it.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "seen")
    @Outcome(id = "0", expect = FORBIDDEN, desc = "the write was not visible")
    @State
    public static class ActualVisibility {
        private final SharedEvent event = EVENTS.take();
        private int data;

        @Actor
        public void waiter(I_Result r) {
            event.awaitUninterruptibly();
            r.r1 = data;
        }

        @Actor
        public void setter() {
            data = 1;
            event.set();
        }

        @Arbiter
        public void arbiter(I_Result r) {
            bringBack(event);
        }
    }

    @JCStressTest
    @Description("A flag in a plain field may be seen set before the data that it announces.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "set, sees the data")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "came too early")
    @Outcome(id = ".*, 1, 0", expect = ACCEPTABLE_INTERESTING, desc = "set, does not see the data")
    @State
    public static class BrokenVisibility {
        private int set;
        private int data;

        @Actor
        public void waiter(III_Result r) {
            r.r1 = data;
            r.r2 = set;
            r.r3 = data;
        }

        @Actor
        public void setter() {
            data = 1;
            set = 1;
        }
    }
}
