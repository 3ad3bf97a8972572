// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that has left a queue is reachable through it. */
class FifoRetentionTest {

    private static void assertGone(FifoEngine engine, Consumer<FifoTaskQueue<Object>> leave) {
        FifoTaskQueue<Object> queue = engine.make(QueueOptions.defaults());
        List<WeakReference<Object>> elements =
                fill(queue, Math.min(engine.capacity(), (1 << UnboundedFifo.SEGMENT_BITS) + 3));
        leave.accept(queue);
        assertThat(queue.size()).isZero();
        awaitCollected(elements);
        assertThat(queue.isEmpty()).as("the queue itself is still in use").isTrue();
    }

    /** In a frame of its own, so that no local variable keeps an element. */
    private static List<WeakReference<Object>> fill(FifoTaskQueue<Object> queue, int count) {
        List<WeakReference<Object>> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Object element = new Object();
            elements.add(new WeakReference<>(element));
            assertThat(queue.offer(element)).isTrue();
        }
        return elements;
    }

    private static void awaitCollected(List<WeakReference<Object>> elements) {
        Await.until("the elements to be collected", () -> {
            System.gc();
            return elements.stream().allMatch(e -> e.get() == null);
        });
    }

    @ParameterizedTest
    @MethodSource("io.github.headway4j.queues.FifoEngine#all")
    void taken(FifoEngine engine) {
        assertGone(engine, queue -> {
            while (queue.poll() != null) {
                assertThat(queue.isShutdown()).isFalse();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("io.github.headway4j.queues.FifoEngine#all")
    void drained(FifoEngine engine) {
        assertGone(engine, queue -> queue.drainTo(new ArrayList<>()));
    }

    @ParameterizedTest
    @MethodSource("io.github.headway4j.queues.FifoEngine#all")
    void removed(FifoEngine engine) {
        assertGone(engine, queue -> queue.removeIf(e -> true));
    }

    @ParameterizedTest
    @MethodSource("io.github.headway4j.queues.FifoEngine#all")
    void cleared(FifoEngine engine) {
        assertGone(engine, FifoTaskQueue::clear);
    }

    @ParameterizedTest
    @MethodSource("io.github.headway4j.queues.FifoEngine#all")
    void handedBack(FifoEngine engine) {
        assertGone(engine, FifoTaskQueue::shutdownNow);
    }

    @ParameterizedTest
    @MethodSource("io.github.headway4j.queues.FifoEngine#all")
    void takenByOneWhoWaited(FifoEngine engine) {
        FifoTaskQueue<Object> queue = engine.make(QueueOptions.defaults());
        List<WeakReference<Object>> elements = new ArrayList<>();
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> taker = threads.start("taker", () -> {
                assertThat(queue.take()).isNotNull();
            });
            taker.awaitParked(queue);
            elements.addAll(fill(queue, 1));
        }
        awaitCollected(elements);
        assertThat(queue.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("io.github.headway4j.queues.FifoEngine#all")
    void putByOneWhoWaited(FifoEngine engine) throws InterruptedException {
        if (!engine.isBounded()) {
            return; // nobody waits to put
        }
        FifoTaskQueue<Object> queue = engine.make(QueueOptions.defaults());
        List<WeakReference<Object>> elements = new ArrayList<>(fill(queue, engine.capacity()));
        try (TestThreads threads = new TestThreads()) {
            TestThread<WeakReference<Object>> putter = threads.start("putter", () -> putOne(queue));
            putter.awaitParked(queue);
            for (int i = 0; i <= engine.capacity(); i++) {
                assertThat(takeOne(queue)).isTrue();
            }
            elements.add(putter.result());
        }
        awaitCollected(elements);
        assertThat(queue.isEmpty()).isTrue();
    }

    private static WeakReference<Object> putOne(FifoTaskQueue<Object> queue) throws InterruptedException {
        Object element = new Object();
        queue.put(element);
        return new WeakReference<>(element);
    }

    private static boolean takeOne(FifoTaskQueue<Object> queue) throws InterruptedException {
        return queue.take() != null;
    }
}
