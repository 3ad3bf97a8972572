// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.primitives.WaitQueue;
import io.github.headway4j.queues.QueueShutdownException;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bounded blocking queue between processes, first in first out: Python's {@code multiprocessing.Queue} and
 * {@code JoinableQueue}. Use it to spread work over processes that you start yourself; a {@link ProcessPool} does that
 * for you. Inside of one process take a {@link io.github.headway4j.queues.FifoTaskQueue}; for questions and answers
 * between two processes, a {@link Pipe}.
 *
 * <pre>{@code
 * try (ProcessQueue<String> pages = ProcessQueue.create(100);
 *         ChildProcess worker = ChildProcess.start(() -> work(pages))) {
 *     for (String page : site.pages()) {
 *         pages.put(page); // waits while the worker is a hundred pages behind
 *     }
 *     pages.join(); // until each page is done
 *     pages.shutdown(); // the worker's take throws QueueShutdownException
 *     worker.join();
 * }
 * }</pre>
 *
 * <p><b>Sending the queue.</b> A queue that is sent to another process, as what a child's code captures or as an element
 * of another queue, is the same queue there. Each process that has it closes its own object; that of the process that
 * made it is closed last, since then, or when that process ends, nobody can be sent the queue any more. Those who have
 * it go on, except that elements that went beside the memory of the queue (see Room) are gone.
 *
 * <p><b>Elements</b> are copied: they have to be serializable, and the taker gets an equal object. Boxes, strings, arrays
 * of numbers and lists of boxes and strings are copied by a code of their own, in less than a microsecond if they are
 * small; all else by the serialization of the JDK. An element that cannot be serialized is refused by the method that is
 * to put it.
 *
 * <p><b>Lossless.</b> Shutting down takes effect in one moment, for all processes. An element whose put came before it is
 * taken by somebody or handed back by {@link #shutdownNow()}; a put that comes after it fails. A method that ends by
 * interrupt or time-out has put or taken nothing. A process that is killed takes with it at most the element that each of
 * its threads was putting or taking; the queue stays whole, and nobody waits for the dead.
 *
 * <p><b>States.</b> As {@link io.github.headway4j.queues.TaskQueue}: open, then perhaps shut down, then terminated, which
 * is shut down and empty. After the shutdown {@code put} and the timed {@code offer} throw
 * {@link QueueShutdownException}; so do {@code take} and the timed {@code poll} once nothing is left. {@code offer}
 * returns false, {@code poll} and {@code peek} null. Those that wait are told.
 *
 * <p><b>Ordering and fairness.</b> Elements are taken in the order in which they were put; putters, and takers, get their
 * turn in any order.
 *
 * <p><b>Blocking and interruption.</b> As the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks} says. Who waits for another process looks again and again, with pauses that grow to 5 ms; see the page on
 * processes. A step of another thread inside the queue is waited for, and does not count as part of a time-out: a
 * process that is stopped (not killed) inside a step holds up the others.
 *
 * <p><b>Memory consistency.</b> Actions before putting an element happen-before actions after it has been taken, in
 * other processes for what they share; actions before {@code taskDone} happen-before a {@code join} that it lets return
 * returns.
 *
 * <p><b>Room.</b> The capacity is exact, whatever the size of the elements. The queue has the memory that it was made
 * with; an element that is longer than an eighth of it, or for which there is not enough left, is written to a file
 * beside it, which is slower. All of this is in main memory where {@link SharedMemory} is.
 *
 * <p><b>Nulls and bounds.</b> Null elements and arguments are refused with {@code NullPointerException}, bad numbers with
 * {@code IllegalArgumentException}. At most 33 554 432 elements, and elements of 2 147 483 639 bytes.
 *
 * @param <E> the type of the elements
 * @since 0.1
 */
public final class ProcessQueue<E extends Object> implements AutoCloseable, Serializable {
    /*
     * Model. A SharedRing of messages, one for each element. Elements are encoded before and decoded after the step in
     * the ring, so that nobody waits for the code of a user's class.
     */

    private static final long serialVersionUID = 1L;

