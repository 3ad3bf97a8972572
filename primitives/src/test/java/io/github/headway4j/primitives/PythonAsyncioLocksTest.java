// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.Condition;

/**
 * What CPython's tests demand of the locks of {@code asyncio}, beyond those of {@code threading}: strict order, and
 * waits that are cancelled at a bad moment, which is here to interrupt a thread. The counterpart of
 * {@code asyncio.Lock} and {@code asyncio.Semaphore} is {@link BoundedSemaphore#fair}.
 */
class PythonAsyncioLocksTest {

    /** How often what has two outcomes is tried. */
    private static final int RACES = 40;

    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    /** A thread that takes a permit, says so and keeps it; it waits when this returns. */
    private TestThread<Void> waiting(TestThreads threads, BoundedSemaphore semaphore, String name) {
        TestThread<Void> waiter = threads.start(name, () -> {
            semaphore.acquire();
            order.add(name);
        });
        waiter.awaitParked(semaphore);
        return waiter;
    }

    private static BoundedSemaphore taken(int permits) {
        BoundedSemaphore semaphore = BoundedSemaphore.fair(permits);
        assertThat(semaphore.tryAcquire(permits)).isTrue();
        return semaphore;
    }

    // ---- lock ----

    @EachThreadKind
    @Python("A37")
    void lock_goesRoundInTheOrderOfArrival_andNobodyOvertakes(ThreadKind kind) {
        BoundedSemaphore lock = taken(1);
        try (TestThreads threads = new TestThreads(kind)) {
            List<TestThread<Void>> waiters = new ArrayList<>();
            for (String name : List.of("a", "b", "c")) {
                waiters.add(waiting(threads, lock, name));
            }
            for (TestThread<Void> waiter : waiters) {
                lock.release();
                assertThat(lock.tryAcquire()).isFalse();
                waiter.join();
            }
        }
        assertThat(order).containsExactly("a", "b", "c");
        assertThat(lock.stats()).isEqualTo(new BoundedSemaphore.Stats(1, 0, 1, 0));
    }

    /** Released first, it has the lock before it can notice the interrupt; interrupted first, either may win. */
    @EachThreadKind
    @Python({"A37", "A40"})
    void waiterInterruptedAtTheRelease_oneHolds_andTheNextIsNotForgotten(ThreadKind kind) {
        for (int race = 0; race < RACES; race++) {
            boolean releaseFirst = race % 2 == 0;
            BoundedSemaphore lock = taken(1);
            try (TestThreads threads = new TestThreads(kind)) {
                TestThread<Void> first = waiting(threads, lock, "first");
                TestThread<Void> next = waiting(threads, lock, "next");
                if (releaseFirst) {
                    lock.release();
                }
                first.interrupt();
                if (!releaseFirst) {
                    lock.release();
                }
                Throwable failure = first.failure();
                if (failure == null) {
                    next.assertStillParked();
                    lock.release();
                } else {
                    assertThat(releaseFirst).isFalse();
                    assertThat(failure).isInstanceOf(InterruptedException.class);
                }
                next.join();
            }
            assertThat(lock.stats()).isEqualTo(new BoundedSemaphore.Stats(1, 0, 1, 0));
        }
    }

    // ---- event ----

