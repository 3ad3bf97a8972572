// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is given back in strict order of arrival goes from hand to hand; no race duplicates it or loses it. */
class HandOverTest {

    private static final long LONG = TimeUnit.MINUTES.toNanos(1L);

    private final AtomicInteger permits = new AtomicInteger();
    private final List<Boolean> handOvers = new ArrayList<>();

    /** Runs in place of a sleep, as what another thread would do meanwhile. */
    private Runnable meanwhile = () -> {};

    private final StackOverflowError planted = new StackOverflowError("planted");

    private final Parker parker = new Parker() {
        @Override
        public void park(Object blocker) {
            meanwhile.run();
        }

        @Override
        public void parkNanos(Object blocker, long nanos) {
            meanwhile.run();
        }

        @Override
        public void unpark(Thread thread) {}

        @Override
        public boolean spins() {
            return false;
        }
    };

    private final WaitQueue queue = WaitQueue.fifo("what is waited for", parker);

    private class Taking extends WaitQueue.Waiter {
        int attempts;

        @Override
        protected boolean attempt() {
            attempts++;
            return permits.getAndUpdate(p -> p > 0 ? p - 1 : 0) > 0;
        }

        @Override
        protected boolean more() {
            return permits.get() > 0;
        }

        @Override
        protected boolean accepts(int amount) {
            return amount == 1;
        }
    }

    private void handOver() {
        handOvers.add(queue.handOver(1));
    }

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void endsTheWait_withoutAnAttempt() throws InterruptedException {
        meanwhile = this::handOver;
        Taking taking = new Taking();
        queue.await(taking);
        assertThat(handOvers).containsExactly(true);
        assertThat(taking.attempts).isOne(); // the one before the wait
        assertThat(queue.hasWaiters()).isFalse();
    }

    @Test
    void beforeAnInterrupt_wins_andTheInterruptStaysPending() throws InterruptedException {
        meanwhile = () -> {
            handOver();
            Thread.currentThread().interrupt();
        };
        queue.await(new Taking());
        assertThat(handOvers).containsExactly(true);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void afterAnInterrupt_findsNobody() {
        meanwhile = () -> Thread.currentThread().interrupt();
        assertThatThrownBy(() -> queue.await(new Taking())).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(queue.handOver(1)).isFalse();
    }

    @Test
    void whileTheTimeRunsOut_wins() throws InterruptedException {
        Taking taking = new Taking() {
            @Override
            protected void parking() { // the last moment before the look at the clock
                handOver();
                long start = System.nanoTime();
                while (System.nanoTime() - start <= TimeUnit.MILLISECONDS.toNanos(20L)) {
                    Thread.onSpinWait();
                }
            }
        };
        AtomicInteger parks = new AtomicInteger();
        meanwhile = parks::incrementAndGet;
        assertThat(queue.await(taking, TimeUnit.MILLISECONDS.toNanos(20L))).isTrue();
        assertThat(parks).hasValue(0); // its time is over
        assertThat(handOvers).containsExactly(true);
    }

    /** What has been handed over belongs to the waiter, and only a return without an exception says so. */
    @Test
    void thenAnError_ofTheParkerOrTheHook_isReported_andTheWaiterHasGotIt() throws InterruptedException {
        meanwhile = this::handOverAndFail;
        assertReported(() -> queue.await(new Taking()));
        assertReported(() -> queue.await(new Taking() {
            @Override
            protected void parking() {
                handOverAndFail();
            }
        }));
        assertThat(handOvers).containsExactly(true, true);
        assertThat(queue.hasWaiters()).isFalse();
    }

    @Test
    void hooksThatThrow_doNotTouchTheWait() throws InterruptedException {
        for (WaitQueue each : List.of(queue, WaitQueue.barging("barging", parker))) {
            meanwhile = () -> {
                permits.set(1);
                each.signal();
            };
            assertReported(() -> each.await(new Taking() {
                @Override
                protected void parked(boolean success) {
                    assertThat(success).isTrue();
                    throw planted;
                }
            }));
            assertReported(() -> each.await(new Taking() {
                @Override
                protected void parking() {
                    throw planted;
                }
            }));
            assertThat(permits).hasValue(0);
            assertThat(each.hasWaiters()).isFalse();
        }
    }

    @Test
    void errorOfTheParker_withoutAHandOver_endsTheWait() {
        meanwhile = () -> {
            throw planted;
        };
        assertThatThrownBy(() -> queue.await(new Taking())).isSameAs(planted);
        assertThat(queue.hasWaiters()).isFalse();
        assertThat(queue.handOver(1)).isFalse();
    }

    /** The call returns, and what was planted reaches the handler of the thread. */
    private void handOverAndFail() {
        meanwhile = () -> {};
        handOver();
        throw planted;
    }

    private void assertReported(ThrowingCallable call) {
        Thread current = Thread.currentThread();
        List<Throwable> reported = new ArrayList<>();
        current.setUncaughtExceptionHandler((thread, failure) -> {
            reported.add(failure);
            throw new IllegalStateException("a handler that fails");
        });
        try {
            assertThatCode(call).doesNotThrowAnyException();
        } finally {
            current.setUncaughtExceptionHandler(null);
        }
        assertThat(reported).containsExactly(planted);
    }

    @Test
    void duringAnAttempt_isRefused_soThatNobodyGetsTwice() throws InterruptedException {
        permits.set(1);
        queue.await(new Taking() {
            @Override
            protected boolean attempt() {
                handOver();
                return super.attempt();
            }
        });
        assertThat(handOvers).containsExactly(false);
        assertThat(permits).hasValue(0);
    }

    @Test
    void signalDuringAVainAttempt_leadsToAnother() throws InterruptedException {
        meanwhile = () -> {
            throw new AssertionError("parked after a signal");
        };
        Taking taking = new Taking() {
            @Override
            protected boolean attempt() {
                boolean taken = super.attempt();
                if (!taken) { // comes after the look, before the end of the attempt
                    permits.incrementAndGet();
                    queue.signal();
                }
                return taken;
            }
        };
        queue.await(taking);
        assertThat(taking.attempts).isEqualTo(2);
    }

    @Test
    void notAccepted_changesNothing() throws InterruptedException {
        meanwhile = () -> {
            assertThat(queue.handOver(2)).isFalse();
            assertThat(queue.waiting()).isOne();
            permits.incrementAndGet();
            queue.signal();
        };
        queue.await(new Taking());
        assertThat(permits).hasValue(0);
    }

    @Test
    void nobodyWaits_isRefused() {
        assertThat(queue.handOver(1)).isFalse();
    }

    @EachThreadKind
    void toABargingQueue_isRefused(ThreadKind kind) {
        WaitQueue barging = WaitQueue.barging(this, Parker.system());
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> waiter = threads.start("waiter", () -> barging.await(new Taking()));
            waiter.awaitParked(this);
            assertThat(barging.handOver(1)).isFalse();
            waiter.assertStillParked();
            permits.set(1);
            barging.signal();
        }
    }

