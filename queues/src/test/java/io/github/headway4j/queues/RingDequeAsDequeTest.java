// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.function.ThrowingSupplier;

/** What Deque and BlockingDeque say, of both ends. */
class RingDequeAsDequeTest {

    /** A way of putting an element at one end. */
    @FunctionalInterface
    private interface Putting {
        void put(BlockingDeque<Integer> deque, Integer element) throws InterruptedException;
    }

    /** A way of taking an element from one end. */
    @FunctionalInterface
    private interface Taking {
        Integer take(BlockingDeque<Integer> deque) throws InterruptedException;
    }

    private static List<Putting> puttingFirst() {
        return List.of(
                BlockingDeque::addFirst,
                BlockingDeque::push,
                BlockingDeque::putFirst,
                (deque, e) -> assertThat(deque.offerFirst(e)).isTrue(),
                (deque, e) -> assertThat(deque.offerFirst(e, 1, TimeUnit.HOURS)).isTrue());
    }

    private static List<Putting> puttingLast() {
        return List.of(
                BlockingDeque::addLast,
                BlockingDeque::putLast,
                BlockingDeque::put,
                (deque, e) -> assertThat(deque.add(e)).isTrue(),
                (deque, e) -> assertThat(deque.offer(e)).isTrue(),
                (deque, e) -> assertThat(deque.offerLast(e)).isTrue(),
                (deque, e) -> assertThat(deque.offer(e, 1, TimeUnit.HOURS)).isTrue(),
                (deque, e) -> assertThat(deque.offerLast(e, 1, TimeUnit.HOURS)).isTrue());
    }

    private static List<Taking> takingFirst() {
        return List.of(
                BlockingDeque::removeFirst,
                BlockingDeque::pop,
                BlockingDeque::remove,
                BlockingDeque::takeFirst,
                BlockingDeque::take,
                BlockingDeque::pollFirst,
                BlockingDeque::poll,
                deque -> deque.pollFirst(1, TimeUnit.HOURS),
                deque -> deque.poll(1, TimeUnit.HOURS));
    }

    private static List<Taking> takingLast() {
        return List.of(
                BlockingDeque::removeLast,
                BlockingDeque::takeLast,
                BlockingDeque::pollLast,
                deque -> deque.pollLast(1, TimeUnit.HOURS),
                deque -> deque.pollLast(-1, TimeUnit.HOURS));
    }

    // ---- each form at its end ----

    @EachDeque
    void eachFormOfPutting_putsAtItsEnd(DequeSubject subject) throws InterruptedException {
        for (Putting form : puttingFirst()) {
            BlockingDeque<Integer> deque = subject.filled(2, 9);
            form.put(deque, 7);
            form.put(deque, 8);
            assertThat(deque).as("way %d", puttingFirst().indexOf(form)).containsExactly(8, 7, 1, 2);
        }
        for (Putting form : puttingLast()) {
            BlockingDeque<Integer> deque = subject.filled(2, 9);
            form.put(deque, 7);
            form.put(deque, 8);
            assertThat(deque).containsExactly(1, 2, 7, 8);
        }
    }

    @EachDeque
    void eachFormOfTaking_takesFromItsEnd(DequeSubject subject) throws InterruptedException {
        for (Taking form : takingFirst()) {
            BlockingDeque<Integer> deque = subject.filled(3, 9);
            assertThat(List.of(form.take(deque), form.take(deque))).containsExactly(1, 2);
            assertThat(deque).containsExactly(3);
        }
        for (Taking form : takingLast()) {
            BlockingDeque<Integer> deque = subject.filled(3, 9);
            assertThat(List.of(form.take(deque), form.take(deque))).containsExactly(3, 2);
            assertThat(deque).containsExactly(1);
        }
    }

    @EachDeque
    void looking_atEitherEnd_takesNothing(DequeSubject subject) {
        BlockingDeque<Integer> deque = subject.filled(3, 9);
        assertThat(deque.peekFirst()).isEqualTo(1);
        assertThat(deque.peek()).isEqualTo(1);
        assertThat(deque.getFirst()).isEqualTo(1);
        assertThat(deque.element()).isEqualTo(1);
        assertThat(deque.peekLast()).isEqualTo(3);
        assertThat(deque.getLast()).isEqualTo(3);
        assertThat(deque).containsExactly(1, 2, 3);
    }

    @EachDeque
    void empty_eachFormSaysSo(DequeSubject subject) throws InterruptedException {
        BlockingDeque<Integer> deque = subject.empty(2);
        for (ThrowingSupplier<Integer> none : List.<ThrowingSupplier<Integer>>of(
                deque::removeFirst,
                deque::removeLast,
                deque::pop,
                deque::remove,
                deque::getFirst,
                deque::getLast,
                deque::element)) {
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(none::get);
        }
        assertThat(deque.pollFirst()).isNull();
        assertThat(deque.pollLast()).isNull();
        assertThat(deque.peekFirst()).isNull();
        assertThat(deque.peekLast()).isNull();
        for (long time : new long[] {-1, 0, 1}) {
            assertThat(deque.pollFirst(time, TimeUnit.MILLISECONDS)).isNull();
            assertThat(deque.pollLast(time, TimeUnit.MILLISECONDS)).isNull();
        }
        assertThat(deque.removeFirstOccurrence(1)).isFalse();
        assertThat(deque.removeLastOccurrence(1)).isFalse();
        assertThat(deque.descendingIterator().hasNext()).isFalse();
        assertThat(deque).isEmpty();
    }

