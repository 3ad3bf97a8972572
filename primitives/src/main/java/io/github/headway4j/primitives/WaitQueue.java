// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;

/**
 * The threads that wait for one thing, in the order of their arrival: what the synchronizers of this library block on.
 * Use it to build a synchronizer whose state is an atomic variable of its own; to use one, take {@link Mutex},
 * {@link BoundedSemaphore} and their like.
 *
 * <p>The queue knows nothing of the thing waited for. A thread brings a {@link Waiter}, whose {@link Waiter#attempt()}
 * tries to get it; the queue calls {@code attempt} when that may succeed, and sleeps in between. Whoever changes the
 * state such that an attempt may succeed calls {@link #signal()} afterwards:
 *
 * <pre>{@code
 * void acquire() throws InterruptedException {
 *     if (Thread.interrupted()) throw new InterruptedException();
 *     if (!take()) queue.await(new Acquisition()); // Acquisition.attempt() calls take()
 * }
 * void release() {
 *     permits.incrementAndGet();
 *     queue.signal();
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> Any number of threads may wait, signal and ask at the same time. A {@code Waiter} serves one wait
 * of one thread.
 *
 * <p><b>Ordering and fairness.</b> A {@linkplain #fifo fifo} queue lets a waiter attempt only when nobody who came
 * before it still waits, unless it is sent for by {@link #signalAll()} or {@link #signal(Waiter)}. A
 * {@linkplain #barging barging} queue wakes waiters in the order of arrival, but whoever is awake may attempt, newcomers
 * included. Neither can keep out a caller that takes without asking the queue; a synchronizer that promises fairness
 * looks at {@link #hasWaiters()} first. A {@linkplain #broadcast broadcast} queue is for things that, once true, are
 * true for everybody who waits: an attempt takes nothing, all attempt at the same time, and {@link #signalAll()} wakes
 * them all.
 *
 * <p><b>Blocking and interruption.</b> A platform thread first looks again for up to 50 microseconds each, spinning and
 * then yielding its processor, and parks after that. How long it looks is learned per queue: a queue in which looking
 * does not pay stops it. In a barging queue one thread at a time looks, in a broadcast queue all do. A virtual thread
 * parks at once. A wait that ends by interrupt, time-out or an exception of {@code attempt} leaves no trace, and a
 * signal that had reached it goes on to the next waiter. A pending interrupt is seen before the wait begins and each
 * time the thread wakes.
 *
 * <p><b>Progress.</b> {@code signal}, {@code hasWaiters} and {@code waiting} are lock-free and never wait.
 *
 * <p><b>Memory consistency.</b> Actions before {@code signal} happen-before the attempt that it causes. No signal is
 * lost if the state that {@code attempt} and {@code more} read is changed and read with volatile semantics (or with
 * weaker ones and a {@link VarHandle#fullFence()} before {@code signal} and at the start of {@code attempt} and
 * {@code more}).
 *
 * <p><b>Nulls and bounds.</b> Null arguments are refused with {@code NullPointerException}. The number of waiters is
 * bounded by memory alone.
 *
 * <p><b>Complexity and footprint.</b> Nothing is allocated but the waiter that the caller brings, which has a node of 32
 * bytes; when its wait is over, the queue may keep the node for a while, but not the waiter. {@code signal} is O(1)
 * amortised; so is leaving, in whatever order waiters leave.
 *
 * @see Parker
 * @since 0.1
 */
