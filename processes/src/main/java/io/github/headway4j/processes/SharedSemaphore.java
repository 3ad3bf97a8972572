// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.Holdable;
import io.github.headway4j.primitives.WaitQueue;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A semaphore between processes that knows how many permits there are: Python's {@code
 * multiprocessing.BoundedSemaphore}, but the permits of a process that dies come back. Use it to let at most so many
 * threads of several processes into something at once. Within one process
 * {@link io.github.headway4j.primitives.BoundedSemaphore} is many times faster.
 *
 * <p>Sent to another process, as a part of what is serialized there, the semaphore is the same one there:
 *
 * <pre>{@code
 * SharedSemaphore seats = SharedSemaphore.create(2);
 * ChildProcess child = ChildProcess.start(() -> {
 *     try (Held seat = seats.hold()) {
 *         work();
 *     }
 * });
 * }</pre>
 *
 * <p><b>Threads and processes.</b> Any thread of any process that has the semaphore may acquire, and may release what
 * another has acquired. A release gives back what its own process has, and only if that is too little what others have.
 *
 * <p><b>Death of a process.</b> Permits belong to the process that acquired them. When it is dead, however it died and in
 * the middle of whatever, they are available to the next thread that finds too few: at once in the {@code try} forms,
 * within about 20 ms in those that wait already. A process that is killed in the middle of an operation has acquired all
 * or nothing. Killed while it releases several permits of which another process has some, it may have released a part.
 *
 * <p><b>Ordering and fairness.</b> Barging: any thread may take permits before those that wait longer, and requests for
 * few before those for many.
 *
 * <p><b>Blocking and interruption.</b> As the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks} says: {@code acquire} and {@code holdInterruptibly} end by success or interrupt, the timed forms also by
 * time-out, {@code acquireUninterruptibly} and {@code hold} by success only; {@code try} forms without a time, and
 * {@code release}, wait for nothing but an internal lock that is held for an instant. A process that is stopped (as by
 * {@code SIGSTOP}) while it has that lock holds up the others until it goes on or is killed. The JVM has nothing to wake
 * a thread of another process, so a waiting thread looks again and again: it is late by at most 1/16 of the time that it
 * has waited, or 5 ms.
 *
 * <p><b>Memory consistency.</b> What a thread writes to shared memory before a release is seen by threads of any process
 * after an acquire that succeeds later. Within one process, actions before a release happen-before those after such an
 * acquire.
 *
 * <p><b>Observability.</b> {@link #toString()}; waiting threads show this object in thread dumps; a wait that sleeps
 * emits the JFR event {@code headway.SharedWait}.
 *
 * <p><b>Nulls and bounds.</b> Null arguments are refused with {@code NullPointerException}. Bounds are at least 1,
 * numbers of permits at least 1 and at most the bound. At most {@value PermitTable#ROWS} processes can have permits at
 * one time; an acquire that would need one more throws {@code IllegalStateException}.
 *
 * <p><b>Complexity and footprint.</b> A page of 4096 bytes of shared memory. An operation takes time in proportion to
 * the number of processes that have permits.
 *
 * @since 0.1
 */
public final class SharedSemaphore implements Holdable, AutoCloseable, Serializable {
    /*
     * Parts. PermitTable: who has how many, the steps that change it, and why a process that is killed between two of
     * them leaves it consistent. This class: one process at a time changes the table, and threads wait.
     *
     * Why not simpler. With a mere count of what is available nobody could tell, after a process has died, how many
     * were its.
     *
     * Linearization points. acquire: the write that raises the count of the process's row. release: the write that
     * lowers a count; for several rows the last one, before which a part is available. A try that fails, and
     * availablePermits: the moment at which the lock was got last. Death: the write that strips a row; nobody was
     * refused for permits of the dead since the lock was got, as a refusal comes after a look at who is dead.
     *
     * Lost wake-ups. None, since nobody is woken: threads that wait look at the table, and a release changes it.
     *
     * Crashes. The lock is taken over from a dead holder (SharedLock), and the table needs no repair. A close waits for
     * the threads of this process that have the lock (TableLock).
     *
     * The dead are looked for without the lock, as that takes a system call each; under it their rows are looked up by
     * identity again. An identity is never used by two processes, so who was found dead stays dead.
     */

    private static final long serialVersionUID = 1L;

    /** How often a thread that waits asks the system who is dead: seldom, as this costs as much as a hundred looks. */
    private static final long EXAMINATION_NANOS = 10_000_000L;

    private final SharedMemory memory;
    private final int bound;

    private final transient TableLock lock;
    private final transient PermitTable table;

    private SharedSemaphore(SharedMemory memory, int bound) {
        this.memory = memory;
        this.bound = bound;
        this.lock = new TableLock(memory, null);
        this.table = new PermitTable(memory.longs(), bound, ProcessIdentity.own(), ProcessIdentity::isAlive);
    }

    /**
     * A semaphore with all permits available.
     *
     * @param bound the number of permits
     * @return a new semaphore; closing it, or the end of this process, takes it from processes that do not have it yet
     * @throws IllegalArgumentException unless the bound is positive
     * @throws IOException if there is no room for it
     */
    public static SharedSemaphore create(int bound) throws IOException {
        if (bound < 1) {
            throw new IllegalArgumentException("bound is " + bound + "; expected at least 1");
        }
        return new SharedSemaphore(SharedMemory.create(PermitTable.BYTES), bound);
    }

    private Object readResolve() {
        return new SharedSemaphore(memory, bound);
    }

    // ---- try ----

    /**
     * Takes a permit if that is possible without waiting. Does not look at the interrupt status.
     *
     * @return true if taken; false if living processes have them all
     */
    public boolean tryAcquire() {
        return take(1);
    }

    /**
     * Takes the given number of permits, or none, without waiting. Does not look at the interrupt status.
     *
     * @param permits how many
     * @return true if taken; false if living processes have too many
     * @throws IllegalArgumentException unless the number is positive and at most the bound
     */
    public boolean tryAcquire(int permits) {
        return take(checkPermits(permits));
    }

    // ---- blocking ----

    /**
     * Waits until a permit is available or the thread is interrupted, and takes it.
     *
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is taken
     */
    public void acquire() throws InterruptedException {
        acquire(1);
    }

    /**
     * Waits until the given number of permits is available or the thread is interrupted, and takes them all at once.
     *
     * @param permits how many
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is taken
     * @throws IllegalArgumentException unless the number is positive and at most the bound
     */
    public void acquire(int permits) throws InterruptedException {
        checkPermits(permits);
        throwIfInterrupted();
        if (!take(permits)) {
            SharedWait.until(new Attempt(permits), this);
        }
    }

    /** Waits, however long it takes, until a permit is available, and takes it. An interrupt stays pending. */
    public void acquireUninterruptibly() {
        acquireUninterruptibly(1);
    }

    /**
     * Waits, however long it takes, until the given number of permits is available, and takes them all at once. An
     * interrupt stays pending.
     *
     * @param permits how many
     * @throws IllegalArgumentException unless the number is positive and at most the bound
     */
    public void acquireUninterruptibly(int permits) {
        if (!take(checkPermits(permits))) {
            SharedWait.untilUninterruptibly(new Attempt(permits), this);
        }
    }

    // ---- timed ----

    /**
     * Waits at most the given time until a permit is available, and takes it.
     *
     * @param timeout the longest wait; zero or negative means to try once
     * @return true if taken, false if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is taken
     */
    public boolean tryAcquire(Duration timeout) throws InterruptedException {
        return tryAcquire(1, timeout);
    }

    /**
     * Waits at most the given time until the given number of permits is available, and takes them all at once.
     *
     * @param permits how many
     * @param timeout the longest wait; zero or negative means to try once
     * @return true if taken, false if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is taken
     * @throws IllegalArgumentException unless the number is positive and at most the bound
     */
    public boolean tryAcquire(int permits, Duration timeout) throws InterruptedException {
        checkPermits(permits);
        long nanos = WaitQueue.saturatedNanos(timeout);
        throwIfInterrupted();
        return take(permits) || (nanos > 0L && SharedWait.until(new Attempt(permits), this, nanos));
    }

    // ---- giving back ----

    /**
     * Gives one permit back.
     *
     * @throws IllegalStateException if all permits are in already; nothing changes
     */
    public void release() {
        release(1);
    }

    /**
     * Gives the given number of permits back, or none.
     *
     * @param permits how many
     * @throws IllegalStateException if fewer permits are out; nothing changes
     * @throws IllegalArgumentException unless the number is positive and at most the bound
     */
    public void release(int permits) {
        checkPermits(permits);
        lock.lock();
        try {
            table.giveBack(permits);
        } finally {
            lock.unlock();
        }
    }

    // ---- holds ----

    @Override
    public Held hold() {
        return hold(1);
    }

    /**
     * {@link #acquireUninterruptibly(int)} as a hold.
     *
     * @param permits how many
     * @return the hold on them
     * @throws IllegalArgumentException unless the number is positive and at most the bound
     */
    public Held hold(int permits) {
        Held hold = new SharedPermitHold(this, permits); // first: running out of memory must not cost permits
        acquireUninterruptibly(permits);
        return hold;
    }

    @Override
    public Held holdInterruptibly() throws InterruptedException {
        return holdInterruptibly(1);
    }

    /**
     * {@link #acquire(int)} as a hold.
     *
     * @param permits how many
     * @return the hold on them
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is held
     * @throws IllegalArgumentException unless the number is positive and at most the bound
     */
    public Held holdInterruptibly(int permits) throws InterruptedException {
        Held hold = new SharedPermitHold(this, permits);
        acquire(permits);
        return hold;
    }

    @Override
    public @Nullable Held tryHold() {
        return tryHold(1);
    }

    /**
     * {@link #tryAcquire(int)} as a hold.
     *
     * @param permits how many
     * @return the hold on them, or null if not taken
     * @throws IllegalArgumentException unless the number is positive and at most the bound
     */
    public @Nullable Held tryHold(int permits) {
        Held hold = new SharedPermitHold(this, permits);
        return tryAcquire(permits) ? hold : null;
    }

    @Override
    public @Nullable Held tryHold(Duration timeout) throws InterruptedException {
        return tryHold(1, timeout);
    }

    /**
     * {@link #tryAcquire(int, Duration)} as a hold.
     *
     * @param permits how many
     * @param timeout the longest wait; zero or negative means to try once
     * @return the hold on them, or null if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is held
     * @throws IllegalArgumentException unless the number is positive and at most the bound
     */
    public @Nullable Held tryHold(int permits, Duration timeout) throws InterruptedException {
        Held hold = new SharedPermitHold(this, permits);
        return tryAcquire(permits, timeout) ? hold : null;
    }

    // ---- queries ----

    /**
     * The number of permits that can be taken now. Permits of dead processes can.
     *
     * @return the number at some moment during the call
     */
    public int availablePermits() {
        strip();
        lock.lock();
        try {
            return (int) (bound - table.out());
        } finally {
            lock.unlock();
        }
    }

    /**
     * The number of permits that there are.
     *
     * @return the bound
     */
    public int bound() {
        return bound;
    }

    /**
     * Gives this process's part of the shared memory back, after which the other methods throw
     * {@link IllegalStateException} in this process. What this process has acquired stays acquired until its end.
     * Closing again does nothing. Closed by the process that created it, the semaphore can no longer be sent to others;
     * those that have it go on.
     */
    @Override
    public void close() {
        lock.close();
    }

    /** Bound, permits and how many of them this process has, in one line; waits for nothing, so it may be out of date. */
    @Override
    public String toString() {
        return "SharedSemaphore[" + figures() + "] in " + memory.name();
    }

    private String figures() {
        try {
            return Math.max(0L, bound - table.out()) + " of " + bound + " available, " + table.ownPermits()
                    + " with this process";
        } catch (IllegalStateException closed) {
            return "closed";
        }
    }

    // ---- taking ----

    /** Takes so many, those of dead processes too, or none. */
    private boolean take(int permits) {
        PermitTable.Taking taking = takeLocked(permits);
        if (taking != PermitTable.Taking.TAKEN && strip()) {
            taking = takeLocked(permits);
        }
        if (taking == PermitTable.Taking.NO_ROW) {
            throw new IllegalStateException(PermitTable.ROWS + " processes have permits of " + this
                    + "; expected at most so many, this process included");
        }
        return taking == PermitTable.Taking.TAKEN;
    }

    private PermitTable.Taking takeLocked(int permits) {
        lock.lock();
        try {
            return table.take(permits);
        } finally {
            lock.unlock();
        }
    }

    /** Makes available what dead processes have. True if that was anything. */
    private boolean strip() {
        long[] dead = table.deadHolders();
        if (dead.length == 0) {
            return false;
        }
        lock.lock();
        try {
            table.strip(dead);
            return true; // if not by this thread, then by another one
        } finally {
            lock.unlock();
        }
    }

    /** Where the lock and the table are; for tests. */
    SharedMemory memory() {
        return memory;
    }

    private int checkPermits(int permits) {
        if (permits < 1 || permits > bound) {
            throw new IllegalArgumentException(
                    "permits is " + permits + "; expected at least 1 and at most the bound, " + bound);
        }
        return permits;
    }

    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** A thread that waits for permits. */
    private final class Attempt implements BooleanSupplier {
        private final int permits;
        private long examined = System.nanoTime();

        Attempt(int permits) {
            this.permits = permits;
        }

        @Override
        public boolean getAsBoolean() {
            if (bound - table.out() >= permits) {
                return take(permits);
            }
            long now = System.nanoTime();
            if (now - examined < EXAMINATION_NANOS) {
                return false;
            }
            examined = now;
            return strip() && take(permits);
        }
    }
}
