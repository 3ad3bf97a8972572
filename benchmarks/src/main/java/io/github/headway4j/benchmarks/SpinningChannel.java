// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A queue that cannot wait, behind the loop that its users write: it keeps the processor until it succeeds. */
final class SpinningChannel implements Channel {
    private final Queue<Object> queue;

    SpinningChannel(Queue<Object> queue) {
        this.queue = queue;
    }

    @Override
    public void put(Object element) {
        while (!queue.offer(element)) {
            Thread.onSpinWait();
        }
    }

    @Override
    public Object take() {
        Object element;
        while ((element = queue.poll()) == null) {
            Thread.onSpinWait();
        }
        return element;
    }

    @Override
    public boolean offer(Object element) {
        return queue.offer(element);
    }

    @Override
    public @Nullable Object poll() {
        return queue.poll();
    }
}