    /** What an element may take on the average in a queue of the usual size. */
    private static final long USUAL_BYTES = 256L;

    private static final long LEAST_USUAL = 1L << 16;
    private static final long MOST_USUAL = 1L << 24;

    /** At least twice what an element beside the memory takes in it. */
    private static final long LEAST_BYTES = 2L * RingMemory.REFERENCE;

    private static final int MOST_CAPACITY = (int) (RingMemory.MOST_DATA / LEAST_BYTES);

    private final transient SharedMemory memory;
    private final transient SharedRing ring;
    private final transient Buffers buffers = new Buffers();
    private final transient @Nullable Runnable cleaning; // of the creator

    private transient volatile boolean closed;

    @SuppressWarnings({"nullness:argument", "nullness:assignment"}) // only kept, for those who wait
    private ProcessQueue(
            SharedMemory memory, RingMemory words, boolean creator, @Nullable Consumer<SharedRing.Step> steps)
            throws IOException {
        Annex annex = new Annex(PrivateFiles.directory().resolve(memory.name()));
        this.memory = memory;
        this.ring = new SharedRing(words, annex, this, () -> !closed, steps);
        this.cleaning = creator ? annex::deleteAll : null;
        if (cleaning != null) {
            PrivateFiles.atExit(cleaning);
        }
    }

    // ---- making ----

    /**
     * Makes a queue with a usual amount of memory: 256 bytes for each element, but at least 64 KiB and, if 32 bytes for
     * each element are not more, at most 16 MiB.
     *
     * @param capacity the most elements in it
     * @param <E> the type of the elements
     * @return the queue, empty
     * @throws IOException if there is no room for its memory
     */
    public static <E extends Object> ProcessQueue<E> create(int capacity) throws IOException {
        return create(capacity, Math.min(MOST_USUAL, Math.max(LEAST_USUAL, USUAL_BYTES * capacity)));
    }

    /**
     * Makes a queue.
     *
     * @param capacity the most elements in it
     * @param bytes how much memory to reserve for elements, at most 1 GiB; it is rounded up to a power of two, and at
     *     least 4 KiB and 32 bytes for each element are taken
     * @param <E> the type of the elements
     * @return the queue, empty
     * @throws IOException if there is no room for its memory
     */
    public static <E extends Object> ProcessQueue<E> create(int capacity, long bytes) throws IOException {
        return create(capacity, bytes, null);
    }

    static <E extends Object> ProcessQueue<E> create(
            int capacity, long bytes, @Nullable Consumer<SharedRing.Step> steps) throws IOException {
        if (capacity < 1 || capacity > MOST_CAPACITY) {
            throw new IllegalArgumentException("capacity " + capacity + "; expected 1 to " + MOST_CAPACITY);
        }
        if (bytes < 1L || bytes > RingMemory.MOST_DATA) {
            throw new IllegalArgumentException("bytes " + bytes + "; expected 1 to " + RingMemory.MOST_DATA);
        }
        int data = RingMemory.dataFor(Math.max(bytes, LEAST_BYTES * capacity));
        SharedMemory memory = SharedMemory.create(RingMemory.bytes(data));
        boolean made = false;
        try {
            RingMemory words = RingMemory.format(memory, 0, capacity, data, true);
            ProcessQueue<E> queue = new ProcessQueue<>(memory, words, true, steps);
            made = true;
            return queue;
        } finally {
            if (!made) {
                memory.close();
            }
        }
    }

    /** The queue in memory that has been opened. */
    static <E extends Object> ProcessQueue<E> at(SharedMemory memory, @Nullable Consumer<SharedRing.Step> steps)
            throws IOException {
        return new ProcessQueue<>(memory, RingMemory.at(memory, 0), false, steps);
    }

    /** For tests: where the queue is. */
    SharedMemory memory() {
        return memory;
    }

    // ---- putting ----

