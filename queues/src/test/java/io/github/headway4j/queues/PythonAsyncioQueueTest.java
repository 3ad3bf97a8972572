// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.util.ArrayList;
import java.util.List;

/**
 * What CPython's tests ask of {@code asyncio.Queue} beyond {@code queue.Queue}: a get or put that is cancelled at the
 * moment at which it could go on, which is here to interrupt a thread, loses no item and no room.
 */
class PythonAsyncioQueueTest {

    /** Each with both orders of what happens at once. */
    private static final int RACES = 20;

    @EachThreadKind
    @Python("A42")
    void getInterruptedAsAnItemComes_losesNothing_andTheNextGoesOn(ThreadKind kind) {
        QueueKind.all().forEach(queues -> {
            for (int race = 0; race < RACES; race++) {
                interruptAGetter(queues.bounded(2), kind, race % 2 == 0);
            }
        });
    }

    private static void interruptAGetter(TaskQueue<Integer> queue, ThreadKind kind, boolean interruptFirst) {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Integer> first = threads.start("first", () -> queue.take());
            first.awaitParked(queue);
            TestThread<Integer> next = threads.start("next", () -> queue.take());
            next.awaitParked(queue);
            if (interruptFirst) {
                first.interrupt();
            }
            queue.add(1);
            first.interrupt();
            Throwable failure = first.failure();
            if (failure == null) {
                assertThat(first.result()).isEqualTo(1);
                next.assertStillParked();
                queue.add(2);
                assertThat(next.result()).isEqualTo(2);
            } else {
                assertThat(failure).isInstanceOf(InterruptedException.class);
                assertThat(next.result()).isEqualTo(1);
            }
        }
        assertThat(queue).isEmpty();
        assertThat(queue.stats().taken()).isEqualTo(queue.stats().put());
    }

    @EachThreadKind
    @Python("A42")
    void putInterruptedAsThereIsRoom_losesNothing_andTheNextGoesOn(ThreadKind kind) {
        QueueKind.bounded().forEach(queues -> {
            for (int race = 0; race < RACES; race++) {
                interruptAPutter(queues.filled(1, 1), kind, race % 2 == 0);
            }
        });
    }

    private static void interruptAPutter(TaskQueue<Integer> queue, ThreadKind kind, boolean interruptFirst) {
        List<Integer> taken = new ArrayList<>();
        List<Integer> expected = new ArrayList<>(List.of(1));
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> first = threads.start("first", () -> queue.put(2));
            first.awaitParked(queue);
            TestThread<Void> next = threads.start("next", () -> queue.put(3));
            next.awaitParked(queue);
            if (interruptFirst) {
                first.interrupt();
            }
            taken.add(queue.poll());
            first.interrupt();
            Throwable failure = first.failure();
            if (failure == null) {
                next.assertStillParked();
                taken.add(queue.poll());
                expected.add(2);
            } else {
                assertThat(failure).isInstanceOf(InterruptedException.class);
            }
            next.join();
            taken.add(queue.poll());
            expected.add(3);
        }
        assertThat(taken).isEqualTo(expected);
        assertThat(queue).isEmpty();
        assertThat(queue.remainingCapacity()).isOne();
    }
}
