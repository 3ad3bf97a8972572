// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import com.google.common.util.concurrent.Monitor;
import io.github.headway4j.primitives.Guarded;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What can guard {@link GuardedBenchmark}'s counter and {@link BoundedBufferBenchmark}'s buffer. */
public enum GuardedImplementation {
    HEADWAY {
        @Override
        Counter createCounter() {
            return new GuardedCounter();
        }

        @Override
        Buffer createBuffer(int slots) {
            return new GuardedBuffer(slots);
        }
    },
    /** One lock, and a condition each for "not full" and "not empty". */
    REENTRANT_LOCK {
        @Override
        Counter createCounter() {
            return new LockCounter();
        }

        @Override
        Buffer createBuffer(int slots) {
            return new LockBuffer(slots);
        }
    },
    GUAVA_MONITOR {
        @Override
        Counter createCounter() {
            return new MonitorCounter();
        }

        @Override
        Buffer createBuffer(int slots) {
            return new MonitorBuffer(slots);
        }
    },
    /** {@code wait} and {@code notifyAll}. */
    SYNCHRONIZED {
        @Override
        Counter createCounter() {
            return new SynchronizedCounter();
        }

        @Override
        Buffer createBuffer(int slots) {
            return new SynchronizedBuffer(slots);
        }
    };

    /** A number that only grows, under its lock. */
    interface Counter {
        long increment();
    }

    /** Elements in the order of arrival, up to a number of them. */
    interface Buffer {
        void put(long element) throws InterruptedException;

        long take() throws InterruptedException;
    }

    abstract Counter createCounter();

    abstract Buffer createBuffer(int slots);

    /** What is guarded, the same for all: not thread-safe. */
    private static final class Ring {
        private final long[] elements;
        private int first;
        private int size;
        private long count;

        Ring(int slots) {
            elements = new long[slots];
        }

        boolean isEmpty() {
            return size == 0;
        }

        boolean isFull() {
            return size == elements.length;
        }

        void add(long element) {
            int i = first + size++;
            elements[i < elements.length ? i : i - elements.length] = element;
        }

        long remove() {
            long element = elements[first];
            first = first + 1 < elements.length ? first + 1 : 0;
            size--;
            return element;
        }

        long increment() {
            return ++count;
        }
    }

    private static final class GuardedCounter implements Counter {
        private final Guarded<Ring> guarded = Guarded.of(new Ring(0));

        @Override
        public long increment() {
            return guarded.with(Ring::increment);
        }
    }

    private static final class GuardedBuffer implements Buffer {
        private final Guarded<Ring> guarded;

        GuardedBuffer(int slots) {
            guarded = Guarded.of(new Ring(slots));
        }

        @Override
        public void put(long element) throws InterruptedException {
            guarded.awaitThen(ring -> !ring.isFull(), ring -> {
                ring.add(element);
                return true;
            });
        }

        @Override
        public long take() throws InterruptedException {
            return guarded.awaitThen(ring -> !ring.isEmpty(), Ring::remove);
        }
    }

    private static final class LockCounter implements Counter {
        private final ReentrantLock lock = new ReentrantLock();
        private final Ring ring = new Ring(0);

        @Override
        public long increment() {
            lock.lock();
            try {
                return ring.increment();
            } finally {
                lock.unlock();
            }
        }
    }

    private static final class LockBuffer implements Buffer {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition notFull = lock.newCondition();
        private final Condition notEmpty = lock.newCondition();
        private final Ring ring;

        LockBuffer(int slots) {
            ring = new Ring(slots);
        }

        @Override
        public void put(long element) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (ring.isFull()) {
                    notFull.await();
                }
                ring.add(element);
                notEmpty.signal();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public long take() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (ring.isEmpty()) {
                    notEmpty.await();
                }
                long element = ring.remove();
                notFull.signal();
                return element;
            } finally {
                lock.unlock();
            }
        }
    }

    private static final class MonitorCounter implements Counter {
        private final Monitor monitor = new Monitor();
        private final Ring ring = new Ring(0);

        @Override
        public long increment() {
            monitor.enter();
            try {
                return ring.increment();
            } finally {
                monitor.leave();
            }
        }
    }

    private static final class MonitorBuffer implements Buffer {
        private final Monitor monitor = new Monitor();
        private final Monitor.Guard notFull;
        private final Monitor.Guard notEmpty;
        private final Ring ring;

        MonitorBuffer(int slots) {
            ring = new Ring(slots);
            notFull = monitor.newGuard(() -> !ring.isFull());
            notEmpty = monitor.newGuard(() -> !ring.isEmpty());
        }

        @Override
        public void put(long element) throws InterruptedException {
            monitor.enterWhen(notFull);
            try {
                ring.add(element);
            } finally {
                monitor.leave();
            }
        }

        @Override
        public long take() throws InterruptedException {
            monitor.enterWhen(notEmpty);
            try {
                return ring.remove();
            } finally {
                monitor.leave();
            }
        }
    }

    private static final class SynchronizedCounter implements Counter {
        private final Ring ring = new Ring(0);

        @Override
        public synchronized long increment() {
            return ring.increment();
        }
    }

    private static final class SynchronizedBuffer implements Buffer {
        private final Ring ring;

        SynchronizedBuffer(int slots) {
            ring = new Ring(slots);
        }

        @Override
        public synchronized void put(long element) throws InterruptedException {
            while (ring.isFull()) {
                wait();
            }
            ring.add(element);
            notifyAll();
        }

        @Override
        public synchronized long take() throws InterruptedException {
            while (ring.isEmpty()) {
                wait();
            }
            long element = ring.remove();
            notifyAll();
            return element;
        }
    }
}
