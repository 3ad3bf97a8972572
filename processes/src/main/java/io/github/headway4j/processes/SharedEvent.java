// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.primitives.WaitQueue;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A flag that threads of several processes wait for, which can be set and cleared any number of times: Python's {@code
 * multiprocessing.Event}, without its gap. Use it for "go" and "stop" between processes. Within one process
 * {@link io.github.headway4j.primitives.Event} wakes its waiters at once; for a value that must fit a condition take a
 * {@link SharedCondition}.
 *
 * <p>Sent to another process, as a part of what is serialized there, the event is the same one there:
 *
 * <pre>{@code
 * SharedEvent stop = SharedEvent.create();
 * ChildProcess child = ChildProcess.start(() -> {
 *     while (!stop.await(Duration.ofSeconds(1))) {
 *         beat();
 *     }
 * });
 * stop.set();
 * }</pre>
 *
 * <p><b>Threads and processes.</b> Any thread of any process that has the event may set, clear, ask and wait.
 *
 * <p><b>Death of a process.</b> A process that is killed in the middle of a set or a clear has done it or not. Nobody
 * else notices the death of one that waits.
 *
 * <p><b>Ordering and fairness.</b> {@link #set()} releases every thread that waits at that moment, also if
 * {@link #clear()} follows at once: a thread that has begun to wait never misses a set. A thread that comes later waits
 * for the next one. The order in which released threads go on is open.
 *
 * <p><b>Blocking and interruption.</b> As the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks} says: {@link #await()} ends by success or interrupt, {@link #await(Duration)} also by time-out,
 * {@link #awaitUninterruptibly()} by success only. {@code set}, {@code clear} and {@code isSet} never wait. The JVM has
 * nothing to wake a thread of another process, so a waiting thread looks again and again: it is late by at most 1/16 of
 * the time that it has waited, or 5 ms.
 *
 * <p><b>Progress.</b> {@code set}, {@code clear} and {@code isSet} are lock-free, between processes too, and so is an
 * {@code await} that finds the event set.
 *
 * <p><b>Memory consistency.</b> What a thread writes to shared memory before a set is seen by threads of any process
 * after an await that returns because of it or because it finds the event still set; this includes a set of an event
 * that was set already. Within one process, actions before the set happen-before those after such an await.
 *
 * <p><b>Observability.</b> {@link #toString()}; waiting threads show this object in thread dumps; a wait that sleeps
 * emits the JFR event {@code headway.SharedWait}.
 *
 * <p><b>Nulls and bounds.</b> Null arguments are refused with {@code NullPointerException}. The number of waiters is
 * not bounded.
 *
 * <p><b>Complexity and footprint.</b> One word of shared memory, hence a page of it. {@code set} takes the same time
 * however many wait.
 *
 * @since 0.1
 */
public final class SharedEvent implements AutoCloseable, Serializable {
    /*
     * State. One word, a count of the changes so far: odd while set, even while cleared. A thread begins to wait by
     * reading an even number, and the event has been set since then if and only if the number is another one. So set
     * and clear back to back are seen by everybody who waits, however rarely they look: what Python's event of a flag
     * and a condition cannot tell. After 2^63 changes the count wraps around, which is 292 years of one change per
     * nanosecond.
     *
     * Invariants. The count never goes back.
     *
     * Linearization points. set, clear: the successful compareAndSet, or the read that finds the event cleared. await:
     * the read that finds it set; for a thread that waits, the set that made the number odd first.
     *
     * Crashes. Each operation changes the one word once. There is no list of waiters to be mended.
     *
     * Lost wake-ups. None, since nobody is woken: threads that wait look at the word.
     *
     * Access modes. Volatile reads and compareAndSet. A set of an event that is set compares and sets the same number:
     * it changes nothing but is a write, with which later awaits synchronize.
     */

    private static final long serialVersionUID = 1L;

    private final SharedMemory memory;

    private final transient LongArray state;

    private SharedEvent(SharedMemory memory) {
        this.memory = memory;
        this.state = memory.longs();
    }

    /**
     * An event that is not set.
     *
     * @return a new event; closing it, or the end of this process, takes it from processes that do not have it yet
     * @throws IOException if there is no room for it
     */
    public static SharedEvent create() throws IOException {
        return new SharedEvent(SharedMemory.create(Long.BYTES));
    }

    private Object readResolve() {
        return new SharedEvent(memory);
    }

    // ---- setting and clearing ----

    /** Sets the event, and releases every thread that waits for it. Does nothing but that if it is set already. */
    public void set() {
        long s;
        do {
            s = state();
        } while (!state.compareAndSet(0, s, s | 1L));
    }

    /** Clears the event: threads that come from now on wait for the next set. */
    public void clear() {
        long s;
        do {
            s = state();
        } while (isSet(s) && !state.compareAndSet(0, s, s + 1L));
    }

    /**
     * Whether the event is set.
     *
     * @return true from a {@link #set()} to the next {@link #clear()}
     */
    public boolean isSet() {
        return isSet(state());
    }

    // ---- waiting ----

    /**
     * Waits until the event is set or the thread is interrupted.
     *
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry
     */
    public void await() throws InterruptedException {
        throwIfInterrupted();
        long s = state();
        if (!isSet(s)) {
            SharedWait.until(changeSince(s), this);
        }
    }

    /**
     * Waits at most the given time until the event is set.
     *
     * @param timeout the longest wait; zero or negative means to look once
     * @return true if the event was set, also if it has been cleared since; false if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry
     */
    public boolean await(Duration timeout) throws InterruptedException {
        long nanos = WaitQueue.saturatedNanos(timeout);
        throwIfInterrupted();
        long s = state();
        return isSet(s) || (nanos > 0L && SharedWait.until(changeSince(s), this, nanos));
    }

    /** Waits, however long it takes, until the event is set. An interrupt stays pending. */
    public void awaitUninterruptibly() {
        long s = state();
        if (!isSet(s)) {
            SharedWait.untilUninterruptibly(changeSince(s), this);
        }
    }

    // ---- the rest ----

    /**
     * Gives this process's part of the shared memory back, after which the other methods throw
     * {@link IllegalStateException} in this process. Closing again does nothing. Closed by the process that created it,
     * the event can no longer be sent to others; those that have it go on.
     */
    @Override
    public void close() {
        memory.close();
    }

    /** Whether the event is set, in one line. */
    @Override
    public String toString() {
        String now;
        try {
            now = isSet() ? "set" : "not set";
        } catch (IllegalStateException closed) {
            now = "closed";
        }
        return "SharedEvent[" + now + "] in " + memory.name();
    }

    private long state() {
        return state.getVolatile(0);
    }

    private static boolean isSet(long s) {
        return (s & 1L) != 0L;
    }

    /** Whether the event was set after the given number, which is even, had been its state. */
    private BooleanSupplier changeSince(long even) {
        return () -> state() != even;
    }

    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
