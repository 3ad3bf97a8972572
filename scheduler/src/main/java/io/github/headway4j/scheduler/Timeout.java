// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import io.github.headway4j.primitives.WaitQueue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * An action that {@link Timers} are to run, once or again and again: to be cancelled, or to be waited for. Two are
 * equal only if they are the same object.
 *
 * <p><b>Threads.</b> Any thread may call any method at any time, the action too, except that it must not wait for its
 * own end.
 *
 * <p><b>Blocking and interruption.</b> The methods {@code await} block, as the {@linkplain
 * io.github.headway4j.primitives contract of everything that blocks} says; their times are those of the system's clock,
 * whatever the timers go by. Nothing else does, but for a lock that is held for moments.
 *
 * <p><b>Memory consistency.</b> Actions before scheduling happen-before the action. The action, and what a failure
 * handler did about it, happens-before the return of an {@code await} or {@code isDone} that finds it over.
 *
 * <p><b>Complexity and footprint.</b> Cancelling is O(1), or O(log n) of what is due at the same nanosecond with
 * different priorities; from then on neither the timers hold this object nor this object the action. One that an
 * executor has got and not begun is held until that gets to it, without its action. About 60 bytes besides the action,
 * of which 20 are in the timers.
 *
 * @since 0.1
 */
public abstract sealed class Timeout extends TimedEntry permits RepeatingTimeout, SingleTimeout {
    /*
     * State. One reference: the action as long as a run may begin, a TimerPhase afterwards.
     *
     *   action --begins--> RUNNING --> DONE         (a series: over, while its last runs are under way)
     *   action --cancel--> CANCELLED                (a series with a run under way: RUNNING)
     *   action --close, refused by the executor--> DROPPED
     *
     * Access modes. Written under the lock of the timers, with release when it is a phase; read under the lock, or with
     * acquire by those who ask whether it is over, which it stays. The action is written when this is made, without
     * release: who has got this object by a data race may find null, which is no phase, and asks under the lock then.
     */

    /** What has come of a {@linkplain #cancel cancellation}. */
    public enum Cancellation {
        /** It came in time, and was the first: the action will not begin, or not again. */
        PREVENTED,

        /** The action is under way, and goes on. It will not begin again. */
        RUNNING,

        /** It was over already: it ran to its end, was cancelled before, or was dropped when the timers were closed. */
        DONE
    }

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Timeout.class, "state", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final TimerCore core;

    /** The action or a phase. */
    private Object state;

    Timeout(TimerCore core, long time, int priority, Runnable action) {
        super(time, priority);
        this.core = core;
        this.state = Objects.requireNonNull(action, "action");
    }

    // ---- control ----

    /**
     * Sees to it that the action does not begin, or not again, if it comes in time; also when the action has been
     * handed to the executor but has not begun. Of several calls one at most prevents. Does not interrupt an action
     * that is under way, and does not wait for it. An action is under way until its end has been reported.
     *
     * @return what has come of it
     */
    public final Cancellation cancel() {
        return isDone() ? Cancellation.DONE : core.cancel(this);
    }

    // ---- waiting ----

    /**
     * Waits until it {@linkplain #isDone is over}: what {@code join} is for Python's timers.
     *
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry
     * @throws IllegalStateException if the calling thread runs the action itself, or is the one that runs all actions
     *     or hands them over; in virtual time, if it runs an action without an executor
     */
    public final void await() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        TimeoutEnd end = core.joinEnd(this);
        if (end != null) {
            try {
                end.await();
            } finally {
                core.leaveEnd(end);
            }
        }
    }

    /**
     * Waits at most the given time until it {@linkplain #isDone is over}.
     *
     * @param timeout the longest wait; zero or negative means to look once
     * @return true if it is over, false if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry
     * @throws IllegalStateException if the calling thread runs the action itself, or is the one that runs all actions
     *     or hands them over, and would have to wait; in virtual time, if it runs an action without an executor
     */
    public final boolean await(Duration timeout) throws InterruptedException {
        long nanos = WaitQueue.saturatedNanos(timeout);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (nanos <= 0L) {
            return isDone();
        }
        TimeoutEnd end = core.joinEnd(this);
        if (end == null) {
            return true;
        }
        try {
            return end.await(nanos);
        } finally {
            core.leaveEnd(end);
        }
    }

    /**
     * Waits until it {@linkplain #isDone is over}, however long that takes. An interrupt stays pending.
     *
     * @throws IllegalStateException if the calling thread runs the action itself, or is the one that runs all actions
     *     or hands them over; in virtual time, if it runs an action without an executor
     */
    public final void awaitUninterruptibly() {
        TimeoutEnd end = core.joinEnd(this);
        if (end != null) {
            try {
                end.awaitUninterruptibly();
            } finally {
                core.leaveEnd(end);
            }
        }
    }

    // ---- queries ----

    /**
     * Whether no run is under way and none will begin: the action ran to its end, was cancelled in time, was dropped
     * when the timers were closed, or was refused by the executor.
     *
     * @return true once it is over
     */
    public final boolean isDone() {
        Object s = STATE.getAcquire(this);
        return s instanceof TimerPhase && s != TimerPhase.RUNNING;
    }

    /**
     * The moment for which the action, or its next run, is planned.
     *
     * @return the moment, in terms of {@link TimeSource#nanoTime()} of the time source of the timers; about 292 years
     *     after these were made if a series has no next run
     */
    public final long nanoTime() {
        return core.nanoTimeOf(this);
    }

    /**
     * Which of several actions at the same moment comes first.
     *
     * @return the priority; the smallest comes first
     */
    public final int priority() {
        return priority;
    }

    /** Moment, priority and state, in one line. */
    @Override
    public final String toString() {
        Object s = STATE.getAcquire(this);
        String name = s instanceof TimerPhase phase ? phase.name().toLowerCase(Locale.ROOT) : "pending";
        return getClass().getSimpleName() + "@" + Integer.toHexString(System.identityHashCode(this)) + "[at "
                + nanoTime() + ", priority " + priority + ", " + name + "]";
    }

    // ---- state, under the lock of the timers ----

    /** Whether a run may still begin. */
    final boolean isLive() {
        return !(state instanceof TimerPhase);
    }

    /** Whether the last run is under way. */
    final boolean isEnding() {
        return state == TimerPhase.RUNNING;
    }

    /** The action of a timeout that is live. */
    final Runnable action() {
        return (Runnable) state;
    }

    final void become(TimerPhase phase) {
        Object newState = phase;
        STATE.setRelease(this, newState);
    }
}
