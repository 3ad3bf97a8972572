// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import com.google.common.util.concurrent.Monitor;
import io.github.headway4j.primitives.BoundedSemaphore;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/** What can stand behind {@link Permits}; each peer in the form that its users write first. */
public enum SemaphoreImplementation {
    HEADWAY {
        @Override
        Permits create(int bound) {
            return new HeadwayPermits(new BoundedSemaphore(bound));
        }
    },
    HEADWAY_FAIR {
        @Override
        Permits create(int bound) {
            return new HeadwayPermits(BoundedSemaphore.fair(bound));
        }
    },
    SEMAPHORE {
        @Override
        Permits create(int bound) {
            return new SemaphorePermits(new Semaphore(bound));
        }
    },
    SEMAPHORE_FAIR {
        @Override
        Permits create(int bound) {
            return new SemaphorePermits(new Semaphore(bound, true));
        }
    },
    /** Bound 1 only. */
    REENTRANT_LOCK {
        @Override
        Permits create(int bound) {
            return new LockPermit(new ReentrantLock(), bound);
        }
    },
    /** Bound 1 only. */
    REENTRANT_LOCK_FAIR {
        @Override
        Permits create(int bound) {
            return new LockPermit(new ReentrantLock(true), bound);
        }
    },
    /** The monitor itself where the bound is 1, a count behind a guard where it is more. */
    GUAVA_MONITOR {
        @Override
        Permits create(int bound) {
            return bound == 1 ? new MonitorPermit() : new MonitorPermits(bound);
        }
    };

    /** Returns {@code bound} free permits. */
    abstract Permits create(int bound);

    private static final class HeadwayPermits implements Permits {
        private final BoundedSemaphore semaphore;

        HeadwayPermits(BoundedSemaphore semaphore) {
            this.semaphore = semaphore;
        }

        @Override
        public void acquire() throws InterruptedException {
            semaphore.acquire();
        }

        @Override
        public void release() {
            semaphore.release();
        }
    }

    private static final class SemaphorePermits implements Permits {
        private final Semaphore semaphore;

        SemaphorePermits(Semaphore semaphore) {
            this.semaphore = semaphore;
        }

        @Override
        public void acquire() throws InterruptedException {
            semaphore.acquire();
        }

        @Override
        public void release() {
            semaphore.release();
        }
    }

    private static final class LockPermit implements Permits {
        private final ReentrantLock lock;

        LockPermit(ReentrantLock lock, int bound) {
            if (bound != 1) {
                throw new IllegalArgumentException("a lock is a semaphore of bound 1, not " + bound);
            }
            this.lock = lock;
        }

        @Override
        public void acquire() {
            lock.lock();
        }

        @Override
        public void release() {
            lock.unlock();
        }
    }

    private static final class MonitorPermit implements Permits {
        private final Monitor monitor = new Monitor();

        @Override
        public void acquire() {
            monitor.enter();
        }

        @Override
        public void release() {
            monitor.leave();
        }
    }

    private static final class MonitorPermits implements Permits {
        private final Monitor monitor = new Monitor();
        private final Monitor.Guard free = monitor.newGuard(this::isFree);
        private int available;

        MonitorPermits(int bound) {
            available = bound;
        }

        private boolean isFree() {
            return available > 0;
        }

        @Override
        public void acquire() throws InterruptedException {
            monitor.enterWhen(free);
            try {
                available--;
            } finally {
                monitor.leave();
            }
        }

        @Override
        public void release() {
            monitor.enter();
            try {
                available++;
            } finally {
                monitor.leave();
            }
        }
    }
}
