// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.queues;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.LifoTaskQueue;
import io.github.headway4j.queues.PriorityTaskQueue;
import io.github.headway4j.queues.RelaxedPriorityTaskQueue;
import io.github.headway4j.queues.RingDeque;
import io.github.headway4j.queues.TaskQueue;
import io.github.headway4j.stress.actors.Bounds;
import java.util.Comparator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Shutting a queue down while others put and take. */
public final class ShutdownStress {

    private ShutdownStress() {}

    @JCStressTest
    @Description("A put against a shutdown is delivered or refused: who is told of the end misses nothing.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "put and taken")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "put, but the taker has been told of the end: lost")
    @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "refused and delivered")
    @State
    public static class ActualPutShutdown {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(1);

        @Actor
        public void putter(II_Result r) {
            r.r1 = Calls.put(queue, 1);
        }

        @Actor
        public void taker(II_Result r) {
            queue.shutdown();
            r.r2 = Calls.poll(queue, Bounds.LOST);
        }
    }

    @JCStressTest
    @Description("Unbounded: a put against a shutdown is delivered or refused: who is told of the end misses nothing.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "put and taken")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "put, but the taker has been told of the end: lost")
    @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "refused and delivered")
    @State
    public static class ActualUnboundedPutShutdown {
        private final TaskQueue<Integer> queue = FifoTaskQueue.unbounded();

        @Actor
        public void putter(II_Result r) {
            r.r1 = Calls.put(queue, 1);
        }

        @Actor
        public void taker(II_Result r) {
            queue.shutdown();
            r.r2 = Calls.poll(queue, Bounds.LOST);
        }
    }

    @JCStressTest
    @Description("Stack: a put against a shutdown is delivered or refused: who is told of the end misses nothing.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "put and taken")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "put, but the taker has been told of the end: lost")
    @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "refused and delivered")
    @State
    public static class ActualLifoPutShutdown {
        private final TaskQueue<Integer> queue = LifoTaskQueue.bounded(1);

        @Actor
        public void putter(II_Result r) {
            r.r1 = Calls.put(queue, 1);
        }

        @Actor
        public void taker(II_Result r) {
            queue.shutdown();
            r.r2 = Calls.poll(queue, Bounds.LOST);
        }
    }

    @JCStressTest
    @Description("Priority: a put against a shutdown is delivered or refused: who is told of the end misses nothing.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "put and taken")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "put, but the taker has been told of the end: lost")
    @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "refused and delivered")
    @State
    public static class ActualPriorityPutShutdown {
        private final TaskQueue<Integer> queue = PriorityTaskQueue.bounded(1, Comparator.<Integer>naturalOrder());

        @Actor
        public void putter(II_Result r) {
            r.r1 = Calls.put(queue, 1);
        }

        @Actor
        public void taker(II_Result r) {
            queue.shutdown();
            r.r2 = Calls.poll(queue, Bounds.LOST);
        }
    }

    @JCStressTest
    @Description("Keys: a put against a shutdown is delivered or refused: who is told of the end misses nothing.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "put and taken")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "put, but the taker has been told of the end: lost")
    @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "refused and delivered")
    @State
    public static class ActualKeyPutShutdown {
        private final TaskQueue<Integer> queue = PriorityTaskQueue.bySmallestKey(1, Integer::longValue);

        @Actor
        public void putter(II_Result r) {
            r.r1 = Calls.put(queue, 1);
        }

        @Actor
        public void taker(II_Result r) {
            queue.shutdown();
            r.r2 = Calls.poll(queue, Bounds.LOST);
        }
    }

    @JCStressTest
    @Description("Relaxed: a put against a shutdown is delivered or refused: who is told of the end misses nothing.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "put and taken")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "put, but the taker has been told of the end: lost")
    @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "refused and delivered")
    @State
    public static class ActualRelaxedPutShutdown {
        private final TaskQueue<Integer> queue = RelaxedPriorityTaskQueue.bySmallestKey(Integer::longValue);

        @Actor
        public void putter(II_Result r) {
            r.r1 = Calls.put(queue, 1);
        }

        @Actor
        public void taker(II_Result r) {
            queue.shutdown();
            r.r2 = Calls.poll(queue, Bounds.LOST);
        }
    }

    @JCStressTest
    @Description("Deque: a put against a shutdown is delivered or refused: who is told of the end misses nothing.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "put and taken")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "put, but the taker has been told of the end: lost")
    @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "refused and delivered")
    @State
    public static class ActualDequePutShutdown {
        private final TaskQueue<Integer> queue = RingDeque.bounded(1);

        @Actor
        public void putter(II_Result r) {
            r.r1 = Calls.put(queue, 1);
        }

        @Actor
        public void taker(II_Result r) {
            queue.shutdown();
            r.r2 = Calls.poll(queue, Bounds.LOST);
        }
    }

