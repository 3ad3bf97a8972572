// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.crawler;

import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.TaskQueue;
import io.github.headway4j.tasks.Policy;
import io.github.headway4j.tasks.Subtask;
import io.github.headway4j.tasks.TaskScope;
import org.jspecify.annotations.Nullable;

/**
 * Hands the subtasks of a {@link TaskScope} to its owner as they end, so that the owner can fork more because of what
 * they have found. A subtask that fails or is cancelled comes as well: whoever takes as often as it has forked never
 * waits in vain.
 *
 * @param <T> what the subtasks return
 */
final class AsTheyEnd<T extends Object> implements Policy<T, @Nullable Void> {
    private final TaskQueue<Subtask<? extends T>> ended = FifoTaskQueue.unbounded();

    @Override
    public boolean onComplete(Subtask<? extends T> subtask) {
        ended.add(subtask);
        return false;
    }

    /**
     * Waits until a subtask has ended that has not been taken.
     *
     * @return what it returned
     * @throws InterruptedException if the owner is interrupted
     * @throws java.util.concurrent.CancellationException if the subtask was cancelled
     * @throws Exception what the subtask threw
     */
    T take() throws Exception {
        return ended.take().outcome().get();
    }

    @Override
    public @Nullable Void result() {
        return null;
    }
}
