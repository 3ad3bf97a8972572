// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.tasks;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.stress.actors.Bounds;
import io.github.headway4j.stress.actors.Patience;
import io.github.headway4j.tasks.Policy;
import io.github.headway4j.tasks.Subtask;
import io.github.headway4j.tasks.TaskScope;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** A scope that is cancelled while a subtask begins, runs and ends. */
public final class ScopeCancelStress {

    private ScopeCancelStress() {}

    /** 1 if the thread was interrupted before the time ran out. The interrupt is cleared. */
    private static int awaitInterrupt(long nanos) {
        Patience patience = new Patience(nanos);
        while (!Thread.currentThread().isInterrupted()) {
            if (patience.isOver()) {
                return 0;
            }
            Thread.onSpinWait();
        }
        return Thread.interrupted() ? 1 : 0;
    }

    // ---- beginning ----

    @JCStressTest
    @Description("A subtask of a scope that is cancelled does not begin, or is interrupted.")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not begun")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "begun, and interrupted")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "begun, and not interrupted")
    @State
    public static class ActualBegin {
        private final ActorThreads threads = new ActorThreads();
        private int begun;
        private int interrupted;

        @Actor
        public void owner(II_Result r) {
            try (TaskScope<Integer, ?> scope = Scopes.open(Policy.outcomes(), threads)) {
                Scopes.fork(scope, this::beInterrupted);
                scope.cancel();
                Scopes.join(scope);
                r.r1 = begun;
                r.r2 = interrupted;
            }
        }

        @Actor
        public void subtask() {
            threads.run(0);
        }

        private int beInterrupted() {
            begun = 1;
            interrupted = awaitInterrupt(Bounds.LOST.toNanos());
            return 0;
        }
    }

    @JCStressTest
    @Description("A subtask that looks whether it may begin, and then says that it runs, is missed by a cancellation.")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not begun")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "begun, and interrupted")
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "begun, and not interrupted")
    @State
    public static class BrokenBegin {
        private final CarelessScope scope = new CarelessScope();
        private int begun;
        private int interrupted;

        @Actor
        public void owner() {
            scope.cancel();
        }

        @Actor
        public void subtask(II_Result r) {
            scope.run(this::beInterrupted);
            r.r1 = begun;
            r.r2 = interrupted;
        }

        private void beInterrupted() {
            begun = 1;
            interrupted = awaitInterrupt(Bounds.CONTROL_NANOS);
        }
    }

    @JCStressTest
    @Description("No subtask runs any more, or begins, once close has returned.")
    @Outcome(
            id = {"0, 0, 0", "1, 1, 1"},
            expect = ACCEPTABLE,
            desc = "not begun, or over")
    @Outcome(id = "1, 0, .*", expect = FORBIDDEN, desc = "not over")
    @Outcome(id = "0, 0, 1", expect = FORBIDDEN, desc = "begun afterwards")
    @State
    public static class ActualClose {
        private final ActorThreads threads = new ActorThreads();
        private int begun;
        private int ended;

        @Actor
        public void owner(III_Result r) {
            try (TaskScope<Integer, ?> scope = Scopes.open(Policy.failFast(), threads)) {
                Scopes.fork(scope, this::beginAndEnd);
            }
            r.r1 = begun;
            r.r2 = ended;
        }

        @Actor
        public void subtask() {
            threads.run(0);
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = begun;
        }

        private int beginAndEnd() {
            begun = 1;
            ended = 1;
            return 0;
        }
    }

    @JCStressTest
    @Description("A subtask that is counted only when it begins is not waited for.")
    @Outcome(
            id = {"0, 0, 0", "1, 1, 1"},
            expect = ACCEPTABLE,
            desc = "not begun, or over")
    @Outcome(
            id = {"1, 0, 1", "0, 0, 1"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "not over, or begun afterwards")
    @State
    public static class BrokenClose {
        private final CarelessScope scope = new CarelessScope();
        private volatile int begun;
        private volatile int ended;

        @Actor
        public void owner(III_Result r) {
            scope.close();
            int endedFirst = ended;
            r.r1 = begun;
            r.r2 = endedFirst;
        }

        @Actor
        public void subtask() {
            scope.run(this::beginAndEnd);
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = begun;
        }

        private void beginAndEnd() {
            begun = 1;
            ended = 1;
        }
    }

    // ---- ending ----

    /** Notes an interrupt that is not for it. */
    private static final class Interrupted implements Policy<Integer, @Nullable Void> {
        private int interrupted;

        @Override
        public boolean onComplete(Subtask<? extends Integer> subtask) {
            interrupted = Thread.currentThread().isInterrupted() ? 1 : 0;
            return false;
        }

        @Override
        public @Nullable Void result() {
            return null;
        }
    }

    @JCStressTest
    @Description("The interrupt of a cancellation reaches neither the policy nor what the thread does afterwards.")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "came to the subtask, or to nobody")
    @Outcome(id = "1, .*", expect = FORBIDDEN, desc = "came to the policy")
    @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "came to whatever the thread does next")
    @State
    public static class ActualInterrupt {
        private final ActorThreads threads = new ActorThreads();
        private final Interrupted policy = new Interrupted();
        private volatile boolean cancelled;

        @Actor
        public void owner() {
            try (TaskScope<Integer, ?> scope = Scopes.open(policy, threads)) {
                Scopes.fork(scope, () -> 1);
                scope.cancel();
                cancelled = true;
            }
        }

        @Actor
        public void subtask(II_Result r) {
            threads.run(0);
            while (!cancelled) {
                Thread.onSpinWait();
            }
            r.r1 = policy.interrupted;
            r.r2 = Thread.interrupted() ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("Who interrupts a thread that was seen to run a subtask may interrupt what it does afterwards.")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "came to the subtask, or to nobody")
    @Outcome(id = "0, 1", expect = ACCEPTABLE_INTERESTING, desc = "came to whatever the thread does next")
    @State
    public static class BrokenInterrupt {
        private final CarelessScope scope = new CarelessScope();
        private volatile boolean cancelled;
        private int clean;

        @Actor
        public void owner() {
            scope.cancel();
            cancelled = true;
        }

        @Actor
        public void subtask(II_Result r) {
            scope.run(() -> clean = 1);
            Thread.interrupted(); // as a worker does before its next task
            r.r1 = 0;
            while (!cancelled) {
                Thread.onSpinWait();
            }
            r.r2 = Thread.interrupted() ? clean : 0;
        }
    }
}
