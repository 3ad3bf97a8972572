// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import io.github.headway4j.primitives.WaitQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Waiting for several queues at once. One element is taken from one queue; the others keep theirs. No helper thread,
 * and nothing is left behind when the wait ends by interrupt or time-out.
 *
 * <p>{@code takeAny} and {@code select} are fair in the long run: each call begins its look at a queue chosen at
 * random. {@code selectInOrder} prefers queues that are named first, and lets the later ones starve while the earlier
 * ones have elements.
 *
 * <p>A call first looks at each queue, as {@code poll} does; only if there is nothing it has the queues tell it of what
 * enters. A queue that is terminated is passed over; the call ends when all are. The queues must be of this library:
 * others, also those that wrap one of it, are refused. The same queue may be named twice. Several threads may wait for
 * the same queues, also with other methods.
 *
 * @since 0.1
 */
public final class TaskQueues {

    private TaskQueues() {}

    /**
     * Waits until one of the queues has an element, and takes it.
     *
     * @param queues the queues, at least one
     * @param <E> the type of the elements
     * @return the element; {@link #select} tells where it came from
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is taken
     * @throws QueueShutdownException if all queues are, or meanwhile become, terminated
     * @throws IllegalArgumentException if there is no queue, or one that is not of this library
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <E extends Object> E takeAny(TaskQueue<? extends E>... queues) throws InterruptedException {
        return TaskQueues.<E>element(untimed(true, queues));
    }

    /**
     * Waits at most the given time until one of the queues has an element, and takes it.
     *
     * @param timeout the longest wait; zero or negative means to try once
     * @param queues the queues, at least one
     * @param <E> the type of the elements
     * @return the element, or null if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is taken
     * @throws QueueShutdownException if all queues are, or meanwhile become, terminated
     * @throws IllegalArgumentException if there is no queue, or one that is not of this library
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <E extends Object> @Nullable E takeAny(Duration timeout, TaskQueue<? extends E>... queues)
            throws InterruptedException {
        Selector selector = timed(true, timeout, queues);
        return selector == null ? null : TaskQueues.<E>element(selector);
    }

    /**
     * As {@link #takeAny(TaskQueue[])}, and tells which queue the element came from, for instance for its
     * {@code taskDone}.
     *
     * @param queues the queues, at least one
     * @param <E> the type of the elements
     * @return the element and its queue
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is taken
     * @throws QueueShutdownException if all queues are, or meanwhile become, terminated
     * @throws IllegalArgumentException if there is no queue, or one that is not of this library
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <E extends Object> Taken<E> select(TaskQueue<? extends E>... queues) throws InterruptedException {
        return taken(untimed(true, queues));
    }

    /**
     * As {@link #takeAny(Duration, TaskQueue[])}, and tells which queue the element came from.
     *
     * @param timeout the longest wait; zero or negative means to try once
     * @param queues the queues, at least one
     * @param <E> the type of the elements
     * @return the element and its queue, or null if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is taken
     * @throws QueueShutdownException if all queues are, or meanwhile become, terminated
     * @throws IllegalArgumentException if there is no queue, or one that is not of this library
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <E extends Object> @Nullable Taken<E> select(Duration timeout, TaskQueue<? extends E>... queues)
            throws InterruptedException {
        Selector selector = timed(true, timeout, queues);
        return selector == null ? null : taken(selector);
    }

    /**
     * As {@link #select(TaskQueue[])}, from the first of the queues that has an element.
     *
     * @param queues the queues, the most important first, at least one
     * @param <E> the type of the elements
     * @return the element and its queue
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is taken
     * @throws QueueShutdownException if all queues are, or meanwhile become, terminated
     * @throws IllegalArgumentException if there is no queue, or one that is not of this library
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <E extends Object> Taken<E> selectInOrder(TaskQueue<? extends E>... queues)
            throws InterruptedException {
        return taken(untimed(false, queues));
    }

    /**
     * As {@link #select(Duration, TaskQueue[])}, from the first of the queues that has an element.
     *
     * @param timeout the longest wait; zero or negative means to try once
     * @param queues the queues, the most important first, at least one
     * @param <E> the type of the elements
     * @return the element and its queue, or null if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is taken
     * @throws QueueShutdownException if all queues are, or meanwhile become, terminated
     * @throws IllegalArgumentException if there is no queue, or one that is not of this library
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <E extends Object> @Nullable Taken<E> selectInOrder(
            Duration timeout, TaskQueue<? extends E>... queues) throws InterruptedException {
        Selector selector = timed(false, timeout, queues);
        return selector == null ? null : taken(selector);
    }

    /** A selector that has an element, or knows that there will be none. */
    private static Selector untimed(boolean rotating, TaskQueue<?>[] queues) throws InterruptedException {
        Selector selector = selector(rotating, queues);
        selector.await(false, 0L);
        return selector;
    }

    /** As untimed, or null if the time ran out. */
    private static @Nullable Selector timed(boolean rotating, Duration timeout, TaskQueue<?>[] queues)
            throws InterruptedException {
        long nanos = WaitQueue.saturatedNanos(timeout);
        Selector selector = selector(rotating, queues);
        return selector.await(true, nanos) ? selector : null;
    }

    private static Selector selector(boolean rotating, TaskQueue<?>[] queues) {
        if (queues.length == 0) {
            throw new IllegalArgumentException("no queue to wait for; expected at least one");
        }
        List<BlockingTaskQueue<?>> own = new ArrayList<>(queues.length);
        for (TaskQueue<?> queue : queues) {
            Objects.requireNonNull(queue, "queue");
            if (!(queue instanceof BlockingTaskQueue<?> one)) {
                throw new IllegalArgumentException(
                        "queue is a " + queue.getClass().getName() + "; expected a queue of this library");
            }
            own.add(one);
        }
        return new Selector(own, rotating ? ThreadLocalRandom.current().nextInt(queues.length) : 0);
    }

    @SuppressWarnings("unchecked") // the selector takes from the queues that it was given
    private static <E extends Object> E element(Selector selector) {
        Object element = selector.element;
        if (element == null) {
            throw new QueueShutdownException("all queues are shut down and empty", List.of());
        }
        return (E) element;
    }

    @SuppressWarnings("unchecked") // as above
    private static <E extends Object> Taken<E> taken(Selector selector) {
        E element = element(selector);
        return new Taken<>((TaskQueue<? extends E>) selector.source(), element);
    }
}
