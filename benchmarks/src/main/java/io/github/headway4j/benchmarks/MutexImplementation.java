// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.Mutex;
import java.util.concurrent.locks.ReentrantLock;

/** What can guard {@link MutexBenchmark}'s counter. */
public enum MutexImplementation {
    /** {@code try (Held held = mutex.hold())}. */
    HEADWAY_HOLD {
        @Override
        Counter create() {
            return new HoldCounter();
        }
    },
    /** {@code mutex.lock()} and {@code mutex.unlock()} in a finally block. */
    HEADWAY_LOCK {
        @Override
        Counter create() {
            return new MutexCounter();
        }
    },
    REENTRANT_LOCK {
        @Override
        Counter create() {
            return new LockCounter();
        }
    },
    SYNCHRONIZED {
        @Override
        Counter create() {
            return new SynchronizedCounter();
        }
    };

    /** A number that only grows under its lock. */
    interface Counter {
        long increment();
    }

    abstract Counter create();

    private static final class HoldCounter implements Counter {
        private final Mutex mutex = new Mutex();
        private long value;

        @Override
        @SuppressWarnings("try")
        public long increment() {
            try (Held held = mutex.hold()) {
                return ++value;
            }
        }
    }

    private static final class MutexCounter implements Counter {
        private final Mutex mutex = new Mutex();
        private long value;

        @Override
        public long increment() {
            mutex.lock();
            try {
                return ++value;
            } finally {
                mutex.unlock();
            }
        }
    }

    private static final class LockCounter implements Counter {
        private final ReentrantLock lock = new ReentrantLock();
        private long value;

        @Override
        public long increment() {
            lock.lock();
            try {
                return ++value;
            } finally {
                lock.unlock();
            }
        }
    }

    private static final class SynchronizedCounter implements Counter {
        private final Object lock = new Object();
        private long value;

        @Override
        public long increment() {
            synchronized (lock) {
                return ++value;
            }
        }
    }
}
