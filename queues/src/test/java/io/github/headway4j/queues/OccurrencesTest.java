// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One object that is in a queue several times: what is removed from within is the occurrence that was meant. */
class OccurrencesTest {

    /** Small numbers are the same object each time. */
    private static final List<Integer> REPEATED = List.of(1, 2, 1, 3, 1, 1, 2);

    private static BlockingQueue<Integer> queue(QueueKind.Subject subject) {
        BlockingQueue<Integer> queue = subject.empty(9);
        queue.addAll(REPEATED);
        return queue;
    }

    @EachSubject
    void removeIf_asksAboutEachOccurrence(QueueKind.Subject subject) {
        BlockingQueue<Integer> queue = queue(subject);
        Set<Integer> seen = new HashSet<>();
        assertThat(queue.removeIf(e -> !seen.add(e))).isTrue();
        assertThat(queue).containsExactlyInAnyOrder(1, 2, 3);
    }

    @EachSubject
    void removeIf_removesThoseOccurrencesOnly(QueueKind.Subject subject) {
        for (int pattern = 0; pattern < 1 << REPEATED.size(); pattern++) {
            int goes = pattern;
            BlockingQueue<Integer> queue = queue(subject);
            List<Integer> list = new ArrayList<>(queue);
            AtomicInteger asked = new AtomicInteger();
            AtomicInteger expected = new AtomicInteger();
            boolean removed = queue.removeIf(e -> (goes >> asked.getAndIncrement() & 1) != 0);
            assertThat(removed).isEqualTo(list.removeIf(e -> (goes >> expected.getAndIncrement() & 1) != 0));
            assertThat(queue).containsExactlyElementsOf(list);
        }
    }

    @EachSubject
    void iteratorsRemove_removesThatOccurrence(QueueKind.Subject subject) {
        for (int pattern = 0; pattern < 1 << REPEATED.size(); pattern++) {
            BlockingQueue<Integer> queue = queue(subject);
            List<Integer> list = new ArrayList<>(queue);
            removeByPattern(queue.iterator(), pattern);
            removeByPattern(list.iterator(), pattern);
            assertThat(queue).containsExactlyElementsOf(list);
        }
    }

    static Stream<BlockingDeque<Integer>> deques() {
        return Stream.of(RingDeque.unbounded(), new LinkedBlockingDeque<>());
    }

    @ParameterizedTest
    @MethodSource("deques")
    void descendingIteratorsRemove_removesThatOccurrence(BlockingDeque<Integer> deque) {
        for (int pattern = 0; pattern < 1 << REPEATED.size(); pattern++) {
            deque.clear();
            deque.addAll(REPEATED);
            List<Integer> list = new ArrayList<>(REPEATED);
            Collections.reverse(list);
            removeByPattern(deque.descendingIterator(), pattern);
            removeByPattern(list.iterator(), pattern);
            Collections.reverse(list);
            assertThat(deque).containsExactlyElementsOf(list);
        }
    }

    private static void removeByPattern(Iterator<Integer> iterator, int pattern) {
        for (int i = 0; iterator.hasNext(); i++) {
            iterator.next();
            if ((pattern >> i & 1) != 0) {
                iterator.remove();
            }
        }
    }

    @EachQueue
    void iteratorsRemove_whenAnotherOccurrenceIsGone_removesOneThatIsLeft(QueueKind kind) {
        TaskQueue<Integer> queue = kind.bounded(3);
        queue.addAll(List.of(1, 1));
        Iterator<Integer> iterator = queue.iterator();
        iterator.next();
        iterator.next();
        assertThat(queue.poll()).isEqualTo(1);
        iterator.remove();
        assertThat(queue).isEmpty();
        assertThat(queue.stats().removed()).isOne();
    }

    static Stream<PriorityTaskQueue<Object>> ofEquals() {
        return Stream.of(PriorityTaskQueue.bySmallestKey(e -> 7L), PriorityTaskQueue.unbounded((a, b) -> 0));
    }

    @ParameterizedTest
    @MethodSource("ofEquals")
    void iteratorsRemove_ofOneThatEqualsAllOthers_leavesThemInTheirOrder(PriorityTaskQueue<Object> queue) {
        for (int pattern = 0; pattern < 1 << REPEATED.size(); pattern++) {
            queue.clear();
            queue.addAll(REPEATED);
            List<Integer> list = new ArrayList<>(REPEATED);
            Iterator<Object> iterator = queue.iterator();
            Iterator<Integer> expected = list.iterator();
            for (int i = 0; i < REPEATED.size(); i++) {
                assertThat(iterator.next()).isEqualTo(expected.next());
                if ((pattern >> i & 1) != 0) {
                    iterator.remove();
                    expected.remove();
                }
            }
            assertThat(queue.toArray()).isEqualTo(list.toArray());
        }
    }

    @Test
    void removeLastOccurrence_removesTheLast() {
        RingDeque<Integer> deque = RingDeque.unbounded();
        deque.addAll(List.of(1, 2, 1, 3));
        assertThat(deque.removeLastOccurrence(1)).isTrue();
        assertThat(deque).containsExactly(1, 2, 3);
        assertThat(deque.removeFirstOccurrence(1)).isTrue();
        assertThat(deque).containsExactly(2, 3);
        assertThat(deque.removeLastOccurrence(1)).isFalse();
    }
}
