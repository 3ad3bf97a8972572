// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.queues;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.LifoTaskQueue;
import io.github.headway4j.queues.RelaxedPriorityTaskQueue;
import io.github.headway4j.queues.TaskQueue;
import io.github.headway4j.stress.actors.Bounds;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Waiting for several queues at once. */
public final class SelectStress {

    private SelectStress() {}

    @JCStressTest
    @Description("Of two elements put into two queues takeAny takes one and leaves the other.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "the second")
    @Outcome(id = "0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = ".*, 0", expect = FORBIDDEN, desc = "the other one is lost")
    @Outcome(id = ".*, 2", expect = FORBIDDEN, desc = "taken and still there")
    @State
    public static class ActualTakeAny {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(1);
        private final TaskQueue<Integer> other = FifoTaskQueue.bounded(1);

        @Actor
        public void taker(II_Result r) {
            r.r1 = Calls.takeAny(Bounds.LOST, queue, other);
        }

        @Actor
        public void putter() {
            queue.offer(1);
            other.offer(2);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size() + other.size();
        }
    }

    @JCStressTest
    @Description("Unbounded: of two elements put into two queues takeAny takes one and leaves the other.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "the second")
    @Outcome(id = "0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = ".*, 0", expect = FORBIDDEN, desc = "the other one is lost")
    @Outcome(id = ".*, 2", expect = FORBIDDEN, desc = "taken and still there")
    @State
    public static class ActualUnboundedTakeAny {
        private final TaskQueue<Integer> queue = FifoTaskQueue.unbounded();
        private final TaskQueue<Integer> other = FifoTaskQueue.unbounded();

        @Actor
        public void taker(II_Result r) {
            r.r1 = Calls.takeAny(Bounds.LOST, queue, other);
        }

        @Actor
        public void putter() {
            queue.offer(1);
            other.offer(2);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size() + other.size();
        }
    }

    @JCStressTest
    @Description("Stack: of two elements put into two queues takeAny takes one and leaves the other.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "the second")
    @Outcome(id = "0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = ".*, 0", expect = FORBIDDEN, desc = "the other one is lost")
    @Outcome(id = ".*, 2", expect = FORBIDDEN, desc = "taken and still there")
    @State
    public static class ActualLifoTakeAny {
        private final TaskQueue<Integer> queue = LifoTaskQueue.bounded(1);
        private final TaskQueue<Integer> other = LifoTaskQueue.bounded(1);

        @Actor
        public void taker(II_Result r) {
            r.r1 = Calls.takeAny(Bounds.LOST, queue, other);
        }

        @Actor
        public void putter() {
            queue.offer(1);
            other.offer(2);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size() + other.size();
        }
    }

    @JCStressTest
    @Description("Relaxed: of two elements put into two queues takeAny takes one and leaves the other.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "the second")
    @Outcome(id = "0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = ".*, 0", expect = FORBIDDEN, desc = "the other one is lost")
    @Outcome(id = ".*, 2", expect = FORBIDDEN, desc = "taken and still there")
    @State
    public static class ActualRelaxedTakeAny {
        private final TaskQueue<Integer> queue = RelaxedPriorityTaskQueue.bySmallestKey(Integer::longValue);
        private final TaskQueue<Integer> other = RelaxedPriorityTaskQueue.bySmallestKey(Integer::longValue);

        @Actor
        public void taker(II_Result r) {
            r.r1 = Calls.takeAny(Bounds.LOST, queue, other);
        }

        @Actor
        public void putter() {
            queue.offer(1);
            other.offer(2);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size() + other.size();
        }
    }

    @JCStressTest
    @Description("A taker that looks at both queues, then enters itself, then sleeps, misses what is put in between.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "the second")
    @Outcome(id = "0, 2", expect = ACCEPTABLE_INTERESTING, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class BrokenTakeAny {
        private final ForgetfulSelector queues = new ForgetfulSelector();

        @Actor
        public void taker(II_Result r) {
            r.r1 = queues.takeAny(Bounds.CONTROL_NANOS);
        }

        @Actor
        public void putter() {
            queues.put(0, 1);
            queues.put(1, 2);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queues.size();
        }
    }

    @JCStressTest
    @Description("An element that takeAny and a taker of its queue want goes to one of them.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "to takeAny")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "to the taker")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "to both")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "lost")
    @State
    public static class ActualTakeAnyOrTake {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(1);
        private final TaskQueue<Integer> other = FifoTaskQueue.bounded(1);

        public ActualTakeAnyOrTake() {
            queue.add(1);
        }

        @Actor
        public void selector(II_Result r) {
            r.r1 = Calls.takeAny(Bounds.BRIEF, queue, other);
        }

        @Actor
        public void taker(II_Result r) {
            r.r2 = Calls.poll(queue);
        }
    }

    @JCStressTest
    @Description("Unbounded: an element that takeAny and a taker of its queue want goes to one of them.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "to takeAny")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "to the taker")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "to both")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "lost")
    @State
    public static class ActualUnboundedTakeAnyOrTake {
        private final TaskQueue<Integer> queue = FifoTaskQueue.unbounded();
        private final TaskQueue<Integer> other = FifoTaskQueue.unbounded();

        public ActualUnboundedTakeAnyOrTake() {
            queue.add(1);
        }

        @Actor
        public void selector(II_Result r) {
            r.r1 = Calls.takeAny(Bounds.BRIEF, queue, other);
        }

        @Actor
        public void taker(II_Result r) {
            r.r2 = Calls.poll(queue);
        }
    }

    @JCStressTest
    @Description("Who looks which queue has an element, and then takes it, shares it with others.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "to the one")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "to the other")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "to both")
    @State
    public static class BrokenTakeAnyOrTake {
        private volatile int element = 1;

        @Actor
        public void selector(II_Result r) {
            r.r1 = element;
            element = 0;
        }

        @Actor
        public void taker(II_Result r) {
            r.r2 = element;
            element = 0;
        }
    }
}
