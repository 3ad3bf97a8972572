// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.primitives.WaitQueue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link WorkerPool} returns for a task that was submitted.
 *
 * @param <V> the type of the result
 */
class PoolTask<V> implements RunnableFuture<V> {
    /*
     * State. One reference tells everything:
     *
     *   null          not begun
     *   a Thread      running, in that thread
     *   INTERRUPTING  cancelled, and the thread is about to be interrupted
     *   INTERRUPTED   cancelled, and the thread has been interrupted
     *   CANCELLED     cancelled
     *   a Throwable   failed with it
     *   NOTHING       done, with null
     *   a Result      done, with a result that would be taken for one of these otherwise
     *   any other     done, with this result
     *
     *   null -> Thread -> result or failure;  null, Thread -> CANCELLED;  Thread -> INTERRUPTING -> INTERRUPTED
     *
     * Why not FutureTask. It has a state beside the result, the runner and the waiters, needs an adapter for a
     * Runnable, and who waits for it parks at once. Here a task is one object of 32 bytes, and those who wait look
     * again for a while before they park, for as long as that has paid in this pool.
     *
     * A worker that waits for a task of its own pool that has not begun runs it: with all workers waiting for tasks
     * that nobody is left to run, they would wait for ever. When the turn of such a task comes, it is left out.
     *
     * Interrupts. Who cancels interrupts the thread between INTERRUPTING and INTERRUPTED, and the thread does not go on
     * to other things in between. So no interrupt reaches the next task. A worker that has run the task within another
     * one, which waited for it, goes on with that; it clears the interrupt, unless the pool was interrupted, too, or
     * one of the tasks below. To tell these apart it counts interrupts, and takes one out when its task is over.
     *
     * Lost wake-ups. A waiter appends itself to waiters, and then reads state before it parks; who ends the task writes
     * state and then reads waiters, and signals each. A waiter that gives up takes all others into its hands for a
     * moment, puts them back, and then reads state as they would, on behalf of those whom the end has not found.
     *
     * Access modes. state, waiters: volatile. action: plain; whoever moves state from null has it to himself.
     */

    private enum End {
        NOTHING,
        INTERRUPTING,
        INTERRUPTED,
        CANCELLED
    }

    private record Result(Object value) {}

    /** So often a worker whose interrupt is under way gives way before it naps. */
    private static final int YIELDS = 50;

    private static final long NAP_NANOS = 50_000;

    private static final VarHandle STATE = field("state", Object.class);
    private static final VarHandle WAITERS = field("waiters", Waiter.class);

    private final PoolCore core;

    /** A Callable or Runnable; null once the task has begun or was cancelled. */
    private @Nullable Object action;

    private volatile @Nullable Object state;
    private volatile @Nullable Waiter waiters;

    PoolTask(PoolCore core, Object action) {
        this.core = core;
        this.action = action;
    }

    // ---- running ----

    /** By somebody to whom it was handed back, or who waits for it. */
    @Override
    public final void run() {
        Worker worker = Worker.currentOf(core);
        if (worker != null) {
            runWithin(worker);
        } else {
            run(null);
        }
    }

    /** By a worker, at its turn. */
    final void runBy(Worker worker) {
        run(worker);
    }

    /** By a worker at its turn, or by whoever it may be. False if the task is over, or under way elsewhere. */
    private boolean run(@Nullable Worker worker) {
        Thread thread = Thread.currentThread();
        if (state != null || !STATE.compareAndSet(this, null, thread)) {
            if (worker != null) {
                worker.countLeftOut();
            }
            return false;
        }
        Object outcome;
        boolean success = false;
        try {
            outcome = outcomeOf(call());
            success = true;
        } catch (Throwable failure) {
            outcome = failure;
        }
        if (worker != null) {
            worker.count(success);
        }
        if (STATE.compareAndSet(this, thread, outcome)) {
            tellOfTheEnd();
        } else {
            awaitInterrupt();
        }
        return true;
    }

