// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.primitives.Parker;
import io.github.headway4j.primitives.WaitQueue;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The clock of the system. */
class SystemTimeTest {

    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final TimeSource time = TimeSource.system();

    @Test
    void clocks_areThoseOfTheSystem() {
        long before = System.nanoTime();
        Instant instantBefore = Instant.now();
        long shown = time.nanoTime();
        long after = System.nanoTime();
        assertThat(shown - before).isNotNegative();
        assertThat(after - shown).isNotNegative();
        assertThat(time.instant()).isBetween(instantBefore.minusSeconds(60), instantBefore.plusSeconds(60));
        assertThat(TimeSource.system()).isSameAs(time);
    }

    @Test
    void sleep_doesNotEndBeforeItsMoment() throws InterruptedException {
        for (long nanos : new long[] {-5L, 0L, 1L, 100_000L, 3_000_000L}) {
            long moment = System.nanoTime() + nanos;
            time.sleepUntil(moment);
            assertThat(System.nanoTime() - moment).isNotNegative();
        }
    }

    @EachThreadKind
    void sleep_endsByInterrupt_alsoIfItWouldNotWait(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> sleeper = threads.start("sleeper", () -> time.sleepUntil(time.nanoTime() + HOUR));
            sleeper.awaitParked(time);
            sleeper.interrupt();
            assertThat(sleeper.failure()).isInstanceOf(InterruptedException.class);
            TestThread<Void> before = threads.start("interrupted before", () -> {
                Thread.currentThread().interrupt();
                time.sleepUntil(time.nanoTime());
            });
            assertThat(before.failure()).isInstanceOf(InterruptedException.class);
        }
    }

    @EachThreadKind
    void awaitUntil_endsWhenTheConditionHolds_orAtTheMoment(ThreadKind kind) throws InterruptedException {
        AtomicBoolean condition = new AtomicBoolean();
        WaitQueue queue = WaitQueue.broadcast(this, Parker.system());
        assertThat(time.awaitUntil(queue, time.nanoTime() - 1L, condition::get)).isFalse();
        assertThat(time.awaitUntil(queue, time.nanoTime() + 1_000_000L, condition::get))
                .isFalse();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> waiter =
                    threads.start("waiter", () -> time.awaitUntil(queue, time.nanoTime() + HOUR, condition::get));
            waiter.awaitParked(this);
            condition.set(true);
            queue.signalAll();
            assertThat(waiter.result()).isTrue();
        }
        assertThat(time.awaitUntil(queue, time.nanoTime() - 1L, condition::get)).isTrue();
    }

    @Test
    void sourceThatCannotBeWoken_looksBeforeAndAfterItsSleep() throws InterruptedException {
        AtomicBoolean condition = new AtomicBoolean(true);
        WaitQueue queue = WaitQueue.broadcast(this, Parker.system());
        SteppedTime stepped = new SteppedTime();
        assertThat(stepped.awaitUntil(queue, 1L, condition::get)).isTrue();
        condition.set(false);
        assertThat(stepped.awaitUntil(queue, 0L, condition::get)).isFalse();
        TimeSource whileItSleeps = new TimeSource() {
            @Override
            public long nanoTime() {
                return 0L;
            }

            @Override
            public Instant instant() {
                return Instant.EPOCH;
            }

            @Override
            public void sleepUntil(long nanoTime) {
                condition.set(true);
            }
        };
        assertThat(whileItSleeps.awaitUntil(queue, 1L, condition::get)).isTrue();
        condition.set(false);
        try (TestThreads threads = new TestThreads()) {
            TestThread<Boolean> interrupted = threads.start("interrupted", () -> {
                Thread.currentThread().interrupt();
                return stepped.awaitUntil(queue, 0L, condition::get);
            });
            assertThat(interrupted.failure()).isInstanceOf(InterruptedException.class);
        }
    }
}