    @EachThreadKind
    @Python("A38")
    void event_waiterInterrupted_leavesAlone(ThreadKind kind) {
        Event event = new Event();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> leaver = threads.start("leaver", () -> event.await());
            TestThread<Void> stayer = threads.start("stayer", () -> event.await());
            leaver.awaitParked(event);
            stayer.awaitParked(event);
            leaver.interrupt();
            assertThat(leaver.failure()).isInstanceOf(InterruptedException.class);
            stayer.assertStillParked();
            assertThat(event.isSet()).isFalse();
            event.set();
        }
        assertThat(event.waiting()).isZero();
    }

    // ---- condition ----

    private final Mutex mutex = new Mutex();
    private final Condition condition = mutex.newCondition();

    /** Waits for a signal; the result tells how that ended, and if the thread had not got the mutex back. */
    private TestThread<String> waiter(TestThreads threads, String name) {
        TestThread<String> waiter = threads.start(name, () -> {
            mutex.lock();
            String end;
            try {
                condition.await();
                end = Thread.interrupted() ? "signalled, interrupt pending" : "signalled";
            } catch (InterruptedException e) {
                end = "interrupted";
            }
            String held = mutex.owner() == Thread.currentThread() ? "" : ", without the mutex";
            mutex.unlock();
            return end + held;
        });
        waiter.awaitParked(condition);
        return waiter;
    }

    private void signal(int times) {
        mutex.lock();
        for (int i = 0; i < times; i++) {
            condition.signal();
        }
        mutex.unlock();
    }

    @EachThreadKind
    @Python("A39")
    void notified_itStillWaitsForTheLock(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<String> waiter = waiter(threads, "waiter");
            mutex.lock();
            condition.signal();
            waiter.awaitParked(mutex);
            mutex.unlock();
            assertThat(waiter.result()).isEqualTo("signalled");
        }
    }

    @EachThreadKind
    @Python("A39")
    void notifiedTooOften_allWake_andNothingIsKeptForLaterOnes(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            List<TestThread<String>> waiters = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                waiters.add(waiter(threads, "waiter " + i));
            }
            signal(2);
            assertThat(waiters.get(0).result()).isEqualTo("signalled");
            assertThat(waiters.get(1).result()).isEqualTo("signalled");
            waiters.get(2).assertStillParked();
            signal(2048);
            assertThat(waiters.get(2).result()).isEqualTo("signalled");
            TestThread<String> late = waiter(threads, "late");
            mutex.lock();
            mutex.unlock();
            late.assertStillParked();
            signal(1);
            assertThat(late.result()).isEqualTo("signalled");
        }
    }

    @EachThreadKind
    @Python("A39")
    void interruptedWhileItWaits_hasTheLockAgain_andTheSignalIsForAnother(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<String> leaver = waiter(threads, "leaver");
            TestThread<String> stayer = waiter(threads, "stayer");
            mutex.lock();
            leaver.interrupt();
            leaver.awaitParked(mutex);
            mutex.unlock();
            assertThat(leaver.result()).isEqualTo("interrupted");
            stayer.assertStillParked();
            signal(1);
            assertThat(stayer.result()).isEqualTo("signalled");
        }
    }

    /** A signal is not lost: who was chosen before it had the lock again keeps it, and nobody else is woken for it. */
    @EachThreadKind
    @Python("A39")
    void interruptedWhileItWaitsForTheLock_andChosen_returnsAsSignalled_andTheInterruptStays(ThreadKind kind) {
        for (boolean signalFirst : new boolean[] {true, false}) {
            try (TestThreads threads = new TestThreads(kind)) {
                TestThread<String> chosen = waiter(threads, "chosen");
                TestThread<String> other = waiter(threads, "other");
                mutex.lock();
                if (signalFirst) {
                    condition.signal();
                } else {
                    chosen.interrupt();
                }
                chosen.awaitParked(mutex);
                if (signalFirst) {
                    chosen.interrupt();
                } else {
                    condition.signal();
                }
                chosen.assertStillParked();
                mutex.unlock();
                assertThat(chosen.result()).isEqualTo("signalled, interrupt pending");
                other.assertStillParked();
                signal(1);
                assertThat(other.result()).isEqualTo("signalled");
            }
        }
    }

    // ---- semaphore: the four scenarios of order ----

    @EachThreadKind
    @Python("A40")
    void threeThreads_takeTurns_twice(ThreadKind kind) {
        BoundedSemaphore semaphore = BoundedSemaphore.fair(1);
        semaphore.acquireUninterruptibly();
        try (TestThreads threads = new TestThreads(kind)) {
            for (String name : List.of("a", "b", "c")) {
                threads.start(name, () -> {
                            semaphore.acquire();
                            order.add(name + 1);
                            Await.until("the others to wait", () -> semaphore.waiting() == 2);
                            semaphore.release();
                            semaphore.acquire();
                            order.add(name + 2);
                            semaphore.release();
                        })
                        .awaitParked(semaphore);
            }
            semaphore.release();
        }
        assertThat(order).containsExactly("a1", "b1", "c1", "a2", "b2", "c2");
        assertThat(semaphore.stats()).isEqualTo(new BoundedSemaphore.Stats(1, 1, 0, 0));
    }

    @EachThreadKind
    @Python("A40")
    void oneThatComesBack_isBehindThoseWhoWait(ThreadKind kind) {
        BoundedSemaphore semaphore = taken(2);
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> returning = threads.start("returning", () -> {
                semaphore.acquire();
                order.add("returning");
                semaphore.release();
                semaphore.acquire();
                order.add("again");
            });
            returning.awaitParked(semaphore);
            TestThread<Void> waiter = waiting(threads, semaphore, "waiter");
            semaphore.release();
            waiter.join();
            returning.awaitParked(semaphore);
            semaphore.release();
        }
        assertThat(order).containsExactly("returning", "waiter", "again");
    }

    @EachThreadKind
    @Python("A40")
    void interruptedBeforeItsTurn_itIsLeftOut_whereverItStands(ThreadKind kind) {
        for (int place = 0; place < 3; place++) {
            order.clear();
            List<String> expected = new ArrayList<>(List.of("a", "b", "c"));
            BoundedSemaphore semaphore = taken(1);
            try (TestThreads threads = new TestThreads(kind)) {
                List<TestThread<Void>> waiters = new ArrayList<>();
                for (String name : expected) {
                    waiters.add(waiting(threads, semaphore, name));
                }
                expected.remove(place);
                TestThread<Void> leaver = waiters.remove(place);
                leaver.interrupt();
                assertThat(leaver.failure()).isInstanceOf(InterruptedException.class);
                for (TestThread<Void> waiter : waiters) {
                    semaphore.release();
                    waiter.join();
                }
            }
            assertThat(order).isEqualTo(expected);
            assertThat(semaphore.stats()).isEqualTo(new BoundedSemaphore.Stats(1, 0, 1, 0));
        }
    }

    @EachThreadKind
    @Python("A40")
    void severalReleasedAtOnce_belongToTheFirst_andNotToWhoComesNow(ThreadKind kind) {
        BoundedSemaphore semaphore = taken(3);
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> first = waiting(threads, semaphore, "first");
            TestThread<Void> second = waiting(threads, semaphore, "second");
            TestThread<Void> third = waiting(threads, semaphore, "third");
            semaphore.release(2);
            assertThat(semaphore.tryAcquire()).isFalse();
            first.join();
            second.join();
            third.assertStillParked();
            semaphore.release();
            third.join();
        }
        assertThat(semaphore.stats()).isEqualTo(new BoundedSemaphore.Stats(3, 0, 3, 0));
    }

    // ---- barrier ----

    /** One party comes back while the other has not gone yet: it belongs to the next cycle, and waits for it. */
    @EachThreadKind
    @Python("A41")
    void barrierThatDrains_letsNobodyIn_untilItIsFullAgain(ThreadKind kind) throws Exception {
        Barrier barrier = new Barrier(2);
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<List<Integer>> twice = threads.start("twice", () -> List.of(barrier.await(), barrier.await()));
            twice.awaitParked(barrier);
            assertThat(barrier.await()).isOne();
            Await.until("its second wait", () -> barrier.waiting() == 1);
            twice.awaitParked(barrier);
            assertThat(barrier.await()).isOne();
            assertThat(twice.result()).containsExactly(0, 0);
        }
        assertThat(barrier.waiting()).isZero();
    }
}
