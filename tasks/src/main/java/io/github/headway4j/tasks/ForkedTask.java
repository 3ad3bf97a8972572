// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One subtask: what it does, in which thread, how it ends. What its thread runs is this object.
 *
 * @param <T> the type of the result
 */
final class ForkedTask<T extends @Nullable Object> implements Subtask<T>, Runnable {
    /*
     * State of the runner, which says whom an interrupt would reach:
     *
     *   null --run--> the thread --the body has ended--> ENDED
     *                     |
     *                 interrupt
     *                     v
     *               INTERRUPTING --interrupted--> INTERRUPTED
     *                     |                            ^
     *              the body has ended                  |
     *                     v                            |
     *                  AWAITED ------interrupted-------+
     *
     * Invariants. (I1) An interrupt of the scope reaches the thread only while the body runs: whoever interrupts has
     * moved the runner from the thread to INTERRUPTING first, and the thread does not go on from the end of the body
     * before it has moved the runner to ENDED itself or has seen INTERRUPTED. So neither the policy nor the next task
     * of a cached thread ever meets it. (I2) The body does not begin in a scope that was cancelled before, and one that
     * has begun is interrupted: the thread writes the runner and then reads whether the scope is cancelled; whoever
     * cancels writes that and then reads the runner. (I3) state is written once, by the thread, or by the owner if
     * there is none: whoever moves the runner away from null.
     *
     * Linearization points. Beginning: the read that finds the scope not cancelled. Ending: the write of state.
     *
     * Lost wake-ups. A thread that finds INTERRUPTING moves the runner to AWAITED before it parks. The one that
     * interrupts exchanges the runner for INTERRUPTED and unparks if it was AWAITED; otherwise the thread's
     * compareAndSet to AWAITED fails, and it does not park.
     *
     * The place of the fork is looked up by the owner while the thread is on its way, and not at all if the subtask has
     * ended by then. Whoever comes second, the owner with the place or the thread with a failure, finds what the other
     * has left in site, and puts both together:
     *
     *   null --owner--> the place --thread--> NO_SITE
     *   null --thread--> NO_SITE, or its failure --owner--> NO_SITE
     *
     * Access modes. runner, state, site, next: volatile. result is written before state and read after it. body is
     * written before the thread is started and cleared by it. thread, seen, counted and concluded: of the owner alone.
     * called, bodyResult, bodyFailure: of the thread that runs the body alone.
     */

    private static final Object INTERRUPTING = new Object();
    private static final Object AWAITED = new Object();
    private static final Object INTERRUPTED = new Object();
    private static final Object ENDED = new Object();
    private static final Object UNSTARTED = new Object();

    /** Nobody wants to know the place of the fork, or any more. */
    private static final Object NO_SITE = new Object();

    private static final VarHandle RUNNER;
    private static final VarHandle SITE;

