// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.SemaphoreParker;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitQueueTest {

    private final AtomicInteger permits = new AtomicInteger();
    private final Object blocker = "what is waited for";
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    private final class Taking extends WaitQueue.Waiter {
        @Override
        protected boolean attempt() {
            return permits.getAndUpdate(p -> p > 0 ? p - 1 : 0) > 0;
        }

        @Override
        protected boolean more() {
            return permits.get() > 0;
        }
    }

    private WaitQueue queue(boolean fifo) {
        return fifo ? WaitQueue.fifo(blocker, Parker.system()) : WaitQueue.barging(blocker, Parker.system());
    }

    @EachThreadKind
    void await_parks_onTheBlocker_untilSignalled(ThreadKind kind) {
        WaitQueue queue = queue(true);
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> waiter = threads.start("waiter", () -> queue.await(new Taking()));
            waiter.awaitParked(blocker);
            assertThat(queue.hasWaiters()).isTrue();
            assertThat(queue.waiting()).isOne();
            queue.signal(); // nothing to get: it looks and parks again
            waiter.assertStillParked();
            permits.set(1);
            queue.signal();
            waiter.join();
        }
        assertThat(queue.waiting()).isZero();
        assertThat(queue.hasWaiters()).isFalse();
    }

    @EachThreadKind
    void fifo_servesInOrderOfArrival(ThreadKind kind) {
        servesInOrderOfArrival(kind, queue(true));
    }

    @EachThreadKind
    void barging_wakesInOrderOfArrival(ThreadKind kind) {
        servesInOrderOfArrival(kind, queue(false));
    }

    private void servesInOrderOfArrival(ThreadKind kind, WaitQueue queue) {
        try (TestThreads threads = new TestThreads(kind)) {
            for (String name : List.of("a", "b", "c", "d")) {
                threads.start(name, () -> {
                            queue.await(new Taking());
                            order.add(name);
                        })
                        .awaitParked(blocker);
            }
            for (int served = 1; served <= 4; served++) {
                permits.incrementAndGet();
                queue.signal();
                int expected = served;
                io.github.headway4j.testing.Await.until("waiter " + served, () -> order.size() == expected);
            }
        }
        assertThat(order).containsExactly("a", "b", "c", "d");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneSignal_forSeveralPermits_wakesAsManyAsCanGo(boolean fifo) {
        WaitQueue queue = queue(fifo);
        try (TestThreads threads = new TestThreads()) {
            for (int i = 0; i < 5; i++) {
                threads.start("waiter " + i, () -> queue.await(new Taking())).awaitParked(blocker);
            }
            permits.set(5);
            queue.signal();
        }
        assertThat(permits).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void signalAll_reachesEverybody_withoutMore(boolean fifo) {
        WaitQueue queue = queue(fifo);
        AtomicInteger looks = new AtomicInteger();
        boolean[] open = new boolean[1];
        try (TestThreads threads = new TestThreads()) {
            for (int i = 0; i < 5; i++) {
                threads.start(
                                "waiter " + i,
                                () -> queue.await(new WaitQueue.Waiter() {
                                    @Override
                                    protected boolean attempt() {
                                        looks.incrementAndGet();
                                        return open[0];
                                    }

                                    @Override
                                    protected boolean more() {
                                        return false;
                                    }
                                }))
                        .awaitParked(blocker);
            }
            open[0] = true;
            queue.signalAll();
        }
        assertThat(queue.waiting()).isZero();
        assertThat(looks.get()).isGreaterThanOrEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void await_interruptedBefore_throwsWithoutAttempt(boolean fifo) {
        WaitQueue queue = queue(fifo);
        permits.set(1);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> queue.await(new Taking())).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> queue.await(new Taking(), 0L)).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> queue.await(new Taking(), 1L)).isInstanceOf(InterruptedException.class);
        assertThat(permits).hasValue(1);
    }

    @EachThreadKind
    void await_interruptedDuring_leavesAndWakesTheNext(ThreadKind kind) {
        WaitQueue queue = queue(true);
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> first = threads.start("first", () -> queue.await(new Taking()));
            first.awaitParked(blocker);
            TestThread<Void> second = threads.start("second", () -> queue.await(new Taking()));
            second.awaitParked(blocker);
            permits.set(1); // without a signal: the leaver must notice
            first.interrupt();
            assertThat(first.failure()).isInstanceOf(InterruptedException.class);
            second.join();
        }
        assertThat(permits).hasValue(0);
    }

    @Test
    void awaitUninterruptibly_keepsTheInterruptPending() {
        WaitQueue queue = queue(false);
        try (TestThreads threads = new TestThreads()) {
            TestThread<Boolean> waiter = threads.start("waiter", () -> {
                queue.awaitUninterruptibly(new Taking());
                return Thread.currentThread().isInterrupted();
            });
            waiter.awaitParked(blocker);
            waiter.interrupt();
            waiter.assertStillParked();
            permits.set(1);
            queue.signal();
            assertThat(waiter.result()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1L, 0L})
    void timedAwait_notPositive_triesOnce(long nanos) throws InterruptedException {
        WaitQueue queue = queue(true);
        assertThat(queue.await(new Taking(), nanos)).isFalse();
        permits.set(1);
        assertThat(queue.await(new Taking(), nanos)).isTrue();
    }

    /** Signals that come to nothing, as fast as can be: each vain look is followed by the next signal. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void timedAwait_whileSignalsComeToNothing_endsAllTheSame(boolean fifo) {
        WaitQueue queue = queue(fifo);
        try (TestThreads threads = new TestThreads()) {
            TestThread<Boolean> waiter = threads.start(
                    "waiter",
                    () -> queue.await(
                            new WaitQueue.Waiter() {
                                @Override
                                protected boolean attempt() {
                                    queue.signal(this);
                                    if (Thread.currentThread().isInterrupted()) {
                                        throw new IllegalStateException("still looking when the watchdog came");
                                    }
                                    return false;
                                }

                                @Override
                                protected boolean more() {
                                    return false;
                                }
                            },
                            1_000_000L));
            assertThat(waiter.result()).isFalse();
        }
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void attemptThatThrows_endsTheWait_andLeavesNoTrace() {
        WaitQueue queue = queue(true);
        IllegalStateException failure = new IllegalStateException("from attempt");
        assertThatThrownBy(() -> queue.await(new WaitQueue.Waiter() {
                    @Override
                    protected boolean attempt() {
                        throw failure;
                    }

                    @Override
                    protected boolean more() {
                        return false;
                    }
                }))
                .isSameAs(failure);
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void waiter_usedTwice_isRefused() throws InterruptedException {
        WaitQueue queue = queue(true);
        permits.set(2);
        Taking taking = new Taking();
        queue.await(taking);
        assertThatThrownBy(() -> queue.await(taking)).isInstanceOf(IllegalStateException.class);
        assertThat(permits).hasValue(1);
    }

    /** A queue that kept the nodes of those who left would run out of memory here, or slow down without end. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void timeOuts_behindAPatientWaiter_leaveNoGarbage(boolean fifo) {
        WaitQueue queue = queue(fifo);
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> patient = threads.start("patient", () -> queue.await(new Taking()));
            patient.awaitParked(blocker);
            for (int i = 0; i < 20_000; i++) {
                try {
                    assertThat(queue.await(new Taking(), 1L)).isFalse();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            assertThat(queue.nodes()).isLessThan(100);
            permits.set(1);
            queue.signal();
            patient.join();
        }
        assertThat(queue.nodes()).isZero();
    }

    @EachThreadKind
    void signalOfOneWaiter_reachesThatOne(ThreadKind kind) {
        WaitQueue queue = queue(true);
        Taking second = new Taking();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> first = threads.start("first", () -> queue.await(new Taking()));
            first.awaitParked(blocker);
            TestThread<Void> other = threads.start("second", () -> queue.await(second));
            other.awaitParked(blocker);
            permits.set(1);
            queue.signal(second);
            other.join();
            first.assertStillParked();
            permits.set(1);
            queue.signal();
        }
    }

    @EachThreadKind
    void attemptThatThrowsAfterASignal_passesTheSignalOn(ThreadKind kind) {
        WaitQueue queue = queue(true);
        IllegalStateException failure = new IllegalStateException("from the second look");
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> first = threads.start(
                    "first",
                    () -> queue.await(new WaitQueue.Waiter() {
                        @Override
                        protected boolean attempt() {
                            if (permits.get() > 0) {
                                throw failure;
                            }
                            return false;
                        }

                        @Override
                        protected boolean more() {
                            return permits.get() > 0;
                        }
                    }));
            first.awaitParked(blocker);
            TestThread<Void> second = threads.start("second", () -> queue.await(new Taking()));
            second.awaitParked(blocker);
            permits.set(1);
            queue.signal();
            assertThat(first.failure()).isSameAs(failure);
            second.join();
        }
        assertThat(permits).hasValue(0);
    }

    /** A virtual thread looks once, after it has joined the queue, and so does any thread where spinning is off. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void virtualThreads_andParkersThatDoNotSpin_lookOnceBeforeTheyPark(boolean fifo) {
        List<ThreadKind> kinds = ThreadKind.available();
        ThreadKind kind = kinds.get(kinds.size() - 1); // virtual, where there are virtual threads
        Parker parker = kind == ThreadKind.VIRTUAL ? Parker.system() : new SemaphoreParker();
        WaitQueue queue = fifo ? WaitQueue.fifo(blocker, parker) : WaitQueue.barging(blocker, parker);
        AtomicInteger looks = new AtomicInteger();
        int[] looksAtPark = new int[1];
        try (TestThreads threads = new TestThreads(kind)) {
            threads.start(
                    "waiter",
                    () -> queue.await(new WaitQueue.Waiter() {
                        @Override
                        protected boolean attempt() {
                            looks.incrementAndGet();
                            return permits.get() > 0;
                        }

                        @Override
                        protected boolean more() {
                            return false;
                        }

                        @Override
                        protected void parking() {
                            looksAtPark[0] = looks.get();
                            permits.set(1); // seen after the signal below
                            queue.signal();
                        }
                    }));
        }
        assertThat(looksAtPark[0]).isOne();
    }

    @Test
    void nulls_areRefused() {
        assertThatThrownBy(() -> WaitQueue.fifo(null, Parker.system())).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> WaitQueue.barging(blocker, null)).isInstanceOf(NullPointerException.class);
        WaitQueue queue = queue(true);
        assertThatThrownBy(() -> queue.await(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> queue.await(null, 0L)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> queue.awaitUninterruptibly(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> queue.signal(null)).isInstanceOf(NullPointerException.class);
        assertThat(queue.waiting()).isZero();
    }

    /** More threads than processors at a lock that is held for a moment, looking or not: nobody is left behind. */
    @EachThreadKind
    void patient_letsEverybodyIn_oneAtATime(ThreadKind kind) {
        for (Parker parker : List.of(Parker.system(), new SemaphoreParker())) {
            WaitQueue queue = WaitQueue.patient(blocker, parker);
            long[] inside = new long[1];
            permits.set(1);
            try (TestThreads threads = new TestThreads(kind)) {
                for (int t = 0; t < 4; t++) {
                    threads.start("thread " + t, () -> {
                        for (int i = 0; i < 2_000; i++) {
                            queue.awaitUninterruptibly(new Taking());
                            inside[0]++;
                            Thread.yield(); // so that the others meet it taken
                            permits.set(1);
                            queue.signal();
                        }
                    });
                }
            }
            assertThat(inside[0]).isEqualTo(8_000L);
            assertThat(queue.waiting()).isZero();
            assertThat(queue.handOver(1)).isFalse();
        }
    }

    @Test
    void saturatedNanos_isSaturated() {
        assertThat(WaitQueue.saturatedNanos(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(WaitQueue.saturatedNanos(Duration.ofSeconds(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
        assertThat(WaitQueue.saturatedNanos(Duration.ofMillis(3))).isEqualTo(3_000_000L);
    }

    @Test
    void toString_tellsOrderAndWaiters() {
        assertThat(queue(true)).hasToString("WaitQueue[fifo, 0 waiting]");
        assertThat(queue(false)).hasToString("WaitQueue[barging, 0 waiting]");
    }
}
