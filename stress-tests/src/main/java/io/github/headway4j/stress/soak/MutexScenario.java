// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.Mutex;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;

/** A mutex in all its forms around a plain counter, and a small buffer on its conditions. */
@SuppressWarnings("try") // holds are for their scope, and some are closed twice on purpose
final class MutexScenario implements Scenario {

    private static final int CAPACITY = 2;
    private static final int LONGEST_WAIT_NANOS = 200_000;

    private final Mutex mutex = new Mutex();
    private final Condition notFull = mutex.newCondition();
    private final Condition notEmpty = mutex.newCondition();
    private final LongAdder expectedCount = new LongAdder();
    private final LongAdder puts = new LongAdder();
    private final LongAdder takes = new LongAdder();

    /** Guarded by the mutex, and plain, so that a hole in it shows. */
    private long count;

    /** Guarded by the mutex: elements in the buffer. */
    private int stored;

    @Override
    public String name() {
        return "mutex";
    }

    @Override
    public void step(SplittableRandom random) throws InterruptedException {
        switch (random.nextInt(8)) {
            case 0 -> {
                mutex.lock();
                countAndUnlock(random);
            }
            case 1 -> {
                mutex.lockInterruptibly();
                countAndUnlock(random);
            }
            case 2 -> {
                if (mutex.tryLock()) {
                    countAndUnlock(random);
                }
            }
            case 3 -> {
                if (mutex.tryLock(random.nextInt(LONGEST_WAIT_NANOS), TimeUnit.NANOSECONDS)) {
                    countAndUnlock(random);
                }
            }
            case 4 -> {
                try (Held held = mutex.hold()) {
                    increment(random);
                    held.close();
                }
            }
            case 5 -> {
                try (Held held = mutex.tryHold(Duration.ofNanos(random.nextInt(LONGEST_WAIT_NANOS)))) {
                    if (held != null) {
                        increment(random);
                    }
                }
            }
            case 6 -> put(random);
            default -> take(random);
        }
    }

    @Override
    public void check() {
        String who = name() + " " + mutex;
        Scenario.expect(who + ", locked", 0, mutex.isLocked() ? 1 : 0);
        Scenario.expect(who + ", threads waiting", 0, mutex.waiting());
        Scenario.expect(who + ", increments", expectedCount.sum(), count);
        Scenario.expect(who + ", elements in the buffer", puts.sum() - takes.sum(), stored);
    }

    private void countAndUnlock(SplittableRandom random) {
        increment(random);
        mutex.unlock();
    }

    private void increment(SplittableRandom random) {
        long read = count;
        Pause.brief(random);
        count = read + 1;
        expectedCount.increment();
    }

    private void put(SplittableRandom random) throws InterruptedException {
        mutex.lockInterruptibly();
        try {
            long nanos = random.nextInt(LONGEST_WAIT_NANOS);
            while (stored == CAPACITY) {
                if (nanos <= 0) {
                    return;
                }
                nanos = notFull.awaitNanos(nanos);
            }
            stored++;
            puts.increment();
            notEmpty.signal();
        } finally {
            mutex.unlock();
        }
    }

    private void take(SplittableRandom random) throws InterruptedException {
        mutex.lockInterruptibly();
        try {
            long nanos = random.nextInt(LONGEST_WAIT_NANOS);
            while (stored == 0) {
                if (nanos <= 0) {
                    return;
                }
                nanos = notEmpty.awaitNanos(nanos);
            }
            stored--;
            takes.increment();
            notFull.signal();
        } finally {
            mutex.unlock();
        }
    }
}
