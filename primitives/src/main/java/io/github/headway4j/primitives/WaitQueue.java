// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
 * before it still waits, unless it is sent for by {@link #signalAll()} or {@link #signal(Waiter)}. A {@linkplain #barging barging} queue wakes waiters in the order of arrival, but whoever is
 * awake may attempt, newcomers included. Neither can keep out a caller that takes without asking the queue; a
 * synchronizer that promises fairness looks at {@link #hasWaiters()} first. A {@linkplain #broadcast broadcast} queue is
 * for things that, once true, are true for everybody who waits: an attempt takes nothing, all attempt at the same time,
 * and {@link #signalAll()} wakes them all.
 *
 * <p><b>Blocking and interruption.</b> A platform thread first looks again for up to 50 microseconds each, spinning and
 * then yielding its processor, and parks after that. How long it looks is learned per queue: a queue in which looking
 * does not pay stops it. In a barging queue one thread at a time looks, in a broadcast queue all do. A virtual thread parks at once. A wait that ends
 * by interrupt, time-out or an exception of {@code attempt} leaves no trace, and a signal that had reached it goes on to
 * the next waiter. A pending interrupt is seen before the wait begins and each time the thread wakes.
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
 * <p><b>Complexity and footprint.</b> Nothing is allocated but the waiter that the caller brings. {@code signal} is
 * O(1) amortised; so is leaving, in whatever order waiters leave.
 *
 * @see Parker
 * @since 0.1
 */
public final class WaitQueue extends WaiterList {
    /*
     * Model. Waiters stand in a linked list (WaiterList, with the states of a node and the invariants of the links) and
     * remove themselves:
     *
     *   await(w):  append w; loop { if allowed and attempt(): leave, return; prepare to park; attempt() again; park }
     *   leave(w):  remove w, that is w.state = DONE; if more(): wake the first node
     *   signal():  wake the first node that is not DONE, unless a spinning thread will look anyway
     *   wake(w):   state LOOKING, ARMED or PARKED -> AWAKE, and unpark if it was PARKED
     *   handOver:  state ARMED or PARKED of the first node -> DONE, and unpark; if more(): wake the first node then
     *
     * Why not simpler. Removing the woken node at the signal, as a plain list of sleepers would, loses its place if it
     * finds nothing when it wakes, and loses the signal if it has been interrupted meanwhile. A lock around a doubly
     * linked list makes every releaser wait for a preempted thread.
     *
     * Lost-wakeup argument. All accesses named here are volatile, hence in one total order. Let a releaser write the
     * thing waited for, S, and then read the first node and that node's state. A waiter appends its node as ARMED or
     * PARKED, or sets that state later, then reads S in attempt, then parks.
     *   (a) The waiter is first, or the queue is barging: either its attempt sees S, or the releaser's reads come later
     *       and find a node that is first, in a state that leads to a look.
     *   (b) A fifo waiter behind a node P that is not DONE yet does not attempt. P, when it leaves, writes DONE and
     *       then reads S in more() and the first node. If the releaser found P or an earlier node, its write of S came
     *       before P wrote DONE, so P's more() sees S and P wakes the waiter. A newcomer asks whether it is first after
     *       it has appended: it sees P DONE and attempts, or P's read of the first node comes later and finds it.
     *   (c) A node found AWAKE attempts after the releaser's read, hence sees S. A node found first and then DONE ran
     *       its more() after the releaser's write.
     *   (d) A releaser that leaves its signal to a spinning thread has read spinning as 1. That thread writes 0 later
     *       and then reads S in more() and signals itself, whether or not it has got what it wanted or has thrown.
     *   (e) A waiter that is woken and leaves without success goes through leave as well, so its wake-up goes on.
     *   (f) A node that is handed over runs no more(); the one who hands over does, after it has written DONE, as if it
     *       were the owner that leaves.
     *   (g) An addressed queue is like (a) for the waiter that the releaser names: it finds that one in a state that leads
     *       to a look, or not there yet, and then that one attempts when it has come.
     *   (h) Broadcast: a waiter appends its node as PARKED, then attempts, then parks. A releaser writes S, then walks
     *       over all nodes. The walk meets the node and wakes it, or the node was appended later, and then its attempt
     *       sees S. What is true stays true for this waiter, so a look that comes late finds the same, nobody's success
     *       takes anything from others, and a leaver has nothing to pass on.
     *
     * Hand-over. It succeeds by the move from ARMED or PARKED to DONE. In a fifo queue an owner attempts only as LOOKING
     * or AWAKE, and leaves by itself only as one of these, so it cannot both get by its own and be handed; and an owner
     * that wants to leave moves itself to AWAKE first, or finds that it has got what it waited for.
     *
     * Access modes. The links, a node's state and spinning: volatile. Budgets and counters are plain and may lose
     * updates; they steer effort, not correctness.
     *
     * References. The rule that the first waiter stays in the queue until it has got what it waits for, and the order
     * "mark as parked, look again, park", are those of Doug Lea's AbstractQueuedSynchronizer. Differences: one direction
     * of links; a node leaves by itself, in any order; what is waited for is looked at again by the one who leaves
     * (more), not propagated by the one who acquires, or is handed over; learned spinning, by one thread at a time.
     */

    /** Pauses before the first look of a spinning thread. Short enough for a hand-off between two running threads. */
    private static final int FIRST_GAP = 16;

    /**
     * Pauses between later looks, doubled up to this many. Each look takes the cache line away from the thread that
     * holds what is waited for; rare looks let it run undisturbed.
     */
    private static final int LAST_GAP = 512;

    /** Looks at one's own node from one look at the clock to the next. */
    private static final int LOOKS_PER_CLOCK = 32;

    /** Looks at a gate before the first look at the clock. */
    private static final int LOOKS_BEFORE_CLOCK = 128;

    /** Signals that a spinning thread may be left in a row before a parked one gets one. A power of two. */
    private static final int SKIPS = 1_024;

    private static final VarHandle SPINNING;

    static {
        try {
            SPINNING = MethodHandles.lookup().findVarHandle(WaitQueue.class, "spinning", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Object blocker;
    private final boolean fifo;

    /** Whether a newcomer attempts once although others came first. With fifo only. */
    private final boolean addressed;

    /** Whether all look at once. Not with fifo. */
    private final boolean broadcast;

    private final Parker parker;
    private final SpinBudget spins = new SpinBudget();
    private final SpinBudget yields = new SpinBudget();

    /** 1 while a thread outside the queue, or a woken one inside, attempts again and again. */
    private volatile int spinning;

    /** Signals that were left to the spinning thread. Plain, approximate. */
    private int skipped;

    private WaitQueue(Object blocker, Parker parker, boolean fifo, boolean addressed, boolean broadcast) {
        this.blocker = Objects.requireNonNull(blocker, "blocker");
        this.parker = Objects.requireNonNull(parker, "parker");
        this.fifo = fifo;
        this.addressed = addressed;
        this.broadcast = broadcast;
    }

    /**
     * A queue in which a waiter attempts only when nobody who came earlier still waits.
     *
     * @param blocker the object that thread dumps show as the one waited for
     * @param parker how its threads sleep, normally {@link Parker#system()}
     * @return a new queue
     */
    public static WaitQueue fifo(Object blocker, Parker parker) {
        return new WaitQueue(blocker, parker, true, false, false);
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
        return new WaitQueue(blocker, parker, false, false, false);
    }

    /**
     * A queue in which each waiter attempts once at the beginning and then whenever it is sent for by
     * {@link #signal(Waiter)}, whoever else waits. It looks at its own node while it spins, which disturbs nobody.
     */
    static WaitQueue addressed(Object blocker, Parker parker) {
        return new WaitQueue(blocker, parker, true, true, false);
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
        return new WaitQueue(blocker, parker, false, false, true);
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
    public void await(Waiter waiter) throws InterruptedException {
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
    public boolean await(Waiter waiter, long nanos) throws InterruptedException {
        if (nanos <= 0L) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            waiter.begin(Thread.currentThread());
            return !(fifo && hasWaiters()) && waiter.attempt();
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
    public void awaitUninterruptibly(Waiter waiter) {
        try {
            enqueueAndWait(waiter, false, false, 0L);
        } catch (InterruptedException impossible) {
            throw new AssertionError("an uninterruptible wait was interrupted", impossible);
        }
    }

    // ---- waking ----

    /**
     * Lets the first waiter attempt. To be called after each change of state that may make an attempt succeed; one call
     * serves a change that lets several succeed, because each waiter that leaves wakes the next as long as
     * {@link Waiter#more()} says so. May leave the look to a thread that is awake and attempts again and again; that
     * thread asks its own {@code more()} when it stops, and passes the signal on. Costs two volatile reads when nobody
     * waits.
     */
    public void signal() {
        Waiter first = first();
        if (first != null && (spinning == 0 || (++skipped & (SKIPS - 1)) == 0)) {
            wake(first);
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
        Waiter first = fifo ? first() : null;
        if (first == null) {
            return false;
        }
        int s = first.state;
        Thread thread = first.thread; // before the hand-over, after which its owner forgets it
        if ((s != ARMED && s != PARKED) || !first.accepts(amount) || !STATE.compareAndSet(first, s, DONE)) {
            return false;
        }
        if (s == PARKED && thread != null) {
            parker.unpark(thread);
        }
        Waiter next = first();
        if (next != null && first.more()) {
            wake(next);
        }
        return true;
    }

    /**
     * Lets everybody attempt who waits now, in a fifo queue too. Takes time in proportion to the number of waiters.
     */
    public void signalAll() {
        for (Waiter w = first(); w != null; w = after(w)) {
            wake(w);
        }
    }

    /**
     * Lets the given waiter attempt, in a fifo queue too, if it waits; it must be one of this queue.
     *
     * @param waiter the waiter
     */
    public void signal(Waiter waiter) {
        wake(waiter);
    }

    // ---- queries ----

    /**
     * Whether somebody waits in the queue. A thread that looks again before it joins a barging queue is not in it yet.
     *
     * @return whether {@link #waiting()} is positive
     */
    public boolean hasWaiters() {
        return first() != null;
    }

    /**
     * The number of threads that wait. Takes time in proportion to that number.
     *
     * @return the number, exact when nobody comes or leaves during the call
     */
    public int waiting() {
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
    public String toString() {
        String kind = addressed ? "addressed, " : fifo ? "fifo, " : broadcast ? "broadcast, " : "barging, ";
        return "WaitQueue[" + kind + waiting() + " waiting]";
    }

    // ---- the one place where threads wait ----

    private boolean enqueueAndWait(Waiter w, boolean interruptible, boolean timed, long deadline)
            throws InterruptedException {
        Thread current = Thread.currentThread();
        w.begin(current);
        boolean spin = parker.spins() && !VirtualThreads.isVirtual(current);
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (broadcast) {
            if (spin && !(w instanceof GateWaiter) && watch(new Attempts(w), 0L, true)) { // those have watched
                return true;
            }
        } else if (!fifo && spin && lookAgain(w)) {
            return true;
        }
        boolean success = false;
        w.state = fifo ? LOOKING : PARKED;
        try {
            append(w);
            success = fifo
                    ? awaitTurn(w, interruptible, timed, deadline, spin)
                    : awaitBarging(w, interruptible, timed, deadline, spin);
            return success;
        } finally {
            leave(w, success);
        }
    }

    /**
     * Spins and yields as often as the budget says, attempting in between, unless somebody does so already. For barging
     * queues. Signals that come meanwhile have nothing to do.
     */
    private boolean lookAgain(Waiter w) {
        int spinNanos = spins.nanos();
        int yieldNanos = yields.nanos();
        if (spinNanos + yieldNanos == 0 || spinning != 0 || !SPINNING.compareAndSet(this, 0, 1)) {
            return false;
        }
        try {
            return spin(w, spinNanos) || yieldAndLook(w, yieldNanos);
        } finally {
            spinning = 0;
            if (w.more()) {
                signal(); // for those whose signals were left to this thread
            }
        }
    }

    private boolean spin(Waiter w, int nanos) {
        if (nanos == 0) {
            return false;
        }
        long start = System.nanoTime();
        int gap = FIRST_GAP;
        do {
            for (int i = 0; i < gap; i++) {
                Thread.onSpinWait();
            }
            if (w.attempt()) {
                spins.paid();
                return true;
            }
            gap = Math.min(2 * gap, LAST_GAP);
        } while (System.nanoTime() - start < nanos);
        spins.failed();
        return false;
    }

    private boolean yieldAndLook(Waiter w, int nanos) {
        if (nanos == 0) {
            return false;
        }
        long start = System.nanoTime();
        do {
            Thread.yield();
            if (w.attempt()) {
                yields.paid();
                return true;
            }
        } while (System.nanoTime() - start < nanos);
        yields.failed();
        return false;
    }

    /**
     * Looks at a gate as often as the budgets say, spinning and then yielding. For broadcast queues, before a waiter is
     * made. Never on a virtual thread or on one processor.
     *
     * @param gate what is waited for
     * @param since when the wait began, in terms of the gate
     * @param alone whether those who are waited for have processors of their own, so that spinning may pay
     * @return whether the gate was seen open
     */
    boolean watch(Gate gate, long since, boolean alone) {
        if (!parker.spins() || VirtualThreads.isVirtual(Thread.currentThread())) {
            return false;
        }
        return (alone && spinAtGate(gate, since)) || yieldAtGate(gate, since);
    }

    private boolean spinAtGate(Gate gate, long since) {
        int nanos = spins.nanos();
        if (nanos == 0) {
            return false;
        }
        for (int i = 0; i < LOOKS_BEFORE_CLOCK; i++) {
            if (gate.isOpen(since)) {
                spins.paid();
                return true;
            }
            Thread.onSpinWait();
        }
        long start = System.nanoTime();
        do {
            for (int i = 0; i < LOOKS_PER_CLOCK; i++) {
                if (gate.isOpen(since)) {
                    spins.paid();
                    return true;
                }
                Thread.onSpinWait();
            }
        } while (System.nanoTime() - start < nanos);
        spins.failed();
        return false;
    }

    private boolean yieldAtGate(Gate gate, long since) {
        int nanos = yields.nanos();
        if (nanos == 0) {
            return false;
        }
        long start = System.nanoTime();
        do {
            Thread.yield();
            if (gate.isOpen(since)) {
                yields.paid();
                return true;
            }
        } while (System.nanoTime() - start < nanos);
        yields.failed();
        return false;
    }

    private boolean awaitBarging(Waiter w, boolean interruptible, boolean timed, long deadline, boolean spin)
            throws InterruptedException {
        for (; ; ) {
            w.noteInterrupt(interruptible);
            if (w.attempt()) {
                return true;
            }
            if (w.state == AWAKE) {
                if (spin && !broadcast && lookAgain(w)) {
                    return true;
                }
                if (timed && deadline - System.nanoTime() <= 0L) {
                    return false; // signals that come to nothing must not keep a thread beyond its time
                }
                w.state = PARKED; // and look once more before parking
            } else if (!park(w, timed, deadline)) {
                return false;
            }
        }
    }

    private boolean awaitTurn(Waiter w, boolean interruptible, boolean timed, long deadline, boolean spin)
            throws InterruptedException {
        boolean sentFor = addressed || first() == w;
        for (; ; ) {
            if (sentFor) {
                w.noteInterrupt(interruptible);
                if (w.attempt()) {
                    return true;
                }
            }
            if (timed && deadline - System.nanoTime() <= 0L) {
                return false; // signals that come to nothing must not keep a thread beyond its time
            }
            if (STATE.compareAndSet(w, LOOKING, ARMED)
                    && !(spin && lookForTurn(w))
                    && STATE.compareAndSet(w, ARMED, PARKED)) {
                while (w.state == PARKED) {
                    if (!park(w, timed, deadline)) {
                        return !recall(w);
                    }
                    if (Thread.interrupted()) {
                        w.interrupted = true;
                        if (interruptible && recall(w)) {
                            w.interrupted = false;
                            throw new InterruptedException();
                        }
                    }
                }
            }
            if (w.state == DONE) {
                return true;
            }
            w.state = LOOKING; // pairs with the state change before a signal: later signals move it again
            sentFor = true;
        }
    }

    /** Takes the caller's node out of the reach of a hand-over. False if it comes too late. */
    private static boolean recall(Waiter w) {
        int s = w.state;
        while (s != DONE && !STATE.compareAndSet(w, s, AWAKE)) {
            s = w.state;
        }
        return s != DONE;
    }

    /** Yields while others come first and spins when it is next, as long as the budgets say. For fifo queues. */
    private boolean lookForTurn(Waiter w) {
        boolean spun = isNext(w);
        if (spun && spinForTurn(w)) {
            return true;
        }
        int nanos = yields.nanos();
        if (nanos == 0) {
            return false;
        }
        long start = System.nanoTime();
        do {
            Thread.yield();
            if (!spun && first() == w) {
                spun = true;
                if (spinForTurn(w)) {
                    yields.paid();
                    return true;
                }
            }
            if (w.state != ARMED) {
                yields.paid();
                return true;
            }
        } while (System.nanoTime() - start < nanos);
        yields.failed();
        return false;
    }

    /** Looks for a moment whether the one before leaves. */
    private boolean isNext(Waiter w) {
        for (int i = 0; i < LOOKS_PER_CLOCK; i++) {
            if (w.state != ARMED || first() == w) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    private boolean spinForTurn(Waiter w) {
        int nanos = spins.nanos();
        if (nanos == 0) {
            return false;
        }
        long start = System.nanoTime();
        do {
            for (int i = 0; i < LOOKS_PER_CLOCK; i++) {
                if (w.state != ARMED) {
                    spins.paid();
                    return true;
                }
                Thread.onSpinWait();
            }
        } while (System.nanoTime() - start < nanos);
        spins.failed();
        return false;
    }

    /** Parks once. False if the time has run out. */
    private boolean park(Waiter w, boolean timed, long deadline) {
        w.parks();
        if (!timed) {
            parker.park(blocker);
            return true;
        }
        long nanos = deadline - System.nanoTime();
        if (nanos <= 0L) {
            return false;
        }
        parker.parkNanos(blocker, nanos);
        return true;
    }

    private void wake(Waiter w) {
        for (; ; ) {
            int s = w.state;
            if (s == AWAKE || s == DONE) {
                return;
            }
            if (STATE.compareAndSet(w, s, AWAKE)) {
                Thread thread = w.thread;
                if (s == PARKED && thread != null) {
                    parker.unpark(thread);
                }
                return;
            }
        }
    }

    private void leave(Waiter w, boolean success) {
        try {
            if (w.state != DONE) {
                Waiter first = remove(w);
                if (first != null && w.more()) {
                    wake(first);
                }
            }
        } finally {
            w.end(success);
        }
    }

    /** The attempts of a waiter of a broadcast queue, to be watched. */
    private static final class Attempts extends Gate {
        private final Waiter waiter;

        Attempts(Waiter waiter) {
            this.waiter = waiter;
        }

        @Override
        boolean isOpen(long since) {
            return waiter.attempt();
        }
    }

    /**
     * One wait of one thread: what it tries to get. Subclasses keep the request and the result in fields of their own.
     */
    public abstract static class Waiter {

        /** Later node; null at the end of the queue; the node itself once head has passed it. */
        volatile @Nullable Waiter next;

        volatile int state;

        /** The waiting thread, for those who wake it; null before a wait and after one in the queue. */
        private volatile @Nullable Thread thread;

        /** Owner only: an interrupt came during an uninterruptible wait. */
        private boolean interrupted;

        /** Owner only: the thread has parked or was about to. */
        private boolean parked;

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
         * or by the one that hands over to it, to decide whether the next one must look. May say yes in error, which costs a needless look, but never no.
         * Must not throw.
         *
         * @return true unless no attempt could succeed now
         */
        protected abstract boolean more();

        /**
         * Whether this waiter's wait is over if the given amount is {@linkplain WaitQueue#handOver handed over}. Called
         * by the thread that would hand over, while this waiter is the first one and none of its attempts is under way.
         * No unless overridden. Must not throw.
         *
         * @param amount how much would be handed over
         * @return true if the wait may end with that, without an attempt
         */
        protected boolean accepts(int amount) {
            return false;
        }

        /**
         * Called by the waiting thread once, before it parks for the first time; a wait that succeeds while spinning
         * does without. Must not throw. Does nothing unless overridden, for instance to begin an event of a recording.
         */
        protected void parking() {}

        /**
         * Called by the waiting thread at the end of a wait that has parked. Must not throw. Does nothing unless overridden.
         *
         * @param success whether an attempt succeeded
         */
        protected void parked(boolean success) {}

        private void begin(Thread current) {
            if (thread != null || state == DONE) {
                throw new IllegalStateException("a Waiter serves one wait; expected a new one");
            }
            thread = current;
        }

        private void noteInterrupt(boolean throwIt) throws InterruptedException {
            if (Thread.interrupted()) {
                if (throwIt) {
                    throw new InterruptedException();
                }
                interrupted = true;
            }
        }

        private void parks() {
            if (!parked) {
                parked = true;
                parking();
            }
        }

        private void end(boolean success) {
            thread = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (parked) {
                parked(success);
            }
        }
    }
}
