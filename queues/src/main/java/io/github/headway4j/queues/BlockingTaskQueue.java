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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The methods that wait: putting, with what happens when there is no room; taking; the end.
 *
 * @param <E> the type of the elements
 */
abstract class BlockingTaskQueue<E extends Object> extends QueueLedger<E> {
    /*
     * Every method first tries an operation of the store, and makes a waiter only when that has failed. After success it
     * signals those whom the change may help; one signal serves several elements, since each waiter that leaves wakes
     * the next as long as there is more.
     *
     * User code (the collection of a drainTo, the handler of dropped elements) runs between operations of the store,
     * with elements in hand that are nowhere else. Whatever it throws, these reach the handler or the exception, and the
     * call does the rest of its work first: a handler that throws does not keep the newcomer out.
     */

    /** The most elements taken by one operation of the store. */
    private static final int BATCH = 64;

    private final OverflowPolicy overflow;
    private final @Nullable Consumer<? super E> onUndelivered;

    BlockingTaskQueue(QueueOptions<E> options) {
        super(options);
        overflow = options.overflow();
        onUndelivered = options.onUndelivered();
    }

    // ---- putting ----

    @Override
    public final void put(E element) throws InterruptedException {
        Objects.requireNonNull(element, "element");
        throwIfInterrupted();
        int result = tryPut(element);
        if (result == PUT) {
            entered();
        } else {
            throwUnlessPut(putSlowly(element, result, false, 0L), element);
        }
    }

    @Override
    public final boolean offer(E element, Duration timeout) throws InterruptedException {
        return offer(element, WaitQueue.saturatedNanos(timeout));
    }

    @Override
    public final boolean offer(E element, long timeout, TimeUnit unit) throws InterruptedException {
        return offer(element, unit.toNanos(timeout));
    }

    private boolean offer(E element, long nanos) throws InterruptedException {
        Objects.requireNonNull(element, "element");
        throwIfInterrupted();
        int result = tryPut(element);
        if (result == PUT) {
            entered();
            return true;
        }
        result = putSlowly(element, result, true, nanos);
        if (result == SHUT) {
            throw refused(List.of(element));
        }
        return result == PUT;
    }

    @Override
    public final boolean offer(E element) {
        return putNow(element) == PUT;
    }

    @Override
    public final boolean add(E element) {
        throwUnlessPut(putNow(element), element);
        return true;
    }

    private int putNow(E element) {
        Objects.requireNonNull(element, "element");
        int result = tryPut(element);
        if (result == PUT) {
            entered();
        } else if (result == FULL && drops()) {
            return dropForAndTell(element);
        }
        return result;
    }

    @Override
    public final void putAll(Collection<? extends E> elements) throws InterruptedException {
        Object[] all = elements.toArray();
        for (Object e : all) {
            Objects.requireNonNull(e, "element");
        }
        Undelivered<E> dropped = new Undelivered<>();
        int put = 0;
        try {
            throwIfInterrupted();
            while (put < all.length) {
                int some = tryPutSome(all, put);
                if (some > 0) {
                    entered();
                    put += some;
                } else {
                    E next = cast(all[put]);
                    int result = drops() ? dropFor(next, dropped) : putSlowly(next, FULL, false, 0L);
                    if (result == SHUT) {
                        throw refused(rest(all, put));
                    }
                    if (result == FULL) {
                        throw full(rest(all, put));
                    }
                    put++;
                }
            }
        } catch (InterruptedException e) {
            String message = "interrupted after " + put + " of " + all.length + " elements";
            throw new PutInterruptedException(message, rest(all, put));
        } catch (QueueShutdownException | QueueFullException e) {
            dropped.tell(onUndelivered, e);
            throw e;
        } catch (Throwable e) { // of a comparator
            dropped.tell(onUndelivered, e);
            e.addSuppressed(new UndeliveredException(rest(all, put)));
            throw e;
        }
        dropped.tell(onUndelivered);
    }

    /** Puts an element for which there was no room, as the policy says: PUT, FULL or SHUT. */
    private int putSlowly(E element, int result, boolean timed, long nanos) throws InterruptedException {
        if (result == SHUT || overflow == OverflowPolicy.FAIL) {
            return result;
        }
        if (drops()) {
            return dropForAndTell(element);
        }
        if (timed && nanos <= 0L) {
            return FULL;
        }
        Putting<E> putting = new Putting<>(this, element);
        if (!timed) {
            putters.await(putting);
        } else if (!putters.await(putting, nanos)) {
            return FULL;
        }
        if (putting.result == PUT) {
            entered();
        }
        return putting.result;
    }

    private boolean drops() {
        return overflow == OverflowPolicy.DROP_NEWEST || overflow == OverflowPolicy.DROP_OLDEST;
    }