    /** It is a matter of moments, unless a class of threads that is not the JDK's takes its time. */
    private void awaitInterrupt() {
        for (int looks = 0; state == End.INTERRUPTING; looks++) {
            if (looks < YIELDS || Thread.currentThread().isInterrupted()) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(core, NAP_NANOS);
            }
        }
    }

    /** By a worker that is within another task: an interrupt of this one is not for that. */
    private void runWithin(Worker worker) {
        int before = worker.interrupts.get();
        if (!run(null) || state != End.INTERRUPTED || worker.thread != Thread.currentThread()) {
            return;
        }
        int left = worker.interrupts.decrementAndGet(); // it was raised before this task was interrupted
        if (left == before && Thread.interrupted()) {
            boolean another = worker.interrupts.get() != before || core.crew.stopping;
            if (another) { // it was counted, or the pool was marked, before the thread was interrupted
                Thread.currentThread().interrupt();
            }
        }
    }

    private @Nullable Object call() throws Exception {
        Object todo = action;
        action = null;
        if (todo instanceof Runnable runnable) {
            runnable.run();
            return null;
        }
        return todo == null ? null : ((Callable<?>) todo).call();
    }

    private static Object outcomeOf(@Nullable Object result) {
        if (result == null) {
            return End.NOTHING;
        }
        boolean ambiguous = result instanceof Thread
                || result instanceof Throwable
                || result instanceof End
                || result instanceof Result;
        return ambiguous ? new Result(result) : result;
    }

    /** Ends a task that has not begun and never will. */
    private void fail(Throwable failure) {
        if (STATE.compareAndSet(this, null, failure)) {
            action = null;
            tellOfTheEnd();
        }
    }

    /** The pool drops the task, which has not begun, because it is broken, or for another reason. */
    void drop(@Nullable BrokenPoolException broken) {
        if (broken == null) {
            cancel(false);
        } else {
            fail(broken);
        }
    }

    /** Whether it was not submitted by a user, who cannot do anything with it. */
    boolean isInternal() {
        return false;
    }

    /** The task is over. Called once, by the thread that has brought that about. */
    void ended() {}

    private void tellOfTheEnd() {
        wakeAll();
        ended();
    }

    // ---- cancelling ----

    @Override
    public final boolean cancel(boolean mayInterruptIfRunning) {
        for (; ; ) {
            Object s = state;
            if (isOver(s)) {
                return isCancelled(s);
            }
            boolean interrupts = mayInterruptIfRunning && s != null;
            if (STATE.compareAndSet(this, s, interrupts ? End.INTERRUPTING : End.CANCELLED)) {
                if (s == null) {
                    action = null;
                }
                try {
                    if (interrupts) {
                        interrupt((Thread) s);
                    }
                } finally { // whatever a class of threads that is not the JDK's throws
                    tellOfTheEnd();
                }
                return true;
            }
        }
    }

    private void interrupt(@Nullable Thread thread) {
        try {
            if (thread != null) {
                core.crew.interruptTaskOf(thread);
            }
        } finally {
            state = End.INTERRUPTED;
        }
    }

    @Override
    public final boolean isCancelled() {
        return isCancelled(state);
    }

    @Override
    public final boolean isDone() {
        return isOver(state);
    }

    private static boolean isCancelled(@Nullable Object s) {
        return s == End.CANCELLED || s == End.INTERRUPTED || s == End.INTERRUPTING;
    }

    private static boolean isOver(@Nullable Object s) {
        return s != null && !(s instanceof Thread);
    }

    // ---- waiting ----

    @Override
    public final V get() throws InterruptedException, ExecutionException {
        Object s = state;
        if (s == null) {
            Worker worker = Worker.currentOf(core);
            if (worker != null) {
                runWaiting(worker);
                s = state;
            }
        }
        if (!isOver(s)) {
            Waiter waiter = enlist();
            try {
                core.waits.await(waiter);
            } finally {
                delist(waiter);
            }
        }
        return result();
    }

    /** By a worker whose task waits for this one: runs it, unless somebody else does. */
    private void runWaiting(Worker worker) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        runWithin(worker);
    }

    @Override
    public final V get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        if (!isOver(state)) {
            long nanos = unit.toNanos(timeout);
            Waiter waiter = enlist();
            boolean over = false;
            try {
                over = core.waits.await(waiter, nanos);
            } finally {
                delist(waiter);
            }
            if (!over) {
                throw new TimeoutException("not done after " + timeout + " " + unit);
            }
        }
        return result();
    }

    @SuppressWarnings({"unchecked", "nullness:return"}) // what the task returned, null too
    private V result() throws ExecutionException {
        Object s = state;
        if (isCancelled(s)) {
            throw new CancellationException();
        }
        if (s instanceof Throwable failure) {
            throw new ExecutionException(failure);
        }
        if (s == End.NOTHING) {
            return null;
        }
        return (V) (s instanceof Result result ? result.value() : s);
    }

    private Waiter enlist() {
        Waiter waiter = new Waiter(this);
        push(waiter);
        return waiter;
    }

    private void push(Waiter waiter) {
        Waiter first;
        do {
            first = waiters;
            waiter.next = first;
        } while (!WAITERS.compareAndSet(this, first, waiter));
    }

    /** The wait is over. If the task is not, others may wait for long, and must not keep this one. */
    private void delist(Waiter leaver) {
        if (isOver(state)) {
            return;
        }
        leaver.gone = true;
        Waiter all = (Waiter) WAITERS.getAndSet(this, null);
        while (all != null) {
            Waiter next = all.next;
            if (!all.gone) {
                push(all);
            }
            all = next;
        }
        if (isOver(state)) {
            wakeAll();
        }
    }

    private void wakeAll() {
        if (waiters != null) {
            Waiter all = (Waiter) WAITERS.getAndSet(this, null);
            while (all != null) {
                core.waits.signal(all);
                all = all.next;
            }
        }
    }

    /** State and result in one line; of results and failures the type. */
    @Override
    public String toString() {
        return "PoolTask@" + Integer.toHexString(System.identityHashCode(this)) + "[" + describe(state) + "]";
    }

    private static String describe(@Nullable Object s) {
        if (s == null) {
            return "not begun";
        }
        if (s instanceof Thread thread) {
            return "running in " + thread.getName();
        }
        if (isCancelled(s)) {
            return "cancelled";
        }
        if (s instanceof Throwable) {
            return "failed with " + s.getClass().getName();
        }
        if (s == End.NOTHING) {
            return "done with null";
        }
        return "done with "
                + (s instanceof Result result ? result.value() : s).getClass().getName();
    }

    private static VarHandle field(String name, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(PoolTask.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A thread that waits for the task. */
    private static final class Waiter extends WaitQueue.Waiter {
        private final PoolTask<?> task;

        /** The one that came before; changed only by the thread that has it in hand. */
        private @Nullable Waiter next;

        private volatile boolean gone;

        Waiter(PoolTask<?> task) {
            this.task = task;
        }

        @Override
        protected boolean attempt() {
            return task.isDone();
        }

        /** That a task is over takes nothing from others. */
        @Override
        protected boolean more() {
            return false;
        }
    }
}
