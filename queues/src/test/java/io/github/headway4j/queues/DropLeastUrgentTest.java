// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A full priority queue that drops the last in order, against a sorted list. */
class DropLeastUrgentTest {

    /** An element: many share an urgency. */
    record Job(int urgency, int number) {}

    /** Makes a queue of one of the two forms. */
    interface Form {
        PriorityTaskQueue<Job> make(int capacity, QueueOptions<Job> options);
    }

    static Stream<Form> forms() {
        return Stream.of(
                (capacity, options) -> PriorityTaskQueue.bySmallestKey(capacity, Job::urgency, options),
                (capacity, options) ->
                        PriorityTaskQueue.bounded(capacity, Comparator.comparingInt(Job::urgency), options));
    }

    private static void enter(List<Job> sorted, Job job) {
        int i = sorted.size();
        while (i > 0 && sorted.get(i - 1).urgency > job.urgency) {
            i--;
        }
        sorted.add(i, job);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void dropOldest_dropsTheLastInOrder_whateverTheHeapLooksLike(Form form) {
        for (int capacity : new int[] {1, 2, 3, 5, 6, 17, 30, 64}) {
            SplittableRandom random = new SplittableRandom(capacity);
            List<Job> dropped = new ArrayList<>();
            PriorityTaskQueue<Job> queue = form.make(
                    capacity,
                    QueueOptions.<Job>defaults()
                            .overflow(OverflowPolicy.DROP_OLDEST)
                            .onUndelivered(dropped::add));
            List<Job> model = new ArrayList<>();
            List<Job> expected = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                if (random.nextInt(8) == 0) {
                    assertThat(queue.poll()).isEqualTo(model.isEmpty() ? null : model.remove(0));
                    continue;
                }
                Job job = new Job(random.nextInt(20), i);
                queue.add(job);
                enter(model, job);
                if (model.size() > capacity) {
                    expected.add(model.remove(capacity));
                }
            }
            assertThat(dropped).isEqualTo(expected);
            assertThat(queue).containsExactlyElementsOf(model);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void dropOldest_copiesNothing(Form form) {
        int capacity = 20_000;
        PriorityTaskQueue<Job> queue =
                form.make(capacity, QueueOptions.<Job>defaults().overflow(OverflowPolicy.DROP_OLDEST));
        for (int i = 0; i < capacity; i++) {
            queue.add(new Job(2, i));
        }
        Function<Integer, Long> bytesOfAPut = urgency -> {
            Job job = new Job(urgency, -1);
            long before = allocatedBytes();
            queue.add(job);
            return allocatedBytes() - before;
        };
        for (int urgency : new int[] {1, 3}) { // one that enters, one that is dropped at once
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 10 && least > capacity; round++) { // until all that it needs is loaded
                least = Math.min(least, bytesOfAPut.apply(urgency));
            }
            assertThat(least).isLessThan(capacity);
        }
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
