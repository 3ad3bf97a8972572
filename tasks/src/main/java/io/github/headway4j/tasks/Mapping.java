// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.primitives.Parker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Workers that take items from a source and put results into a list, and the owner who takes them from there: what is
 * behind {@link TaskResults}.
 *
 * @param <A> the type of the items
 * @param <R> the type of the results
 */
final class Mapping<A extends @Nullable Object, R extends @Nullable Object> {
    /*
     * Model.
     *
     *   worker:  lock turn { wait for room; take an item; in order: append its slot }; apply the function;
     *            put the result into the slot; not in order: append the slot; wake the owner if it waits for this
     *   owner:   wait until the slot after the cursor is done, or nothing more will come; move the cursor there;
     *            delivered + 1; wake the worker that waits for room
     *
     * Why not simpler. A subtask for each item, as the JDK's mapConcurrent has it, costs a thread each, and who waits
     * for the first of n threads before it starts the next one has fewer than n at work. A queue of results has a lock
     * of its own; here the list is written by one thread at a time, and read by one.
     *
     * Invariants. (I1) taken - delivered <= ahead: taken is written under turn only, after a look at delivered, which
     * only grows. So neither items nor results pile up, and the source is asked for nothing there is no room for.
     * (I2) The source is used by one thread at a time, each after the other: under turn; and never again once it has
     * said that it is empty, or has thrown something. (I3) At most one thread waits for room, as it holds turn
     * meanwhile. (I4) A slot is done once, and is appended once. In order, the slot with index i is the one after i
     * others. (I5) A function that was given an item is called, however the scope fares: so what came before a failure
     * in the order of items is complete, unless it heeds the interrupt. (I6) A worker that ends while there are items
     * left has made stopped true; the scope is cancelled then or about to be. It does so before anything for which it
     * needs memory, such as keeping what the function has thrown: there may be none, and the owner would wait for ever.
     *
     * Linearization points. Taking an item: the return of next. A result is there: in order, the write of result; not
     * in order, the write of next. The end: the write of exhausted, or of stopped.
     *
     * Lost-wakeup argument. All accesses named here are volatile, hence in one total order. The owner writes awaited,
     * looks at the list, exhausted and stopped, and parks if it finds nothing; who writes one of these reads awaited
     * afterwards. So the owner sees the news, or is seen to wait. Who sees it resets awaited and alone unparks; the
     * owner looks again at what it was woken for, and writes awaited before it parks again. In order, a worker wakes
     * the owner only if it waits for the very index: for another one, the worker that has that index does, or, if it
     * fails, stop. A worker that waits for room writes roomWaiter and then reads delivered; the owner writes delivered
     * and then reads roomWaiter. If the scope is cancelled, the worker is interrupted.
     *
     * Interrupts. The function's call may end with the interrupt status set, by itself or by the scope. It is cleared
     * before the next item, and the scope asked afterwards whether it is cancelled, which it is before it interrupts.
     *
     * Access modes. awaited: volatile, compareAndSet. newest: in order under turn; otherwise getAndSet; by the owner
     * when all workers have ended. taken: written under turn, volatile. delivered: written by the owner, volatile.
     * cursor, finished, failure: of the owner. item of a slot: of its worker.
     *
     * References. The list of results in the order of completion is Dmitry Vyukov's queue for many producers and one
     * consumer.
     */

    /** In place of the index awaited: the owner does not wait. */
    private static final long NOBODY = -1L;

