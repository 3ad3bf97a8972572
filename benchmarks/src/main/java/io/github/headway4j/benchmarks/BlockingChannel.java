// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** A blocking queue as it is: ours, the JDK's, Conversant's. */
final class BlockingChannel implements Channel {
    private final BlockingQueue<Object> queue;

    BlockingChannel(BlockingQueue<Object> queue) {
        this.queue = queue;
    }

    @Override
    public void put(Object element) throws InterruptedException {
        queue.put(element);
    }

    @Override
    public Object take() throws InterruptedException {
        return queue.take();
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
