// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Rounds;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link SharedSemaphore} as threads of one process see it; {@link SharedSyncProcessTest} has several. */
class SharedSemaphoreTest {

    private static final int BOUND = 3;

    private SharedSemaphore semaphore;

    @BeforeEach
    void makeSemaphore() throws Exception {
        semaphore = SharedSemaphore.create(BOUND);
    }

    @AfterEach
    void giveSemaphoreBack() {
        semaphore.close();
    }

    @Test
    void permits_areTakenAndGivenBack() throws Exception {
        assertThat(semaphore.bound()).isEqualTo(BOUND);
        semaphore.acquire();
        semaphore.acquireUninterruptibly();
        assertThat(semaphore.availablePermits()).isEqualTo(1);
        assertThat(semaphore.tryAcquire(2)).isFalse();
        assertThat(semaphore.tryAcquire()).isTrue();
        assertThat(semaphore.tryAcquire()).isFalse();
        assertThat(semaphore.tryAcquire(Duration.ofMillis(2))).isFalse();
        semaphore.release(2);
        assertThat(semaphore.availablePermits()).isEqualTo(2);
        assertThat(semaphore.tryAcquire(2, Duration.ofMillis(-1))).isTrue();
        semaphore.release(3);
        assertThat(semaphore.availablePermits()).isEqualTo(BOUND);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void badBounds_areRefused(int bound) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SharedSemaphore.create(bound))
                .withMessageContaining("bound is " + bound);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, BOUND + 1, Integer.MAX_VALUE})
    void badNumbers_areRefused(int permits) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> semaphore.acquire(permits))
                .withMessageContaining("permits is " + permits);
        assertThatIllegalArgumentException().isThrownBy(() -> semaphore.acquireUninterruptibly(permits));
        assertThatIllegalArgumentException().isThrownBy(() -> semaphore.tryAcquire(permits));
        assertThatIllegalArgumentException().isThrownBy(() -> semaphore.tryAcquire(permits, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> semaphore.hold(permits));
        assertThatIllegalArgumentException().isThrownBy(() -> semaphore.holdInterruptibly(permits));
        assertThatIllegalArgumentException().isThrownBy(() -> semaphore.tryHold(permits));
        assertThatIllegalArgumentException().isThrownBy(() -> semaphore.tryHold(permits, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> semaphore.release(permits));
        assertThat(semaphore.availablePermits()).isEqualTo(BOUND);
    }

    @Test
    void nulls_areRefused() {
        assertThatNullPointerException().isThrownBy(() -> semaphore.tryAcquire(null));
        assertThatNullPointerException().isThrownBy(() -> semaphore.tryHold(null));
        assertThat(semaphore.availablePermits()).isEqualTo(BOUND);
    }

    @Test
    void overRelease_isRefused_andChangesNothing() {
        assertThatIllegalStateException().isThrownBy(semaphore::release);
        assertThat(semaphore.tryAcquire()).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(() -> semaphore.release(2))
                .withMessageContaining("release of 2 permit(s) while 1 of 3 are out");
        assertThat(semaphore.availablePermits()).isEqualTo(2);
    }

    @Test
    void hold_givesBackOnce() {
        Held one = semaphore.hold();
        Held two = semaphore.hold(2);
        assertThat(semaphore.tryHold()).isNull();
        assertThat(two.toString()).contains("2 permit(s)");
        two.close();
        two.close();
        assertThat(two.toString()).isEqualTo("closed hold");
        assertThat(semaphore.availablePermits()).isEqualTo(2);
        one.close();
        assertThat(semaphore.availablePermits()).isEqualTo(BOUND);
    }

    @Test
    void hold_closedByTwoThreadsAtOnce_givesBackOnce() {
        Held other = semaphore.hold();
        Rounds.of(300, () -> semaphore.hold(2))
                .body("one", Held::close)
                .body("another", Held::close)
                .check(held -> assertThat(semaphore.availablePermits()).isEqualTo(BOUND - 1))
                .run(ThreadKind.PLATFORM);
        other.close();
    }

    @EachThreadKind
    void threads_neverHaveMoreThanTheBound(ThreadKind kind) {
        AtomicInteger inside = new AtomicInteger();
        Rounds.of(200, () -> inside)
                .body("two", n -> visit(2, n))
                .body("three", n -> visit(3, n))
                .body("one", n -> visit(1, n))
                .check(n -> {
                    assertThat(n).hasValue(0);
                    assertThat(semaphore.availablePermits()).isEqualTo(BOUND);
                })
                .run(kind);
    }

    private void visit(int permits, AtomicInteger inside) throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            semaphore.acquire(permits);
            assertThat(inside.addAndGet(permits)).isBetween(1, BOUND);
            inside.addAndGet(-permits);
            semaphore.release(permits);
        }
    }

    @EachThreadKind
    void releaseOfMany_letsSeveralGo(ThreadKind kind) {
        assertThat(semaphore.tryAcquire(3)).isTrue();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> one = threads.start("one", () -> semaphore.acquire());
            TestThread<Void> two = threads.start("two", () -> semaphore.acquire(2));
            one.awaitParked(semaphore);
            two.awaitParked(semaphore);
            semaphore.release(3);
            one.join();
            two.join();
        }
        assertThat(semaphore.availablePermits()).isZero();
    }

    @Test
    void toString_tellsFiguresAndName() {
        semaphore.acquireUninterruptibly();
        assertThat(semaphore.toString()).startsWith("SharedSemaphore[2 of 3 available, 1 with this process] in ");
        semaphore.close();
        assertThat(semaphore.toString()).startsWith("SharedSemaphore[closed] in ");
    }

    @Test
    void closed_everythingElseIsRefused() {
        semaphore.close();
        semaphore.close();
        assertThatIllegalStateException().isThrownBy(semaphore::tryAcquire);
        assertThatIllegalStateException().isThrownBy(semaphore::acquire);
        assertThatIllegalStateException().isThrownBy(semaphore::release);
        assertThatIllegalStateException().isThrownBy(semaphore::availablePermits);
    }

    /** An object that is closed while another thread is in the middle of an operation leaves nothing locked. */
    @Test
    void closedInTheMiddleOfOperations_othersGoOn() {
        Rounds.of(100, this::copy)
                .body("user", copy -> {
                    try {
                        for (int i = 0; i < 1_000; i++) {
                            copy.tryAcquire();
                            copy.release();
                        }
                        copy.acquire();
                    } catch (IllegalStateException closed) {
                        assertThat(closed).hasMessageContaining("closed");
                    }
                })
                .body("closer", copy -> {
                    for (int i = 0; i < 1_000; i++) {
                        Thread.onSpinWait();
                    }
                    copy.close();
                })
                .check(copy -> {
                    copy.close();
                    int out = BOUND - semaphore.availablePermits();
                    if (out > 0) {
                        semaphore.release(out);
                    }
                })
                .run(ThreadKind.PLATFORM);
    }

    /** The same, one step after the other: who is in the middle of an operation ends it, nobody begins another one. */
    @EachThreadKind
    void closedInTheMiddleOfAnOperation_whichIsCompleted(ThreadKind kind) {
        SharedSemaphore copy = copy();
        SharedLock table = SharedLock.at(semaphore.memory(), 0L);
        try (TestThreads threads = new TestThreads(kind)) {
            table.lock();
            TestThread<Boolean> taker = threads.start("taker", () -> copy.tryAcquire());
            taker.awaitParked();
            copy.close();
            assertThatIllegalStateException().isThrownBy(copy::tryAcquire);
            table.unlock();
            assertThat(taker.result()).isTrue();
        }
        assertThat(semaphore.availablePermits()).isEqualTo(BOUND - 1);
        semaphore.release();
    }

    private SharedSemaphore copy() {
        try {
            return Copies.of(semaphore);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void serialized_itIsTheSameSemaphore() throws Exception {
        try (SharedSemaphore copy = Copies.of(semaphore)) {
            assertThat(copy.bound()).isEqualTo(BOUND);
            assertThat(copy.tryAcquire(2)).isTrue();
            assertThat(semaphore.tryAcquire(2)).isFalse();
            semaphore.release(2);
            assertThat(copy.availablePermits()).isEqualTo(BOUND);
        }
        assertThat(semaphore.tryAcquire(3)).isTrue();
    }
}
