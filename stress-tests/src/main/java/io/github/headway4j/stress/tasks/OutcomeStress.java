// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.tasks;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.tasks.Outcome.Success;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Outcomes that threads hand each other without any care. */
public final class OutcomeStress {

    private OutcomeStress() {}

    @JCStressTest
    @Description("Who finds an outcome in a plain field finds its result in it, and what was done for that.")
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "came too early")
    @Outcome(id = "42", expect = ACCEPTABLE, desc = "the outcome, with its result")
    @Outcome(id = "0", expect = FORBIDDEN, desc = "the outcome, without its result")
    @State
    public static class ActualPublication {
        private @Nullable Success<int[]> outcome;

        @Actor
        public void worker() {
            outcome = new Success<>(new int[] {42});
        }

        @Actor
        public void reader(I_Result r) {
            Success<int[]> found = outcome;
            int[] value = found == null ? null : found.value();
            r.r1 = found == null ? -1 : value == null ? 0 : value[0];
        }
    }

    @JCStressTest
    @Description("An outcome that is filled in when it can be seen already may be seen without its result.")
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "came too early")
    @Outcome(id = "42", expect = ACCEPTABLE, desc = "the outcome, with its result")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "the outcome, without its result")
    @State
    public static class BrokenPublication {
        private volatile @Nullable LateOutcome outcome;

        @Actor
        public void worker() {
            LateOutcome late = new LateOutcome();
            outcome = late;
            late.fill(42);
        }

        @Actor
        public void reader(I_Result r) {
            LateOutcome found = outcome;
            r.r1 = found == null ? -1 : found.value();
        }
    }
}
