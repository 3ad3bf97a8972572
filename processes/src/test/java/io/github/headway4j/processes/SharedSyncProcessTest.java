// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@link SharedSemaphore}, {@link SharedEvent} and {@link SharedCondition} between processes, some of which are killed. */
class SharedSyncProcessTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final int BOUND = 3;
    private static final int ROUNDS = 2_000;

    private SharedSemaphore semaphore;
    private SharedEvent event;
    private SharedLock lock;
    private SharedCondition condition;

    @BeforeEach
    void makeThem() throws Exception {
        semaphore = SharedSemaphore.create(BOUND);
        event = SharedEvent.create();
        lock = SharedLock.create();
        condition = lock.newCondition();
    }

    @AfterEach
    void giveThemBack() {
        condition.close();
        lock.close();
        event.close();
        semaphore.close();
    }

    private static Thread awaits(SharedCondition awaited) {
        int before = awaited.waiting();
        Thread waiter = new Thread(() -> {
            try (Held held = awaited.lock().hold()) {
                awaited.awaitUninterruptibly();
            }
        });
        waiter.start();
        Await.until("the wait", () -> awaited.waiting() == before + 1);
        return waiter;
    }

    @Test
    void killedProcess_givesItsPermitsBack_andItsSignals() throws Exception {
        SharedSemaphore seats = semaphore;
        SharedCondition first = condition;
        try (SharedCondition second = lock.newCondition();
                OtherJvm other = OtherJvm.start(talk -> {
                    seats.acquire(2);
                    Thread waiter = awaits(first);
                    awaits(second);
                    talk.say("has two, and waits twice");
                    talk.hear();
                    Await.until("the way back", () -> {
                        Object blocker = LockSupport.getBlocker(waiter);
                        return blocker != null && blocker != first;
                    });
                    talk.say("waits for the lock");
                    talk.hear();
                });
                TestThreads threads = new TestThreads()) {
            other.expect("has two, and waits twice");
            assertThat(semaphore.availablePermits()).isOne();
            assertThat(semaphore.tryAcquire(2)).isFalse();
            TestThread<Void> taker = threads.start("taker", () -> semaphore.acquire(3));
            taker.awaitParked(semaphore);

            // Behind the other process's, in both conditions.
            TestThread<Boolean> heir = threads.start("heir", () -> {
                try (Held held = lock.hold()) {
                    return held != null && first.await(LONG);
                }
            });
            heir.awaitParked(first);
            TestThread<Boolean> next = threads.start("next", () -> {
                try (Held held = lock.hold()) {
                    return held != null && second.await(LONG);
                }
            });
            next.awaitParked(second);

            lock.lock();
            first.signal(); // chooses the other process's, who cannot come back
            assertThat(first.waiting()).isOne();
            other.tell("chosen");
            other.expect("waits for the lock");
            other.kill();
            lock.unlock();
            assertThat(heir.result()).isTrue();

            lock.lock();
            second.signal(); // chooses the dead one
            lock.unlock();
            assertThat(next.result()).isTrue();

            taker.join();
            assertThat(semaphore.availablePermits()).isZero();
            semaphore.release(3);
            assertThat(first.waiting()).isZero();
            assertThat(second.waiting()).isZero();
        }
    }

    /** Nobody waits for the permits as their holder dies; the next try finds out. */
    @Test
    void killedInTheMiddleOfOperations_leavesEverythingUsable() throws Exception {
        SharedSemaphore seats = semaphore;
        SharedCondition waiting = condition;
        try (OtherJvm other = OtherJvm.start(talk -> {
                    seats.acquire(1);
                    SharedLock.at(seats.memory(), 0L).lock();
                    SharedLock.at(waiting.memory(), 0L).lock();
                    waiting.lock().lock();
                    new HalfWay(waiting.memory().longs(), talk).enter();
                });
                TestThreads threads = new TestThreads()) {
            other.expect("half-way");
            TestThread<Boolean> taker = threads.start("taker", () -> semaphore.tryAcquire(3, LONG));
            TestThread<Boolean> waiter = threads.start("waiter", () -> {
                try (Held held = lock.hold()) {
                    return held != null && lock.wasAbandoned() && condition.await(LONG);
                }
            });
            taker.awaitParked();
            waiter.awaitParked();
            other.kill();
            assertThat(taker.result()).isTrue();
            waiter.awaitParked(condition);
            assertThat(condition.waiting()).isOne();
            lock.lock();
            assertThat(lock.wasAbandoned()).isFalse();
            condition.signal();
            lock.unlock();
            assertThat(waiter.result()).isTrue();
            semaphore.release(3);
            assertThat(semaphore.availablePermits()).isEqualTo(BOUND);
        }
    }

    @Test
    void permitsOfOneThatEndsInOrder_areThereForTheNextTry() throws Exception {
        SharedSemaphore seats = semaphore;
        try (OtherJvm other = OtherJvm.start(talk -> {
            seats.acquire(BOUND);
            talk.say("has all");
            talk.hear();
        })) {
            other.expect("has all");
            assertThat(semaphore.tryAcquire()).isFalse();
            semaphore.release(); // any process may
            assertThat(semaphore.tryAcquire()).isTrue();
            other.tell("end");
            other.expectEnd();
            assertThat(semaphore.tryAcquire(2)).isTrue();
            assertThat(semaphore.tryAcquire()).isFalse();
        }
    }

    /**
     * Two processes and this one take permits, count in shared memory under the lock, and hand the turn on by the
     * condition; one of them is killed somewhere in it.
     */
    @Test
    void severalProcesses_keepTheBound_andTheirTurns_alsoIfOneIsKilled() throws Exception {
        try (SharedMemory memory = SharedMemory.create(8 * Long.BYTES);
                OtherJvm survivor = worker(memory);
                OtherJvm victim = worker(memory)) {
            LongArray shared = memory.longs();
            survivor.expect("waits");
            victim.expect("waits");
            event.set(); // releases both, though it is cleared at once
            event.clear();
            new Parts(semaphore, event, condition, memory).work(shared);
            survivor.expect("worked");
            victim.expect("worked");
            assertThat(shared.getVolatile(INSIDE)).isZero();
            assertThat(shared.getVolatile(MOST_INSIDE)).isBetween(1L, (long) BOUND);
            assertThat(shared.getVolatile(TURNS)).isEqualTo(3L * ROUNDS);
            assertThat(semaphore.availablePermits()).isEqualTo(BOUND);
            assertThat(event.isSet()).isFalse();

            long turns = shared.getVolatile(TURNS);
            event.set();
            Await.until("some turns", () -> shared.getVolatile(TURNS) > turns + 100L);
            victim.kill();
            survivor.expect("worked");
            assertThat(semaphore.tryAcquire(BOUND, LONG)).isTrue();
            assertThat(lock.tryLock(LONG)).isTrue();
            lock.unlock();
        }
    }

    private static final int INSIDE = 0;
    private static final int MOST_INSIDE = 1;
    private static final int TURNS = 2;

    private OtherJvm worker(SharedMemory memory) throws Exception {
        Parts parts = new Parts(semaphore, event, condition, memory);
        return OtherJvm.start(talk -> {
            Thread waiter = new Thread(parts.event()::awaitUninterruptibly);
            waiter.start();
            Await.until("the wait", () -> LockSupport.getBlocker(waiter) == parts.event());
            talk.say("waits");
            waiter.join();
            parts.work();
            talk.say("worked");
            parts.event().await();
            parts.work();
            talk.say("worked");
        });
    }

    /** A table in which whoever enters stops before the last write. */
    private static final class HalfWay extends WaiterTable {
        private final OtherJvm.Talk talk;
        private int writes;

        HalfWay(LongArray words, OtherJvm.Talk talk) {
            super(words, ProcessIdentity.own(), ProcessIdentity::isAlive);
            this.talk = talk;
        }

        @Override
        void write(int index, long value) {
            if (++writes == 4) {
                talk.say("half-way");
                Await.until("the end", () -> false);
            }
            super.write(index, value);
        }
    }

    /** What the processes share. */
    private record Parts(SharedSemaphore semaphore, SharedEvent event, SharedCondition condition, SharedMemory memory)
            implements Serializable {

        void work() throws Exception {
            work(memory.longs());
        }

        /** Takes a permit, then a turn; now and then waits for a turn of somebody else. */
        void work(LongArray shared) throws Exception {
            for (int i = 0; i < ROUNDS; i++) {
                int permits = 1 + i % BOUND;
                semaphore.acquire(permits);
                long inside = shared.addAndGet(INSIDE, permits);
                long most = shared.getVolatile(MOST_INSIDE);
                while (most < inside && !shared.compareAndSet(MOST_INSIDE, most, inside)) {
                    most = shared.getVolatile(MOST_INSIDE);
                }
                shared.getAndAdd(INSIDE, -permits);
                semaphore.release(permits);
                try (Held held = condition.lock().hold()) {
                    long turns = shared.get(TURNS) + 1L;
                    shared.set(TURNS, turns);
                    condition.signalAll();
                    if (i % 50 == 49) {
                        condition.await(Duration.ofMillis(1));
                    }
                }
            }
        }
    }
}
