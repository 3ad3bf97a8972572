// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.Await;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Time-outs of a pool's tasks, without processes. */
class TaskClockTest {

    private static final long TIMEOUT = TimeUnit.MINUTES.toNanos(10);

    private final PoolCore core = new PoolCore(1, ProcessPoolOptions.defaults(), null);
    private final TaskClock clock = new TaskClock(core);
    private final PoolWorker worker = new PoolWorker(core, "nobody");
    private final List<RemoteOutcome> outcomes = Collections.synchronizedList(new ArrayList<>());

    private RemoteTask task(long timeoutNanos) {
        return new RemoteTask(PoolMessage.CALL, new byte[1], timeoutNanos, null) {
            @Override
            void settled(RemoteOutcome outcome) {
                outcomes.add(outcome);
            }
        };
    }

    private void send(SentTasks sent, RemoteTask task, long since) {
        Afterwards after = new Afterwards(core.delivery);
        core.lock.lock();
        try {
            worker.state = PoolWorker.State.READY;
            worker.sent = sent;
            sent.send(task, worker, since);
            sent.flush();
        } finally {
            core.lock.unlock();
            after.run();
        }
    }

    private void watch() {
        Afterwards after = new Afterwards(core.delivery);
        core.lock.lock();
        try {
            clock.watch(worker, after);
        } finally {
            core.lock.unlock();
            after.run();
        }
    }

    private boolean isLookedAt(SentTasks sent, long since) {
        core.lock.lock();
        try {
            return worker.state != PoolWorker.State.READY || sent.frontSince() != since;
        } finally {
            core.lock.unlock();
        }
    }

    @Test
    void timeOfATask_thatBeganLongAfterItsTurnCame_countsFromThere() throws Exception {
        try (WorkerMemory ours = WorkerMemory.create();
                WorkerMemory theirs = WorkerMemory.open(ours.name())) {
            SentTasks sent = new SentTasks(ours, 0);
            long longAgo = System.nanoTime() - 2 * TIMEOUT;
            send(sent, task(TIMEOUT), longAgo);
            long before = System.nanoTime();
            assertThat(theirs.window.begin(0L)).isTrue();
            watch();
            Await.until("the clock to look at the task", () -> isLookedAt(sent, longAgo));
            assertThat(worker.state).isEqualTo(PoolWorker.State.READY);
            assertThat(sent.frontSince() - before).isNotNegative();
            assertThat(outcomes).isEmpty();
        } finally {
            clock.close();
        }
    }

    @Test
    void taskWhoseTimeIsOver_fails_andItsWorkerIsKilled() throws Exception {
        try (WorkerMemory ours = WorkerMemory.create();
                WorkerMemory theirs = WorkerMemory.open(ours.name())) {
            SentTasks sent = new SentTasks(ours, 0);
            send(sent, task(1L), System.nanoTime());
            assertThat(theirs.window.begin(0L)).isTrue();
            watch();
            Await.until("the outcome", () -> !outcomes.isEmpty());
            assertThat(outcomes.get(0).failure()).isInstanceOf(TaskTimeoutException.class);
            assertThat(worker.state).isEqualTo(PoolWorker.State.KILLED);
        } finally {
            clock.close();
        }
    }
}
