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
import java.util.function.Supplier;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Shutting queues down while somebody waits for both. */
public final class SelectShutdownStress {

    private SelectShutdownStress() {}

    /** Two queues, and one who waits for both. */
    abstract static class Selecting {
        final TaskQueue<Integer> queue;
        final TaskQueue<Integer> other;

        Selecting(Supplier<TaskQueue<Integer>> maker) {
            queue = maker.get();
            other = maker.get();
        }

        final void select(II_Result r) {
            r.r1 = Calls.selectOrTimeOut(Bounds.LOST, queue, other);
        }
    }

    /** Both are shut down. */
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "told of the end")
    @Outcome(id = "-1, 0", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "took what is not there")
    abstract static class End extends Selecting {
        End(Supplier<TaskQueue<Integer>> maker) {
            super(maker);
        }

        final void close() {
            queue.shutdown();
            other.shutdown();
        }
    }

    /** One is shut down, and the other one as well, right after a put. */
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "told of the end, although an element was left")
    @Outcome(id = "-1, 0", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    abstract static class Last extends Selecting {
        Last(Supplier<TaskQueue<Integer>> maker) {
            super(maker);
            other.shutdown();
        }

        final void putAndClose() {
            queue.offer(1);
            queue.shutdown();
        }
    }

    /** One is shut down, and the other one as well, with the element that is in it. */
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "handed back")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "taken and handed back")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "lost")
    @Outcome(id = "-1, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    abstract static class Now extends Selecting {
        Now(Supplier<TaskQueue<Integer>> maker) {
            super(maker);
            queue.add(1);
            other.shutdown();
        }

        final void close(II_Result r) {
            r.r2 = Calls.digits(queue.shutdownNow());
        }
    }

    @JCStressTest
    @Description("The end of the last of two queues reaches the thread that waits for both or is about to.")
    @State
    public static class ActualSelectEnd extends End {
        public ActualSelectEnd() {
            super(() -> FifoTaskQueue.bounded(1));
        }

        @Actor
        public void selector(II_Result r) {
            select(r);
        }

        @Actor
        public void closer() {
            close();
        }
    }

    @JCStressTest
    @Description("Unbounded: the end of the last of two queues reaches the thread that waits for both or is about to.")
    @State
    public static class ActualUnboundedSelectEnd extends End {
        public ActualUnboundedSelectEnd() {
            super(() -> FifoTaskQueue.unbounded());
        }

        @Actor
        public void selector(II_Result r) {
            select(r);
        }

        @Actor
        public void closer() {
            close();
        }
    }

    @JCStressTest
    @Description("Stack: the end of the last of two queues reaches the thread that waits for both or is about to.")
    @State
    public static class ActualLifoSelectEnd extends End {
        public ActualLifoSelectEnd() {
            super(() -> LifoTaskQueue.bounded(1));
        }

        @Actor
        public void selector(II_Result r) {
            select(r);
        }

        @Actor
        public void closer() {
            close();
        }
    }

    @JCStressTest
    @Description("Relaxed: the end of the last of two queues reaches the thread that waits for both or is about to.")
    @State
    public static class ActualRelaxedSelectEnd extends End {
        public ActualRelaxedSelectEnd() {
            super(() -> RelaxedPriorityTaskQueue.bySmallestKey(Integer::longValue));
        }

        @Actor
        public void selector(II_Result r) {
            select(r);
        }

        @Actor
        public void closer() {
            close();
        }
    }

    @JCStressTest
    @Description("A taker that looks at both queues, then enters itself, then sleeps, misses the end in between.")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "told of the end")
    @Outcome(id = "-1, 0", expect = ACCEPTABLE_INTERESTING, desc = "the waiter slept to the end: its wake-up was lost")
    @State
    public static class BrokenSelectEnd {
        private final ForgetfulSelector queues = new ForgetfulSelector();

        @Actor
        public void selector(II_Result r) {
            r.r1 = queues.takeAnyOrTimeOut(Bounds.CONTROL_NANOS);
        }

        @Actor
        public void closer() {
            queues.shutdown();
        }
    }

    @JCStressTest
    @Description("Who waits for two queues is told of their end when nothing is left in either.")
    @State
    public static class ActualSelectLast extends Last {
        public ActualSelectLast() {
            super(() -> FifoTaskQueue.bounded(1));
        }

        @Actor
        public void selector(II_Result r) {
            select(r);
        }

        @Actor
        public void closer() {
            putAndClose();
        }
    }

    @JCStressTest
    @Description("Unbounded: who waits for two queues is told of their end when nothing is left in either.")
    @State
    public static class ActualUnboundedSelectLast extends Last {
        public ActualUnboundedSelectLast() {
            super(() -> FifoTaskQueue.unbounded());
        }

        @Actor
        public void selector(II_Result r) {
            select(r);
        }

        @Actor
        public void closer() {
            putAndClose();
        }
    }

    @JCStressTest
    @Description("Stack: who waits for two queues is told of their end when nothing is left in either.")
    @State
    public static class ActualLifoSelectLast extends Last {
        public ActualLifoSelectLast() {
            super(() -> LifoTaskQueue.bounded(1));
        }

        @Actor
        public void selector(II_Result r) {
            select(r);
        }

        @Actor
        public void closer() {
            putAndClose();
        }
    }

    @JCStressTest
    @Description("Relaxed: who waits for two queues is told of their end when nothing is left in either.")
    @State
    public static class ActualRelaxedSelectLast extends Last {
        public ActualRelaxedSelectLast() {
            super(() -> RelaxedPriorityTaskQueue.bySmallestKey(Integer::longValue));
        }

        @Actor
        public void selector(II_Result r) {
            select(r);
        }

        @Actor
        public void closer() {
            putAndClose();
        }
    }

    @JCStressTest
    @Description("Who looks for an element, and then whether the queue has ended, misses what is put in between.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "told of the end, although an element was left")
    @State
    public static class BrokenSelectLast {
        private final CheckThenActQueue queue = new CheckThenActQueue(1);

        @Actor
        public void selector(II_Result r) {
            r.r1 = queue.awaitElementOrEnd();
        }

        @Actor
        public void closer() {
            queue.put(1);
            queue.shutdown();
        }
    }

    @JCStressTest
    @Description("An element is taken by who waits for two queues or handed back by shutdownNow, once.")
    @State
    public static class ActualSelectNow extends Now {
        public ActualSelectNow() {
            super(() -> FifoTaskQueue.bounded(1));
        }

        @Actor
        public void selector(II_Result r) {
            select(r);
        }

        @Actor
        public void closer(II_Result r) {
            close(r);
        }
    }

    @JCStressTest
    @Description("Stack: an element is taken by who waits for two queues or handed back by shutdownNow, once.")
    @State
    public static class ActualLifoSelectNow extends Now {
        public ActualLifoSelectNow() {
            super(() -> LifoTaskQueue.bounded(1));
        }

        @Actor
        public void selector(II_Result r) {
            select(r);
        }

        @Actor
        public void closer(II_Result r) {
            close(r);
        }
    }

    @JCStressTest
    @Description("Who copies the elements, and then removes them, hands back what a selector takes in between.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "handed back")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "taken and handed back")
    @State
    public static class BrokenSelectNow {
        private final CheckThenActQueue queue = new CheckThenActQueue(1);

        public BrokenSelectNow() {
            queue.put(1);
        }

        @Actor
        public void selector(II_Result r) {
            r.r1 = queue.awaitElementOrEnd();
        }

        @Actor
        public void closer(II_Result r) {
            r.r2 = queue.shutdownNow();
        }
    }
}
