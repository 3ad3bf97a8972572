// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A blocking queue that can be shut down without losing an element, and that knows when the work it handed out is done:
 * Python's {@code queue.Queue}. Wherever a {@link BlockingQueue} is asked for, this is one.
 *
 * <pre>{@code
 * try (var queue = FifoTaskQueue.<Page>bounded(100)) {
 *     worker = new Thread(() -> queue.forEachTask(page -> index(page)));
 *     ...
 *     queue.putAll(pages);
 *     queue.join(); // until each page is indexed
 * } // shut down: the worker takes what is left and ends
 * }</pre>
 *
 * <p><b>States.</b> A queue is open, then perhaps shut down, then terminated: shut down and empty. There is no way back.
 *
 * <table>
 * <caption>What methods do in each state</caption>
 * <thead><tr><th>method</th><th>open</th><th>shut down, elements left</th><th>terminated</th></tr></thead>
 * <tbody>
 * <tr><td>{@code put}, timed {@code offer}, {@code putAll}</td><td>put, or wait for room</td>
 *     <td colspan="2">{@code QueueShutdownException}; those that waited get it too</td></tr>
 * <tr><td>{@code add}</td><td>puts, or {@code QueueFullException}</td>
 *     <td colspan="2">{@code QueueShutdownException}</td></tr>
 * <tr><td>{@code offer}</td><td>puts, or false</td><td colspan="2">false</td></tr>
 * <tr><td>{@code take}, timed {@code poll}, batch {@code take}</td><td>take, or wait for an element</td><td>take</td>
 *     <td>{@code QueueShutdownException}; those that waited get it too</td></tr>
 * <tr><td>{@code poll}, {@code peek}, {@code drainTo}</td><td colspan="2">an element, null or 0 if there is none</td>
 *     <td>null or 0</td></tr>
 * <tr><td>{@code taskDone}, {@code join}</td><td colspan="3">as ever: {@code join} waits for elements that were taken
 *     and not reported</td></tr>
 * <tr><td>{@code size}, {@code remainingCapacity}, {@code stats}, iterators</td><td colspan="3">as ever; never
 *     fail</td></tr>
 * <tr><td>{@code shutdown}, {@code close}</td><td>shut down</td><td colspan="2">nothing</td></tr>
 * <tr><td>{@code shutdownNow}</td><td colspan="2">hands back what is left; terminated</td><td>empty list</td></tr>
 * </tbody>
 * </table>
 *
 * <p><b>Lossless.</b> Shutting down takes effect in one moment. An element whose put came before it is taken by somebody
 * or handed back by {@code shutdownNow}; a put that comes after it fails. A method that ends by interrupt or time-out
 * has put or taken nothing.
 *
 * <p><b>Unfinished tasks.</b> Each element that enters counts as a task until {@link #taskDone()} is called for it. What
 * leaves without being taken for work ({@code remove}, {@code clear}, {@code removeIf}, an iterator's {@code remove},
 * {@code shutdownNow}, an overflow policy) no longer counts; {@code drainTo} is taking. Who does not need {@code join}
 * does not need to call {@code taskDone}.
 *
 * <p><b>Blocking and interruption.</b> As the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks} says.
 *
 * <p><b>Memory consistency.</b> Actions before putting an element happen-before actions after it has been taken or
 * handed back; actions before {@code taskDone} happen-before a {@code join} that it lets return returns; actions before
 * {@code shutdown} happen-before what a thread does after a method has told it of the shutdown.
 *
 * <p><b>Nulls.</b> Null elements and arguments are refused with {@code NullPointerException}.
 *
 * @param <E> the type of the elements
 * @since 0.1
 */
public interface TaskQueue<E extends Object> extends BlockingQueue<E>, AutoCloseable {

    // ---- putting ----

    /**
     * Waits at most the given time for room, and puts an element.
     *
     * @param element the element
     * @param timeout the longest wait; zero or negative means to try once
     * @return true if put, false if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is put
     * @throws QueueShutdownException if the queue is, or is meanwhile, shut down; nothing is put
     */
    boolean offer(E element, Duration timeout) throws InterruptedException;

    /**
     * Puts all elements in their order, waiting for room as often as needed. Elements of others may come in between.
     *
     * @param elements the elements
     * @throws PutInterruptedException if the thread is interrupted, also when it already was on entry; it holds the
     *     elements that have not been put, those before them have been put
     * @throws QueueShutdownException if the queue is, or is meanwhile, shut down; it holds the elements that have not
     *     been put
     * @throws QueueFullException if there is no room and the queue's policy is {@link OverflowPolicy#FAIL}; it holds the
     *     elements that have not been put
     */
    void putAll(Collection<? extends E> elements) throws InterruptedException;

