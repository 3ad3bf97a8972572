// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** What CPython's tests demand of {@code threading.Barrier}. */
class PythonBarrierTest {

    private static final int PARTIES = 5;

    private final Barrier barrier = new Barrier(PARTIES);

    /** Starts so many parties, and waits until they wait. */
    private List<TestThread<Integer>> waiting(TestThreads threads, int count) {
        List<TestThread<Integer>> parties = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parties.add(threads.start("party " + i, () -> barrier.await()));
        }
        parties.forEach(party -> party.awaitParked(barrier));
        assertThat(barrier.waiting()).isEqualTo(count);
        return parties;
    }

    private static void assertBroken(List<TestThread<Integer>> parties) {
        for (TestThread<Integer> party : parties) {
            assertThat(party.failure()).isInstanceOf(BrokenBarrierException.class);
        }
    }

    private void assertPasses(ThreadKind kind) {
        lockstep(kind, barrier, 1);
        assertThat(barrier.isBroken()).isFalse();
    }

    /** Everybody passes so many times; nobody is ahead of anybody by more than one round. */
    private static void lockstep(ThreadKind kind, Barrier barrier, int rounds) {
        AtomicIntegerArray arrived = new AtomicIntegerArray(rounds);
        try (TestThreads threads = new TestThreads(kind)) {
            for (int i = 0; i < barrier.parties(); i++) {
                threads.start("party " + i, () -> {
                    for (int round = 0; round < rounds; round++) {
                        arrived.incrementAndGet(round);
                        barrier.await();
                        assertThat(arrived.get(round)).isEqualTo(barrier.parties());
                    }
                });
            }
        }
    }

    @Test
    @Python({"TH57", "A41"})
    void partiesBelowOne_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Barrier(0)).withMessageContaining("0");
        assertThatIllegalArgumentException().isThrownBy(() -> new Barrier(-1)).withMessageContaining("-1");
    }

    @EachThreadKind
    @Python({"TH58", "A41"})
    void parties_goInLockstep(ThreadKind kind) {
        lockstep(kind, barrier, 1);
        lockstep(kind, barrier, 10);
        assertThat(barrier.waiting()).isZero();
        assertThat(barrier.isBroken()).isFalse();
    }

    @EachThreadKind
    @Python({"TH59", "A41"})
    void indices_areAllDifferent(ThreadKind kind) {
        List<Integer> indices = new ArrayList<>();
        try (TestThreads threads = new TestThreads(kind)) {
            List<TestThread<Integer>> parties = new ArrayList<>();
            for (int i = 0; i < PARTIES; i++) {
                parties.add(threads.start("party " + i, () -> barrier.await()));
            }
            parties.forEach(party -> indices.add(party.result()));
        }
        assertThat(indices).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    @EachThreadKind
    @Python("TH60")
    void action_runsOnce_beforeAnybodyReturns(ThreadKind kind) {
        AtomicInteger runs = new AtomicInteger();
        Barrier acting = new Barrier(PARTIES, runs::incrementAndGet);
        try (TestThreads threads = new TestThreads(kind)) {
            for (int i = 0; i < PARTIES; i++) {
                threads.start("party " + i, () -> {
                    acting.await();
                    assertThat(runs).hasValue(1);
                });
            }
        }
        assertThat(runs).hasValue(1);
    }

    @EachThreadKind
    @Python({"TH61", "A41"})
    void abort_breaksTheOthers_andStays(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            List<TestThread<Integer>> parties = waiting(threads, PARTIES - 1);
            barrier.abort();
            assertBroken(parties);
        }
        assertThat(barrier.isBroken()).isTrue();
        assertThatThrownBy(barrier::await).isInstanceOf(BrokenBarrierException.class);
    }

    @EachThreadKind
    @Python({"TH62", "A41"})
    void reset_freesTheOthers_andThenEverybodyPasses(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            List<TestThread<Integer>> parties = waiting(threads, PARTIES - 1);
            barrier.reset();
            assertBroken(parties);
        }
        assertPasses(kind);
    }

    @EachThreadKind
    @Python("TH63")
    void abortThenReset_everybodyPasses(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            List<TestThread<Integer>> parties = waiting(threads, PARTIES - 1);
            barrier.abort();
            assertBroken(parties);
        }
        barrier.reset();
        assertPasses(kind);
    }

    @EachThreadKind
    @Python("TH64")
    void lateThread_allGetTheError(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            List<TestThread<Integer>> parties = waiting(threads, PARTIES - 2);
            TestThread<Integer> impatient = threads.start("impatient", () -> barrier.await(Duration.ofMillis(5)));
            assertThat(impatient.failure()).isInstanceOf(TimeoutException.class);
            assertBroken(parties);
            assertBroken(List.of(threads.start("late", () -> barrier.await())));
        }
    }

    @Test
    @Python("TH65")
    void defaultTimeout_applies() {
        Barrier timed = new Barrier(2, null, Duration.ofMillis(20));
        long start = System.nanoTime();
        assertThatThrownBy(timed::await).isInstanceOf(TimeoutException.class);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000L);
        assertThat(timed.isBroken()).isTrue();
    }

    @Test
    @Python({"TH66", "A41"})
    void oneParty_neverBlocks() throws Exception {
        Barrier one = new Barrier(1);
        for (int i = 0; i < 3; i++) {
            assertThat(one.await()).isZero();
            assertThat(one.await(Duration.ZERO)).isZero();
        }
    }

    @EachThreadKind
    @Python("TH67")
    void text_showsWaitersOrBroken(ThreadKind kind) {
        assertThat(barrier.toString()).contains("0 of 5 waiting");
        try (TestThreads threads = new TestThreads(kind)) {
            List<TestThread<Integer>> parties = waiting(threads, 2);
            assertThat(barrier.toString()).contains("2 of 5 waiting");
            barrier.abort();
            assertBroken(parties);
        }
        assertThat(barrier.toString()).contains("broken");
    }

    @EachThreadKind
    @Python("TH68")
    void actionThatThrows_breaksTheBarrier_andReachesTheLastParty(ThreadKind kind) {
        IllegalStateException failure = new IllegalStateException("from the action");
        Barrier acting = new Barrier(2, () -> {
            throw failure;
        });
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Integer> other = threads.start("other", () -> acting.await());
            other.awaitParked(acting);
            assertThatThrownBy(acting::await).isSameAs(failure);
            assertBroken(List.of(other));
        }
        assertThat(acting.isBroken()).isTrue();
    }

    @EachThreadKind
    @Python("TH69")
    void lastParty_needsNoTime(ThreadKind kind) throws Exception {
        try (TestThreads threads = new TestThreads(kind)) {
            List<TestThread<Integer>> parties = waiting(threads, PARTIES - 1);
            assertThat(barrier.await(Duration.ZERO)).isEqualTo(PARTIES - 1);
            parties.forEach(party -> assertThat(party.result()).isLessThan(PARTIES - 1));
        }
        assertThat(barrier.isBroken()).isFalse();
    }
}
