// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Collectors;

/** What Collection says: looking, iterating, copying, removing from within. */
class QueueAsCollectionTest {

    @EachSubject
    @SuppressWarnings("CollectionToArraySafeParameter") // refused
    void views_showTheElementsInOrder(QueueKind.Subject subject) {
        BlockingQueue<Integer> queue = subject.empty(9);
        queue.addAll(List.of(2, 3, 1));
        List<Integer> order = subject.order(2, 3, 1);

        assertThat(queue.toArray()).isExactlyInstanceOf(Object[].class).containsExactly(order.toArray());
        assertThat(queue.toArray(new Integer[0])).containsExactly(order.toArray(Integer[]::new));
        assertThat(queue.toArray(Integer[]::new)).containsExactly(order.toArray(Integer[]::new));
        Integer[] large = {9, 9, 9, 9, 9};
        assertThat(queue.toArray(large)).isSameAs(large).startsWith(order.toArray(Integer[]::new));
        assertThat(large[3]).isNull();
        assertThat(large[4]).isEqualTo(9);
        assertThatExceptionOfType(ArrayStoreException.class).isThrownBy(() -> queue.toArray(new String[0]));
        List<Integer> seen = new ArrayList<>();
        queue.forEach(seen::add);
        assertThat(seen).isEqualTo(order);
        assertThat(queue.stream().collect(Collectors.toList())).isEqualTo(order);
        assertThat(queue.parallelStream().map(e -> e * 2).collect(Collectors.toSet()))
                .isEqualTo(Set.of(2, 4, 6));
        assertThat(queue.contains(3)).isTrue();
        assertThat(queue.contains(4)).isFalse();
        assertThat(queue.contains((Object) "3")).isFalse();
        assertThat(queue.containsAll(List.of(1, 2))).isTrue();
        assertThat(queue.containsAll(List.of(1, 4))).isFalse();
        assertThat(queue).hasSize(3);
    }

    @EachSubject
    void arrays_areTheCallers(QueueKind.Subject subject) {
        BlockingQueue<Integer> queue = subject.filled(2, 3);
        Object[] array = queue.toArray();
        array[0] = 99;
        assertThat(queue).doesNotContain(99);
    }

    @EachSubject
    void iterator_isWeaklyConsistent_andRemovesItsElementOnly(QueueKind.Subject subject) {
        BlockingQueue<Integer> queue = subject.filled(4, 9);
        Iterator<Integer> iterator = queue.iterator();
        assertThatIllegalStateException().isThrownBy(iterator::remove);
        List<Integer> seen = new ArrayList<>();
        while (iterator.hasNext()) {
            Integer next = iterator.next();
            seen.add(next);
            if (next == 2) {
                iterator.remove();
                assertThatIllegalStateException().isThrownBy(iterator::remove);
                queue.add(7); // never a ConcurrentModificationException
            }
        }
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
        assertThat(seen).startsWith(subject.order(1, 2, 3, 4).get(0)).contains(1, 2, 3, 4);
        assertThat(queue).containsExactlyElementsOf(subject.order(1, 3, 4, 7));
    }

    @EachSubject
    void iterator_removeOfOneThatIsGone_doesNothing(QueueKind.Subject subject) {
        BlockingQueue<Integer> queue = subject.filled(3, 9);
        Iterator<Integer> iterator = queue.iterator();
        Integer first = iterator.next();
        assertThat(queue.remove(first)).isTrue();
        iterator.remove();
        assertThat(queue).hasSize(2).doesNotContain(first);
    }

    @EachSubject
    void remove_takesOneOccurrenceOut_whereverItIs(QueueKind.Subject subject) {
        for (int gone = 1; gone <= 5; gone++) {
            BlockingQueue<Integer> queue = subject.filled(5, 5);
            List<Integer> left = new ArrayList<>(List.of(1, 2, 3, 4, 5));
            assertThat(left.remove((Integer) gone)).isTrue();
            assertThat(queue.remove(gone)).isTrue();
            assertThat(queue.remove(gone)).isFalse();
            assertThat(queue.remove((Object) ("" + gone))).isFalse();
            assertThat(queue).containsExactlyElementsOf(subject.order(left.toArray(Integer[]::new)));
            queue.add(6);
            left.add(6);
            List<Integer> drained = new ArrayList<>();
            queue.drainTo(drained);
            subject.check(drained, left.toArray(Integer[]::new));
        }
    }

