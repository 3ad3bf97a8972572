// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Rounds;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import org.junit.jupiter.api.Test;

class LocksTest {

    @Test
    void holdAll_holdsEverything_andGivesBackInReverse() {
        List<String> log = new ArrayList<>();
        Held all = Locks.holdAll(logged("a", log), logged("b", log), logged("c", log));
        all.close();
        all.close();
        assertThat(log).containsExactly("hold a", "try b", "try c", "close c", "close b", "close a");
    }

    @Test
    void holdAll_ofNothing_isEmpty() throws InterruptedException {
        Locks.holdAll().close();
        Locks.holdAllInterruptibly().close();
        assertThat(Locks.tryHoldAll()).isNotNull();
        assertThat(Locks.tryHoldAll(Duration.ofDays(1))).isNotNull();
    }

    @Test
    void holdAll_sameThingTwice_holdsItOnce() {
        Mutex mutex = new Mutex();
        Locks.holdAll(mutex, mutex, Locks.of(mutex)).close();
        StampedLock stamped = new StampedLock();
        java.util.concurrent.locks.Lock write = stamped.asWriteLock();
        Locks.holdAll(Locks.of(write), Locks.of(write)).close();
        assertThat(stamped.isWriteLocked()).isFalse();
        KeyedLocks<String> keyed = new KeyedLocks<>();
        Locks.holdAll(keyed.at("k"), keyed.at(new String("k"))).close();
        BoundedSemaphore one = new BoundedSemaphore(1);
        Locks.holdAll(one, one).close();
        assertThat(one.availablePermits()).isOne();
    }

    @Test
    void null_isRefusedBeforeAnythingIsHeld() {
        List<String> log = new ArrayList<>();
        Holdable one = logged("one", log);
        assertThatNullPointerException().isThrownBy(() -> Locks.holdAll(one, null));
        assertThatNullPointerException().isThrownBy(() -> Locks.tryHoldAll(one, null));
        assertThatNullPointerException().isThrownBy(() -> Locks.of(null));
        assertThat(log).isEmpty();
    }

    @Test
    void tryHoldAll_oneBusy_holdsNothing() throws InterruptedException {
        Mutex free = new Mutex();
        Mutex busy = new Mutex();
        busy.lock();
        assertThat(Locks.tryHoldAll(free, busy)).isNull();
        assertThat(Locks.tryHoldAll(Duration.ZERO, busy, free)).isNull();
        assertThat(Locks.tryHoldAll(Duration.ofMillis(5), free, busy)).isNull();
        assertThat(free.isLocked()).isFalse();
        busy.unlock();
        try (Held all = Locks.tryHoldAll(Duration.ofSeconds(9), free, busy)) {
            assertThat(all).isNotNull();
            assertThat(free.isLocked() && busy.isLocked()).isTrue();
        }
        assertThat(free.isLocked() || busy.isLocked()).isFalse();
    }

