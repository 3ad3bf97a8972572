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
import io.github.headway4j.stress.actors.Interruption;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A putter that waits for room, or leaves while some is made. */
public final class PutWaitStress {

    private PutWaitStress() {}

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
    @Description("Stack: a shutdown reaches the thread that waits for room or is about to, and nothing of it gets in.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "-1, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = ".*, [02]", expect = FORBIDDEN, desc = "the queue has lost or got an element")
    @State
    public static class ActualLifoWaitingPutShutdown {
        private final TaskQueue<Integer> queue = LifoTaskQueue.bounded(1);

        public ActualLifoWaitingPutShutdown() {
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

    @JCStressTest
    @Description("An element whose putter is interrupted while room is made is put or not, as the putter is told.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "put")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "given up, and nothing got in")
    @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "given up, and it got in all the same")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "lost")
    @State
    public static class ActualPutInterrupt {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(1);
        private final Interruption interruption = new Interruption();

        public ActualPutInterrupt() {
            queue.add(1);
        }

        @Actor
        public void putter(II_Result r) {
            interruption.expect();
            try {
                queue.put(2);
                r.r1 = 1;
            } catch (InterruptedException e) {
                r.r1 = 0;
            }
            interruption.settle();
        }

        @Actor
        public void taker() {
            interruption.send();
            queue.poll();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size();
        }
    }

    @JCStressTest
    @Description(
            "Stack: an element whose putter is interrupted while room is made is put or not, as the putter is told.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "put")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "given up, and nothing got in")
    @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "given up, and it got in all the same")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "lost")
    @State
    public static class ActualLifoPutInterrupt {
        private final TaskQueue<Integer> queue = LifoTaskQueue.bounded(1);
        private final Interruption interruption = new Interruption();

        public ActualLifoPutInterrupt() {
            queue.add(1);
        }

        @Actor
        public void putter(II_Result r) {
            interruption.expect();
            try {
                queue.put(2);
                r.r1 = 1;
            } catch (InterruptedException e) {
                r.r1 = 0;
            }
            interruption.settle();
        }

        @Actor
        public void taker() {
            interruption.send();
            queue.poll();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size();
        }
    }

    @JCStressTest
    @Description("A taker that lets the element of a waiting putter in, which has left by interrupt, makes it appear.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "put")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "given up, and nothing got in")
    @Outcome(id = "0, 1", expect = ACCEPTABLE_INTERESTING, desc = "given up, and it got in all the same")
    @State
    public static class BrokenPutInterrupt {
        private final PullInQueue queue = new PullInQueue();
        private final Interruption interruption = new Interruption();

        @Actor
        public void putter(II_Result r) {
            interruption.expect();
            r.r1 = queue.put(2, Bounds.LOST.toNanos());
            interruption.settle();
        }

        @Actor
        public void taker() {
            interruption.send();
            queue.poll();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size();
        }
    }

    @JCStressTest
    @Description("An element whose putter times out while room is made is put or not, as the putter is told.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "put")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "given up, and nothing got in")
    @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "given up, and it got in all the same")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "lost")
    @State
    public static class ActualPutTimeOut {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(1);

        public ActualPutTimeOut() {
            queue.add(1);
        }

        @Actor
        public void putter(II_Result r) {
            r.r1 = Math.max(0, Calls.putOrTimeOut(queue, 2, Bounds.BRIEF));
        }

        @Actor
        public void taker() {
            queue.poll();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size();
        }
    }

    @JCStressTest
    @Description("Stack: an element whose putter times out while room is made is put or not, as the putter is told.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "put")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "given up, and nothing got in")
    @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "given up, and it got in all the same")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "lost")
    @State
    public static class ActualLifoPutTimeOut {
        private final TaskQueue<Integer> queue = LifoTaskQueue.bounded(1);

        public ActualLifoPutTimeOut() {
            queue.add(1);
        }

        @Actor
        public void putter(II_Result r) {
            r.r1 = Math.max(0, Calls.putOrTimeOut(queue, 2, Bounds.BRIEF));
        }

        @Actor
        public void taker() {
            queue.poll();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size();
        }
    }

    @JCStressTest
    @Description("A taker that lets the element of a waiting putter in, which has given up, makes it appear.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "put")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "given up, and nothing got in")
    @Outcome(id = "0, 1", expect = ACCEPTABLE_INTERESTING, desc = "given up, and it got in all the same")
    @State
    public static class BrokenPutTimeOut {
        private final PullInQueue queue = new PullInQueue();

        @Actor
        public void putter(II_Result r) {
            r.r1 = queue.put(2, Bounds.BRIEF.toNanos());
        }

        @Actor
        public void taker() {
            queue.poll();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size();
        }
    }

    @JCStressTest
    @Description("A take reaches the thread that waits for room or is about to.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "put")
    @Outcome(id = "-1, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = "1, [02]", expect = FORBIDDEN, desc = "the queue has lost or got an element")
    @State
    public static class ActualRoom {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(1);

        public ActualRoom() {
            queue.add(1);
        }

        @Actor
        public void putter(II_Result r) {
            r.r1 = Calls.putOrTimeOut(queue, 2, Bounds.LOST);
        }

        @Actor
        public void taker() {
            queue.poll();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size();
        }
    }

    @JCStressTest
    @Description("Stack: a take reaches the thread that waits for room or is about to.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "put")
    @Outcome(id = "-1, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = "1, [02]", expect = FORBIDDEN, desc = "the queue has lost or got an element")
    @State
    public static class ActualLifoRoom {
        private final TaskQueue<Integer> queue = LifoTaskQueue.bounded(1);

        public ActualLifoRoom() {
            queue.add(1);
        }

        @Actor
        public void putter(II_Result r) {
            r.r1 = Calls.putOrTimeOut(queue, 2, Bounds.LOST);
        }

        @Actor
        public void taker() {
            queue.poll();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size();
        }
    }

    @JCStressTest
    @Description("A putter that looks, then enters itself, then sleeps, misses the take in between.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "put")
    @Outcome(id = "-1, 0", expect = ACCEPTABLE_INTERESTING, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class BrokenRoom {
        private final ForgetfulQueue queue = new ForgetfulQueue(1);

        @Actor
        public void putter(II_Result r) {
            r.r1 = queue.put(Bounds.CONTROL_NANOS);
        }

        @Actor
        public void taker() {
            queue.poll();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size();
        }
    }
}
