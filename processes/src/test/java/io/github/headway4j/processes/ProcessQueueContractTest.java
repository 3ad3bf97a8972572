// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.queues.QueueShutdownException;
import io.github.headway4j.testing.BlockingContract;
import io.github.headway4j.testing.BlockingOperation;
import io.github.headway4j.testing.BlockingSubject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The blocking matrix of {@link ProcessQueue}. */
class ProcessQueueContractTest extends BlockingContract {

    private static final int INTERRUPTIBLE = 6 + 2;
    private static final int TIMED = 25 + 2;
    private static final int TRY = 4 + 1;

    @Override
    protected List<BlockingOperation<?>> operations() {
        List<BlockingOperation<?>> operations = new ArrayList<>();

        BlockingSubject<ProcessQueue<Integer>> element = BlockingSubject.of(() -> queue(1))
                .busy(ProcessQueue::poll)
                .free(queue -> queue.offer(1))
                .state(ProcessQueueContractTest::state)
                .blocker(queue -> queue)
                .closedBy(ProcessQueue::shutdown, QueueShutdownException.class)
                .disposedBy(ProcessQueue::close);
        operations.add(element.interruptible("take()", ProcessQueue::take));
        operations.add(element.timed("poll(Duration)", (queue, time) -> queue.poll(time) != null));
        operations.add(element.trying("poll()", queue -> queue.poll() != null));

        BlockingSubject<ProcessQueue<Integer>> room = BlockingSubject.of(() -> queue(1))
                .busy(queue -> queue.offer(1))
                .free(ProcessQueue::poll)
                .state(ProcessQueueContractTest::state)
                .blocker(queue -> queue)
                .closedBy(ProcessQueue::shutdown, QueueShutdownException.class)
                .disposedBy(ProcessQueue::close);
        operations.add(room.interruptible("put(E)", queue -> queue.put(7)));
        operations.add(room.timed("offer(E, Duration)", (queue, time) -> queue.offer(7, time)));
        operations.add(room.trying("offer(E)", queue -> queue.offer(7)));

        BlockingSubject<ProcessQueue<Integer>> done = BlockingSubject.of(() -> queue(0))
                .busy(queue -> {
                    queue.put(1);
                    queue.take();
                })
                .free(ProcessQueue::taskDone)
                .state(ProcessQueue::unfinishedTasks)
                .blocker(queue -> queue)
                .keepsFree()
                .disposedBy(ProcessQueue::close);
        operations.add(done.interruptible("join()", ProcessQueue::join));
        operations.add(done.timed("join(Duration)", ProcessQueue::join));
        return operations;
    }

    @Override
    protected int casesPerThreadKind() {
        return 2 * (INTERRUPTIBLE + TIMED + TRY) + 6 + 25;
    }

    private static List<Object> state(ProcessQueue<Integer> queue) {
        return List.of(queue.size(), queue.isShutdown());
    }

    /** A queue for two, with the given number of elements. */
    private static ProcessQueue<Integer> queue(int size) {
        try {
            ProcessQueue<Integer> queue = ProcessQueue.create(2);
            for (int i = 0; i < size; i++) {
                queue.offer(i);
            }
            return queue;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