    @JCStressTest
    @Description("Who looks whether the queue is shut, and then puts, loses the element.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "put and taken")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "put, but the taker has been told of the end: lost")
    @State
    public static class BrokenPutShutdown {
        private final CheckThenActQueue queue = new CheckThenActQueue(1);

        @Actor
        public void putter(II_Result r) {
            r.r1 = queue.put(1);
        }

        @Actor
        public void taker(II_Result r) {
            queue.shutdown();
            r.r2 = queue.poll();
        }
    }

    @JCStressTest
    @Description("A shutdown reaches the thread that waits for an element or is about to.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "told of the end")
    @Outcome(id = "-1", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = "1", expect = FORBIDDEN, desc = "took what is not there")
    @State
    public static class ActualTakeShutdown {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(1);

        @Actor
        public void taker(I_Result r) {
            r.r1 = Calls.pollOrTimeOut(queue, Bounds.LOST);
        }

        @Actor
        public void closer() {
            queue.shutdown();
        }
    }

    @JCStressTest
    @Description("Unbounded: a shutdown reaches the thread that waits for an element or is about to.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "told of the end")
    @Outcome(id = "-1", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = "1", expect = FORBIDDEN, desc = "took what is not there")
    @State
    public static class ActualUnboundedTakeShutdown {
        private final TaskQueue<Integer> queue = FifoTaskQueue.unbounded();

        @Actor
        public void taker(I_Result r) {
            r.r1 = Calls.pollOrTimeOut(queue, Bounds.LOST);
        }

        @Actor
        public void closer() {
            queue.shutdown();
        }
    }

    @JCStressTest
    @Description("Stack: a shutdown reaches the thread that waits for an element or is about to.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "told of the end")
    @Outcome(id = "-1", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = "1", expect = FORBIDDEN, desc = "took what is not there")
    @State
    public static class ActualLifoTakeShutdown {
        private final TaskQueue<Integer> queue = LifoTaskQueue.bounded(1);

        @Actor
        public void taker(I_Result r) {
            r.r1 = Calls.pollOrTimeOut(queue, Bounds.LOST);
        }

        @Actor
        public void closer() {
            queue.shutdown();
        }
    }

    @JCStressTest
    @Description("Priority: a shutdown reaches the thread that waits for an element or is about to.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "told of the end")
    @Outcome(id = "-1", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = "1", expect = FORBIDDEN, desc = "took what is not there")
    @State
    public static class ActualPriorityTakeShutdown {
        private final TaskQueue<Integer> queue = PriorityTaskQueue.bounded(1, Comparator.<Integer>naturalOrder());

        @Actor
        public void taker(I_Result r) {
            r.r1 = Calls.pollOrTimeOut(queue, Bounds.LOST);
        }

        @Actor
        public void closer() {
            queue.shutdown();
        }
    }

    @JCStressTest
    @Description("Keys: a shutdown reaches the thread that waits for an element or is about to.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "told of the end")
    @Outcome(id = "-1", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = "1", expect = FORBIDDEN, desc = "took what is not there")
    @State
    public static class ActualKeyTakeShutdown {
        private final TaskQueue<Integer> queue = PriorityTaskQueue.bySmallestKey(1, Integer::longValue);

        @Actor
        public void taker(I_Result r) {
            r.r1 = Calls.pollOrTimeOut(queue, Bounds.LOST);
        }

        @Actor
        public void closer() {
            queue.shutdown();
        }
    }

    @JCStressTest
    @Description("Relaxed: a shutdown reaches the thread that waits for an element or is about to.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "told of the end")
    @Outcome(id = "-1", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = "1", expect = FORBIDDEN, desc = "took what is not there")
    @State
    public static class ActualRelaxedTakeShutdown {
        private final TaskQueue<Integer> queue = RelaxedPriorityTaskQueue.bySmallestKey(Integer::longValue);

        @Actor
        public void taker(I_Result r) {
            r.r1 = Calls.pollOrTimeOut(queue, Bounds.LOST);
        }

        @Actor
        public void closer() {
            queue.shutdown();
        }
    }

    @JCStressTest
    @Description("Deque: a shutdown reaches the thread that waits for an element or is about to.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "told of the end")
    @Outcome(id = "-1", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = "1", expect = FORBIDDEN, desc = "took what is not there")
    @State
    public static class ActualDequeTakeShutdown {
        private final TaskQueue<Integer> queue = RingDeque.bounded(1);

        @Actor
        public void taker(I_Result r) {
            r.r1 = Calls.pollOrTimeOut(queue, Bounds.LOST);
        }

        @Actor
        public void closer() {
            queue.shutdown();
        }
    }

    @JCStressTest
    @Description("A taker that looks, then enters itself, then sleeps, misses the shutdown in between.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "told of the end")
    @Outcome(id = "-1", expect = ACCEPTABLE_INTERESTING, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class BrokenTakeShutdown {
        private final ForgetfulQueue queue = new ForgetfulQueue(0);

        @Actor
        public void taker(I_Result r) {
            r.r1 = queue.take(Bounds.CONTROL_NANOS);
        }

        @Actor
        public void closer() {
            queue.shutdown();
        }
    }
}
