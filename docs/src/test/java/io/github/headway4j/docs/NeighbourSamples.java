// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import io.github.headway4j.primitives.Barrier;
import io.github.headway4j.primitives.BoundedSemaphore;
import io.github.headway4j.primitives.Event;
import io.github.headway4j.primitives.Holdable;
import io.github.headway4j.primitives.Locks;
import io.github.headway4j.primitives.Mutex;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/** The same small tasks, solved with each of the classes that could do it: samples of {@code primitives.md}. */
final class NeighbourSamples {

    /** The task of the locks. */
    interface Account {
        void deposit(long amount);

        long balance();
    }

    /** The task of the gates. */
    interface Shop {
        void open();

        void enter() throws InterruptedException;
    }

    /** The task of the barriers. */
    interface Rounds {
        int PARTIES = 3;

        void endOfRound() throws InterruptedException, BrokenBarrierException, TimeoutException;
    }

    private NeighbourSamples() {}

    static byte[] fetch(URI uri) {
        return uri.toString().getBytes(StandardCharsets.UTF_8);
    }

    static final class MutexAccount implements Account {
        // snippet: account-mutex
        private final Mutex lock = new Mutex();
        private long cents;

        @Override
        public void deposit(long amount) {
            try (var held = lock.hold()) {
                cents += amount;
            }
        }

        @Override
        public long balance() {
            try (var held = lock.hold()) {
                return cents;
            }
        }
        // end
    }

    static final class ReentrantAccount implements Account {
        // snippet: account-reentrant-lock
        private final Holdable lock = Locks.of(new ReentrantLock());
        private long cents;

        @Override
        public void deposit(long amount) {
            try (var held = lock.hold()) {
                cents += amount;
            }
        }

        void depositTwice(long amount) {
            try (var held = lock.hold()) {
                deposit(amount); // locks again: a Mutex would wait for itself here
                deposit(amount);
            }
        }
        // end

        @Override
        public long balance() {
            try (var held = lock.hold()) {
                return cents;
            }
        }
    }

    static final class MonitorAccount implements Account {
        // snippet: account-synchronized
        private long cents;

        @Override
        public synchronized void deposit(long amount) {
            cents += amount;
        }

        @Override
        public synchronized long balance() {
            return cents;
        }
        // end
    }

    static final class ReadWriteAccount implements Account {
        // snippet: account-read-write-lock
        private final ReadWriteLock locks = new ReentrantReadWriteLock();
        private final Holdable reading = Locks.of(locks.readLock());
        private final Holdable writing = Locks.of(locks.writeLock());
        private long cents;

        @Override
        public void deposit(long amount) {
            try (var held = writing.hold()) {
                cents += amount;
            }
        }

        @Override
        public long balance() {
            try (var held = reading.hold()) { // together with other readers
                return cents;
            }
        }
        // end
    }

    static final class StampedAccount implements Account {
        // snippet: account-stamped-lock
        private final StampedLock lock = new StampedLock();
        private final Holdable writing = Locks.of(lock.asWriteLock());
        private final Holdable reading = Locks.of(lock.asReadLock());
        private long cents;

        @Override
        public void deposit(long amount) {
            try (var held = writing.hold()) {
                cents += amount;
            }
        }

        @Override
        public long balance() {
            long stamp = lock.tryOptimisticRead();
            long read = cents;
            if (lock.validate(stamp)) {
                return read; // nobody wrote in between, and nothing was locked
            }
            try (var held = reading.hold()) {
                return cents;
            }
        }
        // end
    }

    static final class AtomicAccount implements Account {
        // snippet: account-atomic
        private final AtomicLong cents = new AtomicLong();

        @Override
        public void deposit(long amount) {
            cents.addAndGet(amount);
        }

        @Override
        public long balance() {
            return cents.get();
        }
        // end
    }

    static final class BoundedDownloads {
        // snippet: at-most-bounded-semaphore
        private final BoundedSemaphore slots = new BoundedSemaphore(4);

        byte[] download(URI uri) throws InterruptedException {
            try (var slot = slots.holdInterruptibly()) {
                return fetch(uri);
            }
        }
        // end
    }

    static final class JdkDownloads {
        // snippet: at-most-jdk-semaphore
        private final Semaphore slots = new Semaphore(4);

        byte[] download(URI uri) throws InterruptedException {
            slots.acquire();
            try {
                return fetch(uri);
            } finally {
                slots.release(); // one too many, anywhere, and there are five slots
            }
        }
        // end
    }

    static final class PooledDownloads implements AutoCloseable {
        // snippet: at-most-pool
        private final ExecutorService pool = Executors.newFixedThreadPool(4);

        Future<byte[]> download(URI uri) {
            return pool.submit(() -> fetch(uri));
        }
        // end

        @Override
        public void close() {
            pool.shutdownNow();
        }
    }

    static final class EventShop implements Shop {
        // snippet: shop-event
        private final Event open = new Event();

        @Override
        public void open() {
            open.set();
        }

        @Override
        public void enter() throws InterruptedException {
            open.await();
        }

        void close() {
            open.clear(); // whoever waited while it was open goes in, however short that was
        }
        // end
    }

    static final class LatchShop implements Shop {
        // snippet: shop-latch
        private final CountDownLatch opened = new CountDownLatch(1);

        @Override
        public void open() {
            opened.countDown();
        }

        @Override
        public void enter() throws InterruptedException {
            opened.await();
        }
        // end
    }

    static final class ConditionShop implements Shop {
        // snippet: shop-condition
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition opened = lock.newCondition();
        private boolean open;
        private long openings; // with the flag alone, open(); close() leaves those who wait behind

        @Override
        public void open() {
            try (var held = Locks.of(lock).hold()) {
                openings += open ? 0 : 1;
                open = true;
                opened.signalAll();
            }
        }

        @Override
        public void enter() throws InterruptedException {
            try (var held = Locks.of(lock).holdInterruptibly()) {
                long before = openings;
                while (!open && openings == before) {
                    opened.await();
                }
            }
        }

        void close() {
            try (var held = Locks.of(lock).hold()) {
                open = false;
            }
        }
        // end
    }

    static final class BarrierRounds implements Rounds {
        // snippet: rounds-barrier
        private final Barrier barrier = new Barrier(PARTIES);

        @Override
        public void endOfRound() throws InterruptedException, BrokenBarrierException, TimeoutException {
            barrier.await();
        }
        // end
    }

    static final class CyclicRounds implements Rounds {
        // snippet: rounds-cyclic-barrier
        private final CyclicBarrier barrier = new CyclicBarrier(PARTIES);

        @Override
        public void endOfRound() throws InterruptedException, BrokenBarrierException {
            barrier.await();
        }
        // end
    }

    static final class PhaserRounds implements Rounds {
        // snippet: rounds-phaser
        private final Phaser phaser = new Phaser(PARTIES);

        @Override
        public void endOfRound() {
            phaser.arriveAndAwaitAdvance(); // cannot be interrupted; arriveAndDeregister() leaves for good
        }
        // end
    }
}
