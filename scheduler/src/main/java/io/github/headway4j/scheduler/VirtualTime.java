// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import io.github.headway4j.primitives.Parker;
import io.github.headway4j.primitives.WaitQueue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * A clock that stands still until it is moved: for tests that need not wait, and for simulations. In production take
 * {@link TimeSource#system()}.
 *
 * <pre>{@code
 * var time = new VirtualTime();
 * var scheduler = new EventScheduler(time);
 * scheduler.enter(Duration.ofHours(3), 1, () -> System.out.println(time.instant()));
 * time.runAll(); // 1970-01-01T03:00:00Z, at once
 * }</pre>
 *
 * <p><b>How it moves.</b> Never back, and only by hand:
 * <ul>
 *   <li>{@link #advance advance} moves it and runs nothing;
 *   <li>{@link #runUntil runUntil} and {@link #runAll} run what the schedulers on this clock have to do, one thing
 *       after the other in the calling thread, each at its own moment;
 *   <li>{@link EventScheduler#run()} does the same for one scheduler.
 * </ul>
 * Both clocks move together: {@link #instant()} is the start plus {@link #nanoTime()}, which begins at 0.
 *
 * <p><b>Threads.</b> Any thread may move the clock and look at it. A thread that {@linkplain #sleepUntil sleeps} does
 * not move it, but waits until others have moved it far enough.
 *
 * <p><b>Ordering.</b> If one thread does all, everything happens in an order that is always the same: by moment; at the
 * same moment by scheduler, in the order in which they were made; within a scheduler by its own rules. The clock shows
 * to each action the moment for which the action was planned, or a later one if the clock had been moved past that
 * before. When and in which order threads that sleep go on is up to the machine.
 *
 * <p><b>Blocking and interruption.</b> {@code sleepUntil} and {@code awaitUntil} block, as the
 * {@linkplain io.github.headway4j.primitives contract of everything that blocks} says; nothing else does, apart from
 * what actions do.
 *
 * <p><b>Memory consistency.</b> Actions before a move of the clock happen-before actions after another thread has seen
 * the clock there or has been woken by it.
 *
 * <p><b>Nulls and bounds.</b> Null arguments are refused with {@code NullPointerException}, moves back with
 * {@code IllegalArgumentException}. The clock goes to about 292 years and stays there.
 *
 * @since 0.1
 */
public final class VirtualTime implements TimeSource {
    /*
     * Lost wake-ups. A sleeper enters the list, which may lower soonest, and then looks at the clock and waits in its
     * queue. Who moves the clock writes nanos, then reads soonest; if that has come, it signals the queues of the
     * sleepers whose moment has come. Both variables are volatile: either the mover sees the sleeper in the list, or
     * the sleeper sees the clock moved. Between the list and the queue a signal reaches nobody, but the sleeper looks
     * again once it is in the queue.
     *
     * Access modes. nanos: volatile reads and compareAndSet. soonest, agendas: volatile, written under the lock. The
     * lock is the last one that anybody takes, and no user code runs under it. Taking it needs no memory, so that
     * schedulers whose own lock is held can.
     */

    private static final Agenda[] NO_AGENDAS = {};

    private static final VarHandle NANOS;

    static {
        try {
            NANOS = MethodHandles.lookup().findVarHandle(VirtualTime.class, "nanos", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Instant start;
    private final Parker parker;
    private final ShortLock lock;

    /** Guarded by the lock. */
    private final List<Sleeper> sleepers = new ArrayList<>();

    /** Guarded by the lock: how many agendas have been given a number. */
    private int numbers;

    private volatile long nanos;

    /** The least moment of a sleeper that has not been woken. */
    private volatile long soonest = Long.MAX_VALUE;

    /** Those that have something to do, in the order of their numbers. Never changed, but replaced. */
    private volatile Agenda[] agendas = NO_AGENDAS;

    /** A clock that shows the beginning of 1970 in UTC. */
    public VirtualTime() {
        this(Instant.EPOCH);
    }

    /**
     * A clock that shows the given instant.
     *
     * @param start what {@link #instant()} is while {@link #nanoTime()} is 0
     * @throws IllegalArgumentException if there is no instant 292 years later
     */
    public VirtualTime(Instant start) {
        this(start, Parker.system());
    }

    /** Threads sleep in the given way. */
    @SuppressWarnings({"nullness:argument", "nullness:assignment"}) // only kept, to be shown in thread dumps
    VirtualTime(Instant start, Parker parker) {
        try {
            Objects.requireNonNull(start.plusNanos(Long.MAX_VALUE));
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "start " + start + "; expected one that leaves 292 years before " + Instant.MAX, e);
        }
        this.start = start;
        this.parker = parker;
        lock = new ShortLock(this, parker);
    }

    // ---- looking ----

    /** {@inheritDoc} Begins at 0. */
    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanos);
    }

    // ---- moving ----

    /**
     * Moves the clock on. Wakes the threads that sleep until then, and runs nothing.
     *
     * @param time how far; zero is legal
     * @throws IllegalArgumentException if it is negative
     */
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time to advance by: " + time + "; expected zero or more");
        }
        long by = WaitQueue.saturatedNanos(time);
        long now = nanos;
        while (!NANOS.compareAndSet(this, now, Moments.plus(now, by))) {
            now = nanos;
        }
        wakeSleepers();
    }

    /**
     * Runs everything that the schedulers on this clock have to do until the given moment and at it, each thing at its
     * own moment, including what is planned meanwhile; the clock then shows the given moment. What an action of
     * an {@link EventScheduler} throws reaches the caller; the clock and the schedulers are then as after that action,
     * and may be run on. What an action of {@link Timers} throws goes to their handler.
     *
     * @param nanoTime the last moment, in terms of {@link #nanoTime()}
     * @throws IllegalArgumentException if the clock is past that
     */
    public void runUntil(long nanoTime) {
        long now = nanos;
        if (nanoTime < now) {
            throw new IllegalArgumentException("moment to run until: " + nanoTime + "; the clock shows " + now);
        }
        while (runFirst(Math.min(nanoTime, Agenda.NEVER - 1L))) {
            continue;
        }
        moveTo(nanoTime);
    }

    /**
     * As {@link #runUntil(long)}, to an instant.
     *
     * @param instant the last moment, in terms of {@link #instant()}
     * @throws IllegalArgumentException if the clock is past that
     */
    public void runUntil(Instant instant) {
        long nanoTime = WaitQueue.saturatedNanos(Duration.between(start, instant));
        if (nanoTime < nanos) {
            throw new IllegalArgumentException("instant to run until: " + instant + "; the clock shows " + instant());
        }
        runUntil(nanoTime);
    }

    /**
     * Runs everything that the schedulers on this clock have to do, each thing at its own moment, including what is
     * planned meanwhile, until nothing is left. Never ends if there is always something left. What an action of
     * an {@link EventScheduler} throws reaches the caller; the clock and the schedulers are then as after that action,
     * and may be run on. What an action of {@link Timers} throws goes to their handler.
     */
    public void runAll() {
        while (runFirst(Agenda.NEVER - 1L)) {
            continue;
        }
    }

    /** Moves the clock to the first thing to do and does it; false if there is none until the limit. */
    private boolean runFirst(long limit) {
        Agenda[] all = agendas;
        if (all.length == 1) {
            return all[0].runFirst(limit);
        }
        Agenda first = null;
        long least = limit;
        for (Agenda agenda : all) {
            long next = agenda.next(least);
            if (first == null ? next <= least : next < least) {
                first = agenda;
                least = next;
            }
        }
        if (first == null) {
            return false;
        }
        return first.runFirst(least) || runFirst(limit); // another thread may have done it
    }

    /** Moves the clock to the given moment unless it is there or past it. */
    void moveTo(long nanoTime) {
        long now = nanos;
        while (now < nanoTime) {
            if (NANOS.compareAndSet(this, now, nanoTime)) {
                wakeSleepers();
                return;
            }
            now = nanos;
        }
    }

    // ---- sleeping ----

    /** {@inheritDoc} The clock is moved there by other threads. */
    @Override
    public void sleepUntil(long nanoTime) throws InterruptedException {
        awaitUntil(WaitQueue.broadcast(this, parker), nanoTime, () -> false);
    }

    @Override
    public boolean awaitUntil(WaitQueue queue, long nanoTime, BooleanSupplier condition) throws InterruptedException {
        Sleeper sleeper = new Sleeper(this, queue, nanoTime, condition);
        lock.lock();
        try {
            sleepers.add(sleeper);
            soonest = Math.min(soonest, nanoTime);
        } finally {
            lock.unlock();
        }
        try {
            queue.await(sleeper);
            return sleeper.met;
        } finally {
            lock.lock();
            try {
                sleepers.remove(sleeper);
            } finally {
                lock.unlock();
            }
        }
    }

    private void wakeSleepers() {
        if (nanos < soonest) {
            return;
        }
        lock.lock();
        try {
            long now = nanos;
            long next = Long.MAX_VALUE;
            for (int i = 0; i < sleepers.size(); i++) { // without an iterator, which needs memory
                Sleeper sleeper = sleepers.get(i);
                if (sleeper.nanoTime > now) {
                    next = Math.min(next, sleeper.nanoTime);
                } else if (!sleeper.woken) {
                    sleeper.woken = true;
                    sleeper.queue.signalAll();
                }
            }
            soonest = next;
        } finally {
            lock.unlock();
        }
    }

    // ---- agendas ----

    /** The number of a new agenda. */
    int nextNumber() {
        lock.lock();
        try {
            int number = numbers;
            numbers++;
            return number;
        } finally {
            lock.unlock();
        }
    }

    /** From now on the agenda is looked at. No effect if it is already. */
    @SuppressWarnings("nullness:assignment") // the copy is filled before others see it
    void attach(Agenda agenda) {
        lock.lock();
        try {
            Agenda[] old = agendas;
            if (!Arrays.asList(old).contains(agenda)) {
                Agenda[] more = Arrays.copyOf(old, old.length + 1);
                more[old.length] = agenda;
                Arrays.sort(more, Comparator.comparingInt(each -> each.number));
                agendas = more;
            }
        } finally {
            lock.unlock();
        }
    }

    /** From now on the agenda is not looked at; nor held, unless memory is short. */
    void detach(Agenda agenda) {
        lock.lock();
        try {
            List<Agenda> old = Arrays.asList(agendas);
            if (old.contains(agenda)) {
                agendas = old.size() == 1 ? NO_AGENDAS : without(agenda, old);
            }
        } catch (OutOfMemoryError noMatter) {
            return; // an agenda with nothing to do is harmless
        } finally {
            lock.unlock();
        }
    }

    private static Agenda[] without(Agenda agenda, List<Agenda> all) {
        return all.stream().filter(each -> each != agenda).toArray(Agenda[]::new);
    }

    /** The moment and how many sleep, in one line. */
    @Override
    public String toString() {
        int count;
        lock.lock();
        try {
            count = sleepers.size();
        } finally {
            lock.unlock();
        }
        return "VirtualTime@" + Integer.toHexString(System.identityHashCode(this)) + "[" + instant() + ", " + count
                + " sleeping]";
    }

    /** A thread that sleeps. */
    private static final class Sleeper extends WaitQueue.Waiter {
        private final VirtualTime time;
        private final WaitQueue queue;
        private final long nanoTime;
        private final BooleanSupplier condition;

        /** Guarded by the lock. */
        private boolean woken;

        private boolean met;

        Sleeper(VirtualTime time, WaitQueue queue, long nanoTime, BooleanSupplier condition) {
            this.time = time;
            this.queue = queue;
            this.nanoTime = nanoTime;
            this.condition = condition;
        }

        @Override
        protected boolean attempt() {
            met = condition.getAsBoolean();
            return met || time.nanos >= nanoTime;
        }

        @Override
        protected boolean more() {
            return true;
        }
    }
}