    // ---- taking ----

    /**
     * Waits at most the given time for an element, and takes it.
     *
     * @param timeout the longest wait; zero or negative means to try once
     * @return the element, or null if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is taken
     * @throws QueueShutdownException if the queue is, or meanwhile becomes, terminated
     */
    @Nullable
    E poll(Duration timeout) throws InterruptedException;

    /**
     * Waits at most the given time for an element, and takes it together with those that are there by then.
     *
     * @param max the most elements to take
     * @param timeout the longest wait; zero or negative means to try once
     * @return the elements in their order, none if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is taken
     * @throws QueueShutdownException if the queue is, or meanwhile becomes, terminated
     * @throws IllegalArgumentException unless {@code max} is positive
     */
    default List<E> take(int max, Duration timeout) throws InterruptedException {
        return take(1, max, timeout);
    }

    /**
     * Waits at most the given time, all in all, until it has taken the given number of elements, and takes more if they
     * are there by then. A wait that ends before, by interrupt or by the queue's end, returns what has been taken, if
     * anything has; an interrupt stays pending then.
     *
     * @param min how many elements to wait for
     * @param max the most elements to take
     * @param timeout the longest wait, for all elements together; zero or negative means to take what is there
     * @return the elements in their order; fewer than {@code min} if the wait ended before
     * @throws InterruptedException if the thread is interrupted while nothing has been taken, also when it already was
     *     on entry
     * @throws QueueShutdownException if the queue is, or meanwhile becomes, terminated while nothing has been taken
     * @throws IllegalArgumentException unless {@code 1 <= min <= max}
     */
    List<E> take(int min, int max, Duration timeout) throws InterruptedException;

    /**
     * A worker's loop: takes elements, has each worked on, and reports it done, until the queue is terminated. An
     * element counts as done also if the action throws; the exception then ends the loop and reaches the caller.
     *
     * @param action what to do with each element
     * @throws InterruptedException if the thread is interrupted while it waits for an element
     */
    default void forEachTask(Consumer<? super E> action) throws InterruptedException {
        Objects.requireNonNull(action, "action");
        for (; ; ) {
            E element;
            try {
                element = take();
            } catch (QueueShutdownException ended) {
                return;
            }
            try {
                action.accept(element);
            } catch (Throwable failure) {
                try {
                    taskDone();
                } catch (IllegalStateException reportedBefore) {
                    failure.addSuppressed(reportedBefore);
                }
                throw failure;
            }
            taskDone();
        }
    }

    // ---- tasks ----

    /**
     * Reports that the work on one element that was taken is done.
     *
     * @throws IllegalStateException if no task is unfinished; nothing changes
     */
    void taskDone();

    /**
     * Reports that the work on several elements that were taken is done, for instance on a batch, in one step.
     *
     * @param tasks how many, 0 or more
     * @throws IllegalArgumentException if the number is negative
     * @throws IllegalStateException if fewer tasks are unfinished; nothing changes
     */
    void taskDone(int tasks);

    /**
     * Waits until no task is unfinished. Returns also if that was so for a moment during the wait.
     *
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry
     */
    void join() throws InterruptedException;

    /**
     * Waits at most the given time until no task is unfinished.
     *
     * @param timeout the longest wait; zero or negative means to look once
     * @return true if no task was unfinished at some moment of the call, false if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry
     */
    boolean join(Duration timeout) throws InterruptedException;

    /**
     * The number of elements that entered and are not done.
     *
     * @return the number, exact when nobody puts, takes or reports during the call
     */
    long unfinishedTasks();

    // ---- the end ----

    /**
     * Lets nothing more in. What is in the queue can still be taken. Wakes everybody who waits in vain now. Idempotent,
     * lock-free or short, and never waits for takers.
     */
    void shutdown();

    /**
     * Lets nothing more in and empties the queue, in one moment. The elements that it hands back are no unfinished tasks
     * any more. Wakes everybody who waits in vain now.
     *
     * @return the elements that were in the queue, in their order; they do not go to the handler of the options
     */
    List<E> shutdownNow();

    /**
     * Whether the queue has been shut down.
     *
     * @return true after {@link #shutdown()} or {@link #shutdownNow()}, for ever
     */
    boolean isShutdown();

    /**
     * Whether the queue has been shut down and is empty.
     *
     * @return true when nothing can be put or taken any more, for ever
     */
    boolean isTerminated();

    /** {@link #shutdown()}: what is in the queue can still be taken. */
    @Override
    default void close() {
        shutdown();
    }

    /**
     * Everything at once.
     *
     * @return the figures
     */
    QueueStats stats();
}
