// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A flag that threads wait for, which can be set and cleared any number of times: Python's {@code threading.Event}. Use
 * it for "go", "stop", "connected" and the like. For something that happens once and is never taken back,
 * {@link java.util.concurrent.CountDownLatch} does as well; for a value that must fit a condition, take a lock and a
 * condition.
 *
 * <p><b>Threads.</b> Any thread may set, clear, ask and wait.
 *
 * <p><b>Ordering and fairness.</b> {@link #set()} releases every thread that waits at that moment, also if
 * {@link #clear()} follows at once: a thread that has begun to wait never misses a set. A thread that comes later waits
 * for the next one. The order in which released threads go on is open.
 *
 * <p><b>Blocking and interruption.</b> As the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks} says: {@link #await()} ends by success or interrupt, {@link #await(Duration)} also by time-out,
 * {@link #awaitUninterruptibly()} by success only. {@code set}, {@code clear} and {@code isSet} never wait.
 *
 * <p><b>Progress.</b> {@code set}, {@code clear} and {@code isSet} are lock-free, and so is an {@code await} that finds
 * the event set.
 *
 * <p><b>Memory consistency.</b> Actions before a set happen-before actions after an await that returns because of it or
 * because it finds the event still set; this includes a set of an event that was set already.
 *
 * <p><b>Observability.</b> {@link #toString()}; waiting threads show this object in thread dumps; a wait that parks
 * emits the JFR event {@code headway.EventWait}.
 *
 * <p><b>Nulls and bounds.</b> Null arguments are refused with {@code NullPointerException}. The number of waiters is
 * bounded by memory alone.
 *
 * <p><b>Complexity and footprint.</b> 32 bytes; a {@link WaitQueue} once a thread had to wait, and one waiter per thread
 * that parks. To await an event that is set costs a volatile read. {@code set} takes time in proportion to the number
 * of waiters.
 *
 * @since 0.1
 */
public final class Event extends Gate {
    /*
     * State. A count of the changes so far: odd while set, even while cleared. A thread begins to wait by reading an
     * even number, and the event has been set since then if and only if the number is another one. So set and clear
     * back to back are seen by everybody who waits. After 2^63 changes the count wraps around, which is 292 years of
     * one change per nanosecond.
     *
     * Why not simpler. With a mere flag a waiter that looks after the clear finds nothing, and waits on.
     *
     * Linearization points. set, clear: the successful compareAndSet, or the read that finds the event cleared. await:
     * the read that finds it set; for a thread that waits, the set that made the number odd first.
     *
     * Lost wake-ups. See BroadcastWaitQueue: set writes the state, then signals all. A thread that finds no queue to
     * signal does so before the first waiter has made it, hence before that waiter's look. A set that finds the event
     * set leaves the waking to the one that set it.
     *
     * Access modes. state: volatile reads and compareAndSet. A set of an event that is set compares and sets the same
     * number: it changes nothing but is a write, with which later awaits synchronize.
     */

    private static final VarHandle STATE;
    private static final VarHandle QUEUE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Event.class, "state", long.class);
            QUEUE = MethodHandles.lookup().findVarHandle(Event.class, "queue", WaitQueue.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Parker parker;

    private volatile long state;

    /** Made by the first thread that has to wait. */
    private volatile @Nullable WaitQueue queue;

    /** An event that is not set. */
    public Event() {
        this(Parker.system());
    }

    /**
     * An event that is not set, whose threads sleep in the given way.
     *
     * @param parker how threads sleep
     */
    public Event(Parker parker) {
        this.parker = Objects.requireNonNull(parker, "parker");
    }

    // ---- setting and clearing ----

    /** Sets the event, and releases every thread that waits for it. Does nothing but that if it is set already. */
    public void set() {
        for (; ; ) {
            long s = state;
            if (STATE.compareAndSet(this, s, s | 1L)) {
                if ((s & 1L) == 0L) {
                    WaitQueue q = queue;
                    if (q != null) {
                        q.signalAll();
                    }
                }
                return;
            }
        }
    }

    /** Clears the event: threads that come from now on wait for the next set. */
    public void clear() {
        for (; ; ) {
            long s = state;
            if ((s & 1L) == 0L || STATE.compareAndSet(this, s, s + 1L)) {
                return;
            }
        }
    }

    /**
     * Whether the event is set.
     *
     * @return true from a {@link #set()} to the next {@link #clear()}
     */
    public boolean isSet() {
        return (state & 1L) != 0L;
    }

    // ---- waiting ----

    /**
     * Waits until the event is set or the thread is interrupted.
     *
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry
     */
    public void await() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long s = state;
        if ((s & 1L) == 0L) {
            WaitQueue q = queue();
            if (!q.watch(this, s, true, Long.MAX_VALUE)) {
                q.await(new Visit(this, s));
            }
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
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long s = state;
        if ((s & 1L) != 0L) {
            return true;
        }
        if (nanos <= 0L) {
            return false;
        }
        long deadline = System.nanoTime() + nanos;
        WaitQueue q = queue();
        return q.watch(this, s, true, nanos) || q.awaitUntil(new Visit(this, s), deadline);
    }

    /** Waits, however long it takes, until the event is set. An interrupt stays pending. */
    public void awaitUninterruptibly() {
        long s = state;
        if ((s & 1L) == 0L) {
            WaitQueue q = queue();
            if (!q.watch(this, s, true, Long.MAX_VALUE)) {
                q.awaitUninterruptibly(new Visit(this, s));
            }
        }
    }

    // ---- queries ----

    /**
     * The number of threads that wait parked for the event.
     *
     * @return the number at some moment during the call
     */
    public int waiting() {
        WaitQueue q = queue;
        return q == null ? 0 : q.waiting();
    }

    /** Whether the event is set, and the number of waiters, in one line. */
    @Override
    public String toString() {
        return "Event@" + Integer.toHexString(System.identityHashCode(this)) + "[" + (isSet() ? "set, " : "not set, ")
                + waiting() + " waiting]";
    }

    /** Whether the event was set after the given number, which is even, had been its state. */
    @Override
    boolean isOpen(long since) {
        return state != since;
    }

    private WaitQueue queue() {
        WaitQueue q = queue;
        if (q == null) {
            q = WaitQueue.broadcast(this, parker);
            if (!QUEUE.compareAndSet(this, null, q)) {
                q = Objects.requireNonNull(queue);
            }
        }
        return q;
    }

    /** A thread that waits for the event. */
    private static final class Visit extends GateWaiter {
        private final Event event;
        private @Nullable Object recorded;

        Visit(Event event, long since) {
            super(event, since);
            this.event = event;
        }

        @Override
        protected void parking() {
            recorded = WaitEvents.beginEventWait(event);
        }

        @Override
        protected void parked(boolean success) {
            WaitEvents.endEventWait(recorded, success);
        }
    }
}
