// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.tasks;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.stress.actors.Bounds;
import io.github.headway4j.tasks.TaskResults;
import io.github.headway4j.tasks.Tasks;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The owner of a map that takes results, or closes, while a worker completes them. */
public final class TaskResultsStress {

    private TaskResultsStress() {}

    /** The results of a map with one worker. */
    private static TaskResults<Integer> map(
            List<Integer> items,
            Function<Integer, Integer> function,
            ActorThreads threads,
            int ahead,
            Consumer<Throwable> onUnseenFailure) {
        return Tasks.map(
                items,
                1,
                function,
                options -> options.ahead(ahead)
                        .scope(scope ->
                                scope.threadFactory(threads).forkSites(false).onUnseenFailure(onUnseenFailure)));
    }

    /** The next result, or -1 if it did not come. */
    private static int next(TaskResults<Integer> results) {
        try {
            return results.await(Bounds.LOST) ? results.next() : -1;
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the owner in this test", e);
        }
    }

    // ---- taking ----

    @JCStressTest
    @Description("The owner is told of the next result, and sees what the function did for it.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "told, and sees what was done")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "told, and does not see it")
    @Outcome(id = ".*, -1, .*", expect = FORBIDDEN, desc = "the owner slept to the end: its wake-up was lost")
    @State
    public static class ActualNext {
        private final ActorThreads threads = new ActorThreads();
        private int data;

        @Actor
        public void owner(III_Result r) {
            try (TaskResults<Integer> results = map(List.of(1), item -> data = item, threads, 1, failure -> {})) {
                r.r1 = data; // too early: what is read after the wait must not be this
                r.r2 = next(results);
                r.r3 = data;
            }
        }

        @Actor
        public void worker() {
            threads.run(0);
        }
    }

    @JCStressTest
    @Description("An owner that looks, then says that it waits, then sleeps, misses a result in between.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "told")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "the owner slept to the end: its wake-up was lost")
    @State
    public static class BrokenNext {
        private final ForgetfulSleeper owner = new ForgetfulSleeper();

        @Actor
        public void owner(I_Result r) {
            r.r1 = owner.await();
        }

        @Actor
        public void worker() {
            owner.change();
        }
    }

    @JCStressTest
    @Description("A worker that is too far ahead goes on once the owner takes a result, and not before.")
    @Outcome(id = "1, 2, 1", expect = ACCEPTABLE, desc = "both results, and never more ahead than allowed")
    @Outcome(id = "1, -1, .*", expect = FORBIDDEN, desc = "the worker slept to the end: its wake-up was lost")
    @Outcome(id = "1, 2, 2", expect = FORBIDDEN, desc = "too far ahead")
    @State
    public static class ActualRoom {
        private final ActorThreads threads = new ActorThreads();
        private final AtomicInteger ahead = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        @Actor
        public void owner(III_Result r) {
            try (TaskResults<Integer> results = map(List.of(1, 2), this::goAhead, threads, 1, failure -> {})) {
                r.r1 = await(results);
                ahead.decrementAndGet(); // before the result is taken, from when on the worker may go on
                results.next();
                r.r2 = next(results);
                r.r3 = most.get();
            }
        }

        private static int await(TaskResults<Integer> results) {
            try {
                return results.await(Bounds.LOST) ? 1 : -1;
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts the owner in this test", e);
            }
        }

        @Actor
        public void worker() {
            threads.run(0);
        }

        private int goAhead(int item) {
            most.accumulateAndGet(ahead.incrementAndGet(), Math::max);
            return item;
        }
    }

    @JCStressTest
    @Description("A worker that looks for room, then says that it waits, then sleeps, misses that a result is taken.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "goes on")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "the worker slept to the end: its wake-up was lost")
    @State
    public static class BrokenRoom {
        private final ForgetfulSleeper worker = new ForgetfulSleeper();

        @Actor
        public void owner() {
            worker.change();
        }

        @Actor
        public void worker(I_Result r) {
            r.r1 = worker.await();
        }
    }

    // ---- closing ----

    @JCStressTest
    @Description("Once close has returned, all that was begun is over and seen, and nothing more begins.")
    @Outcome(
            id = {"0, 0, 0", "1, 1, 1", "2, 2, 2"},
            expect = ACCEPTABLE,
            desc = "so many were begun, and are over")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "not over, or begun afterwards")
    @State
    public static class ActualClose {
        private final ActorThreads threads = new ActorThreads();
        private int begun;
        private int ended;

        @Actor
        public void owner(III_Result r) {
            map(List.of(1, 2), this::work, threads, 2, failure -> {}).close();
            r.r1 = begun;
            r.r2 = ended;
        }

        @Actor
        public void worker() {
            threads.run(0);
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = begun;
        }

        private int work(int item) {
            begun = item;
            ended = item;
            return item;
        }
    }

    @JCStressTest
    @Description("A worker that is told of the close, but not waited for, is at work when close has returned.")
    @Outcome(
            id = {"0, 0, 0", "1, 1, 1", "2, 2, 2"},
            expect = ACCEPTABLE,
            desc = "so many were begun, and are over")
    @Outcome(id = ".*", expect = ACCEPTABLE_INTERESTING, desc = "not over, or begun afterwards")
    @State
    public static class BrokenClose {
        private final CarelessMap map = new CarelessMap();

        @Actor
        public void owner(III_Result r) {
            map.close();
            int endedFirst = map.ended();
            r.r1 = map.begun();
            r.r2 = endedFirst;
        }

        @Actor
        public void worker() {
            map.run();
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = map.begun();
        }
    }

    @JCStressTest
    @Description("A failure that comes while the results are closed is told to the handler, once.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "failed, and told")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not begun")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "failed, and nobody told")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "told more than once")
    @State
    public static class ActualCloseFailure {
        private final ActorThreads threads = new ActorThreads();
        private int failed;
        private int told;

        @Actor
        public void owner(II_Result r) {
            map(List.of(1), this::fail, threads, 1, failure -> told++).close();
            r.r1 = failed;
            r.r2 = told;
        }

        @Actor
        public void worker() {
            threads.run(0);
        }

        private int fail(int item) {
            failed = item;
            throw new Scopes.Failure();
        }
    }

    @JCStressTest
    @Description("A close that looks whether there is a failure before the worker has ended tells nobody.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "failed, and told")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not begun")
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "failed, and nobody told")
    @State
    public static class BrokenCloseFailure {
        private volatile boolean failed;

        @Actor
        public void owner(II_Result r) {
            r.r2 = failed ? 1 : 0;
        }

        @Actor
        public void worker() {
            failed = true;
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r1 = failed ? 1 : 0;
        }
    }
}