public abstract sealed class WaitQueue extends WaiterList permits BargingWaitQueue, BroadcastWaitQueue, FifoWaitQueue {
    /*
     * Parts. WaiterList: who waits, in which order. WaiterNode: the states that a wait goes through. Lookout: looking
     * again before parking, which no argument here needs. This class: what all kinds of queue have in common. The kinds,
     * one subclass each: who attempts when.
     *
     * Model.
     *
     *   await(w):  [look again for a while]; append w; loop { attempt if the kind allows; prepare to park; make sure
     *              that nothing has changed; park }; leave
     *   leave(w):  remove w, that is w.state = DONE; if more(): wake the first node
     *   signal():  wake the first node that is not DONE, unless a spinning thread will look anyway
     *   wake(w):   state LOOKING, ARMED or PARKED -> AWAKE, and unpark if it was PARKED
     *
     * Why not simpler. Removing the woken node at the signal, as a plain list of sleepers would, loses its place if it
     * finds nothing when it wakes, and loses the signal if it has been interrupted meanwhile. A lock around a doubly
     * linked list makes every releaser wait for a preempted thread.
     *
     * Lost-wakeup argument. All accesses named here are volatile, hence in one total order. Let a releaser write the
     * thing waited for, S, and then read the first node and that node's state. A waiter appends its node, or moves its
     * state to one that a signal changes, then reads S in attempt, then parks. What follows from that differs from kind
     * to kind: (c) and (d) in BargingWaitQueue, (e) to (g) in FifoWaitQueue, (h) in BroadcastWaitQueue. For all of them:
     *   (a) A node found AWAKE attempts after the releaser's read, hence sees S. A node found first and then DONE ran
     *       its more() after the releaser's write.
     *   (b) A waiter that is woken and leaves without success goes through leave as well, so its wake-up goes on.
     *
     * Access modes. All that the argument is about, the links, the nodes' states and spinning, is volatile. Budgets and
     * counters are plain and may lose updates; they steer effort, not correctness.
     *
     * References. The rule that the first waiter stays in the queue until it has got what it waits for, and the order
     * "mark as parked, look again, park", are those of Doug Lea's AbstractQueuedSynchronizer. Differences: one direction
     * of links; a node leaves by itself, in any order; what is waited for is looked at again by the one who leaves
     * (more), not propagated by the one who acquires, or is handed over; learned spinning, by one thread at a time.
     */

    final Object blocker;
    final Parker parker;
    final Lookout lookout;

    WaitQueue(Object blocker, Parker parker, Lookout lookout) {
        this.lookout = lookout;
        this.blocker = Objects.requireNonNull(blocker, "blocker");
        this.parker = Objects.requireNonNull(parker, "parker");
    }

    /**
     * A queue in which a waiter attempts only when nobody who came earlier still waits.
     *
     * @param blocker the object that thread dumps show as the one waited for
     * @param parker how its threads sleep, normally {@link Parker#system()}
     * @return a new queue
     */
    public static WaitQueue fifo(Object blocker, Parker parker) {
        return new FifoWaitQueue(blocker, parker, false);
    }

    /**
     * A queue in which everybody who is awake may attempt, which is faster than {@link #fifo} by the cost of a context
     * switch.
     *
     * @param blocker the object that thread dumps show as the one waited for
     * @param parker how its threads sleep, normally {@link Parker#system()}
     * @return a new queue
     */
    public static WaitQueue barging(Object blocker, Parker parker) {
        return new BargingWaitQueue(blocker, parker, new Lookout());
    }

    /**
     * As {@link #barging}, for a lock that is held for a few instructions at a time. Who looks again before it parks
     * looks seldom: each look takes the lock's cache line away from its holder, who could do several sections
     * meanwhile. Bad where threads wait for each other's answers, as these are seen late.
     *
     * @param blocker the object that thread dumps show as the one waited for
     * @param parker how its threads sleep, normally {@link Parker#system()}
     * @return a new queue
     */
    public static WaitQueue patient(Object blocker, Parker parker) {
        return new BargingWaitQueue(blocker, parker, Lookout.seldom());
    }

    /**
     * A queue in which each waiter attempts once at the beginning and then whenever it is sent for by
     * {@link #signal(Waiter)}, whoever else waits. It looks at its own node while it spins, which disturbs nobody.
     */
    static WaitQueue addressed(Object blocker, Parker parker) {
        return new FifoWaitQueue(blocker, parker, true);
    }

    /**
     * A queue for something that, once true, is true for everybody who waits: a gate, not a permit. An attempt is a mere
     * look; all waiters look at the same time. Whoever makes it true calls {@link #signalAll()}; {@link #signal()}
     * reaches one waiter only.
     *
     * @param blocker the object that thread dumps show as the one waited for
     * @param parker how its threads sleep, normally {@link Parker#system()}
     * @return a new queue
     */
    public static WaitQueue broadcast(Object blocker, Parker parker) {
        return new BroadcastWaitQueue(blocker, parker);
    }

    // ---- waiting ----

    /**
     * Waits until the attempt of the given waiter succeeds or the thread is interrupted.
     *
     * @param waiter a new waiter
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; no attempt has
     *     succeeded then, and the interrupt status is cleared
     * @throws IllegalStateException if the waiter has been used before
     */
    public final void await(Waiter waiter) throws InterruptedException {
        enqueueAndWait(waiter, true, false, 0L);
    }

