// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.primitives.Parker;
import io.github.headway4j.primitives.WaitQueue;
import java.time.Duration;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Classes that work most of the time: the mistakes that the soak is there to find. */
final class Broken {

    private Broken() {}

    /** Sleeps, as all waits do, until somebody wakes the thread or interrupts it. */
    private static void park(Object blocker) throws InterruptedException {
        LockSupport.park(blocker);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** An event that looks for a waiter before it is set: one that comes in between is not woken. */
    static final class LosingEvent implements Token {
        private volatile boolean set;
        private volatile Thread waiter;

        @Override
        public void give(SplittableRandom random) {
            Thread seen = waiter;
            Pause.brief(random);
            set = true;
            LockSupport.unpark(seen);
        }

        @Override
        public void take() throws InterruptedException {
            while (!set) {
                waiter = Thread.currentThread();
                if (!set) {
                    park(this);
                }
            }
            waiter = null;
            set = false;
        }

        @Override
        public void linger(Duration timeout) {
            Thread.onSpinWait();
        }
    }

    /** An event that is a flag and nothing else: who looks after it has been cleared waits on. */
    static final class MereFlag implements Token {
        private volatile boolean set;
        private volatile Thread waiter;

        @Override
        public void give(SplittableRandom random) {
            Thread woken = waiter;
            while (woken == null) {
                Thread.yield();
                woken = waiter;
            }
            set = true;
            LockSupport.unpark(woken);
            Pause.brief(random);
            set = false;
        }

        @Override
        public void take() throws InterruptedException {
            waiter = Thread.currentThread();
            while (!set) {
                park(this);
            }
            waiter = null;
        }

        @Override
        public void linger(Duration timeout) {
            Thread.onSpinWait();
        }
    }

    /** A value that many wait for, of whom a change wakes one, be it the one that waits for that value or not. */
    static final class OneSignal {
        private static final int NOBODYS = -1;

        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private int turn = NOBODYS;

        Token of(int mine) {
            return new Token() {
                @Override
                public void give(SplittableRandom random) {
                    lock.lock();
                    try {
                        turn = mine;
                        changed.signal();
                    } finally {
                        lock.unlock();
                    }
                }

                @Override
                public void take() throws InterruptedException {
                    lock.lockInterruptibly();
                    try {
                        while (turn != mine) {
                            changed.await();
                        }
                        turn = NOBODYS;
                    } finally {
                        lock.unlock();
                    }
                }

                @Override
                public void linger(Duration timeout) {
                    Thread.onSpinWait();
                }
            };
        }
    }

    /** A semaphore that hands a permit to a waiter whose time may have run out, and then it is gone. */
    static final class ForgetfulSemaphore implements Token {
        private final AtomicInteger permits = new AtomicInteger();
        private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();

        @Override
        public synchronized void give(SplittableRandom random) {
            Waiter first = waiters.poll();
            if (first == null) {
                permits.incrementAndGet();
            } else {
                first.granted = true;
                LockSupport.unpark(first.thread);
            }
        }

        @Override
        public void take() throws InterruptedException {
            Waiter waiter = enter();
            while (waiter != null && !waiter.granted) {
                park(this);
            }
        }

        @Override
        public void linger(Duration timeout) throws InterruptedException {
            Waiter waiter = enter();
            if (waiter == null) {
                give(new SplittableRandom(0));
                return;
            }
            LockSupport.parkNanos(this, timeout.toNanos());
            if (waiter.granted) {
                give(new SplittableRandom(0));
            } else {
                waiters.remove(waiter); // it may have been granted since
            }
        }

        /** A waiter, or null if there was a permit. */
        private synchronized Waiter enter() {
            if (permits.get() > 0) {
                permits.decrementAndGet();
                return null;
            }
            Waiter waiter = new Waiter();
            waiters.add(waiter);
            return waiter;
        }

        private static final class Waiter {
            final Thread thread = Thread.currentThread();
            volatile boolean granted;
        }
    }

    /** What can be done wrong with a queue. */
    enum Mistake {
        SIGNALS_FIRST,
        KEEPS_THE_SIGNAL
    }

    /** A flag with a queue that is not used as its rules say. */
    static final class MisusedQueue implements Token {
        private final AtomicBoolean there = new AtomicBoolean();
        private final WaitQueue queue = WaitQueue.fifo(this, Parker.system());
        private final Mistake mistake;

        MisusedQueue(Mistake mistake) {
            this.mistake = mistake;
        }

        @Override
        public void give(SplittableRandom random) {
            if (mistake == Mistake.SIGNALS_FIRST) {
                queue.signal();
                Pause.brief(random);
                there.set(true);
            } else {
                there.set(true);
                queue.signal();
            }
        }

        @Override
        public void take() throws InterruptedException {
            queue.await(new WaitQueue.Waiter() {
                @Override
                protected boolean attempt() {
                    return there.compareAndSet(true, false);
                }

                @Override
                protected boolean more() {
                    return false;
                }
            });
        }

        /** Leaves without a word that the next one might go on. */
        @Override
        public void linger(Duration timeout) throws InterruptedException {
            if (mistake == Mistake.KEEPS_THE_SIGNAL) {
                WaitQueue.Waiter lingerer = new WaitQueue.Waiter() {
                    @Override
                    protected boolean attempt() {
                        return false;
                    }

                    @Override
                    protected boolean more() {
                        return false;
                    }
                };
                Scenario.expect("taken", 0, queue.await(lingerer, timeout.toNanos()) ? 1 : 0);
            }
        }
    }

    /** A barrier that asks whether all are there after it has counted: two may find that they were the last. */
    static final class TwoLastParties implements LockstepScenario.Point {
        private static final long DAWDLE_NANOS = 200_000L;

        private final int parties;
        private final AtomicLong actions;
        private final AtomicInteger arrived = new AtomicInteger();
        private volatile int generation;

        TwoLastParties(int parties, AtomicLong actions) {
            this.parties = parties;
            this.actions = actions;
        }

        @Override
        public void await() throws InterruptedException {
            int mine = generation;
            arrived.incrementAndGet();
            LockSupport.parkNanos(DAWDLE_NANOS);
            if (arrived.get() == parties) {
                actions.incrementAndGet();
                LockSupport.parkNanos(DAWDLE_NANOS);
                arrived.set(0);
                generation = mine + 1;
            }
            while (generation == mine) {
                LockSupport.parkNanos(DAWDLE_NANOS);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
    }

    /** A barrier whose last party wakes one of the others. */
    static final class OneNotified implements LockstepScenario.Point {
        private final int parties;
        private final AtomicLong actions;
        private int arrived;
        private int generation;

        OneNotified(int parties, AtomicLong actions) {
            this.parties = parties;
            this.actions = actions;
        }

        @Override
        public synchronized void await() throws InterruptedException {
            int mine = generation;
            arrived++;
            if (arrived == parties) {
                actions.incrementAndGet();
                arrived = 0;
                generation++;
                notify();
            }
            while (generation == mine) {
                wait();
            }
        }
    }
}
