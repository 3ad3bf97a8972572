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
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** What a taker sees of the putter, and in which order. */
public final class PublicationStress {

    private PublicationStress() {}

    @JCStressTest
    @Description("Actions before a put happen-before the return of the take that gets the element.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "taken, and what was done before the put is seen")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "taken, and what was done before the put is not seen")
    @Outcome(id = ".*, 0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class ActualPublication {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(1);
        private int data;

        @Actor
        public void taker(III_Result r) {
            r.r1 = data; // too early: what is read after the take must not be this
            r.r2 = Calls.poll(queue, Bounds.LOST);
            r.r3 = data;
        }

        @Actor
        public void putter() {
            data = 1;
            Calls.put(queue, 1);
        }
    }

    @JCStressTest
    @Description("Unbounded: actions before a put happen-before the return of the take that gets the element.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "taken, and what was done before the put is seen")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "taken, and what was done before the put is not seen")
    @Outcome(id = ".*, 0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class ActualUnboundedPublication {
        private final TaskQueue<Integer> queue = FifoTaskQueue.unbounded();
        private int data;

        @Actor
        public void taker(III_Result r) {
            r.r1 = data; // too early: what is read after the take must not be this
            r.r2 = Calls.poll(queue, Bounds.LOST);
            r.r3 = data;
        }

        @Actor
        public void putter() {
            data = 1;
            Calls.put(queue, 1);
        }
    }

    @JCStressTest
    @Description("Stack: actions before a put happen-before the return of the take that gets the element.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "taken, and what was done before the put is seen")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "taken, and what was done before the put is not seen")
    @Outcome(id = ".*, 0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class ActualLifoPublication {
        private final TaskQueue<Integer> queue = LifoTaskQueue.bounded(1);
        private int data;

        @Actor
        public void taker(III_Result r) {
            r.r1 = data; // too early: what is read after the take must not be this
            r.r2 = Calls.poll(queue, Bounds.LOST);
            r.r3 = data;
        }

        @Actor
        public void putter() {
            data = 1;
            Calls.put(queue, 1);
        }
    }

    @JCStressTest
    @Description("Priority: actions before a put happen-before the return of the take that gets the element.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "taken, and what was done before the put is seen")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "taken, and what was done before the put is not seen")
    @Outcome(id = ".*, 0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class ActualPriorityPublication {
        private final TaskQueue<Integer> queue = PriorityTaskQueue.bounded(1, Comparator.<Integer>naturalOrder());
        private int data;

        @Actor
        public void taker(III_Result r) {
            r.r1 = data; // too early: what is read after the take must not be this
            r.r2 = Calls.poll(queue, Bounds.LOST);
            r.r3 = data;
        }

        @Actor
        public void putter() {
            data = 1;
            Calls.put(queue, 1);
        }
    }

    @JCStressTest
    @Description("Keys: actions before a put happen-before the return of the take that gets the element.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "taken, and what was done before the put is seen")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "taken, and what was done before the put is not seen")
    @Outcome(id = ".*, 0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class ActualKeyPublication {
        private final TaskQueue<Integer> queue = PriorityTaskQueue.bySmallestKey(1, Integer::longValue);
        private int data;

        @Actor
        public void taker(III_Result r) {
            r.r1 = data; // too early: what is read after the take must not be this
            r.r2 = Calls.poll(queue, Bounds.LOST);
            r.r3 = data;
        }

        @Actor
        public void putter() {
            data = 1;
            Calls.put(queue, 1);
        }
    }

    @JCStressTest
    @Description("Relaxed: actions before a put happen-before the return of the take that gets the element.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "taken, and what was done before the put is seen")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "taken, and what was done before the put is not seen")
    @Outcome(id = ".*, 0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class ActualRelaxedPublication {
        private final TaskQueue<Integer> queue = RelaxedPriorityTaskQueue.bySmallestKey(Integer::longValue);
        private int data;

        @Actor
        public void taker(III_Result r) {
            r.r1 = data; // too early: what is read after the take must not be this
            r.r2 = Calls.poll(queue, Bounds.LOST);
            r.r3 = data;
        }

        @Actor
        public void putter() {
            data = 1;
            Calls.put(queue, 1);
        }
    }

    @JCStressTest
    @Description("Deque: actions before a put happen-before the return of the take that gets the element.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "taken, and what was done before the put is seen")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "taken, and what was done before the put is not seen")
    @Outcome(id = ".*, 0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class ActualDequePublication {
        private final TaskQueue<Integer> queue = RingDeque.bounded(1);
        private int data;

        @Actor
        public void taker(III_Result r) {
            r.r1 = data; // too early: what is read after the take must not be this
            r.r2 = Calls.poll(queue, Bounds.LOST);
            r.r3 = data;
        }

        @Actor
        public void putter() {
            data = 1;
            Calls.put(queue, 1);
        }
    }

    @JCStressTest
    @Description("An element in a plain field may be seen before the data that it announces.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "taken, sees the data")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "came too early")
    @Outcome(id = ".*, 1, 0", expect = ACCEPTABLE_INTERESTING, desc = "taken, does not see the data")
    @State
    public static class BrokenPublication {
        private int element;
        private int data;

        @Actor
        public void taker(III_Result r) {
            r.r1 = data;
            r.r2 = element;
            r.r3 = data;
        }

        @Actor
        public void putter() {
            data = 1;
            element = 1;
        }
    }

    @JCStressTest
    @Description("Actions before putAll happen-before the return of the batch take that gets an element.")
    @Outcome(id = ".*, [12], 1", expect = ACCEPTABLE, desc = "taken, and what was done before is seen")
    @Outcome(id = ".*, [12], 0", expect = FORBIDDEN, desc = "taken, and what was done before is not seen")
    @Outcome(id = ".*, 0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class ActualBatchPublication {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(2);
        private int data;

        @Actor
        public void taker(III_Result r) {
            r.r1 = data; // too early: what is read after the take must not be this
            r.r2 = Calls.takeSome(queue, 2);
            r.r3 = data;
        }

        @Actor
        public void putter() {
            data = 1;
            Calls.putAll(queue, 1, 2);
        }
    }

    @JCStressTest
    @Description("Unbounded: actions before putAll happen-before the return of the batch take that gets an element.")
    @Outcome(id = ".*, [12], 1", expect = ACCEPTABLE, desc = "taken, and what was done before is seen")
    @Outcome(id = ".*, [12], 0", expect = FORBIDDEN, desc = "taken, and what was done before is not seen")
    @Outcome(id = ".*, 0, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class ActualUnboundedBatchPublication {
        private final TaskQueue<Integer> queue = FifoTaskQueue.unbounded();
        private int data;

        @Actor
        public void taker(III_Result r) {
            r.r1 = data; // too early: what is read after the take must not be this
            r.r2 = Calls.takeSome(queue, 2);
            r.r3 = data;
        }

        @Actor
        public void putter() {
            data = 1;
            Calls.putAll(queue, 1, 2);
        }
    }

    @JCStressTest
    @Description("Elements counted in a plain field may be seen before the data that they announce.")
    @Outcome(id = ".*, 2, 1", expect = ACCEPTABLE, desc = "taken, sees the data")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "came too early")
    @Outcome(id = ".*, 2, 0", expect = ACCEPTABLE_INTERESTING, desc = "taken, does not see the data")
    @State
    public static class BrokenBatchPublication {
        private int elements;
        private int data;

        @Actor
        public void taker(III_Result r) {
            r.r1 = data;
            r.r2 = elements;
            r.r3 = data;
        }

        @Actor
        public void putter() {
            data = 1;
            elements = 2;
        }
    }

    @JCStressTest
    @Description("Two elements that one thread puts are taken in that order.")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "both, in order")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the first, at the second look")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "came too early")
    @Outcome(id = "2, .*", expect = FORBIDDEN, desc = "the second before the first")
    @Outcome(id = "0, 2", expect = FORBIDDEN, desc = "the second, without the first")
    @State
    public static class ActualOrder {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(2);

        @Actor
        public void taker(II_Result r) {
            r.r1 = Calls.poll(queue);
            r.r2 = Calls.poll(queue);
        }

        @Actor
        public void putter() {
            queue.offer(1);
            queue.offer(2);
        }
    }

    @JCStressTest
    @Description("Unbounded: two elements that one thread puts are taken in that order.")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "both, in order")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the first, at the second look")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "came too early")
    @Outcome(id = "2, .*", expect = FORBIDDEN, desc = "the second before the first")
    @Outcome(id = "0, 2", expect = FORBIDDEN, desc = "the second, without the first")
    @State
    public static class ActualUnboundedOrder {
        private final TaskQueue<Integer> queue = FifoTaskQueue.unbounded();

        @Actor
        public void taker(II_Result r) {
            r.r1 = Calls.poll(queue);
            r.r2 = Calls.poll(queue);
        }

        @Actor
        public void putter() {
            queue.offer(1);
            queue.offer(2);
        }
    }

    @JCStressTest
    @Description(
            "Lanes that are filled in turn and looked through from the first may give out the second element first.")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "in order")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "came too early")
    @Outcome(id = "2, .*", expect = ACCEPTABLE_INTERESTING, desc = "the second before the first")
    @Outcome(id = "0, 2", expect = ACCEPTABLE_INTERESTING, desc = "the second, without the first")
    @State
    public static class BrokenOrder {
        private final LaneQueue queue = new LaneQueue();

        @Actor
        public void taker(II_Result r) {
            r.r1 = queue.poll();
            r.r2 = queue.poll();
        }

        @Actor
        public void putter() {
            queue.offer(1);
            queue.offer(2);
        }
    }
}
