// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Holds and compound actions of a {@link LockedSet}, and elements whose code misbehaves. */
class LockedSetHoldTest {

    private final LockedSet<String> set = new LockedSet<>(List.of("a", "b"));

    private void expectFree() {
        assertThat(set.isHeld()).isFalse();
        assertThat(set.owner()).isNull();
        assertThat(set.waiting()).isZero();
    }

    // ---- holds ----

    @Test
    void hold_isReentrant_andEndsWithTheLastClose() {
        Held outer = set.hold();
        Held inner = Objects.requireNonNull(set.tryHold());
        outer.close();
        outer.close();
        assertThat(set.owner()).isSameAs(Thread.currentThread());
        inner.close();
        expectFree();
        inner.close();
        expectFree();
    }

    @EachThreadKind
    void changesOfAHolder_areSeenByOthersWhenItCloses(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            Held outer = set.hold();
            set.add("c");
            set.removeAll(List.of("a"));
            try (Held inner = set.hold()) {
                set.add("d");
                assertThat(inner).isNotNull();
            }
            assertThat(set).containsExactlyInAnyOrder("b", "c", "d");
            assertThat(threads.start("reader", () -> new HashSet<>(set)).result())
                    .containsExactlyInAnyOrder("a", "b");
            outer.close();
            assertThat(threads.start("late reader", () -> new HashSet<>(set)).result())
                    .containsExactlyInAnyOrder("b", "c", "d");
        }
    }

    @EachThreadKind
    void writersOfEachKind_waitForTheHolder(ThreadKind kind) {
        List<Consumer<LockedSet<String>>> writes = List.of(
                s -> s.add("x"),
                s -> s.remove("a"),
                s -> s.addAll(List.of("x")),
                s -> s.removeAll(List.of("a")),
                s -> s.retainAll(List.of("a")),
                s -> s.removeIf("a"::equals),
                LockedSet::clear,
                LockedSet::drain,
                s -> s.removeExisting("a"),
                s -> s.swap(List.of("x")),
                LockedSetHoldTest::removeByIterator,
                s -> s.iterator().forEachRemaining(s::remove),
                s -> s.atomically(view -> view.add("x")));
        for (Consumer<LockedSet<String>> write : writes) {
            LockedSet<String> fresh = new LockedSet<>(List.of("a", "b"));
            try (TestThreads threads = new TestThreads(kind)) {
                Held held = fresh.hold();
                TestThread<Void> writer = threads.start("writer", () -> write.accept(fresh));
                writer.awaitParked(fresh);
                assertThat(fresh.waiting()).isOne();
                assertThat(fresh).containsExactlyInAnyOrder("a", "b");
                held.close();
                writer.join();
                assertThat(fresh).isNotEqualTo(Set.of("a", "b"));
            }
        }
    }

    @EachThreadKind
    void closeByAnotherThread_isRefused_andTheHoldGoesOn(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            Held held = set.hold();
            assertThat(threads.start("stranger", held::close).failure())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("expected its holder");
            assertThat(set.owner()).isSameAs(Thread.currentThread());
            held.close();
            threads.start("stranger with a closed hold", held::close).join();
        }
        expectFree();
    }

    @Test
    void hold_thatChangesNothing_leavesTheTable() {
        PagedTable<String> before = set.table();
        set.hold().close();
        set.atomically(Set::size);
        set.add("a");
        set.removeAll(List.of("x"));
        assertThat(set.table()).isSameAs(before);
    }

    private static void removeByIterator(LockedSet<String> set) {
        Iterator<String> iterator = set.iterator();
        iterator.next();
        iterator.remove();
    }

    @Test
    void locks_takeSetsByIdentity_notByContent() {
        LockedSet<String> equal = new LockedSet<>(set);
        try (Held both = Locks.holdAll(set, equal, set)) {
            assertThat(both).isNotNull();
            assertThat(set.isHeld() && equal.isHeld()).isTrue();
        }
        assertThat(set.isHeld() || equal.isHeld()).isFalse();
    }

    @Test
    void describe_andHolds_tellStateAndOwner() {
        assertThat(set.describe()).matches("LockedSet@[0-9a-f]+\\[free, 2 elements, 0 waiting]");
        Held held = set.hold();
        assertThat(set.describe()).contains("held by " + Thread.currentThread());
        assertThat(held.toString()).startsWith("hold of ");
        held.close();
        assertThat(held.toString()).startsWith("closed hold of ");
    }

    @Test
    void deadlock_isSeenByTheVirtualMachine() {
        LockedSet<String> other = new LockedSet<>();
        CountDownLatch bothHeld = new CountDownLatch(2);
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> first = threads.start("first", () -> holdBoth(set, other, bothHeld));
            TestThread<Void> second = threads.start("second", () -> holdBoth(other, set, bothHeld));
            first.awaitParked(other);
            second.awaitParked(set);
            long[] found = ManagementFactory.getThreadMXBean().findDeadlockedThreads();
            first.interrupt(); // gives up what it holds, so that the other one gets both
            assertThat(first.failure()).isInstanceOf(InterruptedException.class);
            second.join();
            assertThat(found)
                    .containsExactlyInAnyOrder(
                            first.thread().getId(), second.thread().getId());
        }
        expectFree();
    }

    private static void holdBoth(LockedSet<String> one, LockedSet<String> other, CountDownLatch bothHeld)
            throws InterruptedException {
        try (Held held = one.hold()) {
            bothHeld.countDown();
            bothHeld.await();
            try (Held both = other.holdInterruptibly()) {
                assertThat(held).isNotEqualTo(both);
            }
        }
    }

    @Test
    void serialization_isRefused() {
        assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(set))
                .isInstanceOf(NotSerializableException.class);
    }

    @Test
    void snapshot_canBeSerialized_andIsReadBackAsASetThatCannotBeChanged() throws Exception {
        set.addAll(List.of("a", "b"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(set.snapshot());
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Set<?> read = (Set<?>) in.readObject();
            assertThat(read).isEqualTo(Set.of("a", "b"));
            assertThatThrownBy(read::clear).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    // ---- compound actions ----

    @EachThreadKind
    void atomically_isOneStep_andItsViewIsDeadAfterwards(ThreadKind kind) {
        AtomicReference<Set<String>> escaped = new AtomicReference<>();
        AtomicReference<Iterator<String>> iterator = new AtomicReference<>();
        try (TestThreads threads = new TestThreads(kind)) {
            int size = set.atomically(view -> {
                escaped.set(view);
                iterator.set(view.iterator());
                iterator.get().next();
                view.add("c");
                view.remove("a");
                assertThat(set).containsExactlyInAnyOrder("b", "c").isEqualTo(view);
                assertThat(threads.start("reader", () -> new HashSet<>(set)).result())
                        .containsExactlyInAnyOrder("a", "b");
                assertThat(threads.start("thief", () -> view.size()).failure())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("expected that thread only");
                return view.size();
            });
            assertThat(size).isEqualTo(2);
        }
        assertThat(set).containsExactlyInAnyOrder("b", "c");
        assertThatThrownBy(() -> escaped.get().add("z")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> escaped.get().contains("b")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> escaped.get().iterator()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> iterator.get().remove()).isInstanceOf(IllegalStateException.class);
        assertThat(escaped.get().toString()).contains("over");
        expectFree();
    }

    @Test
    void atomically_thatThrows_leavesTheSetAsItWas() {
        RuntimeException planted = new RuntimeException("planted");
        assertThatThrownBy(() -> set.atomically(view -> {
                    view.add("c");
                    set.clear();
                    throw planted;
                }))
                .isSameAs(planted);
        assertThat(set).containsExactlyInAnyOrder("a", "b");
        expectFree();
    }

    @Test
    void atomically_thatThrowsWithinAHold_undoesItsOwnChangesOnly() {
        try (Held held = set.hold()) {
            set.add("kept");
            assertThatThrownBy(() -> set.atomically(view -> {
                        view.add("undone");
                        throw new IllegalArgumentException("planted");
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(held).isNotNull();
        }
        assertThat(set).containsExactlyInAnyOrder("a", "b", "kept");
        expectFree();
    }

    @EachThreadKind
    void atomically_ofManyThreads_losesNothing(ThreadKind kind) {
        LockedSet<Integer> numbers = new LockedSet<>(List.of(0));
        try (TestThreads threads = new TestThreads(kind)) {
            for (int t = 0; t < 4; t++) {
                threads.start("incrementer " + t, () -> {
                    for (int i = 0; i < 1_000; i++) {
                        numbers.atomically(view -> {
                            int last = view.iterator().next();
                            view.clear();
                            return view.add(last + 1);
                        });
                    }
                });
            }
        }
        assertThat(numbers).containsExactly(4_000);
    }

    // ---- code of elements and callbacks ----

    /** An element whose {@code equals} and {@code hashCode} do something else first. All have the same hash code. */
    private static final class Active {
        private final int number;
        private final Runnable inEquals;
        private final Runnable inHashCode;

        Active(int number, Runnable inEquals, Runnable inHashCode) {
            this.number = number;
            this.inEquals = inEquals;
            this.inHashCode = inHashCode;
        }

        @Override
        public boolean equals(Object other) {
            inEquals.run();
            return other instanceof Active && ((Active) other).number == number;
        }

        @Override
        public int hashCode() {
            inHashCode.run();
            return 1;
        }
    }

    private static final Runnable NOTHING = () -> {};

    private static void fail() {
        throw new UnsupportedOperationException("planted");
    }

    @Test
    void equalsThatThrows_changesNothing_andLeavesNothingHeld() {
        LockedSet<Object> objects = new LockedSet<>(List.of(new Active(0, NOTHING, NOTHING)));
        Active bad = new Active(1, LockedSetHoldTest::fail, NOTHING);
        List<Consumer<LockedSet<Object>>> operations = List.of(
                s -> s.add(bad),
                s -> s.remove(bad),
                s -> assertThat(s.contains(bad)).isFalse(),
                s -> s.addAll(List.of("x", bad)),
                s -> s.removeAll(List.of("y", bad)),
                s -> s.atomically(view -> view.add("z") && view.add(bad)));
        for (Consumer<LockedSet<Object>> operation : operations) {
            assertThatThrownBy(() -> operation.accept(objects)).hasMessage("planted");
            assertThat(objects.isHeld()).isFalse();
            assertThat(objects.toArray()).hasSize(1);
        }
        assertThatThrownBy(() -> objects.removeIf(element -> {
                    fail();
                    return true;
                }))
                .hasMessage("planted");
        assertThat(objects.isHeld()).isFalse();
        assertThat(objects.size()).isOne();
    }

    @Test
    void hashCodeThatThrowsWhenTheTableGrows_changesNothing() {
        AtomicInteger bad = new AtomicInteger();
        LockedSet<Object> objects = new LockedSet<>();
        objects.add(new Active(0, NOTHING, () -> {
            if (bad.get() == 1) {
                fail();
            }
        }));
        for (int i = 1; i < PagedTable.FULL; i++) {
            objects.add(i);
        }
        bad.set(1);
        assertThatThrownBy(() -> objects.add("one too many")).hasMessage("planted");
        assertThat(objects.toArray()).hasSize(PagedTable.FULL);
        assertThat(objects.isHeld()).isFalse();
        bad.set(0);
        assertThat(objects.add("one too many")).isTrue();
    }

    @Test
    void equalsThatChangesTheSet_losesNothing() {
        LockedSet<Object> objects = new LockedSet<>(List.of(new Active(0, NOTHING, NOTHING)));
        AtomicInteger calls = new AtomicInteger();
        Runnable interference = () -> {
            if (calls.getAndIncrement() < 3) {
                objects.add("by equals " + calls);
            }
        };
        assertThat(objects.add(new Active(1, interference, NOTHING))).isTrue();
        calls.set(0);
        assertThat(objects.addAll(List.of("last", new Active(2, interference, NOTHING))))
                .isTrue();
        assertThat(objects.stream().filter(String.class::isInstance))
                .containsExactlyInAnyOrder("by equals 1", "by equals 2", "by equals 3", "last");
        assertThat(objects.size()).isEqualTo(7);
    }

    @Test
    void equalsThatAlwaysChangesTheSet_isRefused() {
        LockedSet<Object> objects = new LockedSet<>(List.of(new Active(0, NOTHING, NOTHING)));
        AtomicInteger calls = new AtomicInteger();
        Active restless = new Active(1, () -> objects.add(calls.incrementAndGet()), NOTHING);
        assertThatThrownBy(() -> objects.add(restless))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expected it to leave the set alone");
        assertThat(objects.isHeld()).isFalse();
        assertThat(objects.contains(new Active(0, NOTHING, NOTHING))).isTrue();
        assertThat(objects.add("still works")).isTrue();
    }

    @Test
    void predicateThatChangesTheSet_isLikeTwoSteps() {
        assertThat(set.removeIf(element -> {
                    set.add(element + element);
                    return element.equals("a");
                }))
                .isTrue();
        assertThat(set).containsExactlyInAnyOrder("aa", "b", "bb");
        expectFree();
    }
}
