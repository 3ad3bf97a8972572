// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.Await;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** The tasks of a pool that wait. */
class PoolBacklogTest {

    private static final int TASKS = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final PoolBacklog backlog = new PoolBacklog(lock, 10);

    private static RemoteTask task(int number) {
        RemoteTask task = new RemoteTask(PoolMessage.CALL, new byte[0], 0L, null) {
            @Override
            void settled(RemoteOutcome outcome) {
                throw new AssertionError(outcome);
            }
        };
        task.number = number;
        return task;
    }

    private void cancel(RemoteTask task) {
        backlog.leaveOut();
        task.place = RemoteTask.DONE;
    }

    @Test
    void cancelledTasks_areNotKept_howeverLongTheirTurnDoesNotCome() {
        List<WeakReference<RemoteTask>> all = new ArrayList<>();
        lock.lock();
        try {
            backlog.add(task(-1));
            for (int i = 0; i < TASKS; i++) {
                RemoteTask task = task(i);
                backlog.add(task);
                all.add(new WeakReference<>(task));
                cancel(task);
            }
            backlog.add(task(-2));
        } finally {
            lock.unlock();
        }
        Await.until("cancelled tasks to be let go of", () -> {
            System.gc();
            return all.stream().filter(task -> task.get() != null).count() < 100;
        });
        lock.lock();
        try {
            assertThat(backlog.size()).isEqualTo(2);
            assertThat(backlog.poll()).extracting(task -> task.number).isEqualTo(-1L);
            assertThat(backlog.poll()).extracting(task -> task.number).isEqualTo(-2L);
            assertThat(backlog.poll()).isNull();
        } finally {
            lock.unlock();
        }
    }
}
