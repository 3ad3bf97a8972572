// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.queues;

import io.github.headway4j.queues.QueueShutdownException;
import io.github.headway4j.queues.RingDeque;
import io.github.headway4j.queues.Taken;
import io.github.headway4j.queues.TaskQueue;
import io.github.headway4j.queues.TaskQueues;
import io.github.headway4j.stress.actors.Bounds;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls of a queue whose outcome is a number. Elements are positive. */
final class Calls {

    /** Of a call that was told of the queue's end, or found nothing. */
    private static final int NOTHING = 0;

    /** Of a call whose time ran out. */
    private static final int TIMED_OUT = -1;

    private Calls() {}

    /** 1 if put, 0 if the queue is shut down. */
    static int put(TaskQueue<Integer> queue, int element) {
        try {
            queue.put(element);
            return 1;
        } catch (QueueShutdownException end) {
            return NOTHING;
        } catch (InterruptedException e) {
            throw unexpected(e);
        }
    }

    static void putAll(TaskQueue<Integer> queue, Integer... elements) {
        try {
            queue.putAll(List.of(elements));
        } catch (InterruptedException e) {
            throw unexpected(e);
        }
    }

    /** 1 if put, 0 if the queue is shut down, -1 if the time ran out. */
    static int putOrTimeOut(TaskQueue<Integer> queue, int element, Duration timeout) {
        try {
            return queue.offer(element, timeout) ? 1 : TIMED_OUT;
        } catch (QueueShutdownException end) {
            return NOTHING;
        } catch (InterruptedException e) {
            throw unexpected(e);
        }
    }

    /** The element, or 0 if there is none. */
    static int poll(TaskQueue<Integer> queue) {
        return orNothing(queue.poll());
    }

    /** The element, or 0 if none came or the queue has ended. */
    static int poll(TaskQueue<Integer> queue, Duration timeout) {
        return Math.max(NOTHING, pollOrTimeOut(queue, timeout));
    }

    /** The element, 0 if the queue has ended, -1 if the time ran out. */
    static int pollOrTimeOut(TaskQueue<Integer> queue, Duration timeout) {
        try {
            Integer element = queue.poll(timeout);
            return element == null ? TIMED_OUT : element;
        } catch (QueueShutdownException end) {
            return NOTHING;
        } catch (InterruptedException e) {
            throw unexpected(e);
        }
    }

    /** How many elements came at once. */
    static int takeSome(TaskQueue<Integer> queue, int max) {
        try {
            return queue.take(max, Bounds.LOST).size();
        } catch (InterruptedException e) {
            throw unexpected(e);
        }
    }

    /** The element from one of the queues, or 0 if none came. */
    static int takeAny(Duration timeout, TaskQueue<Integer> queue, TaskQueue<Integer> other) {
        try {
            return orNothing(TaskQueues.takeAny(timeout, queue, other));
        } catch (InterruptedException e) {
            throw unexpected(e);
        }
    }

    /** The element from one of the queues, 0 if both have ended, -1 if the time ran out. */
    static int selectOrTimeOut(Duration timeout, TaskQueue<Integer> queue, TaskQueue<Integer> other) {
        try {
            Taken<Integer> taken = TaskQueues.select(timeout, queue, other);
            return taken == null ? TIMED_OUT : taken.element();
        } catch (QueueShutdownException end) {
            return NOTHING;
        } catch (InterruptedException e) {
            throw unexpected(e);
        }
    }

    static void putFirst(RingDeque<Integer> deque, int element) {
        try {
            deque.putFirst(element);
        } catch (InterruptedException e) {
            throw unexpected(e);
        }
    }

    /** 1 if put, -1 if the time ran out. */
    static int putFirstOrTimeOut(RingDeque<Integer> deque, int element, Duration timeout) {
        try {
            return deque.offerFirst(element, timeout) ? 1 : TIMED_OUT;
        } catch (InterruptedException e) {
            throw unexpected(e);
        }
    }

    /** The element, or 0 if there is none. */
    static int pollFirst(RingDeque<Integer> deque) {
        return orNothing(deque.pollFirst());
    }

    static int takeLast(RingDeque<Integer> deque) {
        try {
            return deque.takeLast();
        } catch (InterruptedException e) {
            throw unexpected(e);
        }
    }

    /** The element, or -1 if the time ran out. */
    static int pollLastOrTimeOut(RingDeque<Integer> deque, Duration timeout) {
        try {
            Integer element = deque.pollLast(timeout);
            return element == null ? TIMED_OUT : element;
        } catch (InterruptedException e) {
            throw unexpected(e);
        }
    }

    /** The elements in their order, one digit each, or 0 if there are none. */
    static int digits(Iterable<Integer> elements) {
        int digits = NOTHING;
        for (int element : elements) {
            digits = append(digits, element);
        }
        return digits;
    }

    static int append(int digits, int element) {
        return 10 * digits + element;
    }

    /** 1 if counted, 0 if no task was unfinished. */
    static int taskDone(TaskQueue<Integer> queue) {
        try {
            queue.taskDone();
            return 1;
        } catch (IllegalStateException tooMany) {
            return NOTHING;
        }
    }

    /** 1 if all tasks were done, 0 if the time ran out. */
    static int join(TaskQueue<Integer> queue, Duration timeout) {
        try {
            return queue.join(timeout) ? 1 : 0;
        } catch (InterruptedException e) {
            throw unexpected(e);
        }
    }

    private static int orNothing(@Nullable Integer element) {
        return element == null ? NOTHING : element;
    }

    private static AssertionError unexpected(InterruptedException e) {
        return new AssertionError("nobody interrupts the actors of this test", e);
    }
}
