// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Rounds;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.Spliterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reading and changing a {@link LockedSet}, by one thread and by several; holds are in {@link LockedSetHoldTest}. */
class LockedSetTest {

    private final LockedSet<Integer> set = new LockedSet<>();

    /** For results that depend on who comes first. */
    private volatile boolean whoever;

    private static List<Integer> range(int start, int end) {
        return IntStream.range(start, end).boxed().collect(Collectors.toList());
    }

    // ---- iteration and snapshots ----

    @Test
    void iterator_runsOverOneMoment_whateverHappensMeanwhile() {
        set.addAll(range(0, 100));
        Iterator<Integer> iterator = set.iterator();
        Stream<Integer> stream = set.stream();
        set.removeAll(List.of(50)); // one of many: an edit of a few pages
        set.clear();
        set.add(1_000);
        List<Integer> seen = new ArrayList<>();
        iterator.forEachRemaining(seen::add);
        assertThat(seen).containsExactlyInAnyOrderElementsOf(range(0, 100));
        assertThat(stream).containsExactlyInAnyOrderElementsOf(range(0, 100));
        assertThat(set).containsExactly(1_000);
    }

    @Test
    void iterator_whileTheLoopChangesTheSet_neverThrows() {
        set.addAll(range(0, 50));
        for (Integer element : set) {
            assertThat(set.remove(element)).isTrue();
            set.add(element + 100);
        }
        assertThat(set).containsExactlyInAnyOrderElementsOf(range(100, 150));
    }

    @Test
    void iteratorRemove_removesWhatIsStillThere() {
        set.addAll(range(0, 3));
        Iterator<Integer> iterator = set.iterator();
        assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
        Integer first = iterator.next();
        iterator.remove();
        assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
        assertThat(set).hasSize(2).doesNotContain(first);
        Integer second = iterator.next();
        set.remove(second);
        iterator.remove();
        assertThat(set).hasSize(1);
    }

    @EachThreadKind
    void iterator_holdsNothing(ThreadKind kind) {
        set.addAll(range(0, 3));
        Iterator<Integer> iterator = set.iterator();
        iterator.next();
        try (TestThreads threads = new TestThreads(kind)) {
            assertThat(threads.start("writer", () -> set.add(7)).result()).isTrue();
        }
        assertThat(set.isHeld()).isFalse();
        assertThat(iterator.hasNext()).isTrue();
    }