    /**
     * Waits for room, and puts an element.
     *
     * @param element the element
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is put
     * @throws QueueShutdownException if the queue is, or is meanwhile, shut down; nothing is put
     * @throws IllegalArgumentException if the element cannot be serialized
     * @throws UncheckedIOException if the element is long, and there is no room for it on the file system
     * @throws IllegalStateException if this is, or is meanwhile, closed; nothing is put
     */
    public void put(E element) throws InterruptedException {
        putWithin(element, SharedRing.FOREVER);
    }

    /**
     * Waits at most the given time for room, and puts an element.
     *
     * @param element the element
     * @param timeout the longest wait; zero or negative means to try once
     * @return true if it was put, false if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is put
     * @throws QueueShutdownException if the queue is, or is meanwhile, shut down; nothing is put
     * @throws IllegalArgumentException if the element cannot be serialized
     * @throws UncheckedIOException if the element is long, and there is no room for it on the file system
     * @throws IllegalStateException if this is, or is meanwhile, closed; nothing is put
     */
    public boolean offer(E element, Duration timeout) throws InterruptedException {
        return putWithin(element, WaitQueue.saturatedNanos(timeout));
    }

    /**
     * Puts an element if that is possible without waiting for room.
     *
     * @param element the element
     * @return true if it was put, false if the queue is full or shut down
     * @throws IllegalArgumentException if the element cannot be serialized
     * @throws UncheckedIOException if the element is long, and there is no room for it on the file system
     * @throws IllegalStateException if this is closed
     */
    public boolean offer(E element) {
        WireBuffer message = encode(element);
        boolean put = false;
        try {
            put = ring.tail().tryPut(message) == SharedRing.Result.DONE;
            return put;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            give(message, put);
        }
    }

    private boolean putWithin(E element, long nanos) throws InterruptedException {
        WireBuffer message = encode(element);
        boolean put = false;
        try {
            SharedRing.Result result = ring.tail().put(message, nanos);
            if (result == SharedRing.Result.CLOSED) {
                checkOpen();
                throw new QueueShutdownException("put into " + this, List.of(element));
            }
            put = result == SharedRing.Result.DONE;
            return put;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            give(message, put);
        }
    }

    private void give(WireBuffer message, boolean put) {
        if (!put) {
            message.isNotSent();
        }
        buffers.give(message);
    }

    private WireBuffer encode(E element) {
        Objects.requireNonNull(element, "element");
        checkOpen();
        WireBuffer message = buffers.get();
        boolean written = false;
        try {
            Wire.write(element, message);
            written = true;
        } catch (IOException e) {
            throw new IllegalArgumentException("an element that cannot be serialized: " + e.getMessage(), e);
        } finally {
            if (!written) {
                message.isNotSent();
            }
        }
        return message;
    }

    // ---- taking ----

    /**
     * Waits for an element, and takes it.
     *
     * @return the element
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is taken
     * @throws QueueShutdownException if the queue is, or meanwhile becomes, terminated
     * @throws UncheckedIOException if the element cannot be read, for instance because this process does not have its
     *     class; it is gone
     * @throws IllegalStateException if this is, or is meanwhile, closed; nothing is taken
     */
    public E take() throws InterruptedException {
        E element = takeWithin(SharedRing.FOREVER);
        if (element == null) {
            throw new AssertionError("an endless wait has ended");
        }
        return element;
    }

    /**
     * Waits at most the given time for an element, and takes it.
     *
     * @param timeout the longest wait; zero or negative means to try once
     * @return the element, or null if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is taken
     * @throws QueueShutdownException if the queue is, or meanwhile becomes, terminated
     * @throws UncheckedIOException if the element cannot be read; it is gone
     * @throws IllegalStateException if this is, or is meanwhile, closed; nothing is taken
     */
    public @Nullable E poll(Duration timeout) throws InterruptedException {
        return takeWithin(WaitQueue.saturatedNanos(timeout));
    }

    /**
     * Takes an element, if there is one.
     *
     * @return the element, or null if there is none
     * @throws UncheckedIOException if the element cannot be read; it is gone
     * @throws IllegalStateException if this is closed
     */
    public @Nullable E poll() {
        return takeNow(null);
    }

