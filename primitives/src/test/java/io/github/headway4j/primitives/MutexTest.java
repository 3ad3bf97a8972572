// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.Rounds;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;

class MutexTest {

    @Test
    @Python("A37")
    void unlock_ofAFreeMutex_isRefusedAndChangesNothing() {
        Mutex mutex = new Mutex();
        assertThatIllegalStateException().isThrownBy(mutex::unlock).withMessageContaining("free");
        assertThat(mutex.isLocked()).isFalse();
        mutex.lock();
        mutex.unlock();
        assertThatIllegalStateException().isThrownBy(mutex::unlock);
        assertThat(mutex.tryLock()).isTrue();
    }

    @Test
    void held_closedLate_doesNotFreeSomebodyElsesHold() {
        Mutex mutex = new Mutex();
        Held first = mutex.hold();
        mutex.unlock();
        Held second = mutex.hold();
        first.close();
        assertThat(mutex.isLocked()).isTrue();
        second.close();
        second.close();
        assertThat(mutex.isLocked()).isFalse();
        assertThat(second.toString()).startsWith("hold on Mutex@");
    }

    @EachThreadKind
    void held_closedByTwoThreadsAtOnce_freesOnce(ThreadKind kind) {
        record State(Mutex mutex, Held held) {}
        Rounds.of(2_000, () -> {
                    Mutex mutex = new Mutex();
                    return new State(mutex, mutex.hold());
                })
                .body("first", s -> s.held().close())
                .body("second", s -> {
                    s.held().close();
                    s.mutex().tryLock();
                })
                .check(s -> {
                    // Whoever closed: the mutex is free again at that time, so the tryLock after it succeeds and stays.
                    assertThat(s.mutex().isLocked()).isTrue();
                })
                .run(kind);
    }

    @Test
    void tryHold_failsWhileHeld() throws InterruptedException {
        Mutex mutex = new Mutex();
        try (Held held = mutex.holdInterruptibly()) {
            assertThat(held).isNotNull();
            assertThat(mutex.tryHold()).isNull();
            assertThat(mutex.tryHold(Duration.ofMillis(1))).isNull();
            assertThat(mutex.tryLock(1, TimeUnit.MILLISECONDS)).isFalse();
        }
        try (Held held = mutex.tryHold(Duration.ofSeconds(1))) {
            assertThat(held).isNotNull();
        }
        assertThat(mutex.waiting()).isZero();
    }

    @Test
    void owner_andToString_tellWhoHolds() {
        Mutex mutex = new Mutex();
        assertThat(mutex.owner()).isNull();
        assertThat(mutex.toString()).endsWith("[unlocked, 0 waiting]");
        mutex.lock();
        assertThat(mutex.owner()).isSameAs(Thread.currentThread());
        assertThat(mutex.toString()).contains("locked by " + Thread.currentThread());
        mutex.unlock();
        assertThat(mutex.owner()).isNull();
    }

    /** The virtual machine's detector walks from blocker to owner: a mutex is an ownable synchronizer. */
    @Test
    void deadlock_isSeenByTheVirtualMachine() {
        Mutex a = new Mutex();
        Mutex b = new Mutex();
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> first = threads.start("first", () -> lockBoth(a, b, bothHoldOne));
            TestThread<Void> second = threads.start("second", () -> lockBoth(b, a, bothHoldOne));
            first.awaitParked(b);
            second.awaitParked(a);
            long[] deadlocked = ManagementFactory.getThreadMXBean().findDeadlockedThreads();
            first.interrupt(); // gives up what it holds, so the other one gets both
            assertThat(first.failure()).isInstanceOf(InterruptedException.class);
            second.join();
            assertThat(deadlocked)
                    .containsExactlyInAnyOrder(
                            first.thread().getId(), second.thread().getId());
        }
    }

    private static void lockBoth(Mutex one, Mutex other, CyclicBarrier bothHoldOne) throws Exception {
        try (Held held = one.holdInterruptibly()) {
            bothHoldOne.await();
            try (Held both = other.holdInterruptibly()) {
                assertThat(held).isNotEqualTo(both);
            }
        }
    }

    @Test
    void held_isStillTheHold_afterAWaitForACondition() throws InterruptedException {
        Mutex mutex = new Mutex();
        Condition condition = mutex.newCondition();
        try (Held held = mutex.hold()) {
            assertThat(condition.await(1, TimeUnit.NANOSECONDS)).isFalse();
            assertThat(condition.await(1, TimeUnit.NANOSECONDS)).isFalse();
            assertThat(mutex.owner()).isSameAs(Thread.currentThread());
            assertThat(held).isNotNull();
        }
        assertThat(mutex.isLocked()).isFalse();
    }

    @Test
    void serialization_isRefused() {
        assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(new Mutex()))
                .isInstanceOf(NotSerializableException.class);
    }
}
