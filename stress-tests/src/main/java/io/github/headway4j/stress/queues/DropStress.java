// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.queues;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.PriorityTaskQueue;
import io.github.headway4j.queues.QueueOptions;
import io.github.headway4j.queues.TaskQueue;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/** Dropping the oldest element for a new one while somebody takes it: each element is in one place afterwards. */
public final class DropStress {

    private DropStress() {}

    /** The books: whether the newcomer is put, what the other thread has got, what was dropped, what is left. */
    abstract static class Dropping {
        final TaskQueue<Integer> queue;
        private final Dropped dropped = new Dropped();

        Dropping(Function<QueueOptions<Integer>, TaskQueue<Integer>> maker, Integer... elements) {
            queue = maker.apply(dropped.options());
            queue.addAll(List.of(elements));
        }

        final void put(IIII_Result r, int newcomer) {
            r.r1 = queue.offer(newcomer) ? 1 : 0;
        }

        final void take(IIII_Result r) {
            r.r2 = Calls.poll(queue);
        }

        final void close(IIII_Result r) {
            r.r2 = Calls.digits(queue.shutdownNow());
        }

        final void account(IIII_Result r) {
            r.r3 = dropped.elements();
            r.r4 = Calls.digits(queue);
        }
    }

    /** One element, of which the newcomer takes the place. */
    @Outcome(id = "1, 1, 0, 2", expect = ACCEPTABLE, desc = "taken, then put: there was room")
    @Outcome(id = "1, 2, 1, 0", expect = ACCEPTABLE, desc = "put, then taken: there was none")
    @Outcome(id = "1, 0, .*", expect = FORBIDDEN, desc = "said to be empty, which it never was")
    @Outcome(id = "1, 1, 1, .*", expect = FORBIDDEN, desc = "dropped and taken")
    @Outcome(id = "1, 2, 0, .*", expect = FORBIDDEN, desc = "the first is lost")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "lost, or in two places")
    abstract static class OfOne extends Dropping {
        OfOne(Function<QueueOptions<Integer>, TaskQueue<Integer>> maker) {
            super(maker, 1);
        }
    }

    /** One element, of which the newcomer takes the place, unless it comes too late. */
    @Outcome(id = "1, 2, 1, 0", expect = ACCEPTABLE, desc = "put, and handed back")
    @Outcome(id = "0, 1, 0, 0", expect = ACCEPTABLE, desc = "refused, and the first handed back")
    @Outcome(id = "0, .*, 1, .*", expect = FORBIDDEN, desc = "dropped for one that is refused")
    @Outcome(id = "1, [01], .*", expect = FORBIDDEN, desc = "put and not handed back: lost")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "lost, in two places, or left behind")
    abstract static class AtTheEnd extends Dropping {
        AtTheEnd(Function<QueueOptions<Integer>, TaskQueue<Integer>> maker) {
            super(maker, 1);
        }
    }

    @JCStressTest
    @Description("An element that a newcomer drops and a taker takes is gone once, and the queue not empty.")
    @State
    public static class ActualDropOrTake extends OfOne {
        public ActualDropOrTake() {
            super(options -> FifoTaskQueue.bounded(1, options));
        }

        @Actor
        public void putter(IIII_Result r) {
            put(r, 2);
        }

        @Actor
        public void taker(IIII_Result r) {
            take(r);
        }

        @Arbiter
        public void arbiter(IIII_Result r) {
            account(r);
        }
    }

    @JCStressTest
    @Description("Priority: an element that a newcomer drops and a taker takes is gone once, and the queue not empty.")
    @State
    public static class ActualPriorityDropOrTake extends OfOne {
        public ActualPriorityDropOrTake() {
            super(options -> PriorityTaskQueue.bounded(1, Comparator.<Integer>reverseOrder(), options));
        }

        @Actor
        public void putter(IIII_Result r) {
            put(r, 2);
        }

        @Actor
        public void taker(IIII_Result r) {
            take(r);
        }

        @Arbiter
        public void arbiter(IIII_Result r) {
            account(r);
        }
    }

    @JCStressTest
    @Description("Who takes the oldest element out, and then puts the new one, leaves the queue empty in between.")
    @Outcome(id = "1, 1, 0, 2", expect = ACCEPTABLE, desc = "taken, then put: there was room")
    @Outcome(id = "1, 2, 1, 0", expect = ACCEPTABLE, desc = "put, then taken: there was none")
    @Outcome(id = "1, 0, 1, 2", expect = ACCEPTABLE_INTERESTING, desc = "said to be empty")
    @State
    public static class BrokenDropOrTake {
        private final CheckThenActQueue queue = new CheckThenActQueue(1);
        private int dropped;

        public BrokenDropOrTake() {
            queue.put(1);
        }

        @Actor
        public void putter(IIII_Result r) {
            dropped = queue.drop();
            r.r1 = queue.put(2);
        }

        @Actor
        public void taker(IIII_Result r) {
            r.r2 = queue.poll();
        }

        @Arbiter
        public void arbiter(IIII_Result r) {
            r.r3 = dropped;
            r.r4 = queue.poll();
        }
    }

    @JCStressTest
    @Description("Nothing is dropped while there is room, which a taker may make.")
    @Outcome(id = "1, 1, 0, 23", expect = ACCEPTABLE, desc = "taken, then put: there was room")
    @Outcome(id = "1, 2, 1, 3", expect = ACCEPTABLE, desc = "put, then taken: there was none")
    @Outcome(id = "1, 1, 2, 3", expect = FORBIDDEN, desc = "dropped although there was room")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "lost, or in two places")
    @State
    public static class ActualDropIfFull extends Dropping {
        public ActualDropIfFull() {
            super(options -> FifoTaskQueue.bounded(2, options), 1, 2);
        }

        @Actor
        public void putter(IIII_Result r) {
            put(r, 3);
        }

        @Actor
        public void taker(IIII_Result r) {
            take(r);
        }

        @Arbiter
        public void arbiter(IIII_Result r) {
            account(r);
        }
    }

    @JCStressTest
    @Description("Priority: nothing is dropped while there is room, which a taker may make.")
    @Outcome(id = "1, 2, 0, 13", expect = ACCEPTABLE, desc = "taken, then put: there was room")
    @Outcome(id = "1, 1, 3, 2", expect = ACCEPTABLE, desc = "put, then taken: there was none")
    @Outcome(id = "1, 2, 3, 1", expect = FORBIDDEN, desc = "dropped although there was room")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "lost, or in two places")
    @State
    public static class ActualPriorityDropIfFull extends Dropping {
        public ActualPriorityDropIfFull() {
            super(options -> PriorityTaskQueue.bounded(2, Comparator.<Integer>naturalOrder(), options), 2, 3);
        }

        @Actor
        public void putter(IIII_Result r) {
            put(r, 1);
        }

        @Actor
        public void taker(IIII_Result r) {
            take(r);
        }

        @Arbiter
        public void arbiter(IIII_Result r) {
            account(r);
        }
    }

    @JCStressTest
    @Description("Who looks whether the queue is full, and then drops, does so although somebody has made room.")
    @Outcome(id = "1, 1, 0, 2", expect = ACCEPTABLE, desc = "taken, then put: there was room")
    @Outcome(id = "1, 2, 1, 3", expect = ACCEPTABLE, desc = "put, then taken: there was none")
    @Outcome(id = "1, 1, 2, 3", expect = ACCEPTABLE_INTERESTING, desc = "dropped although there was room")
    @State
    public static class BrokenDropIfFull {
        private final CheckThenActQueue queue = new CheckThenActQueue(2);
        private int dropped;

        public BrokenDropIfFull() {
            queue.put(1);
            queue.put(2);
        }

        @Actor
        public void putter(IIII_Result r) {
            dropped = queue.drop();
            r.r1 = queue.put(3);
        }

        @Actor
        public void taker(IIII_Result r) {
            r.r2 = queue.poll();
        }

        @Arbiter
        public void arbiter(IIII_Result r) {
            r.r3 = dropped;
            r.r4 = queue.poll();
        }
    }

    @JCStressTest
    @Description("An element is dropped for one that is put, and shutdownNow hands back one of them.")
    @State
    public static class ActualDropOrShutdownNow extends AtTheEnd {
        public ActualDropOrShutdownNow() {
            super(options -> FifoTaskQueue.bounded(1, options));
        }

        @Actor
        public void putter(IIII_Result r) {
            put(r, 2);
        }

        @Actor
        public void closer(IIII_Result r) {
            close(r);
        }

        @Arbiter
        public void arbiter(IIII_Result r) {
            account(r);
        }
    }

    @JCStressTest
    @Description("Priority: an element is dropped for one that is put, and shutdownNow hands back one of them.")
    @State
    public static class ActualPriorityDropOrShutdownNow extends AtTheEnd {
        public ActualPriorityDropOrShutdownNow() {
            super(options -> PriorityTaskQueue.bounded(1, Comparator.<Integer>reverseOrder(), options));
        }

        @Actor
        public void putter(IIII_Result r) {
            put(r, 2);
        }

        @Actor
        public void closer(IIII_Result r) {
            close(r);
        }

        @Arbiter
        public void arbiter(IIII_Result r) {
            account(r);
        }
    }

    @JCStressTest
    @Description("Who takes the oldest element out, and then puts the new one, may drop it for one that is refused.")
    @Outcome(id = "1, 1, 1, 0", expect = ACCEPTABLE, desc = "put, and handed back")
    @Outcome(id = "0, 1, 0, 0", expect = ACCEPTABLE, desc = "refused, and the first handed back")
    @Outcome(id = "0, .*, 1, 0", expect = ACCEPTABLE_INTERESTING, desc = "dropped for one that is refused")
    @Outcome(id = ".*", expect = ACCEPTABLE_INTERESTING, desc = "lost, or in two places")
    @State
    public static class BrokenDropOrShutdownNow {
        private final CheckThenActQueue queue = new CheckThenActQueue(1);
        private int dropped;

        public BrokenDropOrShutdownNow() {
            queue.put(1);
        }

        @Actor
        public void putter(IIII_Result r) {
            dropped = queue.drop();
            r.r1 = queue.put(2);
        }

        @Actor
        public void closer(IIII_Result r) {
            r.r2 = queue.shutdownNow();
        }

        @Arbiter
        public void arbiter(IIII_Result r) {
            r.r3 = dropped;
            r.r4 = queue.size();
        }
    }
}