    /**
     * Shows the first element, if there is one, without taking it. Somebody else may have taken it by the time it is
     * looked at.
     *
     * @return an object equal to the element, or null if there is none
     * @throws UncheckedIOException if the element cannot be read; it stays
     * @throws IllegalStateException if this is closed
     */
    public @Nullable E peek() {
        return takeNow(message -> false);
    }

    /**
     * Takes all elements that are there, for work: {@code taskDone} is to be called for each.
     *
     * @param target what they are added to
     * @return how many there were
     * @throws UncheckedIOException if an element cannot be read; it is gone, those before it have been added
     * @throws IllegalStateException if this is closed
     */
    public int drainTo(Collection<? super E> target) {
        return drainTo(target, Integer.MAX_VALUE);
    }

    /**
     * Takes elements that are there, for work: {@code taskDone} is to be called for each.
     *
     * @param target what they are added to
     * @param max the most elements to take; none if not positive
     * @return how many were taken
     * @throws UncheckedIOException if an element cannot be read; it is gone, those before it have been added
     * @throws IllegalStateException if this is closed
     */
    public int drainTo(Collection<? super E> target, int max) {
        Objects.requireNonNull(target, "target");
        int count = 0;
        for (; count < max; count++) {
            E element = poll();
            if (element == null) {
                break;
            }
            target.add(element);
        }
        return count;
    }

    private @Nullable E takeNow(SharedRing.@Nullable Inspection inspection) {
        checkOpen();
        WireBuffer message = buffers.get();
        try {
            ring.head().tryTake(message, inspection);
            return message.remaining() == 0 ? null : decode(message);
        } catch (IOException e) {
            throw new UncheckedIOException("an element cannot be read", e);
        } finally {
            buffers.give(message);
        }
    }

    private @Nullable E takeWithin(long nanos) throws InterruptedException {
        checkOpen();
        WireBuffer message = buffers.get();
        try {
            SharedRing.Result result = ring.head().take(message, null, nanos);
            if (result == SharedRing.Result.CLOSED) {
                checkOpen();
                throw new QueueShutdownException("take from " + this, List.of());
            }
            return result == SharedRing.Result.DONE ? decode(message) : null;
        } catch (IOException e) {
            throw new UncheckedIOException("an element cannot be read; it is gone", e);
        } finally {
            buffers.give(message);
        }
    }

    @SuppressWarnings("unchecked") // what was put was of type E
    private E decode(WireBuffer message) throws IOException {
        Object element = Wire.read(message, null);
        if (element == null) {
            throw new InvalidObjectException("null");
        }
        return (E) element;
    }

    // ---- tasks ----

    /**
     * Reports that the work on one element that was taken is done. Any process may report it.
     *
     * @throws IllegalStateException if no task is unfinished; nothing changes
     */
    public void taskDone() {
        taskDone(1);
    }

    /**
     * Reports that the work on several elements that were taken is done, in one step.
     *
     * @param tasks how many, 0 or more
     * @throws IllegalStateException if fewer tasks are unfinished; nothing changes
     */
    public void taskDone(int tasks) {
        if (tasks < 0) {
            throw new IllegalArgumentException("tasks " + tasks + "; expected 0 or more");
        }
        checkOpen();
        if (!ring.done(tasks)) {
            throw new IllegalStateException(
                    tasks + " tasks done in " + this + "; expected at most " + ring.notDone() + " of them");
        }
    }

    /**
     * Waits until no task is unfinished: each element that was put has been taken and reported done. Returns also if that
     * was so for a moment during the wait. An element that a process took before it was killed stays unfinished.
     *
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry
     * @throws IllegalStateException if this is, or is meanwhile, closed
     */
    public void join() throws InterruptedException {
        joinWithin(SharedRing.FOREVER);
    }

    /**
     * Waits at most the given time until no task is unfinished.
     *
     * @param timeout the longest wait; zero or negative means to look once
     * @return true if no task was unfinished at some moment of the call, false if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry
     * @throws IllegalStateException if this is, or is meanwhile, closed
     */
    public boolean join(Duration timeout) throws InterruptedException {
        return joinWithin(WaitQueue.saturatedNanos(timeout));
    }

