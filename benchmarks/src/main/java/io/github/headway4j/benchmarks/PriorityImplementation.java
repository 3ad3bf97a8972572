// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import io.github.headway4j.queues.PriorityTaskQueue;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What can keep {@link Job}s in the order of their keys. */
public enum PriorityImplementation {
    /** Told where the key is. */
    HEADWAY_KEY {
        @Override
        Jobs create() {
            return new HeadwayJobs(PriorityTaskQueue.bySmallestKey(Job::key));
        }
    },
    HEADWAY_COMPARATOR {
        @Override
        Jobs create() {
            return new HeadwayJobs(PriorityTaskQueue.unbounded(Comparator.comparingLong(Job::key)));
        }
    },
    PRIORITY_BLOCKING_QUEUE {
        @Override
        Jobs create() {
            return new BlockingJobs();
        }
    },
    LOCKED_PRIORITY_QUEUE {
        @Override
        Jobs create() {
            return new LockedJobs();
        }
    };

    /** Jobs, the smallest key first. */
    interface Jobs {
        void offer(Job job);

        @Nullable
        Job poll();
    }

    abstract Jobs create();

    private static final class HeadwayJobs implements Jobs {
        private final PriorityTaskQueue<Job> queue;

        HeadwayJobs(PriorityTaskQueue<Job> queue) {
            this.queue = queue;
        }

        @Override
        public void offer(Job job) {
            queue.add(job);
        }

        @Override
        public @Nullable Job poll() {
            return queue.poll();
        }
    }

    private static final class BlockingJobs implements Jobs {
        private final PriorityBlockingQueue<Job> queue =
                new PriorityBlockingQueue<>(11, Comparator.comparingLong(Job::key));

        @Override
        public void offer(Job job) {
            queue.add(job);
        }

        @Override
        public @Nullable Job poll() {
            return queue.poll();
        }
    }

    private static final class LockedJobs implements Jobs {
        private final ReentrantLock lock = new ReentrantLock();
        private final PriorityQueue<Job> queue = new PriorityQueue<>(Comparator.comparingLong(Job::key));

        @Override
        public void offer(Job job) {
            lock.lock();
            try {
                queue.add(job);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public @Nullable Job poll() {
            lock.lock();
            try {
                return queue.poll();
            } finally {
                lock.unlock();
            }
        }
    }
}
