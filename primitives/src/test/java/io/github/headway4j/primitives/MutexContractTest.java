// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import io.github.headway4j.testing.BlockingContract;
import io.github.headway4j.testing.BlockingOperation;
import io.github.headway4j.testing.BlockingSubject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** The blocking matrix of {@link Mutex} and its conditions. */
class MutexContractTest extends BlockingContract {

    @Override
    protected List<BlockingOperation<?>> operations() {
        BlockingSubject<Mutex> mutex = BlockingSubject.of(Mutex::new)
                .busy(Mutex::lock)
                .free(Mutex::unlock)
                .state(MutexContractTest::state)
                .blocker(m -> m);
        BlockingSubject<Mailbox> mailbox = BlockingSubject.of(Mailbox::new)
                .busy(Mailbox::takeUninterruptibly)
                .free(Mailbox::put)
                .state(Mailbox::state);
        List<BlockingOperation<?>> operations = new ArrayList<>(List.of(
                mutex.uninterruptible("lock()", Mutex::lock),
                mutex.interruptible("lockInterruptibly()", Mutex::lockInterruptibly),
                mutex.trying("tryLock()", Mutex::tryLock),
                mutex.timed("tryLock(Duration)", Mutex::tryLock),
                mutex.timed("tryLock(long, TimeUnit)", (m, timeout) -> m.tryLock(nanos(timeout), TimeUnit.NANOSECONDS)),
                mailbox.interruptible("Condition.await()", Mailbox::take),
                mailbox.uninterruptible("Condition.awaitUninterruptibly()", Mailbox::takeUninterruptibly),
                mailbox.timed("Condition.awaitNanos(long)", Mailbox::take)));
        operations.addAll(HoldableOperations.withBlocker("Mutex", Mutex::new, MutexContractTest::state));
        return operations;
    }

    @Override
    protected int casesPerThreadKind() {
        return 5 + 6 + 4 + 2 * 25 + 6 + 5 + 25 + HoldableOperations.CASES;
    }

    private static List<Object> state(Mutex mutex) {
        return List.of(mutex.isLocked(), mutex.waiting());
    }

    private static long nanos(Duration timeout) {
        return TimeUnit.NANOSECONDS.convert(timeout);
    }

    /** Room for one letter: the usual loop around a condition. */
    private static final class Mailbox {

        private final Mutex mutex = new Mutex();
        private final Condition arrived = mutex.newCondition();
        private boolean letter = true;

        void put() {
            mutex.lock();
            try {
                letter = true;
                arrived.signal();
            } finally {
                mutex.unlock();
            }
        }

        void take() throws InterruptedException {
            mutex.lockInterruptibly();
            try {
                while (!letter) {
                    arrived.await();
                }
                letter = false;
            } finally {
                mutex.unlock();
            }
        }

        boolean take(Duration timeout) throws InterruptedException {
            mutex.lockInterruptibly();
            try {
                long left = nanos(timeout);
                while (!letter) {
                    if (left <= 0) {
                        return false;
                    }
                    left = arrived.awaitNanos(left);
                }
                letter = false;
                return true;
            } finally {
                mutex.unlock();
            }
        }

        void takeUninterruptibly() {
            mutex.lock();
            try {
                while (!letter) {
                    arrived.awaitUninterruptibly();
                }
                letter = false;
            } finally {
                mutex.unlock();
            }
        }

        List<Object> state() {
            mutex.lock();
            try {
                return List.of(letter, mutex.waiting());
            } finally {
                mutex.unlock();
            }
        }
    }
}
