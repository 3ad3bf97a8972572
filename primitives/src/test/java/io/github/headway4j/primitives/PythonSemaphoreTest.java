// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Python's {@code BoundedSemaphore} is {@link BoundedSemaphore}; its {@code Semaphore} is the JDK's. */
class PythonSemaphoreTest {

    @Test
    @Python("TH43")
    void negativeBound_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BoundedSemaphore(-1));
        assertThat(new BoundedSemaphore(0).tryAcquire()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Python({"TH44", "TH45"})
    void contended_eachReleaseAdmitsAsManyAsItFrees(boolean atOnce) {
        BoundedSemaphore semaphore = new BoundedSemaphore(7);
        assertThat(semaphore.tryAcquire()).isTrue();
        AtomicInteger entered = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        try (TestThreads threads = new TestThreads()) {
            for (int i = 0; i < 10; i++) {
                threads.start("taker " + i, () -> {
                    semaphore.acquire();
                    entered.incrementAndGet();
                    semaphore.acquire();
                    entered.incrementAndGet();
                    done.incrementAndGet();
                });
            }
            int expected = 0;
            for (int admitted : new int[] {6, 7, 6, 1}) {
                expected += admitted;
                int total = expected;
                // Exactly so many get in: then all others wait, or all are done.
                Await.until(total + " to enter", () -> entered.get() == total && semaphore.availablePermits() == 0);
                Await.until("the others to wait", () -> semaphore.waiting() == 10 - done.get());
                if (total < 20) {
                    release(semaphore, total == 6 ? 7 : total == 13 ? 6 : 1, atOnce);
                }
            }
        }
        assertThat(entered).hasValue(20);
        assertThat(semaphore.availablePermits()).isZero();
    }

    private static void release(BoundedSemaphore semaphore, int permits, boolean atOnce) {
        if (atOnce) {
            semaphore.release(permits);
        } else {
            for (int i = 0; i < permits; i++) {
                semaphore.release();
            }
        }
    }

    @Test
    @Python("TH46")
    void tryAcquire_tenTriesOnThreePermits() {
        BoundedSemaphore semaphore = new BoundedSemaphore(3);
        List<Boolean> results = new ArrayList<>();
        try (TestThreads threads = new TestThreads()) {
            for (int i = 0; i < 5; i++) {
                List<Boolean> mine = threads.start(
                                "taker " + i, () -> List.of(semaphore.tryAcquire(), semaphore.tryAcquire()))
                        .result();
                results.addAll(mine);
            }
        }
        assertThat(results).hasSize(10);
        assertThat(results.stream().filter(got -> got)).hasSize(3);
    }

    @Test
    @Python("TH47")
    void timedAcquire() throws InterruptedException {
        BoundedSemaphore semaphore = new BoundedSemaphore(1);
        assertThat(semaphore.tryAcquire(Duration.ofMillis(5))).isTrue();
        assertThat(semaphore.tryAcquire(Duration.ofMillis(5))).isFalse();
        assertThat(semaphore.tryAcquire(Duration.ZERO)).isFalse();
        assertThat(semaphore.tryAcquire(Duration.ofMillis(-5))).isFalse();
        semaphore.release();
        assertThat(semaphore.tryAcquire(Duration.ZERO)).isTrue();
    }

    @Test
    @Python("TH48")
    void with_nestsAndFreesOnError() {
        BoundedSemaphore semaphore = new BoundedSemaphore(2);
        assertThatThrownBy(() -> {
                    try (Held outer = semaphore.hold()) {
                        try (Held inner = semaphore.hold()) {
                            assertThat(semaphore.tryAcquire()).isFalse();
                            throw new UnsupportedOperationException(outer + " and " + inner);
                        }
                    }
                })
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(semaphore.availablePermits()).isEqualTo(2);
    }

    @Test
    @Python("TH49")
    void unboundedSemaphore_isTheJdks() {
        Semaphore semaphore = new Semaphore(1);
        semaphore.release(2);
        assertThat(semaphore.availablePermits()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    @Python({"TH50", "A40"})
    void overRelease_atEachLimit_alsoFromOtherThreads(int limit) {
        BoundedSemaphore semaphore = new BoundedSemaphore(limit);
        assertThatIllegalStateException().isThrownBy(semaphore::release);
        for (int i = 0; i < limit; i++) {
            assertThat(semaphore.tryAcquire()).isTrue();
        }
        try (TestThreads threads = new TestThreads()) {
            for (int i = 0; i < limit; i++) {
                threads.start("releaser " + i, () -> semaphore.release()).join();
            }
            assertThat(threads.start("one too many", () -> semaphore.release()).failure())
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(semaphore.availablePermits()).isEqualTo(limit);
    }

    @Test
    @Python("TH51")
    void badReleases_changeNothing() {
        BoundedSemaphore semaphore = new BoundedSemaphore(2);
        assertThat(semaphore.tryAcquire()).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> semaphore.release(0));
        assertThatIllegalArgumentException().isThrownBy(() -> semaphore.release(-1));
        assertThatIllegalStateException().isThrownBy(() -> semaphore.release(2));
        assertThat(semaphore.availablePermits()).isOne();
    }
}
