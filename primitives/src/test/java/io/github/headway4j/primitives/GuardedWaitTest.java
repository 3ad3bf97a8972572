// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.Rounds;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Waits of {@link Guarded} for a condition. */
class GuardedWaitTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final Guarded<Integer> number = Guarded.of(0);

    /** Takes one away as soon as there is one. */
    private int take() throws InterruptedException {
        return number.awaitThen(n -> n > 0, n -> number.update(m -> m - 1));
    }

    private int value() {
        return number.with(n -> n);
    }

    @EachThreadKind
    void eachWayToLeave_wakesAWaiterWhoseConditionHolds(ThreadKind kind) throws Exception {
        List<org.junit.jupiter.api.function.Executable> ways = List.of(
                () -> number.update(n -> n + 1),
                () -> number.use(n -> number.update(m -> m + 1)),
                () -> number.with(n -> number.update(m -> m + 1)),
                () -> {
                    try (Held held = number.hold()) {
                        assertThat(held).isNotNull();
                        number.update(n -> n + 1);
                    }
                },
                () -> number.awaitThen(n -> true, n -> number.update(m -> m + 1)),
                () -> number.awaitThen(n -> true, n -> number.update(m -> m + 1), Duration.ZERO),
                () -> assertThatThrownBy(() -> number.use(n -> {
                            number.update(m -> m + 1);
                            throw new UnsupportedOperationException();
                        }))
                        .isInstanceOf(UnsupportedOperationException.class));
        for (org.junit.jupiter.api.function.Executable way : ways) {
            try (TestThreads threads = new TestThreads(kind)) {
                TestThread<Integer> taker = threads.start("taker", this::take);
                taker.awaitParked(number);
                try {
                    way.execute();
                } catch (Throwable e) {
                    throw new AssertionError(e);
                }
                assertThat(taker.result()).isZero();
            }
        }
    }

    @EachThreadKind
    void nestedSection_wakesNobody_untilTheOutermostEnds(ThreadKind kind) {
        AtomicInteger tests = new AtomicInteger();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> waiter = threads.start(
                    "waiter",
                    () -> number.await(n -> {
                        tests.incrementAndGet();
                        return n == 1;
                    }));
            waiter.awaitParked(number);
            try (Held held = number.hold()) {
                assertThat(held).isNotNull();
                number.update(n -> 1);
                number.update(n -> 2);
                number.update(n -> 1);
                assertThat(tests).hasValue(1);
            }
        }
        assertThat(tests).hasValue(3); // at first, by the one who left, by the waiter
    }

    @EachThreadKind
    void onlyWaitersWhoseConditionHolds_areWoken(ThreadKind kind) {
        List<String> log = Collections.synchronizedList(new ArrayList<>());
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<?>[] waiters = new TestThread<?>[3];
            for (int i = 0; i < waiters.length; i++) {
                int wanted = i + 1;
                waiters[i] = threads.start(
                        "waiter " + wanted,
                        () -> number.await(n -> {
                            log.add(wanted + " by " + Thread.currentThread().getName());
                            return n == wanted;
                        }));
                waiters[i].awaitParked(number);
            }
            log.clear();
            number.update(n -> 2);
            waiters[1].join();
            String me = Thread.currentThread().getName();
            assertThat(log)
                    .containsExactly("1 by " + me, "2 by " + me, "2 by waiter 2", "1 by waiter 2", "3 by waiter 2");
            waiters[0].assertStillParked();
            waiters[2].assertStillParked();
            number.update(n -> 3);
            waiters[2].join();
            number.update(n -> 1);
        }
        assertThat(number.waiting()).isZero();
    }

    @EachThreadKind
    void waiters_areWokenInTheOrderOfArrival(ThreadKind kind) {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        try (TestThreads threads = new TestThreads(kind)) {
            for (String name : List.of("a", "b", "c")) {
                threads.start(
                                name,
                                () -> number.awaitThen(n -> n > 0, n -> {
                                    order.add(name);
                                    return number.update(m -> m - 1);
                                }))
                        .awaitParked(number);
            }
            for (int i = 1; i <= 3; i++) {
                number.update(n -> n + 1);
                int woken = i;
                Await.until("waiter " + i, () -> order.size() == woken);
            }
        }
        assertThat(order).containsExactly("a", "b", "c");
    }

    @EachThreadKind
    void oneChangeThatServesSeveral_wakesThemAll(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            for (int i = 0; i < 5; i++) {
                threads.start("taker " + i, this::take).awaitParked(number);
            }
            number.update(n -> 5);
        }
        assertThat(value()).isZero();
        assertThat(number.waiting()).isZero();
    }

    @EachThreadKind
    void conditionThatThrowsInAnothersThread_wakesItsOwner_andHarmsNobodyElse(ThreadKind kind) {
        IllegalArgumentException failure = new IllegalArgumentException("cannot be compared");
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Integer> failing = threads.start(
                    "failing",
                    () -> number.awaitThen(
                            n -> {
                                if (n == 1) {
                                    throw failure;
                                }
                                return false;
                            },
                            n -> n));
            failing.awaitParked(number);
            TestThread<Integer> taker = threads.start("taker", this::take);
            taker.awaitParked(number);
            assertThat(number.update(n -> n + 1)).isOne();
            assertThat(failing.failure()).isSameAs(failure);
            assertThat(taker.result()).isZero();
        }
        assertThat(number.toString()).contains("[unlocked, 0 waiting for the lock, 0 for");
    }

    @Test
    void conditionThatThrowsOnlyElsewhere_goesOnWaiting() {
        try (TestThreads threads = new TestThreads()) {
            Thread[] own = new Thread[1];
            AtomicInteger foreign = new AtomicInteger();
            TestThread<Void> waiter = threads.start("waiter", () -> {
                own[0] = Thread.currentThread();
                number.await(n -> {
                    if (Thread.currentThread() != own[0] && foreign.incrementAndGet() < 3) {
                        throw new IllegalStateException("not my thread");
                    }
                    return n == 3;
                });
            });
            waiter.awaitParked(number);
            for (int i = 1; i <= 3; i++) {
                number.update(n -> n + 1);
            }
            waiter.join();
        }
    }

    // ---- inside a section ----

    @EachThreadKind
    void waitInsideASection_givesBackAllLevels_andHasThemAgain(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Integer> waiter = threads.start("waiter", () -> {
                try (Held outer = number.hold();
                        Held inner = number.hold()) {
                    int seen = number.with(n -> {
                        try {
                            return number.awaitThen(m -> m > 0, m -> m);
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    });
                    assertThat(number.levels()).isEqualTo(2);
                    inner.close();
                    assertThat(number.isHeldByCurrentThread()).isTrue();
                    outer.close();
                    assertThat(number.isHeldByCurrentThread()).isFalse();
                    return seen;
                }
            });
            waiter.awaitParked(number);
            assertThat(number.update(n -> 7)).isEqualTo(7); // not locked out
            assertThat(waiter.result()).isEqualTo(7);
        }
    }

    @EachThreadKind
    void waitInsideASection_thatEndsOtherwise_hasAllLevelsAgain(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> waiter = threads.start("waiter", () -> {
                try (Held outer = number.hold();
                        Held inner = number.hold()) {
                    assertThat(number.await(n -> n < 0, Duration.ofMillis(2))).isFalse();
                    assertThat(number.levels()).isEqualTo(2);
                    assertThatThrownBy(() -> number.awaitThen(n -> n < 0, n -> n, Duration.ofMillis(2)))
                            .isInstanceOf(TimeoutException.class);
                    assertThat(number.levels()).isEqualTo(2);
                    assertThatThrownBy(() -> number.await(n -> n < 0)).isInstanceOf(InterruptedException.class);
                    assertThat(number.levels()).isEqualTo(2);
                    assertThatThrownBy(() -> number.await(n -> 0 / n > 1 / (n - 1)))
                            .isInstanceOf(ArithmeticException.class);
                    assertThat(number.levels()).isEqualTo(2);
                    assertThat(outer).isNotSameAs(inner);
                }
                assertThat(number.isHeldByCurrentThread()).isFalse();
            });
            Await.until("the endless wait", () -> waiter.thread().getState() == Thread.State.WAITING);
            waiter.interrupt();
        }
        assertThat(number.tryHold()).isNotNull();
    }

    @Test
    void wait_insideASectionOfTwo_keepsTheOther() {
        Guarded<String> other = Guarded.of("");
        try (TestThreads threads = new TestThreads()) {
            TestThread<Boolean> waiter = threads.start("waiter", () -> {
                try (Held held = other.hold()) {
                    assertThat(held).isNotNull();
                    number.await(n -> n > 0);
                    return other.isHeldByCurrentThread();
                }
            });
            waiter.awaitParked(number);
            assertThat(other.tryHold()).isNull();
            number.update(n -> 1);
            assertThat(waiter.result()).isTrue();
        }
    }

    // ---- ends of waits ----

    @EachThreadKind
    void waiterThatLeaves_handsTheWakeUpOn(ThreadKind kind) {
        Rounds.of(200, Two::new)
                .body("leaver", two -> {
                    try {
                        two.number.awaitThen(n -> n > 0, n -> two.number.update(m -> m - 1), Duration.ofNanos(20_000));
                        two.number.update(n -> n + 1); // was first: hands on
                    } catch (TimeoutException e) {
                        two.timedOut.set(true);
                    }
                })
                .body("stayer", two -> two.number.awaitThen(n -> n > 0, n -> two.number.update(m -> m - 1)))
                .body("giver", two -> two.number.update(n -> n + 1))
                .check(two -> {
                    assertThat(two.number.<Integer>with(n -> n)).isZero();
                    assertThat(two.number.waiting()).isZero();
                })
                .run(kind);
    }

    /** One number for two who want it. */
    private static final class Two {
        private final Guarded<Integer> number = Guarded.of(0);
        private final AtomicBoolean timedOut = new AtomicBoolean();
    }

    @EachThreadKind
    @Python("A39")
    void chosenWaiterThatIsInterrupted_handsTheWakeUpOn(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Integer> leaver = threads.start("leaver", this::take);
            leaver.awaitParked(number);
            TestThread<Integer> stayer = threads.start("stayer", this::take);
            stayer.awaitParked(number);
            try (Held held = number.hold()) {
                assertThat(held).isNotNull();
                number.update(n -> 1);
                leaver.interrupt(); // wakes, and must wait for the lock in order to leave
            }
            Throwable failure = leaver.failure();
            if (failure == null) {
                number.update(n -> n + 1); // was faster
            } else {
                assertThat(failure).isInstanceOf(InterruptedException.class);
            }
            assertThat(stayer.result()).isZero();
        }
    }

    @EachThreadKind
    void timeOut_whileAnotherThreadHolds_testsTheConditionOnceMore(ThreadKind kind) {
        AtomicInteger ownTests = new AtomicInteger();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> waiter;
            long start = System.nanoTime();
            Duration timeout = Duration.ofMillis(30);
            waiter = threads.start(
                    "waiter",
                    () -> number.await(
                            n -> {
                                ownTests.incrementAndGet();
                                return n > 0;
                            },
                            timeout));
            Await.until("the first test", () -> ownTests.get() == 1);
            try (Held held = number.hold()) {
                assertThat(held).isNotNull();
                Await.until("the time-out", () -> System.nanoTime() - start > 2 * timeout.toNanos());
                number.update(n -> 1);
            }
            assertThat(waiter.result()).isTrue();
        }
    }

    @EachThreadKind
    void conditionThatHoldsNoMore_whenItsWaiterComes_isWaitedForAgain(ThreadKind kind) {
        Rounds.of(200, () -> Guarded.of(0))
                .body("first", n -> n.awaitThen(v -> v > 0, v -> n.update(w -> w - 1)))
                .body("second", n -> n.awaitThen(v -> v > 0, v -> n.update(w -> w - 1), LONG))
                .body("giver", n -> {
                    n.update(v -> v + 1);
                    n.update(v -> v + 1);
                })
                .check(n -> assertThat(n.<Integer>with(v -> v)).isZero())
                .run(kind);
    }

    // ---- narrow moments, held open by a parker ----

    @EachThreadKind
    void changeAfterTheLockIsGivenBack_beforeTheWaiterSleeps_isNotMissed(ThreadKind kind) {
        SteppingParker parker = new SteppingParker();
        Guarded<Integer> stepped = new Guarded<>(0, parker);
        try (TestThreads threads = new TestThreads(kind)) {
            threads.start("earlier", () -> stepped.await(n -> n == 2)).awaitParked(stepped);
            parker.beforeWait = () -> stepped.update(n -> 1);
            threads.start("newcomer", () -> stepped.await(n -> n == 1)).join();
            stepped.update(n -> 2);
        }
        assertThat(stepped.waiting()).isZero();
    }

    /**
     * The first waiter is chosen, then the second one, for a change that undoes the first's condition. Both wake; while
     * the first one finds that it came too late, the second one finds the lock taken and sleeps again.
     */
    @EachThreadKind
    void chosenWaiterThatComesTooLate_wakesTheOneWhoFoundTheLockTaken(ThreadKind kind) {
        SteppingParker parker = new SteppingParker();
        Guarded<Integer> stepped = new Guarded<>(0, parker);
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> first = threads.start(
                    "first",
                    () -> stepped.await(n -> {
                        if (n == 2 && Thread.currentThread().getName().equals("first")) {
                            parker.held.remove("second");
                            Await.until("the second to sleep again", () -> parker.parks("second") == 2);
                        }
                        return n == 1;
                    }));
            first.awaitParked(stepped);
            TestThread<Void> second = threads.start("second", () -> stepped.await(n -> n == 2));
            second.awaitParked(stepped);
            parker.held.addAll(List.of("first", "second"));
            stepped.update(n -> 1);
            stepped.update(n -> 2);
            parker.held.remove("first");
            second.join();
            stepped.update(n -> 1);
        }
        assertThat(stepped.waiting()).isZero();
    }

    /** Runs something when a thread is about to wait, and keeps threads that were woken from going on. */
    private static final class SteppingParker implements Parker {
        private final Set<String> held = ConcurrentHashMap.newKeySet();
        private final Map<String, Integer> parks = new ConcurrentHashMap<>();
        private volatile Runnable beforeWait = () -> {};

        int parks(String thread) {
            return parks.getOrDefault(thread, 0);
        }

        @Override
        public boolean spins() {
            Runnable once = beforeWait;
            beforeWait = () -> {};
            once.run();
            return false;
        }

        @Override
        public void park(Object blocker) {
            String name = Thread.currentThread().getName();
            parks.merge(name, 1, Integer::sum);
            LockSupport.park(blocker);
            Await.until(name + " to be let go", () -> !held.contains(name));
        }

        @Override
        public void parkNanos(Object blocker, long nanos) {
            throw new AssertionError("a timed wait on " + blocker);
        }

        @Override
        public void unpark(Thread thread) {
            LockSupport.unpark(thread);
        }
    }

    @Test
    void timedOutOnEntry_triesOnce() throws Exception {
        assertThat(number.await(n -> n == 0, Duration.ZERO)).isTrue();
        assertThat(number.await(n -> n == 1, Duration.ofSeconds(Long.MIN_VALUE)))
                .isFalse();
        assertThat(number.<String>awaitThen(n -> n == 0, n -> null, Duration.ZERO))
                .isNull();
        assertThatThrownBy(() -> number.awaitThen(n -> n == 1, n -> n, Duration.ZERO))
                .isInstanceOf(TimeoutException.class);
    }
}
