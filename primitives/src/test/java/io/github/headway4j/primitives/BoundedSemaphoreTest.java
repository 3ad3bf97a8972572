// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedSemaphoreTest {

    private static BoundedSemaphore semaphore(int bound, boolean fair) {
        return fair ? BoundedSemaphore.fair(bound) : new BoundedSemaphore(bound);
    }

    @Test
    void badNumbers_areNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BoundedSemaphore(-1))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BoundedSemaphore.fair(-7))
                .withMessageContaining("-7");
        BoundedSemaphore s = new BoundedSemaphore(2);
        for (int bad : new int[] {0, -1, Integer.MIN_VALUE}) {
            String name = Integer.toString(bad);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> s.acquire(bad))
                    .withMessageContaining(name);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> s.acquireUninterruptibly(bad))
                    .withMessageContaining(name);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> s.tryAcquire(bad))
                    .withMessageContaining(name);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> s.tryAcquireBarging(bad))
                    .withMessageContaining(name);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> s.tryAcquire(bad, Duration.ZERO))
                    .withMessageContaining(name);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> s.release(bad))
                    .withMessageContaining(name);
            assertThatIllegalArgumentException().isThrownBy(() -> s.hold(bad)).withMessageContaining(name);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> s.setBound(-3)).withMessageContaining("-3");
        assertThatNullPointerException().isThrownBy(() -> s.tryAcquire(null));
        assertThat(s.stats()).isEqualTo(new BoundedSemaphore.Stats(2, 2, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void release_overTheBound_changesNothing(boolean fair) {
        BoundedSemaphore s = semaphore(3, fair);
        assertThatIllegalStateException().isThrownBy(s::release).withMessageContaining("0 of 3");
        assertThat(s.tryAcquire(2)).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> s.release(3)).withMessageContaining("release of 3");
        assertThatIllegalStateException().isThrownBy(() -> s.release(Integer.MAX_VALUE));
        assertThat(s.stats()).isEqualTo(new BoundedSemaphore.Stats(3, 1, 2, 0));
        s.release(2);
        assertThat(s.availablePermits()).isEqualTo(3);
    }

    @Test
    void largestBound_works() {
        BoundedSemaphore s = new BoundedSemaphore(Integer.MAX_VALUE);
        assertThat(s.tryAcquire(Integer.MAX_VALUE)).isTrue();
        assertThat(s.tryAcquire()).isFalse();
        assertThat(s.availablePermits()).isZero();
        s.setBound(0);
        assertThat(s.stats()).isEqualTo(new BoundedSemaphore.Stats(0, 0, Integer.MAX_VALUE, 0));
        s.release(Integer.MAX_VALUE);
        assertThat(s.tryAcquire()).isFalse();
        s.setBound(1);
        assertThat(s.tryAcquire()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void setBound_smaller_takesEffectAsPermitsReturn(boolean fair) {
        BoundedSemaphore s = semaphore(4, fair);
        assertThat(s.tryAcquire(4)).isTrue();
        s.setBound(2);
        assertThat(s.stats()).isEqualTo(new BoundedSemaphore.Stats(2, 0, 4, 0));
        s.release(2);
        assertThat(s.tryAcquire()).isFalse();
        s.release();
        assertThat(s.tryAcquire()).isTrue();
        assertThat(s.tryAcquire()).isFalse();
        s.release(2);
        assertThatIllegalStateException().isThrownBy(s::release);
        assertThat(s.bound()).isEqualTo(2);
    }

    @EachThreadKind
    void setBound_larger_wakesWaiters_alsoThoseOverTheOldBound(ThreadKind kind) {
        BoundedSemaphore s = BoundedSemaphore.fair(1);
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> big = threads.start("big", () -> s.acquire(3));
            big.awaitParked(s);
            TestThread<Void> small = threads.start("small", () -> s.acquire());
            small.awaitParked(s);
            s.setBound(2);
            big.assertStillParked();
            small.assertStillParked();
            s.setBound(4);
            big.join();
            small.join();
        }
        assertThat(s.stats()).isEqualTo(new BoundedSemaphore.Stats(4, 0, 4, 0));
    }

    @EachThreadKind
    @Python({"A37", "A40"})
    void fair_servesInOrderOfArrival_andTryFormsDoNotOvertake(ThreadKind kind) throws InterruptedException {
        BoundedSemaphore s = BoundedSemaphore.fair(2);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        assertThat(s.tryAcquire(2)).isTrue();
        try (TestThreads threads = new TestThreads(kind)) {
            threads.start("large", () -> {
                        s.acquire(2);
                        order.add("large");
                        s.release(2);
                    })
                    .awaitParked(s);
            threads.start("small", () -> {
                        s.acquire();
                        order.add("small");
                        s.release();
                    })
                    .awaitParked(s);
            s.release();
            assertThat(s.availablePermits()).isOne();
            assertThat(s.tryAcquire()).isFalse();
            assertThat(s.tryAcquire(Duration.ZERO)).isFalse();
            assertThat(s.tryAcquire(Duration.ofMillis(2))).isFalse();
            assertThat(s.tryHold()).isNull();
            assertThat(s.waiting()).isEqualTo(2);
            assertThat(s.tryAcquireBarging()).isTrue();
            s.release(2);
        }
        assertThat(order).containsExactly("large", "small");
        assertThat(s.stats()).isEqualTo(new BoundedSemaphore.Stats(2, 2, 0, 0));
    }

    @EachThreadKind
    void fair_largeRequestIsNotStarvedBySmallOnes(ThreadKind kind) {
        BoundedSemaphore s = BoundedSemaphore.fair(4);
        boolean[] done = new boolean[1];
        try (TestThreads threads = new TestThreads(kind)) {
            for (int t = 0; t < 3; t++) {
                threads.start("small " + t, () -> {
                    while (!isDone(done)) {
                        s.acquire();
                        s.release();
                        Thread.yield(); // the large one needs a processor, too, where virtual threads have only two
                    }
                });
            }
            TestThread<Void> large = threads.start("large", () -> {
                for (int i = 0; i < 200; i++) {
                    s.acquire(4);
                    s.release(4);
                }
            });
            try {
                large.join();
            } finally {
                synchronized (done) {
                    done[0] = true;
                }
            }
        }
        assertThat(s.availablePermits()).isEqualTo(4);
    }

    private static boolean isDone(boolean[] done) {
        synchronized (done) {
            return done[0];
        }
    }

    @Test
    void waiterBehindOneThatTimesOut_goesOn() {
        BoundedSemaphore s = BoundedSemaphore.fair(2);
        assertThat(s.tryAcquire()).isTrue();
        try (TestThreads threads = new TestThreads()) {
            TestThread<Boolean> large = threads.start("large", () -> s.tryAcquire(2, Duration.ofMillis(30)));
            Await.until("large to wait", () -> s.waiting() == 1);
            TestThread<Void> small = threads.start("small", () -> s.acquire());
            assertThat(large.result()).isFalse();
            small.join();
        }
        assertThat(s.stats()).isEqualTo(new BoundedSemaphore.Stats(2, 0, 2, 0));
    }

    @EachThreadKind
    void barging_requestAtTheHeadThatCannotBeMet_holdsUpThoseBehind(ThreadKind kind) {
        BoundedSemaphore s = new BoundedSemaphore(2);
        assertThat(s.tryAcquire(2)).isTrue();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> large = threads.start("large", () -> s.acquire(2));
            large.awaitParked(s);
            TestThread<Void> small = threads.start("small", () -> s.acquire());
            small.awaitParked(s);
            s.release();
            large.assertStillParked();
            small.assertStillParked();
            assertThat(s.availablePermits()).isOne();
            s.release();
            large.join();
            small.assertStillParked();
            s.release();
            small.join();
        }
    }

    @EachThreadKind
    void timedAcquire_wokenInVain_waitsForTheRest(ThreadKind kind) {
        BoundedSemaphore s = BoundedSemaphore.fair(2);
        assertThat(s.tryAcquire(2)).isTrue();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> waiter = threads.start("waiter", () -> s.tryAcquire(2, Duration.ofDays(1)));
            waiter.awaitParked(s);
            for (int i = 0; i < 10; i++) {
                s.setBound(2); // a signal that changes nothing
                waiter.assertStillParked();
            }
            s.release();
            waiter.assertStillParked();
            s.release();
            assertThat(waiter.result()).isTrue();
        }
    }

    @Test
    void held_givesBackOnce() throws InterruptedException {
        BoundedSemaphore s = new BoundedSemaphore(3);
        Held two = s.hold(2);
        assertThat(two).hasToString("hold on 2 permit(s) of " + s);
        Held one = s.holdInterruptibly();
        assertThat(s.tryHold()).isNull();
        assertThat(s.tryHold(Duration.ZERO)).isNull();
        two.close();
        two.close();
        assertThat(s.availablePermits()).isEqualTo(2);
        assertThat(two).hasToString("closed hold");
        one.close();
        one.close();
        assertThat(s.availablePermits()).isEqualTo(3);
    }

    @Test
    void toString_tellsTheState() {
        BoundedSemaphore s = BoundedSemaphore.fair(3);
        assertThat(s.tryAcquire()).isTrue();
        assertThat(s.toString()).endsWith("[2 of 3 available, fair, 0 waiting]");
        assertThat(new BoundedSemaphore(1).toString()).endsWith("[1 of 1 available, 0 waiting]");
        assertThat(s.isFair()).isTrue();
        assertThat(new BoundedSemaphore(1).isFair()).isFalse();
    }
}
