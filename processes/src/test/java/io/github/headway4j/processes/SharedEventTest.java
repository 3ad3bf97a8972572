// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Rounds;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@link SharedEvent} as threads of one process see it; {@link SharedSyncProcessTest} has several. */
class SharedEventTest {

    private static final Duration LONG = Duration.ofHours(1);

    private SharedEvent event;

    @BeforeEach
    void makeEvent() throws Exception {
        event = SharedEvent.create();
    }

    @AfterEach
    void giveEventBack() {
        event.close();
    }

    @Test
    void setAndClear_areIdempotent() throws Exception {
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
        event.clear();
        assertThat(event.isSet()).isFalse();
        assertThat(event.await(Duration.ZERO)).isFalse();
    }

    @EachThreadKind
    void setThenClear_releasesEverybodyWhoWaited_andNobodyElse(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            List<TestThread<Boolean>> waiters = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                waiters.add(threads.start("waiter " + i, () -> event.await(LONG)));
            }
            waiters.forEach(waiter -> waiter.awaitParked(event));
            event.set();
            event.clear();
            TestThread<Boolean> late = threads.start("late", () -> event.await(LONG));
            waiters.forEach(waiter -> assertThat(waiter.result()).isTrue());
            late.awaitParked(event);
            event.set();
            assertThat(late.result()).isTrue();
        }
    }

    /** A set that comes as a wait begins is not missed, whatever follows. */
    @EachThreadKind
    void setThenClear_againstAwait(ThreadKind kind) {
        AtomicInteger round = new AtomicInteger();
        Rounds.of(300, round::incrementAndGet)
                .body("setter", r -> {
                    event.set();
                    event.clear();
                    event.set();
                })
                .body("waiter", r -> event.await())
                .check(r -> event.clear())
                .run(kind);
    }

    @Test
    void pendingInterrupt_isSeenBeforeSuccess() {
        event.set();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> event.await()).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> event.await(LONG)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void nulls_areRefused() {
        event.set();
        assertThatNullPointerException().isThrownBy(() -> event.await(null));
    }

    @Test
    void toString_tellsTheState() {
        assertThat(event.toString()).startsWith("SharedEvent[not set]");
        event.set();
        assertThat(event.toString()).startsWith("SharedEvent[set]");
        event.close();
        assertThat(event.toString()).startsWith("SharedEvent[closed]");
    }

    @Test
    void closed_everythingElseIsRefused() {
        event.close();
        event.close();
        assertThatIllegalStateException().isThrownBy(event::set);
        assertThatIllegalStateException().isThrownBy(event::clear);
        assertThatIllegalStateException().isThrownBy(event::isSet);
        assertThatIllegalStateException().isThrownBy(event::await);
    }

    @Test
    void serialized_itIsTheSameEvent() throws Exception {
        try (SharedEvent copy = Copies.of(event)) {
            copy.set();
            assertThat(event.isSet()).isTrue();
            event.clear();
            assertThat(copy.isSet()).isFalse();
        }
        assertThat(event.isSet()).isFalse();
    }
}