    private int dropForAndTell(E newcomer) {
        Undelivered<E> dropped = new Undelivered<>();
        int result;
        try {
            result = dropFor(newcomer, dropped);
        } catch (Throwable e) { // of a comparator
            dropped.tell(onUndelivered, e);
            throw e;
        }
        dropped.tell(onUndelivered);
        return result;
    }

    /** Drops the newcomer, or others until it fits: PUT, or SHUT. */
    private int dropFor(E newcomer, Undelivered<E> undelivered) {
        while (overflow == OverflowPolicy.DROP_OLDEST) {
            int result = tryPut(newcomer);
            if (result == PUT) {
                entered();
            }
            if (result != FULL) {
                return result;
            }
            if (!evictOne(newcomer, undelivered)) {
                break;
            }
        }
        if (isShutdown()) {
            return SHUT;
        }
        countDropped();
        undelivered.add(newcomer);
        return PUT;
    }

    /** Makes room. False if it is the newcomer that is to go. */
    private boolean evictOne(E newcomer, Undelivered<E> undelivered) {
        Object victim = null;
        beginRemoval();
        try {
            victim = evictFor(newcomer);
            if (victim != null && victim != NEWCOMER) {
                countDropped();
                undelivered.add(cast(victim));
            }
        } finally {
            endRemoval(victim == null || victim == NEWCOMER ? 0 : 1);
        }
        return victim != NEWCOMER;
    }

    // ---- taking ----

    @Override
    public final E take() throws InterruptedException {
        throwIfInterrupted();
        E element = tryTake();
        if (element != null) {
            left();
            return element;
        }
        Taking<E> taking = new Taking<>(this);
        takers.await(taking);
        return taken(taking);
    }

    @Override
    public final @Nullable E poll(Duration timeout) throws InterruptedException {
        return poll(WaitQueue.saturatedNanos(timeout));
    }

    @Override
    public final @Nullable E poll(long timeout, TimeUnit unit) throws InterruptedException {
        return poll(unit.toNanos(timeout));
    }

    private @Nullable E poll(long nanos) throws InterruptedException {
        throwIfInterrupted();
        E element = tryTake();
        if (element != null) {
            left();
            return element;
        }
        Taking<E> taking = new Taking<>(this);
        return takers.await(taking, nanos) ? taken(taking) : null;
    }

    private E taken(Taking<E> taking) {
        E element = taking.element;
        if (element == null) {
            throw new QueueShutdownException("take from " + nameOf(this) + ", which is shut down and empty", List.of());
        }
        left();
        return element;
    }

    @Override
    public final @Nullable E poll() {
        E element = tryTake();
        if (element != null) {
            left();
        }
        return element;
    }

    @Override
    public final List<E> take(int min, int max, Duration timeout) throws InterruptedException {
        if (min < 1 || max < min) {
            throw new IllegalArgumentException("min is " + min + " and max is " + max + "; expected 1 <= min <= max");
        }
        long nanos = WaitQueue.saturatedNanos(timeout);
        throwIfInterrupted();
        long start = System.nanoTime();
        List<E> batch = new ArrayList<>();
        try {
            for (; ; ) {
                takeSome(batch, max - batch.size());
                if (batch.size() >= min) {
                    return batch;
                }
                E element = poll(nanos <= 0L ? 0L : nanos - (System.nanoTime() - start));
                if (element == null) {
                    return batch;
                }
                batch.add(element);
            }
        } catch (InterruptedException | QueueShutdownException e) {
            if (batch.isEmpty()) {
                throw e;
            }
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return batch;
        } catch (Throwable e) { // of a comparator
            handBack(batch, e);
            throw e;
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
            List<E> refused = new ArrayList<>();
            for (int i = added; i < count; i++) {
                refused.add(cast(elements[i]));
            }
            handBack(refused, refusal);
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
        Object[] rest = removeAllElements(true);
        wakeAll();
        return castAll(rest);
    }

    @Override
    public final boolean isTerminated() {
        return isShutdown() && isEmpty();
    }

    // ---- errors ----

    private void throwUnlessPut(int result, E element) {
        if (result == SHUT) {
            throw refused(List.of(element));
        }
        if (result == FULL) {
            throw full(List.of(element));
        }
    }

    private QueueShutdownException refused(List<?> undelivered) {
        return new QueueShutdownException("put into " + nameOf(this) + ", which is shut down", undelivered);
    }

    private QueueFullException full(List<?> undelivered) {
        return new QueueFullException(nameOf(this) + " is full with " + capacity() + " elements", undelivered);
    }

    private static List<?> rest(Object[] elements, int from) {
        return List.of(Arrays.copyOfRange(elements, from, elements.length));
    }
}
