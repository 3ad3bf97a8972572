// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.tasks;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.tasks.WorkerPool;
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

/** Tasks that come, are taken and are handed back: each once. */
public final class WorkerPoolStress {

    private WorkerPoolStress() {}

    private static int append(int digits, int digit) {
        return 10 * digits + digit;
    }

    // ---- taking ----

    /** A task with a number. */
    private static final class Numbered implements Runnable {
        private final int number;
        private final Taken taken;

        Numbered(int number, Taken taken) {
            this.number = number;
            this.taken = taken;
        }

        @Override
        public void run() {
            taken.note(number);
        }
    }

    /** Which tasks one actor has run, and which the others. */
    private static final class Taken {
        private volatile @Nullable Thread one;
        private int byOne;
        private int byOther;

        void iAmTheOne() {
            one = Thread.currentThread();
        }

        void note(int number) {
            if (Thread.currentThread() == one) {
                byOne = append(byOne, number);
            } else {
                byOther = append(byOther, number);
            }
        }
    }

    /** A pool with three tasks, which move to the front together. */
    private static WorkerPool poolOfThree(int workers, ActorThreads threads, Taken taken) {
        WorkerPool pool = Pools.fixed(workers, threads);
        for (int i = 1; i <= 3; i++) {
            pool.execute(new Numbered(i, taken));
        }
        return pool;
    }

    @JCStressTest
    @Description("Two workers take each task once, in the order of submission.")
    @Outcome(
            id = {"123, 0", "12, 3", "13, 2", "23, 1", "3, 12", "2, 13", "1, 23", "0, 123"},
            expect = ACCEPTABLE,
            desc = "each once, in order")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "lost, taken twice, or out of order")
    @State
    public static class ActualTwoWorkers {
        private final ActorThreads threads = new ActorThreads();
        private final Taken taken = new Taken();

        public ActualTwoWorkers() {
            WorkerPool pool = poolOfThree(2, threads, taken);
            pool.shutdown();
        }

        @Actor
        public void one(II_Result r) {
            taken.iAmTheOne();
            threads.run(0);
            r.r1 = taken.byOne;
        }

        @Actor
        public void other(II_Result r) {
            threads.run(1);
            r.r2 = taken.byOther;
        }
    }

    @JCStressTest
    @Description("Two workers that claim the next task in two steps both run it.")
    @Outcome(
            id = {"123, 0", "12, 3", "13, 2", "23, 1", "3, 12", "2, 13", "1, 23", "0, 123"},
            expect = ACCEPTABLE,
            desc = "each once, in order")
    @Outcome(id = ".*", expect = ACCEPTABLE_INTERESTING, desc = "taken twice")
    @State
    public static class BrokenTwoWorkers {
        private final TwoStepBatch batch = new TwoStepBatch(3);

        @Actor
        public void one(II_Result r) {
            for (int task = batch.poll(); task != 0; task = batch.poll()) {
                r.r1 = append(r.r1, task);
            }
        }

        @Actor
        public void other(II_Result r) {
            for (int task = batch.poll(); task != 0; task = batch.poll()) {
                r.r2 = append(r.r2, task);
            }
        }
    }

    @JCStressTest
    @Description("A task runs or is handed back by shutdownNow, not both, not neither, and the order is kept.")
    @Outcome(
            id = {"123, 0", "12, 3", "1, 23", "0, 123"},
            expect = ACCEPTABLE,
            desc = "each once, in order")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "lost, both, or out of order")
    @State
    public static class ActualTakeBack {
        private final ActorThreads threads = new ActorThreads();
        private final Taken taken = new Taken();
        private final WorkerPool pool = poolOfThree(1, threads, taken);

        @Actor
        public void worker(II_Result r) {
            taken.iAmTheOne();
            threads.run(0);
            r.r1 = taken.byOne;
        }

        @Actor
        public void stopper(II_Result r) {
            for (Runnable task : pool.shutdownNow()) {
                r.r2 = append(r.r2, ((Numbered) task).number);
            }
        }
    }

    @JCStressTest
    @Description("A task that is claimed in two steps may be handed back and run.")
    @Outcome(
            id = {"123, 0", "12, 3", "1, 23", "0, 123"},
            expect = ACCEPTABLE,
            desc = "each once, in order")
    @Outcome(id = ".*", expect = ACCEPTABLE_INTERESTING, desc = "both")
    @State
    public static class BrokenTakeBack {
        private final TwoStepBatch batch = new TwoStepBatch(3);

        @Actor
        public void worker(II_Result r) {
            for (int task = batch.poll(); task != 0; task = batch.poll()) {
                r.r1 = append(r.r1, task);
            }
        }

        @Actor
        public void stopper(II_Result r) {
            r.r2 = batch.drain();
        }
    }

    // ---- the end ----

    @JCStressTest
    @Description("A task that comes while the pool is shut down is accepted and runs, or is refused; then all ends.")
    @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "accepted, and has run")
    @Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "1, 0, .*", expect = FORBIDDEN, desc = "accepted, and lost")
    @Outcome(id = "0, 1, .*", expect = FORBIDDEN, desc = "refused, and run all the same")
    @Outcome(id = ".*, .*, 0", expect = FORBIDDEN, desc = "the pool does not end")
    @State
    public static class ActualSubmitShutdown {
        private final ActorThreads threads = new ActorThreads();
        private final WorkerPool pool = Pools.fixed(1, threads);
        private final AtomicInteger ran = new AtomicInteger();

        @Actor
        public void submitter(III_Result r) {
            r.r1 = Pools.execute(pool, ran::incrementAndGet);
        }

        @Actor
        public void closer() {
            pool.shutdown();
        }

        @Arbiter
        public void worker(III_Result r) {
            threads.runIfStarted(0);
            r.r2 = ran.get();
            r.r3 = pool.isTerminated() ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("Who looks whether a pool is shut down, and then accepts, accepts what nobody will run.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "accepted, and there for the worker")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "accepted, and lost")
    @State
    public static class BrokenSubmitShutdown {
        private final CarelessPool pool = new CarelessPool();

        @Actor
        public void submitter(II_Result r) {
            r.r1 = pool.execute();
        }

        @Actor
        public void closer(II_Result r) {
            r.r2 = pool.shutdownNow();
        }
    }

    @JCStressTest
    @Description(
            "A task that comes while the pool is stopped runs, is handed back or is refused, exactly one of these.")
    @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "run")
    @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "handed back")
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "lost, or more than one of these")
    @State
    public static class ActualSubmitStop {
        private final ActorThreads threads = new ActorThreads();
        private final WorkerPool pool = Pools.fixed(1, threads);
        private final AtomicInteger ran = new AtomicInteger();

        @Actor
        public void submitter(III_Result r) {
            r.r1 = Pools.execute(pool, ran::incrementAndGet);
            threads.runIfStarted(0);
            r.r2 = ran.get();
        }

        @Actor
        public void stopper(III_Result r) {
            r.r3 = pool.shutdownNow().size();
        }
    }

    @JCStressTest
    @Description("Who looks whether a pool is stopped, and then accepts, accepts what is never handed back.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "handed back")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "accepted, and lost")
    @State
    public static class BrokenSubmitStop {
        private final CarelessPool pool = new CarelessPool();

        @Actor
        public void submitter(II_Result r) {
            r.r1 = pool.execute();
        }

        @Actor
        public void stopper(II_Result r) {
            r.r2 = pool.shutdownNow();
        }
    }
}
