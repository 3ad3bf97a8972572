// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.Rounds;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a queue of many heaps says of one moment. */
class RelaxedMomentsTest {

    private static RelaxedPriorityTaskQueue<Integer> queue() {
        return RelaxedPriorityTaskQueue.bySmallestKey(e -> e);
    }

    @Test
    void queueThatIsNeverEmpty_isNeverSaidToBe() {
        RelaxedPriorityTaskQueue<Integer> queue = queue();
        queue.add(-1); // so that it is never empty: each thread puts before it takes
        try (TestThreads threads = new TestThreads()) {
            for (int t = 0; t < 2; t++) {
                threads.start("worker " + t, () -> {
                    List<Integer> sink = new ArrayList<>();
                    for (int i = 0; i < 50_000; i++) {
                        queue.put(i);
                        assertThat(queue.size()).isPositive();
                        assertThat(queue.drainTo(sink, 1)).isOne();
                    }
                });
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
