// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A point that a fixed number of threads pass together, again and again: Python's {@code threading.Barrier}. Use it for
 * work in rounds, where nobody may begin the next round before all have ended this one. Where parties come and go, take
 * {@link java.util.concurrent.Phaser}; where one thread waits for others that do not wait for it,
 * {@link java.util.concurrent.CountDownLatch}.
 *
 * <p><b>Threads.</b> Any threads may be the parties, different ones in each cycle. Any thread may reset, abort and ask.
 *
 * <p><b>Cycles.</b> A cycle is met by all of its parties or by none: if {@code await} returns in one of them, it returns
 * in all. Whatever happens after the last one has arrived and the action, if any, has ended belongs to later cycles; a
 * fast party may come back before slow ones have gone. If a party times out or is interrupted, also if it was when it
 * came, the barrier is broken: that one gets {@link TimeoutException} or {@link InterruptedException}, the others of the
 * cycle and everybody who comes later {@link BrokenBarrierException}, until {@link #reset()}. So does a party that dies
 * of an error while it waits.
 *
 * <p><b>The action</b> is run once in a cycle, by the last party, before anybody goes on. What it throws breaks the
 * barrier and reaches the last party. While it runs, the others of the cycle may still time out, which breaks the
 * barrier: then the last party gets {@code BrokenBarrierException} when the action has ended. A thread that comes while
 * it runs waits for its end before it counts as arrived; until then it leaves no trace. The action may {@code reset} or
 * {@code abort} its own cycle; to {@code await} from it, before or after that, is an {@link IllegalStateException} and
 * changes nothing. As {@code reset} waits for nobody, the action of a cycle that was broken may still run when the next
 * one begins.
 *
 * <p><b>Ordering and fairness.</b> Arrival indices tell the order of arrival. The order in which parties go on is open.
 *
 * <p><b>Blocking and interruption.</b> As the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks} says, except that a party that leaves breaks the barrier. The last party never waits, whatever its time-out.
 * If a cycle is complete when the interrupt of a party is seen, {@code await} returns and the interrupt stays pending.
 *
 * <p><b>Progress.</b> {@code reset}, {@code abort} and the queries are lock-free and never wait, and so is the arrival
 * of the last party, but for the action.
 *
 * <p><b>Memory consistency.</b> Actions before {@code await} happen-before the action, and the action and what comes
 * before any party's {@code await} happen-before what comes after the return of every party's. Actions before
 * {@code abort} or {@code reset} happen-before what follows the {@code BrokenBarrierException} that it causes.
 *
 * <p><b>Observability.</b> {@link #toString()}; waiting threads show this object in thread dumps; a wait that parks
 * emits the JFR event {@code headway.BarrierWait}.
 *
 * <p><b>Nulls and bounds.</b> One party or more. Null arguments are refused with {@code NullPointerException}.
 *
 * <p><b>Complexity and footprint.</b> 40 bytes, 280 more for each life from one reset to the next, and a
 * {@link WaitQueue}. A cycle allocates nothing, but a waiter for each thread that parks and a note of who runs the
 * action. The last party takes time in proportion to the number of those.
 *
 * @since 0.1
 */
public final class Barrier {
    /*
     * Model. An era is the life of a barrier from one reset to the next. Its state is one word:
     *
     *   generation | arrived (as many bits as parties need) | end (2 bits)
     *
     *   end:  OPEN -> BROKEN -> REPLACED, or OPEN -> REPLACED; never back
     *
     *   await:   arrived + 1 < parties:  arrived++, then wait until the generation has changed or the era has an end
     *            arrived + 1 == parties: generation++ and arrived = 0, in one step; with an action: arrived++, run it,
     *                                    then generation++ and arrived = 0
     *            arrived == parties:     the action runs; wait likewise, then start again
     *            BROKEN:                 refuse
     *            REPLACED:               put a new era in the place of this one, unless somebody has, and start again
     *
     * Why not simpler. With a generation alone a slow party cannot tell a cycle that was met from one that was reset,
     * once both are past. Here it holds its era: the generation has moved on if and only if the cycle was met, and an
     * end stays for ever. A lock, as in CyclicBarrier, makes each arrival wait for a preempted one and costs two context
     * switches where the other party is a cache line away. Python keeps newcomers out until the last cycle has drained;
     * generations make that needless.
     *
     * Invariants. The generation moves only in an era without an end, and the bits above arrived count at least
     * 2^61 / parties cycles: they do not wrap around before 2^61 arrivals. Of an era with an end, nothing changes but
     * that BROKEN may become REPLACED.
     *
     * Linearization points. The successful compareAndSet of the era's state: for a party that waits, its arrival; for
     * a cycle, the step of the generation; reset, abort, time-out, interrupt: the step to the end; a reset that finds
     * nobody and nothing broken: the read. Putting the new era in place is helped by whoever finds it missing, so that
     * REPLACED means "a new era without arrivals" from the first moment.
     *
     * Lost wake-ups. See WaitQueue, (h): each of those steps that lets parties go is followed by signalAll. Parties that
     * find the word changed while they spin need none.
     *
     * Who acts is known to the action and not to the era, which may be over while its action still runs.
     *
     * Errors. A party that has arrived and dies of an error while it waits, for want of memory for instance, breaks the
     * barrier like one that times out. A reset takes effect and wakes the parties before it makes the new era.
     *
     * Access modes. state: volatile reads and compareAndSet. era: volatile.
     *
     * References. The packed word is as in java.util.concurrent.Phaser; the "generation" object that tells a broken
     * cycle from a met one is that of CyclicBarrier. Differences: one such object for each reset instead of each cycle;
     * arrivals never wait for each other; the index counts upwards.
     */

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private static final VarHandle ERA;

    static {
        try {
            ERA = MethodHandles.lookup().findVarHandle(Barrier.class, "era", BarrierEra.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int parties;
    private final @Nullable BarrierAction action;

    /** The time-out of await(), which has none if this is negative. */
    private final long defaultNanos;

    private final WaitQueue queue;

    /** Whether every party may have a processor of its own. */
    private final boolean alone;

    private volatile BarrierEra era;

    /**
     * A barrier without an action and without a time-out.
     *
     * @param parties how many threads pass it together
     * @throws IllegalArgumentException unless the number is positive
     */
    public Barrier(int parties) {
        this(parties, null, null, Parker.system());
    }

    /**
     * A barrier without a time-out.
     *
     * @param parties how many threads pass it together
     * @param action what the last of them runs before all go on
     * @throws IllegalArgumentException unless the number is positive
     */
    public Barrier(int parties, Runnable action) {
        this(parties, Objects.requireNonNull(action, "action"), null, Parker.system());
    }

    /**
     * A barrier whose {@link #await()} has a time-out.
     *
     * @param parties how many threads pass it together
     * @param action what the last of them runs before all go on, or null for nothing
     * @param timeout the longest wait of {@code await()}
     * @throws IllegalArgumentException unless the number is positive
     */
    public Barrier(int parties, @Nullable Runnable action, Duration timeout) {
        this(parties, action, Objects.requireNonNull(timeout, "timeout"), Parker.system());
    }

    /**
     * A barrier whose threads sleep in the given way.
     *
     * @param parties how many threads pass it together
     * @param action what the last of them runs before all go on, or null for nothing
     * @param timeout the longest wait of {@link #await()}, or null for any time
     * @param parker how threads sleep
     * @throws IllegalArgumentException unless the number is positive
     */
    @SuppressWarnings("nullness:argument") // the queue keeps this object only, to be shown in thread dumps
    public Barrier(int parties, @Nullable Runnable action, @Nullable Duration timeout, Parker parker) {
        if (parties < 1) {
            throw new IllegalArgumentException("parties is " + parties + "; expected at least 1");
        }
        this.parties = parties;
        this.action = action == null ? null : new BarrierAction(action);
        this.defaultNanos = timeout == null ? -1L : Math.max(0L, WaitQueue.saturatedNanos(timeout));
        this.queue = WaitQueue.broadcast(this, parker);
        this.alone = parties <= PROCESSORS;
        this.era = new BarrierEra(parties);
    }

    // ---- waiting ----

    /**
     * Waits until all parties have come, at most for the time-out given at construction, if any.
     *
     * @return how many parties had come before: 0 for the first, {@link #parties()} - 1 for the last
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; the barrier is
     *     broken, unless the thread had not arrived yet because it waited for the end of another cycle's action
     * @throws BrokenBarrierException if the barrier is broken, or is broken or reset during the wait
     * @throws TimeoutException if the time ran out; the barrier is broken, unless the thread had not arrived yet
     * @throws IllegalStateException if called by the action of this barrier
     */
    public int await() throws InterruptedException, BrokenBarrierException, TimeoutException {
        return await(defaultNanos >= 0L, defaultNanos);
    }

    /**
     * Waits until all parties have come, at most the given time.
     *
     * @param timeout the longest wait, which the last party does not need; zero or negative means not to wait
     * @return how many parties had come before: 0 for the first, {@link #parties()} - 1 for the last
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; the barrier is
     *     broken, unless the thread had not arrived yet because it waited for the end of another cycle's action
     * @throws BrokenBarrierException if the barrier is broken, or is broken or reset during the wait
     * @throws TimeoutException if the time ran out; the barrier is broken, unless the thread had not arrived yet
     * @throws IllegalStateException if called by the action of this barrier
     */
    public int await(Duration timeout) throws InterruptedException, BrokenBarrierException, TimeoutException {
        return await(true, WaitQueue.saturatedNanos(timeout));
    }

    private int await(boolean timed, long nanos) throws InterruptedException, BrokenBarrierException, TimeoutException {
        if (action != null && action.isMine()) {
            throw new IllegalStateException("await in the action of the same barrier; expected the action to return");
        }
        if (Thread.interrupted()) {
            abandon();
            throw new InterruptedException();
        }
        for (; ; ) {
            BarrierEra e = era;
            long s = e.state;
            int index = e.arrived(s);
            if (e.hasEnd(s)) {
                refuseIfBroken(e, s);
            } else if (index + 1 < parties) {
                if (e.move(s, s + BarrierEra.ARRIVAL)) {
                    awaitOthers(e, s, index, timed, nanos);
                    return index;
                }
            } else if (index == parties) {
                nanos = awaitAction(e, s, timed, nanos);
            } else if (action != null) {
                if (e.move(s, s + BarrierEra.ARRIVAL)) {
                    act(action, e, s + BarrierEra.ARRIVAL);
                    return index;
                }
            } else if (e.move(s, e.next(s))) {
                queue.signalAll();
                return index;
            }
        }
    }

    // ---- breaking and mending ----

    /**
     * Makes the barrier as new: not broken, nobody there. Parties of a cycle that is not complete get
     * {@link BrokenBarrierException}; those of complete cycles, slow as they may be, do not. Does nothing if nobody is
     * there and nothing is broken.
     */
    public void reset() {
        for (; ; ) {
            BarrierEra e = era;
            long s = e.state;
            if (e.isReplaced(s)) {
                replace(e);
            } else if (!e.isBroken(s) && e.arrived(s) == 0) {
                return;
            } else if (e.move(s, e.replaced(s))) {
                queue.signalAll();
                replace(e);
                return;
            }
        }
    }

    /**
     * Breaks the barrier: parties that wait, and all that come until {@link #reset()}, get
     * {@link BrokenBarrierException}. Parties of complete cycles, slow as they may be, do not. Does nothing if the
     * barrier is broken already.
     */
    public void abort() {
        for (; ; ) {
            BarrierEra e = era;
            long s = e.state;
            if (e.isBroken(s)) {
                return;
            } else if (e.isReplaced(s)) {
                replace(e);
            } else if (end(e, s)) {
                return;
            }
        }
    }

    // ---- queries ----

    /**
     * Whether the barrier is broken.
     *
     * @return true from a time-out, an interrupt, a failure of the action or {@link #abort()} to the next
     *     {@link #reset()}
     */
    public boolean isBroken() {
        BarrierEra e = era;
        return e.isBroken(e.state);
    }

    /**
     * The number of threads that pass the barrier together.
     *
     * @return the number given at construction
     */
    public int parties() {
        return parties;
    }

    /**
     * The number of parties that have arrived and wait for the others. While the action runs, this is all of them.
     *
     * @return the number at some moment during the call; 0 if the barrier is broken
     */
    public int waiting() {
        BarrierEra e = era;
        long s = e.state;
        return arrivals(e, s);
    }

    /** Parties, arrivals and whether it is broken, in one line. */
    @Override
    public String toString() {
        BarrierEra e = era;
        long s = e.state;
        String text =
                e.isBroken(s) ? "broken, " + parties + " parties" : arrivals(e, s) + " of " + parties + " waiting";
        return "Barrier@" + Integer.toHexString(System.identityHashCode(this)) + "[" + text + "]";
    }

    // ---- the ways through a cycle ----

    /** Waits until the cycle that the caller arrived in, at state s, is over. Returns if it was met. */
    private void awaitOthers(BarrierEra e, long s, int index, boolean timed, long nanos)
            throws InterruptedException, BrokenBarrierException, TimeoutException {
        try {
            if (timed && nanos <= 0L) {
                if (leave(e, s)) {
                    throw new TimeoutException();
                }
            } else if (!timed) {
                if (!queue.watch(e, s, alone, Long.MAX_VALUE)) {
                    queue.await(new Arrival(this, e, s, index));
                }
            } else if (!passesWithin(nanos, e, s, index) && leave(e, s)) {
                throw new TimeoutException();
            }
        } catch (InterruptedException interrupt) {
            if (!leave(e, s) && e.isMet(s)) {
                Thread.currentThread().interrupt();
                return;
            }
            throw interrupt;
        } catch (RuntimeException | Error failure) {
            leave(e, s);
            throw failure;
        }
        if (!e.isMet(s)) {
            throw new BrokenBarrierException();
        }
    }

    /** Waits until the action that runs at state s has ended. Returns the rest of the time. */
    private long awaitAction(BarrierEra e, long s, boolean timed, long nanos)
            throws InterruptedException, TimeoutException {
        if (!timed) {
            if (!queue.watch(e, s, alone, Long.MAX_VALUE)) {
                queue.await(new Arrival(this, e, s, -1));
            }
            return nanos;
        }
        long start = System.nanoTime();
        if (nanos <= 0L || !passesWithin(nanos, e, s, -1)) {
            throw new TimeoutException();
        }
        return Math.max(0L, nanos - (System.nanoTime() - start));
    }

    /** Waits until the cycle of state s is over or the time has run out, which includes that of watching. */
    private boolean passesWithin(long nanos, BarrierEra e, long s, int index) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        return queue.watch(e, s, alone, nanos) || queue.awaitUntil(new Arrival(this, e, s, index), deadline);
    }

    /** Runs the action as the last party, at state s. */
    private void act(BarrierAction action, BarrierEra e, long s) throws BrokenBarrierException {
        boolean ran = false;
        try {
            action.run();
            ran = true;
        } finally {
            if (!ran) {
                leave(e, s);
            }
        }
        if (!e.move(s, e.next(s))) {
            throw new BrokenBarrierException();
        }
        queue.signalAll();
    }

    /** Breaks the cycle that the caller arrived in, at state s, unless it is over. Whether the caller broke it. */
    private boolean leave(BarrierEra e, long s) {
        for (; ; ) {
            long now = e.state;
            if (e.isOver(now, s)) {
                return false;
            }
            if (end(e, now)) {
                return true;
            }
        }
    }

    /** Breaks the barrier for a party that will not come, unless an action runs, in whose cycle it has no part. */
    private void abandon() {
        for (; ; ) {
            BarrierEra e = era;
            long s = e.state;
            if (e.isReplaced(s)) {
                replace(e);
            } else if (e.isBroken(s) || e.arrived(s) == parties || end(e, s)) {
                return;
            }
        }
    }

    /** Breaks the era if it is in the given state, which is open. */
    private boolean end(BarrierEra e, long s) {
        if (!e.move(s, e.broken(s))) {
            return false;
        }
        queue.signalAll();
        return true;
    }

    private void refuseIfBroken(BarrierEra e, long s) throws BrokenBarrierException {
        if (e.isBroken(s)) {
            throw new BrokenBarrierException();
        }
        replace(e);
    }

    private static int arrivals(BarrierEra e, long s) {
        return e.hasEnd(s) ? 0 : e.arrived(s);
    }

    private void replace(BarrierEra e) {
        ERA.compareAndSet(this, e, new BarrierEra(parties));
    }

    /** A thread that waits for a cycle to be over. */
    private static final class Arrival extends GateWaiter {
        private final Barrier barrier;
        private final BarrierEra era;
        private final long since;
        private final int index;
        private @Nullable Object recorded;

        Arrival(Barrier barrier, BarrierEra era, long since, int index) {
            super(era, since);
            this.barrier = barrier;
            this.era = era;
            this.since = since;
            this.index = index;
        }

        @Override
        protected void parking() {
            recorded = WaitEvents.beginBarrierWait(barrier, index);
        }

        @Override
        protected void parked(boolean success) {
            WaitEvents.endBarrierWait(recorded, success && era.isMet(since));
        }
    }
}
