// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Looking again and again. */
class SharedWaitTest {

    private final Object blocker = new Object();
    private final AtomicBoolean flag = new AtomicBoolean();

    @EachThreadKind
    void until_returnsOnceTheConditionHolds(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> plain = threads.start("plain", () -> SharedWait.until(flag::get, blocker));
            TestThread<Boolean> timed =
                    threads.start("timed", () -> SharedWait.until(flag::get, blocker, Long.MAX_VALUE));
            TestThread<Void> deaf = threads.start("deaf", () -> SharedWait.untilUninterruptibly(flag::get, blocker));
            plain.awaitParked(blocker);
            timed.awaitParked(blocker);
            deaf.awaitParked(blocker);
            flag.set(true);
            plain.join();
            assertThat(timed.result()).isTrue();
            deaf.join();
        }
    }

    @EachThreadKind
    void interrupt_endsTheWait_unlessItIsDeaf(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> plain = threads.start("plain", () -> SharedWait.until(flag::get, blocker));
            TestThread<Boolean> timed =
                    threads.start("timed", () -> SharedWait.until(flag::get, blocker, Long.MAX_VALUE));
            TestThread<Boolean> deaf = threads.start("deaf", () -> {
                SharedWait.untilUninterruptibly(flag::get, blocker);
                return Thread.currentThread().isInterrupted();
            });
            deaf.awaitParked(blocker);
            plain.interrupt();
            timed.interrupt();
            deaf.interrupt();
            assertThat(plain.failure()).isInstanceOf(InterruptedException.class);
            assertThat(timed.failure()).isInstanceOf(InterruptedException.class);
            deaf.assertStillParked();
            flag.set(true);
            assertThat(deaf.result()).isTrue();
        }
    }

    @Test
    void pendingInterrupt_isSeenFirst() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> SharedWait.until(() -> true, blocker)).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> SharedWait.until(() -> true, blocker, 0L)).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        SharedWait.untilUninterruptibly(() -> true, blocker);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void timeout_looksOnceMore() throws Exception {
        assertThat(SharedWait.until(() -> false, blocker, 0L)).isFalse();
        assertThat(SharedWait.until(() -> true, blocker, -1L)).isTrue();
        long start = System.nanoTime();
        long nanos = Duration.ofMillis(20).toNanos();
        assertThat(SharedWait.until(() -> System.nanoTime() - start >= nanos, blocker, nanos))
                .as("became true at the very end")
                .isTrue();
        assertThat(SharedWait.until(() -> false, blocker, nanos)).isFalse();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2 * nanos);
    }

    /** 16 looks for each time that the wait doubles, instead of 2 500 in 50 ms of shortest naps. */
    @Test
    void naps_growWithTheWait() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        SharedWait.until(
                () -> {
                    looks.incrementAndGet();
                    return false;
                },
                blocker,
                Duration.ofMillis(200).toNanos());
        assertThat(looks.get()).isBetween(10, 600);
    }

    @Test
    void conditionThatThrows_endsTheWait_andKeepsTheInterrupt() {
        AtomicInteger looks = new AtomicInteger();
        assertThatThrownBy(() -> SharedWait.untilUninterruptibly(
                        () -> {
                            if (looks.incrementAndGet() == 200) {
                                Thread.currentThread().interrupt();
                            }
                            if (looks.get() > 300) {
                                throw new IllegalStateException("on purpose");
                            }
                            return false;
                        },
                        blocker))
                .hasMessage("on purpose");
        assertThat(Thread.interrupted()).isTrue();
    }
}