    @EachSubject
    void remove_ofOneOfSeveralEqual_leavesTheOthers(QueueKind.Subject subject) {
        BlockingQueue<Integer> queue = subject.empty(5);
        queue.addAll(List.of(2_000, 1_000, 2_000, 3_000));
        assertThat(queue.remove(2_000)).isTrue();
        assertThat(queue).hasSize(3).contains(2_000, 1_000, 3_000);
        assertThat(queue.remove(2_000)).isTrue();
        assertThat(queue.remove(2_000)).isFalse();
    }

    @EachSubject
    @SuppressWarnings("ModifyingCollectionWithItself") // is what is tested
    void bulkRemovals_keepTheOrderOfTheRest(QueueKind.Subject subject) {
        BlockingQueue<Integer> queue = subject.filled(9, 9);
        assertThat(queue.removeIf(e -> e % 3 == 0)).isTrue();
        assertThat(queue.removeIf(e -> e % 3 == 0)).isFalse();
        assertThat(queue).containsExactlyElementsOf(subject.order(1, 2, 4, 5, 7, 8));
        assertThat(queue.removeAll(List.of(1, 8, 9, "x"))).isTrue();
        assertThat(queue.removeAll(List.of(1, 8, 9))).isFalse();
        assertThat(queue).containsExactlyElementsOf(subject.order(2, 4, 5, 7));
        assertThat(queue.retainAll(List.of(7, 2))).isTrue();
        assertThat(queue.retainAll(List.of(7, 2))).isFalse();
        assertThat(queue).containsExactlyElementsOf(subject.order(2, 7));
        assertThat(queue.retainAll(queue)).isFalse();
        assertThat(queue.removeAll(queue)).isTrue();
        assertThat(queue).isEmpty();
        queue.add(1);
        queue.clear();
        queue.clear();
        assertThat(queue).isEmpty();
        assertThat(queue.remainingCapacity()).isGreaterThanOrEqualTo(9);
    }

    @EachSubject
    void userCodeThatThrows_leavesTheQueueAsItWas(QueueKind.Subject subject) {
        BlockingQueue<Integer> queue = subject.filled(3, 3);
        RuntimeException failure = new RuntimeException("of the user");
        Object unequal = new Object() {
            @Override
            public boolean equals(Object o) {
                throw failure;
            }

            @Override
            public int hashCode() {
                return 0;
            }
        };
        assertThatThrownBy(() -> queue.contains(unequal)).isSameAs(failure);
        assertThatThrownBy(() -> queue.remove(unequal)).isSameAs(failure);
        Collection<Object> failing = new AbstractCollection<>() {
            @Override
            public boolean contains(Object o) {
                throw failure;
            }

            @Override
            public Iterator<Object> iterator() {
                return List.of().iterator();
            }

            @Override
            public int size() {
                return 1;
            }
        };
        assertThatThrownBy(() -> queue.removeAll(failing)).isSameAs(failure);
        assertThatThrownBy(() -> queue.retainAll(failing)).isSameAs(failure);
        assertThatThrownBy(() -> queue.removeIf(e -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThatThrownBy(() -> queue.forEach(e -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(queue).containsExactlyElementsOf(subject.order(1, 2, 3));
        assertThat(queue.offer(4)).isEqualTo(subject.grows());
    }

    @EachSubject
    void manyRounds_throughAllSlots(QueueKind.Subject subject) {
        BlockingQueue<Integer> queue = subject.empty(3);
        for (int i = 0; i < 1_000; i++) {
            queue.add(i);
            queue.add(i + 1);
            assertThat(queue.remove((Integer) (i + 1))).isTrue();
            assertThat(queue.poll()).isEqualTo(i);
        }
        assertThat(queue).isEmpty();
    }
}
