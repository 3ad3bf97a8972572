// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/**
 * Python's {@code threading.Condition} is {@link Guarded} where a condition is waited for, and a
 * {@link java.util.concurrent.locks.Condition} where a number of threads is to be woken.
 */
class PythonConditionTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final Mutex mutex = new Mutex();
    private final Condition condition = mutex.newCondition();
    private final Guarded<Integer> state = Guarded.of(0);

    private void notify(int times) {
        mutex.lock();
        for (int i = 0; i < times; i++) {
            condition.signal();
        }
        mutex.unlock();
    }

    /** A {@code Guarded} has no such misuse: a wait takes the lock itself, and there is nothing to notify. */
    @Test
    @Python({"TH35", "A39"})
    void waitAndNotify_unowned_areRefused() throws InterruptedException {
        assertThatThrownBy(condition::await).isInstanceOf(IllegalMonitorStateException.class);
        assertThatThrownBy(condition::signal).isInstanceOf(IllegalMonitorStateException.class);
        assertThat(state.isHeldByCurrentThread()).isFalse();
        state.await(n -> n == 0);
        assertThat(state.isHeldByCurrentThread()).isFalse();
    }

    /** Five wait, three and then five are notified; those who return wait a second time. */
    @EachThreadKind
    @Python({"TH36", "TH37", "A39"})
    void notify_wakesExactlySoMany_oldestFirst(ThreadKind kind) {
        List<String> first = Collections.synchronizedList(new ArrayList<>());
        List<String> second = Collections.synchronizedList(new ArrayList<>());
        try (TestThreads threads = new TestThreads(kind)) {
            List<TestThread<Void>> waiters = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                String name = "waiter " + i;
                waiters.add(threads.start(name, () -> {
                    try (Held held = mutex.hold()) {
                        assertThat(held).isNotNull();
                        assertThat(condition.awaitNanos(LONG.toNanos())).isPositive();
                        first.add(name);
                        assertThat(condition.awaitNanos(LONG.toNanos())).isPositive();
                        second.add(name);
                    }
                }));
                waiters.get(i).awaitParked(condition);
            }
            notify(3);
            Await.until("three to return", () -> first.size() == 3);
            waiters.forEach(waiter -> waiter.awaitParked(condition));
            assertThat(first).containsExactlyInAnyOrder("waiter 0", "waiter 1", "waiter 2");
            assertThat(second).isEmpty();
            notify(5);
            Await.until("five to return", () -> first.size() + second.size() == 8);
            assertThat(second).containsExactlyInAnyOrder("waiter 0", "waiter 1", "waiter 2");
            waiters.get(3).awaitParked(condition);
            waiters.get(4).awaitParked(condition);
            mutex.lock();
            condition.signalAll();
            mutex.unlock();
        }
        assertThat(second).hasSize(5);
    }

    @EachThreadKind
    @Python("TH38")
    void timedWait_endsAtItsTime(ThreadKind kind) {
        long nanos = 20_000_000L;
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Long> ours = threads.start("ours", () -> {
                long start = System.nanoTime();
                assertThat(state.await(n -> n == 1, Duration.ofNanos(nanos))).isFalse();
                return System.nanoTime() - start;
            });
            TestThread<Boolean> jdks = threads.start("the JDK's", () -> {
                try (Held held = mutex.hold()) {
                    return held != null && condition.awaitNanos(nanos) > 0;
                }
            });
            assertThat(ours.result()).isGreaterThanOrEqualTo(nanos);
            assertThat(jdks.result()).isFalse();
        }
    }

    @EachThreadKind
    @Python("TH39")
    void waitFor_seesOnlyWhatItWaitsFor(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Integer> waiter = threads.start("waiter", () -> state.awaitThen(n -> n == 4, n -> n));
            waiter.awaitParked(state);
            for (int i = 1; i <= 3; i++) {
                state.update(n -> n + 1);
                waiter.assertStillParked();
            }
            state.update(n -> n + 1);
            assertThat(waiter.result()).isEqualTo(4);
        }
    }

    @EachThreadKind
    @Python("TH40")
    void waitFor_keepsOneDeadline_despiteNotifications(ThreadKind kind) {
        long nanos = 50_000_000L;
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Long> waiter = threads.start("waiter", () -> {
                long start = System.nanoTime();
                assertThat(state.await(n -> n == 4, Duration.ofNanos(nanos))).isFalse();
                return System.nanoTime() - start;
            });
            Await.until("the wait", () -> state.waiting() == 1 || !waiter.isAlive());
            for (int i = 1; i <= 3; i++) {
                state.update(n -> n + 1);
            }
            assertThat(waiter.result()).isGreaterThanOrEqualTo(nanos);
        }
        assertThat(state.waiting()).isZero();
    }

    /** The tests of the reentrant lock, 30 to 34, in the terms of a {@code Guarded}. */
    @Test
    @Python("TH41")
    void lockOfTheDefaultCondition_isReentrant() {
        Held one = state.hold();
        Held two = state.hold();
        Held three = state.hold();
        assertThat(state.levels()).isEqualTo(3);
        assertThat(state.isHeldByCurrentThread()).isTrue();
        assertThat(state.toString()).contains("[locked by");
        try (TestThreads threads = new TestThreads()) {
            assertThat(threads.start("not the owner", one::close).failure()).isInstanceOf(IllegalStateException.class);
            assertThat(threads.start("asks", state::isHeldByCurrentThread).result())
                    .isFalse();
        }
        one.close();
        assertThat(state.levels()).isEqualTo(2);
        two.close();
        two.close(); // Python: over-release, an error; a hold closes once
        assertThat(state.isHeldByCurrentThread()).isTrue();
        three.close();
        assertThat(state.isHeldByCurrentThread()).isFalse();
        assertThat(state.toString()).contains("[unlocked,");
    }

    /** A condition of a lock that others use too; the lock of a {@code Guarded} is shared by its holds. */
    @Test
    @Python("TH42")
    void sharedLock_excludesBothWays() {
        ReentrantLock lock = new ReentrantLock();
        Condition shared = lock.newCondition();
        try (TestThreads threads = new TestThreads()) {
            lock.lock();
            shared.signal();
            assertThat(threads.start("other", () -> lock.tryLock()).result()).isFalse();
            lock.unlock();
            try (Held held = state.hold()) {
                assertThat(held).isNotNull();
                assertThat(threads.start("section", () -> state.await(n -> true, Duration.ZERO))
                                .result())
                        .isFalse();
            }
            state.use(n -> {
                Held none = threads.start("holder", () -> state.tryHold()).result();
                assertThat(none).isNull();
            });
        }
    }
}
