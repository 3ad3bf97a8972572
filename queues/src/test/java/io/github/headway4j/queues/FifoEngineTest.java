// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the stores of {@link FifoTaskQueue} do, below the methods that wait. */
class FifoEngineTest {

    private static final int STEPS = 5_000;
    private static final int ELEMENTS = 10_000;

    @ParameterizedTest
    @MethodSource("io.github.headway4j.queues.FifoEngine#all")
    void anyOperations_oneThread_behaveAsAnArrayDeque(FifoEngine engine) {
        FifoTaskQueue<Integer> queue = engine.make();
        ArrayDeque<Integer> model = new ArrayDeque<>();
        SplittableRandom random = new SplittableRandom(engine.hashCode());
        int most = Math.min(
                engine.capacity(), 3 << UnboundedFifo.SEGMENT_BITS); // the rest of the time goes into comparing
        for (int step = 0; step < STEPS; step++) {
            Integer element = step;
            switch (random.nextInt(10)) {
                case 0, 1 -> {
                    boolean room = model.size() < engine.capacity();
                    assertThat(queue.tryPut(element)).isEqualTo(room ? QueueCore.PUT : QueueCore.FULL);
                    if (room) {
                        model.add(element);
                    }
                }
                case 2, 3 -> {
                    int room = Math.min(most + 1, most + 2 - Math.min(model.size(), most));
                    Object[] some = new Object[random.nextInt(room + 1)];
                    Arrays.setAll(some, k -> -k);
                    putSome(queue, some, random.nextInt(some.length + 1), model);
                }
                case 4, 5 -> assertThat(queue.tryTake()).isEqualTo(model.poll());
                case 6 -> {
                    Object[] sink = new Object[random.nextInt(most + 2)];
                    int taken = queue.tryTakeSome(sink, sink.length);
                    assertThat(taken == 0).isEqualTo(sink.length == 0 || model.isEmpty());
                    for (int k = 0; k < taken; k++) {
                        assertThat(sink[k]).isEqualTo(model.poll());
                    }
                }
                case 7 -> {
                    Object[] all = model.toArray();
                    boolean[] goes = new boolean[all.length];
                    model.clear();
                    for (int k = 0; k < all.length; k++) {
                        goes[k] = random.nextInt(4) == 0;
                        if (!goes[k]) {
                            model.add((Integer) all[k]);
                        }
                    }
                    assertThat(queue.removeChosen(Chosen.among(all, goes))).isEqualTo(all.length - model.size());
                }
                case 8 -> {
                    if (random.nextInt(20) == 0) {
                        assertThat(queue.takeAll(false)).isEqualTo(model.toArray());
                        model.clear();
                    }
                }
                default -> assertThat(queue.snapshot()).isEqualTo(model.toArray());
            }
            assertThat(queue.size()).isEqualTo(model.size());
            assertThat(queue.peek()).isSameAs(model.peek());
        }
    }

