// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.Rounds;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a queue of many heaps says of one moment. */
class RelaxedMomentsTest {

    private static RelaxedPriorityTaskQueue<Integer> queue() {
        return RelaxedPriorityTaskQueue.bySmallestKey(e -> e);
    }

    /** With more threads than processors, so that the one who adds up is stopped half-way now and then. */
    @Test
    void queueThatIsNeverEmpty_isNeverSaidToBe() {
        RelaxedPriorityTaskQueue<Integer> queue = queue();
        queue.add(-1); // so that it is never empty: each thread puts before it takes
        AtomicBoolean stop = new AtomicBoolean();
        try (TestThreads threads = new TestThreads()) {
            threads.start("mover", () -> {
                while (!stop.get()) {
                    queue.put(1);
                    assertThat(queue.poll()).isNotNull();
                }
            });
            for (int t = 1; t < Runtime.getRuntime().availableProcessors(); t++) {
                threads.start("burner " + t, () -> {
                    while (!stop.get()) {
                        Thread.onSpinWait();
                    }
                });
            }
            try {
                for (int i = 0; i < 30_000_000; i++) {
                    if (queue.size() == 0) {
                        throw new AssertionError("empty at " + i);
                    }
                }
            } finally {
                stop.set(true);
            }
        }
        assertThat(queue.size()).isOne();
    }

    @Test
    void shutdown_onceToldOf_isToldOfByEveryMethod() {
        Rounds.of(4_000, RelaxedMomentsTest::queue)
                .body("closer", RelaxedPriorityTaskQueue::shutdown)
                .body("observer", queue -> {
                    while (!queue.stats().shutdown()) {
                        Thread.onSpinWait();
                    }
                    assertThat(queue.isShutdown()).isTrue();
                    assertThat(queue.isTerminated()).isTrue();
                })
                .run(ThreadKind.PLATFORM);
    }

    @Test
    void shutdownNow_onceToldOf_isToldOfByEveryMethod() {
        Rounds.of(4_000, RelaxedMomentsTest::queue)
                .body("closer", RelaxedPriorityTaskQueue::shutdownNow)
                .body("observer", queue -> {
                    while (!queue.stats().shutdown()) {
                        Thread.onSpinWait();
                    }
                    assertThat(queue.isShutdown()).isTrue();
                })
                .run(ThreadKind.PLATFORM);
    }
}
