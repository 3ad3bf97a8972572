// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.tasks;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.tasks.WorkerPool;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Workers that wait for tasks, and threads that wait for what workers do. */
public final class PoolWaitStress {

    private PoolWaitStress() {}

    // ---- waiting for a task ----

    @JCStressTest
    @Description("Who waits for a task is told of its end; the task sees what was done before, the waiter what it did.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "told, and both see what was done before")
    @Outcome(id = "-1, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = "0, .*", expect = FORBIDDEN, desc = "the task does not see it")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "the waiter does not see it")
    @State
    public static class ActualGet {
        private final ActorThreads threads = new ActorThreads();
        private final WorkerPool pool = Pools.fixed(1, threads);
        private int before;
        private int done;

        @Actor
        public void submitter(II_Result r) {
            before = 1;
            r.r1 = Pools.get(pool.submit(() -> {
                done = 1;
                return before;
            }));
            r.r2 = done;
            pool.shutdown();
        }

        @Actor
        public void worker() {
            threads.run(0);
        }
    }

    @JCStressTest
    @Description("A waiter that looks, then says that it waits, then sleeps, misses the end of a task.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "told")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class BrokenGet {
        private final ForgetfulSleeper waiter = new ForgetfulSleeper();

        @Actor
        public void submitter(I_Result r) {
            r.r1 = waiter.await();
        }

        @Actor
        public void worker() {
            waiter.change();
        }
    }

    // ---- workers that go idle ----

    @JCStressTest
    @Description("A worker that goes idle notices a task that comes meanwhile.")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "both tasks ran")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "a worker slept beside a task: its wake-up was lost")
    @State
    public static class ActualIdle {
        private final ActorThreads threads = new ActorThreads();
        private final WorkerPool pool = Pools.fixed(1, threads);

        @Actor
        public void submitter(II_Result r) {
            r.r1 = Pools.get(pool.submit(() -> 1)); // from its end on the worker looks for another one
            r.r2 = Pools.get(pool.submit(() -> 2));
            pool.shutdown();
        }

        @Actor
        public void worker() {
            threads.run(0);
        }
    }

    @JCStressTest
    @Description("A worker that looks for a task, then says that it is idle, then sleeps, misses one in between.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the task runs")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "the worker slept beside a task: its wake-up was lost")
    @State
    public static class BrokenIdle {
        private final ForgetfulSleeper worker = new ForgetfulSleeper();

        @Actor
        public void submitter() {
            worker.change();
        }

        @Actor
        public void worker(I_Result r) {
            r.r1 = worker.await();
        }
    }

    // ---- the end ----

    @JCStressTest
    @Description("A worker that goes idle notices the end; who waits for it is told, and sees what the tasks did.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "told, and sees what the task did")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "told, and does not see it")
    @Outcome(id = ".*, 0, .*", expect = FORBIDDEN, desc = "worker or waiter slept to the end: a wake-up was lost")
    @State
    public static class ActualTermination {
        private final ActorThreads threads = new ActorThreads();
        private final WorkerPool pool = Pools.fixed(1, threads);
        private int data;

        public ActualTermination() {
            pool.execute(() -> data = 1);
        }

        @Actor
        public void worker() {
            threads.run(0);
        }

        @Actor
        public void closer(III_Result r) {
            r.r1 = data; // too early: what is read after the wait must not be this
            pool.shutdown();
            r.r2 = Pools.awaitTermination(pool);
            r.r3 = data;
            pool.shutdown(); // wakes a worker that has missed the first one
        }
    }

    @JCStressTest
    @Description("A worker that looks whether all is over, then says that it is idle, then sleeps, misses the end.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the worker ends")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "the worker slept to the end: its wake-up was lost")
    @State
    public static class BrokenTermination {
        private final ForgetfulSleeper worker = new ForgetfulSleeper();

        @Actor
        public void worker(I_Result r) {
            r.r1 = worker.await();
        }

        @Actor
        public void closer() {
            worker.change();
        }
    }
}
