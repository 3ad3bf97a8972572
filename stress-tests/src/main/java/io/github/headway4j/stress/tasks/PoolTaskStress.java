// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.tasks;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.tasks.WorkerPool;
import java.util.concurrent.Future;
import java.util.concurrent.RunnableFuture;
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

/** One task that a worker runs, while somebody cancels it, waits for it, or runs it too. */
public final class PoolTaskStress {

    private PoolTaskStress() {}

    @JCStressTest
    @Description("A task that is cancelled has no result, one that is not has its result.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "cancelled")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "done")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "cancelled, and done")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "neither")
    @State
    public static class ActualCancel {
        private final ActorThreads threads = new ActorThreads();
        private final Future<Integer> future;

        public ActualCancel() {
            WorkerPool pool = Pools.fixed(1, threads);
            future = pool.submit(() -> 1);
            pool.shutdown();
        }

        @Actor
        public void worker() {
            threads.run(0);
        }

        @Actor
        public void canceller(II_Result r) {
            r.r1 = future.cancel(false) ? 1 : 0;
            r.r2 = Pools.get(future);
        }
    }

    @JCStressTest
    @Description("Who looks whether a task has ended, and then ends it, cancels what is done.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "cancelled")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "done")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "cancelled, and done")
    @State
    public static class BrokenCancel {
        private final CheckThenActEnd task = new CheckThenActEnd();

        @Actor
        public void worker(II_Result r) {
            r.r2 = task.end();
        }

        @Actor
        public void canceller(II_Result r) {
            r.r1 = task.end();
        }
    }

    @JCStressTest
    @Description("The interrupt of cancel reaches neither the next task nor what the thread does after the last one.")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "came to the task, or to nobody")
    @Outcome(id = "1, .*", expect = FORBIDDEN, desc = "came to the next task")
    @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "came later")
    @State
    public static class ActualInterrupt {
        private final ActorThreads threads = new ActorThreads();
        private final Future<Integer> first;
        private final Future<Integer> next;
        private volatile boolean cancelled;

        public ActualInterrupt() {
            WorkerPool pool = Pools.fixed(1, threads);
            first = pool.submit(() -> 1);
            next = pool.submit(() -> Thread.currentThread().isInterrupted() ? 1 : 0);
            pool.shutdown();
        }

        @Actor
        public void worker(II_Result r) {
            threads.run(0);
            r.r1 = Pools.get(next);
            while (!cancelled) {
                Thread.onSpinWait();
            }
            r.r2 = Thread.interrupted() ? 1 : 0;
        }

        @Actor
        public void canceller() {
            first.cancel(true);
            cancelled = true;
        }
    }

    @JCStressTest
    @Description("Who interrupts the thread that was seen to run a task may interrupt the next one.")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "came to the task, or to nobody")
    @Outcome(
            id = {"1, 0", "0, 1", "1, 1"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "came to the next task, or later")
    @State
    public static class BrokenInterrupt {
        private volatile @Nullable Thread runner;
        private volatile boolean cancelled;

        @Actor
        public void worker(II_Result r) {
            runner = Thread.currentThread();
            runner = null;
            Thread.interrupted(); // what a task leaves is not for the next one
            r.r1 = Thread.currentThread().isInterrupted() ? 1 : 0;
            while (!cancelled) {
                Thread.onSpinWait();
            }
            r.r2 = Thread.interrupted() ? 1 : 0;
        }

        @Actor
        public void canceller() {
            Thread thread = runner;
            if (thread != null) {
                thread.interrupt();
            }
            cancelled = true;
        }
    }

    @JCStressTest
    @Description("A task that two run, one of them at its turn, runs once.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "once, and it is done")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "twice, or not at all")
    @State
    public static class ActualTwoRunners {
        private final ActorThreads threads = new ActorThreads();
        private final AtomicInteger runs = new AtomicInteger();
        private final RunnableFuture<?> task;

        public ActualTwoRunners() {
            WorkerPool pool = Pools.fixed(1, threads);
            task = (RunnableFuture<?>) pool.submit(runs::incrementAndGet);
            pool.shutdown();
        }

        @Actor
        public void worker() {
            threads.run(0);
        }

        @Actor
        public void other() {
            task.run();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r1 = runs.get();
            r.r2 = task.isDone() ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("Two that look whether a task has been run, and then run it, both do.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "once")
    @Outcome(id = "2", expect = ACCEPTABLE_INTERESTING, desc = "twice")
    @State
    public static class BrokenTwoRunners {
        private final CheckThenActEnd task = new CheckThenActEnd();

        @Actor
        public void worker() {
            task.end();
        }

        @Actor
        public void other() {
            task.end();
        }

        @Arbiter
        public void arbiter(I_Result r) {
            r.r1 = task.ends();
        }
    }

    @JCStressTest
    @Description("Who sees that a task is done sees what it did.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "done, and what it did is seen")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "came too early")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "done, and what it did is not seen")
    @State
    public static class ActualDone {
        private final ActorThreads threads = new ActorThreads();
        private final Future<Integer> future;
        private int data;

        public ActualDone() {
            WorkerPool pool = Pools.fixed(1, threads);
            future = pool.submit(() -> data = 1);
            pool.shutdown();
        }

        @Actor
        public void worker() {
            threads.run(0);
        }

        @Actor
        public void looker(III_Result r) {
            r.r1 = data; // too early: what is read later must not be this
            r.r2 = future.isDone() ? 1 : 0;
            r.r3 = data;
        }
    }

    @JCStressTest
    @Description("A future whose state is a plain field may be seen to be done before what its task did.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "done, and what it did is seen")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "came too early")
    @Outcome(id = ".*, 1, 0", expect = ACCEPTABLE_INTERESTING, desc = "done, and what it did is not seen")
    @State
    public static class BrokenDone {
        private int data;
        private int state;

        @Actor
        public void worker() {
            data = 1;
            state = 1;
        }

        @Actor
        public void looker(III_Result r) {
            r.r1 = data;
            r.r2 = state;
            r.r3 = data;
        }
    }
}
