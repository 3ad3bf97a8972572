// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.BlockingContract;
import io.github.headway4j.testing.BlockingOperation;
import io.github.headway4j.testing.BlockingSubject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The blocking matrix of every method that waits, of every queue. */
class QueueBlockingContractTest extends BlockingContract {

    /** With the two of closing. */
    private static final int INTERRUPTIBLE = 6 + 2;

    private static final int TIMED = 25 + 2;
    private static final int TRY = 4 + 1;

    @Override
    protected List<BlockingOperation<?>> operations() {
        List<BlockingOperation<?>> operations = new ArrayList<>();
        QueueKind.all().forEach(kind -> taking(operations, kind));
        QueueKind.bounded().forEach(kind -> putting(operations, kind));
        working(operations, QueueKind.any());
        ends(operations);
        joining(operations, QueueKind.any());
        selecting(operations, QueueKind.any());
        return operations;
    }

    @Override
    protected int casesPerThreadKind() {
        int taking = INTERRUPTIBLE + TIMED + TRY;
        int putting = INTERRUPTIBLE + TIMED + TRY;
        int more = 4 * TIMED + INTERRUPTIBLE;
        int working = 6;
        int ends = 5 * INTERRUPTIBLE + 6 * TIMED + 4 * TRY;
        int joining = 6 + 25;
        int selecting = 3 * (INTERRUPTIBLE + TIMED);
        return (int) (QueueKind.all().count() * taking + QueueKind.bounded().count() * putting)
                + more
                + working
                + ends
                + joining
                + selecting;
    }

    private static void taking(List<BlockingOperation<?>> operations, QueueKind kind) {
        BlockingSubject<TaskQueue<Integer>> element = BlockingSubject.of(() -> kind.filled(1, 2))
                .busy(queue -> queue.poll())
                .free(queue -> queue.add(1))
                .state(QueueBlockingContractTest::state)
                .blocker(queue -> queue)
                .closedBy(TaskQueue::shutdown, QueueShutdownException.class);
        operations.add(element.interruptible(kind + " take()", TaskQueue::take));
        operations.add(element.timed(kind + " poll(Duration)", (queue, time) -> queue.poll(time) != null));
        operations.add(element.trying(kind + " poll()", queue -> queue.poll() != null));
        if (kind.equals(QueueKind.any())) {
            operations.add(element.timed(
                    kind + " poll(long, TimeUnit)",
                    (queue, time) -> queue.poll(nanos(time), TimeUnit.NANOSECONDS) != null));
            operations.add(element.timed(
                    kind + " take(int, Duration)",
                    (queue, time) -> !queue.take(5, time).isEmpty()));
            operations.add(element.timed(
                    kind + " take(int, int, Duration)",
                    (queue, time) -> !queue.take(1, 5, time).isEmpty()));
        }
    }

    /** A worker's loop, which ends here with its first task. When the queue ends it returns, see QueueTasksTest. */
    private static void working(List<BlockingOperation<?>> operations, QueueKind kind) {
        BlockingSubject<TaskQueue<Integer>> task = BlockingSubject.of(() -> kind.filled(1, 2))
                .busy(queue -> queue.poll())
                .free(queue -> queue.add(1))
                .state(QueueBlockingContractTest::state)
                .blocker(queue -> queue);
        operations.add(task.interruptible(kind + " forEachTask(Consumer)", queue -> {
            RuntimeException enough = new RuntimeException("of the worker");
            try {
                queue.forEachTask(e -> {
                    throw enough;
                });
            } catch (RuntimeException e) {
                assertThat(e).isSameAs(enough);
            }
        }));
    }

    private static void putting(List<BlockingOperation<?>> operations, QueueKind kind) {
        BlockingSubject<TaskQueue<Integer>> room = BlockingSubject.of(() -> kind.filled(1, 2))
                .busy(queue -> queue.add(1))
                .free(queue -> queue.poll())
                .state(QueueBlockingContractTest::state)
                .blocker(queue -> queue)
                .closedBy(TaskQueue::shutdown, QueueShutdownException.class);
        operations.add(room.interruptible(kind + " put(E)", queue -> queue.put(7)));
        operations.add(room.timed(kind + " offer(E, Duration)", (queue, time) -> queue.offer(7, time)));
        operations.add(room.trying(kind + " offer(E)", queue -> queue.offer(7)));
        if (kind.equals(QueueKind.any())) {
            operations.add(room.interruptible(kind + " putAll(Collection)", queue -> queue.putAll(List.of(7))));
            operations.add(room.timed(
                    kind + " offer(E, long, TimeUnit)",
                    (queue, time) -> queue.offer(7, nanos(time), TimeUnit.NANOSECONDS)));
        }
    }

