// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Rounds;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingSupplier;

/** {@link SharedCondition} as threads of one process see it; {@link SharedSyncProcessTest} has several. */
class SharedConditionTest {

    private static final Duration LONG = Duration.ofHours(1);

    private SharedLock lock;
    private SharedCondition condition;

    @BeforeEach
    void makeCondition() throws Exception {
        lock = SharedLock.create();
        condition = lock.newCondition();
    }

    @AfterEach
    void giveConditionBack() {
        condition.close();
        lock.close();
    }

    private <T> T locked(ThrowingSupplier<T> body) throws Throwable {
        lock.lock();
        try {
            return body.get();
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        lock.lock();
        condition.signal();
        lock.unlock();
    }

    private void signalAll() {
        lock.lock();
        condition.signalAll();
        lock.unlock();
    }

    private TestThread<Boolean> waiter(TestThreads threads, String name, Duration timeout) {
        TestThread<Boolean> waiter = threads.start(name, () -> locked(() -> condition.await(timeout)));
        waiter.awaitParked(condition);
        return waiter;
    }

    @EachThreadKind
    void signal_wakesTheOldest_signalAllTheRest(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> first = waiter(threads, "first", LONG);
            TestThread<Boolean> second = waiter(threads, "second", LONG);
            TestThread<Boolean> third = waiter(threads, "third", LONG);
            assertThat(condition.waiting()).isEqualTo(3);
            signal();
            assertThat(first.result()).isTrue();
            second.assertStillParked();
            third.assertStillParked();
            assertThat(condition.waiting()).isEqualTo(2);
            signalAll();
            assertThat(second.result()).isTrue();
            assertThat(third.result()).isTrue();
        }
        assertThat(condition.waiting()).isZero();
        assertThat(lock.isLocked()).isFalse();
    }

