// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.processes.LongArray;
import io.github.headway4j.processes.SharedCondition;
import io.github.headway4j.processes.SharedLock;
import io.github.headway4j.processes.SharedMemory;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The samples do what the page says. */
final class SharedSyncSamplesTest {

    @Test
    void meetingPoint_letsAllGoAtOnce_cycleAfterCycle() throws Exception {
        try (SharedMemory memory = SharedMemory.create(2 * Long.BYTES);
                SharedLock lock = SharedLock.create();
                SharedCondition condition = lock.newCondition();
                TestThreads threads = new TestThreads()) {
            LongArray arrivedAndCycle = memory.longs();
            for (int cycle = 0; cycle < 3; cycle++) {
                TestThread<Integer> first =
                        threads.start("first", () -> SharedSyncSamples.meet(2, condition, arrivedAndCycle));
                first.awaitParked(condition);
                int second = SharedSyncSamples.meet(2, condition, arrivedAndCycle);
                assertThat(List.of(first.result(), second)).containsExactly(0, 1);
            }
            assertThat(arrivedAndCycle.get(1)).isEqualTo(3);
        }
    }
}
