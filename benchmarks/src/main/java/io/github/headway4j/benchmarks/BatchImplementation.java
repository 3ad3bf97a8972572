// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.TaskQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How elements go through one of our queues. */
public enum BatchImplementation {
    /** A batch at a time. */
    HEADWAY_BATCHES {
        @Override
        void put(TaskQueue<Object> queue, List<Object> batch) throws InterruptedException {
            queue.putAll(batch);
        }

        @Override
        List<Object> take(TaskQueue<Object> queue, int most) throws InterruptedException {
            return queue.take(most, FOR_EVER);
        }
    },
    ONE_BY_ONE {
        @Override
        void put(TaskQueue<Object> queue, List<Object> batch) throws InterruptedException {
            for (int i = 0; i < batch.size(); i++) {
                queue.put(batch.get(i));
            }
        }

        @Override
        List<Object> take(TaskQueue<Object> queue, int most) throws InterruptedException {
            List<Object> batch = new ArrayList<>(most);
            batch.add(queue.take());
            while (batch.size() < most) {
                Object element = queue.poll();
                if (element == null) {
                    break;
                }
                batch.add(element);
            }
            return batch;
        }
    };

    private static final Duration FOR_EVER = Duration.ofDays(1);

    static TaskQueue<Object> create(int capacity) {
        return FifoTaskQueue.bounded(capacity);
    }

    abstract void put(TaskQueue<Object> queue, List<Object> batch) throws InterruptedException;

    /** Takes an element and what else is there. */
    abstract List<Object> take(TaskQueue<Object> queue, int most) throws InterruptedException;
}
