// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.SemaphoreParker;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** {@link WaitQueue#broadcast}. */
class BroadcastQueueTest {

    private final Object blocker = "what is waited for";
    private final AtomicInteger looks = new AtomicInteger();
    private volatile boolean open;

    private final class Look extends WaitQueue.Waiter {
        @Override
        protected boolean attempt() {
            looks.incrementAndGet();
            return open;
        }

        @Override
        protected boolean more() {
            return false;
        }
    }

    @EachThreadKind
    void signalAll_wakesEverybody_andAVainOneNobody(ThreadKind kind) {
        WaitQueue queue = WaitQueue.broadcast(blocker, Parker.system());
        assertThat(queue.toString()).isEqualTo("WaitQueue[broadcast, 0 waiting]");
        try (TestThreads threads = new TestThreads(kind)) {
            List<TestThread<Void>> waiters = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                waiters.add(threads.start("waiter " + i, () -> queue.await(new Look())));
            }
            waiters.forEach(waiter -> waiter.awaitParked(blocker));
            queue.signalAll();
            waiters.forEach(TestThread::assertStillParked);
            assertThat(queue.waiting()).isEqualTo(5);
            open = true;
            queue.signalAll();
        }
        assertThat(queue.waiting()).isZero();
    }

    @EachThreadKind
    void waiterThatLeaves_leavesTheOthersWaiting(ThreadKind kind) {
        WaitQueue queue = WaitQueue.broadcast(blocker, Parker.system());
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> interrupted = threads.start("interrupted", () -> queue.await(new Look()));
            interrupted.awaitParked(blocker);
            TestThread<Void> other = threads.start("other", () -> queue.await(new Look()));
            other.awaitParked(blocker);
            interrupted.interrupt();
            assertThat(interrupted.failure()).isInstanceOf(InterruptedException.class);
            assertThat(threads.start("timed", () -> queue.await(new Look(), 1_000_000L))
                            .result())
                    .isFalse();
            other.assertStillParked();
            open = true;
            queue.signalAll();
        }
    }

    /** All look at the same time: each of them waits, inside its look, for the other one's. */
    @Test
    void everybodyLooks_whileOthersLook() {
        WaitQueue queue = WaitQueue.broadcast(blocker, Parker.system());
        CyclicBarrier both = new CyclicBarrier(2);
        try (TestThreads threads = new TestThreads()) {
            for (int i = 0; i < 2; i++) {
                threads.start(
                        "waiter " + i,
                        () -> queue.await(new WaitQueue.Waiter() {
                            @Override
                            protected boolean attempt() {
                                try {
                                    both.await();
                                } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
                                    throw new AssertionError(e);
                                }
                                return true;
                            }

                            @Override
                            protected boolean more() {
                                return false;
                            }
                        }));
            }
        }
    }

    @Test
    void virtualThreads_andParkersThatDoNotSpin_doNotWatch() {
        List<ThreadKind> kinds = ThreadKind.available();
        ThreadKind kind = kinds.get(kinds.size() - 1); // virtual, where there are virtual threads
        Parker parker = kind == ThreadKind.VIRTUAL ? Parker.system() : new SemaphoreParker();
        WaitQueue queue = WaitQueue.broadcast(blocker, parker);
        int[] looksAtPark = new int[1];
        try (TestThreads threads = new TestThreads(kind)) {
            threads.start(
                    "waiter",
                    () -> queue.await(new WaitQueue.Waiter() {
                        @Override
                        protected boolean attempt() {
                            looks.incrementAndGet();
                            return open;
                        }

                        @Override
                        protected boolean more() {
                            return false;
                        }

                        @Override
                        protected void parking() {
                            looksAtPark[0] = looks.get();
                            open = true;
                            queue.signalAll();
                        }
                    }));
        }
        assertThat(looksAtPark[0]).isOne();
    }

    @Test
    void pendingInterrupt_isSeenBeforeALook() {
        WaitQueue queue = WaitQueue.broadcast(blocker, Parker.system());
        open = true;
        for (long nanos : new long[] {0L, 1L}) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> queue.await(new Look(), nanos)).isInstanceOf(InterruptedException.class);
        }
        assertThat(looks).hasValue(0);
    }

    @Test
    void nulls_areRefused() {
        assertThatNullPointerException().isThrownBy(() -> WaitQueue.broadcast(null, Parker.system()));
        assertThatNullPointerException().isThrownBy(() -> WaitQueue.broadcast(blocker, null));
    }
}
