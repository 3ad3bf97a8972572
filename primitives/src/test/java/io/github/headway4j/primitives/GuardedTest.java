// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Sections, values and failures of {@link Guarded}; its waits are tested in {@link GuardedWaitTest}. */
class GuardedTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final Guarded<Integer> number = Guarded.of(1);
    private final Guarded<List<String>> words = new Guarded<>(new ArrayList<>());

    @Test
    void with_and_use_reachTheValue() {
        words.use(list -> list.add("a"));
        assertThat(words.<Boolean>with(list -> list.add("b"))).isTrue();
        assertThat(words.<List<String>>with(ArrayList::new)).containsExactly("a", "b");
        assertThat(words.<String>with(list -> null)).isNull();
    }

    @Test
    void update_replacesTheValue_andReturnsTheNewOne() {
        assertThat(number.update(n -> n + 1)).isEqualTo(2);
        assertThat(number.<Integer>with(n -> n)).isEqualTo(2);
    }

    @Test
    void update_thatThrowsOrReturnsNull_leavesTheValue() {
        assertThatThrownBy(() -> number.update(n -> {
                    throw new UnsupportedOperationException();
                }))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatNullPointerException().isThrownBy(() -> number.update(n -> null));
        assertThat(number.<Integer>with(n -> n)).isOne();
        assertThat(number.isHeldByCurrentThread()).isFalse();
        assertThat(number.update(n -> n + 1)).isEqualTo(2); // works again
    }

    @Test
    void nulls_areRefused() {
        Predicate<Object> unasked = n -> {
            throw new AssertionError("the condition was called");
        };
        assertThatNullPointerException().isThrownBy(() -> new Guarded<>(null));
        assertThatNullPointerException().isThrownBy(() -> Guarded.of(null));
        assertThatNullPointerException().isThrownBy(() -> new Guarded<>(1, null));
        assertThatNullPointerException().isThrownBy(() -> number.with(null));
        assertThatNullPointerException().isThrownBy(() -> number.use(null));
        assertThatNullPointerException().isThrownBy(() -> number.update(null));
        assertThatNullPointerException().isThrownBy(() -> number.await(null));
        assertThatNullPointerException().isThrownBy(() -> number.await(null, LONG));
        assertThatNullPointerException().isThrownBy(() -> number.await(n -> true, null));
        assertThatNullPointerException().isThrownBy(() -> number.awaitThen(null, n -> n));
        assertThatNullPointerException().isThrownBy(() -> number.awaitThen(unasked, null));
        assertThatNullPointerException().isThrownBy(() -> number.awaitThen(null, n -> n, LONG));
        assertThatNullPointerException().isThrownBy(() -> number.awaitThen(unasked, null, LONG));
        assertThatNullPointerException().isThrownBy(() -> number.awaitThen(n -> true, n -> n, null));
        assertThatNullPointerException().isThrownBy(() -> number.tryHold(null));
        assertThat(number.toString()).contains("[unlocked,");
    }

    @EachThreadKind
    void sections_ofOneThread_nest(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> nesting = threads.start("nesting", () -> {
                try (Held outer = number.hold();
                        Held inner = number.tryHold()) {
                    assertThat(inner).isNotNull().isNotSameAs(outer);
                    int before = number.with(n -> number.update(m -> m + 1));
                    assertThat(before).isEqualTo(2);
                    return number.awaitThen(n -> n == 2, n -> number.isHeldByCurrentThread());
                }
            });
            assertThat(nesting.result()).isTrue();
        }
        assertThat(number.toString()).contains("[unlocked,");
    }

    @EachThreadKind
    void sections_ofOtherThreads_areKeptOut_untilTheOutermostEnds(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            Held outer = number.hold();
            Held inner = number.hold();
            TestThread<Integer> other = threads.start("other", () -> number.update(n -> n + 1));
            other.awaitParked(number);
            inner.close();
            other.assertStillParked();
            assertThat(threads.start("third", () -> number.tryHold()).result()).isNull();
            outer.close();
            assertThat(other.result()).isEqualTo(2);
        }
    }

    @Test
    void held_closedTwice_leavesOnce() {
        try (Held outer = number.hold()) {
            Held inner = number.hold();
            inner.close();
            inner.close();
            assertThat(number.isHeldByCurrentThread()).isTrue();
            assertThat(inner.toString()).startsWith("closed hold on Guarded@");
            assertThat(outer.toString()).startsWith("hold on Guarded@");
        }
        assertThat(number.isHeldByCurrentThread()).isFalse();
    }

    @Test
    void held_closedByAnotherThread_isRefused_andStaysOpen() {
        Held held = number.hold();
        try (TestThreads threads = new TestThreads()) {
            assertThat(threads.start("other", held::close).failure())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("other");
            held.close();
        }
        assertThat(number.toString()).contains("[unlocked,");
    }

    @Test
    void held_closedByAHolder_whileItsOwnThreadWaits_isRefused_andStaysOpen() {
        try (TestThreads threads = new TestThreads()) {
            Held[] waiters = new Held[1];
            TestThread<Void> waiter = threads.start("waiter", () -> {
                try (Held held = number.hold()) {
                    waiters[0] = held;
                    number.await(n -> n == 2);
                    assertThat(number.isHeldByCurrentThread()).isTrue();
                }
            });
            waiter.awaitParked(number);
            try (Held own = number.hold()) {
                assertThat(own).isNotNull();
                assertThatIllegalStateException().isThrownBy(waiters[0]::close).withMessageContaining("waiter");
                assertThat(number.isHeldByCurrentThread()).isTrue();
            }
            number.update(n -> 2);
        }
        assertThat(number.toString()).contains("[unlocked,");
    }

    @Test
    void held_ofAThreadThatHoldsNoMore_isRefused() {
        Held held = number.hold();
        number.free();
        assertThatIllegalStateException().isThrownBy(held::close).withMessageContaining("while it holds");
    }

    @Test
    void held_ofAThreadThatWaitsInside_isNotClosedByTheOneThatGotIn() {
        AtomicReference<Held> open = new AtomicReference<>();
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> waiter = threads.start("waiter", () -> {
                try (Held own = number.hold()) {
                    open.set(own);
                    number.await(n -> n == 7);
                    assertThat(number.isHeldByCurrentThread()).isTrue();
                }
            });
            waiter.awaitParked(number);
            try (Held own = number.hold()) {
                assertThat(own).isNotNull();
                assertThatIllegalStateException()
                        .isThrownBy(() -> open.get().close())
                        .withMessageContaining("waiter");
                assertThat(number.isHeldByCurrentThread()).isTrue();
                number.update(n -> 7);
            }
            waiter.join();
        }
        assertThat(number.toString()).contains("[unlocked,");
    }

    @Test
    void failures_giveTheLockBack() throws InterruptedException {
        Error error = new StackOverflowError("made");
        Predicate<Object> failing = value -> {
            throw error;
        };
        assertThatThrownBy(() -> words.with(failing::test)).isSameAs(error);
        assertThatThrownBy(
                        () -> words.use(list -> assertThat(failing.test(list)).isTrue()))
                .isSameAs(error);
        assertThatThrownBy(() -> words.update(list -> failing.test(list) ? list : list))
                .isSameAs(error);
        assertThatThrownBy(() -> words.await(failing)).isSameAs(error);
        assertThatThrownBy(() -> words.await(failing, LONG)).isSameAs(error);
        assertThatThrownBy(() -> words.awaitThen(failing, list -> list)).isSameAs(error);
        assertThatThrownBy(() -> words.awaitThen(list -> true, failing::test)).isSameAs(error);
        assertThatThrownBy(() -> words.awaitThen(list -> true, failing::test, LONG))
                .isSameAs(error);
        assertThat(words.isHeldByCurrentThread()).isFalse();
        assertThat(words.await(list -> true, Duration.ZERO)).isTrue();
    }

    @Test
    void waitOrUpdate_withinAnOperatorOrCondition_isRefused() throws InterruptedException {
        List<Predicate<Integer>> misuses = List.of(
                n -> number.update(m -> m + 1) > 0,
                n -> failsWith(() -> number.await(m -> true)),
                n -> failsWith(() -> number.await(m -> true, LONG)),
                n -> failsWith(() -> number.awaitThen(m -> true, m -> m)),
                n -> failsWith(() -> number.awaitThen(m -> true, m -> m, LONG)));
        for (Predicate<Integer> misuse : misuses) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> number.update(n -> misuse.test(n) ? 5 : 6))
                    .withMessageContaining("an operator of update");
            assertThatIllegalStateException()
                    .isThrownBy(() -> number.await(misuse))
                    .withMessageContaining("a condition");
        }
        assertThat(number.<Integer>with(n -> n)).isOne();
        assertThat(number.isHeldByCurrentThread()).isFalse();
        number.await(n -> number.<Integer>with(m -> m) == 1); // reading is allowed
    }

    private static boolean failsWith(org.junit.jupiter.api.function.Executable body) {
        try {
            body.execute();
            return true;
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @EachThreadKind
    void updates_ofManyThreads_areAllThere(ThreadKind kind) {
        AtomicInteger inside = new AtomicInteger();
        try (TestThreads threads = new TestThreads(kind)) {
            for (int i = 0; i < 4; i++) {
                threads.start("updater " + i, () -> {
                    for (int k = 0; k < 500; k++) {
                        number.update(n -> {
                            assertThat(inside.incrementAndGet()).isOne();
                            Thread.yield();
                            inside.decrementAndGet();
                            return n + 1;
                        });
                    }
                });
            }
        }
        assertThat(number.<Integer>with(n -> n)).isEqualTo(2001);
    }

    @Test
    void toString_tellsStateOwnerAndWaiters_butNotTheValue() {
        Guarded<Object> shy = Guarded.of(new Object() {
            @Override
            public String toString() {
                throw new AssertionError("not to be called");
            }
        });
        assertThat(shy.toString()).matches("Guarded@[0-9a-f]+\\[unlocked, 0 waiting for the lock, 0 for a condition]");
        try (TestThreads threads = new TestThreads()) {
            TestThread<Boolean> sleeper = threads.start("sleeper", () -> shy.await(v -> shy.waiting() == 1, LONG));
            sleeper.awaitParked(shy);
            TestThread<Void> blocked;
            try (Held held = shy.hold()) {
                assertThat(held).isNotNull();
                blocked = threads.start("blocked", () -> shy.use(v -> {}));
                blocked.awaitParked(shy);
                assertThat(shy.toString())
                        .contains("[locked by " + Thread.currentThread() + ", 1 waiting for the lock, 1");
                assertThat(shy.waiting()).isEqualTo(2);
            }
            blocked.join();
            shy.use(v -> {});
            assertThat(sleeper.result()).isTrue();
        }
        assertThat(shy.waiting()).isZero();
    }

    @Test
    void deadlock_isSeenByTheVirtualMachine() {
        Guarded<Integer> other = Guarded.of(2);
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> first;
            TestThread<Void> second;
            try (Held held = number.hold()) {
                assertThat(held).isNotNull();
                first = threads.start("first", () -> other.use(n -> number.use(m -> {})));
                first.awaitParked(number);
            }
            first.join();
            second = threads.start("second", () -> {
                try (Held a = number.hold()) {
                    TestThread<Void> third = threads.start("third", () -> {
                        try (Held b = other.hold()) {
                            Held c = number.holdInterruptibly();
                            throw new AssertionError("held " + b + " and " + c);
                        }
                    });
                    third.awaitParked(number);
                    try {
                        other.holdInterruptibly();
                    } catch (InterruptedException e) {
                        assertThat(a).isNotNull();
                    }
                    third.interrupt();
                    assertThat(third.failure()).isInstanceOf(InterruptedException.class);
                }
            });
            second.awaitParked(other);
            long[] ids =
                    java.lang.management.ManagementFactory.getThreadMXBean().findDeadlockedThreads();
            assertThat(ids).hasSize(2);
            second.interrupt();
        }
    }

    @Test
    void serialization_isRefused() {
        assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(number))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("Guarded");
    }

    @Test
    void timedForms_ofAHeldOne_endWithoutIt() {
        Guarded<Deque<String>> letters = Guarded.of(new ArrayDeque<>());
        List<String> called = Collections.synchronizedList(new ArrayList<>());
        try (Held held = letters.hold();
                TestThreads threads = new TestThreads()) {
            assertThat(held).isNotNull();
            Duration brief = Duration.ofMillis(5);
            assertThat(threads.start("await", () -> letters.await(box -> called.add("a"), brief))
                            .result())
                    .isFalse();
            assertThat(threads.start("awaitThen", () -> letters.awaitThen(box -> called.add("b"), box -> "c", brief))
                            .failure())
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("PT0.005S");
        }
        assertThat(called).isEmpty();
    }
}
