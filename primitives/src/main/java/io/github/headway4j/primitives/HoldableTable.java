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
 * One {@link PagedTable} after the other, in a variable that says at the same time who holds it. Superclass of
 * {@link LockedSet}; the part that waits.
 *
 * @param <E> the type of the elements
 */
abstract class HoldableTable<E extends Object> extends AbstractOwnableSynchronizer implements Holdable {
    /*
     * State. Free: the variable has a table, and who wants to change it compares and sets another. Held: it has a
     * HeldTable, which only its owner takes away; others read the table from before in it, the owner reads and writes
     * the one in its field current. Giving back sets the variable to that table, so all changes of a hold are seen at
     * once. A hold that has changed nothing puts back the table that was there; a writer that had read it and compares
     * only now may succeed, rightly, since nothing has happened in between.
     *
     * Linearization points. A change: the successful compareAndSet of root. Entering: that from a table to a HeldTable.
     * Leaving, and with it all changes of the hold: the write of root. Reading: the read of root.
     *
     * Lost wake-ups. See WaitQueue: leave writes root, then signals; attempt and more read root. A thread that finds no
     * queue to signal does so before the first waiter has made it, hence before that waiter's attempt.
     *
     * Access modes. root: volatile reads and writes, compareAndSet. HeldTable.current and levels: plain, touched by the
     * owner only, which recognises itself by HeldTable.owner, a final field: nobody else ever writes this thread there.
     * The owner in the superclass, plain, is for deadlock detection only.
     */

    private static final long serialVersionUID = 1L;

    private static final VarHandle ROOT;
    private static final VarHandle QUEUE;

    static {
        try {
            ROOT = MethodHandles.lookup().findVarHandle(HoldableTable.class, "root", PagedTable.class);
            QUEUE = MethodHandles.lookup().findVarHandle(HoldableTable.class, "queue", WaitQueue.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final transient Parker parker;

    private transient volatile PagedTable<E> root;

    /** Made by the first thread that has to wait, so that a set which nobody waits for stays small. */
    private transient volatile @Nullable WaitQueue queue;

    HoldableTable(PagedTable<E> table, Parker parker) {
        this.root = Objects.requireNonNull(table, "table");
        this.parker = Objects.requireNonNull(parker, "parker");
    }

    // ---- the table ----

    /** What the variable has: a table, or a {@link HeldTable} while somebody holds it. */
    final PagedTable<E> root() {
        return root;
    }

    /** The table as the calling thread is to see it. */
    final PagedTable<E> table() {
        PagedTable<E> r = root;
        return r instanceof HeldTable ? seen((HeldTable<E>) r) : r;
    }

    private static <E extends Object> PagedTable<E> seen(HeldTable<E> held) {
        return held.owner == Thread.currentThread() ? held.current : held.before;
    }

    /** Sets the next table if the variable still has the given one, which is free. */
    final boolean replace(PagedTable<E> free, PagedTable<E> next) {
        return ROOT.compareAndSet(this, free, next);
    }

    // ---- holding ----

    /** {@inheritDoc} The holder enters again, and gives back when it has closed all of its holds. */
    @Override
    public final Held hold() {
        return held(enter());
    }

    @Override
    public final Held holdInterruptibly() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        HeldTable<E> held = takeOrReenter();
        if (held == null) {
            HeldTable.Entering<E> entering = new HeldTable.Entering<>(this);
            queue().await(entering);
            held = Objects.requireNonNull(entering.held());
        }
        return held(held);
    }

    @Override
    public final @Nullable Held tryHold() {
        return heldOrNull(takeOrReenter());
    }

    @Override
    public final @Nullable Held tryHold(Duration timeout) throws InterruptedException {
        long nanos = WaitQueue.saturatedNanos(timeout);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        HeldTable<E> held = takeOrReenter();
        if (held == null && nanos > 0L) {
            HeldTable.Entering<E> entering = new HeldTable.Entering<>(this);
            queue().await(entering, nanos);
            held = entering.held();
        }
        return heldOrNull(held);
    }

    private @Nullable Held heldOrNull(@Nullable HeldTable<E> held) {
        return held == null ? null : held(held);
    }

    private Held held(HeldTable<E> held) {
        try {
            return new HeldTable.Hold<>(this, held);
        } catch (Throwable failure) { // running out of memory must not leave the table held
            leave(held);
            throw failure;
        }
    }

    /** Waits, however long it takes, until the calling thread holds the table, once more if it does already. */
    final HeldTable<E> enter() {
        HeldTable<E> held = takeOrReenter();
        if (held == null) {
            HeldTable.Entering<E> entering = new HeldTable.Entering<>(this);
            queue().awaitUninterruptibly(entering);
            held = Objects.requireNonNull(entering.held());
        }
        return held;
    }

    private @Nullable HeldTable<E> takeOrReenter() {
        PagedTable<E> r = root;
        if (r instanceof HeldTable && ((HeldTable<E>) r).owner == Thread.currentThread()) {
            HeldTable<E> mine = (HeldTable<E>) r;
            mine.levels++;
            return mine;
        }
        return takeIfFree();
    }

    /** Holds the table unless somebody does. */
    final @Nullable HeldTable<E> takeIfFree() {
        for (; ; ) {
            PagedTable<E> free = root;
            if (free instanceof HeldTable) {
                return null;
            }
            HeldTable<E> held = new HeldTable<>(free, Thread.currentThread());
            if (ROOT.compareAndSet(this, free, held)) {
                setExclusiveOwnerThread(held.owner);
                return held;
            }
        }
    }

    /** Ends one level of the calling thread's hold; the last one publishes what it has made of the table. */
    final void leave(HeldTable<E> held) {
        if (--held.levels == 0) {
            setExclusiveOwnerThread(null); // before the next owner can register
            root = held.current;
            WaitQueue q = queue;
            if (q != null) {
                q.signal();
            }
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

    // ---- queries ----

    /**
     * Whether some thread holds the set.
     *
     * @return true if held at some moment during the call
     */
    public final boolean isHeld() {
        return root instanceof HeldTable;
    }

    /**
     * The thread that holds the set.
     *
     * @return the holder at some moment during the call, or null if there was none
     */
    public final @Nullable Thread owner() {
        PagedTable<E> r = root;
        return r instanceof HeldTable ? ((HeldTable<E>) r).owner : null;
    }

    /**
     * The number of threads that wait to hold or to change the set.
     *
     * @return the number at some moment during the call
     */
    public final int waiting() {
        WaitQueue q = queue;
        return q == null ? 0 : q.waiting();
    }

    /** State, owner and number of waiters, in one line. */
    final String describe() {
        PagedTable<E> r = root;
        return getClass().getSimpleName() + "@" + Integer.toHexString(System.identityHashCode(this)) + "["
                + (r instanceof HeldTable ? "held by " + ((HeldTable<E>) r).owner : "free") + ", " + r.size
                + (r.size == 1 ? " element, " : " elements, ") + waiting() + " waiting]";
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException(getClass().getName() + ": a lock cannot leave its process; a snapshot can");
    }
}