    /**
     * Waits at most the given time until the attempt of the given waiter succeeds or the thread is interrupted.
     *
     * @param waiter a new waiter
     * @param nanos the longest wait in nanoseconds, as {@link #saturatedNanos} makes it; zero or negative means to
     *     attempt once
     * @return true if the attempt succeeded, false if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; no attempt has
     *     succeeded then, and the interrupt status is cleared
     * @throws IllegalStateException if the waiter has been used before
     */
    public final boolean await(Waiter waiter, long nanos) throws InterruptedException {
        if (nanos <= 0L) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            waiter.node.begin(waiter, Thread.currentThread());
            return mayAttemptAtOnce() && waiter.attempt();
        }
        return enqueueAndWait(waiter, true, true, System.nanoTime() + nanos);
    }

    /**
     * Waits until the attempt of the given waiter succeeds. An interrupt that comes before or during the wait stays
     * pending.
     *
     * @param waiter a new waiter
     * @throws IllegalStateException if the waiter has been used before
     */
    public final void awaitUninterruptibly(Waiter waiter) {
        try {
            enqueueAndWait(waiter, false, false, 0L);
        } catch (InterruptedException impossible) {
            throw new AssertionError("an uninterruptible wait was interrupted", impossible);
        }
    }

    /**
     * Looks at a gate as often as the budgets say, spinning and then yielding. For broadcast queues, before a waiter is
     * made. Never on a virtual thread or on one processor.
     *
     * @param gate what is waited for
     * @param since when the wait began, in terms of the gate
     * @param alone whether those who are waited for have processors of their own, so that spinning may pay
     * @param left how long the wait may last
     * @return whether the gate was seen open
     */
    final boolean watch(Gate gate, long since, boolean alone, long left) {
        return maySpin(Thread.currentThread()) && lookout.seesOpening(gate, since, alone, left);
    }

    /** As the timed await, until a moment of {@link System#nanoTime}, which the caller has chosen before it watched. */
    final boolean awaitUntil(Waiter waiter, long deadline) throws InterruptedException {
        return enqueueAndWait(waiter, true, true, deadline);
    }

    // ---- waking ----

    /**
     * Lets the first waiter attempt. To be called after each change of state that may make an attempt succeed; one call
     * serves a change that lets several succeed, because each waiter that leaves wakes the next as long as
     * {@link Waiter#more()} says so. May leave the look to a thread that is awake and attempts again and again; that
     * thread asks its own {@code more()} when it stops, and passes the signal on. Costs two volatile reads when nobody
     * waits.
     */
    public final void signal() {
        WaiterNode first = first();
        if (first != null && !isLookedAfter()) {
            first.wake(parker);
        }
    }

    /**
     * Ends the wait of the first waiter of a fifo queue with success, without an attempt of its own, if it
     * {@linkplain Waiter#accepts accepts} the given amount of what it waits for. Instead of giving something back and
     * sending the first waiter to take it, a caller hands it over, which spares both of them the change of state.
     *
     * @param amount how much is handed over
     * @return true if the first waiter has got it; false if there is none, if it is awake and attempts by itself, if it
     *     does not accept, or if the queue is barging: nothing has happened then, and the caller gives back and signals
     */
    public boolean handOver(int amount) {
        return false;
    }

    /**
     * Lets everybody attempt who waits now, in a fifo queue too. Takes time in proportion to the number of waiters.
     */
    public final void signalAll() {
        for (WaiterNode n = first(); n != null; n = after(n)) {
            n.wake(parker);
        }
    }

    /**
     * Lets the given waiter attempt, in a fifo queue too, if it waits; it must be one of this queue.
     *
     * @param waiter the waiter
     */
    public final void signal(Waiter waiter) {
        waiter.node.wake(parker);
    }

    // ---- queries ----

    /**
     * Whether somebody waits in the queue. A thread that looks again before it joins a barging queue is not in it yet.
     *
     * @return whether {@link #waiting()} is positive
     */
    public final boolean hasWaiters() {
        return first() != null;
    }

    /**
     * The number of threads that wait. Takes time in proportion to that number.
     *
     * @return the number, exact when nobody comes or leaves during the call
     */
    public final int waiting() {
        return count();
    }

    /**
     * The given time in nanoseconds, or the largest {@code long} (about 292 years) if it is longer than that.
     *
     * @param timeout the time; negative times become zero or the smallest {@code long}
     * @return the same time, saturated
     */
    public static long saturatedNanos(Duration timeout) {
        try {
            return timeout.toNanos();
        } catch (ArithmeticException tooLong) {
            return timeout.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** The order and the number of waiters, in one line. */
    @Override
    public final String toString() {
        return "WaitQueue[" + kind() + ", " + waiting() + " waiting]";
    }

    // ---- the one place where threads wait ----

    private boolean enqueueAndWait(Waiter w, boolean interruptible, boolean timed, long deadline)
            throws InterruptedException {
        Thread current = Thread.currentThread();
        w.node.begin(w, current);
        boolean spin = maySpin(current);
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (spin && lookFirst(w, left(timed, deadline))) {
            return true;
        }
        boolean success = false;
        try {
            success = waitInQueue(w, interruptible, timed, deadline, spin);
            return success;
        } finally {
            leave(w, success);
        }
    }

    /** How long a wait may last from now on. */
    static long left(boolean timed, long deadline) {
        return timed ? deadline - System.nanoTime() : Long.MAX_VALUE;
    }

    private boolean maySpin(Thread current) {
        return parker.spins() && !VirtualThreads.isVirtual(current);
    }

    private void leave(Waiter w, boolean success) {
        try {
            if (w.node.state != WaiterNode.DONE) {
                WaiterNode first = remove(w.node);
                if (first != null && w.more()) {
                    first.wake(parker);
                }
            }
        } finally {
            w.node.end(w, success);
        }
    }

    // ---- what the kinds do differently ----

    /** Appends the waiter, and parks until an attempt has succeeded; false if the time runs out first. */
    abstract boolean waitInQueue(Waiter w, boolean interruptible, boolean timed, long deadline, boolean spin)
            throws InterruptedException;

    /** Looks again before the waiter is appended. Whether an attempt succeeded. */
    boolean lookFirst(Waiter w, long left) {
        return false;
    }

    /** Whether a thread that does not wait at all may attempt. */
    boolean mayAttemptAtOnce() {
        return true;
    }

    /** Whether a signal may be left to somebody who is awake. */
    boolean isLookedAfter() {
        return false;
    }

    /** One word for {@link #toString()}. */
    abstract String kind();

    /**
     * One wait of one thread: what it tries to get. Subclasses keep the request and the result in fields of their own.
     */
    public abstract static class Waiter {

        /** What stands in the queue for this waiter. */
        final WaiterNode node = new WaiterNode();

        /** A waiter for a wait that has not begun. */
        protected Waiter() {}

        /**
         * Tries to get what is waited for, without waiting. Called by the waiting thread only, any number of times,
         * until it returns true or the wait ends otherwise. Must not fail for no reason, for instance because it lost a
         * race while there was enough for both; it tries again then. If it throws, the wait ends with that exception.
         *
         * @return true if the thread has got it and the wait is over
         */
        protected abstract boolean attempt();

        /**
         * Whether the next waiter might succeed now. Called by the waiting thread when it leaves, whatever the reason,
         * or by the one that hands over to it, to decide whether the next one must look. May say yes in error, which
         * costs a needless look, but never no. Must not throw.
         *
         * @return true unless no attempt could succeed now
         */
        protected abstract boolean more();

        /**
         * Whether this waiter's wait is over if the given amount is {@linkplain WaitQueue#handOver handed over}. Called
         * by the thread that would hand over, while this waiter is the first one and none of its attempts is under way.
         * Must change nothing: after a yes the hand-over may still fail. No unless overridden. Must not throw.
         *
         * @param amount how much would be handed over
         * @return true if the wait may end with that, without an attempt
         */
        protected boolean accepts(int amount) {
            return false;
        }

        /**
         * Called by the waiting thread once, before it parks for the first time; a wait that succeeds while spinning
         * does without. Does nothing unless overridden, for instance to begin an event of a recording. What it throws
         * does not touch the wait, and goes to the thread's uncaught-exception handler.
         */
        protected void parking() {}

        /**
         * Called by the waiting thread at the end of a wait that has parked. Does nothing unless overridden. What it
         * throws does not touch the wait, and goes to the thread's uncaught-exception handler.
         *
         * @param success whether an attempt succeeded
         */
        protected void parked(boolean success) {}
    }
}
