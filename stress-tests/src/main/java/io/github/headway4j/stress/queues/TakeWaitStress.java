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
import io.github.headway4j.stress.actors.Interruption;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A taker that leaves while an element comes. */
public final class TakeWaitStress {

    private TakeWaitStress() {}

    @JCStressTest
    @Description("An element that is put while a taker is interrupted is taken or stays.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "given up, and the element is there")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "lost")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "taken and still there")
    @State
    public static class ActualTakeInterrupt {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(1);
        private final Interruption interruption = new Interruption();

        @Actor
        public void taker(II_Result r) {
            interruption.expect();
            try {
                r.r1 = queue.take();
            } catch (InterruptedException e) {
                r.r1 = 0;
            }
            interruption.settle();
        }

        @Actor
        public void putter() {
            interruption.send();
            queue.offer(1);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size();
        }
    }

    @JCStressTest
    @Description("Unbounded: an element that is put while a taker is interrupted is taken or stays.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "given up, and the element is there")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "lost")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "taken and still there")
    @State
    public static class ActualUnboundedTakeInterrupt {
        private final TaskQueue<Integer> queue = FifoTaskQueue.unbounded();
        private final Interruption interruption = new Interruption();

        @Actor
        public void taker(II_Result r) {
            interruption.expect();
            try {
                r.r1 = queue.take();
            } catch (InterruptedException e) {
                r.r1 = 0;
            }
            interruption.settle();
        }

        @Actor
        public void putter() {
            interruption.send();
            queue.offer(1);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size();
        }
    }

    @JCStressTest
    @Description("Stack: an element that is put while a taker is interrupted is taken or stays.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "given up, and the element is there")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "lost")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "taken and still there")
    @State
    public static class ActualLifoTakeInterrupt {
        private final TaskQueue<Integer> queue = LifoTaskQueue.bounded(1);
        private final Interruption interruption = new Interruption();

        @Actor
        public void taker(II_Result r) {
            interruption.expect();
            try {
                r.r1 = queue.take();
            } catch (InterruptedException e) {
                r.r1 = 0;
            }
            interruption.settle();
        }

        @Actor
        public void putter() {
            interruption.send();
            queue.offer(1);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size();
        }
    }

    @JCStressTest
    @Description("Relaxed: an element that is put while a taker is interrupted is taken or stays.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "given up, and the element is there")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "lost")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "taken and still there")
    @State
    public static class ActualRelaxedTakeInterrupt {
        private final TaskQueue<Integer> queue = RelaxedPriorityTaskQueue.bySmallestKey(Integer::longValue);
        private final Interruption interruption = new Interruption();

        @Actor
        public void taker(II_Result r) {
            interruption.expect();
            try {
                r.r1 = queue.take();
            } catch (InterruptedException e) {
                r.r1 = 0;
            }
            interruption.settle();
        }

        @Actor
        public void putter() {
            interruption.send();
            queue.offer(1);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size();
        }
    }

    @JCStressTest
    @Description("A taker that leaves by interrupt although the element has been handed to it loses the element.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "given up, and the element is there")
    @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "lost")
    @State
    public static class BrokenTakeInterrupt {
        private final HandOverQueue queue = new HandOverQueue();
        private final Interruption interruption = new Interruption();

        @Actor
        public void taker(II_Result r) {
            interruption.expect();
            r.r1 = queue.take(Bounds.LOST.toNanos());
            interruption.settle();
        }

        @Actor
        public void putter() {
            interruption.send();
            queue.put(1);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size();
        }
    }

    @JCStressTest
    @Description("An element that is put while a taker times out is taken or stays.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "given up, and the element is there")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "lost")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "taken and still there")
    @State
    public static class ActualTakeTimeOut {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(1);

        @Actor
        public void taker(II_Result r) {
            r.r1 = Calls.poll(queue, Bounds.BRIEF);
        }

        @Actor
        public void putter() {
            queue.offer(1);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size();
        }
    }

    @JCStressTest
    @Description("Unbounded: an element that is put while a taker times out is taken or stays.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "given up, and the element is there")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "lost")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "taken and still there")
    @State
    public static class ActualUnboundedTakeTimeOut {
        private final TaskQueue<Integer> queue = FifoTaskQueue.unbounded();

        @Actor
        public void taker(II_Result r) {
            r.r1 = Calls.poll(queue, Bounds.BRIEF);
        }

        @Actor
        public void putter() {
            queue.offer(1);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size();
        }
    }

    @JCStressTest
    @Description("Stack: an element that is put while a taker times out is taken or stays.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "given up, and the element is there")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "lost")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "taken and still there")
    @State
    public static class ActualLifoTakeTimeOut {
        private final TaskQueue<Integer> queue = LifoTaskQueue.bounded(1);

        @Actor
        public void taker(II_Result r) {
            r.r1 = Calls.poll(queue, Bounds.BRIEF);
        }

        @Actor
        public void putter() {
            queue.offer(1);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size();
        }
    }

    @JCStressTest
    @Description("A taker that gives up although the element has been handed to it loses the element.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "given up, and the element is there")
    @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "lost")
    @State
    public static class BrokenTakeTimeOut {
        private final HandOverQueue queue = new HandOverQueue();

        @Actor
        public void taker(II_Result r) {
            r.r1 = queue.take(Bounds.BRIEF.toNanos());
        }

        @Actor
        public void putter() {
            queue.put(1);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = queue.size();
        }
    }
}
