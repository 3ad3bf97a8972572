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
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Removing from the middle, and copies of one moment. */
public final class RemovalStress {

    private RemovalStress() {}

    @JCStressTest
    @Description("An element is removed or taken, once.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "removed")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "removed and taken")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "lost")
    @State
    public static class ActualRemoveTake {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(1);

        public ActualRemoveTake() {
            queue.add(1);
        }

        @Actor
        public void remover(II_Result r) {
            r.r1 = queue.remove(1) ? 1 : 0;
        }

        @Actor
        public void taker(II_Result r) {
            r.r2 = Calls.poll(queue);
        }
    }

    @JCStressTest
    @Description("Unbounded: an element is removed or taken, once.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "removed")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "removed and taken")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "lost")
    @State
    public static class ActualUnboundedRemoveTake {
        private final TaskQueue<Integer> queue = FifoTaskQueue.unbounded();

        public ActualUnboundedRemoveTake() {
            queue.add(1);
        }

        @Actor
        public void remover(II_Result r) {
            r.r1 = queue.remove(1) ? 1 : 0;
        }

        @Actor
        public void taker(II_Result r) {
            r.r2 = Calls.poll(queue);
        }
    }

    @JCStressTest
    @Description("Stack: an element is removed or taken, once.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "removed")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "removed and taken")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "lost")
    @State
    public static class ActualLifoRemoveTake {
        private final TaskQueue<Integer> queue = LifoTaskQueue.bounded(1);

        public ActualLifoRemoveTake() {
            queue.add(1);
        }

        @Actor
        public void remover(II_Result r) {
            r.r1 = queue.remove(1) ? 1 : 0;
        }

        @Actor
        public void taker(II_Result r) {
            r.r2 = Calls.poll(queue);
        }
    }

    @JCStressTest
    @Description("Relaxed: an element is removed or taken, once.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "removed")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "removed and taken")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "lost")
    @State
    public static class ActualRelaxedRemoveTake {
        private final TaskQueue<Integer> queue = RelaxedPriorityTaskQueue.bySmallestKey(Integer::longValue);

        public ActualRelaxedRemoveTake() {
            queue.add(1);
        }

        @Actor
        public void remover(II_Result r) {
            r.r1 = queue.remove(1) ? 1 : 0;
        }

        @Actor
        public void taker(II_Result r) {
            r.r2 = Calls.poll(queue);
        }
    }

    @JCStressTest
    @Description("Who looks whether the element is there, and then removes it, removes what is taken in between.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "removed")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "taken")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "removed and taken")
    @State
    public static class BrokenRemoveTake {
        private final CheckThenActQueue queue = new CheckThenActQueue(1);

        public BrokenRemoveTake() {
            queue.put(1);
        }

        @Actor
        public void remover(II_Result r) {
            r.r1 = queue.remove(1);
        }

        @Actor
        public void taker(II_Result r) {
            r.r2 = queue.poll();
        }
    }

    @JCStressTest
    @Description("What is put while something is removed stays, behind what is left.")
    @Outcome(id = "1, 1, 23", expect = ACCEPTABLE, desc = "removed and put")
    @Outcome(id = "1, .*, .*", expect = FORBIDDEN, desc = "an element is lost, or out of order")
    @Outcome(id = "0, .*, .*", expect = FORBIDDEN, desc = "not found")
    @State
    public static class ActualRemovePut {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(3);

        public ActualRemovePut() {
            queue.add(1);
            queue.add(2);
        }

        @Actor
        public void remover(III_Result r) {
            r.r1 = queue.remove(1) ? 1 : 0;
        }

        @Actor
        public void putter(III_Result r) {
            r.r2 = Calls.put(queue, 3);
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = 10 * Calls.poll(queue) + Calls.poll(queue);
        }
    }

    @JCStressTest
    @Description("Unbounded: what is put while something is removed stays, behind what is left.")
    @Outcome(id = "1, 1, 23", expect = ACCEPTABLE, desc = "removed and put")
    @Outcome(id = "1, .*, .*", expect = FORBIDDEN, desc = "an element is lost, or out of order")
    @Outcome(id = "0, .*, .*", expect = FORBIDDEN, desc = "not found")
    @State
    public static class ActualUnboundedRemovePut {
        private final TaskQueue<Integer> queue = FifoTaskQueue.unbounded();

        public ActualUnboundedRemovePut() {
            queue.add(1);
            queue.add(2);
        }

        @Actor
        public void remover(III_Result r) {
            r.r1 = queue.remove(1) ? 1 : 0;
        }

        @Actor
        public void putter(III_Result r) {
            r.r2 = Calls.put(queue, 3);
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = 10 * Calls.poll(queue) + Calls.poll(queue);
        }
    }

    @JCStressTest
    @Description("Who makes a new list without the element loses what is put meanwhile.")
    @Outcome(id = "1, 1, 23", expect = ACCEPTABLE, desc = "removed and put")
    @Outcome(id = "1, 1, 20", expect = ACCEPTABLE_INTERESTING, desc = "what was put is lost")
    @Outcome(id = "1, 1, 12", expect = ACCEPTABLE_INTERESTING, desc = "what was removed is there again")
    @State
    public static class BrokenRemovePut {
        private final CopyingQueue queue = new CopyingQueue(1, 2);

        @Actor
        public void remover(III_Result r) {
            r.r1 = queue.remove(1);
        }

        @Actor
        public void putter(III_Result r) {
            r.r2 = queue.put(3);
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = 10 * queue.poll() + queue.poll();
        }
    }

    @JCStressTest
    @Description("Iterators and copies show the elements of one moment.")
    @Outcome(id = "\\[1, 2\\]", expect = ACCEPTABLE, desc = "before")
    @Outcome(id = "\\[2\\]", expect = ACCEPTABLE, desc = "in between")
    @Outcome(id = "\\[2, 3\\]", expect = ACCEPTABLE, desc = "after")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "no such moment")
    @State
    public static class ActualSnapshot {
        private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(2);

        public ActualSnapshot() {
            queue.add(1);
            queue.add(2);
        }

        @Actor
        public void mover() {
            queue.poll();
            queue.offer(3);
        }

        @Actor
        public void reader(L_Result r) {
            r.r1 = Arrays.toString(queue.toArray());
        }
    }

    @JCStressTest
    @Description("Unbounded: iterators and copies show the elements of one moment.")
    @Outcome(id = "\\[1, 2\\]", expect = ACCEPTABLE, desc = "before")
    @Outcome(id = "\\[2\\]", expect = ACCEPTABLE, desc = "in between")
    @Outcome(id = "\\[2, 3\\]", expect = ACCEPTABLE, desc = "after")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "no such moment")
    @State
    public static class ActualUnboundedSnapshot {
        private final TaskQueue<Integer> queue = FifoTaskQueue.unbounded();

        public ActualUnboundedSnapshot() {
            queue.add(1);
            queue.add(2);
        }

        @Actor
        public void mover() {
            queue.poll();
            queue.offer(3);
        }

        @Actor
        public void reader(L_Result r) {
            r.r1 = Arrays.toString(queue.toArray());
        }
    }

    @JCStressTest
    @Description("Priority: iterators and copies show the elements of one moment.")
    @Outcome(id = "\\[1, 2\\]", expect = ACCEPTABLE, desc = "before")
    @Outcome(id = "\\[2\\]", expect = ACCEPTABLE, desc = "in between")
    @Outcome(id = "\\[2, 3\\]", expect = ACCEPTABLE, desc = "after")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "no such moment")
    @State
    public static class ActualPrioritySnapshot {
        private final TaskQueue<Integer> queue = PriorityTaskQueue.bounded(2, Comparator.<Integer>naturalOrder());

        public ActualPrioritySnapshot() {
            queue.add(1);
            queue.add(2);
        }

        @Actor
        public void mover() {
            queue.poll();
            queue.offer(3);
        }

        @Actor
        public void reader(L_Result r) {
            r.r1 = Arrays.toString(queue.toArray());
        }
    }

    @JCStressTest
    @Description("An iterator that follows the links shows what was never there at the same time.")
    @Outcome(id = "\\[1, 2\\]", expect = ACCEPTABLE, desc = "before")
    @Outcome(id = "\\[2\\]", expect = ACCEPTABLE, desc = "in between")
    @Outcome(id = "\\[2, 3\\]", expect = ACCEPTABLE, desc = "after")
    @Outcome(id = "\\[1, 2, 3\\]", expect = ACCEPTABLE_INTERESTING, desc = "no such moment")
    @Outcome(id = ".*", expect = ACCEPTABLE_INTERESTING, desc = "no such moment")
    @State
    public static class BrokenSnapshot {
        private final ConcurrentLinkedQueue<Integer> queue = new ConcurrentLinkedQueue<>(List.of(1, 2));

        @Actor
        public void mover() {
            queue.poll();
            queue.offer(3);
        }

        @Actor
        public void reader(L_Result r) {
            r.r1 = Arrays.toString(queue.toArray());
        }
    }
}
