// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Priority queues whose order throws, also what it does not declare, as code in other languages may. */
class ThrowingOrderTest {

    /** The natural order, until it has been asked so often. */
    private static final class Fused implements Comparator<Integer> {
        private final AtomicInteger fuse = new AtomicInteger(Integer.MAX_VALUE);

        @Override
        public int compare(Integer a, Integer b) {
            burn();
            return Integer.compare(a, b);
        }

        long key(Integer e) {
            burn();
            return e;
        }

        /** Throws after so many calls. */
        void set(int calls) {
            fuse.set(calls);
        }

        void repair() {
            fuse.set(Integer.MAX_VALUE);
        }

        private void burn() {
            if (fuse.decrementAndGet() < 0) {
                throw ThrowingOrderTest.<RuntimeException>undeclared(new IOException("planted"));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X undeclared(Throwable failure) throws X {
        throw (X) failure;
    }

    private static List<Integer> upTo(int size) {
        return IntStream.rangeClosed(1, size).boxed().toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Integer> undelivered(Throwable failure) {
        return Stream.of(failure.getSuppressed())
                .filter(UndeliveredException.class::isInstance)
                .flatMap(e -> ((List<Integer>) ((UndeliveredException) e).undelivered()).stream())
                .toList();
    }

    /** Throws at each of its calls in turn. */
    @Test
    void drainTo_undeclaredException_losesNothing() {
        for (int calls = 0; calls < 60; calls++) {
            Fused order = new Fused();
            PriorityTaskQueue<Integer> queue = PriorityTaskQueue.unbounded(order);
            queue.addAll(upTo(20));
            List<Integer> all = new ArrayList<>();
            order.set(calls);
            Throwable thrown = catchThrowable(() -> queue.drainTo(all));
            order.repair();
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(IOException.class);
            }
            assertThat(all).isEqualTo(upTo(all.size()));
            all.addAll(queue);
            assertThat(all).isEqualTo(upTo(20));
            assertThat(queue.unfinishedTasks()).isEqualTo(20);
        }
    }

    @Test
    void takeOfABatch_undeclaredException_losesNothing() {
        for (int calls = 0; calls < 60; calls++) {
            Fused order = new Fused();
            PriorityTaskQueue<Integer> queue = PriorityTaskQueue.unbounded(order);
            queue.addAll(upTo(20));
            List<Integer> all = new ArrayList<>();
            order.set(calls);
            Throwable thrown = catchThrowable(() -> all.addAll(queue.take(20, Duration.ZERO)));
            order.repair();
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(IOException.class);
                all.addAll(undelivered(thrown));
            }
            all.addAll(queue);
            assertThat(all).isEqualTo(upTo(20));
        }
    }

    @Test
    void putAll_undeclaredException_handsBackWhatIsNotIn_andWakesTakersOfWhatIs() throws Exception {
        Fused order = new Fused();
        PriorityTaskQueue<Integer> queue = PriorityTaskQueue.unbounded(order);
        try (TestThreads threads = new TestThreads()) {
            TestThread<Integer> taker = threads.start("taker", () -> queue.take());
            taker.awaitParked(queue);
            order.set(1); // the third element's comparison
            ThrowingCallable putting = () -> queue.putAll(List.of(1, 2, 3));
            assertThatThrownBy(putting)
                    .isInstanceOf(IOException.class)
                    .satisfies(thrown -> assertThat(undelivered(thrown)).containsExactly(3));
            order.repair();
            assertThat(taker.result()).isEqualTo(1);
        }
        assertThat(queue).containsExactly(2);
        assertThat(queue.unfinishedTasks()).isEqualTo(2);
    }

    // ---- the ways out ----

    private static PriorityTaskQueue<Integer> disordered(Fused order) {
        PriorityTaskQueue<Integer> queue = PriorityTaskQueue.unbounded(order);
        queue.addAll(upTo(20));
        order.set(0);
        assertThatThrownBy(queue::poll).isInstanceOf(IOException.class);
        return queue;
    }

    @Test
    void clear_asksForNoOrder() throws Exception {
        PriorityTaskQueue<Integer> queue = disordered(new Fused());
        queue.clear();
        assertThat(queue.size()).isZero();
        queue.join();
        queue.put(1);
        assertThat(queue.poll()).isEqualTo(1);
    }

    @Test
    void shutdownNow_withoutAnOrder_handsAllBack() throws Exception {
        for (int calls = 0; calls < 60; calls++) {
            Fused order = new Fused();
            PriorityTaskQueue<Integer> queue = disordered(order);
            order.set(calls);
            List<Integer> rest = queue.shutdownNow();
            assertThat(rest).containsExactlyInAnyOrderElementsOf(upTo(20)).startsWith(1);
            assertThat(queue.isTerminated()).isTrue();
            queue.join();
        }
    }

    @Test
    void views_withoutAnOrder_showAll() {
        PriorityTaskQueue<Integer> queue = disordered(new Fused());
        assertThat(queue.contains(17)).isTrue();
        assertThat(queue.contains(21)).isFalse();
        assertThat(queue.remove(21)).isFalse();
        assertThat(queue.toArray()).hasSize(20).contains(1, 17, 20);
        assertThat(queue).containsExactlyInAnyOrderElementsOf(upTo(20));
        assertThat(queue.toString()).startsWith("[1, ");
    }

    /** A comparator that is asked under the lock is refused when it calls the queue. */
    @Test
    void shutdownNowAndViews_compareWithoutTheLock() {
        AtomicReference<Runnable> callback = new AtomicReference<>(() -> {});
        PriorityTaskQueue<Integer> queue = PriorityTaskQueue.unbounded((a, b) -> {
            callback.get().run();
            return Integer.compare(a, b);
        });
        queue.addAll(upTo(20));
        AtomicInteger calls = new AtomicInteger();
        callback.set(() -> {
            calls.incrementAndGet();
            assertThat(queue.peek()).isEqualTo(1);
        });
        assertThat(queue.toArray()).containsExactly(upTo(20).toArray());
        assertThat(calls.getAndSet(0)).isPositive();
        callback.set(() -> {
            calls.incrementAndGet();
            assertThat(queue.peek()).isNull();
        });
        assertThat(queue.shutdownNow()).isEqualTo(upTo(20));
        assertThat(calls).hasPositiveValue();
    }

    // ---- keys ----

    @Test
    void putAll_undeclaredExceptionOfAKey_handsBackWhatIsNotIn() {
        Fused keys = new Fused();
        for (BlockingTaskQueue<Integer> queue : List.of(
                PriorityTaskQueue.<Integer>bySmallestKey(keys::key),
                RelaxedPriorityTaskQueue.<Integer>bySmallestKey(keys::key))) {
            keys.set(2);
            Throwable thrown = catchThrowable(() -> queue.putAll(List.of(1, 2, 3)));
            keys.repair();
            assertThat(thrown).isInstanceOf(IOException.class);
            List<Integer> all = new ArrayList<>(queue);
            all.addAll(undelivered(thrown));
            assertThat(all).containsExactly(1, 2, 3);
        }
    }
}
