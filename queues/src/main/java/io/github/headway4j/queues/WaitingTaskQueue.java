// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import io.github.headway4j.primitives.WaitQueue;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The methods that put or take one element, at either end, and wait for room or an element if there is none.
 *
 * @param <E> the type of the elements
 */
abstract class WaitingTaskQueue<E extends Object> extends QueueLedger<E> {
    /*
     * Every method first tries an operation of the store, and makes a waiter only when that has failed. After success it
     * signals those whom the change may help; one signal serves several elements, since each waiter that leaves wakes
     * the next as long as there is more.
     *
     * An element is asked for its key before all that. A waiter that asked in its attempts would do so while others
     * leave their signals to it.
     *
     * User code (the handler of dropped elements) runs between operations of the store, with elements in hand that are
     * nowhere else. So the call does the rest of its work first: a handler that throws does not keep the newcomer out.
     */

    final @Nullable Consumer<? super E> onUndelivered;
    private final OverflowPolicy overflow;

    WaitingTaskQueue(QueueOptions<E> options) {
        super(options);
        overflow = options.overflow();
        onUndelivered = options.onUndelivered();
    }

    // ---- putting ----

    @Override
    public final void put(E element) throws InterruptedException {
        Objects.requireNonNull(element, "element");
        throwIfInterrupted();
        long key = keyOf(element);
        int result = tryPut(element, key);
        if (result == PUT) {
            entered();
        } else {
            throwUnlessPut(putSlowly(element, key, false, result, false, 0L), element);
        }
    }

    @Override
    public final boolean offer(E element, Duration timeout) throws InterruptedException {
        return offerAt(false, element, WaitQueue.saturatedNanos(timeout));
    }

    @Override
    public final boolean offer(E element, long timeout, TimeUnit unit) throws InterruptedException {
        return offerAt(false, element, unit.toNanos(timeout));
    }

    @Override
    public final boolean offer(E element) {
        return putNow(false, element) == PUT;
    }

    @Override
    public final boolean add(E element) {
        throwUnlessPut(putNow(false, element), element);
        return true;
    }

    private boolean offerAt(boolean first, E element, long nanos) throws InterruptedException {
        Objects.requireNonNull(element, "element");
        throwIfInterrupted();
        long key = keyOf(element);
        int result = tryPutAt(first, element, key);
        if (result == PUT) {
            entered();
            return true;
        }
        result = putSlowly(element, key, first, result, true, nanos);
        if (result == SHUT) {
            throw refused(List.of(element));
        }
        return result == PUT;
    }

    private int putNow(boolean first, E element) {
        Objects.requireNonNull(element, "element");
        long key = keyOf(element);
        int result = tryPutAt(first, element, key);
        if (result == PUT) {
            entered();
        } else if (result == FULL && drops()) {
            return dropForAndTell(element, key, first);
        }
        return result;
    }

