// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.primitives.WaitQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The results of a map that processes are at work on, one after the other as they come: what {@link ProcessPool#imap}
 * and {@link ProcessPool#mapUnordered} return. To be gone through once, and to be closed.
 *
 * <pre>{@code
 * try (var pages = pool.imap(scans, 10, Scan::recognize)) {
 *     for (Page page : pages) {
 *         if (!index(page)) break; // closing stops the rest
 *     }
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> Only the thread that began the map goes through the results and closes them. It is this thread,
 * too, that asks the source for items, and in which results are read: within {@link #hasNext()}, {@link #next()} and
 * {@link #await}. Between these calls the processes work on what they have got.
 *
 * <p><b>Ordering and fairness.</b> Items are taken in the order of the source, and given to the processes in this
 * order. Results come in this order, or as their chunks are completed: the method that began it says which.
 *
 * <p><b>Failures.</b> When the source throws something, or gives an item that cannot be serialized, the results of the
 * items before are delivered, and then {@link #next()} throws it. When an item fails, the results that come before it
 * are delivered; chunks that have not begun then never will; once those that have begun have ended, {@code next} throws
 * what was thrown for the item, unchecked or not. After that there are no more results.
 *
 * <p><b>Closing.</b> {@link #close()} withdraws what has not begun, and waits for the chunks that processes are at work
 * on; if the thread is interrupted, before or meanwhile, the processes are killed, and replaced. Results that are left
 * are dropped; a failure that was not thrown yet goes to the uncaught-exception handler of the thread. To come to the
 * end, or to a failure, closes too. What is forgotten without being closed keeps some memory in the processes, until
 * the pool ends.
 *
 * <p><b>Blocking and interruption.</b> As the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks} says, for {@link #await}. An iterator has to throw something unchecked instead: {@link #hasNext()} and {@link
 * #next()} throw {@link CancellationException}, and the thread stays interrupted. Nothing is lost then, and nothing is
 * stopped.
 *
 * <p><b>Progress.</b> A process never waits for the one that consumes, unless it has nothing left to do.
 *
 * <p><b>Memory consistency.</b> What another process does has no happens-before with this one but through messages:
 * items are copied when they are sent, results when they are received.
 *
 * <p><b>Observability.</b> {@link #toString()}; an owner that waits shows this object in thread dumps.
 *
 * <p><b>Nulls and bounds.</b> Items and results may be null. What another thread calls is refused with {@code
 * IllegalStateException}.
 *
 * <p><b>Complexity and footprint.</b> O(1) for each item. No more than 64 chunks for each worker, and about 8 MiB of
 * arguments, are under way.
 *
 * @param <R> the type of the results
 * @since 0.1
 */
public final class ProcessResults<R extends @Nullable Object> implements Iterator<R>, Iterable<R>, AutoCloseable {

    private final RemoteMap<?, R> map;

    @SuppressWarnings({"nullness:argument", "nullness:assignment"}) // only kept, to be shown in thread dumps
    private <A extends @Nullable Object> ProcessResults(
            PoolCore core,
            Supplier<? extends Iterator<? extends A>> source,
            int chunkSize,
            SerializableFunction<? super A, ? extends R> function,
            boolean ordered,
            int ahead) {
        this.map = new RemoteMap<A, R>(core, this, source.get(), chunkSize, function, ordered, ahead, false);
    }

    @SuppressWarnings("nullness:methodref.return") // items may be null
    static <A extends @Nullable Object, R extends @Nullable Object> ProcessResults<R> begin(
            PoolCore core,
            Iterable<? extends A> items,
            int chunkSize,
            SerializableFunction<? super A, ? extends R> function,
            boolean ordered,
            int ahead) {
        ProcessResults<R> results = new ProcessResults<>(core, items::iterator, chunkSize, function, ordered, ahead);
        results.map.begin();
        return results;
    }

    /**
     * Waits until it is known what comes next.
     *
     * @param timeout the longest wait; zero or negative means to look once
     * @return true if {@link #hasNext()} will not wait, false if the time ran out; the wait may be repeated
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry
     * @throws IllegalStateException if the caller is not the thread that began the map
     */
    public boolean await(Duration timeout) throws InterruptedException {
        checkOwner("await");
        long nanos = WaitQueue.saturatedNanos(timeout);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return map.await(true, System.nanoTime() + Math.max(0L, nanos));
    }

    /**
     * Whether there is a further result, or a failure. Waits until that is known.
     *
     * @return false at the end, and once this is closed
     * @throws CancellationException if the thread is interrupted, which it stays
     * @throws IllegalStateException if the caller is not the thread that began the map
     */
    @Override
    public boolean hasNext() {
        checkOwner("hasNext");
        if (!map.hasResult()) {
            try {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                map.await(false, 0L);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                CancellationException interrupted =
                        new CancellationException("interrupted while it waited for results");
                interrupted.initCause(e);
                throw interrupted;
            }
        }
        return map.hasResult() || map.hasFailure();
    }

    /**
     * Waits for the next result, and takes it.
     *
     * @return the result
     * @throws NoSuchElementException if there are no more
     * @throws CancellationException if the thread is interrupted, which it stays
     * @throws IllegalStateException if the caller is not the thread that began the map
     */
    @Override
    public R next() {
        if (!hasNext()) {
            throw new NoSuchElementException("there is no further result");
        }
        if (map.hasResult()) {
            return map.takeResult();
        }
        Throwable failure = map.takeFailure();
        throw Failures.<RuntimeException>unchecked(failure == null ? new AssertionError("no failure") : failure);
    }

    /** These results: they can be gone through once. */
    @Override
    public Iterator<R> iterator() {
        return this;
    }

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
        checkOwner("toList");
        try (ProcessResults<R> all = this) {
            List<R> list = new ArrayList<>();
            while (all.hasNext()) {
                list.add(all.next());
            }
            return Collections.unmodifiableList(list);
        }
    }

    /**
     * Stops: chunks that have not begun are withdrawn, those that have are waited for, or killed if the thread is
     * interrupted, which it stays. There are no more results afterwards. Without effect if closed already.
     *
     * @throws IllegalStateException if the caller is not the thread that began the map
     */
    @Override
    public void close() {
        checkOwner("close");
        map.close();
        Throwable unseen = map.takeFailure();
        if (unseen != null) {
            Uncaught.report(unseen);
        }
    }

    private void checkOwner(String method) {
        if (Thread.currentThread() != map.owner) {
            throw new IllegalStateException(method + ": called by " + Thread.currentThread()
                    + "; expected the thread that began the map, which is " + map.owner);
        }
    }

    /** The order and how far it is, in one line. */
    @Override
    public String toString() {
        return "ProcessResults[" + map + "]";
    }
}
