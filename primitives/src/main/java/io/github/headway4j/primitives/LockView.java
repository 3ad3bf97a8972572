// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A lock of the JDK, as a holdable. */
final class LockView implements HoldableView {

    private final Lock lock;

    LockView(Lock lock) {
        this.lock = lock;
    }

    @Override
    public Held hold() {
        Hold hold = new Hold(lock); // first: running out of memory must not leave the lock locked
        lock.lock();
        return hold;
    }

    @Override
    public Held holdInterruptibly() throws InterruptedException {
        Hold hold = new Hold(lock);
        lock.lockInterruptibly();
        return hold;
    }

    @Override
    public @Nullable Held tryHold() {
        Hold hold = new Hold(lock);
        return lock.tryLock() ? hold : null;
    }

    @Override
    public @Nullable Held tryHold(Duration timeout) throws InterruptedException {
        Hold hold = new Hold(lock);
        return lock.tryLock(WaitQueue.saturatedNanos(timeout), TimeUnit.NANOSECONDS) ? hold : null;
    }

    /** Two views of the same lock are equal. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LockView && ((LockView) other).lock == lock;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(lock);
    }

    @Override
    public String toString() {
        return "holdable " + lock;
    }

    /** Unlocks once. If the lock refuses, for instance because another thread locked it, the hold stays open. */
    private static final class Hold implements BoundHeld {
        private final Lock lock;
        private boolean open = true; // guarded by this

        Hold(Lock lock) {
            this.lock = lock;
        }

        @Override
        public synchronized void close() { // a refused close must not hide a rightful one; unlocking does not block
            if (open) {
                lock.unlock();
                open = false;
            }
        }

        /** What can be known: most locks say whose they are only by refusing to be unlocked. */
        @Override
        public synchronized void refuseStranger() {
            if (open && lock instanceof ReentrantLock && !((ReentrantLock) lock).isHeldByCurrentThread()) {
                throw new IllegalMonitorStateException(
                        Thread.currentThread() + " closes a hold on " + lock + "; expected its owner");
            }
        }

        @Override
        public synchronized String toString() {
            return (open ? "hold on " : "closed hold on ") + lock;
        }
    }
}
