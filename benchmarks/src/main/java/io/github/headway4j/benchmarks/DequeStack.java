// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.concurrent.BlockingDeque;
import org.jspecify.annotations.Nullable;

/** A blocking deque used at one end only. */
final class DequeStack implements Channel {
    private final BlockingDeque<Object> deque;

    DequeStack(BlockingDeque<Object> deque) {
        this.deque = deque;
    }

    @Override
    public void put(Object element) throws InterruptedException {
        deque.putFirst(element);
    }

    @Override
    public Object take() throws InterruptedException {
        return deque.takeFirst();
    }

    @Override
    public boolean offer(Object element) {
        return deque.offerFirst(element);
    }

    @Override
    public @Nullable Object poll() {
        return deque.pollFirst();
    }
}
