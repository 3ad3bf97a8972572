// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static io.github.headway4j.testing.Model.expect;
import static io.github.headway4j.testing.Model.join;
import static io.github.headway4j.testing.Model.start;

import io.github.headway4j.testing.Model;
import io.github.headway4j.testing.SemaphoreParker;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A hold that two threads close at once gives back once. */
class HeldLincheckTest {

    private static void closeTwice(Held held) throws InterruptedException {
        Thread other = start(held::close);
        held.close();
        join(other);
    }

    @Test
    @DisplayName("Permits of a semaphore")
    void ofASemaphore_givesBackOnce() {
        Model.check(() -> {
            BoundedSemaphore semaphore = new BoundedSemaphore(4, false, new SemaphoreParker());
            expect(semaphore.tryAcquire(2), "all permits were free");
            closeTwice(semaphore.hold(2));
            expect(semaphore.availablePermits() == 2, semaphore.availablePermits() + " permits available");
        });
    }

    @Test
    @DisplayName("The lock of a key")
    void ofAKey_givesBackOnce() {
        Model.check(() -> {
            KeyedLocks<String> locks = new KeyedLocks<>();
            closeTwice(locks.hold("key"));
            expect(locks.size() == 0, locks.size() + " locks left");
        });
    }

    @Test
    @DisplayName("A lock that is not ours")
    void ofAnyLock_givesBackOnce() {
        Model.check(() -> {
            CountingLock lock = new CountingLock();
            closeTwice(Locks.of(lock).hold());
            expect(lock.unlocks.get() == 1, lock.unlocks.get() + " times unlocked");
        });
    }

    /** Lets everybody in and counts how often it is unlocked. */
    private static final class CountingLock implements Lock {
        final AtomicInteger unlocks = new AtomicInteger();

        @Override
        public void lock() {}

        @Override
        public void lockInterruptibly() {}

        @Override
        public boolean tryLock() {
            return true;
        }

        @Override
        public boolean tryLock(long time, TimeUnit unit) {
            return true;
        }

        @Override
        public void unlock() {
            unlocks.incrementAndGet();
        }

        @Override
        public Condition newCondition() {
            throw new UnsupportedOperationException("not needed");
        }
    }
}
