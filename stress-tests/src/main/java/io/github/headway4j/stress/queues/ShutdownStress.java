// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.queues;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.TaskQueue;
import io.github.headway4j.stress.actors.Bounds;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
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

    @JCStressTest
    @Description("A shutdown reaches the thread that waits for room or is about to, and nothing of it gets in.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "-1, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = ".*, [02]", expect = FORBIDDEN, desc = "the queue has lost or got an element")
    @State
    public static class ActualWaitingPutShutdown {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(1);

        public ActualWaitingPutShutdown() {
            queue.add(1);
        }

        @Actor
        public void putter(II_Result r) {
            r.r1 = Calls.putOrTimeOut(queue, 2, Bounds.LOST);
        }

        @Actor
        public void closer() {
            queue.shutdown();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size();
        }
    }

    @JCStressTest
    @Description("A putter that looks, then enters itself, then sleeps, misses the shutdown in between.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "-1, 1", expect = ACCEPTABLE_INTERESTING, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class BrokenWaitingPutShutdown {
        private final ForgetfulQueue queue = new ForgetfulQueue(1);

        @Actor
        public void putter(II_Result r) {
            r.r1 = queue.put(Bounds.CONTROL_NANOS);
        }

        @Actor
        public void closer() {
            queue.shutdown();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size();
        }
    }
}
