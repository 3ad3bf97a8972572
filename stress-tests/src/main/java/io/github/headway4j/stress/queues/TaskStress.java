// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.queues;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.LifoTaskQueue;
import io.github.headway4j.queues.TaskQueue;
import io.github.headway4j.stress.actors.Bounds;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Counting tasks, and waiting until they are done. */
public final class TaskStress {

    private TaskStress() {}

    @JCStressTest
    @Description("Actions before taskDone happen-before the return of the join that it ends.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "joined, and the work is seen")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "joined, and the work is not seen")
    @Outcome(id = ".*, 0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class ActualJoinVisibility {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(1);
        private int result;

        public ActualJoinVisibility() {
            queue.add(1);
        }

        @Actor
        public void worker() {
            result = 1;
            queue.taskDone();
        }

        @Actor
        public void joiner(III_Result r) {
            r.r1 = result; // too early: what is read after the join must not be this
            r.r2 = Calls.join(queue, Bounds.LOST);
            r.r3 = result;
        }
    }

    @JCStressTest
    @Description("Unbounded: actions before taskDone happen-before the return of the join that it ends.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "joined, and the work is seen")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "joined, and the work is not seen")
    @Outcome(id = ".*, 0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class ActualUnboundedJoinVisibility {
        private final TaskQueue<Integer> queue = FifoTaskQueue.unbounded();
        private int result;

        public ActualUnboundedJoinVisibility() {
            queue.add(1);
        }

        @Actor
        public void worker() {
            result = 1;
            queue.taskDone();
        }

        @Actor
        public void joiner(III_Result r) {
            r.r1 = result; // too early: what is read after the join must not be this
            r.r2 = Calls.join(queue, Bounds.LOST);
            r.r3 = result;
        }
    }

    @JCStressTest
    @Description("Stack: actions before taskDone happen-before the return of the join that it ends.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "joined, and the work is seen")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "joined, and the work is not seen")
    @Outcome(id = ".*, 0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class ActualLifoJoinVisibility {
        private final TaskQueue<Integer> queue = LifoTaskQueue.bounded(1);
        private int result;

        public ActualLifoJoinVisibility() {
            queue.add(1);
        }

        @Actor
        public void worker() {
            result = 1;
            queue.taskDone();
        }

        @Actor
        public void joiner(III_Result r) {
            r.r1 = result; // too early: what is read after the join must not be this
            r.r2 = Calls.join(queue, Bounds.LOST);
            r.r3 = result;
        }
    }

    @JCStressTest
    @Description("Tasks counted in a plain field may be seen done before the work is.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "joined, sees the work")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "came too early")
    @Outcome(id = ".*, 1, 0", expect = ACCEPTABLE_INTERESTING, desc = "joined, does not see the work")
    @State
    public static class BrokenJoinVisibility {
        private int unfinished = 1;
        private int result;

        @Actor
        public void worker() {
            result = 1;
            unfinished = 0;
        }

        @Actor
        public void joiner(III_Result r) {
            r.r1 = result;
            r.r2 = 1 - unfinished;
            r.r3 = result;
        }
    }

    @JCStressTest
    @Description("A join does not return while a task is unfinished that was put before the last one was done.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "not joined: the second task is unfinished")
    @Outcome(id = "1", expect = FORBIDDEN, desc = "joined too early")
    @State
    public static class ActualNoEarlyJoin {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(2);

        public ActualNoEarlyJoin() {
            queue.add(1);
        }

        @Actor
        public void worker() {
            queue.offer(2);
            queue.taskDone();
        }

        @Actor
        public void joiner(I_Result r) {
            r.r1 = Calls.join(queue, Bounds.BRIEF);
        }
    }

    @JCStressTest
    @Description(
            "Unbounded: a join does not return while a task is unfinished that was put before the last one was done.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "not joined: the second task is unfinished")
    @Outcome(id = "1", expect = FORBIDDEN, desc = "joined too early")
    @State
    public static class ActualUnboundedNoEarlyJoin {
        private final TaskQueue<Integer> queue = FifoTaskQueue.unbounded();

        public ActualUnboundedNoEarlyJoin() {
            queue.add(1);
        }

        @Actor
        public void worker() {
            queue.offer(2);
            queue.taskDone();
        }

        @Actor
        public void joiner(I_Result r) {
            r.r1 = Calls.join(queue, Bounds.BRIEF);
        }
    }

    @JCStressTest
    @Description("Stack: a join does not return while a task is unfinished that was put before the last one was done.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "not joined: the second task is unfinished")
    @Outcome(id = "1", expect = FORBIDDEN, desc = "joined too early")
    @State
    public static class ActualLifoNoEarlyJoin {
        private final TaskQueue<Integer> queue = LifoTaskQueue.bounded(2);

        public ActualLifoNoEarlyJoin() {
            queue.add(1);
        }

        @Actor
        public void worker() {
            queue.offer(2);
            queue.taskDone();
        }

        @Actor
        public void joiner(I_Result r) {
            r.r1 = Calls.join(queue, Bounds.BRIEF);
        }
    }

    @JCStressTest
    @Description("Who counts what was put, and then what is done, may find as much done as was put before.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "not joined")
    @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "joined too early")
    @State
    public static class BrokenNoEarlyJoin {
        private final TwoCounts tasks = new TwoCounts(1);

        @Actor
        public void worker() {
            tasks.put();
            tasks.done();
        }

        @Actor
        public void joiner(I_Result r) {
            r.r1 = tasks.unfinished() == 0 ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("Two tasks that are done at the same time both count.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "no task is unfinished")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "one of them was not counted")
    @State
    public static class ActualTwoTasksDone {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(2);

        public ActualTwoTasksDone() {
            queue.add(1);
            queue.add(2);
        }

        @Actor
        public void worker() {
            queue.taskDone();
        }

        @Actor
        public void otherWorker() {
            queue.taskDone();
        }

        @Arbiter
        public void arbiter(I_Result r) {
            r.r1 = (int) queue.unfinishedTasks();
        }
    }

    @JCStressTest
    @Description("A count that is read and written in two steps loses one of two changes.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "no task is unfinished")
    @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "one of them was not counted")
    @State
    public static class BrokenTwoTasksDone {
        private volatile int unfinished = 2;

        @Actor
        public void worker() {
            int now = unfinished;
            unfinished = now - 1;
        }

        @Actor
        public void otherWorker() {
            int now = unfinished;
            unfinished = now - 1;
        }

        @Arbiter
        public void arbiter(I_Result r) {
            r.r1 = unfinished;
        }
    }

    @JCStressTest
    @Description("Of two calls for one task one is refused, and the count stays right.")
    @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "the first counts")
    @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "the second counts")
    @Outcome(id = "1, 1, .*", expect = FORBIDDEN, desc = "both count")
    @Outcome(id = ".*, .*, -?[1-9]", expect = FORBIDDEN, desc = "the count is wrong")
    @State
    public static class ActualLastTaskDone {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(1);

        public ActualLastTaskDone() {
            queue.add(1);
        }

        @Actor
        public void worker(III_Result r) {
            r.r1 = Calls.taskDone(queue);
        }

        @Actor
        public void otherWorker(III_Result r) {
            r.r2 = Calls.taskDone(queue);
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = (int) queue.unfinishedTasks();
        }
    }

    @JCStressTest
    @Description("Who looks whether a task is unfinished, and then counts it, lets two pass.")
    @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "the first counts")
    @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "the second counts")
    @Outcome(id = "1, 1, .*", expect = ACCEPTABLE_INTERESTING, desc = "both count")
    @State
    public static class BrokenLastTaskDone {
        private final TwoCounts tasks = new TwoCounts(1);

        @Actor
        public void worker(III_Result r) {
            r.r1 = tasks.doneIfUnfinished();
        }

        @Actor
        public void otherWorker(III_Result r) {
            r.r2 = tasks.doneIfUnfinished();
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = tasks.unfinished();
        }
    }
}
