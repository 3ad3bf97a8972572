// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** Python's {@code threading.Lock} is {@link Mutex}; its {@code RLock} is the JDK's {@link ReentrantLock}. */
class PythonLockTest {

    private final Mutex lock = new Mutex();
    private final ReentrantLock rlock = new ReentrantLock();

    @Test
    @Python("TH23")
    void tryAcquire_freeAndContended() {
        assertThat(lock.tryLock()).isTrue();
        try (TestThreads threads = new TestThreads()) {
            assertThat(threads.start("other", () -> lock.tryLock()).result()).isFalse();
        }
        lock.unlock();
        assertThat(lock.tryLock()).isTrue();
    }

    @Test
    @Python("TH24")
    void oneRelease_letsFiveBlockedThreadsPassInTurn() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger passed = new AtomicInteger();
        lock.lock();
        try (TestThreads threads = new TestThreads()) {
            for (int i = 0; i < 5; i++) {
                threads.start("blocked " + i, () -> {
                            lock.lock();
                            assertThat(inside.incrementAndGet()).isOne();
                            passed.incrementAndGet();
                            inside.decrementAndGet();
                            lock.unlock();
                        })
                        .awaitParked(lock);
            }
            assertThat(passed).hasValue(0);
            lock.unlock();
        }
        assertThat(passed).hasValue(5);
    }

    @Test
    @Python("TH25")
    void with_releasesAfterAnException() {
        assertThatThrownBy(() -> {
                    try (Held held = lock.hold()) {
                        throw new UnsupportedOperationException("inside " + held);
                    }
                })
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(lock.isLocked()).isFalse();
    }

    /** The forms that Python must refuse at run time cannot be written; what is left is null. */
    @Test
    @Python("TH26")
    void badArguments() throws InterruptedException {
        assertThatNullPointerException().isThrownBy(() -> lock.tryLock(null));
        assertThatNullPointerException().isThrownBy(() -> lock.tryLock(1, null));
        assertThatNullPointerException().isThrownBy(() -> lock.tryHold((Duration) null));
        assertThat(lock.tryLock(Duration.ofSeconds(Long.MAX_VALUE))).isTrue(); // saturates; Python: OverflowError
        assertThat(lock.tryLock(Duration.ofSeconds(-7))).isFalse(); // tries once; Python: ValueError
        assertThat(lock.isLocked()).isTrue();
    }

    @Test
    @Python("TH27")
    void timedAcquire_fails_andLeavesTheLockUsable() throws InterruptedException {
        lock.lock();
        try (TestThreads threads = new TestThreads()) {
            TestThread<Boolean> waiter = threads.start("waiter", () -> lock.tryLock(Duration.ofMillis(20)));
            assertThat(waiter.result()).isFalse();
        }
        assertThat(lock.waiting()).isZero();
        lock.unlock();
        assertThat(lock.tryLock(Duration.ofMillis(20))).isTrue();
    }

    @Test
    @Python({"TH28", "A37"})
    void release_byAnotherThread() {
        lock.lock();
        try (TestThreads threads = new TestThreads()) {
            threads.start("other", lock::unlock).join();
        }
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    @Python({"TH29", "A37"})
    void secondAcquire_blocksUntilRelease() {
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> twice = threads.start("twice", () -> {
                lock.lock();
                lock.lock();
            });
            twice.awaitParked(lock);
            lock.unlock();
            twice.join();
        }
        assertThat(lock.isLocked()).isTrue();
    }

    @Test
    @Python("TH30")
    void reentrant_nestedPairs_andOverRelease() {
        Holdable holdable = Locks.of(rlock);
        try (Held one = holdable.hold();
                Held two = holdable.hold();
                Held three = holdable.tryHold()) {
            assertThat(rlock.getHoldCount()).isEqualTo(3);
            assertThat(one).isNotSameAs(two).isNotSameAs(three);
        }
        assertThatThrownBy(rlock::unlock).isInstanceOf(IllegalMonitorStateException.class);
        rlock.lock();
        rlock.unlock();
        assertThatThrownBy(rlock::unlock).isInstanceOf(IllegalMonitorStateException.class);
    }

    @Test
    @Python("TH31")
    void reentrant_releaseByNonOwner_isRefused() {
        rlock.lock();
        try (TestThreads threads = new TestThreads()) {
            assertThat(threads.start("other", rlock::unlock).failure())
                    .isInstanceOf(IllegalMonitorStateException.class);
        }
        assertThat(rlock.isLocked()).isTrue();
    }

    @Test
    @Python("TH32")
    void reentrant_recursionCount() {
        assertThat(rlock.getHoldCount()).isZero();
        rlock.lock();
        assertThat(rlock.getHoldCount()).isOne();
        rlock.lock();
        rlock.lock();
        assertThat(rlock.getHoldCount()).isEqualTo(3);
        try (TestThreads threads = new TestThreads()) {
            assertThat(threads.start("other", rlock::getHoldCount).result()).isZero();
        }
        rlock.unlock();
        assertThat(rlock.getHoldCount()).isEqualTo(2);
        rlock.unlock();
        rlock.unlock();
        assertThat(rlock.getHoldCount()).isZero();
    }

    @Test
    @Python("TH33")
    void reentrant_isOwned_perThread() {
        rlock.lock();
        assertThat(rlock.isHeldByCurrentThread()).isTrue();
        try (TestThreads threads = new TestThreads()) {
            assertThat(threads.start("other", rlock::isHeldByCurrentThread).result())
                    .isFalse();
        }
        rlock.unlock();
        assertThat(rlock.isHeldByCurrentThread()).isFalse();
    }

    @Test
    @Python("TH34")
    void text_showsLockedOrUnlocked() {
        assertThat(lock.toString()).contains("[unlocked,");
        lock.lock();
        assertThat(lock.toString()).contains("[locked by");
        assertThat(rlock.toString()).contains("[Unlocked]");
        rlock.lock();
        assertThat(rlock.toString()).contains("[Locked by");
        lock.unlock();
        assertThatIllegalStateException().isThrownBy(lock::unlock);
    }
}