    @EachThreadKind
    void wakesTheNext_whenThereIsMore(ThreadKind kind) {
        WaitQueue fifo = WaitQueue.fifo(this, Parker.system());
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> first = threads.start("first", () -> fifo.await(new Taking()));
            first.awaitParked(this);
            threads.start("second", () -> fifo.await(new Taking())).awaitParked(this);
            permits.set(1); // by somebody whose signal finds the first waiter gone already
            assertThat(fifo.handOver(1)).isTrue();
        }
        assertThat(permits).hasValue(0);
    }

    @EachThreadKind
    void semaphore_handsOverEqualRequests_andGathersForLargerOnes(ThreadKind kind) throws InterruptedException {
        BoundedSemaphore semaphore = BoundedSemaphore.fair(2);
        semaphore.acquire(2);
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> one = threads.start("one", () -> semaphore.acquire(1));
            one.awaitParked(semaphore);
            TestThread<Void> two = threads.start("two", () -> semaphore.acquire(2));
            two.awaitParked(semaphore);
            semaphore.release(1);
            one.join();
            assertThat(semaphore.stats()).isEqualTo(new BoundedSemaphore.Stats(2, 0, 2, 1));
            semaphore.release(1);
            two.assertStillParked();
            assertThat(semaphore.stats()).isEqualTo(new BoundedSemaphore.Stats(2, 1, 1, 1));
            semaphore.release(1);
            two.join();
            assertThat(semaphore.stats()).isEqualTo(new BoundedSemaphore.Stats(2, 0, 2, 0));
        }
    }

    @EachThreadKind
    void semaphore_overALoweredBound_handsNothingOver(ThreadKind kind) throws InterruptedException {
        BoundedSemaphore semaphore = BoundedSemaphore.fair(2);
        semaphore.acquire(2);
        semaphore.setBound(1);
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> waiter = threads.start("waiter", () -> semaphore.acquire());
            waiter.awaitParked(semaphore);
            semaphore.release();
            waiter.assertStillParked();
            assertThat(semaphore.stats()).isEqualTo(new BoundedSemaphore.Stats(1, 0, 1, 1));
            semaphore.release();
        }
        assertThat(semaphore.stats()).isEqualTo(new BoundedSemaphore.Stats(1, 0, 1, 0));
    }

    @EachThreadKind
    void semaphore_overReleaseToAWaiter_isRefused(ThreadKind kind) {
        BoundedSemaphore semaphore = BoundedSemaphore.fair(0);
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> waiter = threads.start("waiter", () -> semaphore.tryAcquire(Duration.ofNanos(LONG)));
            waiter.awaitParked(semaphore);
            assertThatThrownBy(semaphore::release).isInstanceOf(IllegalStateException.class);
            waiter.assertStillParked();
            semaphore.setBound(1);
            assertThat(waiter.result()).isTrue();
        }
    }
}
