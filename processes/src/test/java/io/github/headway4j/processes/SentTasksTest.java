// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The tasks of one worker, without the worker. */
class SentTasksTest {

    private static RemoteTask task(int length) {
        return new RemoteTask(PoolMessage.CALL, new byte[length], 1L, null) {
            @Override
            void settled(RemoteOutcome outcome) {
                throw new AssertionError(outcome);
            }
        };
    }

    @Test
    void timeOfTheFront_beginsWhenAllOfItWasSent() throws Exception {
        PoolWorker worker = new PoolWorker(new PoolCore(1, ProcessPoolOptions.defaults(), null), "nobody");
        try (WorkerMemory ours = WorkerMemory.create();
                WorkerMemory theirs = WorkerMemory.open(ours.name())) {
            SentTasks sent = new SentTasks(ours, 0);
            long start = System.nanoTime();
            long longAgo = start - 1_000_000_000_000L;
            sent.send(task(2 << 20), worker, longAgo);
            sent.flush();
            assertThat(sent.frontSince()).isEqualTo(longAgo);
            int type = PoolMessage.PART;
            while (type == PoolMessage.PART) {
                while (theirs.down.take()) {
                    type = theirs.down.type();
                    theirs.down.release();
                }
                sent.flush();
            }
            assertThat(type).isEqualTo(PoolMessage.CALL);
            assertThat(sent.frontSince() - start).isNotNegative();
        }
    }
}
