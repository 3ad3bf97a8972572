// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final Event event = new Event();

    @Test
    void setAndClear_areIdempotent() throws InterruptedException {
        assertThat(event.isSet()).isFalse();
        event.clear();
        assertThat(event.isSet()).isFalse();
        event.set();
        event.set();
        assertThat(event.isSet()).isTrue();
        event.await();
        event.awaitUninterruptibly();
        assertThat(event.await(Duration.ZERO)).isTrue();
        event.clear();
        assertThat(event.isSet()).isFalse();
        assertThat(event.await(Duration.ZERO)).isFalse();
    }

    @EachThreadKind
    void setThenClear_releasesEverybodyWhoWaited_andNobodyElse(ThreadKind kind) throws InterruptedException {
        try (TestThreads threads = new TestThreads(kind)) {
            List<TestThread<?>> waiters = new ArrayList<>();
            waiters.add(threads.start("interruptible", () -> event.await()));
            waiters.add(threads.start("uninterruptible", event::awaitUninterruptibly));
            waiters.add(
                    threads.start("timed", () -> assertThat(event.await(LONG)).isTrue()));
            waiters.forEach(waiter -> waiter.awaitParked(event));
            assertThat(event.waiting()).isEqualTo(3);
            event.set();
            event.clear();
            waiters.forEach(TestThread::join);
            TestThread<Void> late = threads.start("late", () -> event.await());
            late.awaitParked(event);
            assertThat(event.await(Duration.ofMillis(1))).isFalse();
            late.assertStillParked();
            event.set();
        }
        assertThat(event.waiting()).isZero();
    }

    @EachThreadKind
    void pendingInterrupt_isSeenBeforeSuccess(ThreadKind kind) {
        event.set();
        try (TestThreads threads = new TestThreads(kind)) {
            threads.start("interrupted", () -> {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> event.await()).isInstanceOf(InterruptedException.class);
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> event.await(Duration.ZERO)).isInstanceOf(InterruptedException.class);
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                Thread.currentThread().interrupt();
                event.awaitUninterruptibly();
                assertThat(Thread.interrupted()).isTrue();
            });
        }
        assertThat(event.isSet()).isTrue();
    }

    @Test
    void toString_tellsStateAndWaiters() {
        assertThat(event.toString()).startsWith("Event@").endsWith("[not set, 0 waiting]");
        try (TestThreads threads = new TestThreads()) {
            threads.start("waiter", () -> event.await()).awaitParked(event);
            assertThat(event.toString()).endsWith("[not set, 1 waiting]");
            event.set();
        }
        assertThat(event.toString()).endsWith("[set, 0 waiting]");
    }

    @Test
    void nulls_areRefused() {
        assertThatNullPointerException().isThrownBy(() -> new Event(null));
        assertThatNullPointerException().isThrownBy(() -> event.await(null));
        event.set();
        assertThatNullPointerException().isThrownBy(() -> event.await(null));
    }
}