    private boolean joinWithin(long nanos) throws InterruptedException {
        checkOpen();
        boolean joined = SharedWait.until(() -> closed || ring.notDone() == 0L, this, nanos);
        checkOpen();
        return joined;
    }

    /**
     * The number of elements that have been put and not been reported done.
     *
     * @return the number at some moment during the call
     * @throws IllegalStateException if this is closed
     */
    public long unfinishedTasks() {
        checkOpen();
        return ring.notDone();
    }

    // ---- the end ----

    /**
     * Shuts the queue down, for all processes: nothing can be put any more; what is there can be taken.
     *
     * @throws IllegalStateException if this is closed
     */
    public void shutdown() {
        checkOpen();
        ring.close();
    }

    /**
     * Shuts the queue down and takes what is left, which no longer counts as unfinished. What cannot be read is reported
     * to the thread's uncaught-exception handler.
     *
     * @return the elements that were left, in their order
     * @throws IllegalStateException if this is closed
     */
    public List<E> shutdownNow() {
        shutdown();
        List<E> left = new ArrayList<>();
        for (; ; ) {
            try {
                E element = poll();
                if (element == null) {
                    return left;
                }
                left.add(element);
            } catch (UncheckedIOException unreadable) {
                Uncaught.report(unreadable);
            }
            ring.done(1L);
        }
    }

    /**
     * Whether the queue is shut down.
     *
     * @return true once it was
     * @throws IllegalStateException if this is closed
     */
    public boolean isShutdown() {
        checkOpen();
        return ring.isClosed();
    }

    /**
     * Whether the queue is shut down and empty.
     *
     * @return true once it was
     * @throws IllegalStateException if this is closed
     */
    public boolean isTerminated() {
        checkOpen();
        return ring.isEnded();
    }

    /**
     * Ends the use of this object. The queue stays as it is for the other processes: this does not shut it down. Those
     * who wait in this object are told; other calls of its methods throw {@code IllegalStateException} from then on,
     * except {@code close} and {@code toString}.
     */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Runnable last = cleaning;
            try {
                memory.close();
            } finally {
                if (last != null) {
                    PrivateFiles.notAtExit(last);
                    last.run();
                }
            }
        }
    }

    // ---- queries ----

    /**
     * The number of elements.
     *
     * @return the number at some moment during the call
     * @throws IllegalStateException if this is closed
     */
    public int size() {
        checkOpen();
        return ring.size();
    }

    /**
     * Whether there is no element.
     *
     * @return true if there was none at some moment during the call
     * @throws IllegalStateException if this is closed
     */
    public boolean isEmpty() {
        return size() == 0;
    }

    /**
     * How many more elements could be put.
     *
     * @return the number at some moment during the call, also if the queue is shut down
     * @throws IllegalStateException if this is closed
     */
    public int remainingCapacity() {
        checkOpen();
        return ring.capacity() - ring.size();
    }

    /** State, size and capacity, in one line. */
    @Override
    public String toString() {
        String name = "ProcessQueue[" + memory.name() + ", ";
        try {
            String state = ring.isEnded() ? "terminated" : ring.isClosed() ? "shut down" : "open";
            return closed ? name + "closed here]" : name + state + ", " + ring.size() + " of " + ring.capacity() + "]";
        } catch (IllegalStateException unmapped) {
            return name + "closed here]";
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException(this + "; expected it to be open");
        }
    }

    // ---- sending ----

    private Object writeReplace() {
        return new Sent(memory);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("expected the memory of the queue alone");
    }

    /** What is sent: the memory. */
    private record Sent(SharedMemory memory) implements Serializable {
        private Object readResolve() throws InvalidObjectException {
            try {
                return at(memory, null);
            } catch (IOException e) {
                InvalidObjectException failure = new InvalidObjectException("cannot open a queue in " + memory);
                failure.initCause(e);
                throw failure;
            }
        }
    }
}
