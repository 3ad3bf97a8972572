// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.queues;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.queues.RingDeque;
import io.github.headway4j.stress.actors.Bounds;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.III_Result;

/** The ends of a deque at which other queues neither put nor take. */
public final class DequeEndsStress {

    private DequeEndsStress() {}

    @JCStressTest
    @Description("Deque: actions before a putFirst happen-before the return of the takeLast that gets the element.")
    @State
    public static class ActualDequeTakeLast extends Announcement {
        private final RingDeque<Integer> deque = RingDeque.bounded(1);

        @Override
        void announce() {
            Calls.putFirst(deque, 1);
        }

        @Override
        int look() {
            return Calls.pollLastOrTimeOut(deque, Bounds.LOST);
        }

        @Actor
        public void putter() {
            write();
        }

        @Actor
        public void taker(III_Result r) {
            read(r);
        }
    }

    @JCStressTest
    @Description("An element in a plain field may be seen at the other end before the data that it announces.")
    @State
    public static class BrokenTakeLast extends PlainFlag {
        @Actor
        public void putter() {
            write();
        }

        @Actor
        public void taker(III_Result r) {
            read(r);
        }
    }

    @JCStressTest
    @Description("Deque: a takeLast reaches the thread that waits for room at the start or is about to.")
    @Outcome(id = "1, 1, 2", expect = ACCEPTABLE, desc = "put")
    @Outcome(id = "-1, .*", expect = FORBIDDEN, desc = "the waiter slept to the end: its wake-up was lost")
    @Outcome(id = "1, 2, .*", expect = FORBIDDEN, desc = "put without room")
    @Outcome(id = "1, 1, 0", expect = FORBIDDEN, desc = "lost")
    @State
    public static class ActualDequePutFirst {
        private final RingDeque<Integer> deque = RingDeque.bounded(1);

        public ActualDequePutFirst() {
            deque.add(1);
        }

        @Actor
        public void putter(III_Result r) {
            r.r1 = Calls.putFirstOrTimeOut(deque, 2, Bounds.LOST);
        }

        @Actor
        public void taker(III_Result r) {
            r.r2 = Calls.takeLast(deque);
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = Calls.digits(deque);
        }
    }

    @JCStressTest
    @Description("A putter that looks, then enters itself, then sleeps, misses the take from the other end in between.")
    @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "put")
    @Outcome(id = "-1, 1, 0", expect = ACCEPTABLE_INTERESTING, desc = "slept to the end: the wake-up was lost")
    @State
    public static class BrokenPutFirst {
        private final ForgetfulQueue queue = new ForgetfulQueue(1);

        @Actor
        public void putter(III_Result r) {
            r.r1 = queue.put(Bounds.CONTROL_NANOS);
        }

        @Actor
        public void taker(III_Result r) {
            queue.poll();
            r.r2 = 1;
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = queue.size();
        }
    }

    @JCStressTest
    @Description("Deque: what is offered at the start while somebody takes from there comes in when there is room.")
    @Outcome(id = "0, 1, 0, 0", expect = ACCEPTABLE, desc = "refused: there was no room")
    @Outcome(id = "1, 1, 2, 0", expect = ACCEPTABLE, desc = "put and taken")
    @Outcome(id = "1, 1, 0, 2", expect = ACCEPTABLE, desc = "put")
    @Outcome(id = "1, 2, .*", expect = FORBIDDEN, desc = "put without room")
    @Outcome(id = "1, 1, 0, 0", expect = FORBIDDEN, desc = "lost")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "lost, or in two places")
    @State
    public static class ActualDequeStart {
        private final RingDeque<Integer> deque = RingDeque.bounded(1);

        public ActualDequeStart() {
            deque.add(1);
        }

        @Actor
        public void putter(IIII_Result r) {
            r.r1 = deque.offerFirst(2) ? 1 : 0;
        }

        @Actor
        public void taker(IIII_Result r) {
            r.r2 = Calls.pollFirst(deque);
            r.r3 = Calls.pollFirst(deque);
        }

        @Arbiter
        public void arbiter(IIII_Result r) {
            r.r4 = Calls.digits(deque);
        }
    }

    @JCStressTest
    @Description("Room that is told of before the element has left lets another one come before it.")
    @Outcome(id = "0, 1, 0, 0", expect = ACCEPTABLE, desc = "refused: there was no room")
    @Outcome(id = "1, 1, 2, 0", expect = ACCEPTABLE, desc = "put and taken")
    @Outcome(id = "1, 1, 0, 2", expect = ACCEPTABLE, desc = "put")
    @Outcome(id = "1, 2, .*", expect = ACCEPTABLE_INTERESTING, desc = "put without room")
    @State
    public static class BrokenStart {
        private final EarlyCount deque = new EarlyCount(1);

        @Actor
        public void putter(IIII_Result r) {
            r.r1 = deque.offerFirst(2);
        }

        @Actor
        public void taker(IIII_Result r) {
            r.r2 = deque.pollFirst();
            r.r3 = deque.pollFirst();
        }

        @Arbiter
        public void arbiter(IIII_Result r) {
            r.r4 = deque.pollFirst();
        }
    }
}
