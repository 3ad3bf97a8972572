// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import org.jspecify.annotations.Nullable;

/**
 * A lock that lets its holder in again, as the superclass of things that are their own lock: thread dumps and the
 * virtual machine's deadlock detector then name the thing itself. Barging.
 *
 * <p>Subclasses enter by one of the three forms of {@code enter} and end each success of one with {@link #leave()}.
 * What they do before and after the outermost level ends, they put into {@link #release()}.
 *
 * <p>A hold must be closed by the thread that got it, in any order with its other holds.
 */
abstract class ReentrantHoldable extends AbstractOwnableSynchronizer implements Holdable {
    /*
     * State. FREE or TAKEN; the owner (in the superclass) and the number of levels are plain and belong to the thread
     * that has taken it. A thread that asks "am I the owner" reads the owner without holding: it can see itself only
     * while it holds, since it has cleared the field before it gave back, and nobody else ever writes this thread.
     *
     * Linearization points. Taking: the successful compareAndSet. Giving back: the volatile write of FREE.
     *
     * Lost wake-ups. See WaitQueue: free() writes the state, then signals; attempt and more read the state. A thread
     * that finds no queue to signal does so before the first waiter has made it, hence before that waiter's attempt.
     */

    private static final long serialVersionUID = 1L;

    private static final int FREE = 0;
    private static final int TAKEN = 1;