    @Test
    void snapshot_staysAsItWas_andCannotBeChanged() {
        set.addAll(range(0, 1_000));
        Set<Integer> snapshot = set.snapshot();
        set.removeIf(i -> i % 2 == 0);
        set.add(5_000);
        assertThat(snapshot)
                .containsExactlyInAnyOrderElementsOf(range(0, 1_000))
                .isEqualTo(new HashSet<>(range(0, 1_000)));
        assertThatThrownBy(() -> snapshot.add(1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(snapshot::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThat(set).hasSize(501);
    }

    @Test
    void snapshots_sharePagesWithTheSet() {
        set.addAll(range(0, 10_000));
        PagedTable<Integer> before = set.table();
        set.add(10_000);
        PagedTable<Integer> after = set.table();
        int shared = 0;
        for (int number = 0; number < before.pages(); number++) {
            shared += before.page(number) == after.page(number) ? 1 : 0;
        }
        assertThat(shared).isEqualTo(before.pages() - 1);
    }

    @Test
    void spliterator_splitsIntoAllElements() {
        set.addAll(range(0, 1_000));
        assertThat(set.spliterator()
                        .hasCharacteristics(Spliterator.SIZED | Spliterator.DISTINCT | Spliterator.IMMUTABLE))
                .isTrue();
        assertThat(set.parallelStream().mapToLong(Integer::longValue).sum()).isEqualTo(499_500L);
        Spliterator<Integer> rest = set.spliterator();
        rest.tryAdvance(first -> assertThat(set).contains(first));
        assertThat(rest.estimateSize()).isEqualTo(999L);
        for (long left = 999L; left > 0L; left--) {
            assertThat(rest.hasCharacteristics(Spliterator.SIZED)).isTrue(); // the same until it is split
            assertThat(rest.getExactSizeIfKnown()).isEqualTo(left);
            rest.tryAdvance(next -> assertThat(set).contains(next));
        }
        Spliterator<Integer> second = set.spliterator();
        assertThat(second.trySplit().hasCharacteristics(Spliterator.SIZED)).isFalse();
        assertThat(second.hasCharacteristics(Spliterator.SIZED)).isFalse();
    }

    // ---- bulk operations ----

    @Test
    void bulkOperations_doWhatTheySay() {
        assertThat(set.addAll(List.of(1, 2, 3, 4))).isTrue();
        assertThat(set.addAll(List.of(1, 2))).isFalse();
        assertThat(set.removeAll(Arrays.asList(1, null, 9))).isTrue();
        assertThat(set.removeAll(List.of(9))).isFalse();
        assertThat(set.retainAll(Arrays.asList(2, 3, null))).isTrue();
        assertThat(set.retainAll(List.of(2, 3, 5))).isFalse();
        assertThat(set.containsAll(List.of(2, 3))).isTrue();
        assertThat(set.containsAll(Arrays.asList(2, null))).isFalse();
        assertThat(set.swap(List.of(7, 8))).containsExactlyInAnyOrder(2, 3);
        assertThat(set.drain()).containsExactlyInAnyOrder(7, 8);
        assertThat(set).isEmpty();
    }

    @Test
    void nulls_areRefused_andChangeNothing() {
        set.add(1);
        assertThatThrownBy(() -> set.add(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> set.remove(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> set.contains(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> set.addAll(Arrays.asList(2, null))).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> set.addAll(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> set.removeAll(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> set.removeIf(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> set.forEach(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> set.atomically(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> set.swap(Arrays.asList(2, null))).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> set.tryHold(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> new LockedSet<>(Arrays.asList(2, null))).isInstanceOf(NullPointerException.class);
        assertThat(set).containsExactly(1);
        assertThat(set.isHeld()).isFalse();
    }

    @EachThreadKind
    void bulkOperations_areSeenWholeOrNotAtAll(ThreadKind kind) {
        List<Integer> several = range(0, 40);
        AtomicInteger changes = new AtomicInteger();
        CountDownLatch readersLook = new CountDownLatch(2);
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> writer = threads.start("writer", () -> {
                assertThat(readersLook.await(30, TimeUnit.SECONDS)).isTrue();
                for (int i = 0; i < 2_000; i++) {
                    set.addAll(several);
                    switch (i % 4) {
                        case 0 -> set.removeAll(several);
                        case 1 -> set.retainAll(List.of());
                        case 2 -> set.removeIf(element -> true);
                        default -> set.clear();
                    }
                    changes.incrementAndGet();
                }
            });
            for (int r = 0; r < 2; r++) {
                threads.start("reader " + r, () -> {
                    while (changes.get() < 2_000 && writer.isAlive()) {
                        assertThat(set.size()).isIn(0, 40);
                        assertThat(set.toArray().length).isIn(0, 40);
                        assertThat(set.snapshot().size()).isIn(0, 40);
                        assertThat(set.stream().count()).isIn(0L, 40L);
                        assertThat(set.hashCode()).isIn(0, 780);
                        Collection<Integer> seen = new ArrayList<>();
                        set.forEach(seen::add);
                        assertThat(seen.size()).isIn(0, 40);
                        readersLook.countDown();
                        Thread.yield(); // two virtual threads that never wait would keep out the writer
                    }
                });
            }
        }
    }

    @EachThreadKind
    void addAllOfEachOther_doesNotDeadlock(ThreadKind kind) {
        Rounds.of(500, () -> List.of(new LockedSet<>(range(0, 20)), new LockedSet<>(range(20, 40))))
                .body("left to right", sets -> sets.get(1).addAll(sets.get(0)))
                .body("right to left", sets -> sets.get(0).addAll(sets.get(1)))
                .check(sets -> {
                    assertThat(sets.get(0)).hasSize(40);
                    assertThat(sets.get(1)).isEqualTo(sets.get(0));
                })
                .run(kind);
    }

    @EachThreadKind
    void bulkOperations_ofEachOther_doNotDeadlock(ThreadKind kind) {
        Rounds.of(500, () -> List.of(new LockedSet<>(range(0, 20)), new LockedSet<>(range(10, 30))))
                .body("left", sets -> {
                    sets.get(0).removeAll(sets.get(1));
                    sets.get(0).retainAll(sets.get(1));
                    whoever = sets.get(0).containsAll(sets.get(1));
                })
                .body("right", sets -> {
                    sets.get(1).retainAll(sets.get(0));
                    whoever = sets.get(1).equals(sets.get(0));
                    sets.get(1).swap(sets.get(0));
                })
                .check(sets -> assertThat(sets).noneMatch(HoldableTable::isHeld))
                .run(kind);
    }

    @Test
    void itselfAsArgument_isLikeAnyOther() {
        set.addAll(range(0, 5));
        LockedSet<Integer> itself = set;
        assertThat(set.addAll(itself)).isFalse();
        assertThat(set.retainAll(itself)).isFalse();
        assertThat(set.containsAll(itself)).isTrue();
        assertThat(set.equals(itself)).isTrue();
        assertThat(set.removeAll(itself)).isTrue();
        assertThat(set).isEmpty();
    }

    // ---- many threads ----

    @EachThreadKind
    void concurrentAddsOfTheSameElements_succeedOnceEach(ThreadKind kind) {
        AtomicInteger added = new AtomicInteger();
        try (TestThreads threads = new TestThreads(kind)) {
            for (int t = 0; t < 4; t++) {
                threads.start("adder " + t, () -> {
                    for (int i = 0; i < 5_000; i++) {
                        added.addAndGet(set.add(i) ? 1 : 0);
                    }
                });
            }
        }
        assertThat(added.get()).isEqualTo(5_000);
        assertThat(set).hasSize(5_000).containsAll(range(0, 5_000));
    }

    @EachThreadKind
    void readers_doNotWait_whileAnotherThreadHolds(ThreadKind kind) {
        set.addAll(range(0, 10));
        try (TestThreads threads = new TestThreads(kind);
                Held held = set.hold()) {
            set.clear();
            threads.start("reader", () -> {
                        assertThat(set).hasSize(10).isEqualTo(new HashSet<>(range(0, 10)));
                        assertThat(set.contains(3)).isTrue();
                        assertThat(set.containsAll(range(0, 10))).isTrue();
                        assertThat(set.snapshot()).hasSize(10);
                        assertThat(set.stream().count()).isEqualTo(10L);
                        assertThat(set.toString()).contains("9");
                    })
                    .join();
            assertThat(held).isNotNull();
            assertThat(set).isEmpty();
        }
    }

    // ---- equality and text ----

    @Test
    void equalsAndHashCode_areThoseOfASet() {
        set.addAll(range(0, 100));
        Set<Integer> model = new HashSet<>(range(0, 100));
        assertThat(set).hasSameHashCodeAs(model);
        assertThat(set.equals(model)).isTrue();
        assertThat(model.equals(set)).isTrue();
        assertThat(set.equals(new LockedSet<>(model))).isTrue();
        model.remove(5);
        model.add(null);
        assertThat(set.equals(model)).isFalse();
        assertThat(set.equals(range(0, 100))).isFalse();
        assertThat(new LockedSet<>(List.of("a")).toString()).isEqualTo("[a]");
        assertThat(new LockedSet<>()).isEqualTo(Collections.emptySet());
    }
}