    static {
        try {
            RUNNER = MethodHandles.lookup().findVarHandle(ForkedTask.class, "runner", Object.class);
            SITE = MethodHandles.lookup().findVarHandle(ForkedTask.class, "site", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ScopeCore scope;
    private final long number;

    /** Null from the end of the body on, so that a subtask that is kept keeps nothing but its result. */
    private @Nullable Callable<? extends T> body;

    /** The place of the fork, a failure that waits for it, {@link #NO_SITE}, or null as long as there is neither. */
    private volatile @Nullable Object site;

    /** What runs the body in the context of the fork; null if that is not asked for. */
    private @Nullable Runnable inContext;

    private volatile State state = State.UNAVAILABLE;
    private @Nullable Object result;
    private volatile @Nullable Object runner;

    private boolean called;
    private @Nullable Object bodyResult;
    private @Nullable Throwable bodyFailure;

    /** The one that was forked before this one and is listed still. Written by the owner. */
    volatile @Nullable ForkedTask<?> next;

    /** The thread that ends with this subtask, or null. */
    @Nullable
    Thread thread;

    /** Whether the owner has asked for the failure. */
    private boolean seen;

    /** Whether it is among those that run, as far as the owner knows. */
    boolean counted;

    /** Whether the owner has told of its end, as there was no thread. */
    boolean concluded;

    ForkedTask(ScopeCore scope, long number, Callable<? extends T> body, boolean showsSite) {
        this.scope = scope;
        this.number = number;
        this.body = body;
        if (!showsSite) {
            site = NO_SITE;
        }
    }

    /** What the context hook gets, and what it made of it. */
    void bringContext(UnaryOperator<Runnable> hook) {
        Runnable wrapped = hook.apply(this::callBody);
        if (wrapped == null) {
            throw new IllegalStateException("the context hook gave nothing to run: " + hook);
        }
        inContext = wrapped;
    }

    // ---- in the thread of the subtask ----

    @Override
    public void run() {
        Thread current = Thread.currentThread();
        if (!RUNNER.compareAndSet(this, null, (Object) current)) {
            return; // of a factory whose threads run it twice, or of a start that failed after it had begun
        }
        try {
            if (scope.isCancelled()) {
                settle(current);
                end(State.CANCELLED, null);
            } else if (scope.isNaming()) {
                executeNamed(current);
            } else {
                execute(current);
            }
        } catch (Throwable trouble) { // no memory left for what has to be done around the body
            if (state == State.UNAVAILABLE) {
                failAround(current, trouble);
            }
        } finally {
            scope.ended(this);
        }
    }

    /** There may still be an interrupt under way, or one to come: neither the policy nor a later task is to meet it. */
    private void failAround(Thread current, Throwable trouble) {
        try {
            settle(current);
        } finally {
            end(State.FAILED, trouble);
        }
    }

    private void executeNamed(Thread current) {
        String formerName = current.getName();
        current.setName(scope.title() + "-" + number);
        try {
            execute(current);
        } finally {
            current.setName(formerName);
        }
    }

    private void execute(Thread current) {
        Throwable failure = runBody();
        boolean interrupted = settle(current);
        if (failure == null) {
            end(State.SUCCESS, bodyResult);
        } else if (interrupted && isCancellation(failure)) {
            end(State.CANCELLED, null);
        } else {
            fail(failure);
        }
    }

    /** What was thrown by the body or around it, or null. */
    private @Nullable Throwable runBody() {
        Runnable context = inContext;
        if (context == null) {
            callBody();
            return bodyFailure;
        }
        Throwable around = null;
        try {
            context.run();
        } catch (Throwable e) {
            around = e;
        }
        if (around == null) {
            return called ? bodyFailure : new IllegalStateException("the context hook did not run " + this);
        }
        Throwable failure = bodyFailure;
        if (failure == null) {
            return around;
        }
        Failures.suppressAll(failure, List.of(around));
        return failure;
    }

    private void callBody() {
        Callable<? extends T> task = body;
        if (called || task == null) {
            throw new IllegalStateException("the context hook ran " + this + " twice");
        }
        called = true;
        try {
            bodyResult = task.call();
        } catch (Throwable e) {
            bodyFailure = e;
        }
    }

    /**
     * From now on no interrupt of the scope reaches this thread, and none is pending. Whether there was one. May be
     * called again if it did not come to its end.
     */
    private boolean settle(Thread current) {
        boolean interrupted = !RUNNER.compareAndSet(this, (Object) current, ENDED);
        if (interrupted) {
            RUNNER.compareAndSet(this, INTERRUPTING, AWAITED);
            while (runner == AWAITED) {
                Thread.interrupted(); // with it, park would not wait
                scope.parker.park(this);
            }
        }
        Thread.interrupted();
        return interrupted;
    }

    /** Whether a task that was interrupted and throws this has ended because of that, and of nothing else. */
    static boolean isCancellation(Throwable failure) {
        return (failure instanceof InterruptedException
                        || failure instanceof ClosedByInterruptException
                        || failure instanceof CancellationException)
                && failure.getSuppressed().length == 0;
    }

    private void fail(Throwable failure) {
        Object found = site;
        try {
            if (found == null && !SITE.compareAndSet(this, null, (Object) failure)) {
                found = site;
            }
            if (found instanceof ForkSite) {
                Failures.showForkSite(failure, (ForkSite) found);
            }
        } finally {
            end(State.FAILED, failure); // also if there was no stack left to tell where it comes from
            ScopeEvents.failed(this, failure);
        }
    }

    private void end(State end, @Nullable Object value) {
        body = null;
        if (end != State.FAILED || site instanceof ForkSite) {
            site = NO_SITE; // else the owner comes by, and finds the failure
        }
        inContext = null;
        bodyResult = null;
        bodyFailure = null;
        result = value;
        state = end;
    }

    // ---- in the thread of the owner ----

    /** Whether the place of the fork is wanted still. */
    boolean wantsSite() {
        return site != NO_SITE;
    }

    /** Brings the place of the fork; after the start, as it takes longer than the start itself. */
    void forkedAt(ForkSite place) {
        if (!SITE.compareAndSet(this, null, (Object) place)) {
            Object failure = site;
            site = NO_SITE;
            if (failure instanceof Throwable) {
                Failures.showForkSite((Throwable) failure, place);
            }
        }
    }

    /** The scope was cancelled before there was a thread. */
    void cancelUnstarted() {
        runner = ENDED;
        end(State.CANCELLED, null);
    }

    /**
     * There was no thread to be had. False if there was one, which has begun: it will end the subtask. May be called
     * again if it did not come to its end.
     */
    boolean failUnstarted(Throwable failure) {
        if (!RUNNER.compareAndSet(this, null, UNSTARTED) && runner != UNSTARTED) {
            return false;
        }
        seen = true;
        if (state == State.UNAVAILABLE) {
            end(State.FAILED, failure);
        }
        return true;
    }

    /** All subtasks have ended: lets go of the others, so that who keeps one does not keep all. The next one. */
    @Nullable
    ForkedTask<?> unlink() {
        ForkedTask<?> older = next;
        next = null;
        thread = null;
        return older;
    }

    /** Whether neither the subtask nor a thread of its own is there any more. */
    boolean isGone() {
        Thread own = thread;
        return state != State.UNAVAILABLE && (own == null || !own.isAlive());
    }

    // ---- in any thread ----

    /** Interrupts the body if it runs. */
    void interrupt() {
        Object found = runner;
        if (found instanceof Thread && RUNNER.compareAndSet(this, found, INTERRUPTING)) {
            Thread running = (Thread) found;
            try {
                running.interrupt();
            } catch (Throwable trouble) {
                Failures.uncaught(trouble); // of a class of threads that is not the JDK's; the others must be reached
            } finally {
                if (RUNNER.getAndSet(this, INTERRUPTED) == AWAITED) {
                    scope.parker.unpark(running);
                }
            }
        }
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T get() {
        if (state != State.SUCCESS) {
            throw new IllegalStateException("no result: " + this);
        }
        return (T) result;
    }

    @Override
    public Throwable exception() {
        Object failure = state == State.FAILED ? result : null;
        if (failure == null) {
            throw new IllegalStateException("no failure: " + this);
        }
        if (scope.isOwner()) {
            seen = true;
        }
        return (Throwable) failure;
    }

    @Override
    public Outcome<T> outcome() {
        switch (state) {
            case SUCCESS:
                return Outcome.success(get());
            case FAILED:
                return Outcome.failure(exception());
            case CANCELLED:
                return Outcome.cancelled();
            default:
                throw new IllegalStateException("no outcome yet: " + this);
        }
    }

    /** The failure if nobody has asked for it, or null. */
    @Nullable
    Throwable unseenFailure() {
        return state == State.FAILED && !seen ? (Throwable) result : null;
    }

    /** The number, the scope and the state, in one line. */
    @Override
    public String toString() {
        return "Subtask[" + number + " of " + scope.title() + ", " + state + "]";
    }
}
