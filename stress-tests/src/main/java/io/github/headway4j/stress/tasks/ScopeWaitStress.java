// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.tasks;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.stress.actors.Watchdog;
import io.github.headway4j.tasks.Policy;
import io.github.headway4j.tasks.Subtask;
import io.github.headway4j.tasks.TaskScope;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** An owner that is about to park while something happens for which it waits. */
public final class ScopeWaitStress {

    private ScopeWaitStress() {}

    @JCStressTest
    @Description("The end of the last subtask wakes an owner that parks, or is about to.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "woken, or not asleep yet")
    @Outcome(id = "0", expect = FORBIDDEN, desc = "the owner slept to the end: its wake-up was lost")
    @State
    public static class ActualLastEnd {
        private final ActorThreads threads = new ActorThreads();
        private final Watchdog watchdog = new Watchdog();

        @Actor
        public void owner() {
            TaskScope<Integer, ?> scope = Scopes.open(Policy.failFast(), threads);
            Scopes.fork(scope, () -> 1);
            watchdog.fallAsleep();
            Thread.currentThread().interrupt(); // so that it parks at once
            scope.close();
            Thread.interrupted();
            watchdog.wakeUp();
        }

        @Actor
        public void subtask(I_Result r) {
            threads.run(0);
            r.r1 = watchdog.guard() ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("An owner that looks, then says that it waits, then sleeps, misses the end of the last subtask.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "woken, or not asleep yet")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "the owner slept to the end: its wake-up was lost")
    @State
    public static class BrokenLastEnd {
        private final ForgetfulSleeper owner = new ForgetfulSleeper();

        @Actor
        public void owner(I_Result r) {
            r.r1 = owner.await();
        }

        @Actor
        public void subtask() {
            owner.change();
        }
    }

    @JCStressTest
    @Description("A cancellation wakes an owner that waits to fork, or is about to, whoever runs still.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "woken, or not asleep yet; nothing was begun")
    @Outcome(id = "0, .*", expect = FORBIDDEN, desc = "the owner slept to the end: its wake-up was lost")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "begun in a cancelled scope")
    @State
    public static class ActualForkAtTheLimit {
        private final ActorThreads threads = new ActorThreads();
        private final Shown<TaskScope<Integer, ?>> shown = new Shown<>();
        private final Watchdog watchdog = new Watchdog();

        @Actor
        public void owner(II_Result r) {
            try (TaskScope<Integer, ?> scope = TaskScope.open(
                    Policy.<Integer>failFast(),
                    options -> options.threadFactory(threads).concurrency(1))) {
                Scopes.fork(scope, () -> 1);
                watchdog.fallAsleep();
                shown.show(scope);
                try {
                    r.r2 = scope.fork(() -> 2).state() == Subtask.State.CANCELLED ? 1 : 0;
                } catch (InterruptedException slept) {
                    r.r2 = 0;
                }
                watchdog.wakeUp();
            }
        }

        @Actor
        public void canceller(II_Result r) {
            shown.await().cancel();
            r.r1 = watchdog.guard() ? 1 : 0;
            threads.run(0);
        }
    }

    @JCStressTest
    @Description("An owner that looks, then says that it waits, then sleeps, misses a cancellation.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "woken, or not asleep yet")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "the owner slept to the end: its wake-up was lost")
    @State
    public static class BrokenForkAtTheLimit {
        private final ForgetfulSleeper owner = new ForgetfulSleeper();

        @Actor
        public void owner(I_Result r) {
            r.r1 = owner.await();
        }

        @Actor
        public void canceller() {
            owner.change();
        }
    }
}