    /** Puts an element for which there was no room, as the policy says: PUT, FULL or SHUT. */
    final int putSlowly(E element, long key, boolean first, int result, boolean timed, long nanos)
            throws InterruptedException {
        if (result == SHUT || overflow == OverflowPolicy.FAIL) {
            return result;
        }
        if (drops()) {
            return dropForAndTell(element, key, first);
        }
        if (timed && nanos <= 0L) {
            return FULL;
        }
        Putting<E> putting = new Putting<>(this, element, key, first);
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

    final int tryPutAt(boolean first, E element, long key) {
        return first ? tryPutFirst(element) : tryPut(element, key);
    }

    // ---- overflow ----

    final boolean drops() {
        return overflow == OverflowPolicy.DROP_NEWEST || overflow == OverflowPolicy.DROP_OLDEST;
    }

    private int dropForAndTell(E newcomer, long key, boolean first) {
        Undelivered<E> dropped = new Undelivered<>(onUndelivered);
        int result;
        try {
            result = dropFor(newcomer, key, first, dropped);
        } catch (Throwable e) { // of a comparator
            dropped.tell(e);
            throw e;
        }
        dropped.tell();
        return result;
    }

    /** Drops the newcomer, or others so that it fits: PUT, or SHUT. Adds what was dropped to the given elements. */
    final int dropFor(E newcomer, long key, boolean first, Undelivered<E> dropped) {
        int result = DROPPED;
        if (overflow == OverflowPolicy.DROP_OLDEST) {
            int earlier = dropped.size();
            beginRemoval();
            try {
                result = putEvicting(newcomer, key, first, dropped);
            } finally {
                int victims = dropped.size() - earlier;
                countDropped(victims);
                endRemoval(victims);
            }
        } else if (isShutdown()) {
            result = SHUT;
        }
        if (result == PUT) {
            entered();
        } else if (result == DROPPED) {
            countDropped(1);
            dropped.add(newcomer);
        }
        return result == SHUT ? SHUT : PUT;
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
        return awaitElement(false);
    }

    @Override
    public final @Nullable E poll(Duration timeout) throws InterruptedException {
        return pollAt(false, WaitQueue.saturatedNanos(timeout));
    }

    @Override
    public final @Nullable E poll(long timeout, TimeUnit unit) throws InterruptedException {
        return pollAt(false, unit.toNanos(timeout));
    }

    @Override
    public final @Nullable E poll() {
        E element = tryTake();
        if (element != null) {
            left();
        }
        return element;
    }

    final @Nullable E pollAt(boolean last, long nanos) throws InterruptedException {
        throwIfInterrupted();
        E element = tryTakeAt(last);
        if (element != null) {
            left();
            return element;
        }
        Taking<E> taking = new Taking<>(this, last);
        return takers.await(taking, nanos) ? taken(taking) : null;
    }

    private E awaitElement(boolean last) throws InterruptedException {
        Taking<E> taking = new Taking<>(this, last);
        takers.await(taking);
        return taken(taking);
    }

    private E taken(Taking<E> taking) {
        E element = taking.element;
        if (element == null) {
            throw new QueueShutdownException("take from " + nameOf(this) + ", which is shut down and empty", List.of());
        }
        left();
        return element;
    }

    final @Nullable E tryTakeAt(boolean last) {
        return last ? tryTakeLast() : tryTake();
    }

    // ---- the other end of a queue that has two ----

    final void putAtStart(E element) throws InterruptedException {
        Objects.requireNonNull(element, "element");
        throwIfInterrupted();
        int result = tryPutFirst(element);
        if (result == PUT) {
            entered();
        } else {
            throwUnlessPut(putSlowly(element, 0L, true, result, false, 0L), element);
        }
    }

    final boolean offerAtStart(E element, long nanos) throws InterruptedException {
        return offerAt(true, element, nanos);
    }

    final boolean offerAtStart(E element) {
        return putNow(true, element) == PUT;
    }

    final void addAtStart(E element) {
        throwUnlessPut(putNow(true, element), element);
    }

    final E takeFromEnd() throws InterruptedException {
        throwIfInterrupted();
        E element = pollFromEnd();
        return element != null ? element : awaitElement(true);
    }

    final @Nullable E pollFromEnd(long nanos) throws InterruptedException {
        return pollAt(true, nanos);
    }

    final @Nullable E pollFromEnd() {
        E element = tryTakeLast();
        if (element != null) {
            left();
        }
        return element;
    }

    // ---- errors ----

    /** Why an element was refused that did not wait for room. */
    final IllegalStateException refusal(E element) {
        return isShutdown() ? refused(List.of(element)) : full(List.of(element));
    }

    private void throwUnlessPut(int result, E element) {
        if (result == SHUT) {
            throw refused(List.of(element));
        }
        if (result == FULL) {
            throw full(List.of(element));
        }
    }

    final QueueShutdownException refused(List<?> undelivered) {
        return new QueueShutdownException("put into " + nameOf(this) + ", which is shut down", undelivered);
    }

    final QueueFullException full(List<?> undelivered) {
        return new QueueFullException(nameOf(this) + " is full with " + capacity() + " elements", undelivered);
    }
}