    @EachThreadKind
    void holdAllInterruptibly_interruptedWhileWaiting_holdsNothing(ThreadKind kind) {
        Mutex free = new Mutex();
        Mutex busy = new Mutex();
        busy.lock();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Held> waiter = threads.start("waiter", () -> Locks.holdAllInterruptibly(free, busy));
            waiter.awaitParked(busy);
            assertThat(free.isLocked()).isFalse(); // nothing is held while it waits
            waiter.interrupt();
            assertThat(waiter.failure()).isInstanceOf(InterruptedException.class);
        }
        assertThat(free.isLocked()).isFalse();
        assertThat(busy.waiting()).isZero();
    }

    @Test
    void pendingInterrupt_isSeenFirst() {
        Mutex mutex = new Mutex();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Locks.holdAllInterruptibly(mutex)).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Locks.tryHoldAll(Duration.ZERO, mutex)).isInstanceOf(InterruptedException.class);
        assertThat(mutex.isLocked()).isFalse();
        Thread.currentThread().interrupt();
        Locks.holdAll(mutex).close();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void failureOfOne_givesTheOthersBack() {
        Mutex first = new Mutex();
        IllegalStateException failure = new IllegalStateException("broken");
        Holdable broken = new FailingHoldable(failure);
        assertThatThrownBy(() -> Locks.holdAll(first, broken)).isSameAs(failure);
        assertThatThrownBy(() -> Locks.tryHoldAll(first, broken)).isSameAs(failure);
        assertThat(first.isLocked()).isFalse();
    }

    @Test
    void closeThatThrows_stillGivesTheOthersBack() {
        Mutex mutex = new Mutex();
        IllegalStateException one = new IllegalStateException("one");
        IllegalStateException two = new IllegalStateException("two");
        Held held = Locks.holdAll(new UnclosableHoldable(one), mutex, new UnclosableHoldable(two));
        assertThatThrownBy(held::close).isSameAs(two).hasSuppressedException(one);
        assertThat(mutex.isLocked()).isFalse();
    }

    @Test
    void closeThatThrowsAnError_orTheSameExceptionTwice_stillGivesTheOthersBack() {
        Mutex mutex = new Mutex();
        StackOverflowError error = new StackOverflowError("planted");
        Held held = Locks.holdAll(mutex, new UnclosableHoldable(error));
        assertThatThrownBy(held::close).isSameAs(error);
        assertThat(mutex.isLocked()).isFalse();
        Held twice = Locks.holdAll(mutex, new UnclosableHoldable(error), new UnclosableHoldable(error));
        assertThatThrownBy(twice::close).isSameAs(error);
        assertThat(mutex.isLocked()).isFalse();
    }

    @EachThreadKind
    void closeByAStranger_ofThingsThatHaveAnOwner_givesBackNothing(ThreadKind kind) {
        Mutex mutex = new Mutex();
        ReentrantLock lock = new ReentrantLock();
        Guarded<String> guarded = Guarded.of("");
        LockedSet<String> set = new LockedSet<>();
        for (Holdable bound : List.of(guarded, set, Locks.of(lock))) {
            for (boolean first : new boolean[] {true, false}) {
                Held both = first ? Locks.holdAll(bound, mutex) : Locks.holdAll(mutex, bound);
                try (TestThreads threads = new TestThreads(kind)) {
                    assertThat(threads.start("stranger", both::close).failure())
                            .isInstanceOfAny(IllegalStateException.class, IllegalMonitorStateException.class);
                }
                assertThat(mutex.isLocked()).isTrue();
                both.close();
                assertThat(mutex.isLocked()).isFalse();
                assertThat(bound.tryHold()).isNotNull().satisfies(Held::close);
            }
        }
        assertThat(guarded.isHeldByCurrentThread() || set.isHeld() || lock.isLocked())
                .isFalse();
    }

    @EachThreadKind
    void of_closedByAStrangerAtTheSameTime_isStillClosedByTheOwner(ThreadKind kind) {
        record Shared(ReentrantLock lock, AtomicReference<Held> held) {}
        Rounds.of(5_000, () -> new Shared(new ReentrantLock(), new AtomicReference<>()))
                .body("owner", shared -> {
                    Held held = Locks.of(shared.lock()).hold();
                    shared.held().set(held);
                    held.close();
                })
                .body("stranger", shared -> {
                    for (int looks = 0; looks < 100 && shared.held().get() == null; looks++) {
                        Thread.onSpinWait();
                    }
                    Held held = shared.held().get();
                    if (held != null) {
                        try {
                            held.close();
                        } catch (IllegalMonitorStateException refused) {
                            assertThat(refused).isNotNull();
                        }
                    }
                })
                .check(shared -> assertThat(shared.lock().isLocked()).isFalse())
                .run(kind);
    }

    @EachThreadKind
    void holdAll_withAPendingInterrupt_getsThrough_andKeepsIt(ThreadKind kind) {
        Mutex a = new Mutex();
        Mutex b = new Mutex();
        try (TestThreads threads = new TestThreads(kind)) {
            List<TestThread<Boolean>> workers = new ArrayList<>();
            for (int t = 0; t < 2; t++) {
                Mutex first = t == 0 ? a : b;
                Mutex second = t == 0 ? b : a;
                workers.add(threads.start("worker " + t, () -> {
                    Thread.currentThread().interrupt();
                    for (int i = 0; i < 2_000; i++) {
                        Locks.holdAll(first, second).close();
                    }
                    return Thread.currentThread().isInterrupted();
                }));
            }
            for (TestThread<Boolean> worker : workers) {
                assertThat(worker.result()).isTrue();
            }
        }
        assertThat(a.isLocked() || b.isLocked()).isFalse();
    }

    @Test
    void holdAll_withAPendingInterrupt_keepsItOverThePauses() {
        int[] refusals = {8}; // pauses come after four
        Thread.currentThread().interrupt();
        try (Held all = Locks.holdAll(refusing(refusals), refusing(refusals))) {
            assertThat(all).isNotNull();
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(refusals[0]).isNegative();
    }

    @Test
    void of_unlocksOnce_andLeavesOwnershipToTheLock() {
        ReentrantLock lock = new ReentrantLock();
        Held held = Locks.of(lock).hold();
        assertThat(lock.isHeldByCurrentThread()).isTrue();
        try (TestThreads threads = new TestThreads()) {
            assertThat(threads.start("other", held::close).failure()).isInstanceOf(IllegalMonitorStateException.class);
        }
        assertThat(lock.isLocked()).isTrue();
        held.close();
        held.close();
        assertThat(lock.isLocked()).isFalse();
        assertThat(Locks.of(lock)).isEqualTo(Locks.of(lock)).hasSameHashCodeAs(Locks.of(lock));
        assertThat(Locks.of(lock)).isNotEqualTo(Locks.of(new ReentrantLock()));
    }

    @Test
    void of_triesAsTheLockDoes() throws InterruptedException {
        List<String> log = new ArrayList<>();
        Holdable holdable = Locks.of(new ReentrantLock(true) {
            @Override
            public boolean tryLock() {
                log.add("barging");
                return super.tryLock();
            }

            @Override
            public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
                log.add("fair");
                return super.tryLock(time, unit);
            }
        });
        assertThat(holdable.tryHold()).isNotNull();
        assertThat(holdable.tryHold(Duration.ZERO)).isNotNull();
        assertThat(log).containsExactly("barging", "fair");
    }

    @Test
    void pauses_comeAfterSomeVainRounds_andStayBelowAMillisecond() {
        for (int round = 0; round < 100; round++) {
            long pause = Locks.pauseAfter(round);
            if (round < 4) {
                assertThat(pause).isZero();
            } else {
                assertThat(pause).isPositive().isLessThanOrEqualTo(1_000_000L);
            }
        }
    }

    /** Five philosophers, each taking the left fork first: the order that deadlocks with plain locks. */
    @EachThreadKind
    void philosophers_inTheBadOrder_allEat(ThreadKind kind) {
        int seats = 5;
        int meals = 10_000;
        Mutex[] forks = new Mutex[seats];
        int[] uses = new int[seats]; // each guarded by its fork
        for (int i = 0; i < seats; i++) {
            forks[i] = new Mutex();
        }
        try (TestThreads threads = new TestThreads(kind)) {
            for (int seat = 0; seat < seats; seat++) {
                int left = seat;
                int right = (seat + 1) % seats;
                threads.start("philosopher " + seat, () -> {
                    for (int meal = 0; meal < meals; meal++) {
                        try (Held both = Locks.holdAll(forks[left], forks[right])) {
                            uses[left]++;
                            uses[right]++;
                        }
                    }
                });
            }
        }
        for (int i = 0; i < seats; i++) {
            try (Held fork = forks[i].hold()) {
                assertThat(uses[i]).isEqualTo(2 * meals);
            }
        }
    }

    /** Refuses to be tried as often as told. */
    private static Holdable refusing(int[] refusals) {
        return new PlainHoldable() {
            @Override
            public Held hold() {
                return () -> {};
            }

            @Override
            public Held tryHold() {
                return refusals[0]-- > 0 ? null : hold();
            }
        };
    }

    private static Holdable logged(String name, List<String> log) {
        return new PlainHoldable() {
            @Override
            public Held hold() {
                return held("hold ");
            }

            @Override
            public Held tryHold() {
                return held("try ");
            }

            private Held held(String how) {
                log.add(how + name);
                boolean[] open = {true};
                return () -> {
                    if (open[0]) {
                        open[0] = false;
                        log.add("close " + name);
                    }
                };
            }
        };
    }

    /** Forms that a test does not care about. */
    private abstract static class PlainHoldable implements Holdable {
        @Override
        public Held holdInterruptibly() {
            return hold();
        }

        @Override
        public Held tryHold(Duration timeout) {
            return tryHold();
        }
    }

    private static final class FailingHoldable extends PlainHoldable {
        private final RuntimeException failure;

        FailingHoldable(RuntimeException failure) {
            this.failure = failure;
        }

        @Override
        public Held hold() {
            throw failure;
        }

        @Override
        public Held tryHold() {
            throw failure;
        }
    }

    private static final class UnclosableHoldable extends PlainHoldable {
        private final Throwable failure;

        UnclosableHoldable(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public Held hold() {
            return () -> {
                if (failure instanceof Error) {
                    throw (Error) failure;
                }
                throw (RuntimeException) failure;
            };
        }

        @Override
        public Held tryHold() {
            return hold();
        }
    }
}
