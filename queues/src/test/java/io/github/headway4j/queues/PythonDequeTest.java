// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.Python;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Python's {@code collections.deque} is {@link RingDeque}. */
class PythonDequeTest {

    private static RingDeque<Integer> upTo(int n) {
        RingDeque<Integer> deque = RingDeque.unbounded();
        for (int i = 0; i < n; i++) {
            deque.addLast(i);
        }
        return deque;
    }

    @Test
    @Python("D1")
    void appendsAtBothEnds_comeOutInOrder() {
        RingDeque<Integer> deque = RingDeque.unbounded();
        for (int i = -200; i < 0; i++) {
            deque.addLast(i);
        }
        for (int i = 0; i < 200; i++) {
            deque.addFirst(i);
        }
        for (int i = 199; i >= 0; i--) {
            assertThat(deque.removeFirst()).isEqualTo(i);
        }
        for (int i = -1; i >= -200; i--) {
            assertThat(deque.removeLast()).isEqualTo(i);
        }
        assertThat(deque).isEmpty();
    }

    @Test
    @Python("D2")
    void maxlen_dropsFromTheOtherEnd() throws Exception {
        List<Integer> dropped = new ArrayList<>();
        RingDeque<Integer> deque =
                RingDeque.evicting(3, QueueOptions.<Integer>defaults().onUndelivered(dropped::add));
        deque.putAll(List.of(7, 8, 9));
        deque.addLast(10);
        assertThat(deque).containsExactly(8, 9, 10);
        deque.addFirst(7);
        assertThat(deque).containsExactly(7, 8, 9);
        deque.putAll(List.of(10, 11));
        assertThat(deque).containsExactly(9, 10, 11);
        deque.putAllFirst(List.of(8, 7));
        assertThat(deque).containsExactly(7, 8, 9);
        assertThat(dropped).containsExactly(7, 10, 7, 8, 11, 10);
    }

