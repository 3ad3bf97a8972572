// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.primitives.WaitQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The results of tasks that are at work, one after the other as they come: what {@link Tasks#map}, {@link
 * Tasks#mapUnordered} and {@link Tasks#asCompleted} return. To be gone through once, and to be closed.
 *
 * <pre>{@code
 * try (var pages = Tasks.map(addresses, 16, this::fetch)) {
 *     for (Page page : pages) {
 *         if (!show(page)) break; // closing stops the rest
 *     }
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> Only the thread that began the map goes through the results and closes them. The items are worked
 * on by other threads; those ask the source for items too, one at a time, each with all that was done before in view.
 *
 * <p><b>Ordering and fairness.</b> Items are taken in the order of the source. Results come in this order, or as they
 * are completed: the method that began it says which.
 *
 * <p><b>Failures.</b> When an item or the source fails, no further item is begun and all that are worked on are
 * interrupted. The results that come before the failure are delivered, those of tasks that returned all the same too;
 * then, once all have ended, {@link #next()} throws the very object that was thrown, unchecked or not, with the
 * failures of others suppressed in it, and with the place where the map was begun in its stack trace. After that there
 * are no more results.
 *
 * <p><b>Closing.</b> {@link #close()} lets no further item begin, interrupts those that are worked on, and waits until
 * they have ended: no thread is at work for these results any more. Results and items that are left are dropped; a
 * failure that was not thrown yet goes to the handler of {@linkplain ScopeOptions#onUnseenFailure unseen failures}. To
 * come to the end, or to a failure, closes too. Who does neither leaves threads waiting for ever.
 *
 * <p><b>Blocking and interruption.</b> As the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks} says, for {@link #await}. An iterator has to throw something unchecked instead: {@link #hasNext()} and
 * {@link #next()} throw {@link CancellationException}, and the thread stays interrupted. Nothing is lost then, and
 * nothing is stopped. {@code close} waits uninterruptibly; an interrupt stays pending.
 *
 * <p><b>Progress.</b> Who completes an item never waits for another one or for the consumer, unless it is too far
 * ahead of it. A source that waits keeps nobody from its results.
 *
 * <p><b>Memory consistency.</b> Actions before the map was begun happen-before each call of its function, and these
 * happen-before the return of {@code next} for their result, and of {@code close}.
 *
 * <p><b>Observability.</b> {@link #toString()}; an owner that waits shows this object in thread dumps. Unlike those of
 * a {@link TaskScope}, waits for results do not spin before they park, and emit no JFR event.
 *
 * <p><b>Nulls and bounds.</b> Items and results may be null. What another thread calls is refused with {@code
 * IllegalStateException}.
 *
 * <p><b>Complexity and footprint.</b> O(1) and about 40 bytes for each item that has been taken from the source and not
 * delivered; there are never more than {@linkplain MapOptions#ahead so many}.
 *
 * @param <R> the type of the results
 * @since 0.1
 */
public final class TaskResults<R extends @Nullable Object> implements Iterator<R>, Iterable<R>, AutoCloseable {

    private final Mapping<?, R> mapping;

    @SuppressWarnings({"nullness:argument", "nullness:assignment"}) // only kept, to be shown in thread dumps
    private <A extends @Nullable Object> TaskResults(
            Iterator<? extends A> source,
            Function<? super A, ? extends R> function,
            boolean ordered,
            MapOptions options,
            Consumer<? super R> undelivered) {
        this.mapping = new Mapping<A, R>(this, source, function, ordered, options, undelivered);
    }

    static <A extends @Nullable Object, R extends @Nullable Object> TaskResults<R> begin(
            Iterator<? extends A> source,
            Function<? super A, ? extends R> function,
            int concurrency,
            boolean ordered,
            MapOptions options,
            Consumer<? super R> undelivered) {
        TaskResults<R> results = new TaskResults<>(source, function, ordered, options, undelivered);
        results.mapping.begin(concurrency);
        return results;
    }

    // ---- one after the other ----

    /**
     * Waits until it is known what comes next.
     *
     * @return false at the end; true if {@link #next()} will return a result or throw a failure, without waiting
     * @throws CancellationException if the thread is interrupted, which it stays; nothing was stopped
     * @throws IllegalStateException if the caller is not the thread that began the map
     */
    @Override
    public boolean hasNext() {
        mapping.checkOwner("hasNext");
        try {
            return mapping.hasNext();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * Waits for the next result and takes it.
     *
     * @return the result
     * @throws java.util.NoSuchElementException if there is none
     * @throws CancellationException if the thread is interrupted, which it stays; nothing was stopped
     * @throws IllegalStateException if the caller is not the thread that began the map
     */
    @Override
    public R next() {
        mapping.checkOwner("next");
        try {
            return mapping.next();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static CancellationException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        CancellationException cancelled = new CancellationException("interrupted while waiting for a result");
        cancelled.initCause(cause);
        return cancelled;
    }

    /**
     * Waits until it is known what comes next: a result, the end, or a failure.
     *
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing was stopped
     * @throws IllegalStateException if the caller is not the thread that began the map
     */
    public void await() throws InterruptedException {
        mapping.checkOwner("await");
        boolean known = mapping.await(false, 0L);
        assert known : "not timed";
    }

    /**
     * As {@link #await()}, but waits at most the given time. After a failure {@link #next()} may still have to wait for
     * others to end.
     *
     * @param timeout the longest wait; zero or negative means to look once
     * @return false if the time ran out; nothing was stopped
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing was stopped
     * @throws IllegalStateException if the caller is not the thread that began the map
     */
    public boolean await(Duration timeout) throws InterruptedException {
        long nanos = WaitQueue.saturatedNanos(timeout);
        mapping.checkOwner("await");
        return mapping.await(true, nanos);
    }

    // ---- all that is left ----

    /**
     * These results themselves: they can be gone through only once.
     *
     * @return this
     */
    @Override
    public Iterator<R> iterator() {
        return this;
    }

    /** In order, without a size: there is nothing to be split for other threads. */
    @Override
    public Spliterator<R> spliterator() {
        return Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED);
    }

    /**
     * The results that are left, as a sequential stream, to be consumed by the thread that began the map. To close it
     * closes the results.
     *
     * @return a stream
     */
    public Stream<R> stream() {
        return StreamSupport.stream(spliterator(), false).onClose(this::close);
    }

    /**
     * Waits for the results that are left, takes them, and closes.
     *
     * @return an unmodifiable list
     * @throws CancellationException if the thread is interrupted, which it stays; the results are closed
     * @throws IllegalStateException if the caller is not the thread that began the map
     */
    public List<R> toList() {
        mapping.checkOwner("toList");
        try (TaskResults<R> all = this) {
            List<R> list = new ArrayList<>();
            while (all.hasNext()) {
                list.add(all.next());
            }
            return Collections.unmodifiableList(list);
        }
    }

    // ---- closing ----

    /**
     * Stops: no further item is begun, those that are worked on are interrupted and waited for. An interrupt of the
     * caller stays pending. There are no more results afterwards. Without effect if closed already.
     *
     * @throws IllegalStateException if the caller is not the thread that began the map
     */
    @Override
    public void close() {
        mapping.checkOwner("close");
        mapping.close();
    }

    /** The order, how many have been delivered, and the scope, in one line. */
    @Override
    public String toString() {
        return "TaskResults[" + mapping + "]";
    }
}
