// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.primitives.WaitQueue;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A condition of a {@link SharedLock}: threads of several processes that have the lock wait until something in the
 * memory which it guards has become true. Python's {@code multiprocessing.Condition}, but no signal is lost with a
 * process that dies. Made by {@link SharedLock#newCondition()}. Within one process
 * {@link io.github.headway4j.primitives.Guarded} is faster and leaves less to do wrong.
 *
 * <p>Sent to another process, as a part of what is serialized there, the condition is the same one there, and so is its
 * {@linkplain #lock() lock}:
 *
 * <pre>{@code
 * try (Held held = full.lock().hold()) {
 *     full.awaitUntil(() -> count.get(0) > 0);
 *     count.set(0, count.get(0) - 1);
 * }
 * }</pre>
 *
 * <p><b>Threads and processes.</b> Any thread of any process that has the condition may wait and signal while it
 * holds the lock, which it has locked itself; otherwise each of these methods throws
 * {@link IllegalMonitorStateException} and does nothing. A {@link io.github.headway4j.primitives.Held} of the lock goes
 * on after a wait.
 *
 * <p><b>Ordering and fairness.</b> {@link #signal()} chooses the thread that has waited longest, {@link #signalAll()}
 * all that wait. A chosen thread waits for the lock once more, beside others.
 *
 * <p><b>No lost signals.</b> A thread that was chosen returns as signalled, also if its time ran out or it was
 * interrupted meanwhile (the interrupt stays pending then). <b>Spurious wake-ups</b>: none, but for a process that is
 * killed between two instructions while it passes a signal on; {@code awaitUntil} looks again in any case.
 *
 * <p><b>Death of a process.</b> Whoever waits in a process that dies is chosen by signals until its death is noticed;
 * these signals go on to the thread which had waited longest after it when they were sent, within about 20 ms. So does
 * the signal of a thread whose process is killed before it is back with the lock. Killed in the middle of an operation
 * while it holds the lock, a process leaves that {@linkplain SharedLock#wasAbandoned() abandoned}, and has signalled
 * or not.
 *
 * <p><b>Blocking and interruption.</b> As the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks} says. Each form returns with the lock held, also by an exception, and waits for the lock as long as it takes;
 * only if that object of the lock is closed meanwhile, the wait ends without it, by an {@link IllegalStateException},
 * and a signal that had chosen the thread goes on to another one.
 * {@code signal} and {@code signalAll} wait for nothing but an internal lock that is held for an instant. The JVM has
 * nothing to wake a thread of another process, so a waiting thread looks again and again: it is late by at most 1/16 of
 * the time that it has waited, or 5 ms.
 *
 * <p><b>Memory consistency.</b> That of the lock.
 *
 * <p><b>Observability.</b> {@link #toString()}; waiting threads show this object in thread dumps; a wait that sleeps
 * emits the JFR event {@code headway.SharedWait}.
 *
 * <p><b>Nulls and bounds.</b> Null arguments are refused with {@code NullPointerException}. At most
 * {@value WaiterTable#ROWS} threads of all processes wait at one time; for one more, {@code IllegalStateException} is
 * thrown, with the lock still held.
 *
 * <p><b>Complexity and footprint.</b> Four pages of 4096 bytes of shared memory. Waiting and signalling take time in
 * proportion to the largest number of threads that have waited at one time.
 *
 * @since 0.1
 */
public final class SharedCondition implements AutoCloseable, Serializable {
    /*
     * Parts. WaiterTable: who waits and who has been chosen, the steps that change it, and why a process that is killed
     * between two of them leaves it consistent. The table has a lock of its own: who leaves by time-out or interrupt, or
     * passes on a signal of the dead, must not take the user's lock away from those who need it, nor learn in their
     * place that it was abandoned.
     *
     *   await:   [user's lock held] table lock { enter }; unlock user's lock; look until chosen;
     *            if not chosen: table lock { leave, unless chosen now };  lock user's lock; if chosen: consume
     *   signal:  [user's lock held] table lock { choose }
     *
     * No lost signals. A waiter is in the table before the user's lock is free, so every signal sent later finds it. It
     * stays there as chosen until it has the user's lock again; a process that is killed before that leaves a row which
     * others find when they look (they do every 10 ms, and before they leave without a signal), and whose signal they
     * pass on. One that leaves without having been chosen frees its row under the table's lock, so that a signal either
     * comes before, and it has been chosen, or finds somebody else.
     *
     * Linearization points. signal: the write that chooses. await: the write that takes the row and, at the end, the one
     * that frees it.
     *
     * Closing. Waiters of this object leave with an exception, but they cannot free their rows any more; so the last
     * thread that uses the memory withdraws them (TableLock). A row may belong to somebody else from then on. A waiter that
     * takes a look before it has noticed may hence believe to have been chosen, but not leave as such.
     *
     * Crashes. The table's lock is taken over from a dead holder (SharedLock), and the table needs no repair.
     */

    private static final long serialVersionUID = 1L;

    /** How often a thread that waits asks the system whether one that was chosen is dead. */
    private static final long EXAMINATION_NANOS = 10_000_000L;

    private final SharedLock lock;
    private final SharedMemory memory;

    private final transient TableLock tableLock;
    private final transient WaiterTable table;

    /** The rows of this object's waiters. */
    private final transient Set<Integer> rows = ConcurrentHashMap.newKeySet();

    private SharedCondition(SharedLock lock, SharedMemory memory) {
        this.lock = lock;
        this.memory = memory;
        WaiterTable waiters = new WaiterTable(memory.longs(), ProcessIdentity.own(), ProcessIdentity::isAlive);
        this.table = waiters;
        this.tableLock = new TableLock(memory, () -> rows.forEach(waiters::withdraw));
    }

    /** A condition of the given lock, for which nobody waits. */
    static SharedCondition of(SharedLock lock) throws IOException {
        return new SharedCondition(lock, SharedMemory.create(WaiterTable.BYTES));
    }

    private Object readResolve() {
        return new SharedCondition(lock, memory);
    }

    /**
     * The lock that is held to wait and to signal.
     *
     * @return the lock
     */
    public SharedLock lock() {
        return lock;
    }

    // ---- waiting for a signal ----

    /**
     * Gives the lock up, waits for a signal, and returns with the lock.
     *
     * @throws InterruptedException if the thread is interrupted before a signal has chosen it, also when it already was
     *     on entry
     * @throws IllegalMonitorStateException if the calling thread does not hold the lock
     * @throws IllegalStateException if too many threads wait
     */
    public void await() throws InterruptedException {
        awaitNanos(Long.MAX_VALUE);
    }

    /**
     * Gives the lock up, waits at most the given time for a signal, and returns with the lock.
     *
     * @param timeout the longest wait for a signal; zero or negative means to look once, with the lock given up meanwhile
     * @return true if a signal chose this thread; false if the time ran out
     * @throws InterruptedException if the thread is interrupted before a signal has chosen it, also when it already was
     *     on entry
     * @throws IllegalMonitorStateException if the calling thread does not hold the lock
     * @throws IllegalStateException if too many threads wait
     */
    public boolean await(Duration timeout) throws InterruptedException {
        return awaitNanos(WaitQueue.saturatedNanos(timeout));
    }

    private boolean awaitNanos(long nanos) throws InterruptedException {
        checkHeld();
        throwIfInterrupted();
        Visit visit = new Visit();
        visit.begin();
        InterruptedException interrupted = null;
        try {
            SharedWait.until(visit, this, nanos);
        } catch (InterruptedException e) {
            interrupted = e;
        } finally {
            visit.end();
        }
        if (interrupted != null) {
            if (!visit.chosen) {
                throw interrupted;
            }
            Thread.currentThread().interrupt();
        }
        return visit.chosen;
    }

    /**
     * Gives the lock up, waits for a signal however long it takes, and returns with the lock. An interrupt stays
     * pending.
     *
     * @throws IllegalMonitorStateException if the calling thread does not hold the lock
     * @throws IllegalStateException if too many threads wait
     */
    public void awaitUninterruptibly() {
        checkHeld();
        Visit visit = new Visit();
        visit.begin();
        try {
            SharedWait.untilUninterruptibly(visit, this);
        } finally {
            visit.end();
        }
    }

    // ---- waiting for something to be true ----

    /**
     * Waits for signals until the given condition holds. It is asked with the lock held, first on entry.
     *
     * @param condition what is waited for; what it throws is thrown, with the lock held
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry
     * @throws IllegalMonitorStateException if the calling thread does not hold the lock
     * @throws IllegalStateException if too many threads wait
     */
    public void awaitUntil(BooleanSupplier condition) throws InterruptedException {
        Objects.requireNonNull(condition, "condition");
        checkHeld();
        throwIfInterrupted();
        while (!condition.getAsBoolean()) {
            await();
        }
    }

    /**
     * Waits for signals at most the given time until the given condition holds. It is asked with the lock held, first on
     * entry and at last when the time is over.
     *
     * @param condition what is waited for; what it throws is thrown, with the lock held
     * @param timeout the longest wait; zero or negative means to ask once
     * @return what the condition said last
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry
     * @throws IllegalMonitorStateException if the calling thread does not hold the lock
     * @throws IllegalStateException if too many threads wait
     */
    public boolean awaitUntil(BooleanSupplier condition, Duration timeout) throws InterruptedException {
        Objects.requireNonNull(condition, "condition");
        long nanos = WaitQueue.saturatedNanos(timeout);
        checkHeld();
        throwIfInterrupted();
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            long left = nanos - (System.nanoTime() - start);
            if (nanos <= 0L || left <= 0L) {
                return false;
            }
            awaitNanos(left);
        }
        return true;
    }

    /**
     * Waits for signals, however long it takes, until the given condition holds. It is asked with the lock held, first
     * on entry. An interrupt stays pending.
     *
     * @param condition what is waited for; what it throws is thrown, with the lock held
     * @throws IllegalMonitorStateException if the calling thread does not hold the lock
     * @throws IllegalStateException if too many threads wait
     */
    public void awaitUntilUninterruptibly(BooleanSupplier condition) {
        Objects.requireNonNull(condition, "condition");
        checkHeld();
        while (!condition.getAsBoolean()) {
            awaitUninterruptibly();
        }
    }

    // ---- signalling ----

    /**
     * Chooses the thread that has waited longest, if any waits. It goes on when it has got the lock.
     *
     * @throws IllegalMonitorStateException if the calling thread does not hold the lock
     */
    public void signal() {
        checkHeld();
        tableLock.lock();
        try {
            table.signal();
        } finally {
            tableLock.unlock();
        }
    }

    /**
     * Chooses all threads that wait. They go on one by one, as they get the lock.
     *
     * @throws IllegalMonitorStateException if the calling thread does not hold the lock
     */
    public void signalAll() {
        checkHeld();
        tableLock.lock();
        try {
            table.signalAll();
        } finally {
            tableLock.unlock();
        }
    }

    // ---- the rest ----

    /**
     * The number of threads of all processes that wait and have not been chosen by a signal. Those of dead processes
     * count until their death is noticed.
     *
     * @return the number at some moment during the call
     */
    public int waiting() {
        tableLock.lock();
        try {
            return table.waiting();
        } finally {
            tableLock.unlock();
        }
    }

    /**
     * Gives this process's part of the shared memory back, after which the other methods throw
     * {@link IllegalStateException} in this process, also those that wait; signals that had chosen them go on to others.
     * Leaves the lock alone. Closing again does nothing. Closed by the
     * process that created it, the condition can no longer be sent to others; those that have it go on.
     */
    @Override
    public void close() {
        tableLock.close();
    }

    /** The number of waiters and the lock, in one line; waits for nothing, so it may be out of date. */
    @Override
    public String toString() {
        String now;
        try {
            now = table.waiting() + " waiting";
        } catch (IllegalStateException closed) {
            now = "closed";
        }
        return "SharedCondition[" + now + "] of " + lock;
    }

    /** Where the lock and the table are; for tests. */
    SharedMemory memory() {
        return memory;
    }

    private void checkHeld() {
        if (!lock.core().isHeldByThisThread()) {
            throw new IllegalMonitorStateException("expected the calling thread to hold " + lock);
        }
    }

    /** Frees the rows of dead processes which signals had chosen, and passes these on, as far as there are any. */
    private void passOn() {
        bury(table.deadAmongChosen());
    }

    private void bury(long[] dead) {
        if (dead.length > 0) {
            tableLock.lock();
            try {
                table.bury(dead);
            } finally {
                tableLock.unlock();
            }
        }
    }

    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** One wait of one thread. As a supplier: whether it has been chosen. */
    private final class Visit implements BooleanSupplier {
        private int row;
        private LockCore.@Nullable Resumed later;
        private long examined = System.nanoTime();
        private boolean chosen;

        /** Enters the table, then gives the lock up. */
        void begin() {
            row = enter();
            if (row < 0) {
                bury(table.dead());
                row = enter();
            }
            if (row < 0) {
                throw new IllegalStateException(WaiterTable.ROWS + " threads wait for " + SharedCondition.this
                        + "; expected at most so many, this one included");
            }
            try {
                later = lock.suspend();
            } finally {
                if (later == null) { // somebody else of this process has unlocked meanwhile
                    withdraw();
                }
            }
        }

        @Override
        public boolean getAsBoolean() {
            if (!table.isChosen(row)) {
                long now = System.nanoTime();
                if (now - examined < EXAMINATION_NANOS) {
                    return false;
                }
                examined = now;
                passOn();
            }
            return table.isChosen(row);
        }

        /** Leaves the table and comes back with the lock, whatever has ended the wait. */
        void end() {
            try {
                if (!table.isChosen(row)) {
                    passOn(); // possibly to this thread
                }
            } finally {
                try {
                    chosen = leave();
                } finally {
                    comeBack();
                }
                if (chosen) {
                    consume();
                }
            }
        }

        /** Takes the user's lock. If that is closed, a signal that has chosen this thread goes on to another one. */
        private void comeBack() {
            boolean back = false;
            try {
                lock.resume(Objects.requireNonNull(later));
                back = true;
            } finally {
                if (!back && chosen) {
                    withdraw();
                }
            }
        }

        private int enter() {
            tableLock.lock();
            try {
                int free = table.enter();
                if (free >= 0) {
                    rows.add(free);
                }
                return free;
            } finally {
                tableLock.unlock();
            }
        }

        /** Whether it has been chosen; otherwise it has left. */
        private boolean leave() {
            tableLock.lock();
            try {
                boolean stays = table.leave(row);
                if (!stays) {
                    rows.remove(row);
                }
                return stays;
            } finally {
                tableLock.unlock();
            }
        }

        /** Leaves with the signal, back with the user's lock. */
        private void consume() {
            tableLock.begin();
            try {
                table.consume(row);
                rows.remove(row);
            } finally {
                tableLock.end();
            }
        }

        private void withdraw() {
            tableLock.lock();
            try {
                table.withdraw(row);
                rows.remove(row);
            } finally {
                tableLock.unlock();
            }
        }
    }
}