    @Test
    @Python("D3")
    void maxlenZero_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RingDeque.evicting(0))
                .withMessageContaining("capacity is 0");
    }

    @Test
    @Python("D4")
    void maxlen_isFixed_andPositive() {
        assertThat(RingDeque.evicting(3).stats().capacity()).isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RingDeque.evicting(-1))
                .withMessageContaining("-1");
    }

    @Test
    @Python("D5")
    void count_alsoAfterRotations() {
        RingDeque<Integer> deque = RingDeque.unbounded();
        for (int i = 0; i < 30; i++) {
            deque.add(i % 3);
        }
        for (int i = 0; i < 7; i++) {
            deque.rotate(i);
            assertThat(deque.count(1)).isEqualTo(10);
        }
        assertThat(deque.count(5)).isZero();
        assertThat(deque.count(null)).isZero();
    }

    @Test
    @Python("D6")
    void elements_areComparedAsLists() {
        assertThat(List.copyOf(upTo(4))).isEqualTo(List.copyOf(upTo(4))).isNotEqualTo(List.copyOf(upTo(5)));
        assertThat(upTo(4).equals(upTo(4))).isFalse();
    }

    @Test
    @Python("D7")
    void contains_finds() {
        RingDeque<Integer> deque = upTo(200);
        for (int i = 0; i < 200; i++) {
            assertThat(deque.contains(i)).isTrue();
        }
        assertThat(deque.contains(200)).isFalse();
    }

    @Test
    @Python("D8")
    void extendByItself_addsEachOnce() throws Exception {
        RingDeque<Integer> deque = upTo(3);
        deque.putAll(deque);
        assertThat(deque).containsExactly(0, 1, 2, 0, 1, 2);
        RingDeque<Integer> left = upTo(3);
        left.putAllFirst(left);
        assertThat(left).containsExactly(2, 1, 0, 0, 1, 2);
    }

    @Test
    @Python("D9")
    void concatenation_keepsTheLastOnes() throws Exception {
        RingDeque<Integer> deque = RingDeque.evicting(4);
        deque.putAll(upTo(3));
        deque.putAll(List.of(7, 8, 9));
        assertThat(deque).containsExactly(2, 7, 8, 9);
    }

    @Test
    @Python("D10")
    void repetition_isPuttingTheSameAgain() throws Exception {
        for (int times : new int[] {0, 1, 2, 1_000}) {
            RingDeque<Integer> deque = RingDeque.unbounded();
            RingDeque<Integer> lastFive = RingDeque.evicting(5);
            List<Integer> list = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                deque.putAll(upTo(3));
                lastFive.putAll(upTo(3));
                list.addAll(List.of(0, 1, 2));
            }
            assertThat(deque).containsExactlyElementsOf(list);
            assertThat(lastFive).containsExactlyElementsOf(list.subList(Math.max(0, list.size() - 5), list.size()));
        }
    }

    /** At each size, from each index, wherever in the array the first element is. */
    @Test
    @Python("D11")
    void removeAt_isThatOfLists_atEveryIndex() {
        for (int size = 1; size <= 17; size++) {
            for (int at = 0; at < size; at++) {
                for (int turned : new int[] {0, 1, size / 2, size - 1}) {
                    RingDeque<Integer> deque = upTo(size);
                    for (int i = 0; i < turned; i++) {
                        deque.addLast(deque.removeFirst());
                    }
                    List<Integer> list = new ArrayList<>(deque);
                    assertThat(deque.removeAt(at)).isEqualTo(list.remove(at));
                    assertThat(deque).containsExactlyElementsOf(list);
                }
            }
        }
    }

    @Test
    @Python("D11")
    void removeAt_anyIndex_untilNothingIsLeft() {
        SplittableRandom random = new SplittableRandom(1);
        RingDeque<Integer> deque = upTo(500);
        List<Integer> list = new ArrayList<>(deque);
        while (!list.isEmpty()) {
            int at = random.nextInt(list.size());
            assertThat(deque.get(at)).isEqualTo(list.get(at));
            Integer gone = list.remove(at);
            assertThat(deque.removeAt(at)).isEqualTo(gone);
            assertThat(deque.contains(gone)).isFalse();
            assertThat(deque.size()).isEqualTo(list.size());
        }
        assertThat(deque).isEmpty();
    }

    @Test
    @Python("D11")
    void everyIndex_isRead_whileElementsComeAndGo() {
        SplittableRandom random = new SplittableRandom(1);
        RingDeque<Integer> deque = upTo(200);
        List<Integer> list = new ArrayList<>(deque);
        for (int i = 0; i < 200; i++) {
            assertThat(deque.removeFirst()).isEqualTo(list.remove(0));
            if (random.nextBoolean()) {
                deque.addLast(i);
                list.add(i);
            }
            for (int at = 0; at < list.size(); at++) {
                assertThat(deque.get(at)).isEqualTo(list.get(at));
            }
        }
    }

    @Test
    @Python("D11")
    void everyIndex_isReadWrittenAndRemoved() {
        RingDeque<Integer> deque = upTo(200);
        for (int i = 0; i < 200; i++) {
            assertThat(deque.get(i)).isEqualTo(i);
            assertThat(deque.set(i, i + 1000)).isEqualTo(i);
        }
        assertThat(deque.get(199)).isEqualTo(1199);
        for (int bad : new int[] {-1, 200}) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> deque.get(bad));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> deque.set(bad, 1));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> deque.removeAt(bad));
        }
        assertThat(deque.size()).isEqualTo(200);
        for (int size = 200; size > 0; size--) {
            int at = size / 2;
            assertThat(deque.get(at)).isEqualTo(deque.removeAt(at));
        }
        assertThat(deque).isEmpty();
    }

    @Test
    @Python("D12")
    void indexOf_findsTheFirst() {
        RingDeque<Integer> deque = upTo(10);
        deque.addAll(List.of(3, 4));
        for (int i = 0; i < 12; i++) {
            assertThat(deque.indexOf(i)).isEqualTo(new ArrayList<>(deque).indexOf(i));
        }
    }

    @Test
    @Python("D13")
    void insert_isThatOfLists() {
        for (int at = 0; at <= 20; at++) {
            RingDeque<Integer> deque = upTo(20);
            List<Integer> list = new ArrayList<>(deque);
            deque.insert(at, 99);
            list.add(at, 99);
            assertThat(deque).containsExactlyElementsOf(list);
        }
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> upTo(3).insert(4, 99));
    }

    @Test
    @Python("D14")
    void insertIntoAFullOne_isRefused_andDropsNothing() {
        RingDeque<Integer> deque = RingDeque.evicting(3);
        deque.addAll(List.of(1, 2));
        deque.insert(1, 9);
        assertThat(deque).containsExactly(1, 9, 2);
        assertThatThrownBy(() -> deque.insert(1, 8)).isInstanceOf(QueueFullException.class);
        assertThat(deque).containsExactly(1, 9, 2);
    }

    @Test
    @Python("D15")
    void reverseTwice_isIdentity() {
        for (int n = 0; n < 40; n++) {
            RingDeque<Integer> deque = upTo(n);
            List<Integer> list = new ArrayList<>(deque);
            deque.reverse();
            Collections.reverse(list);
            assertThat(deque).containsExactlyElementsOf(list);
            deque.reverse();
            assertThat(deque).containsExactlyElementsOf(upTo(n));
        }
    }

    @Test
    @Python("D16")
    void rotate_anyNumber() {
        for (int k = -25; k <= 25; k++) {
            RingDeque<Integer> once = upTo(10);
            RingDeque<Integer> steps = upTo(10);
            once.rotate(k);
            for (int i = 0; i < Math.abs(k); i++) {
                steps.rotate(Integer.signum(k));
            }
            assertThat(once).containsExactlyElementsOf(steps);
            once.rotate(-k);
            assertThat(once).containsExactlyElementsOf(upTo(10));
        }
        RingDeque<Integer> deque = upTo(10);
        deque.rotate(10 * 100_000_000 + 7);
        assertThat(deque.get(0)).isEqualTo(3);
        RingDeque.<Integer>unbounded().rotate(5);
    }

    @Test
    @Python("D17")
    void underflow_isToldInBothWays() {
        RingDeque<Integer> deque = RingDeque.unbounded();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(deque::removeFirst);
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(deque::removeLast);
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(deque::getLast);
        assertThat(deque.pollFirst()).isNull();
        assertThat(deque.pollLast()).isNull();
    }

    @Test
    @Python("D18")
    void remove_takesTheFirst_andTellsOfAbsence() {
        RingDeque<String> deque = RingDeque.unbounded();
        deque.addAll(List.of("a", "b", "c", "b"));
        assertThat(deque.remove("b")).isTrue();
        assertThat(deque).containsExactly("a", "c", "b");
        assertThat(deque.remove("d")).isFalse();
        deque.addFirst("b");
        assertThat(deque.removeLastOccurrence("b")).isTrue();
        assertThat(deque).containsExactly("b", "a", "c");
    }

    @Test
    @Python("D19")
    void steadyState_keepsOrderAndRoom() {
        RingDeque<Integer> deque = upTo(100);
        for (int i = 0; i < 100_000; i++) {
            deque.addLast(deque.removeFirst());
            deque.addFirst(deque.removeLast());
        }
        assertThat(deque).containsExactlyElementsOf(upTo(100));
    }

    @Test
    @Python("D20")
    void iteration_isOverOneMoment() {
        RingDeque<Integer> deque = upTo(3);
        Iterator<Integer> iterator = deque.iterator();
        deque.addLast(9);
        deque.removeFirst();
        List<Integer> seen = new ArrayList<>();
        iterator.forEachRemaining(seen::add);
        assertThat(seen).containsExactly(0, 1, 2);
    }

    /** An object that is equal to everything or nothing, and changes the deque each time it is asked. */
    private static final class Meddler {
        private final RingDeque<?> deque;
        private final boolean answer;
        private int asked;

        Meddler(RingDeque<?> deque, boolean answer) {
            this.deque = deque;
            this.answer = answer;
        }

        @Override
        public boolean equals(Object other) {
            asked++;
            deque.clear();
            return answer;
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }

    /** What Python detects; here the question is about one moment, and a removal removes nothing that has gone. */
    @Test
    @Python("D20")
    void comparisonThatChangesTheDeque_isAskedAboutOneMoment() {
        List<Function<RingDeque<Integer>, Function<Object, Object>>> questions = List.of(
                deque -> deque::contains,
                deque -> deque::indexOf,
                deque -> deque::count,
                deque -> deque::remove,
                deque -> deque::removeFirstOccurrence,
                deque -> deque::removeLastOccurrence);
        List<Object> ifNothingIsEqual = List.of(false, -1, 0, false, false, false);
        List<Object> ifAllIsEqual = List.of(true, 0, 3, false, false, false);
        for (int i = 0; i < questions.size(); i++) {
            RingDeque<Integer> deque = upTo(3);
            Meddler unequal = new Meddler(deque, false);
            assertThat(questions.get(i).apply(deque).apply(unequal)).isEqualTo(ifNothingIsEqual.get(i));
            assertThat(unequal.asked).as("each element of the moment").isEqualTo(3);
            assertThat(deque).isEmpty();
            assertThat(deque.unfinishedTasks()).isZero();

            RingDeque<Integer> other = upTo(3);
            Meddler equal = new Meddler(other, true);
            assertThat(questions.get(i).apply(other).apply(equal)).isEqualTo(ifAllIsEqual.get(i));
            assertThat(equal.asked).isPositive();
            assertThat(other).isEmpty();
            assertThat(other.unfinishedTasks()).isZero();
        }
    }

    @Test
    @Python("D21")
    void copy_isIndependent() {
        RingDeque<Integer> deque = upTo(3);
        RingDeque<Integer> copy = RingDeque.unbounded();
        copy.addAll(deque);
        copy.addLast(9);
        assertThat(deque).containsExactly(0, 1, 2);
    }

    @Test
    @Python("D22")
    void reversedIteration() {
        List<Integer> seen = new ArrayList<>();
        upTo(4).descendingIterator().forEachRemaining(seen::add);
        assertThat(seen).containsExactly(3, 2, 1, 0);
    }

    @Test
    @Python("D23")
    void text_showsTheElements_andItselfByName() {
        RingDeque<Object> deque = RingDeque.evicting(3);
        deque.addAll(List.of(1, "a"));
        deque.add(deque);
        assertThat(deque.toString()).isEqualTo("[1, a, (this Collection)]");
    }
}
