// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.TestThreads;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RelaxedPriorityTaskQueueTest {

    @Test
    void snapshotAndShutdownNow_areInStrictOrder() throws Exception {
        RelaxedPriorityTaskQueue<Integer> queue = RelaxedPriorityTaskQueue.bySmallestKey(e -> e);
        List<Integer> all = new ArrayList<>(IntStream.range(0, 1000).boxed().toList());
        Collections.shuffle(all, new Random(1));
        queue.putAll(all);
        List<Integer> sorted = IntStream.range(0, 1000).boxed().toList();
        assertThat(queue).containsExactlyElementsOf(sorted);
        assertThat(queue.peek()).isZero();
        assertThat(queue.shutdownNow()).containsExactlyElementsOf(sorted);
        assertThat(queue.isTerminated()).isTrue();
    }

    @Test
    void rank_isSmallOnAverage() {
        RelaxedPriorityTaskQueue<Integer> queue = RelaxedPriorityTaskQueue.bySmallestKey(e -> e);
        int lanes = Integer.highestOneBit(2 * Runtime.getRuntime().availableProcessors() - 1) << 1;
        int elements = 20_000;
        List<Integer> all = new ArrayList<>(IntStream.range(0, elements).boxed().toList());
        Collections.shuffle(all, new Random(1));
        all.forEach(queue::add);
        BitSet left = new BitSet();
        left.set(0, elements);
        long ranks = 0;
        for (int i = 0; i < elements; i++) {
            int taken = queue.poll();
            ranks += left.get(0, taken).cardinality();
            left.clear(taken);
        }
        assertThat((double) ranks / elements).isLessThan(4.0 * lanes);
    }

    @Test
    void noElement_isLostOrSaidToBeMissing() {
        RelaxedPriorityTaskQueue<Integer> queue = RelaxedPriorityTaskQueue.bySmallestKey(e -> e);
        int each = 20_000;
        queue.add(-1); // so that it is never empty: each thread puts before it takes
        try (TestThreads threads = new TestThreads()) {
            for (int t = 0; t < 3; t++) {
                threads.start("worker " + t, () -> {
                    for (int i = 0; i < each; i++) {
                        queue.put(i);
                        assertThat(queue.poll()).isNotNull();
                        queue.taskDone();
                        assertThat(queue.isEmpty()).isFalse();
                    }
                });
            }
        }
        assertThat(queue).hasSize(1);
        assertThat(queue.unfinishedTasks()).isOne();
    }

    /** Elements move from heap to heap, so to speak, but there is one at each moment. */
    @Test
    void drainTo_findsAnElement_ifThereAlwaysIsOne() throws InterruptedException {
        RelaxedPriorityTaskQueue<Integer> queue = RelaxedPriorityTaskQueue.bySmallestKey(e -> e);
        queue.add(0);
        AtomicBoolean stop = new AtomicBoolean();
        try (TestThreads threads = new TestThreads()) {
            threads.start("mover", () -> {
                while (!stop.get()) {
                    queue.put(1); // before the other goes
                    queue.poll();
                }
            });
            try {
                for (int i = 0; i < 20_000; i++) {
                    queue.add(2); // what it takes is replaced before
                    assertThat(queue.drainTo(new ArrayList<>(), 1)).isEqualTo(1);
                }
            } finally {
                stop.set(true);
            }
        }
    }

    /** What one method tells of the end, another does not take back. */
    @Test
    void end_isSeenByAllMethodsAtOnce() {
        for (int round = 0; round < 300; round++) {
            RelaxedPriorityTaskQueue<Integer> queue = RelaxedPriorityTaskQueue.bySmallestKey(e -> e);
            try (TestThreads threads = new TestThreads()) {
                threads.start("end", queue::shutdown);
                boolean told = false;
                while (!told) {
                    told = queue.stats().shutdown();
                }
                assertThat(queue.isShutdown()).isTrue();
            }
        }
    }

    @Test
    void removeAndClear_lowerTheCount() throws Exception {
        RelaxedPriorityTaskQueue<Integer> queue = RelaxedPriorityTaskQueue.bySmallestKey(e -> e);
        queue.putAll(List.of(5, 3, 4, 1));
        assertThat(queue.remove(3)).isTrue();
        assertThat(queue.remove(7)).isFalse();
        assertThat(queue.removeIf(e -> e > 4)).isTrue();
        assertThat(queue).containsExactly(1, 4);
        assertThat(queue.unfinishedTasks()).isEqualTo(2);
        queue.clear();
        queue.join();
    }
}
