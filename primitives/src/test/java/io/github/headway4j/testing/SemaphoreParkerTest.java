// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

class SemaphoreParkerTest {

    private final SemaphoreParker parker = new SemaphoreParker();

    @EachThreadKind
    void unpark_wakesAParkedThread(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> parked = threads.start("parked", () -> parker.park(this));
            parked.awaitParked();
            parker.unpark(parked.thread());
        }
    }

    @EachThreadKind
    void unpark_twiceBefore_isOneToken(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> parked = threads.start("parked", () -> {
                parker.unpark(Thread.currentThread());
                parker.unpark(Thread.currentThread());
                parker.park(this);
                parker.park(this);
            });
            parked.awaitParked();
            parker.unpark(parked.thread());
        }
    }

    @EachThreadKind
    void park_interruptedBefore_returnsAndKeepsTheStatus(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            assertThat(threads.start("interrupted", () -> {
                                Thread.currentThread().interrupt();
                                parker.park(this);
                                parker.parkNanos(this, Long.MAX_VALUE);
                                return Thread.interrupted();
                            })
                            .result())
                    .isTrue();
        }
    }

    @EachThreadKind
    void park_interruptedDuring_returnsAndKeepsTheStatus(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            for (boolean timed : new boolean[] {false, true}) {
                TestThread<Boolean> parked = threads.start("parked", () -> {
                    if (timed) {
                        parker.parkNanos(this, Long.MAX_VALUE);
                    } else {
                        parker.park(this);
                    }
                    return Thread.interrupted();
                });
                parked.awaitParked();
                parked.interrupt();
                assertThat(parked.result()).isTrue();
            }
        }
    }

    @EachThreadKind
    void parkNanos_noToken_returnsAfterTheTime(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            assertThat(threads.start("timed", () -> {
                                long start = System.nanoTime();
                                parker.parkNanos(this, Duration.ofMillis(5).toNanos());
                                return Duration.ofNanos(System.nanoTime() - start);
                            })
                            .result())
                    .isGreaterThanOrEqualTo(Duration.ofMillis(5));
        }
    }

    @EachThreadKind
    void parkNanos_notPositive_returnsAndLeavesTheToken(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            threads.start("untimed", () -> {
                parker.unpark(Thread.currentThread());
                parker.parkNanos(this, 0);
                parker.parkNanos(this, -1);
                parker.park(this);
            });
        }
    }
}
