// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.primitives.BoundedSemaphore;
import io.github.headway4j.primitives.Event;
import io.github.headway4j.primitives.Guarded;
import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.KeyedLocks;
import io.github.headway4j.primitives.Mutex;
import io.github.headway4j.primitives.WaitQueue;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** Tokens made of each class that threads wait for. */
final class Tokens {

    private Tokens() {}

    /** A ring for each class and each way to wait. */
    static List<Scenario> handOffs() {
        Guarded<Integer> turn = Guarded.of(OfGuarded.NOBODYS);
        KeyedLocks<Integer> locks = new KeyedLocks<>();
        return List.of(
                new HandOffScenario(
                        "semaphore", semaphore(new BoundedSemaphore(2)), semaphore(new BoundedSemaphore(2))),
                new HandOffScenario(
                        "fair semaphore", semaphore(BoundedSemaphore.fair(2)), semaphore(BoundedSemaphore.fair(2))),
                new HandOffScenario("mutex", new OfMutex(), new OfMutex(), new OfMutex()),
                new HandOffScenario("condition", new OfCondition(), new OfCondition()),
                new HandOffScenario("keyed locks", new OfKey(locks, 1), new OfKey(locks, 2)),
                new HandOffScenario("guarded", new OfGuarded(turn, 0), new OfGuarded(turn, 1), new OfGuarded(turn, 2)),
                new HandOffScenario("event", new OfEvent(), new OfEvent()),
                new HandOffScenario("pulse of an event", new OfPulse(), new OfPulse()),
                new HandOffScenario("barging queue", queue(WaitQueue::barging), queue(WaitQueue::barging)),
                new HandOffScenario("queue in order", queue(WaitQueue::fifo), queue(WaitQueue::fifo)),
                new HandOffScenario("broadcasting queue", gate(), gate()));
    }

    private static Token semaphore(BoundedSemaphore semaphore) {
        return new OfSemaphore(semaphore);
    }

    private static Token gate() {
        return new QueueToken(WaitQueue::broadcast, true);
    }

    private static Token queue(QueueToken.Kind kind) {
        return new QueueToken(kind, false);
    }

    /** One of two permits; the other one is never given back, so that nobody who wants both gets them. */
    private static final class OfSemaphore implements Token {
        private final BoundedSemaphore semaphore;

        OfSemaphore(BoundedSemaphore semaphore) {
            this.semaphore = semaphore;
            Scenario.expect("semaphore, permits left by " + semaphore, 1, semaphore.tryAcquire(2) ? 1 : 0);
        }

        @Override
        public void give(SplittableRandom random) {
            semaphore.release();
        }

        @Override
        public void take() throws InterruptedException {
            semaphore.acquire();
        }

        @Override
        public void linger(Duration timeout) throws InterruptedException {
            Scenario.expect("hand-off, permits of " + semaphore, 0, semaphore.tryAcquire(2, timeout) ? 1 : 0);
        }
    }

    /** A mutex that one thread unlocks for another. */
    private static final class OfMutex implements Token {
        private final Mutex mutex = new Mutex();

        OfMutex() {
            mutex.lock();
        }

        @Override
        public void give(SplittableRandom random) {
            mutex.unlock();
        }

        @Override
        public void take() throws InterruptedException {
            mutex.lockInterruptibly();
        }

        @Override
        public void linger(Duration timeout) throws InterruptedException {
            if (mutex.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                mutex.unlock();
            }
        }
    }

    /** A flag under a mutex, and one signal for it. */
    private static final class OfCondition implements Token {
        private final Mutex mutex = new Mutex();
        private final Condition given = mutex.newCondition();

        /** Guarded by the mutex. */
        private boolean there;

        @Override
        public void give(SplittableRandom random) {
            mutex.lock();
            try {
                there = true;
                given.signal();
            } finally {
                mutex.unlock();
            }
        }

        @Override
        public void take() throws InterruptedException {
            mutex.lockInterruptibly();
            try {
                while (!there) {
                    given.await();
                }
                there = false;
            } finally {
                mutex.unlock();
            }
        }

        /** Passes a signal on that it was sent, as everybody must who has no use for it. */
        @Override
        @SuppressWarnings("WaitNotInLoop") // waits for nothing but a signal, and there are no others
        public void linger(Duration timeout) throws InterruptedException {
            mutex.lockInterruptibly();
            try {
                if (given.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                    given.signal();
                }
            } finally {
                mutex.unlock();
            }
        }
    }

    /** The hold of a key that one thread closes for another. */
    private static final class OfKey implements Token {
        private final KeyedLocks<Integer> locks;
        private final int key;

        /** Written by who takes it, before it goes on to the one who gives it. */
        private Held held;

        OfKey(KeyedLocks<Integer> locks, int key) {
            this.locks = locks;
            this.key = key;
            this.held = locks.hold(key);
        }

        @Override
        public void give(SplittableRandom random) {
            held.close();
        }

        @Override
        public void take() throws InterruptedException {
            held = locks.holdInterruptibly(key);
        }

        @Override
        public void linger(Duration timeout) throws InterruptedException {
            Held lent = locks.tryHold(key, timeout);
            if (lent != null) {
                lent.close();
            }
        }
    }

    /** Whose turn it is; all wait for the same value, each with a condition of its own. */
    private static final class OfGuarded implements Token {
        static final int NOBODYS = -1;

        private final Guarded<Integer> turn;
        private final int mine;

        OfGuarded(Guarded<Integer> turn, int mine) {
            this.turn = turn;
            this.mine = mine;
        }

        @Override
        public void give(SplittableRandom random) {
            turn.update(n -> mine);
        }

        @Override
        public void take() throws InterruptedException {
            turn.awaitThen(n -> n == mine, n -> turn.update(m -> NOBODYS));
        }

        @Override
        public void linger(Duration timeout) throws InterruptedException {
            turn.await(n -> n < NOBODYS, timeout);
        }
    }

    /** An event that is cleared by the one who waited for it. */
    private static final class OfEvent implements Token {
        private final Event event = new Event();

        @Override
        public void give(SplittableRandom random) {
            event.set();
        }

        @Override
        public void take() throws InterruptedException {
            event.await();
            event.clear();
        }

        @Override
        public void linger(Duration timeout) throws InterruptedException {
            event.await(timeout);
        }
    }

    /** An event that is set and cleared at once, as soon as somebody waits. */
    private static final class OfPulse implements Token {
        private final Event event = new Event();

        @Override
        public void give(SplittableRandom random) {
            while (event.waiting() == 0) {
                Thread.yield();
            }
            event.set();
            event.clear();
        }

        @Override
        public void take() throws InterruptedException {
            event.await();
        }

        /** Does not wait: the one who gives would take this thread for the one who takes. */
        @Override
        public void linger(Duration timeout) {
            Thread.onSpinWait();
        }
    }
}
