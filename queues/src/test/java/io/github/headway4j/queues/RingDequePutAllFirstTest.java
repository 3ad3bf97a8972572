// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several elements put at the start of a {@link RingDeque}: order, waiting, and early ends. */
class RingDequePutAllFirstTest {

    private static final List<Integer> FOUR = List.of(1, 2, 3, 4);

    private final List<Integer> dropped = new ArrayList<>();

    private RingDeque<Integer> ofTwo(OverflowPolicy policy) {
        return RingDeque.bounded(
                2, QueueOptions.<Integer>defaults().overflow(policy).onUndelivered(dropped::add));
    }

    @Test
    void lastOfThem_isTheFirst() throws InterruptedException {
        RingDeque<Integer> deque = RingDeque.unbounded();
        deque.add(0);
        deque.putAllFirst(FOUR);
        assertThat(deque).containsExactly(4, 3, 2, 1, 0);
        deque.putAllFirst(List.of());
        assertThat(deque.unfinishedTasks()).isEqualTo(5L);
    }

    @EachThreadKind
    void withoutRoom_waitsAsOftenAsNeeded(ThreadKind kind) throws InterruptedException {
        List<Integer> numbers = IntStream.range(0, 100).boxed().toList();
        RingDeque<Integer> deque = ofTwo(OverflowPolicy.BLOCK);
        List<Integer> taken = new ArrayList<>();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> putter = threads.start("putter", () -> deque.putAllFirst(numbers));
            putter.awaitParked(deque);
            assertThat(deque).containsExactly(1, 0);
            for (int i = 0; i < 100; i++) {
                int there = Math.min(2, 100 - i); // so that the next one is put where there is another
                Await.until("the next element", () -> deque.size() == there);
                taken.add(deque.takeLast());
            }
        }
        assertThat(taken).isEqualTo(numbers);
    }

    @EachThreadKind
    void letsAsManyTakersGoAsThereAreElements(ThreadKind kind) throws InterruptedException {
        RingDeque<Integer> deque = RingDeque.bounded(5);
        try (TestThreads threads = new TestThreads(kind)) {
            List<TestThread<Integer>> takers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                boolean first = i == 0;
                TestThread<Integer> taker =
                        threads.start("taker " + i, () -> first ? deque.takeFirst() : deque.takeLast());
                taker.awaitParked(deque);
                takers.add(taker);
            }
            deque.putAllFirst(List.of(1, 2, 3));
            assertThat(takers).extracting(TestThread::result).containsExactlyInAnyOrder(1, 2, 3);
        }
    }

    @EachThreadKind
    void interrupted_handsBackTheRest(ThreadKind kind) {
        RingDeque<Integer> deque = ofTwo(OverflowPolicy.BLOCK);
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> putter = threads.start("putter", () -> deque.putAllFirst(FOUR));
            putter.awaitParked(deque);
            putter.interrupt();
            assertThat(putter.failure())
                    .isInstanceOfSatisfying(
                            PutInterruptedException.class,
                            e -> assertThat(e.undelivered()).isEqualTo(List.of(3, 4)))
                    .hasMessageContaining("after 2 of 4 elements");
        }
        assertThat(deque).containsExactly(2, 1);
        assertThat(deque.unfinishedTasks()).isEqualTo(2L);
        assertThat(deque.stats().waitingPutters()).isZero();
    }

    @Test
    void interruptedBefore_putsNothing() {
        RingDeque<Integer> deque = RingDeque.unbounded();
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(PutInterruptedException.class)
                .isThrownBy(() -> deque.putAllFirst(FOUR))
                .satisfies(e -> assertThat(e.undelivered()).isEqualTo(FOUR));
        assertThat(Thread.interrupted()).as("cleared").isFalse();
        assertThat(deque).isEmpty();
    }

    @EachThreadKind
    void shutDownMeanwhile_handsBackTheRest(ThreadKind kind) {
        RingDeque<Integer> deque = ofTwo(OverflowPolicy.BLOCK);
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> putter = threads.start("putter", () -> deque.putAllFirst(FOUR));
            putter.awaitParked(deque);
            deque.shutdown();
            assertThat(putter.failure())
                    .isInstanceOfSatisfying(
                            QueueShutdownException.class,
                            e -> assertThat(e.undelivered()).isEqualTo(List.of(3, 4)));
        }
        assertThat(deque).containsExactly(2, 1);
    }

    @Test
    void shutDownBefore_handsBackAll_whateverThePolicy() {
        for (OverflowPolicy policy : OverflowPolicy.values()) {
            RingDeque<Integer> deque = ofTwo(policy);
            deque.addAll(List.of(7, 8));
            deque.shutdown();
            assertThatExceptionOfType(QueueShutdownException.class)
                    .isThrownBy(() -> deque.putAllFirst(FOUR))
                    .satisfies(e -> assertThat(e.undelivered()).isEqualTo(FOUR));
            assertThat(deque).containsExactly(7, 8);
        }
        assertThat(dropped).isEmpty();
    }

    @Test
    void full_refusesWithTheRest() {
        RingDeque<Integer> deque = ofTwo(OverflowPolicy.FAIL);
        deque.add(0);
        assertThatExceptionOfType(QueueFullException.class)
                .isThrownBy(() -> deque.putAllFirst(FOUR))
                .satisfies(e -> assertThat(e.undelivered()).isEqualTo(List.of(2, 3, 4)));
        assertThat(deque).containsExactly(1, 0);
        assertThat(deque.unfinishedTasks()).isEqualTo(2L);
    }

    @Test
    void full_dropsAsThePolicySays() throws InterruptedException {
        RingDeque<Integer> newest = ofTwo(OverflowPolicy.DROP_NEWEST);
        newest.add(0);
        newest.putAllFirst(FOUR);
        assertThat(newest).containsExactly(1, 0);
        assertThat(dropped).containsExactly(2, 3, 4);
        dropped.clear();
        RingDeque<Integer> oldest = ofTwo(OverflowPolicy.DROP_OLDEST);
        oldest.add(0);
        oldest.putAllFirst(FOUR);
        assertThat(oldest).containsExactly(4, 3);
        assertThat(dropped).containsExactly(0, 1, 2);
        assertThat(oldest.unfinishedTasks()).isEqualTo(2L);
    }

    @Test
    void nullAmongThem_putsNothing() {
        RingDeque<Integer> deque = RingDeque.unbounded();
        assertThatNullPointerException().isThrownBy(() -> deque.putAllFirst(Arrays.asList(1, null, 2)));
        assertThatNullPointerException().isThrownBy(() -> deque.putAllFirst(null));
        assertThat(deque).isEmpty();
    }
}
