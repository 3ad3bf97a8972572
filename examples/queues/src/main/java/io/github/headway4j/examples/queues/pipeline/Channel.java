// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.queues.pipeline;

import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.QueueShutdownException;
import io.github.headway4j.queues.TaskQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A queue between two stages, which measures how the later one holds back the earlier. */
final class Channel<E extends Object> {
    private final String name;
    private final TaskQueue<E> queue;
    private final AtomicInteger most = new AtomicInteger();
    private final LongAdder waits = new LongAdder();
    private final LongAdder waitedNanos = new LongAdder();
    private final List<E> handedBack = Collections.synchronizedList(new ArrayList<>());

    Channel(String name, int capacity) {
        this.name = name;
        this.queue = capacity == Pipeline.NO_BOUND ? FifoTaskQueue.unbounded() : FifoTaskQueue.bounded(capacity);
    }

    /** Puts an element, and waits for room if need be. Returns false if the queue was shut down. */
    boolean put(E element) throws InterruptedException {
        if (!queue.offer(element)) {
            long start = System.nanoTime();
            try {
                queue.put(element);
            } catch (QueueShutdownException stopped) {
                return false;
            }
            waits.increment();
            waitedNanos.add(System.nanoTime() - start);
        }
        most.accumulateAndGet(queue.size(), Math::max);
        return true;
    }

    /** Waits for an element and takes it. Returns null if none will ever come. */
    @Nullable
    E take() throws InterruptedException {
        try {
            return queue.take();
        } catch (QueueShutdownException over) {
            return null;
        }
    }

    /** The work on an element that was taken is done: what was made of it is in the next queue, or handed back. */
    void taskDone() {
        queue.taskDone();
    }

    /** Waits until all that was put is done, and lets those go home who wait for more. */
    void finish() throws InterruptedException {
        queue.join();
        queue.shutdown();
    }

    /** Lets nothing more in, and keeps what is left to be handed back. */
    void stop() {
        handedBack.addAll(queue.shutdownNow());
    }

    /** Keeps an element that was refused to be handed back. */
    void handBack(E refused) {
        handedBack.add(refused);
    }

    List<E> handedBack() {
        return List.copyOf(handedBack);
    }

    long put() {
        return queue.stats().put();
    }

    Flow flow() {
        return new Flow(
                name,
                queue.stats().capacity(),
                most.get(),
                waits.sum(),
                Duration.ofNanos(waitedNanos.sum()),
                handedBack.size());
    }
}
