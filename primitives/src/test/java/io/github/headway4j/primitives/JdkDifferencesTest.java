// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
}