    private static final VarHandle STATE;
    private static final VarHandle QUEUE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(ReentrantHoldable.class, "state", int.class);
            QUEUE = MethodHandles.lookup().findVarHandle(ReentrantHoldable.class, "queue", WaitQueue.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final transient Parker parker;

    private transient volatile int state;

    /** How often the owner has entered and not left. Plain, owner only. */
    private transient int levels;

    /** Made by the first thread that has to wait, so that what nobody waits for stays small. */
    private transient volatile @Nullable WaitQueue queue;

    /** Free. */
    ReentrantHoldable(Parker parker) {
        this.parker = Objects.requireNonNull(parker, "parker");
    }

    // ---- holds ----

    @Override
    public Held hold() {
        Hold hold = new Hold(this); // first: running out of memory must not leave the lock taken
        enter();
        return hold;
    }

    @Override
    public Held holdInterruptibly() throws InterruptedException {
        Hold hold = new Hold(this);
        enterInterruptibly();
        return hold;
    }

    @Override
    public @Nullable Held tryHold() {
        Hold hold = new Hold(this);
        return takeOrReenter() ? hold : null;
    }

    @Override
    public @Nullable Held tryHold(Duration timeout) throws InterruptedException {
        Hold hold = new Hold(this);
        return enterWithin(WaitQueue.saturatedNanos(timeout)) ? hold : null;
    }

    // ---- for subclasses: entering and leaving ----

    /** Waits, however long it takes, and enters. An interrupt stays pending. */
    final void enter() {
        if (!takeOrReenter()) {
            queue().awaitUninterruptibly(new Entering(this));
        }
    }

    /** What a thread needs to enter again later, made now, since then there may be no memory for it. */
    final WayBack wayBack() {
        queue();
        return new WayBack(this);
    }

    /** As enter, for a thread that has freed this and comes back. */
    final void enter(WayBack back) {
        if (!takeOrReenter()) {
            queue().awaitUninterruptibly(back.entering);
        }
    }

    /** Waits until it can enter. A pending interrupt comes first, also for the holder. */
    final void enterInterruptibly() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!takeOrReenter()) {
            queue().await(new Entering(this));
        }
    }

    /** As enterInterruptibly, for at most that long. False if the time ran out. */
    final boolean enterWithin(long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return takeOrReenter() || (nanos > 0L && queue().await(new Entering(this), nanos));
    }

    /** Enters if that is possible at once: the first level only. */
    final boolean takeIfFree() {
        return state == FREE && take(Thread.currentThread());
    }

    /**
     * Ends a level of the calling thread, which holds. Does nothing if it does not, as after an error on its way back
     * from a wait: what somebody else holds by then is not its to give back.
     */
    final void leave() {
        if (!isMine()) {
            return;
        }
        if (levels == 1) {
            release();
        } else {
            levels--;
        }
    }

    /** Called instead of {@link #free()} when the outermost level ends. To be overridden; must not throw. */
    void release() {
        free();
    }

    /** Gives back, however many levels there are. */
    final void free() {
        levels = 0;
        setExclusiveOwnerThread(null); // before the next owner can register
        state = FREE;
        WaitQueue q = queue;
        if (q != null) {
            q.signal();
        }
    }

    /** The number of levels that the calling thread, which holds, would have to leave. */
    final int levels() {
        return levels;
    }

    /** The calling thread, which holds, has this many levels to leave from now on. */
    final void setLevels(int number) {
        levels = number;
    }

    // ---- for subclasses: queries ----

    /** Whether somebody holds this, for diagnosis. */
    final boolean isTaken() {
        return state != FREE;
    }

    final boolean isMine() {
        return getExclusiveOwnerThread() == Thread.currentThread();
    }

    /** Who holds this, for diagnosis: null if nobody, or if the one who does has not registered yet. */
    final @Nullable Thread owner() {
        return isTaken() ? getExclusiveOwnerThread() : null;
    }

    /** The number of threads that wait to enter. */
    final int entering() {
        WaitQueue q = queue;
        return q == null ? 0 : q.waiting();
    }

    /** Begins the event of a wait to enter that is about to park. Null if nobody records it. To be overridden. */
    @Nullable
    Object beginWait() {
        return null;
    }

    /** Ends the event. To be overridden. */
    void endWait(@Nullable Object event, boolean success) {}

    // ---- the lock ----

    private boolean takeOrReenter() {
        Thread current = Thread.currentThread();
        if (getExclusiveOwnerThread() == current) {
            if (levels == Integer.MAX_VALUE) {
                throw new IllegalStateException("held " + levels + " times by one thread; expected fewer");
            }
            levels++;
            return true;
        }
        return take(current);
    }

    private boolean take(Thread current) {
        if (!STATE.compareAndSet(this, FREE, TAKEN)) {
            return false;
        }
        setExclusiveOwnerThread(current);
        levels = 1;
        return true;
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

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException(getClass().getName() + ": a lock cannot leave its process");
    }

    /** One level, left once. */
    private static final class Hold implements BoundHeld {
        private final ReentrantHoldable lock;

        /** The thread that got it; null once closed. Written by that thread only; others look to be refused. */
        private @Nullable Thread thread = Thread.currentThread();

        Hold(ReentrantHoldable lock) {
            this.lock = lock;
        }

        @Override
        public void close() {
            if (thread == null) {
                return;
            }
            refuseStranger();
            thread = null;
            lock.leave();
        }

        @Override
        public void refuseStranger() {
            Thread t = thread;
            if (t != null && (t != Thread.currentThread() || !lock.isMine())) {
                throw new IllegalStateException("a hold of " + t + " on " + lock + " closed by "
                        + Thread.currentThread() + "; expected the thread that got it, while it holds");
            }
        }

        @Override
        public String toString() {
            return (thread == null ? "closed hold on " : "hold on ") + lock;
        }
    }

    /** All that entering may need. */
    static final class WayBack {
        private final Entering entering;

        private WayBack(ReentrantHoldable lock) {
            entering = new Entering(lock);
        }
    }

    /** A thread that waits to enter. */
    private static final class Entering extends WaitQueue.Waiter {
        private final ReentrantHoldable lock;
        private @Nullable Object event;

        Entering(ReentrantHoldable lock) {
            this.lock = lock;
        }

        @Override
        protected boolean attempt() {
            return lock.takeIfFree();
        }

        @Override
        protected boolean more() {
            return !lock.isTaken();
        }

        @Override
        protected void parking() {
            event = lock.beginWait();
        }

        @Override
        protected void parked(boolean success) {
            lock.endWait(event, success);
        }
    }
}
