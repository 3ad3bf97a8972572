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
 * void indexAll(List<String> pages) throws InterruptedException, ExecutionException {
 *     var queue = FifoTaskQueue.<String>bounded(100);
 *     var worker = new FutureTask<>(() -> work(queue));
 *     new Thread(worker, "indexer").start();
 *     try (queue) {
 *         queue.putAll(pages); // waits while the worker is a hundred pages behind
 *         queue.join(); // until each page is indexed
 *     } finally { // the queue is shut down by now, so that the worker ends
 *         worker.get(); // throws what the worker threw
 *     }
 * }
 *
 * private boolean work(TaskQueue<String> queue) throws InterruptedException {
 *     try {
 *         queue.forEachTask(this::index);
 *     } finally {
 *         queue.shutdownNow(); // if index throws: putAll and join must not wait for a worker that is gone
 *     }
 *     return true;
 * }
 * }</pre>
 *
 * <p><b>States.</b> A queue is open, then perhaps shut down, then terminated: shut down and empty, whether by takers or
 * by {@code shutdownNow}. There is no way back.
 *
 * <table>
 * <caption>What methods do in each state</caption>
 * <thead><tr><th>method</th><th>open</th><th>shut down, elements left</th><th>terminated</th></tr></thead>
 * <tbody>
 * <tr><td>{@code put}, timed {@code offer}, {@code putAll}</td><td>put, or wait for room</td>
 *     <td colspan="2">{@code QueueShutdownException}; those that waited get it too</td></tr>
 * <tr><td>{@code add}, {@code addAll}</td><td>put, or {@code QueueFullException}</td>
 *     <td colspan="2">{@code QueueShutdownException}</td></tr>
 * <tr><td>{@code putAll}, {@code addAll} of no elements</td><td colspan="3">nothing</td></tr>
 * <tr><td>{@code offer}</td><td>puts, or false</td><td colspan="2">false</td></tr>
 * <tr><td>{@code take}, timed {@code poll}, batch {@code take}</td><td>take, or wait for an element</td><td>take</td>
 *     <td>{@code QueueShutdownException}; those that waited get it too</td></tr>
 * <tr><td>{@code forEachTask}</td><td>takes, or waits for an element</td><td>takes</td><td>returns</td></tr>
 * <tr><td>{@link TaskQueues}, of several queues</td><td>take, or wait for an element</td><td>take</td>
 *     <td>pass over the queue; {@code QueueShutdownException} if all are terminated</td></tr>
 * <tr><td>{@code poll}, {@code peek}</td><td colspan="2">an element, or null if there is none</td><td>null</td></tr>
 * <tr><td>{@code remove()}, {@code element}</td><td colspan="2">an element, or {@code NoSuchElementException}</td>
 *     <td>{@code NoSuchElementException}</td></tr>
 * <tr><td>{@code drainTo}</td><td colspan="2">takes what is there, and tells how many</td><td>0</td></tr>
 * <tr><td>{@code remove(Object)}, {@code removeIf}, {@code removeAll}, {@code retainAll}, {@code clear}</td>
 *     <td colspan="2">remove what is there</td><td>nothing, false</td></tr>
 * <tr><td>{@code taskDone}, {@code join}, {@code unfinishedTasks}</td><td colspan="3">the same: {@code join} waits for
 *     elements that were taken and not reported</td></tr>
 * <tr><td>{@code size}, {@code isEmpty}, {@code remainingCapacity}, {@code contains}, {@code stats}, iterators,
 *     {@code toArray}</td><td colspan="3">the same; they fail only if an element's {@code equals} does</td></tr>
 * <tr><td>{@code isShutdown}</td><td>false</td><td colspan="2">true</td></tr>
 * <tr><td>{@code isTerminated}</td><td colspan="2">false</td><td>true</td></tr>
 * <tr><td>{@code shutdown}, {@code close}</td><td>shut down</td><td colspan="2">nothing</td></tr>
 * <tr><td>{@code shutdownNow}</td><td colspan="2">hands back what is left; terminated</td><td>empty list</td></tr>
 * </tbody>
 * </table>
 *
 * <p><b>Lossless.</b> Shutting down takes effect in one moment. An element whose put came before it is taken by
 * somebody or handed back by {@code shutdownNow}, unless it was removed, or dropped by the {@link OverflowPolicy} that
 * was chosen; a put that comes after it fails. A method that ends by interrupt or time-out has put or taken nothing;
 * batches say what they did.
 *
 * <p><b>Unfinished tasks.</b> Each element that enters counts as a task until {@link #taskDone()} is called for it.
 * What leaves without being taken for work ({@code remove(Object)}, {@code clear}, {@code removeIf}, an iterator's
 * {@code remove}, {@code shutdownNow}, an overflow policy) no longer counts; {@code drainTo} is taking. Who does not
 * need {@code join} does not need to call {@code taskDone}.
 *
 * <p><b>Iterators.</b> Iterators, streams, {@code forEach}, {@code toArray} and {@code contains} go over a copy of the
 * elements of one moment, which takes time in proportion to their number. Iterators show them in the order of taking,
 * also those that have left since, and never throw {@code ConcurrentModificationException}; their {@code remove}
 * removes the very element, not an equal one, if it is still there. {@code removeIf}, {@code removeAll} and
 * {@code retainAll} choose from such a copy, and then remove what they have chosen in one step. {@code toString} is
 * that of every collection and shows the elements; the state is told by {@link #stats()}. Two queues are equal if they
 * are the same.
 *
 * <p><b>Blocking and interruption.</b> As the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks} says, for room and for elements. Another thread's step inside the queue, such as a comparison under a lock or
 * the copy for an iterator, is waited for whatever the interrupt status, and does not count as part of a time-out.
 *
 * <p><b>Memory consistency.</b> Actions before putting an element happen-before actions after it has been taken, handed
 * back or shown; actions before {@code taskDone} happen-before a {@code join} that it lets return returns; actions
 * before {@code shutdown} happen-before what a thread does after a method has told it of the shutdown.
 *
 * <p><b>Nulls.</b> Null elements and arguments are refused with {@code NullPointerException}.
 *
 * <p><b>Implementations.</b> Those of this package, which are not serializable. The interface is not meant to be
 * implemented elsewhere: methods may be added, and {@link TaskQueues} refuses queues of others with
 * {@code IllegalArgumentException}.
 *
 * @param <E> the type of the elements
 * @since 0.1
 */
public interface TaskQueue<E extends Object> extends BlockingQueue<E>, AutoCloseable {

    // ---- putting ----

    /**
     * Waits for room, and puts an element. The queue's {@link OverflowPolicy} may say not to wait.
     *
     * @param element the element
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is put
     * @throws QueueShutdownException if the queue is, or is meanwhile, shut down; nothing is put
     * @throws QueueFullException if there is no room and the queue's policy is {@link OverflowPolicy#FAIL}
     */
    @Override
    void put(E element) throws InterruptedException;

    /**
     * Puts an element, without waiting.
     *
     * @param element the element
     * @return true
     * @throws QueueShutdownException if the queue is shut down; nothing is put
     * @throws QueueFullException if there is no room, unless the queue's policy drops elements
     */
    @Override
    boolean add(E element);

    /**
     * Waits at most the given time for room, and puts an element. The queue's {@link OverflowPolicy} may say not to
     * wait.
     *
     * @param element the element
     * @param timeout the longest wait; zero or negative means to try once
     * @return true if it was put, or dropped as the policy says; false if the time ran out, or if there is no room and
     *     the policy is {@link OverflowPolicy#FAIL}
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is put
     * @throws QueueShutdownException if the queue is, or is meanwhile, shut down; nothing is put
     */
    boolean offer(E element, Duration timeout) throws InterruptedException;

    /**
     * Puts all elements in their order, waiting for room as often as needed. Elements of others may come in between. A
     * collection with a null in it is refused as a whole.
     *
     * @param elements the elements
     * @throws PutInterruptedException if the thread is interrupted, also when it already was on entry; it holds the
     *     elements that have not been put, those before them have been put
     * @throws QueueShutdownException if the queue is, or is meanwhile, shut down; it holds the elements that have not
     *     been put
     * @throws QueueFullException if there is no room and the queue's policy is {@link OverflowPolicy#FAIL}; it holds
     *     the elements that have not been put
     */
    void putAll(Collection<? extends E> elements) throws InterruptedException;

    // ---- taking ----

    /**
     * Waits for an element, and takes it.
     *
     * @return the element
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is taken
     * @throws QueueShutdownException if the queue is, or meanwhile becomes, terminated
     */
    @Override
    E take() throws InterruptedException;

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
     * @return the elements in their order, none if the time ran out, in a list that belongs to the caller
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is taken
     * @throws QueueShutdownException if the queue is, or meanwhile becomes, terminated
     * @throws IllegalArgumentException unless {@code max} is positive
     */
    default List<E> take(int max, Duration timeout) throws InterruptedException {
        return take(1, max, timeout);
    }

    /**
     * Waits at most the given time, all in all, until it has taken the given number of elements, and takes more if they
     * are there by then. A call that ends before, by interrupt, by the queue's end or by a comparator that throws,
     * returns what has been taken, if anything has; an interrupt stays pending then.
     *
     * @param min how many elements to wait for
     * @param max the most elements to take
     * @param timeout the longest wait, for all elements together; zero or negative means to take what is there
     * @return the elements in their order, in a list that belongs to the caller; fewer than {@code min} if the call
     *     ended before
     * @throws InterruptedException if the thread is interrupted while nothing has been taken, also when it already was
     *     on entry
     * @throws QueueShutdownException if the queue is, or meanwhile becomes, terminated while nothing has been taken
     * @throws IllegalArgumentException unless {@code 1 <= min <= max}
     */
    List<E> take(int min, int max, Duration timeout) throws InterruptedException;

    /**
     * A worker's loop: takes elements, has each worked on, and reports it done, until the queue is terminated. The
     * action does not call {@code taskDone} for its element.
     *
     * <p>If the action throws, its element counts as done, the loop ends, and the exception reaches the caller. The
     * queue stays open and keeps its elements. If no other worker is left, those who wait for room or in {@code join}
     * wait for ever then: let the action catch what concerns one element only, and {@link #shutdownNow()} follow the
     * loop, as in the sample of this interface.
     *
     * @param action what to do with each element
     * @throws InterruptedException if the thread is interrupted when it is to take an element, also when it already was
     *     on entry; nothing is taken
     * @throws IllegalStateException if no task is unfinished when one is to be reported, since the action has done so
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
     * Lets nothing more in. What is in the queue can still be taken. Wakes everybody who waits in vain now. Idempotent.
     * Never waits for takers; at most for another thread's step inside the queue.
     */
    void shutdown();

    /**
     * Lets nothing more in and empties the queue, in one moment. The elements that it hands back are no unfinished
     * tasks any more. Wakes everybody who waits in vain now.
     *
     * @return the elements that were in the queue, in their order (in any order if a comparator throws), in a list that
     *     cannot be changed; they do not go to the handler of the options
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
     * Everything at once: the figures of one moment.
     *
     * @return the figures
     */
    QueueStats stats();
}