    private static void ends(List<BlockingOperation<?>> operations) {
        BlockingSubject<RingDeque<Integer>> element = BlockingSubject.of(() -> deque(1))
                .busy(deque -> deque.poll())
                .free(deque -> deque.addFirst(1))
                .state(QueueBlockingContractTest::state)
                .blocker(deque -> deque)
                .closedBy(TaskQueue::shutdown, QueueShutdownException.class);
        operations.add(element.interruptible("takeLast()", RingDeque::takeLast));
        operations.add(element.timed("pollLast(Duration)", (deque, time) -> deque.pollLast(time) != null));
        operations.add(element.timed(
                "pollLast(long, TimeUnit)",
                (deque, time) -> deque.pollLast(nanos(time), TimeUnit.NANOSECONDS) != null));
        operations.add(element.trying("pollLast()", deque -> deque.pollLast() != null));
        operations.add(element.interruptible("takeFirst()", RingDeque::takeFirst));
        operations.add(element.timed(
                "pollFirst(long, TimeUnit)",
                (deque, time) -> deque.pollFirst(nanos(time), TimeUnit.NANOSECONDS) != null));
        operations.add(element.trying("pollFirst()", deque -> deque.pollFirst() != null));

        BlockingSubject<RingDeque<Integer>> room = BlockingSubject.of(() -> deque(1))
                .busy(deque -> deque.add(1))
                .free(deque -> deque.pollLast())
                .state(QueueBlockingContractTest::state)
                .blocker(deque -> deque)
                .closedBy(TaskQueue::shutdown, QueueShutdownException.class);
        operations.add(room.interruptible("putFirst(E)", deque -> deque.putFirst(7)));
        operations.add(room.timed("offerFirst(E, Duration)", (deque, time) -> deque.offerFirst(7, time)));
        operations.add(room.timed(
                "offerFirst(E, long, TimeUnit)",
                (deque, time) -> deque.offerFirst(7, nanos(time), TimeUnit.NANOSECONDS)));
        operations.add(room.trying("offerFirst(E)", deque -> deque.offerFirst(7)));
        operations.add(room.interruptible("putAllFirst(Collection)", deque -> deque.putAllFirst(List.of(7))));
        operations.add(room.interruptible("putLast(E)", deque -> deque.putLast(7)));
        operations.add(room.timed(
                "offerLast(E, long, TimeUnit)",
                (deque, time) -> deque.offerLast(7, nanos(time), TimeUnit.NANOSECONDS)));
        operations.add(room.trying("offerLast(E)", deque -> deque.offerLast(7)));
    }

    /** A deque with the numbers from 1 to the given one and room for two. */
    private static RingDeque<Integer> deque(int size) {
        RingDeque<Integer> deque = RingDeque.bounded(2);
        for (int i = 1; i <= size; i++) {
            deque.add(i);
        }
        return deque;
    }

    private static void joining(List<BlockingOperation<?>> operations, QueueKind kind) {
        BlockingSubject<TaskQueue<Integer>> idle = BlockingSubject.of(() -> kind.<Integer>bounded(2))
                .busy(queue -> {
                    queue.add(1);
                    queue.poll();
                })
                .free(TaskQueue::taskDone)
                .state(TaskQueue::unfinishedTasks)
                .blocker(queue -> queue)
                .keepsFree();
        operations.add(idle.interruptible("join()", TaskQueue::join));
        operations.add(idle.timed("join(Duration)", TaskQueue::join));
    }

    private static void selecting(List<BlockingOperation<?>> operations, QueueKind kind) {
        BlockingSubject<List<TaskQueue<Integer>>> either = BlockingSubject.of(
                        () -> List.of(kind.<Integer>bounded(2), kind.filled(1, 2)))
                .busy(queues -> queues.get(1).poll())
                .free(queues -> queues.get(1).add(1))
                .state(queues ->
                        queues.stream().map(QueueBlockingContractTest::state).toList())
                .closedBy(queues -> queues.forEach(TaskQueue::shutdown), QueueShutdownException.class);
        operations.add(
                either.interruptible("takeAny(queues)", queues -> TaskQueues.takeAny(queues.get(0), queues.get(1))));
        operations.add(either.timed(
                "takeAny(Duration, queues)",
                (queues, time) -> TaskQueues.takeAny(time, queues.get(0), queues.get(1)) != null));
        operations.add(
                either.interruptible("select(queues)", queues -> TaskQueues.select(queues.get(0), queues.get(1))));
        operations.add(either.timed(
                "select(Duration, queues)",
                (queues, time) -> TaskQueues.select(time, queues.get(0), queues.get(1)) != null));
        operations.add(either.interruptible(
                "selectInOrder(queues)", queues -> TaskQueues.selectInOrder(queues.get(0), queues.get(1))));
        operations.add(either.timed(
                "selectInOrder(Duration, queues)",
                (queues, time) -> TaskQueues.selectInOrder(time, queues.get(0), queues.get(1)) != null));
    }

    private static List<Object> state(TaskQueue<Integer> queue) {
        QueueStats stats = queue.stats();
        return List.of(stats.size(), stats.waitingPutters(), stats.waitingTakers(), stats.shutdown());
    }

    private static long nanos(Duration duration) {
        return TimeUnit.NANOSECONDS.convert(duration);
    }
}
