// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.queues;

import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.LifoTaskQueue;
import io.github.headway4j.queues.PriorityTaskQueue;
import io.github.headway4j.queues.RelaxedPriorityTaskQueue;
import io.github.headway4j.queues.RingDeque;
import io.github.headway4j.queues.TaskQueue;
import io.github.headway4j.stress.actors.Bounds;
import java.util.Comparator;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** What is seen by who is told that a queue has been shut down. */
public final class ShutdownVisibilityStress {

    private ShutdownVisibilityStress() {}

    /** By any method that tells; each state takes one of them. */
    abstract static class Told extends Announcement {
        private final int way = ThreadLocalRandom.current().nextInt(1, 6);
        private final TaskQueue<Integer> queue;

        Told(TaskQueue<Integer> queue) {
            this.queue = queue;
        }

        @Override
        final void announce() {
            queue.shutdown();
        }

        @Override
        final int look() {
            return switch (way) {
                case 1 -> queue.isShutdown() ? 1 : 0;
                case 2 -> queue.offer(1) ? 0 : 2;
                case 3 -> Calls.put(queue, 1) == 0 ? 3 : 0;
                case 4 -> Calls.pollOrTimeOut(queue, Bounds.LOST) == 0 ? 4 : -1;
                default -> Calls.selectOrTimeOut(Bounds.LOST, queue, queue) == 0 ? 5 : -1;
            };
        }
    }

    @JCStressTest
    @Description("Actions before a shutdown happen-before what a thread does that is told of it.")
    @State
    public static class ActualTold extends Told {
        public ActualTold() {
            super(FifoTaskQueue.bounded(1));
        }

        @Actor
        public void closer() {
            write();
        }

        @Actor
        public void other(III_Result r) {
            read(r);
        }
    }

    @JCStressTest
    @Description("Unbounded: actions before a shutdown happen-before what a thread does that is told of it.")
    @State
    public static class ActualUnboundedTold extends Told {
        public ActualUnboundedTold() {
            super(FifoTaskQueue.unbounded());
        }

        @Actor
        public void closer() {
            write();
        }

        @Actor
        public void other(III_Result r) {
            read(r);
        }
    }

    @JCStressTest
    @Description("Stack: actions before a shutdown happen-before what a thread does that is told of it.")
    @State
    public static class ActualLifoTold extends Told {
        public ActualLifoTold() {
            super(LifoTaskQueue.bounded(1));
        }

        @Actor
        public void closer() {
            write();
        }

        @Actor
        public void other(III_Result r) {
            read(r);
        }
    }

    @JCStressTest
    @Description("Priority: actions before a shutdown happen-before what a thread does that is told of it.")
    @State
    public static class ActualPriorityTold extends Told {
        public ActualPriorityTold() {
            super(PriorityTaskQueue.bounded(1, Comparator.<Integer>naturalOrder()));
        }

        @Actor
        public void closer() {
            write();
        }

        @Actor
        public void other(III_Result r) {
            read(r);
        }
    }

    @JCStressTest
    @Description("Relaxed: actions before a shutdown happen-before what a thread does that is told of it.")
    @State
    public static class ActualRelaxedTold extends Told {
        public ActualRelaxedTold() {
            super(RelaxedPriorityTaskQueue.bySmallestKey(Integer::longValue));
        }

        @Actor
        public void closer() {
            write();
        }

        @Actor
        public void other(III_Result r) {
            read(r);
        }
    }

    @JCStressTest
    @Description("Deque: actions before a shutdown happen-before what a thread does that is told of it.")
    @State
    public static class ActualDequeTold extends Told {
        public ActualDequeTold() {
            super(RingDeque.bounded(1));
        }

        @Actor
        public void closer() {
            write();
        }

        @Actor
        public void other(III_Result r) {
            read(r);
        }
    }

    @JCStressTest
    @Description("A queue that is shut down by a plain flag may be seen shut before what was done until then.")
    @State
    public static class BrokenTold extends PlainFlag {
        @Actor
        public void closer() {
            write();
        }

        @Actor
        public void other(III_Result r) {
            read(r);
        }
    }
}
