// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.processes;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.processes.LongArray;
import io.github.headway4j.processes.SharedMemory;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Atomic steps and memory effects of {@link LongArray}. */
public final class LongArrayStress {

    private LongArrayStress() {}

    @JCStressTest
    @Description("What two threads add is never lost.")
    @Outcome(id = "3", expect = ACCEPTABLE, desc = "both counted")
    @Outcome(expect = FORBIDDEN, desc = "one was lost")
    @State
    public static class ActualSum {
        private static final Lent<LongArray> NUMBERS =
                new Lent<>(() -> SharedMemory.create(Long.BYTES).longs());

        private final LongArray number = NUMBERS.take();

        @Actor
        public void first() {
            number.getAndAdd(0, 1L);
        }

        @Actor
        public void second() {
            number.getAndAdd(0, 2L);
        }

        @Arbiter
        public void arbiter(I_Result r) {
            r.r1 = (int) number.getVolatile(0);
            number.setVolatile(0, 0L);
            NUMBERS.bringBack(number);
        }
    }

    @JCStressTest
    @Description("What two threads add by reading and writing can be lost.")
    @Outcome(id = "3", expect = ACCEPTABLE, desc = "both counted")
    @Outcome(
            id = {"1", "2"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "one was lost")
    @State
    public static class BrokenSum {
        private static final Lent<TwoStepCounter> NUMBERS = new Lent<>(TwoStepCounter::new);

        private final TwoStepCounter number = NUMBERS.take();

        @Actor
        public void first() {
            number.add(1L);
        }

        @Actor
        public void second() {
            number.add(2L);
        }

        @Arbiter
        public void arbiter(I_Result r) {
            r.r1 = (int) number.get();
            number.clear();
            NUMBERS.bringBack(number);
        }
    }

    @JCStressTest
    @Description("Actions before setRelease happen-before actions after the getAcquire that sees its value.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "sees flag and data")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "does not see the flag")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "sees the flag, does not see the data")
    @State
    public static class ActualRelease {
        private static final Lent<LongArray> FLAGS =
                new Lent<>(() -> SharedMemory.create(Long.BYTES).longs());

        private final LongArray flag = FLAGS.take();
        private int data;

        @Actor
        public void writer() {
            data = 1;
            flag.setRelease(0, 1L);
        }

        @Actor
        public void reader(III_Result r) {
            r.r1 = data; // too early: what is read after the flag must not be this
            r.r2 = (int) flag.getAcquire(0);
            r.r3 = data;
        }

        @Arbiter
        public void arbiter(III_Result r) {
            flag.setVolatile(0, 0L);
            FLAGS.bringBack(flag);
        }
    }

    @JCStressTest
    @Description("A plain flag may be seen before the data that it announces.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "sees flag and data")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "does not see the flag")
    @Outcome(id = ".*, 1, 0", expect = ACCEPTABLE_INTERESTING, desc = "sees the flag, does not see the data")
    @State
    public static class BrokenRelease {
        private int data;
        private int flag;

        @Actor
        public void writer() {
            data = 1;
            flag = 1;
        }

        @Actor
        public void reader(III_Result r) {
            r.r1 = data;
            r.r2 = flag;
            r.r3 = data;
        }
    }
}
