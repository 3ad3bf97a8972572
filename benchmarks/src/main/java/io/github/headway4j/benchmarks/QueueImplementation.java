// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import com.conversantmedia.util.concurrent.DisruptorBlockingQueue;
import com.conversantmedia.util.concurrent.SpinPolicy;
import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.LifoTaskQueue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.SynchronousQueue;
import org.jctools.queues.MpmcArrayQueue;

/** What can stand behind a {@link Channel}: first in, first out unless it says stack. */
public enum QueueImplementation {
    HEADWAY {
        @Override
        Channel create(int capacity) {
            return new BlockingChannel(
                    capacity == UNBOUNDED ? FifoTaskQueue.unbounded() : FifoTaskQueue.bounded(capacity));
        }
    },
    HEADWAY_STACK {
        @Override
        Channel create(int capacity) {
            return new BlockingChannel(
                    capacity == UNBOUNDED ? LifoTaskQueue.unbounded() : LifoTaskQueue.bounded(capacity));
        }
    },
    /** Bounded only. */
    ARRAY_BLOCKING_QUEUE {
        @Override
        Channel create(int capacity) {
            return new BlockingChannel(new ArrayBlockingQueue<>(capacity));
        }
    },
    LINKED_BLOCKING_QUEUE {
        @Override
        Channel create(int capacity) {
            return new BlockingChannel(
                    capacity == UNBOUNDED ? new LinkedBlockingQueue<>() : new LinkedBlockingQueue<>(capacity));
        }
    },
    LINKED_BLOCKING_DEQUE {
        @Override
        Channel create(int capacity) {
            return new BlockingChannel(
                    capacity == UNBOUNDED ? new LinkedBlockingDeque<>() : new LinkedBlockingDeque<>(capacity));
        }
    },
    /** Without a bound, whatever is asked for. */
    LINKED_TRANSFER_QUEUE {
        @Override
        Channel create(int capacity) {
            return new BlockingChannel(new LinkedTransferQueue<>());
        }
    },
    /** Without room, whatever is asked for: each element goes from hand to hand. */
    SYNCHRONOUS_QUEUE {
        @Override
        Channel create(int capacity) {
            return new BlockingChannel(new SynchronousQueue<>());
        }
    },
    /** In its blocking mode; its default one is slower wherever there are several threads of a kind. Bounded only. */
    CONVERSANT_BLOCKING {
        @Override
        Channel create(int capacity) {
            return new BlockingChannel(new DisruptorBlockingQueue<>(capacity, SpinPolicy.BLOCKING));
        }
    },
    /** Bounded only. */
    JCTOOLS_MPMC_SPIN {
        @Override
        Channel create(int capacity) {
            return new SpinningChannel(new MpmcArrayQueue<>(capacity));
        }
    },
    LINKED_BLOCKING_DEQUE_STACK {
        @Override
        Channel create(int capacity) {
            return new DequeStack(
                    capacity == UNBOUNDED ? new LinkedBlockingDeque<>() : new LinkedBlockingDeque<>(capacity));
        }
    },
    /** Bounded only. */
    LOCKED_ARRAY_STACK {
        @Override
        Channel create(int capacity) {
            return new LockedArrayStack(capacity);
        }
    };

    /** The capacity to ask for where there is to be no bound. */
    static final int UNBOUNDED = 0;

    /** Returns an empty channel. */
    abstract Channel create(int capacity);
}
