// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** A lock of the JDK, as a holdable. */
final class LockView implements HoldableView {

    private final Lock lock;

    LockView(Lock lock) {
        this.lock = lock;
    }

    @Override
    public Held hold() {
        lock.lock();
        return new Hold(lock);
    }

    @Override
    public Held holdInterruptibly() throws InterruptedException {
        lock.lockInterruptibly();
        return new Hold(lock);
    }

    @Override
    public @Nullable Held tryHold() {
        return lock.tryLock() ? new Hold(lock) : null;
    }

    @Override
    public @Nullable Held tryHold(Duration timeout) throws InterruptedException {
        return lock.tryLock(WaitQueue.saturatedNanos(timeout), TimeUnit.NANOSECONDS) ? new Hold(lock) : null;
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
    private static final class Hold implements Held {
        private final Lock lock;
        private final AtomicBoolean open = new AtomicBoolean(true);

        Hold(Lock lock) {
            this.lock = lock;
        }

        @Override
        public void close() {
            if (open.compareAndSet(true, false)) {
                boolean unlocked = false;
                try {
                    lock.unlock();
                    unlocked = true;
                } finally {
                    if (!unlocked) {
                        open.set(true);
                    }
                }
            }
        }

        @Override
        public String toString() {
            return (open.get() ? "hold on " : "closed hold on ") + lock;
        }
    }
}
