// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * A mutual exclusion lock that belongs to nobody: Python's {@code threading.Lock}. Use it where one thread locks and
 * another unlocks, or where a thread must not enter twice, or for {@code try (var held = mutex.hold())}. Where a thread
 * that holds the lock has to lock it again, use {@link java.util.concurrent.locks.ReentrantLock}, through
 * {@link Locks#of} if a {@link Held} is wanted; for more than one permit use {@link BoundedSemaphore}.
 *
 * <p><b>Threads.</b> Any thread may lock, and any thread may unlock, whoever locked. A thread that locks a mutex which
 * it holds already waits for ever, or until somebody else unlocks. Unlocking a free mutex is an
 * {@link IllegalStateException} and changes nothing. A {@link Held} gives back its own hold only: closing it after the
 * mutex has been unlocked otherwise does nothing, even if somebody else holds the mutex by then. Closing it from another
 * thread while its own thread waits for a condition does nothing either.
 *
 * <p><b>Ordering and fairness.</b> Barging: a newcomer may get the mutex before threads that wait. Waiters are woken in
 * the order of arrival. Where every thread must get its turn, use {@link BoundedSemaphore#fair}{@code (1)}.
 *
 * <p><b>Blocking and interruption.</b> As the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks} says. {@link #lock()} and {@link #hold()} are uninterruptible.
 *
 * <p><b>Progress.</b> {@code tryLock}, {@code tryHold}, {@code unlock} and {@code Held.close} are lock-free and never
 * wait.
 *
 * <p><b>Memory consistency.</b> Actions before an unlock happen-before actions after the next successful lock.
 *
 * <p><b>Observability.</b> {@link #toString()} tells state, owner and number of waiters. Waiting threads show this
 * object in thread dumps, and the virtual machine's deadlock detector
 * ({@code ThreadMXBean.findDeadlockedThreads()}, {@code jstack}) knows who holds it, as long as
 * owner and waiters are platform threads. A wait that parks emits the JFR event {@code headway.MutexWait}.
 *
 * <p><b>Complexity and footprint.</b> 48 bytes; a {@link WaitQueue} once a thread had to wait, and one waiter per
 * thread that waits. A {@code Held} that does not escape costs no allocation once compiled.
 *
 * @since 0.1
 */
public final class Mutex extends AbstractOwnableSynchronizer implements Lock, Holdable {
    /*
     * State. A count of the locks and unlocks so far: odd while locked, even while free. The odd value is the number of
     * the hold, and a Held remembers it; so giving back is one compareAndSet(n, n + 1), which fails for ever once the
     * hold is over. A thread that waits for a condition comes back under a new number; resumed says whose hold that
     * continues. After 2^63 locks the count wraps around, which is 292 years of one lock per nanosecond.
     *
     * Linearization points. Lock: the successful compareAndSet from even to odd. Unlock: that from odd to even.
     *
     * Lost wake-ups. See WaitQueue: unlock writes the state, then signals; attempt and more read the state. A thread
     * that finds no queue to signal does so before the first waiter has made it, hence before that waiter's attempt.
     *
     * Access modes. state: volatile reads and compareAndSet. nextFree, readsFirst: plain hints, checked by
     * compareAndSet. resumed: volatile; the number in it never comes again, so a stale one ends nobody's hold. The
     * owner (in the superclass, plain) is written by the thread that has locked, and cleared before the mutex is
     * unlocked; it is for people, dumps and the check of misuse by conditions, never for deciding who may enter.
     */

    private static final long serialVersionUID = 1L;

    /** No hold: an even number. */
    private static final long NONE = 0L;

    /** Under contention a wrong guess costs a write to a busy cache line; so many reads make that rare. */
    private static final int READS_AFTER_A_MISS = 128;

    private static final VarHandle STATE;
    private static final VarHandle QUEUE;
    private static final VarHandle RESUMED;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Mutex.class, "state", long.class);
            QUEUE = MethodHandles.lookup().findVarHandle(Mutex.class, "queue", WaitQueue.class);
            RESUMED = MethodHandles.lookup().findVarHandle(Mutex.class, "resumed", Resumed.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final transient Parker parker;

    private transient volatile long state;

    /**
     * A guess at the state when the mutex is free next: plain, written by the holder, possibly stale or torn. Comparing
     * with a guess instead of reading the state first saves the wait for a word that was just written, a sixth of an
     * uncontended lock and unlock. Always even, so a guess that comes true means free.
     */
    private transient long nextFree;

    /** How often to read the state before guessing again, because threads contend. Plain, approximate. */
    private transient int readsFirst;

    /** The hold that came back from a condition last; tells what its {@code Held} is to give back. */
    private transient volatile @Nullable Resumed resumed;

    /** Made by the first thread that has to wait, so that a mutex which nobody waits for stays small and fast. */
    private transient volatile @Nullable WaitQueue queue;

    /** A free mutex. */
    public Mutex() {
        this(Parker.system());
    }

    /**
     * A free mutex whose threads sleep in the given way.
     *
     * @param parker how threads sleep
     */
    public Mutex(Parker parker) {
        this.parker = Objects.requireNonNull(parker, "parker");
    }

    // ---- try ----

    /** {@inheritDoc} Does not look at the interrupt status. */
    @Override
    public boolean tryLock() {
        return take() != NONE;
    }

    @Override
    public @Nullable Held tryHold() {
        return heldOrNull(take());
    }

    // ---- blocking ----

    /** Waits, however long it takes, until the mutex is free, and locks it. An interrupt stays pending. */
    @Override
    public void lock() {
        takeOrWait();
    }

    /**
     * Waits until the mutex is free or the thread is interrupted, and locks it.
     *
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; not locked then
     */
    @Override
    public void lockInterruptibly() throws InterruptedException {
        takeOrWaitInterruptibly();
    }

    @Override
    public Held hold() {
        return new Hold(this, takeOrWait());
    }

    @Override
    public Held holdInterruptibly() throws InterruptedException {
        return new Hold(this, takeOrWaitInterruptibly());
    }

    private long takeOrWait() {
        long hold = take();
        if (hold == NONE) {
            Locking locking = new Locking(this);
            queue().awaitUninterruptibly(locking);
            hold = locking.hold;
        }
        return hold;
    }

    private long takeOrWaitInterruptibly() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long hold = take();
        if (hold == NONE) {
            Locking locking = new Locking(this);
            queue().await(locking);
            hold = locking.hold;
        }
        return hold;
    }

    // ---- timed ----

    /**
     * Waits at most the given time until the mutex is free, and locks it.
     *
     * @param timeout the longest wait; zero or negative means to try once
     * @return true if locked, false if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; not locked then
     */
    public boolean tryLock(Duration timeout) throws InterruptedException {
        return takeOrWait(WaitQueue.saturatedNanos(timeout)) != NONE;
    }

    /** {@inheritDoc} Zero or negative means to try once. */
    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        return takeOrWait(unit.toNanos(time)) != NONE;
    }

    @Override
    public @Nullable Held tryHold(Duration timeout) throws InterruptedException {
        return heldOrNull(takeOrWait(WaitQueue.saturatedNanos(timeout)));
    }

    private long takeOrWait(long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long hold = take();
        if (hold == NONE && nanos > 0L) {
            Locking locking = new Locking(this);
            queue().await(locking, nanos);
            hold = locking.hold;
        }
        return hold;
    }

    // ---- giving back ----

    /**
     * Frees the mutex, whoever locked it.
     *
     * @throws IllegalStateException if the mutex is free; it stays so
     */
    @Override
    public void unlock() {
        if (giveBack(nextFree - 1L)) { // the number of the present hold, if the guess is right
            return;
        }
        long s = state;
        if (isFree(s) || !giveBack(s)) {
            throw new IllegalStateException("unlock of a mutex that is free; expected it to be locked");
        }
    }

    /** A condition of this mutex; see {@link MutexCondition}. */
    @Override
    public Condition newCondition() {
        return new MutexCondition(this, parker);
    }

    // ---- queries ----

    /**
     * Whether somebody holds the mutex.
     *
     * @return true if locked at some moment during the call
     */
    public boolean isLocked() {
        return !isFree(state);
    }

    /**
     * The thread that locked the mutex. For people and diagnostics: the holder registers right after it has locked, so
     * for an instant a locked mutex has no owner. Where a hold is ended by another thread than the one that took it, or
     * a hold that is over is closed once more, the owner of the next hold may be missing or wrong.
     *
     * @return the thread that locked, or null if the mutex is free
     */
    public @Nullable Thread owner() {
        return isLocked() ? getExclusiveOwnerThread() : null;
    }

    /**
     * The number of threads that wait for the mutex.
     *
     * @return the number at some moment during the call
     */
    public int waiting() {
        WaitQueue q = queue;
        return q == null ? 0 : q.waiting();
    }

    /** State, owner and number of waiters, in one line. */
    @Override
    public String toString() {
        Thread owner = getExclusiveOwnerThread();
        String held = isLocked() ? (owner == null ? "locked" : "locked by " + owner) : "unlocked";
        return "Mutex@" + Integer.toHexString(System.identityHashCode(this)) + "[" + held + ", " + waiting()
                + " waiting]";
    }

    // ---- the state word ----

    private static boolean isFree(long s) {
        return (s & 1L) == 0L;
    }

    /** Locks if free: the number of the hold, or NONE. */
    private long take() {
        int reads = readsFirst;
        long free = nextFree;
        if (reads > 0 || !STATE.compareAndSet(this, free, free + 1L)) {
            readsFirst = reads > 0 ? reads - 1 : READS_AFTER_A_MISS;
            free = state;
            if (!isFree(free) || !STATE.compareAndSet(this, free, free + 1L)) {
                return NONE;
            }
        }
        nextFree = free + 2L;
        setExclusiveOwnerThread(Thread.currentThread());
        return free + 1L;
    }

    /** As take, for those who expect to fail: looks before it writes. */
    private long takeIfFree() {
        return isFree(state) ? take() : NONE;
    }

    private @Nullable Held heldOrNull(long hold) {
        if (hold == NONE) {
            return null;
        }
        try {
            return new Hold(this, hold);
        } catch (Throwable failure) { // running out of memory must not leave the mutex locked
            giveBack(hold);
            throw failure;
        }
    }

    private WaitQueue queue() {
        WaitQueue q = queue;
        if (q == null) {
            q = WaitQueue.barging(this, parker);
            if (!QUEUE.compareAndSet(this, null, q)) {
                q = Objects.requireNonNull(queue);
            }
        }
        return q;
    }

    /** Gives back the hold with the given number, or what it has become. False if it is over already. */
    private boolean giveBack(long hold) {
        if (end(hold)) {
            return true;
        }
        Resumed r = resumed;
        return r != null && r.hold == hold && end(r.number);
    }

    /** Frees the mutex if the state is the given odd number. */
    private boolean end(long number) {
        if (getExclusiveOwnerThread() == Thread.currentThread() || state == number) {
            setExclusiveOwnerThread(null); // before the next owner can register
        }
        if (STATE.compareAndSet(this, number, number + 1L)) {
            WaitQueue q = queue;
            if (q != null) {
                q.signal();
            }
            return true;
        }
        return false;
    }

    // ---- for conditions ----

    /** Frees the mutex, which the calling thread holds. All that coming back may need is made before. */
    Suspended suspend() {
        long number = state;
        Resumed r = resumed;
        Suspended suspended = new Suspended(this, r != null && r.number == number ? r.hold : number);
        queue();
        unlock();
        return suspended;
    }

    /** Locks again, as the hold that was suspended. Needs no memory, so that nobody goes on without the lock. */
    void resume(Suspended suspended) {
        Resumed r = suspended.resumed;
        r.number = take();
        if (r.number == NONE) {
            queue().awaitUninterruptibly(suspended.locking);
            r.number = suspended.locking.hold;
        }
        for (Resumed last = resumed; last == null || last.number < r.number; last = resumed) {
            if (RESUMED.compareAndSet(this, last, r)) {
                return;
            }
        }
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException(Mutex.class.getName() + ": a lock cannot leave its process");
    }

    /** A hold that waited for a condition: the number that it began with, and the number that it goes on with. */
    private static final class Resumed {
        private final long hold;
        private long number; // written before the object is published

        Resumed(long hold) {
            this.hold = hold;
        }
    }

    /** A hold while its thread waits for a condition. */
    static final class Suspended {
        private final Resumed resumed;
        private final Locking locking;

        private Suspended(Mutex mutex, long hold) {
            resumed = new Resumed(hold);
            locking = new Locking(mutex);
        }
    }

    /** One hold: the number that the state had. Immutable, so the compiler can do without the object. */
    private static final class Hold implements Held {
        private final Mutex mutex;
        private final long number;

        Hold(Mutex mutex, long number) {
            this.mutex = mutex;
            this.number = number;
        }

        @Override
        public void close() {
            mutex.giveBack(number);
        }

        @Override
        public String toString() {
            return "hold on " + mutex;
        }
    }

    /** A thread that waits for the mutex. */
    private static final class Locking extends WaitQueue.Waiter {
        private final Mutex mutex;
        private long hold = NONE;
        private @Nullable Object event;

        Locking(Mutex mutex) {
            this.mutex = mutex;
        }

        @Override
        protected boolean attempt() {
            hold = mutex.takeIfFree();
            return hold != NONE;
        }

        @Override
        protected boolean more() {
            return !mutex.isLocked();
        }

        @Override
        protected void parking() {
            event = WaitEvents.beginMutexWait(mutex);
        }

        @Override
        protected void parked(boolean success) {
            WaitEvents.endMutexWait(event, success);
        }
    }
}