    @EachThreadKind
    void signalledOnes_comeBackWithTheLock(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> waiter = waiter(threads, "waiter", LONG);
            lock.lock();
            condition.signal();
            assertThat(waiter.isAlive()).isTrue();
            waiter.awaitParked();
            lock.unlock();
            assertThat(waiter.result()).isTrue();
        }
    }

    /** The hold before a wait is the hold after it, also after two waits; nobody else's is given back in its place. */
    @EachThreadKind
    void hold_goesOnAfterWaits_andIsGivenBackOnce(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Held> waiter = threads.start("waiter", () -> {
                Held held = lock.hold();
                condition.await();
                condition.await();
                assertThat(lock.isLocked()).isTrue();
                held.close();
                return held;
            });
            waiter.awaitParked(condition);
            signal();
            Await.until("the second wait", () -> condition.waiting() == 1);
            waiter.awaitParked(condition);
            signal();
            Held over = waiter.result();
            assertThat(lock.tryLock()).isTrue();
            over.close();
            assertThat(lock.isLocked()).isTrue();
            lock.unlock();
        }
    }

    @EachThreadKind
    void signalsOfThePast_areNotStored(ThreadKind kind) throws Throwable {
        signal();
        signalAll();
        assertThat(locked(() -> condition.await(Duration.ofMillis(5)))).isFalse();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> waiter = waiter(threads, "waiter", LONG);
            waiter.interrupt();
            assertThat(waiter.failure()).isInstanceOf(InterruptedException.class);
        }
        assertThat(lock.isLocked()).isFalse();
        assertThat(condition.waiting()).isZero();
    }

    @Test
    void pendingInterrupt_isSeenBeforeAnything_andTheLockIsKept() {
        lock.lock();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> condition.await()).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> condition.await(LONG)).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> condition.awaitUntil(() -> true)).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> condition.awaitUntil(() -> true, LONG)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(lock.isLocked()).isTrue();
        lock.unlock();
    }

    @EachThreadKind
    void uninterruptibleWait_goesOn_andKeepsTheInterrupt(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> waiter = threads.start(
                    "waiter",
                    () -> locked(() -> {
                        condition.awaitUninterruptibly();
                        return Thread.interrupted();
                    }));
            waiter.awaitParked(condition);
            waiter.interrupt();
            Await.until("the interrupt to be noticed", () -> !waiter.thread().isInterrupted());
            waiter.assertStillParked();
            signal();
            assertThat(waiter.result()).isTrue();
        }
    }

    /** Whoever leaves has been chosen, or the other one has been. */
    @EachThreadKind
    void timeOutAgainstSignal_oneOfTwoGetsIt(ThreadKind kind) {
        for (int round = 0; round < 40; round++) {
            try (TestThreads threads = new TestThreads(kind)) {
                long start = System.nanoTime();
                TestThread<Boolean> leaver =
                        threads.start("leaver", () -> locked(() -> condition.await(Duration.ofMillis(4))));
                Await.until("the leaver to wait", () -> condition.waiting() == 1 || !leaver.isAlive());
                TestThread<Boolean> stayer = waiter(threads, "stayer", LONG);
                while (System.nanoTime() - start < 3_500_000L + round * 25_000L) {
                    Thread.onSpinWait();
                }
                signal();
                if (leaver.result()) {
                    stayer.assertStillParked();
                    signal();
                }
                assertThat(stayer.result()).isTrue();
            }
            assertThat(condition.waiting()).isZero();
        }
    }

    /** A signal that comes as a wait begins finds the waiter, or a state for which nobody has to wait. */
    @EachThreadKind
    void signalAgainstAwait_isNotMissed(ThreadKind kind) {
        Rounds.of(300, () -> new boolean[1])
                .body("waiter", done -> {
                    try (Held held = lock.hold()) {
                        assertThat(held).isNotNull();
                        condition.awaitUntil(() -> done[0]);
                    }
                })
                .body("signaller", done -> {
                    try (Held held = lock.hold()) {
                        assertThat(held).isNotNull();
                        done[0] = true;
                        condition.signal();
                    }
                })
                .check(done -> assertThat(condition.waiting()).isZero())
                .run(kind);
    }

    /** The same, one step after the other: as long as the waiter cannot enter the table, it keeps the lock. */
    @EachThreadKind
    void waiter_isInTheTable_beforeTheLockIsFree(ThreadKind kind) {
        SharedLock table = SharedLock.at(condition.memory(), 0L);
        try (TestThreads threads = new TestThreads(kind)) {
            table.lock();
            TestThread<Boolean> waiter = threads.start("waiter", () -> locked(() -> condition.await(LONG)));
            waiter.awaitParked();
            assertThat(lock.isLocked()).isTrue();
            table.unlock();
            waiter.awaitParked(condition);
            signal();
            assertThat(waiter.result()).isTrue();
        }
    }

    @EachThreadKind
    void interruptAgainstSignal_oneOfTwoGetsIt(ThreadKind kind) {
        for (int round = 0; round < 40; round++) {
            try (TestThreads threads = new TestThreads(kind)) {
                TestThread<Boolean> leaver = waiter(threads, "leaver", LONG);
                TestThread<Boolean> stayer = waiter(threads, "stayer", LONG);
                if (round % 2 == 0) {
                    signal();
                    leaver.interrupt();
                } else {
                    leaver.interrupt();
                    signal();
                }
                Throwable left = leaver.failure();
                if (left == null) {
                    assertThat(leaver.result()).isTrue();
                    stayer.assertStillParked();
                    signal();
                } else {
                    assertThat(left).isInstanceOf(InterruptedException.class);
                }
                assertThat(stayer.result()).isTrue();
            }
            assertThat(condition.waiting()).isZero();
        }
    }

    @EachThreadKind
    void interruptAfterSignal_staysPending(ThreadKind kind) {
        for (int round = 0; round < 10; round++) {
            try (TestThreads threads = new TestThreads(kind)) {
                TestThread<Boolean> waiter = threads.start("waiter", () -> {
                    assertThat(locked(() -> condition.await(LONG))).isTrue();
                    return Thread.interrupted();
                });
                waiter.awaitParked(condition);
                lock.lock();
                condition.signal();
                waiter.interrupt();
                lock.unlock();
                assertThat(waiter.result()).isTrue();
            }
        }
    }

    @EachThreadKind
    void awaitUntil_asksWithTheLock_andReturnsWhenItIsTrue(ThreadKind kind) {
        List<Integer> asked = Collections.synchronizedList(new ArrayList<>());
        int[] state = new int[1]; // guarded by the lock
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Integer> waiter = threads.start(
                    "waiter",
                    () -> locked(() -> {
                        condition.awaitUntil(() -> {
                            assertThat(lock.isLocked()).isTrue();
                            asked.add(state[0]);
                            return state[0] == 3;
                        });
                        return state[0];
                    }));
            for (int i = 1; i <= 3; i++) {
                waiter.awaitParked(condition);
                try (Held held = lock.hold()) {
                    assertThat(held).isNotNull();
                    state[0]++;
                    condition.signal();
                }
                int times = i;
                Await.until("the condition to be asked", () -> asked.size() > times);
            }
            assertThat(waiter.result()).isEqualTo(3);
        }
        assertThat(asked).containsExactly(0, 1, 2, 3);
    }

    @Test
    void awaitUntil_whatTheConditionThrows_comesWithTheLock() {
        lock.lock();
        assertThatThrownBy(() -> condition.awaitUntil(() -> {
                    throw new UnsupportedOperationException();
                }))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(lock.isLocked()).isTrue();
        lock.unlock();
    }

    @Test
    void withoutTheLock_everythingIsRefused() {
        assertRefused();
        assertThat(condition.waiting()).isZero();
        assertThat(lock.isLocked()).isFalse();
    }

    private void assertRefused() {
        Class<IllegalMonitorStateException> refusal = IllegalMonitorStateException.class;
        assertThatThrownBy(() -> condition.await()).isInstanceOf(refusal);
        assertThatThrownBy(() -> condition.await(Duration.ZERO)).isInstanceOf(refusal);
        assertThatThrownBy(() -> condition.awaitUninterruptibly()).isInstanceOf(refusal);
        assertThatThrownBy(() -> condition.awaitUntil(() -> true)).isInstanceOf(refusal);
        assertThatThrownBy(() -> condition.awaitUntil(() -> true, LONG)).isInstanceOf(refusal);
        assertThatThrownBy(() -> condition.awaitUntilUninterruptibly(() -> true))
                .isInstanceOf(refusal);
        assertThatThrownBy(() -> condition.signal()).isInstanceOf(refusal);
        assertThatThrownBy(() -> condition.signalAll()).isInstanceOf(refusal);
    }

    @Test
    void nulls_areRefused() {
        lock.lock();
        assertThatNullPointerException().isThrownBy(() -> condition.await(null));
        assertThatNullPointerException().isThrownBy(() -> condition.awaitUntil(null));
        assertThatNullPointerException().isThrownBy(() -> condition.awaitUntil(() -> true, null));
        assertThatNullPointerException().isThrownBy(() -> condition.awaitUntil(null, LONG));
        assertThatNullPointerException().isThrownBy(() -> condition.awaitUntilUninterruptibly(null));
        lock.unlock();
    }

    @Test
    void toString_tellsTheState() {
        assertThat(condition.lock()).isSameAs(lock);
        assertThat(condition.toString()).startsWith("SharedCondition[0 waiting] of SharedLock");
        condition.close();
        condition.close();
        assertThat(condition.toString()).startsWith("SharedCondition[closed] of SharedLock");
        lock.lock();
        assertThatIllegalStateException().isThrownBy(() -> condition.signal());
        assertThatIllegalStateException().isThrownBy(() -> condition.await());
        assertThat(lock.isLocked()).isTrue();
        lock.unlock();
    }

    /** One waits through an object that is closed, as the oldest; its row is free, and signals go to the other one. */
    @EachThreadKind
    void closed_whoWaitsThrowsWithTheLock_andGetsNoSignalAnyMore(ThreadKind kind) throws Exception {
        SharedCondition copy = Copies.of(condition);
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> leaver = threads.start("leaver", () -> {
                SharedLock same = copy.lock();
                try (Held held = same.hold()) {
                    assertThat(held).isNotNull();
                    assertThatIllegalStateException().isThrownBy(() -> copy.await());
                    return same.isLocked();
                }
            });
            leaver.awaitParked(copy);
            TestThread<Boolean> stayer = waiter(threads, "stayer", LONG);
            copy.close();
            assertThat(leaver.result()).isTrue();
            assertThat(condition.waiting()).isOne();
            signal();
            assertThat(stayer.result()).isTrue();
        }
        assertThat(lock.tryLock()).isTrue();
        lock.unlock();
        copy.lock().close();
    }

    /** The oldest is chosen and cannot come back with the lock, whose object is closed; its signal is not lost. */
    @EachThreadKind
    void lockClosed_whoWasChosenThrows_andTheSignalGoesOn(ThreadKind kind) throws Exception {
        try (SharedCondition copy = Copies.of(condition);
                TestThreads threads = new TestThreads(kind)) {
            SharedLock copiedLock = copy.lock();
            TestThread<Void> leaver = threads.start("leaver", () -> {
                copiedLock.lock();
                assertThatIllegalStateException().isThrownBy(() -> copy.await());
            });
            leaver.awaitParked(copy);
            TestThread<Boolean> stayer = waiter(threads, "stayer", LONG);
            lock.lock();
            condition.signal();
            copiedLock.close();
            leaver.join();
            lock.unlock();
            assertThat(stayer.result()).isTrue();
        }
        assertThat(lock.isLocked()).isFalse();
        assertThat(condition.waiting()).isZero();
    }

    @EachThreadKind
    void serialized_itIsTheSameCondition(ThreadKind kind) throws Exception {
        try (SharedCondition copy = Copies.of(condition);
                SharedLock copiedLock = copy.lock();
                TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> waiter = waiter(threads, "waiter", LONG);
            copiedLock.lock();
            assertThat(lock.tryLock()).isFalse();
            copy.signal();
            copiedLock.unlock();
            assertThat(waiter.result()).isTrue();
        }
    }
}
