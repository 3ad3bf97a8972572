// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;

class MutexConditionTest {

    private final Mutex mutex = new Mutex();
    private final Condition condition = mutex.newCondition();

    @EachThreadKind
    void signal_wakesTheOneThatWaitedLongest(ThreadKind kind) {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        try (TestThreads threads = new TestThreads(kind)) {
            for (String name : List.of("a", "b", "c")) {
                threads.start(name, () -> {
                            try (Held held = mutex.hold()) {
                                condition.await();
                                order.add(name);
                                assertThat(held).isNotNull();
                            }
                        })
                        .awaitParked(condition);
            }
            for (int woken = 1; woken <= 3; woken++) {
                mutex.lock();
                condition.signal();
                mutex.unlock();
                int expected = woken;
                Await.until("thread " + woken, () -> order.size() == expected);
            }
        }
        assertThat(order).containsExactly("a", "b", "c");
        assertThat(mutex.isLocked()).isFalse();
    }

    @Test
    void free_everyMethodIsRefused() {
        List<org.junit.jupiter.api.function.Executable> uses = List.of(
                condition::signal,
                condition::signalAll,
                condition::await,
                condition::awaitUninterruptibly,
                () -> condition.awaitNanos(1),
                () -> condition.await(1, TimeUnit.SECONDS),
                () -> condition.awaitUntil(new Date()));
        for (org.junit.jupiter.api.function.Executable use : uses) {
            assertThatThrownBy(use::execute)
                    .isInstanceOf(IllegalMonitorStateException.class)
                    .hasMessageContaining("unlocked");
        }
        assertThat(mutex.isLocked()).isFalse();
    }

    @Test
    void heldByAnotherThread_isRefused() {
        try (TestThreads threads = new TestThreads()) {
            threads.start("holder", mutex::lock).join();
            assertThatThrownBy(condition::signal)
                    .isInstanceOf(IllegalMonitorStateException.class)
                    .hasMessageContaining("holder");
        }
    }

    @Test
    void awaitUntil_endsAtItsDate_orWithASignal() throws InterruptedException {
        mutex.lock();
        assertThat(condition.awaitUntil(Date.from(Instant.now().minusSeconds(1))))
                .isFalse();
        assertThat(condition.awaitUntil(Date.from(Instant.now().plusMillis(5)))).isFalse();
        mutex.unlock();
        try (TestThreads threads = new TestThreads()) {
            TestThread<Boolean> waiter = threads.start("waiter", () -> {
                mutex.lock();
                return condition.awaitUntil(Date.from(Instant.now().plusSeconds(1_000_000)));
            });
            waiter.awaitParked(condition);
            mutex.lock();
            condition.signal();
            mutex.unlock();
            assertThat(waiter.result()).isTrue();
        }
        assertThat(mutex.isLocked()).isTrue();
    }
}
