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
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Exactly as many elements as fit, each to one taker. */
public final class CapacityStress {

    private CapacityStress() {}

    @JCStressTest
    @Description("Of two elements offered for one free place one gets in.")
    @Outcome(id = "1, 0, 2", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "0, 1, 2", expect = ACCEPTABLE, desc = "the second")
    @Outcome(id = "1, 1, .*", expect = FORBIDDEN, desc = "more than fit")
    @Outcome(id = "0, 0, .*", expect = FORBIDDEN, desc = "neither, although there was room")
    @Outcome(id = ".*, .*, [013]", expect = FORBIDDEN, desc = "the size is wrong")
    @State
    public static class ActualExactCapacity {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(2);

        public ActualExactCapacity() {
            queue.add(1);
        }

        @Actor
        public void putter(III_Result r) {
            r.r1 = queue.offer(2) ? 1 : 0;
        }

        @Actor
        public void otherPutter(III_Result r) {
            r.r2 = queue.offer(3) ? 1 : 0;
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = queue.size();
        }
    }

    @JCStressTest
    @Description("Stack: of two elements offered for one free place one gets in.")
    @Outcome(id = "1, 0, 2", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "0, 1, 2", expect = ACCEPTABLE, desc = "the second")
    @Outcome(id = "1, 1, .*", expect = FORBIDDEN, desc = "more than fit")
    @Outcome(id = "0, 0, .*", expect = FORBIDDEN, desc = "neither, although there was room")
    @Outcome(id = ".*, .*, [013]", expect = FORBIDDEN, desc = "the size is wrong")
    @State
    public static class ActualLifoExactCapacity {
        private final TaskQueue<Integer> queue = LifoTaskQueue.bounded(2);

        public ActualLifoExactCapacity() {
            queue.add(1);
        }

        @Actor
        public void putter(III_Result r) {
            r.r1 = queue.offer(2) ? 1 : 0;
        }

        @Actor
        public void otherPutter(III_Result r) {
            r.r2 = queue.offer(3) ? 1 : 0;
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = queue.size();
        }
    }

    @JCStressTest
    @Description("Who looks whether there is room, and then puts, lets in more than fit.")
    @Outcome(id = "1, 0, 2", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "0, 1, 2", expect = ACCEPTABLE, desc = "the second")
    @Outcome(id = "1, 1, 3", expect = ACCEPTABLE_INTERESTING, desc = "more than fit")
    @State
    public static class BrokenExactCapacity {
        private final CheckThenActQueue queue = new CheckThenActQueue(2);

        public BrokenExactCapacity() {
            queue.put(1);
        }

        @Actor
        public void putter(III_Result r) {
            r.r1 = queue.put(2);
        }

        @Actor
        public void otherPutter(III_Result r) {
            r.r2 = queue.put(3);
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = queue.size();
        }
    }

    @JCStressTest
    @Description("Of two takers of one element one gets it.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the second")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "both")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "neither, although it was there")
    @State
    public static class ActualOneTaker {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(1);

        public ActualOneTaker() {
            queue.add(1);
        }

        @Actor
        public void taker(II_Result r) {
            r.r1 = Calls.poll(queue);
        }

        @Actor
        public void otherTaker(II_Result r) {
            r.r2 = Calls.poll(queue);
        }
    }

    @JCStressTest
    @Description("Unbounded: of two takers of one element one gets it.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the second")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "both")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "neither, although it was there")
    @State
    public static class ActualUnboundedOneTaker {
        private final TaskQueue<Integer> queue = FifoTaskQueue.unbounded();

        public ActualUnboundedOneTaker() {
            queue.add(1);
        }

        @Actor
        public void taker(II_Result r) {
            r.r1 = Calls.poll(queue);
        }

        @Actor
        public void otherTaker(II_Result r) {
            r.r2 = Calls.poll(queue);
        }
    }

    @JCStressTest
    @Description("Stack: of two takers of one element one gets it.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the second")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "both")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "neither, although it was there")
    @State
    public static class ActualLifoOneTaker {
        private final TaskQueue<Integer> queue = LifoTaskQueue.bounded(1);

        public ActualLifoOneTaker() {
            queue.add(1);
        }

        @Actor
        public void taker(II_Result r) {
            r.r1 = Calls.poll(queue);
        }

        @Actor
        public void otherTaker(II_Result r) {
            r.r2 = Calls.poll(queue);
        }
    }

    @JCStressTest
    @Description("Relaxed: of two takers of one element one gets it.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the second")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "both")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "neither, although it was there")
    @State
    public static class ActualRelaxedOneTaker {
        private final TaskQueue<Integer> queue = RelaxedPriorityTaskQueue.bySmallestKey(Integer::longValue);

        public ActualRelaxedOneTaker() {
            queue.add(1);
        }

        @Actor
        public void taker(II_Result r) {
            r.r1 = Calls.poll(queue);
        }

        @Actor
        public void otherTaker(II_Result r) {
            r.r2 = Calls.poll(queue);
        }
    }

    @JCStressTest
    @Description("Who looks at the element, and then removes it, shares it with others.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the second")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "both")
    @State
    public static class BrokenOneTaker {
        private volatile int element = 1;

        @Actor
        public void taker(II_Result r) {
            r.r1 = element;
            element = 0;
        }

        @Actor
        public void otherTaker(II_Result r) {
            r.r2 = element;
            element = 0;
        }
    }
}
