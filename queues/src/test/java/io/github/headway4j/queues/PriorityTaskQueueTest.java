// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.TestThreads;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PriorityTaskQueueTest {

    /** An element: its urgency and a name. */
    record Job(int urgency, String name) {}

    static Stream<PriorityTaskQueue<Job>> bothForms() {
        return Stream.of(
                PriorityTaskQueue.bySmallestKey(Job::urgency),
                PriorityTaskQueue.unbounded(Comparator.comparingInt(Job::urgency)));
    }

    static Stream<PriorityTaskQueue<Job>> bothFormsDropping() {
        QueueOptions<Job> options = QueueOptions.<Job>defaults().overflow(OverflowPolicy.DROP_OLDEST);
        return Stream.of(
                PriorityTaskQueue.bySmallestKey(2, Job::urgency, options),
                PriorityTaskQueue.bounded(2, Comparator.comparingInt(Job::urgency), options));
    }

    @ParameterizedTest
    @MethodSource("bothForms")
    void equals_comeInTheOrderOfTheirPuts(PriorityTaskQueue<Job> queue) throws Exception {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            jobs.add(new Job(7, "job " + i));
        }
        queue.putAll(jobs);
        assertThat(queue).containsExactlyElementsOf(jobs);
        List<Job> taken = new ArrayList<>();
        queue.drainTo(taken);
        assertThat(taken).containsExactlyElementsOf(jobs);
    }

    @ParameterizedTest
    @MethodSource("bothFormsDropping")
    void dropOldest_dropsTheLeastUrgent_theLatestAmongEquals(PriorityTaskQueue<Job> queue) throws Exception {
        queue.put(new Job(5, "a"));
        queue.put(new Job(5, "b"));
        queue.put(new Job(5, "c")); // itself
        assertThat(queue).extracting(Job::name).containsExactly("a", "b");
        queue.put(new Job(4, "d"));
        assertThat(queue).extracting(Job::name).containsExactly("d", "a");
        queue.put(new Job(9, "e")); // itself
        assertThat(queue).extracting(Job::name).containsExactly("d", "a");
        assertThat(queue.unfinishedTasks()).isEqualTo(2);
        assertThat(queue.stats().dropped()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("bothForms")
    void takenElement_isNotHeld(PriorityTaskQueue<Job> queue) throws Exception {
        queue.put(new Job(1, "taken"));
        queue.put(new Job(2, "left"));
        WeakReference<Job> taken = new WeakReference<>(queue.take());
        Retention.awaitCleared(taken);
        assertThat(queue).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("bothForms")
    void extremeKeys_areOrdered(PriorityTaskQueue<Job> queue) throws Exception {
        queue.putAll(List.of(new Job(Integer.MAX_VALUE, "max"), new Job(Integer.MIN_VALUE, "min"), new Job(0, "zero")));
        assertThat(queue).extracting(Job::name).containsExactly("min", "zero", "max");
    }

    @Test
    void key_isAskedOnceAtPut_outsideTheLock_whateverComesAfter() throws Exception {
        AtomicReference<PriorityTaskQueue<AtomicInteger>> self = new AtomicReference<>();
        AtomicInteger asked = new AtomicInteger();
        PriorityTaskQueue<AtomicInteger> queue = PriorityTaskQueue.bySmallestKey(e -> {
            asked.incrementAndGet();
            self.get().peek(); // would throw or hang under the lock
            return e.get();
        });
        self.set(queue);
        AtomicInteger one = new AtomicInteger(1);
        AtomicInteger two = new AtomicInteger(2);
        AtomicInteger three = new AtomicInteger(3);
        queue.putAll(List.of(three, one));
        queue.put(two);
        assertThat(asked).hasValue(3);
        one.set(99); // a key that changes later has no effect
        three.set(0);
        assertThat(queue.toArray()).containsExactly(one, two, three);
        assertThat(queue.take()).isSameAs(one);
        assertThat(queue.remove(two)).isTrue();
        queue.put(one);
        assertThat(asked).as("asked again when it is put again").hasValue(4);
        assertThat(queue.toArray()).containsExactly(three, one);
        assertThat(queue.shutdownNow()).containsExactly(three, one);
        assertThat(asked).hasValue(4);
    }

    @Test
    void key_isAskedOnce_alsoWhereElementsAreDropped() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        PriorityTaskQueue<Integer> dropping = PriorityTaskQueue.bySmallestKey(
                2,
                e -> {
                    asked.incrementAndGet();
                    return e;
                },
                QueueOptions.<Integer>defaults().overflow(OverflowPolicy.DROP_OLDEST));
        dropping.putAll(List.of(5, 6, 4, 7, 3));
        assertThat(dropping).containsExactly(3, 4);
        assertThat(asked).hasValue(5);
    }

    @Test
    void keyThatThrows_reachesTheCaller_andChangesNothing() throws Exception {
        PriorityTaskQueue<Integer> queue = PriorityTaskQueue.bySmallestKey(e -> 10 / e);
        queue.put(5);
        assertThatThrownBy(() -> queue.put(0)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> queue.putAll(List.of(2, 0, 1))).isInstanceOf(ArithmeticException.class);
        assertThat(queue).containsExactly(5);
        assertThat(queue.unfinishedTasks()).isOne();
    }

    static Stream<Consumer<PriorityTaskQueue<Integer>>> operationsThatCompare() {
        return Stream.of(
                queue -> queue.offer(-1),
                queue -> queue.poll(),
                queue -> queue.remove(0),
                queue -> queue.removeIf(e -> e % 3 == 0));
    }

    /** Throws at each of its calls in turn, so at each step of the operation. */
    @ParameterizedTest
    @MethodSource("operationsThatCompare")
    void comparatorThatThrows_changesNothing_andFreesTheLock(Consumer<PriorityTaskQueue<Integer>> operation) {
        AtomicInteger fuse = new AtomicInteger(Integer.MAX_VALUE);
        PriorityTaskQueue<Integer> queue = PriorityTaskQueue.bounded(
                30,
                (a, b) -> {
                    if (fuse.decrementAndGet() < 0) {
                        throw new UnsupportedOperationException("planted");
                    }
                    return Integer.compare(a, b);
                },
                QueueOptions.<Integer>defaults().overflow(OverflowPolicy.DROP_OLDEST));
        for (int i = 0; i < 30; i++) {
            queue.add((i * 37) % 31);
        }
        List<Integer> before = new ArrayList<>(queue);
        int failures = 0;
        for (boolean failed = true; failed; failures++) {
            fuse.set(failures);
            try {
                operation.accept(queue);
                failed = false;
            } catch (UnsupportedOperationException planted) {
                fuse.set(Integer.MAX_VALUE);
                assertThat(new ArrayList<>(queue)).isEqualTo(before);
                assertThat(queue.unfinishedTasks()).isEqualTo(30);
                assertThat(queue.isShutdown()).isFalse();
            }
        }
        assertThat(failures).isGreaterThan(2);
    }

    /** Thirty elements, and a comparator that throws from now on. */
    private static PriorityTaskQueue<Integer> withAComparatorThatThrows() {
        AtomicInteger fuse = new AtomicInteger(Integer.MAX_VALUE);
        PriorityTaskQueue<Integer> queue = PriorityTaskQueue.bounded(30, (a, b) -> {
            if (fuse.decrementAndGet() < 0) {
                throw new UnsupportedOperationException("planted");
            }
            return Integer.compare(a, b);
        });
        for (int i = 0; i < 30; i++) {
            queue.add((i * 37) % 31);
        }
        fuse.set(0);
        return queue;
    }

    @Test
    void clear_andTheEnd_workThoughTheComparatorThrows() {
        PriorityTaskQueue<Integer> queue = withAComparatorThatThrows();
        queue.clear();
        assertThat(queue.size()).isZero();
        assertThat(queue.unfinishedTasks()).isZero();

        PriorityTaskQueue<Integer> ended = withAComparatorThatThrows();
        List<Integer> back = ended.shutdownNow();
        assertThat(back).hasSize(30).doesNotHaveDuplicates();
        assertThat(ended.isTerminated()).isTrue();
        assertThat(ended.unfinishedTasks()).isZero();
        assertThat(ended.stats().removed()).isEqualTo(30L);
    }

    @Test
    void queriesThatNeedNoOrder_workThoughTheComparatorThrows() {
        PriorityTaskQueue<Integer> queue = withAComparatorThatThrows();
        assertThat(queue.contains(7)).isTrue();
        assertThat(queue.contains(99)).isFalse();
        assertThat(queue.size()).isEqualTo(30);
        assertThat(queue.peek()).isZero();
        assertThat(queue.stats().put()).isEqualTo(30L);
        queue.shutdown();
        assertThat(queue.isShutdown()).isTrue();
    }

    @Test
    @SuppressWarnings("ReturnValueIgnored") // refused
    void comparatorThatCallsTheQueue_isRefused() throws Exception {
        AtomicReference<Runnable> callback = new AtomicReference<>(() -> {});
        PriorityTaskQueue<Integer> queue = PriorityTaskQueue.bounded(3, (a, b) -> {
            callback.get().run();
            return Integer.compare(a, b);
        });
        queue.putAll(List.of(2, 1));
        for (Runnable call : List.<Runnable>of(
                () -> queue.offer(9),
                queue::poll,
                queue::peek,
                queue::clear,
                queue::shutdown,
                queue::shutdownNow,
                queue::toArray,
                queue::stats)) {
            callback.set(call);
            assertThatIllegalStateException().isThrownBy(() -> queue.put(3)).withMessageContaining("comparator");
            callback.set(() -> {});
            assertThat(queue).containsExactly(1, 2);
        }
        queue.put(3);
        callback.set(() -> queue.offer(4)); // it is full: must not be taken for a mere no
        assertThatIllegalStateException().isThrownBy(queue::take);
        callback.set(() -> {});
        assertThat(queue).containsExactly(1, 2, 3);
    }

    @Test
    void comparatorThatContradictsItself_losesNothing() throws Exception {
        AtomicInteger answer = new AtomicInteger();
        PriorityTaskQueue<Integer> queue = PriorityTaskQueue.unbounded((a, b) -> answer.incrementAndGet() % 3 - 1);
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(i);
        }
        queue.putAll(all);
        List<Integer> taken = new ArrayList<>();
        queue.drainTo(taken);
        assertThat(taken).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void slowComparator_holdsUpOthers_andHarmsNobody() throws Exception {
        AtomicReference<Runnable> pause = new AtomicReference<>(() -> {});
        PriorityTaskQueue<Integer> queue = PriorityTaskQueue.unbounded((a, b) -> {
            pause.get().run();
            return Integer.compare(a, b);
        });
        queue.put(1);
        try (TestThreads threads = new TestThreads()) {
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            pause.set(() -> {
                inside.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            threads.start("putter", () -> queue.put(2));
            inside.await();
            assertThat(queue.size()).isEqualTo(1); // without the lock
            var taker = threads.start("taker", () -> queue.take());
            pause.set(() -> {});
            goOn.countDown();
            assertThat(taker.result()).isEqualTo(1);
        }
        assertThat(queue).containsExactly(2);
    }

    /** The one who is in the comparator holds the lock; a full queue says so without it. */
    @Test
    void slowComparator_doesNotHoldUpThoseWhoAreRefused() throws Exception {
        AtomicReference<Runnable> pause = new AtomicReference<>(() -> {});
        PriorityTaskQueue<Integer> queue = PriorityTaskQueue.bounded(3, (a, b) -> {
            pause.get().run();
            return Integer.compare(a, b);
        });
        queue.putAll(List.of(1, 2, 3));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        pause.set(() -> {
            inside.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        try (TestThreads threads = new TestThreads()) {
            var taker = threads.start("taker", () -> queue.take());
            inside.await();
            var others = threads.start("others", () -> {
                assertThat(queue.offer(9)).isFalse();
                assertThat(queue.offer(9, Duration.ofMillis(1))).isFalse();
                assertThat(queue.size()).isEqualTo(3);
                assertThat(queue.isEmpty()).isFalse();
                assertThat(queue.remainingCapacity()).isZero();
                assertThat(queue.unfinishedTasks()).isEqualTo(3L);
                assertThat(queue.isShutdown()).isFalse();
            });
            try {
                others.join(); // would wait for the taker, who waits for it
            } finally {
                pause.set(() -> {});
                goOn.countDown();
            }
            assertThat(taker.result()).isEqualTo(1);
        }
        assertThat(queue).containsExactly(2, 3);
    }

    @Test
    void sequenceNumbersThatRunOut_areDealtOutAnew() {
        KeyHeap heap = new KeyHeap((1L << 33) - 50);
        int size = 0;
        for (; size < 100; size++) {
            heap.insert(size % 3, size, size);
        }
        List<Object> expected = new ArrayList<>();
        for (int key = 0; key < 3; key++) {
            for (int i = key; i < 100; i += 3) {
                expected.add(i);
            }
        }
        assertThat(heap.drain(new Object[size])).containsExactlyElementsOf(expected);
    }

    @Test
    void capacity_isChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriorityTaskQueue.<Integer>bySmallestKey(-1, e -> e))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriorityTaskQueue.<Integer>bounded(0, Comparator.naturalOrder()))
                .withMessageContaining("0");
    }
}
