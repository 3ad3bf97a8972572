// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What CPython's tests demand of {@code queue.SimpleQueue}, here an unbounded FIFO queue. */
class PythonSimpleQueueTest {

    private static final int FEEDERS = 50;
    private static final int EACH = 20;

    private final TaskQueue<Integer> queue = FifoTaskQueue.unbounded();

    @Test
    @Python("Q23")
    void basics_andSizes() throws InterruptedException {
        assertThat(queue).isEmpty();
        queue.put(1);
        assertThat(queue).hasSize(1);
        assertThat(queue.offer(2)).isTrue();
        assertThat(queue.offer(3, Duration.ofSeconds(-1))).isTrue();
        assertThat(queue).hasSize(3);
        assertThat(List.of(queue.take(), queue.poll(), queue.poll(Duration.ofHours(1))))
                .containsExactly(1, 2, 3);
        assertThat(queue).isEmpty();
    }

    @Test
    @Python("Q24")
    void empty_threeWays() throws InterruptedException {
        assertThat(queue.poll()).isNull();
        assertThat(queue.poll(Duration.ZERO)).isNull();
        assertThat(queue.poll(Duration.ofMillis(2))).isNull();
    }

    @EachThreadKind
    @Python("Q25")
    void oneProducerOneConsumer_keepOrder(ThreadKind kind) {
        List<Integer> numbers = IntStream.range(0, 5_000).boxed().toList();
        try (TestThreads threads = new TestThreads(kind)) {
            threads.start("producer", () -> {
                for (Integer number : numbers) {
                    queue.put(number);
                }
            });
            TestThread<List<Integer>> consumer = threads.start("consumer", () -> {
                List<Integer> got = new ArrayList<>();
                while (got.size() < numbers.size()) {
                    got.add(queue.take());
                }
                return got;
            });
            assertThat(consumer.result()).isEqualTo(numbers);
        }
    }

    @EachThreadKind
    @Python("Q26")
    void fiftyByFifty_blockingPollingTimed_nothingLostOrDoubled(ThreadKind kind) {
        for (int form = 0; form < 3; form++) {
            int how = form;
            List<TestThread<List<Integer>>> consumers = new ArrayList<>();
            try (TestThreads threads = new TestThreads(kind)) {
                for (int f = 0; f < FEEDERS; f++) {
                    int first = f * EACH;
                    threads.start("feeder " + f, () -> {
                        for (int i = first; i < first + EACH; i++) {
                            queue.put(i);
                        }
                    });
                    consumers.add(threads.start("consumer " + f, () -> {
                        List<Integer> got = new ArrayList<>();
                        while (got.size() < EACH) {
                            Integer element = get(how);
                            if (element != null) {
                                got.add(element);
                            }
                        }
                        return got;
                    }));
                }
            }
            List<Integer> all = new ArrayList<>();
            consumers.forEach(consumer -> all.addAll(consumer.result()));
            assertThat(all).hasSize(FEEDERS * EACH).doesNotHaveDuplicates();
        }
    }

    private Integer get(int how) throws InterruptedException {
        return switch (how) {
            case 0 -> queue.take();
            case 1 -> {
                Integer element = queue.poll();
                if (element == null) {
                    Thread.yield();
                }
                yield element;
            }
            default -> queue.poll(Duration.ofNanos(100_000));
        };
    }

    @EachQueue
    @Python("Q27")
    void itemIsUnreferenced_onceFetched(QueueKind kind) {
        TaskQueue<String> some = kind.bounded(4);
        some.add(new String("a"));
        some.add(new String("b"));
        List<WeakReference<String>> references =
                some.stream().map(WeakReference::new).toList();
        assertThat(some.poll()).isNotNull();
        assertThat(some.poll()).isNotNull();
        references.forEach(Retention::awaitCleared);
        assertThat(some).isEmpty();
    }

    @Test
    @Python("Q28")
    void putFromWithinACallbackDuringGet_isSafe() throws InterruptedException {
        queue.put(1);
        List<Integer> sink = new ArrayList<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public boolean add(Integer element) {
                return queue.add(element + 1) && super.add(element);
            }
        };
        assertThat(queue.drainTo(sink)).isEqualTo(1);
        assertThat(queue.removeIf(e -> e == 2 && queue.add(3))).isTrue();
        assertThat(queue).containsExactly(3);
        queue.shutdown();
        queue.forEachTask(e -> queue.offer(e));
        assertThat(sink).containsExactly(1);
    }
}
