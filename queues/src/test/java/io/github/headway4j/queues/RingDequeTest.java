// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RingDequeTest {

    @EachThreadKind
    void putFirst_waitsForRoom_andTakeLastForAnElement(ThreadKind kind) throws Exception {
        RingDeque<Integer> deque = RingDeque.bounded(1);
        try (TestThreads threads = new TestThreads(kind)) {
            var taker = threads.start("taker", deque::takeLast);
            taker.awaitParked(deque);
            deque.putFirst(1);
            assertThat(taker.result()).isEqualTo(1);
            deque.putFirst(2);
            var putter = threads.start("putter", () -> deque.putFirst(3));
            putter.awaitParked(deque);
            assertThat(deque.takeLast()).isEqualTo(2);
            putter.join();
            assertThat(deque.takeFirst()).isEqualTo(3);
        }
    }

    @EachThreadKind
    void shutdown_wakesThoseAtTheOtherEnds(ThreadKind kind) {
        RingDeque<Integer> full = RingDeque.bounded(1);
        RingDeque<Integer> empty = RingDeque.bounded(1);
        full.add(1);
        try (TestThreads threads = new TestThreads(kind)) {
            var putter = threads.start("putter", () -> full.putFirst(2));
            var taker = threads.start("taker", empty::takeLast);
            putter.awaitParked(full);
            taker.awaitParked(empty);
            full.shutdown();
            empty.shutdown();
            assertThat(putter.failure()).isInstanceOf(QueueShutdownException.class);
            assertThat(taker.failure()).isInstanceOf(QueueShutdownException.class);
        }
        assertThat(full).containsExactly(1);
    }

    @Test
    void timedForms_tryOnceAtZero() throws Exception {
        RingDeque<Integer> deque = RingDeque.bounded(1);
        assertThat(deque.pollLast(Duration.ZERO)).isNull();
        assertThat(deque.pollLast(0, TimeUnit.SECONDS)).isNull();
        assertThat(deque.offerFirst(1, Duration.ZERO)).isTrue();
        assertThat(deque.offerFirst(2, 0, TimeUnit.SECONDS)).isFalse();
        assertThat(deque.offerFirst(2, Duration.ofMillis(1))).isFalse();
        assertThat(deque.pollLast(Duration.ofDays(1))).isEqualTo(1);
    }

    @Test
    void bothEndsAndTheMiddle_countAsTasks() throws Exception {
        RingDeque<Integer> deque = RingDeque.unbounded();
        deque.addFirst(1);
        deque.addLast(3);
        deque.insert(1, 2);
        assertThat(deque.unfinishedTasks()).isEqualTo(3);
        deque.set(1, 9);
        assertThat(deque.unfinishedTasks()).isEqualTo(3);
        deque.removeAt(1);
        assertThat(deque.unfinishedTasks()).isEqualTo(2);
        deque.removeLastOccurrence(3);
        assertThat(deque.unfinishedTasks()).isOne();
        deque.takeLast();
        assertThat(deque.join(Duration.ZERO)).isFalse();
        deque.taskDone();
        deque.join();
    }

    @Test
    void afterShutdown_nothingEntersAnywhere() {
        RingDeque<Integer> deque = RingDeque.unbounded();
        deque.addAll(List.of(1, 2));
        deque.shutdown();
        assertThat(deque.offerFirst(0)).isFalse();
        assertThatThrownBy(() -> deque.addFirst(0)).isInstanceOf(QueueShutdownException.class);
        assertThatThrownBy(() -> deque.insert(1, 0)).isInstanceOf(QueueShutdownException.class);
        assertThatThrownBy(() -> deque.set(1, 0)).isInstanceOf(QueueShutdownException.class);
        assertThat(deque).containsExactly(1, 2);
        assertThat(deque.pollLast()).isEqualTo(2);
    }

    @Test
    void evicting_keepsTheCountOfTasks() throws Exception {
        RingDeque<Integer> deque = RingDeque.evicting(2);
        deque.putAll(List.of(1, 2, 3));
        deque.putFirst(0);
        assertThat(deque).containsExactly(0, 2);
        assertThat(deque.unfinishedTasks()).isEqualTo(2);
        assertThat(deque.stats().dropped()).isEqualTo(2);
    }

    @Test
    void elementThatLeft_isNotHeld() {
        RingDeque<Object> deque = RingDeque.unbounded();
        for (int i = 0; i < 4; i++) {
            deque.add(new Object());
        }
        List<WeakReference<Object>> gone = List.of(
                new WeakReference<>(deque.removeAt(1)),
                new WeakReference<>(deque.removeFirst()),
                new WeakReference<>(deque.removeLast()));
        gone.forEach(Retention::awaitCleared);
        assertThat(deque).hasSize(1);
    }
}
