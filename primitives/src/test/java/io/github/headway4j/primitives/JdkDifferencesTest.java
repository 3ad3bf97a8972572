// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** Why these classes exist: what the JDK's do in the same situation, and what ours do instead. */
class JdkDifferencesTest {

    @Test
    void overRelease_jdkMakesNewPermits_oursRefuses() {
        Semaphore theirs = new Semaphore(1);
        theirs.release(5);
        assertThat(theirs.availablePermits()).isEqualTo(6);

        for (BoundedSemaphore ours : new BoundedSemaphore[] {new BoundedSemaphore(1), BoundedSemaphore.fair(1)}) {
            assertThatIllegalStateException().isThrownBy(() -> ours.release(5));
            assertThatIllegalStateException().isThrownBy(ours::release);
            assertThat(ours.availablePermits()).isOne();
        }
    }

    @Test
    void overRelease_atTheLargestNumber_jdkThrowsAnError_oursAnException() {
        Semaphore theirs = new Semaphore(Integer.MAX_VALUE);
        assertThatThrownBy(theirs::release).isExactlyInstanceOf(Error.class);

        BoundedSemaphore ours = new BoundedSemaphore(Integer.MAX_VALUE);
        assertThatIllegalStateException().isThrownBy(ours::release);
        assertThat(ours.availablePermits()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void releaseInFinally_afterAFailedTryAcquire_jdkNeverNotices_oursTellsTheHolder() {
        Semaphore theirs = new Semaphore(1);
        assertThat(theirs.tryAcquire()).isTrue();
        tryOnceAndReleaseInAnyCase(theirs);
        theirs.release();
        assertThat(theirs.availablePermits()).isEqualTo(2); // from now on two threads get in at once

        BoundedSemaphore ours = new BoundedSemaphore(1);
        assertThat(ours.tryAcquire()).isTrue();
        try {
            assertThat(ours.tryAcquire()).isFalse();
        } finally {
            ours.release(); // the same mistake
        }
        assertThatIllegalStateException().isThrownBy(ours::release);
        assertThat(ours.availablePermits()).isOne();
    }

    private static void tryOnceAndReleaseInAnyCase(Semaphore semaphore) {
        try {
            assertThat(semaphore.tryAcquire()).isFalse();
        } finally {
            semaphore.release();
        }
    }

    @Test
    void failedTryHold_hasNothingToGiveBack() {
        BoundedSemaphore ours = new BoundedSemaphore(1);
        try (Held holder = ours.hold()) {
            try (Held failed = ours.tryHold()) {
                assertThat(failed).isNull();
            }
            assertThat(ours.availablePermits()).isZero();
            assertThat(holder).isNotNull();
        }
        assertThat(ours.availablePermits()).isOne();
    }

    @Test
    void secondRelease_jdkFreesWhatSomebodyElseHolds_heldDoesNot() {
        Semaphore theirs = new Semaphore(1);
        assertThat(theirs.tryAcquire()).isTrue();
        theirs.release();
        assertThat(theirs.tryAcquire()).isTrue(); // somebody else
        theirs.release(); // the first one again
        assertThat(theirs.tryAcquire()).isTrue(); // two are inside

        BoundedSemaphore ours = new BoundedSemaphore(1);
        Mutex mutex = new Mutex();
        for (Holdable holdable : new Holdable[] {ours, mutex}) {
            Held first = holdable.hold();
            first.close();
            Held second = holdable.hold();
            first.close();
            assertThat(holdable.tryHold()).isNull();
            second.close();
        }
    }

    @Test
    void fairTryAcquire_jdkOvertakesTheQueue_oursDoesNot() throws InterruptedException {
        Semaphore theirs = new Semaphore(1, true);
        BoundedSemaphore ours = BoundedSemaphore.fair(2);
        assertThat(ours.tryAcquire()).isTrue(); // one of two is left, as in theirs
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> theirWaiter = threads.start("waits for the JDK's", () -> theirs.acquire(2));
            TestThread<Void> ourWaiter = threads.start("waits for ours", () -> ours.acquire(2));
            theirWaiter.awaitParked();
            ourWaiter.awaitParked(ours);

            assertThat(theirs.tryAcquire()).isTrue();
            assertThat(ours.tryAcquire()).isFalse();
            assertThat(ours.tryHold()).isNull();

            assertThat(ours.tryAcquireBarging()).isTrue(); // says what it does

            theirs.release(2);
            ours.release(2);
            theirWaiter.join();
            ourWaiter.join();
        }
    }

    @Test
    void unlockByAnotherThread_jdkRefuses_mutexBelongsToNobody() {
        ReentrantLock theirs = new ReentrantLock();
        Mutex ours = new Mutex();
        theirs.lock();
        ours.lock();
        try (TestThreads threads = new TestThreads()) {
            assertThat(threads.start("unlocks the JDK's", theirs::unlock).failure())
                    .isInstanceOf(IllegalMonitorStateException.class);
            threads.start("unlocks ours", ours::unlock).join();
        }
        assertThat(theirs.isLocked()).isTrue();
        assertThat(ours.isLocked()).isFalse();
    }

    @Test
    void lockingAgain_jdkLetsTheHolderIn_mutexDoesNot() throws InterruptedException {
        ReentrantLock theirs = new ReentrantLock();
        Mutex ours = new Mutex();
        theirs.lock();
        ours.lock();
        assertThat(theirs.tryLock()).isTrue();
        assertThat(ours.tryLock()).isFalse();
        assertThat(ours.tryLock(1, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void conditionOfSomebodyElsesLock_bothRefuse() {
        ReentrantLock theirs = new ReentrantLock();
        Mutex ours = new Mutex();
        theirs.lock();
        ours.lock();
        try (TestThreads threads = new TestThreads()) {
            assertThat(threads.start("signals the JDK's", theirs.newCondition()::signal)
                            .failure())
                    .isInstanceOf(IllegalMonitorStateException.class);
            assertThat(threads.start("signals ours", ours.newCondition()::signal)
                            .failure())
                    .isInstanceOf(IllegalMonitorStateException.class);
        }
    }

    @Test
    void callingOffARound_jdkMustInterruptSomebody_barrierHasAbort() throws Exception {
        CyclicBarrier theirs = new CyclicBarrier(2);
        Barrier ours = new Barrier(2);
        try (TestThreads threads = new TestThreads()) {
            TestThread<Integer> theirWaiter = threads.start("waits for the JDK's", () -> theirs.await());
            TestThread<Integer> ourWaiter = threads.start("waits for ours", () -> ours.await());
            theirWaiter.awaitParked();
            ourWaiter.awaitParked(ours);
            theirs.reset(); // the only call that frees a waiter
            ours.abort();
            assertThat(theirWaiter.failure()).isInstanceOf(BrokenBarrierException.class);
            assertThat(ourWaiter.failure()).isInstanceOf(BrokenBarrierException.class);
        }
        assertThat(theirs.isBroken()).isFalse();
        assertThatThrownBy(() -> theirs.await(1, TimeUnit.MILLISECONDS)) // a late party waits for nobody
                .isInstanceOf(TimeoutException.class);
        assertThat(ours.isBroken()).isTrue();
        assertThatThrownBy(ours::await).isInstanceOf(BrokenBarrierException.class);
        ours.reset();
        assertThat(ours.isBroken()).isFalse();
    }

    @Test
    void askingWhileTheActionRuns_jdkWaitsForItsEnd_barrierAnswers() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CyclicBarrier theirs = new CyclicBarrier(1, () -> awaitQuietly(end));
        Barrier ours = new Barrier(1, () -> awaitQuietly(end));
        try (TestThreads threads = new TestThreads()) {
            TestThread<Integer> theirParty = threads.start("acts for the JDK's", () -> theirs.await());
            TestThread<Integer> ourParty = threads.start("acts for ours", () -> ours.await());
            theirParty.awaitParked();
            ourParty.awaitParked();
            TestThread<Boolean> theirAsker = threads.start("asks the JDK's", theirs::isBroken);
            theirAsker.awaitParked();

            assertThat(threads.start("asks ours", ours::isBroken).result()).isFalse();
            threads.start("aborts ours", ours::abort).join();
            assertThat(ours.isBroken()).isTrue();

            theirAsker.assertStillParked();
            end.countDown();
            assertThat(theirAsker.result()).isFalse();
            assertThat(theirParty.result()).isZero();
            assertThat(ourParty.failure()).isInstanceOf(BrokenBarrierException.class);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void closingAgain_latchStaysOpen_eventCloses() throws InterruptedException {
        CountDownLatch theirs = new CountDownLatch(1);
        Event ours = new Event();
        for (int day = 0; day < 2; day++) {
            theirs.countDown();
            ours.set();
            assertThat(theirs.await(0, TimeUnit.SECONDS)).isTrue();
            assertThat(ours.await(Duration.ZERO)).isTrue();
            ours.clear(); // the latch has nothing of the kind: a new one, whose waiters are others
            assertThat(theirs.await(0, TimeUnit.SECONDS)).isTrue();
            assertThat(ours.await(Duration.ZERO)).isFalse();
        }
    }

    @Test
    void changeThatSuitsTheSecondWaiter_jdksSignalGoesToTheFirst_guardedWakesTheSecond() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        Condition changed = lock.newCondition();
        AtomicInteger theirs = new AtomicInteger();
        Guarded<Integer> ours = Guarded.of(0);
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> theirFirst = threads.start("wants 2 of the JDK's", () -> await(lock, changed, theirs, 2));
            theirFirst.awaitParked(changed);
            TestThread<Void> theirSecond = threads.start("wants 1 of the JDK's", () -> await(lock, changed, theirs, 1));
            theirSecond.awaitParked(changed);
            TestThread<Void> ourFirst = threads.start("wants 2 of ours", () -> ours.await(n -> n == 2));
            ourFirst.awaitParked(ours);
            TestThread<Void> ourSecond = threads.start("wants 1 of ours", () -> ours.await(n -> n == 1));
            ourSecond.awaitParked(ours);

            theirs.set(1);
            locked(lock, changed::signal);
            ours.update(n -> 1);
            ourSecond.join();
            theirFirst.assertStillParked(); // was woken for nothing
            theirSecond.assertStillParked(); // and this one has got what it waits for

            theirs.set(2);
            locked(lock, changed::signalAll);
            ours.update(n -> 2);
            ourFirst.join();
            theirFirst.join();
            theirs.set(1);
            locked(lock, changed::signalAll);
            theirSecond.join();
        }
    }

    private static void await(ReentrantLock lock, Condition changed, AtomicInteger value, int wanted)
            throws InterruptedException {
        lock.lock();
        try {
            while (value.get() != wanted) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void locked(ReentrantLock lock, Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    @Test
    void iteration_jdkThrowsOrMixesMoments_lockedSetShowsOneMoment() {
        Set<Integer> locked = Collections.synchronizedSet(new HashSet<>(List.of(0, 1, 2, 3)));
        Iterator<Integer> failing = locked.iterator();
        failing.next();
        locked.add(4);
        assertThatThrownBy(failing::next).isInstanceOf(ConcurrentModificationException.class);

        assertThat(iterateAndReplaceZeroByFour(ConcurrentHashMap.newKeySet())).contains(0, 4); // were never together
        assertThat(iterateAndReplaceZeroByFour(new LockedSet<>())).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    private static List<Integer> iterateAndReplaceZeroByFour(Set<Integer> set) {
        set.addAll(List.of(0, 1, 2, 3));
        List<Integer> seen = new ArrayList<>();
        for (Integer element : set) {
            if (seen.isEmpty()) {
                set.remove(0);
                set.add(4);
            }
            seen.add(element);
        }
        return seen;
    }

    @Test
    void bulkOperation_ofTheJdksConcurrentSetIsSeenHalfDone_ofALockedSetNot() {
        assertThat(sizesSeenDuringRemoval(ConcurrentHashMap.newKeySet())).containsExactly(3, 2, 1);
        assertThat(sizesSeenDuringRemoval(new LockedSet<>())).containsExactly(3, 3, 3);
    }

    private static List<Integer> sizesSeenDuringRemoval(Set<Integer> set) {
        set.addAll(List.of(0, 1, 2));
        List<Integer> sizes = new ArrayList<>();
        try (TestThreads threads = new TestThreads()) {
            set.removeIf(element -> {
                sizes.add(threads.start("reader " + element, set::size).result());
                return true;
            });
        }
        assertThat(set).isEmpty();
        return sizes;
    }
}