    private static void putSome(FifoTaskQueue<Integer> queue, Object[] some, int from, ArrayDeque<Integer> model) {
        int put = queue.tryPutSome(some, from);
        assertThat(put == 0).isEqualTo(from == some.length || model.size() == queue.capacity());
        for (int k = 0; k < put; k++) {
            model.add((Integer) some[from + k]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 64, 100})
    void capacity_isExact(int capacity) {
        FifoTaskQueue<Integer> queue = FifoTaskQueue.bounded(capacity);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < capacity; i++) {
                assertThat(queue.tryPut(i)).isEqualTo(QueueCore.PUT);
            }
            assertThat(queue.tryPut(-1)).isEqualTo(QueueCore.FULL);
            assertThat(queue.tryTake()).isEqualTo(0);
            assertThat(queue.tryPutSome(new Object[] {capacity, capacity + 1}, 0))
                    .isEqualTo(1);
            assertThat(queue.takeAll(false)).hasSize(capacity);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, (1 << 30) + 1})
    void bounded_badCapacity_isRefusedWithItsValue(int capacity) {
        assertThatThrownBy(() -> FifoTaskQueue.bounded(capacity))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("" + capacity);
    }

    @ParameterizedTest
    @MethodSource("io.github.headway4j.queues.FifoEngine#all")
    void shut_keepsWhatIsThereAndRefusesMore(FifoEngine engine) {
        FifoTaskQueue<Integer> queue = engine.make();
        queue.tryPut(1);
        queue.shut();
        queue.shut();
        assertThat(queue.isShutdown()).isTrue();
        assertThat(queue.tryPut(2)).isEqualTo(QueueCore.SHUT);
        assertThat(queue.tryPutSome(new Object[] {2}, 0)).isZero();
        assertThat(queue.snapshot()).containsExactly(1);
        assertThat(queue.isShutdown()).as("after a rare operation").isTrue();
        assertThat(queue.tryTake()).isEqualTo(1);
        assertThat(queue.tryTake()).isNull();
    }

    @ParameterizedTest
    @MethodSource("io.github.headway4j.queues.FifoEngine#all")
    void takeAll_shut_isSeenAtOnce(FifoEngine engine) {
        FifoTaskQueue<Integer> queue = engine.make();
        queue.tryPut(1);
        assertThat(queue.takeAll(true)).containsExactly(1);
        assertThat(queue.isShutdown()).isTrue();
        assertThat(queue.tryPut(2)).isEqualTo(QueueCore.SHUT);
        assertThat(queue.moment()).isEqualTo(new QueueCore.Moment(engine.first() + 1L, 0, true));
    }

    /** Two putters, two takers and one that keeps freezing the queue: all elements once, each putter's in order. */
    @ParameterizedTest
    @MethodSource("io.github.headway4j.queues.FifoEngine#all")
    void putsAndTakes_whileFrozenNowAndThen_loseNothing(FifoEngine engine) {
        FifoTaskQueue<Integer> queue = engine.make();
        AtomicInteger left = new AtomicInteger(2 * ELEMENTS);
        List<TestThread<List<Integer>>> takers = new ArrayList<>();
        List<Integer> removed = new ArrayList<>();
        try (TestThreads threads = new TestThreads()) {
            for (int p = 0; p < 2; p++) {
                int putter = p;
                threads.start("putter " + p, () -> put(queue, putter));
            }
            for (int c = 0; c < 2; c++) {
                takers.add(threads.start("taker " + c, () -> take(queue, left)));
            }
            while (left.get() > 0) {
                Object[] now = queue.snapshot();
                assertThat(now).doesNotContainNull().doesNotHaveDuplicates();
                if (now.length > 0) {
                    Object last = now[now.length - 1];
                    if (queue.removeOccurrence(last, 0)) {
                        removed.add((Integer) last);
                        left.decrementAndGet();
                    }
                }
                Thread.yield();
            }
        }
        List<Integer> gone = new ArrayList<>(removed);
        for (TestThread<List<Integer>> taker : takers) {
            List<Integer> got = taker.result();
            gone.addAll(got);
            for (int putter = 0; putter < 2; putter++) {
                int parity = putter;
                assertThat(got.stream().filter(e -> e % 2 == parity)).isSorted();
            }
        }
        assertThat(gone).hasSize(2 * ELEMENTS).doesNotHaveDuplicates();
        assertThat(queue.size()).isZero();
    }

    private static void put(FifoTaskQueue<Integer> queue, int putter) {
        for (int n = 0; n < ELEMENTS; ) {
            if (n % 3 == 0 && n + 2 < ELEMENTS) {
                Object[] some = {2 * n + putter, 2 * (n + 1) + putter};
                n += queue.tryPutSome(some, 0);
            } else if (queue.tryPut(2 * n + putter) == QueueCore.PUT) {
                n++;
            } else {
                Thread.yield();
            }
        }
    }

    private static List<Integer> take(FifoTaskQueue<Integer> queue, AtomicInteger left) {
        List<Integer> got = new ArrayList<>();
        Object[] sink = new Object[3];
        while (left.get() > 0) {
            Integer one = queue.tryTake();
            if (one != null) {
                got.add(one);
                left.decrementAndGet();
            }
            int some = queue.tryTakeSome(sink, sink.length);
            for (int k = 0; k < some; k++) {
                got.add((Integer) sink[k]);
            }
            left.addAndGet(-some);
            if (one == null && some == 0) {
                Thread.yield();
            }
        }
        return got;
    }

    @Test
    void unbounded_afterAPeak_keepsOneSegmentAndASpare() {
        UnboundedFifo<Integer> queue = new UnboundedFifo<>(QueueOptions.defaults());
        for (int i = 0; i < 50 << UnboundedFifo.SEGMENT_BITS; i++) {
            queue.tryPut(i);
        }
        assertThat(queue.segments()).as("at the peak").isGreaterThanOrEqualTo(50);
        for (int i = 0; i < 50 << UnboundedFifo.SEGMENT_BITS; i++) {
            assertThat(queue.tryTake()).isEqualTo(i);
        }
        assertThat(queue.segments()).as("after it").isLessThanOrEqualTo(2);
    }
}
