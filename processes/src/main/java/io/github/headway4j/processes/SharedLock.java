// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.Holdable;
import io.github.headway4j.primitives.WaitQueue;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A mutual exclusion lock between processes that survives the death of its holder: Python's
 * {@code multiprocessing.Lock}, of which a killed process takes the key with it. Use it around what processes share in
 * {@link SharedMemory}; for threads of one process take {@link io.github.headway4j.primitives.Mutex}.
 *
 * <pre>{@code
 * try (SharedLock lock = SharedLock.create()) {
 *     ChildProcess child = ChildProcess.start(() -> {
 *         try (Held held = lock.hold()) {
 *             if (lock.wasAbandoned()) repair();
 *             change();
 *         }
 *     });
 *     child.join();
 * }
 * }</pre>
 *
 * <p><b>Threads and processes.</b> The lock belongs to a process: threads of several processes, and several threads of
 * one, exclude each other; any thread of the process that holds it may unlock. A thread that locks what it holds
 * already waits for ever, or until another one unlocks. Unlocking a lock that this process does not hold is an {@link
 * IllegalStateException} and changes nothing. A {@link Held} gives back its own hold only. Copies that were sent to
 * other processes, and several objects in one process, are the same lock.
 *
 * <p><b>A dead holder.</b> If the holding process ends without unlocking, be it by {@code kill -9}, the lock goes to
 * the next one that wants it, to exactly one; {@link #wasAbandoned()} tells that one that the state which the lock
 * guards may be half-written. Those who wait ask for the holder again and again, the next time after an eighth of their
 * wait so far, a millisecond to 50 ms; {@code tryLock} asks too, unless that was done less than a millisecond ago. A
 * holder that is stopped or hangs lives, and keeps the lock: it might go on at any moment. A pid that is used again is
 * not mistaken for the holder.
 *
 * <p><b>Ordering and fairness.</b> Barging. But a process that has waited for 10 ms asks the others to let it go first,
 * which they do for up to 10 ms each time; so none starves beside others that lock again and again. {@code tryLock()}
 * does not care who asks.
 *
 * <p><b>Blocking and interruption.</b> As the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks} says. {@link #lock()} and {@link #hold()} are uninterruptible. There is nothing in Java by which a process
 * could wake a thread of another that waits for a word of memory. So one thread of each waiting process looks again and
 * again: spinning for some microseconds, then with naps of a sixteenth of its wait so far, 20 microseconds to 5 ms; the
 * others are parked. A lock that is freed by another process is hence noticed late by so much, one that is freed by a
 * thread of the same process at once. When this object is {@linkplain #close() closed}, those who wait for it get an
 * {@code IllegalStateException}.
 *
 * <p><b>Progress.</b> {@code tryLock}, {@code tryHold} and {@code unlock} never wait.
 *
 * <p><b>Memory consistency.</b> Actions before an unlock happen-before actions after the next successful lock, in
 * whatever process; what a process that died had written is seen by the one that takes the lock over.
 *
 * <p><b>Observability.</b> {@link #toString()} tells state, holder and number of waiters here, and so does what waiting
 * threads show in thread dumps. A wait that naps emits the JFR event {@code headway.SharedWait}.
 *
 * <p><b>Complexity and footprint.</b> 16 bytes of shared memory, in a page of its own if the lock is made by {@link
 * #create()}, and a small object in each process. Lock and unlock cost four atomic operations and a volatile write if
 * nobody is in the way.
 *
 * @since 0.1
 */
public final class SharedLock implements Holdable, AutoCloseable, Serializable {
    /*
     * LockCore is the lock; this is one process's view of it through one SharedMemory object, which must stay reachable
     * while the words are used.
     */

    private static final long serialVersionUID = 1L;

    /** The number of bytes of shared memory that a lock takes. */
    public static final int BYTES = LockCore.BYTES;

    private final transient SharedMemory memory;
    private final transient int offset;

    /** Whether the memory is there for this lock alone. */
    private final transient boolean alone;

    private final transient LockCore core;

    private SharedLock(SharedMemory memory, int offset, boolean alone) {
        this.memory = memory;
        this.offset = offset;
        this.alone = alone;
        this.core = memory.lockAt(offset);
    }

    /**
     * Makes a lock, with memory of its own.
     *
     * @return a free lock; to be closed by the caller
     * @throws IOException if there is no room for it
     */
    public static SharedLock create() throws IOException {
        SharedMemory memory = SharedMemory.create(BYTES);
        try {
            return new SharedLock(memory, 0, true);
        } catch (Throwable failure) {
            memory.close();
            throw failure;
        }
    }

    /**
     * The lock at the given place of shared memory: the same for all who name the same place. Zeros are a free lock.
     * Its {@link #BYTES} bytes are not to be touched otherwise.
     *
     * @param memory the memory, which stays open as long as the lock is used
     * @param offset where the lock begins, in bytes: a multiple of 8
     * @return the lock
     */
    public static SharedLock at(SharedMemory memory, long offset) {
        return new SharedLock(memory, memory.wordOffset(offset, BYTES), false);
    }

    // ---- try ----

    /**
     * Locks if the lock is free, or its holder is dead. Does not look at the interrupt status.
     *
     * @return true if locked
     */
    public boolean tryLock() {
        return tryTake() != LockCore.NONE;
    }

    @Override
    public @Nullable Held tryHold() {
        return heldOrNull(tryTake());
    }

    private long tryTake() {
        memory.data();
        try {
            return core.tryTake();
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    // ---- blocking ----

    /** Waits, however long it takes, until the lock is free or its holder dead, and locks. Interrupts stay pending. */
    public void lock() {
        take();
    }

    /**
     * Waits until the lock is free, its holder dead, or the thread is interrupted, and locks.
     *
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; not locked then
     */
    public void lockInterruptibly() throws InterruptedException {
        takeInterruptibly();
    }

    @Override
    public Held hold() {
        return Objects.requireNonNull(heldOrNull(take()));
    }

    @Override
    public Held holdInterruptibly() throws InterruptedException {
        return Objects.requireNonNull(heldOrNull(takeInterruptibly()));
    }

    private long take() {
        memory.data();
        try {
            return core.take(memory);
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    private long takeInterruptibly() throws InterruptedException {
        memory.data();
        try {
            return core.takeInterruptibly(memory);
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    // ---- timed ----

    /**
     * Waits at most the given time until the lock is free or its holder dead, and locks.
     *
     * @param timeout the longest wait; zero or negative means to try once
     * @return true if locked, false if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; not locked then
     */
    public boolean tryLock(Duration timeout) throws InterruptedException {
        return take(WaitQueue.saturatedNanos(timeout)) != LockCore.NONE;
    }

    @Override
    public @Nullable Held tryHold(Duration timeout) throws InterruptedException {
        return heldOrNull(take(WaitQueue.saturatedNanos(timeout)));
    }

    private long take(long nanos) throws InterruptedException {
        memory.data();
        try {
            return core.take(memory, nanos);
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    // ---- giving back ----

    /**
     * Frees the lock, whichever thread of this process locked it.
     *
     * @throws IllegalStateException if this process does not hold the lock; nothing changes
     */
    public void unlock() {
        if (!core.release()) {
            throw new IllegalStateException("unlock of " + this + "; expected it to be locked by this process");
        }
        Reference.reachabilityFence(memory);
    }

    // ---- conditions ----

    /**
     * Makes a condition of this lock; see {@link SharedCondition}.
     *
     * @return a condition for which nobody waits; to be closed by the caller
     * @throws IOException if there is no room for it
     */
    public SharedCondition newCondition() throws IOException {
        return SharedCondition.of(this);
    }

    // ---- queries ----

    /**
     * Whether the holder of the lock took it over from a process that died holding it, so that the state which the lock
     * guards may be half-written. To be asked while this process holds the lock.
     *
     * @return true if the present hold is of this process and was a dead one's before
     */
    public boolean wasAbandoned() {
        return core.isAbandoned();
    }

    /**
     * Whether a process holds the lock. One that is dead holds it until another one takes it over.
     *
     * @return true if locked at some moment during the call
     */
    public boolean isLocked() {
        return holder() != ProcessIdentity.NONE;
    }

    /**
     * The process that holds the lock, dead or alive.
     *
     * @return its pid, or nothing if the lock is free
     */
    public OptionalLong holderPid() {
        long holder = holder();
        return holder == ProcessIdentity.NONE ? OptionalLong.empty() : OptionalLong.of(ProcessIdentity.pid(holder));
    }

    private long holder() {
        memory.data();
        try {
            return core.holder();
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    /**
     * The number of threads of this process that wait for the lock.
     *
     * @return the number at some moment during the call
     */
    public int waiting() {
        return core.waiting();
    }

    /**
     * Ends the use of this object; those of this process that wait through it get an {@code IllegalStateException}. If
     * this is the object that {@link #create()} made, the lock cannot be sent any more; those who have it go on. Does
     * nothing if closed already, or if the lock lives in memory that a user made: that is to be closed. A lock that is
     * held when it is closed stays so until it is unlocked, which can still be done, or this process ends.
     */
    @Override
    public void close() {
        if (alone) {
            memory.close();
        }
    }

    /** State, holder and number of waiters of this process, in one line. */
    @Override
    public String toString() {
        return core.toString();
    }

    // ---- for the others of this package ----

    /** What the threads of this process share of the lock. */
    LockCore core() {
        return core;
    }

    /** Unlocks for a wait, after which the hold goes on. */
    LockCore.Resumed suspend() {
        memory.data();
        LockCore.Resumed later = core.suspend();
        if (later == null) {
            throw new IllegalStateException("unlock of " + this + "; expected it to be locked by this process");
        }
        Reference.reachabilityFence(memory);
        return later;
    }

    /** Locks again, however long it takes, as the hold that was suspended: its {@code Held} gives it back. */
    void resume(LockCore.Resumed later) {
        memory.data();
        try {
            core.resume(later, memory);
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    private @Nullable Held heldOrNull(long hold) {
        if (hold == LockCore.NONE) {
            return null;
        }
        try {
            return new Hold(this, hold);
        } catch (Throwable failure) { // running out of memory must not leave the lock locked
            core.release(hold);
            throw failure;
        }
    }

    // ---- sending ----

    private Object writeReplace() {
        return new Sent(memory, offset, alone);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("expected the place of the lock");
    }

    /** What is sent: where the lock is. */
    private record Sent(SharedMemory memory, int offset, boolean alone) implements Serializable {
        private Object readResolve() {
            return new SharedLock(memory, memory.wordOffset(offset, BYTES), alone);
        }
    }

    /** One hold, known by its number. */
    private static final class Hold implements Held {
        private final SharedLock lock;
        private final long number;

        Hold(SharedLock lock, long number) {
            this.lock = lock;
            this.number = number;
        }

        @Override
        public void close() {
            lock.core.release(number);
            Reference.reachabilityFence(lock.memory);
        }

        @Override
        public String toString() {
            return "hold on " + lock;
        }
    }
}
