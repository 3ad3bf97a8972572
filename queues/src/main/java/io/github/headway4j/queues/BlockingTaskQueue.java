// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import io.github.headway4j.primitives.WaitQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * The methods that put or take several elements, and the end. What every task queue is, but for its store.
 *
 * @param <E> the type of the elements
 */
abstract class BlockingTaskQueue<E extends Object> extends WaitingTaskQueue<E> {
    /*
     * User code (the collection of a drainTo, the handler of dropped elements, a comparator) runs with elements in hand
     * that are nowhere else. Whatever it throws, these reach the handler or the exception.
     */

    /** The most elements taken by one operation of the store. */
    private static final int BATCH = 64;

    BlockingTaskQueue(QueueOptions<E> options) {
        super(options);
    }

    // ---- putting ----

    @Override
    public final void putAll(Collection<? extends E> elements) throws InterruptedException {
        putEach(elements, false);
    }

    /** Puts each at the end, or each at the start, which reverses their order. */
    final void putEach(Collection<? extends E> elements, boolean first) throws InterruptedException {
        Object[] all = withoutNulls(elements);
        Undelivered<E> dropped = new Undelivered<>(onUndelivered);
        int put = 0;
        try {
            throwIfInterrupted();
            long[] keys = keysOf(all);
            while (put < all.length) {
                int some = first ? tryPutOneFirst(cast(all[put])) : tryPutSome(all, keys, put);
                if (some > 0) {
                    entered();
                    put += some;
                    continue;
                }
                E next = cast(all[put]);
                long key = keyAt(keys, put);
                int result =
                        drops() ? dropFor(next, key, first, dropped) : putSlowly(next, key, first, FULL, false, 0L);
                if (result == SHUT) {
                    throw refused(rest(all, put));
                }
                if (result == FULL) {
                    throw isShutdown() ? refused(rest(all, put)) : full(rest(all, put));
                }
                put++;
            }
        } catch (InterruptedException e) {
            String message = "interrupted after " + put + " of " + all.length + " elements";
            throw new PutInterruptedException(message, rest(all, put));
        } catch (QueueShutdownException | QueueFullException e) {
            dropped.tell(e);
            throw e;
        } catch (Throwable e) { // of a comparator or key function
            dropped.tell(e);
            e.addSuppressed(new UndeliveredException(rest(all, put)));
            throw e;
        }
        dropped.tell();
    }

    private int tryPutOneFirst(E element) {
        return tryPutFirst(element) == PUT ? 1 : 0;
    }

    @Override
    public final boolean addAll(Collection<? extends E> elements) {
        if (elements == this) {
            throw new IllegalArgumentException("addAll of a queue to itself; expected another collection");
        }
        Object[] all = withoutNulls(elements);
        int put = 0;
        try {
            for (; put < all.length; put++) {
                add(cast(all[put]));
            }
        } catch (QueueShutdownException e) {
            throw refused(rest(all, put));
        } catch (QueueFullException e) {
            throw full(rest(all, put));
        }
        return put > 0;
    }

    @SuppressWarnings("nullness:assignment") // looked at before anybody else gets it
    private static Object[] withoutNulls(Collection<?> elements) {
        Object[] all = elements.toArray();
        for (Object e : all) {
            Objects.requireNonNull(e, "element");
        }
        return all;
    }

    // ---- taking ----

    @Override
    public final List<E> take(int min, int max, Duration timeout) throws InterruptedException {
        if (min < 1 || max < min) {
            throw new IllegalArgumentException("min is " + min + " and max is " + max + "; expected 1 <= min <= max");
        }
        long nanos = WaitQueue.saturatedNanos(timeout);
        throwIfInterrupted();
        long start = System.nanoTime();
        ArrayList<E> batch = new ArrayList<>(Math.min(max, BATCH));
        try {
            for (; ; ) {
                fill(batch, Math.min(max - batch.size(), size())); // as in drainTo: it must end
                long left = nanos <= 0L ? 0L : nanos - (System.nanoTime() - start);
                if (batch.size() >= min || (left <= 0L && !batch.isEmpty())) {
                    return batch;
                }
                batch.ensureCapacity(batch.size() + 1); // before an element is taken: memory may run out
                E element = pollAt(false, left);
                if (element == null) {
                    return batch;
                }
                batch.add(element);
            }
        } catch (Throwable e) { // an interrupt, the end, or of a comparator: it comes again, with the next call
            if (batch.isEmpty()) {
                throw e;
            }
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return batch;
        }
    }

    /** Adds at most so many of those that are there to the batch, which fails before or not at all. */
    private void fill(ArrayList<E> batch, int max) {
        int some = 1;
        for (int left = max; left > 0 && some > 0; left -= some) {
            Object[] elements = new Object[Math.min(left, BATCH)];
            batch.ensureCapacity(batch.size() + elements.length);
            some = tryTakeSome(elements, elements.length);
            if (some > 0) {
                left();
                for (int i = 0; i < some; i++) {
                    batch.add(cast(elements[i]));
                }
            }
        }
    }

    @Override
    public final int drainTo(Collection<? super E> sink) {
        return drainTo(sink, Integer.MAX_VALUE);
    }

    @Override
    public final int drainTo(Collection<? super E> sink, int max) {
        Objects.requireNonNull(sink, "sink");
        if (sink == this) {
            throw new IllegalArgumentException("drainTo of a queue into itself; expected another collection");
        }
        return takeSome(sink, Math.min(max, size())); // not those that come meanwhile: it must end
    }

    /** Takes at most so many of those that are there: how many. */
    private int takeSome(Collection<? super E> sink, int max) {
        int taken = 0;
        for (int some = 1; taken < max && some > 0; taken += some) {
            Object[] elements = new Object[Math.min(max - taken, BATCH)];
            some = tryTakeSome(elements, elements.length);
            if (some > 0) {
                left();
                handOut(elements, some, sink);
            }
        }
        return taken;
    }

    private void handOut(Object[] elements, int count, Collection<? super E> sink) {
        int added = 0;
        try {
            for (; added < count; added++) {
                sink.add(cast(elements[added]));
            }
        } catch (Throwable refusal) {
            handBack(castAll(elements).subList(added, count), refusal);
            throw refusal;
        }
    }

    /** Elements that were taken cannot be delivered because of the given failure. */
    private void handBack(List<E> elements, Throwable failure) {
        if (!elements.isEmpty()) {
            finish(elements.size());
            Undelivered.tellOrKeep(elements, onUndelivered, failure);
        }
    }

    // ---- the end ----

    @Override
    public final void shutdown() {
        shut();
        wakeAll();
    }

    @Override
    public final List<E> shutdownNow() {
        Object[] rest = shutAndRemoveAll();
        wakeAll();
        return castAll(rest);
    }

    @Override
    public final boolean isTerminated() {
        return isShutdown() && isEmpty();
    }

    private static List<?> rest(Object[] elements, int from) {
        return List.of(Arrays.copyOfRange(elements, from, elements.length));
    }
}
