// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.queues;

import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.LifoTaskQueue;
import io.github.headway4j.queues.PriorityTaskQueue;
import io.github.headway4j.queues.QueueOptions;
import io.github.headway4j.queues.RelaxedPriorityTaskQueue;
import io.github.headway4j.queues.RingDeque;
import io.github.headway4j.queues.TaskQueue;
import java.util.Comparator;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** What is seen of the putter by who gets to see an element in another way than by taking it. */
public final class ShownElementStress {

    private ShownElementStress() {}

    /** By peek, an iterator or shutdownNow; each state takes one of them. */
    abstract static class Shown extends Announcement {
        private final int way = ThreadLocalRandom.current().nextInt(1, 4);
        private final TaskQueue<Integer> queue;

        Shown(TaskQueue<Integer> queue) {
            this.queue = queue;
        }

        @Override
        final void announce() {
            Calls.put(queue, 1);
        }

        @Override
        final int look() {
            return switch (way) {
                case 1 -> queue.peek() == null ? 0 : 1;
                case 2 -> queue.iterator().hasNext() ? 2 : 0;
                default -> queue.shutdownNow().isEmpty() ? 0 : 3;
            };
        }
    }

    /** By the handler of a queue for one element that drops it for a new one. */
    abstract static class Handled extends Announcement {
        private final Dropped dropped = new Dropped();
        private final TaskQueue<Integer> queue;

        Handled(Function<QueueOptions<Integer>, TaskQueue<Integer>> maker) {
            queue = maker.apply(dropped.options());
        }

        @Override
        final void announce() {
            queue.offer(1);
        }

        /** Of two puts the second drops: this one the first element, or the other thread's one the second. */
        @Override
        final int look() {
            queue.offer(2);
            return dropped.elements() == 1 ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("Actions before a put happen-before what a thread does that is shown the element.")
    @State
    public static class ActualShown extends Shown {
        public ActualShown() {
            super(FifoTaskQueue.bounded(1));
        }

        @Actor
        public void putter() {
            write();
        }

        @Actor
        public void viewer(III_Result r) {
            read(r);
        }
    }

    @JCStressTest
    @Description("Unbounded: actions before a put happen-before what a thread does that is shown the element.")
    @State
    public static class ActualUnboundedShown extends Shown {
        public ActualUnboundedShown() {
            super(FifoTaskQueue.unbounded());
        }

        @Actor
        public void putter() {
            write();
        }

        @Actor
        public void viewer(III_Result r) {
            read(r);
        }
    }

    @JCStressTest
    @Description("Stack: actions before a put happen-before what a thread does that is shown the element.")
    @State
    public static class ActualLifoShown extends Shown {
        public ActualLifoShown() {
            super(LifoTaskQueue.bounded(1));
        }

        @Actor
        public void putter() {
            write();
        }

        @Actor
        public void viewer(III_Result r) {
            read(r);
        }
    }

    @JCStressTest
    @Description("Priority: actions before a put happen-before what a thread does that is shown the element.")
    @State
    public static class ActualPriorityShown extends Shown {
        public ActualPriorityShown() {
            super(PriorityTaskQueue.bounded(1, Comparator.<Integer>naturalOrder()));
        }

        @Actor
        public void putter() {
            write();
        }

        @Actor
        public void viewer(III_Result r) {
            read(r);
        }
    }

    @JCStressTest
    @Description("Relaxed: actions before a put happen-before what a thread does that is shown the element.")
    @State
    public static class ActualRelaxedShown extends Shown {
        public ActualRelaxedShown() {
            super(RelaxedPriorityTaskQueue.bySmallestKey(Integer::longValue));
        }

        @Actor
        public void putter() {
            write();
        }

        @Actor
        public void viewer(III_Result r) {
            read(r);
        }
    }

    @JCStressTest
    @Description("Deque: actions before a put happen-before what a thread does that is shown the element.")
    @State
    public static class ActualDequeShown extends Shown {
        public ActualDequeShown() {
            super(RingDeque.bounded(1));
        }

        @Actor
        public void putter() {
            write();
        }

        @Actor
        public void viewer(III_Result r) {
            read(r);
        }
    }

    @JCStressTest
    @Description("An element in a plain field may be shown before what was done until it was put.")
    @State
    public static class BrokenShown extends PlainFlag {
        @Actor
        public void putter() {
            write();
        }

        @Actor
        public void viewer(III_Result r) {
            read(r);
        }
    }

    @JCStressTest
    @Description("Actions before a put happen-before the call of the handler that is given the element.")
    @State
    public static class ActualHandled extends Handled {
        public ActualHandled() {
            super(options -> FifoTaskQueue.bounded(1, options));
        }

        @Actor
        public void putter() {
            write();
        }

        @Actor
        public void dropper(III_Result r) {
            read(r);
        }
    }

    @JCStressTest
    @Description("Stack: actions before a put happen-before the call of the handler that is given the element.")
    @State
    public static class ActualLifoHandled extends Handled {
        public ActualLifoHandled() {
            super(options -> LifoTaskQueue.bounded(1, options));
        }

        @Actor
        public void putter() {
            write();
        }

        @Actor
        public void dropper(III_Result r) {
            read(r);
        }
    }

    @JCStressTest
    @Description("Deque: actions before a put happen-before the call of the handler that is given the element.")
    @State
    public static class ActualDequeHandled extends Handled {
        public ActualDequeHandled() {
            super(options -> RingDeque.evicting(1, options));
        }

        @Actor
        public void putter() {
            write();
        }

        @Actor
        public void dropper(III_Result r) {
            read(r);
        }
    }

    @JCStressTest
    @Description("An element in a plain field may be dropped before what was done until it was put is seen.")
    @State
    public static class BrokenHandled extends PlainFlag {
        @Actor
        public void putter() {
            write();
        }

        @Actor
        public void dropper(III_Result r) {
            read(r);
        }
    }
}
