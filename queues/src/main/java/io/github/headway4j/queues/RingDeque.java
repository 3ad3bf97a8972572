// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import io.github.headway4j.primitives.WaitQueue;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A blocking deque that is also a list by index and a task queue: Python's {@code collections.deque}. Take it where both
 * ends are needed, or the middle; where one end is enough, take another queue.
 *
 * <pre>{@code
 * var lastHundred = RingDeque.<Event>evicting(100);
 * lastHundred.addLast(event); // drops the first when there are a hundred
 * }</pre>
 *
 * <p><b>Ordering.</b> As a {@link BlockingDeque}: {@code put}, {@code offer} and {@code add} put at the end, {@code
 * take}, {@code poll} and {@code remove} take from the start. Indices count from the start, from 0 on. Iterators go
 * over the elements of one moment, and so do {@code contains}, {@code indexOf}, {@code count} and {@code
 * remove(Object)}, which ask the elements' {@code equals} outside the lock. Two deques are equal if they are the same
 * object, as with other queues; compare {@code List.copyOf(deque)}.
 *
 * <p><b>Overflow.</b> As the options say. {@link OverflowPolicy#DROP_OLDEST}, which {@link #evicting(int)} chooses,
 * drops from the end that is opposite to the one where an element is put.
 *
 * <p><b>Tasks.</b> What enters at either end or within counts as a task, and what is taken from either end has to be
 * reported by {@code taskDone}, as {@link TaskQueue} says. {@code set} and {@code removeAt} remove without taking.
 *
 * <p><b>Progress.</b> Blocking: one lock; {@code size}, {@code isEmpty}, and {@code offer} or {@code poll} on a full or
 * empty deque do without it.
 *
 * <p><b>Complexity and footprint.</b> Each put and take and {@code get} is O(1), amortised, and allocates nothing but
 * room to grow if it does not have to wait for the lock and drops nothing; {@code insert}, {@code removeAt} and
 * {@code rotate} are O(n), but move half of the elements at most. The array grows with the number of elements, also in a
 * bounded deque, and gives memory back when most of it is unused. More than 2<sup>30</sup> elements, or than memory
 * holds, are an {@code OutOfMemoryError} of the put, which changes nothing. An element that has left is not held any
 * more.
 *
 * @param <E> the type of the elements
 * @since 0.1
 */
public final class RingDeque<E extends Object> extends LockedTaskQueue<E> implements BlockingDeque<E> {

    private final CircularArray items = new CircularArray();

    private RingDeque(int capacity, QueueOptions<E> options) {
        super(capacity, options);
    }

    /**
     * A deque for exactly so many elements.
     *
     * @param capacity the most elements
     * @param <E> the type of the elements
     * @return a new deque
     * @throws IllegalArgumentException unless the capacity is positive and at most 2<sup>30</sup>
     */
    public static <E extends Object> RingDeque<E> bounded(int capacity) {
        return bounded(capacity, QueueOptions.defaults());
    }

    /**
     * A deque for exactly so many elements.
     *
     * @param capacity the most elements
     * @param options what else to choose
     * @param <E> the type of the elements
     * @return a new deque
     * @throws IllegalArgumentException unless the capacity is positive and at most 2<sup>30</sup>
     */
    public static <E extends Object> RingDeque<E> bounded(int capacity, QueueOptions<E> options) {
        return new RingDeque<>(capacityUpTo(1 << 30, capacity), options);
    }

    /**
     * A deque that grows as far as memory goes, to 2<sup>30</sup> elements at most; puts never wait.
     *
     * @param <E> the type of the elements
     * @return a new deque
     */
    public static <E extends Object> RingDeque<E> unbounded() {
        return unbounded(QueueOptions.defaults());
    }

    /**
     * A deque that grows as far as memory goes, to 2<sup>30</sup> elements at most; puts never wait.
     *
     * @param options what else to choose
     * @param <E> the type of the elements
     * @return a new deque
     */
    public static <E extends Object> RingDeque<E> unbounded(QueueOptions<E> options) {
        return new RingDeque<>(Integer.MAX_VALUE, options);
    }

    /**
     * A deque that keeps the last so many elements: putting at one end of a full deque drops one from the other.
     *
     * @param maxlen the most elements
     * @param <E> the type of the elements
     * @return a new deque
     * @throws IllegalArgumentException unless the number is positive and at most 2<sup>30</sup>
     */
    public static <E extends Object> RingDeque<E> evicting(int maxlen) {
        return evicting(maxlen, QueueOptions.defaults());
    }

    /**
     * A deque that keeps the last so many elements: putting at one end of a full deque drops one from the other.
     *
     * @param maxlen the most elements
     * @param options what else to choose; the overflow policy is {@link OverflowPolicy#DROP_OLDEST} whatever they say
     * @param <E> the type of the elements
     * @return a new deque
     * @throws IllegalArgumentException unless the number is positive and at most 2<sup>30</sup>
     */
    public static <E extends Object> RingDeque<E> evicting(int maxlen, QueueOptions<E> options) {
        return bounded(maxlen, options.overflow(OverflowPolicy.DROP_OLDEST));
    }

    // ---- putting at the start ----

    @Override
    public void putFirst(E element) throws InterruptedException {
        putAtStart(element);
    }

    @Override
    public boolean offerFirst(E element) {
        return offerAtStart(element);
    }

    @Override
    public boolean offerFirst(E element, long timeout, TimeUnit unit) throws InterruptedException {
        return offerAtStart(element, unit.toNanos(timeout));
    }

    /**
     * Waits at most the given time for room, and puts an element at the start.
     *
     * @param element the element
     * @param timeout the longest wait; zero or negative means to try once
     * @return true if put, false if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is put
     * @throws QueueShutdownException if the deque is, or is meanwhile, shut down; nothing is put
     */
    public boolean offerFirst(E element, Duration timeout) throws InterruptedException {
        return offerAtStart(element, WaitQueue.saturatedNanos(timeout));
    }

    @Override
    public void addFirst(E element) {
        addAtStart(element);
    }

    @Override
    public void push(E element) {
        addAtStart(element);
    }

    /**
     * Puts each element at the start, in their order, so that the last of them is the first then; waits for room as
     * often as needed.
     *
     * @param elements the elements
     * @throws PutInterruptedException if the thread is interrupted, also when it already was on entry; it holds the
     *     elements that have not been put, those before them have been put
     * @throws QueueShutdownException if the deque is, or is meanwhile, shut down; it holds the elements that have not
     *     been put
     * @throws QueueFullException if there is no room and the deque's policy is {@link OverflowPolicy#FAIL}; it holds the
     *     elements that have not been put
     */
    public void putAllFirst(Collection<? extends E> elements) throws InterruptedException {
        putEach(elements, true);
    }

    // ---- putting at the end ----

    @Override
    public void putLast(E element) throws InterruptedException {
        put(element);
    }

    @Override
    public boolean offerLast(E element) {
        return offer(element);
    }

    @Override
    public boolean offerLast(E element, long timeout, TimeUnit unit) throws InterruptedException {
        return offer(element, timeout, unit);
    }

    @Override
    public void addLast(E element) {
        add(element);
    }

    // ---- taking from the start ----

    @Override
    public E takeFirst() throws InterruptedException {
        return take();
    }

    @Override
    public @Nullable E pollFirst() {
        return poll();
    }

    @Override
    public @Nullable E pollFirst(long timeout, TimeUnit unit) throws InterruptedException {
        return poll(timeout, unit);
    }

    @Override
    public E removeFirst() {
        return remove();
    }

    @Override
    public E pop() {
        return remove();
    }

    @Override
    public @Nullable E peekFirst() {
        return peek();
    }

    @Override
    public E getFirst() {
        return element();
    }

    // ---- taking from the end ----

    @Override
    public E takeLast() throws InterruptedException {
        return takeFromEnd();
    }

    @Override
    public @Nullable E pollLast() {
        return pollFromEnd();
    }

    @Override
    public @Nullable E pollLast(long timeout, TimeUnit unit) throws InterruptedException {
        return pollFromEnd(unit.toNanos(timeout));
    }

    /**
     * Waits at most the given time for an element, and takes the last one.
     *
     * @param timeout the longest wait; zero or negative means to try once
     * @return the element, or null if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is taken
     * @throws QueueShutdownException if the deque is, or meanwhile becomes, terminated
     */
    public @Nullable E pollLast(Duration timeout) throws InterruptedException {
        return pollFromEnd(WaitQueue.saturatedNanos(timeout));
    }

    @Override
    public E removeLast() {
        return orThrow(pollFromEnd());
    }

    @Override
    public @Nullable E peekLast() {
        long w = lock.lock();
        try {
            int size = QueueLock.size(w);
            return size == 0 ? null : cast(items.get(size - 1));
        } finally {
            lock.unlock(w);
        }
    }

    @Override
    public E getLast() {
        return orThrow(peekLast());
    }

    private E orThrow(@Nullable E element) {
        if (element == null) {
            throw new NoSuchElementException("the deque is empty");
        }
        return element;
    }

    // ---- by index ----

    /**
     * The element at the given index.
     *
     * @param index how many elements are before it
     * @return the element
     * @throws IndexOutOfBoundsException unless there is an element at that index
     */
    public E get(int index) {
        long w = lock.lock();
        try {
            return cast(items.get(Objects.checkIndex(index, QueueLock.size(w))));
        } finally {
            lock.unlock(w);
        }
    }

    /**
     * Replaces the element at the given index.
     *
     * @param index how many elements are before it
     * @param element the new element
     * @return the element that was there, which is no unfinished task any more
     * @throws IndexOutOfBoundsException unless there is an element at that index
     * @throws QueueShutdownException if the deque is shut down; nothing changes
     */
    public E set(int index, E element) {
        Objects.requireNonNull(element, "element");
        E replaced;
        int removed = 0;
        beginRemoval();
        try {
            replaced = exchange(index, element);
            removed = 1;
        } finally {
            endRemoval(removed);
        }
        entered();
        return replaced;
    }

    private E exchange(int index, E element) {
        long w = lock.lock();
        try {
            refuseIfShut(w, element);
            E replaced = cast(items.get(Objects.checkIndex(index, QueueLock.size(w))));
            items.set(index, element);
            lock.addPuts(1L);
            w += QueueLock.ONE_PUT - QueueLock.ONE;
            return replaced;
        } finally {
            lock.unlock(w);
        }
    }

    /**
     * Puts an element at the given index; those from there on move towards the end. Never waits and never drops another
     * element, whatever the overflow policy.
     *
     * @param index how many elements are to be before it
     * @param element the element
     * @throws IndexOutOfBoundsException unless the index is from 0 to the size
     * @throws QueueFullException if there is no room
     * @throws QueueShutdownException if the deque is shut down
     */
    public void insert(int index, E element) {
        Objects.requireNonNull(element, "element");
        long w = lock.lock();
        try {
            int size = QueueLock.size(w);
            refuseIfShut(w, element);
            Objects.checkIndex(index, size + 1);
            if (size >= capacity()) {
                throw refusal(element);
            }
            items.insert(index, element, size);
            lock.addPuts(1L);
            w += QueueLock.ONE_PUT;
        } finally {
            lock.unlock(w);
        }
        entered();
    }

    /**
     * Removes the element at the given index; those behind it move towards the start.
     *
     * @param index how many elements are before it
     * @return the element, which is no unfinished task any more
     * @throws IndexOutOfBoundsException unless there is an element at that index
     */
    public E removeAt(int index) {
        int removed = 0;
        beginRemoval();
        try {
            E element = extractAt(index);
            removed = 1;
            return element;
        } finally {
            endRemoval(removed);
        }
    }

    private E extractAt(int index) {
        long w = lock.lock();
        try {
            int size = QueueLock.size(w);
            E element = cast(items.removeAt(Objects.checkIndex(index, size), size));
            w -= QueueLock.ONE;
            return element;
        } finally {
            lock.unlock(w);
        }
    }

    private void refuseIfShut(long w, E element) {
        if (QueueLock.isClosed(w)) {
            throw refusal(element);
        }
    }

    // ---- the order ----

    /**
     * Moves elements from one end to the other, in one moment.
     *
     * @param n how many to move from the end to the start; if negative, from the start to the end. May exceed the size
     */
    public void rotate(int n) {
        long w = lock.lock();
        try {
            int size = QueueLock.size(w);
            if (size > 0) {
                int steps = Math.floorMod(n, size);
                if (steps <= size - steps) {
                    items.lastToFirst(steps, size);
                } else {
                    items.firstToLast(size - steps, size);
                }
            }
        } finally {
            lock.unlock(w);
        }
    }

    /** Turns the order of the elements around, in one moment. */
    public void reverse() {
        long w = lock.lock();
        try {
            items.reverse(QueueLock.size(w));
        } finally {
            lock.unlock(w);
        }
    }

    // ---- looking for elements ----

    /**
     * The index of the first element that equals the given object.
     *
     * @param o the object
     * @return its index, or -1 if there is none
     */
    public int indexOf(@Nullable Object o) {
        Object[] all = snapshot();
        for (int i = 0; o != null && i < all.length; i++) {
            if (o.equals(all[i])) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The number of elements that equal the given object.
     *
     * @param o the object
     * @return how many
     */
    public int count(@Nullable Object o) {
        int count = 0;
        if (o != null) {
            for (Object e : snapshot()) {
                count += o.equals(e) ? 1 : 0;
            }
        }
        return count;
    }

    @Override
    public boolean removeFirstOccurrence(@Nullable Object o) {
        return remove(o);
    }

    @Override
    public boolean removeLastOccurrence(@Nullable Object o) {
        if (o == null) {
            return false;
        }
        Object found;
        do { // until nobody else was faster
            found = firstEqual(reversedSnapshot(), o);
        } while (found != null && !removeFromEnd(found, 0));
        return found != null;
    }

    /** Removes the occurrence of an object with so many others behind it, or the first there is. */
    private boolean removeFromEnd(Object object, int behind) {
        boolean removed = false;
        beginRemoval();
        try {
            removed = extractFromEnd(object, behind);
        } finally {
            endRemoval(removed ? 1 : 0);
        }
        return removed;
    }

    private boolean extractFromEnd(Object object, int behind) {
        long w = lock.lock();
        boolean extracted = false;
        try {
            extracted = items.removeOccurrence(object, behind, true, QueueLock.size(w));
        } finally {
            lock.unlock(extracted ? w - QueueLock.ONE : w);
        }
        return extracted;
    }

    /** As {@link #iterator()}, from the last to the first. */
    @Override
    public Iterator<E> descendingIterator() {
        return iteratorOver(reversedSnapshot(), this::removeFromEnd);
    }

    // ---- the store ----

    @Override
    void insert(E element, long key, int size) {
        items.addLast(element, size);
    }

    @Override
    void insertAt(boolean first, E element, long key, int size) {
        if (first) {
            items.addFirst(element, size);
        } else {
            items.addLast(element, size);
        }
    }

    @Override
    E extract(int size) {
        return cast(items.removeFirst(size));
    }

    @Override
    E extractLast(int size) {
        return cast(items.removeLast(size));
    }

    @Override
    E next(int size) {
        return cast(items.get(0));
    }

    @Override
    E replace(E newcomer, long key, boolean first, int size) {
        E dropped = cast(first ? items.removeLast(size) : items.removeFirst(size));
        insertAt(first, newcomer, key, size - 1);
        return dropped;
    }

    @Override
    int extractChosen(Chosen chosen, int size) {
        return items.removeChosen(chosen, false, size);
    }

    @Override
    boolean extractOccurrence(Object object, int before, int size) {
        return items.removeOccurrence(object, before, false, size);
    }

    @Override
    Supplier<Object[]> copyAll(int size) {
        Object[] all = items.toArray(size);
        return () -> all;
    }

    @Override
    Supplier<Object[]> extractAll(int size) {
        Supplier<Object[]> all = copyAll(size);
        discard();
        return all;
    }

    @Override
    void discard() {
        items.clear();
    }

    private Object[] reversedSnapshot() {
        Object[] all = snapshot();
        Collections.reverse(Arrays.asList(all));
        return all;
    }
}