    private static final VarHandle AWAITED;
    private static final VarHandle NEWEST;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            AWAITED = lookup.findVarHandle(Mapping.class, "awaited", long.class);
            NEWEST = lookup.findVarHandle(Mapping.class, "newest", ResultSlot.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Object blocker;
    private final Thread owner = Thread.currentThread();
    private final Parker parker;
    private final Iterator<? extends A> source;
    private final Function<? super A, ? extends R> function;
    private final boolean ordered;
    private final int ahead;
    private final TaskScope<@Nullable Object, @Nullable Void> scope;
    private final Consumer<? super R> undelivered;
    private final @Nullable Consumer<? super Throwable> onUnseenFailure;

    /** Of the worker that takes an item. */
    private final ReentrantLock turn = new ReentrantLock();

    private volatile long taken;
    private volatile long delivered;
    private volatile boolean exhausted;
    private volatile boolean stopped;
    private volatile long awaited = NOBODY;
    private volatile @Nullable Thread roomWaiter;
    private volatile ResultSlot newest;

    /** The slot whose result was delivered last. */
    private ResultSlot cursor = new ResultSlot(NOBODY, null);

    /** Whether the scope has been closed. */
    private boolean finished;

    /** What is to be thrown after the last result, once. */
    private @Nullable Throwable failure;

    Mapping(
            Object blocker,
            Iterator<? extends A> source,
            Function<? super A, ? extends R> function,
            boolean ordered,
            MapOptions options,
            Consumer<? super R> undelivered) {
        this.blocker = blocker;
        this.source = source;
        this.function = function;
        this.ordered = ordered;
        this.ahead = options.ahead();
        this.undelivered = undelivered;
        this.newest = cursor;
        this.scope = TaskScope.open(new Watch(), options::chooseFor);
        this.onUnseenFailure = options.onUnseenFailure();
        this.parker = options.parker();
    }

    /** Starts the workers, at most the given number. */
    void begin(int concurrency) {
        int workers = Math.min(concurrency, ahead);
        try {
            for (int i = 0; i < workers && !exhausted && !stopped; i++) {
                Subtask<?> worker = scope.tryFork(this::work);
                assert worker != null : "there is no limit";
            }
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    // ---- by a worker ----

    private @Nullable Void work() throws InterruptedException {
        boolean returns = false;
        try {
            for (ResultSlot slot = take(); slot != null; slot = take()) {
                @SuppressWarnings("unchecked")
                A item = (A) slot.item;
                slot.item = null;
                complete(slot, function.apply(item));
            }
            returns = true;
            return null;
        } finally {
            if (!returns) {
                stop();
            }
        }
    }

    /** The slot of an item that this worker has taken, or null if it is to end. */
    private @Nullable ResultSlot take() throws InterruptedException {
        if (exhausted) {
            return null;
        }
        Thread.interrupted();
        if (scope.isCancelled()) {
            stop();
            return null;
        }
        turn.lockInterruptibly();
        try {
            awaitRoom();
            return exhausted || stopped ? null : takeFromSource();
        } finally {
            turn.unlock();
        }
    }

    /** Waits until the owner has taken enough. */
    private void awaitRoom() throws InterruptedException {
        if (taken - delivered < ahead) {
            return;
        }
        roomWaiter = Thread.currentThread();
        try {
            while (taken - delivered >= ahead) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                parker.park(blocker);
            }
        } finally {
            roomWaiter = null;
        }
    }

    private @Nullable ResultSlot takeFromSource() {
        ResultSlot slot = null;
        long index = taken;
        try {
            if (source.hasNext()) {
                slot = new ResultSlot(index, source.next());
            }
        } finally {
            if (slot == null) {
                exhausted = true;
                wakeOwner(awaited);
            }
        }
        if (slot != null) {
            taken = index + 1;
            if (ordered) {
                newest.next = slot;
                newest = slot;
            }
        }
        return slot;
    }

    @SuppressWarnings("nullness:dereference.of.nullable") // newest is never null
    private void complete(ResultSlot slot, @Nullable Object result) {
        slot.result = result;
        if (ordered) {
            if (awaited == slot.index) {
                wakeOwner(slot.index);
            }
        } else {
            ResultSlot before = (ResultSlot) NEWEST.getAndSet(this, slot);
            before.next = slot;
            wakeOwner(awaited);
        }
    }

    private void stop() {
        stopped = true;
        wakeOwner(awaited);
    }

    /** Unparks the owner if it still waits as it was seen to. */
    private void wakeOwner(long seen) {
        if (seen != NOBODY && AWAITED.compareAndSet(this, seen, NOBODY)) {
            parker.unpark(owner);
        }
    }

    /** Fails fast, and tells the owner when a worker has ended before its time. */
    private final class Watch extends ThrowingPolicy<@Nullable Object, @Nullable Void> {

        @Override
        public boolean onComplete(Subtask<? extends @Nullable Object> worker) {
            if (worker.state() != Subtask.State.SUCCESS) {
                stop(); // again, unless it never began
            }
            return !hasSucceeded(worker);
        }

        @Override
        public @Nullable Void result() {
            throwFailures();
            return null;
        }

        /** A deadline that comes when all workers have ended by themselves, or are about to, changes nothing. */
        @Override
        public @Nullable Void onTimeout(ScopeTimeoutException timeout) throws ScopeTimeoutException {
            return stopped ? super.onTimeout(timeout) : null;
        }
    }

    // ---- by the owner ----

    void checkOwner(String method) {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException(method + ": called by " + Thread.currentThread()
                    + "; expected the thread that began the map, which is " + owner);
        }
    }

    /**
     * Waits until it is known what comes next; false if the time runs out first. The one place where the owner waits,
     * but for the workers to end.
     */
    boolean await(boolean timed, long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (isKnown()) {
            return true;
        }
        if (timed && nanos <= 0L) {
            return false;
        }
        long deadline = timed ? System.nanoTime() + nanos : 0L;
        try {
            for (; ; ) {
                awaited = delivered;
                if (isKnown()) {
                    return true;
                }
                if (!timed) {
                    parker.park(blocker);
                } else {
                    long left = deadline - System.nanoTime();
                    if (left <= 0L) {
                        return false;
                    }
                    parker.parkNanos(blocker, left);
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } finally {
            awaited = NOBODY;
        }
    }

    private boolean isKnown() {
        return isNextDone() || stopped || (exhausted && delivered == taken) || finished;
    }

    private boolean isNextDone() {
        ResultSlot next = cursor.next;
        return next != null && next.isDone();
    }

    /** Waits, and tells whether there is a result or a failure. */
    boolean hasNext() throws InterruptedException {
        await(false, 0L);
        if (isNextDone()) {
            return true;
        }
        finish();
        return isNextDone() || failure != null;
    }

    /** Nothing more is begun: waits until the workers have ended, and keeps what there is to throw. */
    private void finish() throws InterruptedException {
        if (finished) {
            return;
        }
        try {
            scope.join();
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            failure = e;
        }
        finished = true;
        scope.close();
    }

    /** Waits, and takes the next result, or throws what there is to throw. */
    @SuppressWarnings("unchecked")
    R next() throws InterruptedException {
        if (!hasNext()) {
            throw new NoSuchElementException("there is no further result");
        }
        ResultSlot next = cursor.next;
        if (next == null || !next.isDone()) {
            Throwable thrown = failure;
            failure = null;
            drop();
            throw Failures.unchecked(thrown == null ? new AssertionError("neither result nor failure") : thrown);
        }
        R result = (R) next.result;
        next.result = null;
        cursor = next;
        long before = delivered;
        delivered = before + 1;
        Thread waiting = roomWaiter;
        if (waiting != null) {
            parker.unpark(waiting);
        }
        return result;
    }

    /** Cancels, waits until the workers have ended, and hands over the results that are there and nobody will take. */
    void close() {
        Throwable thrown = failure;
        failure = null;
        try {
            if (!finished) {
                finished = true;
                scope.close();
            }
        } finally {
            drop();
        }
        if (thrown != null) {
            Failures.report(thrown, onUnseenFailure);
        }
    }

    /** After the end of all who might append: keeps no result any more, and hands over those that nobody will take. */
    @SuppressWarnings("unchecked")
    private void drop() {
        ResultSlot last = cursor;
        cursor = new ResultSlot(NOBODY, null);
        newest = new ResultSlot(NOBODY, null);
        for (ResultSlot slot = last.next; slot != null; slot = slot.next) {
            if (slot.isDone()) {
                undelivered.accept((R) slot.result);
            }
        }
    }

    // ---- queries ----

    @Override
    public String toString() {
        long all = taken;
        return (ordered ? "ordered, " : "as completed, ") + delivered + " of " + all + (exhausted ? "" : " or more")
                + " delivered" + (stopped ? ", stopped" : "") + ", " + scope;
    }
}
