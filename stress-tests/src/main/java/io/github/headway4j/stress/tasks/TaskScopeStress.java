// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.tasks;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.tasks.Policy;
import io.github.headway4j.tasks.Subtask;
import io.github.headway4j.tasks.TaskScope;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Subtasks that begin and end: what they see, who sees them, how many there are. */
public final class TaskScopeStress {

    private TaskScopeStress() {}

    // ---- what is seen ----

    @JCStressTest
    @Description("Actions before fork happen-before the subtask, also in a thread that has served another scope.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "each subtask sees what its owner did")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "one does not see it")
    @State
    public static class ActualForkVisibility {
        private int ofOne;
        private int ofOther;

        @Actor
        public void one(II_Result r) {
            try (TaskScope<Integer, List<Integer>> scope = TaskScope.open(Policy.results())) {
                ofOne = 1;
                Subtask<Integer> subtask = Scopes.fork(scope, () -> ofOne);
                Scopes.join(scope);
                r.r1 = subtask.get();
            }
        }

        @Actor
        public void other(II_Result r) {
            try (TaskScope<Integer, List<Integer>> scope = TaskScope.open(Policy.results())) {
                ofOther = 1;
                Subtask<Integer> subtask = Scopes.fork(scope, () -> ofOther);
                Scopes.join(scope);
                r.r2 = subtask.get();
            }
        }
    }

    @JCStressTest
    @Description("A task in a plain field may be seen before what was done before.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "begun, and sees what was done before")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "came too early")
    @Outcome(id = ".*, 1, 0", expect = ACCEPTABLE_INTERESTING, desc = "begun, and does not see it")
    @State
    public static class BrokenForkVisibility {
        private int data;
        private int forked;

        @Actor
        public void subtask(III_Result r) {
            r.r1 = data;
            r.r2 = forked;
            r.r3 = data;
        }

        @Actor
        public void owner() {
            data = 1;
            forked = 1;
        }
    }

    @JCStressTest
    @Description("A subtask happens-before the return of join.")
    @Outcome(id = ".*, 1", expect = ACCEPTABLE, desc = "the owner sees what the subtask did")
    @Outcome(id = ".*, 0", expect = FORBIDDEN, desc = "the owner does not see it")
    @State
    public static class ActualJoinVisibility {
        private final ActorThreads threads = new ActorThreads();
        private int data;

        @Actor
        public void owner(II_Result r) {
            try (TaskScope<Integer, ?> scope = Scopes.open(Policy.failFast(), threads)) {
                Scopes.fork(scope, () -> data = 1);
                r.r1 = data; // too early: what is read after the join must not be this
                Scopes.join(scope);
                r.r2 = data;
            }
        }

        @Actor
        public void subtask() {
            threads.run(0);
        }
    }

    @JCStressTest
    @Description("A subtask that is counted in a plain field may be counted before what it did is seen.")
    @Outcome(id = ".*, 0, 1", expect = ACCEPTABLE, desc = "none runs, and what the last one did is seen")
    @Outcome(id = ".*, 1, .*", expect = ACCEPTABLE, desc = "one runs")
    @Outcome(id = ".*, 0, 0", expect = ACCEPTABLE_INTERESTING, desc = "none runs, and it is not seen")
    @State
    public static class BrokenJoinVisibility {
        private int data;
        private int running = 1;

        @Actor
        public void owner(III_Result r) {
            r.r1 = data;
            r.r2 = running;
            r.r3 = data;
        }

        @Actor
        public void subtask() {
            data = 1;
            running = 0;
        }
    }

    @JCStressTest
    @Description("A subtask happens-before whatever follows a call, by any thread, that tells that it has ended.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "ended, and result and data are seen")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "came too early")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "ended, and result or data are not seen")
    @State
    public static class ActualStateVisibility {
        private final ActorThreads threads = new ActorThreads();
        private final Shown<Subtask<Integer>> subtask = new Shown<>();
        private int data;

        @Actor
        public void owner() {
            try (TaskScope<Integer, ?> scope = Scopes.open(Policy.failFast(), threads)) {
                subtask.show(Scopes.fork(scope, () -> data = 1));
                threads.run(0);
                Scopes.join(scope);
            }
        }

        @Actor
        public void reader(III_Result r) {
            Subtask<Integer> looked = subtask.await();
            r.r1 = data; // too early: what is read later must not be this
            r.r2 = looked.state() == Subtask.State.SUCCESS ? 1 : 0;
            r.r3 = r.r2 == 1 && looked.outcome().isSuccess() ? looked.get() & data : 0;
        }
    }

    @JCStressTest
    @Description("A state in a plain field may be seen before what the subtask did.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "ended, and its data are seen")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "came too early")
    @Outcome(id = ".*, 1, 0", expect = ACCEPTABLE_INTERESTING, desc = "ended, and they are not seen")
    @State
    public static class BrokenStateVisibility {
        private int data;
        private int state;

        @Actor
        public void subtask() {
            data = 1;
            state = 1;
        }

        @Actor
        public void reader(III_Result r) {
            r.r1 = data;
            r.r2 = state;
            r.r3 = data;
        }
    }

    // ---- how many ----

    @JCStressTest
    @Description("With a limit of one, never two subtasks run at once.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "one after the other")
    @Outcome(id = "2", expect = FORBIDDEN, desc = "both at once")
    @State
    public static class ActualLimit {
        private final ActorThreads threads = new ActorThreads();
        private final Together together = new Together();

        @Actor
        public void owner() {
            try (TaskScope<Integer, ?> scope = TaskScope.open(
                    Policy.<Integer>failFast(),
                    options -> options.threadFactory(threads).concurrency(1))) {
                Scopes.fork(scope, together::enterAndLeave);
                Scopes.fork(scope, together::enterAndLeave);
                threads.run(1);
                Scopes.join(scope);
            }
        }

        @Actor
        public void first() {
            threads.run(0);
        }

        @Arbiter
        public void arbiter(I_Result r) {
            r.r1 = together.most();
        }
    }

    @JCStressTest
    @Description("With a place that is given back before the subtask has ended, two run at once.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "one after the other")
    @Outcome(id = "2", expect = ACCEPTABLE_INTERESTING, desc = "both at once")
    @State
    public static class BrokenLimit {
        private final Together together = new Together();
        private volatile boolean free;

        @Actor
        public void owner() {
            while (!free) {
                Thread.onSpinWait();
            }
            together.enterAndLeave();
        }

        @Actor
        public void first() {
            free = true;
            together.enterAndLeave();
        }

        @Arbiter
        public void arbiter(I_Result r) {
            r.r1 = together.most();
        }
    }

    /** Counts who is inside. */
    private static final class Together {
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        int enterAndLeave() {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            return inside.decrementAndGet();
        }

        int most() {
            return most.get();
        }
    }

    // ---- what the policy is told ----

    /** Counts what it is told. */
    private static final class Counting implements Policy<Integer, @Nullable Void> {
        private final AtomicInteger ends = new AtomicInteger();
        private volatile Subtask.@Nullable State state;

        @Override
        public boolean onComplete(Subtask<? extends Integer> subtask) {
            state = subtask.state();
            ends.incrementAndGet();
            return false;
        }

        @Override
        public @Nullable Void result() {
            return null;
        }
    }

    @JCStressTest
    @Description("The policy is told of each end once, also of a subtask that is forked while the scope is cancelled.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "told once how it has ended")
    @Outcome(id = "0, .*", expect = FORBIDDEN, desc = "not told")
    @Outcome(id = "2, .*", expect = FORBIDDEN, desc = "told twice")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "told something else")
    @State
    public static class ActualForkCancel {
        private final ActorThreads threads = new ActorThreads();
        private final Shown<TaskScope<Integer, ?>> shown = new Shown<>();
        private final Counting policy = new Counting();
        private volatile boolean joined;

        @Actor
        public void owner(II_Result r) {
            try (TaskScope<Integer, @Nullable Void> scope = Scopes.open(policy, threads)) {
                shown.show(scope);
                Subtask<Integer> subtask = Scopes.fork(scope, () -> 1);
                Scopes.join(scope);
                r.r1 = policy.ends.get();
                r.r2 = policy.state == subtask.state() ? 1 : 0;
            } finally {
                joined = true;
            }
        }

        @Actor
        public void canceller() {
            shown.await().cancel();
            while (!threads.runIfStarted(0) && !joined) {
                Thread.onSpinWait();
            }
        }
    }

    @JCStressTest
    @Description("An owner and a thread that look whether a subtask has ended, and then end it, both tell the policy.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "told once")
    @Outcome(id = "2", expect = ACCEPTABLE_INTERESTING, desc = "told twice")
    @State
    public static class BrokenForkCancel {
        private final CheckThenActEnd subtask = new CheckThenActEnd();

        @Actor
        public void owner() {
            subtask.end();
        }

        @Actor
        public void canceller() {
            subtask.end();
        }

        @Arbiter
        public void arbiter(I_Result r) {
            r.r1 = subtask.ends();
        }
    }

    @JCStressTest
    @Description("Of two subtasks that fail, join throws the failure of one, with that of the other suppressed.")
    @Outcome(
            id = {"1, 1", "2, 2"},
            expect = ACCEPTABLE,
            desc = "each that has run is told")
    @Outcome(id = "2, 1", expect = FORBIDDEN, desc = "a failure is lost")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "there are others")
    @State
    public static class ActualTwoFailures {
        private final ActorThreads threads = new ActorThreads();
        private final AtomicInteger ran = new AtomicInteger();

        @Actor
        public void owner(II_Result r) {
            try (TaskScope<Integer, ?> scope = Scopes.open(Policy.failFast(), threads)) {
                Scopes.fork(scope, this::fail);
                Scopes.fork(scope, this::fail);
                threads.run(0);
                Object thrown = Scopes.join(scope);
                r.r1 = ran.get();
                r.r2 = thrown instanceof Scopes.Failure failure ? 1 + failure.getSuppressed().length : 0;
            }
        }

        @Actor
        public void other() {
            threads.run(1);
        }

        private int fail() {
            ran.incrementAndGet();
            throw new Scopes.Failure();
        }
    }

    @JCStressTest
    @Description("Of two that look whether there is a failure, and then leave theirs, one may be lost.")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "both are told")
    @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "a failure is lost")
    @State
    public static class BrokenTwoFailures {
        private volatile int first;
        private volatile int suppressed;

        @Actor
        public void owner() {
            fail(1);
        }

        @Actor
        public void other() {
            fail(2);
        }

        private void fail(int failure) {
            if (first == 0) {
                first = failure;
            } else {
                suppressed = failure;
            }
        }

        @Arbiter
        public void arbiter(I_Result r) {
            r.r1 = suppressed == 0 ? 1 : 2;
        }
    }
}