    // ---- full ----

    @EachRefusingDeque
    void full_eachFormRefuses(DequeSubject subject) throws InterruptedException {
        BlockingDeque<Integer> deque = subject.filled(2, 2);
        assertThatIllegalStateException().isThrownBy(() -> deque.addFirst(9));
        assertThatIllegalStateException().isThrownBy(() -> deque.addLast(9));
        assertThatIllegalStateException().isThrownBy(() -> deque.push(9));
        assertThat(deque.offerFirst(9)).isFalse();
        assertThat(deque.offerLast(9)).isFalse();
        for (long time : new long[] {-1, 0, 1}) {
            assertThat(deque.offerFirst(9, time, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(deque.offerLast(9, time, TimeUnit.MILLISECONDS)).isFalse();
        }
        assertThat(deque.remainingCapacity()).isZero();
        assertThat(deque).containsExactly(1, 2);
    }

    @EachDeque
    void full_thoseThatDoNotRefuse_growOrDropFromTheOtherEnd(DequeSubject subject) throws InterruptedException {
        if (subject.full() == DequeSubject.Full.REFUSES) {
            return; // full_eachFormRefuses
        }
        boolean grows = subject.full() == DequeSubject.Full.GROWS;
        for (Putting form : puttingFirst()) {
            BlockingDeque<Integer> deque = subject.filled(3, 3);
            form.put(deque, 9);
            assertThat(deque).containsExactlyElementsOf(grows ? List.of(9, 1, 2, 3) : List.of(9, 1, 2));
        }
        for (Putting form : puttingLast()) {
            BlockingDeque<Integer> deque = subject.filled(3, 3);
            form.put(deque, 9);
            assertThat(deque).containsExactlyElementsOf(grows ? List.of(1, 2, 3, 9) : List.of(2, 3, 9));
        }
    }

    // ---- waiting ----

    @EachRefusingDeque
    void putters_atEitherEnd_goOnWhenEitherEndHasRoom(DequeSubject subject) throws InterruptedException {
        List<Putting> forms = List.of(
                BlockingDeque::putFirst,
                BlockingDeque::putLast,
                (deque, e) -> assertThat(deque.offerFirst(e, 1, TimeUnit.HOURS)).isTrue(),
                (deque, e) -> assertThat(deque.offerLast(e, 1, TimeUnit.HOURS)).isTrue());
        for (Taking taking : List.<Taking>of(BlockingDeque::takeFirst, BlockingDeque::takeLast)) {
            for (int form = 0; form < forms.size(); form++) {
                BlockingDeque<Integer> deque = subject.filled(2, 2);
                Putting putting = forms.get(form);
                try (TestThreads threads = new TestThreads()) {
                    TestThread<Void> putter = threads.start("putter", () -> putting.put(deque, 9));
                    putter.awaitParked();
                    assertThat(deque).containsExactly(1, 2);
                    Integer left = 3 - taking.take(deque);
                    putter.join();
                    assertThat(deque).containsExactlyElementsOf(form % 2 == 0 ? List.of(9, left) : List.of(left, 9));
                }
            }
        }
    }

    @EachDeque
    void takers_atEitherEnd_goOnWhenEitherEndGetsAnElement(DequeSubject subject) throws InterruptedException {
        List<Taking> forms = List.of(
                BlockingDeque::takeFirst,
                BlockingDeque::takeLast,
                deque -> deque.pollFirst(1, TimeUnit.HOURS),
                deque -> deque.pollLast(1, TimeUnit.HOURS));
        for (Putting putting : List.<Putting>of(BlockingDeque::addFirst, BlockingDeque::addLast)) {
            for (Taking taking : forms) {
                BlockingDeque<Integer> deque = subject.empty(2);
                try (TestThreads threads = new TestThreads()) {
                    TestThread<Integer> taker = threads.start("taker", () -> taking.take(deque));
                    taker.awaitParked();
                    putting.put(deque, 7);
                    assertThat(taker.result()).isEqualTo(7);
                }
                assertThat(deque).isEmpty();
            }
        }
    }

    // ---- within ----

    @EachDeque
    void removeOccurrence_takesTheFirstOrTheLastOut(DequeSubject subject) {
        BlockingDeque<Integer> deque = subject.empty(9);
        deque.addAll(List.of(1_000, 2_000, 1_000, 3_000, 1_000));
        assertThat(deque.removeFirstOccurrence(1_000)).isTrue();
        assertThat(deque).containsExactly(2_000, 1_000, 3_000, 1_000);
        assertThat(deque.removeLastOccurrence(1_000)).isTrue();
        assertThat(deque).containsExactly(2_000, 1_000, 3_000);
        assertThat(deque.removeLastOccurrence(2_000)).isTrue();
        assertThat(deque.removeFirstOccurrence(3_000)).isTrue();
        assertThat(deque).containsExactly(1_000);
        assertThat(deque.removeFirstOccurrence(4_000)).isFalse();
        assertThat(deque.removeLastOccurrence(4_000)).isFalse();
        assertThat(deque.removeFirstOccurrence((Object) "1000")).isFalse();
        assertThat(deque.removeLastOccurrence((Object) "1000")).isFalse();
        assertThat(deque.removeLastOccurrence(1_000)).isTrue();
        assertThat(deque).isEmpty();
    }

    @EachDeque
    void removeOccurrence_ofOneObjectThatIsThereTwice_takesTheRightOneOut(DequeSubject subject) {
        Integer same = 1_000;
        BlockingDeque<Integer> deque = subject.empty(9);
        deque.addAll(List.of(same, 2, same, 3));
        assertThat(deque.removeLastOccurrence(same)).isTrue();
        assertThat(deque).containsExactly(same, 2, 3);
        deque.addLast(same);
        assertThat(deque.removeFirstOccurrence(same)).isTrue();
        assertThat(deque).containsExactly(2, 3, same);
    }

    @EachRefusingDeque
    void removeOccurrence_makesRoomForOneWhoWaits(DequeSubject subject) {
        for (boolean first : new boolean[] {true, false}) {
            BlockingDeque<Integer> deque = subject.filled(2, 2);
            try (TestThreads threads = new TestThreads()) {
                TestThread<Void> putter = threads.start("putter", () -> deque.putFirst(9));
                putter.awaitParked();
                assertThat(first ? deque.removeFirstOccurrence(2) : deque.removeLastOccurrence(2))
                        .isTrue();
            }
            assertThat(deque).containsExactly(9, 1);
        }
    }

    @EachDeque
    void descendingIterator_goesFromTheLastToTheFirst_andRemoves(DequeSubject subject) {
        BlockingDeque<Integer> deque = subject.filled(4, 9);
        Iterator<Integer> iterator = deque.descendingIterator();
        assertThatIllegalStateException().isThrownBy(iterator::remove);
        List<Integer> seen = new ArrayList<>();
        while (iterator.hasNext()) {
            Integer next = iterator.next();
            seen.add(next);
            if (next % 2 == 0) {
                iterator.remove();
                assertThatIllegalStateException().isThrownBy(iterator::remove);
            }
        }
        assertThat(seen).containsExactly(4, 3, 2, 1);
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
        assertThat(deque).containsExactly(1, 3);
    }

    @EachDeque
    void descendingIterator_ofTheSameObjectTwice_removesTheLaterOne(DequeSubject subject) {
        Integer same = 1_000;
        BlockingDeque<Integer> deque = subject.empty(9);
        deque.addAll(List.of(same, 2, same));
        Iterator<Integer> iterator = deque.descendingIterator();
        iterator.next();
        iterator.remove();
        assertThat(deque).containsExactly(same, 2);
    }

    @EachDeque
    void asAStack_pushAndPopAreLastInFirstOut(DequeSubject subject) {
        BlockingDeque<Integer> deque = subject.empty(3);
        deque.push(1);
        deque.push(2);
        assertThat(deque.peek()).isEqualTo(2);
        deque.push(3);
        assertThat(List.of(deque.pop(), deque.pop(), deque.pop())).containsExactly(3, 2, 1);
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(deque::pop);
    }

    @EachDeque
    void nulls_areRefusedAtBothEnds(DequeSubject subject) {
        BlockingDeque<Integer> deque = subject.filled(1, 3);
        assertThatNullPointerException().isThrownBy(() -> deque.addFirst(null));
        assertThatNullPointerException().isThrownBy(() -> deque.addLast(null));
        assertThatNullPointerException().isThrownBy(() -> deque.push(null));
        assertThatNullPointerException().isThrownBy(() -> deque.offerFirst(null));
        assertThatNullPointerException().isThrownBy(() -> deque.offerLast(null));
        assertThatNullPointerException().isThrownBy(() -> deque.putFirst(null));
        assertThatNullPointerException().isThrownBy(() -> deque.putLast(null));
        assertThatNullPointerException().isThrownBy(() -> deque.offerFirst(null, 1, TimeUnit.HOURS));
        assertThatNullPointerException().isThrownBy(() -> deque.offerLast(null, 1, TimeUnit.HOURS));
        assertThatNullPointerException().isThrownBy(() -> deque.offerFirst(1, 1, null));
        assertThatNullPointerException().isThrownBy(() -> deque.offerLast(1, 1, null));
        assertThatNullPointerException().isThrownBy(() -> deque.pollFirst(1, null));
        assertThatNullPointerException().isThrownBy(() -> deque.pollLast(1, null));
        assertThat(deque.removeFirstOccurrence(null)).isFalse();
        assertThat(deque.removeLastOccurrence(null)).isFalse();
        assertThat(deque).containsExactly(1);
    }
}
