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
import io.github.headway4j.queues.TaskQueue;
import io.github.headway4j.stress.actors.Bounds;
import java.util.Comparator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Shutting a queue down and emptying it in one moment. */
public final class ShutdownNowStress {

    private ShutdownNowStress() {}

    @JCStressTest
    @Description("A put against shutdownNow is handed back or refused.")
    @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "put and handed back")
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "1, 0, .*", expect = FORBIDDEN, desc = "put and not handed back: lost")
    @Outcome(id = "0, 1, .*", expect = FORBIDDEN, desc = "refused and handed back")
    @Outcome(id = ".*, .*, 1", expect = FORBIDDEN, desc = "something is left in a queue that was emptied for good")
    @State
    public static class ActualPutShutdownNow {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(1);

        @Actor
        public void putter(III_Result r) {
            r.r1 = Calls.put(queue, 1);
        }

        @Actor
        public void closer(III_Result r) {
            r.r2 = queue.shutdownNow().size();
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = queue.size();
        }
    }

    @JCStressTest
    @Description("Unbounded: a put against shutdownNow is handed back or refused.")
    @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "put and handed back")
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "1, 0, .*", expect = FORBIDDEN, desc = "put and not handed back: lost")
    @Outcome(id = "0, 1, .*", expect = FORBIDDEN, desc = "refused and handed back")
    @Outcome(id = ".*, .*, 1", expect = FORBIDDEN, desc = "something is left in a queue that was emptied for good")
    @State
    public static class ActualUnboundedPutShutdownNow {
        private final TaskQueue<Integer> queue = FifoTaskQueue.unbounded();

        @Actor
        public void putter(III_Result r) {
            r.r1 = Calls.put(queue, 1);
        }

        @Actor
        public void closer(III_Result r) {
            r.r2 = queue.shutdownNow().size();
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = queue.size();
        }
    }

    @JCStressTest
    @Description("Relaxed: a put against shutdownNow is handed back or refused.")
    @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "put and handed back")
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "1, 0, .*", expect = FORBIDDEN, desc = "put and not handed back: lost")
    @Outcome(id = "0, 1, .*", expect = FORBIDDEN, desc = "refused and handed back")
    @Outcome(id = ".*, .*, 1", expect = FORBIDDEN, desc = "something is left in a queue that was emptied for good")
    @State
    public static class ActualRelaxedPutShutdownNow {
        private final TaskQueue<Integer> queue = RelaxedPriorityTaskQueue.bySmallestKey(Integer::longValue);

        @Actor
        public void putter(III_Result r) {
            r.r1 = Calls.put(queue, 1);
        }

        @Actor
        public void closer(III_Result r) {
            r.r2 = queue.shutdownNow().size();
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = queue.size();
        }
    }

    @JCStressTest
    @Description("Who empties the queue, and then shuts it, leaves behind what comes in between.")
    @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "put and handed back")
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "1, 0, 1", expect = ACCEPTABLE_INTERESTING, desc = "put and not handed back: lost")
    @State
    public static class BrokenPutShutdownNow {
        private final CheckThenActQueue queue = new CheckThenActQueue(1);

        @Actor
        public void putter(III_Result r) {
            r.r1 = queue.put(1);
        }

        @Actor
        public void closer(III_Result r) {
            r.r2 = queue.shutdownNow();
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = queue.size();
        }
    }

    @JCStressTest
    @Description("An element is taken or handed back by shutdownNow, once.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "handed back")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "taken and handed back")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "lost")
    @Outcome(id = "-1, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class ActualTakeShutdownNow {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(1);

        public ActualTakeShutdownNow() {
            queue.add(1);
        }

        @Actor
        public void taker(II_Result r) {
            r.r1 = Calls.pollOrTimeOut(queue, Bounds.LOST);
        }

        @Actor
        public void closer(II_Result r) {
            r.r2 = queue.shutdownNow().size();
        }
    }

    @JCStressTest
    @Description("Unbounded: an element is taken or handed back by shutdownNow, once.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "handed back")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "taken and handed back")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "lost")
    @Outcome(id = "-1, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class ActualUnboundedTakeShutdownNow {
        private final TaskQueue<Integer> queue = FifoTaskQueue.unbounded();

        public ActualUnboundedTakeShutdownNow() {
            queue.add(1);
        }

        @Actor
        public void taker(II_Result r) {
            r.r1 = Calls.pollOrTimeOut(queue, Bounds.LOST);
        }

        @Actor
        public void closer(II_Result r) {
            r.r2 = queue.shutdownNow().size();
        }
    }

    @JCStressTest
    @Description("Stack: an element is taken or handed back by shutdownNow, once.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "handed back")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "taken and handed back")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "lost")
    @Outcome(id = "-1, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class ActualLifoTakeShutdownNow {
        private final TaskQueue<Integer> queue = LifoTaskQueue.bounded(1);

        public ActualLifoTakeShutdownNow() {
            queue.add(1);
        }

        @Actor
        public void taker(II_Result r) {
            r.r1 = Calls.pollOrTimeOut(queue, Bounds.LOST);
        }

        @Actor
        public void closer(II_Result r) {
            r.r2 = queue.shutdownNow().size();
        }
    }

    @JCStressTest
    @Description("Priority: an element is taken or handed back by shutdownNow, once.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "handed back")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "taken and handed back")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "lost")
    @Outcome(id = "-1, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class ActualPriorityTakeShutdownNow {
        private final TaskQueue<Integer> queue = PriorityTaskQueue.bounded(1, Comparator.<Integer>naturalOrder());

        public ActualPriorityTakeShutdownNow() {
            queue.add(1);
        }

        @Actor
        public void taker(II_Result r) {
            r.r1 = Calls.pollOrTimeOut(queue, Bounds.LOST);
        }

        @Actor
        public void closer(II_Result r) {
            r.r2 = queue.shutdownNow().size();
        }
    }

    @JCStressTest
    @Description("Relaxed: an element is taken or handed back by shutdownNow, once.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "handed back")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "taken and handed back")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "lost")
    @Outcome(id = "-1, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class ActualRelaxedTakeShutdownNow {
        private final TaskQueue<Integer> queue = RelaxedPriorityTaskQueue.bySmallestKey(Integer::longValue);

        public ActualRelaxedTakeShutdownNow() {
            queue.add(1);
        }

        @Actor
        public void taker(II_Result r) {
            r.r1 = Calls.pollOrTimeOut(queue, Bounds.LOST);
        }

        @Actor
        public void closer(II_Result r) {
            r.r2 = queue.shutdownNow().size();
        }
    }

    @JCStressTest
    @Description("Who copies the elements, and then removes them, hands back what was taken in between.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "handed back")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "taken and handed back")
    @State
    public static class BrokenTakeShutdownNow {
        private final CheckThenActQueue queue = new CheckThenActQueue(1);

        public BrokenTakeShutdownNow() {
            queue.put(1);
        }

        @Actor
        public void taker(II_Result r) {
            r.r1 = queue.poll();
        }

        @Actor
        public void closer(II_Result r) {
            r.r2 = queue.shutdownNow();
        }
    }

    @JCStressTest
    @Description("A thread that waits for room does not slip in when shutdownNow makes some.")
    @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "1, .*, .*", expect = FORBIDDEN, desc = "slipped in")
    @Outcome(id = "-1, .*, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = ".*, .*, 1", expect = FORBIDDEN, desc = "something is left in a queue that was emptied for good")
    @State
    public static class ActualWaitingPutShutdownNow {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(1);

        public ActualWaitingPutShutdownNow() {
            queue.add(1);
        }

        @Actor
        public void putter(III_Result r) {
            r.r1 = Calls.putOrTimeOut(queue, 2, Bounds.LOST);
        }

        @Actor
        public void closer(III_Result r) {
            r.r2 = queue.shutdownNow().size();
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = queue.size();
        }
    }

    @JCStressTest
    @Description("Stack: a thread that waits for room does not slip in when shutdownNow makes some.")
    @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "1, .*, .*", expect = FORBIDDEN, desc = "slipped in")
    @Outcome(id = "-1, .*, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = ".*, .*, 1", expect = FORBIDDEN, desc = "something is left in a queue that was emptied for good")
    @State
    public static class ActualLifoWaitingPutShutdownNow {
        private final TaskQueue<Integer> queue = LifoTaskQueue.bounded(1);

        public ActualLifoWaitingPutShutdownNow() {
            queue.add(1);
        }

        @Actor
        public void putter(III_Result r) {
            r.r1 = Calls.putOrTimeOut(queue, 2, Bounds.LOST);
        }

        @Actor
        public void closer(III_Result r) {
            r.r2 = queue.shutdownNow().size();
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = queue.size();
        }
    }

    @JCStressTest
    @Description("Who empties the queue, and then shuts it, lets those slip in who wait for room.")
    @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "1, .*, 1", expect = ACCEPTABLE_INTERESTING, desc = "slipped in")
    @State
    public static class BrokenWaitingPutShutdownNow {
        private final CheckThenActQueue queue = new CheckThenActQueue(1);

        public BrokenWaitingPutShutdownNow() {
            queue.put(1);
        }

        @Actor
        public void putter(III_Result r) {
            r.r1 = queue.awaitRoomAndPut(2);
        }

        @Actor
        public void closer(III_Result r) {
            r.r2 = queue.shutdownNow();
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = queue.size();
        }
    }
}
