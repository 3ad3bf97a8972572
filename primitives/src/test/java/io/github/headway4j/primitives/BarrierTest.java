// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarrierTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Runnable NOTHING = () -> {};

    @Test
    void badArguments_areRefused() {
        for (int bad : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Barrier(bad))
                    .withMessageContaining(Integer.toString(bad));
            assertThatIllegalArgumentException().isThrownBy(() -> new Barrier(bad, NOTHING));
            assertThatIllegalArgumentException().isThrownBy(() -> new Barrier(bad, null, LONG));
        }
        assertThatNullPointerException().isThrownBy(() -> new Barrier(1, null));
        assertThatNullPointerException().isThrownBy(() -> new Barrier(1, NOTHING, null));
        assertThatNullPointerException().isThrownBy(() -> new Barrier(1, NOTHING, LONG, null));
        Barrier barrier = new Barrier(1);
        assertThatNullPointerException().isThrownBy(() -> barrier.await(null));
        assertThat(barrier.isBroken()).isFalse();
    }

    @EachThreadKind
    void indices_tellTheOrderOfArrival(ThreadKind kind) throws Exception {
        Barrier barrier = new Barrier(4);
        assertThat(barrier.parties()).isEqualTo(4);
        try (TestThreads threads = new TestThreads(kind)) {
            List<TestThread<Integer>> parties = park(threads, barrier, 3);
            assertThat(barrier.waiting()).isEqualTo(3);
            assertThat(barrier.await()).isEqualTo(3);
            for (int i = 0; i < 3; i++) {
                assertThat(parties.get(i).result()).isEqualTo(i);
            }
        }
        assertThat(barrier.waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 8, 9, 100})
    void anyNumberOfParties_cycleAfterCycle(int count) {
        Barrier barrier = new Barrier(count);
        try (TestThreads threads = new TestThreads()) {
            for (int cycle = 0; cycle < 3; cycle++) {
                List<TestThread<Integer>> parties = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    parties.add(threads.start("party " + i, () -> barrier.await()));
                }
                boolean[] seen = new boolean[count];
                parties.forEach(party -> seen[party.result()] = true);
                assertThat(seen).doesNotContain(false);
            }
        }
    }

    @Test
    void largestNumberOfParties_counts() {
        Barrier barrier = new Barrier(Integer.MAX_VALUE);
        try (TestThreads threads = new TestThreads()) {
            List<TestThread<Integer>> parties = park(threads, barrier, 3);
            assertThat(barrier.waiting()).isEqualTo(3);
            barrier.reset();
            assertThat(barrier.waiting()).isZero();
            assertBroken(parties);
        }
    }

    /** More threads than parties: fast ones come back while slow ones leave, and cycles mix freely. */
    @EachThreadKind
    void fastThreadsComeBack_whileSlowOnesLeave_noCycleLeaksIntoTheNext(ThreadKind kind) {
        int cycles = 5_000;
        Barrier barrier = new Barrier(2);
        AtomicInteger arrivals = new AtomicInteger(2 * cycles);
        AtomicIntegerArray indices = new AtomicIntegerArray(2);
        try (TestThreads threads = new TestThreads(kind)) {
            for (int i = 0; i < 4; i++) {
                threads.start("party " + i, () -> {
                    while (arrivals.getAndDecrement() > 0) {
                        indices.incrementAndGet(barrier.await());
                    }
                });
            }
        }
        assertThat(indices.get(0)).isEqualTo(cycles);
        assertThat(indices.get(1)).isEqualTo(cycles);
        assertThat(barrier.waiting()).isZero();
        assertThat(barrier.isBroken()).isFalse();
    }

    @EachThreadKind
    void lockstep_nobodyGoesAheadByTwo(ThreadKind kind) {
        int rounds = 2_000;
        int count = 3;
        Barrier barrier = new Barrier(count);
        AtomicIntegerArray at = new AtomicIntegerArray(count);
        try (TestThreads threads = new TestThreads(kind)) {
            for (int i = 0; i < count; i++) {
                int me = i;
                threads.start("party " + i, () -> {
                    for (int round = 1; round <= rounds; round++) {
                        at.setPlain(me, round);
                        barrier.await();
                        for (int other = 0; other < count; other++) {
                            assertThat(at.getPlain(other)).isEqualTo(round); // plain: seen all the same
                        }
                        barrier.await();
                    }
                });
            }
        }
    }

    // ---- breaking ----

    @EachThreadKind
    void partyThatTimesOut_breaksTheBarrier(ThreadKind kind) {
        Barrier barrier = new Barrier(3);
        try (TestThreads threads = new TestThreads(kind)) {
            List<TestThread<Integer>> others = park(threads, barrier, 1);
            TestThread<Integer> impatient = threads.start("impatient", () -> barrier.await(Duration.ofMillis(5)));
            assertThat(impatient.failure()).isInstanceOf(TimeoutException.class);
            assertBroken(others);
        }
        assertThat(barrier.isBroken()).isTrue();
        assertThat(barrier.waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0L, -1L, Long.MIN_VALUE})
    void timeThatIsNotPositive_isOver(long seconds) throws Exception {
        Barrier barrier = new Barrier(2);
        Duration none = Duration.ofSeconds(seconds);
        try (TestThreads threads = new TestThreads()) {
            TestThread<Integer> first = park(threads, barrier, 1).get(0);
            assertThat(barrier.await(none)).isOne(); // the last party needs no time
            assertThat(first.result()).isZero();
        }
        assertThatThrownBy(() -> barrier.await(none)).isInstanceOf(TimeoutException.class);
        assertThat(barrier.isBroken()).isTrue();
        assertThatThrownBy(() -> barrier.await(none)).isInstanceOf(BrokenBarrierException.class);
        Barrier byDefault = new Barrier(2, NOTHING, none);
        assertThatThrownBy(byDefault::await).isInstanceOf(TimeoutException.class);
    }

    @EachThreadKind
    void longestTime_isNotOver(ThreadKind kind) throws Exception {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
        Barrier barrier = new Barrier(3, null, longest);
        try (TestThreads threads = new TestThreads(kind)) {
            List<TestThread<Integer>> others = new ArrayList<>(park(threads, barrier, 1));
            others.add(threads.start("timed", () -> barrier.await(longest)));
            others.get(1).awaitParked(barrier);
            assertThat(barrier.await()).isEqualTo(2);
            others.forEach(TestThread::join);
        }
    }

    @EachThreadKind
    void partyInterruptedDuringTheWait_breaksTheBarrier(ThreadKind kind) {
        Barrier barrier = new Barrier(3);
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> interrupted = threads.start("interrupted", () -> {
                assertThatThrownBy(barrier::await).isInstanceOf(InterruptedException.class);
                return Thread.currentThread().isInterrupted();
            });
            interrupted.awaitParked(barrier);
            TestThread<Integer> other = threads.start("other", () -> barrier.await(LONG));
            other.awaitParked(barrier);
            interrupted.interrupt();
            assertThat(interrupted.result()).isFalse();
            assertBroken(List.of(other));
        }
        assertThat(barrier.isBroken()).isTrue();
    }

    @EachThreadKind
    void partyInterruptedBefore_breaksTheBarrier_alsoAsTheLast(ThreadKind kind) {
        Barrier barrier = new Barrier(2);
        try (TestThreads threads = new TestThreads(kind)) {
            List<TestThread<Integer>> others = park(threads, barrier, 1);
            threads.start("interrupted", () -> {
                        Thread.currentThread().interrupt();
                        assertThatThrownBy(barrier::await).isInstanceOf(InterruptedException.class);
                        assertThat(Thread.currentThread().isInterrupted()).isFalse();
                        Thread.currentThread().interrupt(); // seen first also if the barrier is broken
                        assertThatThrownBy(() -> barrier.await(Duration.ZERO)).isInstanceOf(InterruptedException.class);
                    })
                    .join();
            assertBroken(others);
        }
        assertThat(barrier.isBroken()).isTrue();
    }

    @Test
    void abortAndReset_ofAnEmptyBarrier() throws Exception {
        Barrier barrier = new Barrier(1);
        barrier.reset();
        assertThat(barrier.await()).isZero();
        barrier.abort();
        barrier.abort();
        assertThat(barrier.isBroken()).isTrue();
        assertThatThrownBy(barrier::await).isInstanceOf(BrokenBarrierException.class);
        barrier.reset();
        barrier.reset();
        assertThat(barrier.isBroken()).isFalse();
        assertThat(barrier.await()).isZero();
    }

    /** The parties of a cycle that was met are slow to go: they find the barrier aborted and reset by then. */
    @EachThreadKind
    @Python("A41")
    void partiesOfAMetCycle_goOn_whateverHappensNext(ThreadKind kind) throws Exception {
        HoldingParker parker = new HoldingParker();
        Barrier barrier = new Barrier(2, null, null, parker);
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Integer> slow = park(threads, barrier, 1).get(0);
            assertThat(barrier.await()).isOne(); // met, but the first is not woken yet
            TestThread<Integer> next = park(threads, barrier, 1).get(0);
            barrier.abort();
            barrier.reset();
            TestThread<Integer> third = park(threads, barrier, 1).get(0);
            barrier.abort();
            parker.let();
            assertThat(slow.result()).isZero();
            assertBroken(List.of(next, third));
        }
        assertThat(barrier.isBroken()).isTrue();
    }

    /** Wakes nobody until it is let. */
    private static class HoldingParker implements Parker {
        private final List<Thread> held = new ArrayList<>();
        private boolean let;

        @Override
        public void park(Object blocker) {
            Parker.system().park(blocker);
        }

        @Override
        public void parkNanos(Object blocker, long nanos) {
            Parker.system().parkNanos(blocker, nanos);
        }

        @Override
        public synchronized void unpark(Thread thread) {
            if (let) {
                Parker.system().unpark(thread);
            } else {
                held.add(thread);
            }
        }

        synchronized void let() {
            let = true;
            held.forEach(Parker.system()::unpark);
        }

        @Override
        public boolean spins() {
            return false;
        }
    }

    /** An interrupt that comes when the cycle is complete is the business of what comes next. */
    @EachThreadKind
    void interruptAfterTheCycleIsMet_staysPending(ThreadKind kind) throws Exception {
        HoldingParker parker = new HoldingParker();
        Barrier barrier = new Barrier(2, null, null, parker);
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> slow = threads.start("slow", () -> {
                assertThat(barrier.await()).isZero();
                return Thread.currentThread().isInterrupted();
            });
            slow.awaitParked(barrier);
            assertThat(barrier.await()).isOne();
            slow.interrupt(); // wakes it, and it finds the cycle met
            assertThat(slow.result()).isTrue();
        }
        assertThat(barrier.isBroken()).isFalse();
    }

    /** The queue asks the parker when a wait begins, so that this error comes after the arrival has been counted. */
    @EachThreadKind
    void partyThatDiesOfAnErrorInItsWait_breaksTheBarrier(ThreadKind kind) {
        StackOverflowError error = new StackOverflowError("planted");
        HoldingParker failing = new HoldingParker() {
            @Override
            public boolean spins() {
                throw error;
            }
        };
        failing.let();
        Barrier barrier = new Barrier(2, null, null, failing);
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Integer> dead = threads.start("dead", () -> barrier.await());
            assertThat(dead.failure()).isSameAs(error);
            assertThat(barrier.isBroken()).isTrue();
            assertThatThrownBy(barrier::await).isInstanceOf(BrokenBarrierException.class);
        }
    }

    // ---- the action ----

    @EachThreadKind
    void action_runsInTheLastParty_withAllWaiting(ThreadKind kind) throws Exception {
        AtomicReference<Thread> actor = new AtomicReference<>();
        AtomicInteger waiting = new AtomicInteger();
        AtomicReference<Barrier> self = new AtomicReference<>();
        Barrier barrier = new Barrier(3, () -> {
            actor.set(Thread.currentThread());
            waiting.set(self.get().waiting());
        });
        self.set(barrier);
        try (TestThreads threads = new TestThreads(kind)) {
            park(threads, barrier, 2);
            assertThat(barrier.await()).isEqualTo(2);
        }
        assertThat(actor).hasValue(Thread.currentThread());
        assertThat(waiting).hasValue(3);
    }

    @EachThreadKind
    void actionThatThrowsAnError_breaksTheBarrier_whichResetMends(ThreadKind kind) throws Exception {
        AtomicInteger runs = new AtomicInteger();
        AssertionError failure = new AssertionError("from the action");
        Barrier barrier = new Barrier(2, () -> {
            if (runs.incrementAndGet() == 1) {
                throw failure;
            }
        });
        try (TestThreads threads = new TestThreads(kind)) {
            List<TestThread<Integer>> others = park(threads, barrier, 1);
            assertThatThrownBy(barrier::await).isSameAs(failure);
            assertBroken(others);
            assertThat(barrier.isBroken()).isTrue();
            barrier.reset();
            park(threads, barrier, 1);
            assertThat(barrier.await()).isOne();
        }
        assertThat(runs).hasValue(2);
    }

    @EachThreadKind
    void threadThatComesWhileTheActionRuns_waitsOutside_andMayLeaveWithoutATrace(ThreadKind kind) throws Exception {
        CountDownLatch acting = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        Barrier barrier = new Barrier(1, () -> {
            if (runs.incrementAndGet() == 1) {
                acting.countDown();
                awaitQuietly(end);
            }
        });
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Integer> actor = threads.start("actor", () -> barrier.await());
            acting.await();
            TestThread<Integer> newcomer = threads.start("newcomer", () -> barrier.await(LONG));
            newcomer.awaitParked(barrier);
            assertThat(barrier.waiting()).isOne();
            TestThread<Integer> interrupted = threads.start("interrupted", () -> barrier.await());
            interrupted.awaitParked(barrier);
            interrupted.interrupt();
            assertThat(interrupted.failure()).isInstanceOf(InterruptedException.class);
            assertThat(threads.start("interrupted before", () -> {
                                Thread.currentThread().interrupt();
                                barrier.await();
                            })
                            .failure())
                    .isInstanceOf(InterruptedException.class);
            for (Duration time : List.of(Duration.ZERO, Duration.ofMillis(2))) {
                assertThat(threads.start("impatient", () -> barrier.await(time)).failure())
                        .isInstanceOf(TimeoutException.class);
            }
            assertThat(barrier.isBroken()).isFalse();
            end.countDown();
            assertThat(actor.result()).isZero();
            assertThat(newcomer.result()).isZero();
        }
        assertThat(runs).hasValue(2);
    }

    @EachThreadKind
    void partyThatTimesOutWhileTheActionRuns_breaksTheCycle_forTheLastPartyToo(ThreadKind kind) throws Exception {
        AtomicInteger runs = new AtomicInteger();
        for (int millis = 20; runs.get() == 0; millis *= 2) { // until the last party comes in time
            AtomicReference<Barrier> self = new AtomicReference<>();
            Barrier barrier = new Barrier(2, () -> {
                runs.incrementAndGet();
                Await.until("the other party to time out", () -> self.get().isBroken());
            });
            self.set(barrier);
            Duration timeout = Duration.ofMillis(millis);
            try (TestThreads threads = new TestThreads(kind)) {
                TestThread<Integer> other = threads.start("other", () -> barrier.await(timeout));
                Await.until("the other party", () -> barrier.waiting() == 1 || barrier.isBroken());
                TestThread<Integer> last = threads.start("last", () -> barrier.await());
                assertThat(other.failure()).isInstanceOf(TimeoutException.class);
                assertBroken(List.of(last));
            }
        }
        assertThat(runs).hasValue(1);
    }

    @EachThreadKind
    void actionThatResetsOrAborts_breaksItsOwnCycle(ThreadKind kind) {
        for (boolean abort : new boolean[] {true, false}) {
            AtomicReference<Barrier> self = new AtomicReference<>();
            Barrier barrier = new Barrier(2, () -> {
                if (abort) {
                    self.get().abort();
                } else {
                    self.get().reset();
                }
            });
            self.set(barrier);
            try (TestThreads threads = new TestThreads(kind)) {
                List<TestThread<Integer>> others = park(threads, barrier, 1);
                assertThatThrownBy(barrier::await).isInstanceOf(BrokenBarrierException.class);
                assertBroken(others);
            }
            assertThat(barrier.isBroken()).isEqualTo(abort);
            assertThat(barrier.waiting()).isZero();
        }
    }

    @Test
    void actionThatAwaits_isRefused() {
        AtomicReference<Barrier> self = new AtomicReference<>();
        Barrier barrier = new Barrier(1, () -> {
            try {
                self.get().await();
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new AssertionError(e);
            }
        });
        self.set(barrier);
        assertThatThrownBy(barrier::await)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("action");
        assertThat(barrier.isBroken()).isTrue();
    }

    @EachThreadKind
    void actionThatAwaits_afterAResetOrAbort_isRefusedToo(ThreadKind kind) throws Exception {
        for (boolean abort : new boolean[] {true, false}) {
            AtomicReference<Barrier> self = new AtomicReference<>();
            AtomicReference<Throwable> refusal = new AtomicReference<>();
            Barrier barrier = new Barrier(2, () -> {
                if (abort) {
                    self.get().abort();
                } else {
                    self.get().reset();
                }
                Thread.currentThread().interrupt();
                refusal.set(catchThrowable(() -> self.get().await(Duration.ZERO)));
                assertThat(Thread.interrupted()).isTrue();
            });
            self.set(barrier);
            try (TestThreads threads = new TestThreads(kind)) {
                List<TestThread<Integer>> others = park(threads, barrier, 1);
                assertThatThrownBy(barrier::await).isInstanceOf(BrokenBarrierException.class);
                assertBroken(others);
            }
            assertThat(refusal.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining("action");
            assertThat(barrier.isBroken()).isEqualTo(abort);
            assertThat(barrier.waiting()).isZero();
            barrier.reset();
            assertThatThrownBy(() -> barrier.await(Duration.ZERO)).isInstanceOf(TimeoutException.class);
        }
    }

    @EachThreadKind
    void toString_tellsArrivalsPartiesAndWhetherItIsBroken(ThreadKind kind) {
        Barrier barrier = new Barrier(3);
        assertThat(barrier.toString()).startsWith("Barrier@").endsWith("[0 of 3 waiting]");
        try (TestThreads threads = new TestThreads(kind)) {
            List<TestThread<Integer>> parties = park(threads, barrier, 1);
            assertThat(barrier.toString()).endsWith("[1 of 3 waiting]");
            barrier.abort();
            assertBroken(parties);
        }
        assertThat(barrier.toString()).endsWith("[broken, 3 parties]");
        barrier.reset();
        assertThat(barrier.toString()).endsWith("[0 of 3 waiting]");
    }

    /** Starts so many parties, one after the other, each when those before it are parked. */
    private static List<TestThread<Integer>> park(TestThreads threads, Barrier barrier, int count) {
        List<TestThread<Integer>> parties = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TestThread<Integer> party = threads.start("party " + i, () -> barrier.await());
            party.awaitParked(barrier);
            parties.add(party);
        }
        return parties;
    }

    private static void assertBroken(List<TestThread<Integer>> parties) {
        for (TestThread<Integer> party : parties) {
            assertThat(party.failure()).isInstanceOf(BrokenBarrierException.class);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
