// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What CPython's tests demand of {@code threading.Event}. */
class PythonEventTest {

    private static final int WAITERS = 5;
    private static final Duration LONG = Duration.ofHours(1);

    private final Event event = new Event();

    @Test
    @Python({"TH52", "A38"})
    void flag_followsSetAndClear() {
        assertThat(event.isSet()).isFalse();
        event.set();
        assertThat(event.isSet()).isTrue();
        event.set();
        assertThat(event.isSet()).isTrue();
        event.clear();
        assertThat(event.isSet()).isFalse();
        event.clear();
        assertThat(event.isSet()).isFalse();
    }

    @EachThreadKind
    @Python("TH53")
    void set_releasesFiveWaiters_whoseSecondWaitIsImmediate_andAgain(ThreadKind kind) {
        for (int i = 0; i < 2; i++) {
            try (TestThreads threads = new TestThreads(kind)) {
                List<TestThread<Boolean>> waiters = start(threads, () -> {
                    event.await();
                    event.await();
                    return true;
                });
                event.set();
                waiters.forEach(waiter -> assertThat(waiter.result()).isTrue());
            }
            event.clear();
        }
    }

    @EachThreadKind
    @Python("TH54")
    void timedWait(ThreadKind kind) throws InterruptedException {
        assertThat(event.await(Duration.ZERO)).isFalse();
        long start = System.nanoTime();
        assertThat(event.await(Duration.ofMillis(20))).isFalse();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000L);
        event.set();
        assertThat(event.await(Duration.ZERO)).isTrue();
        assertThat(event.await(LONG)).isTrue();
        event.clear();
        try (TestThreads threads = new TestThreads(kind)) {
            List<TestThread<Boolean>> waiters = start(threads, () -> event.await(LONG));
            event.set();
            waiters.forEach(waiter -> assertThat(waiter.result()).isTrue());
        }
    }

    @EachThreadKind
    @Python({"TH55", "A38"})
    void setAndClearBackToBack_releaseAllFiveWaiters(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            List<TestThread<Boolean>> waiters = start(threads, () -> event.await(LONG));
            event.set();
            event.clear();
            waiters.forEach(waiter -> assertThat(waiter.result()).isTrue());
        }
        assertThat(event.isSet()).isFalse();
    }

    @Test
    @Python("TH56")
    void text_showsSetOrUnset() {
        assertThat(event.toString()).contains("not set");
        event.set();
        assertThat(event.toString()).contains("[set").doesNotContain("not set");
    }

    private List<TestThread<Boolean>> start(
            TestThreads threads, org.junit.jupiter.api.function.ThrowingSupplier<Boolean> body) {
        List<TestThread<Boolean>> waiters = new ArrayList<>();
        for (int i = 0; i < WAITERS; i++) {
            waiters.add(threads.start("waiter " + i, body));
        }
        waiters.forEach(waiter -> waiter.awaitParked(event));
        return waiters;
    }
}
