// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import io.github.headway4j.primitives.WaitQueue;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs actions in the background, after a time or again and again: Python's {@code threading.Timer}, and time-outs by
 * the million. Where one thread does what is due and nothing else, take an {@link EventScheduler}; for dates and times
 * of day, a {@link JobSchedule}.
 *
 * <pre>{@code
 * try (Timers timers = Timers.daemon()) {
 *     Timeout timeout = timers.schedule(Duration.ofSeconds(30), connection::abort);
 *     exchange(connection);
 *     timeout.cancel();
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> Any thread may call any method at any time, actions too. One thread waits for what is due, and
 * runs the actions one after the other; short ones, then, or with an {@linkplain TimerOptions#executor(Executor)
 * executor}, which gets each action when it is due. The thread is started when something is scheduled for the first
 * time, with the usual priority and in the group of the thread that has made the timers, whoever schedules; it ends
 * when the timers are closed, and needs no processor time while nothing is due: it does not tick. Timers that nobody
 * closes keep it. Whether the virtual machine waits for it is for the caller to say: {@link #daemon}, {@link
 * #nonDaemon}.
 *
 * <p><b>Ordering and fairness.</b> By moment, to the nanosecond; then by priority, smallest first; then in the order of
 * scheduling. No action begins before its moment. That is the order in which one thread runs the actions, or in which
 * the executor gets them; an action that is scheduled too late for its turn is next.
 *
 * <p><b>Blocking and interruption.</b> {@link #close()} waits for actions that are under way, and {@link
 * Timeout#await()} for one; nothing else does, but for a lock that is held for moments and never while user code runs.
 * An interrupt of a thread that closes makes it impatient: it interrupts the actions at once, goes on waiting for them,
 * and stays interrupted. The thread of the timers notices at once what is scheduled for an earlier moment than the one
 * that it waits for, if its time source can be woken, as those of this library can; otherwise when its sleep is over.
 *
 * <p><b>Failures.</b> Whatever an action throws, errors included, goes to the {@linkplain
 * TimerOptions#onFailure(java.util.function.BiConsumer) handler}, which is the uncaught-exception handler of the thread
 * unless chosen, and the timers go on; so does what the executor throws. A handler, listener or clock that throws is
 * reported to the uncaught-exception handler. A series goes on as its {@link FailurePolicy} says. A stack that
 * overflows in an action is a failure like others; one that overflows in a method of this class may leave the lock held
 * for ever.
 *
 * <p><b>Progress.</b> Blocking: one lock.
 *
 * <p><b>Memory consistency.</b> Actions before scheduling happen-before the action that was scheduled. The action
 * happens-before the return of an {@code await} or {@code close} that has waited for it. What one thread runs, it runs
 * in order; so without an executor each action sees what those before it did.
 *
 * <p><b>Observability.</b> {@link #stats}, {@link #queue}, {@link #toString()} and a {@link TimerListener}; the thread
 * that waits shows this object in thread dumps. An action that begins 10 ms or more after its moment leaves the JFR
 * event {@code headway.LateRun}, except in virtual time, one that throws {@code headway.FailedRun}, and runs of a
 * series that do not take place {@code headway.SkippedRun}.
 *
 * <p><b>Virtual time.</b> On a {@link VirtualTime} there is no thread: what is due runs, or is handed over, in the
 * thread that moves the clock, by {@link VirtualTime#runUntil(long)} or {@link VirtualTime#runAll}. A series never
 * comes to an end by itself there.
 *
 * <p><b>Nulls and bounds.</b> Null arguments are refused with {@code NullPointerException}, periods that are not
 * positive with {@code IllegalArgumentException}. Moments more than about 292 years away from the making of the timers
 * are taken to be just so far away. More timeouts than {@linkplain TimerOptions#maxPending(int) allowed}, or than
 * memory holds, are refused, and nothing has changed.
 *
 * <p><b>Complexity and footprint.</b> Scheduling is O(1) amortised, cancelling is O(1) and frees memory at once; among
 * what is due at the same nanosecond with different priorities, and what is scheduled late, O(log n) of these. {@code
 * queue} is O(n log n), closing O(n), waiting for an end O(actions that the executor has got and not ended). At worst
 * one call has to put in order, or to move to more or less memory, all that is pending, and the others wait for its
 * lock meanwhile. 34 kilobytes for the timers, and about 60 bytes for each timeout besides its action.
 *
 * @since 0.1
 */
public final class Timers implements AutoCloseable {

    final TimerCore core;

    private final String name;
    private final Duration closeLimit;

    /**
     * Timers as chosen.
     *
     * @param options what was chosen
     */
    @SuppressWarnings({"nullness:argument", "nullness:assignment"}) // only kept, to be shown in thread dumps
    public Timers(TimerOptions options) {
        name = options.name;
        closeLimit = options.closeLimit;
        core = new TimerCore(this, options);
    }

    /**
     * Timers with a thread of their own that does not keep the virtual machine from ending.
     *
     * @return new timers
     */
    public static Timers daemon() {
        return new Timers(TimerOptions.defaults());
    }

    /**
     * Timers with a thread of their own that, once something has been scheduled, keeps the virtual machine from ending
     * until they are closed.
     *
     * @return new timers
     */
    public static Timers nonDaemon() {
        return new Timers(TimerOptions.defaults().daemon(false));
    }

    // ---- scheduling ----

    /**
     * Runs an action after the given time.
     *
     * @param delay how long from now; zero or negative means that it is due already
     * @param action what to do
     * @return to cancel it, or to wait for its end
     * @throws RejectedExecutionException if the timers are closed, or as much is pending as may be
     */
    public Timeout schedule(Duration delay, Runnable action) {
        return schedule(delay, 0, action);
    }

    /**
     * Runs an action after the given time.
     *
     * @param delay how long from now; zero or negative means that it is due already
     * @param priority tells which of several actions at the same moment comes first: the smallest
     * @param action what to do
     * @return to cancel it, or to wait for its end
     * @throws RejectedExecutionException if the timers are closed, or as much is pending as may be
     */
    public Timeout schedule(Duration delay, int priority, Runnable action) {
        return core.schedule(Moments.plus(core.now(), WaitQueue.saturatedNanos(delay)), priority, action);
    }

    /**
     * Runs an action at a moment of the monotonic clock.
     *
     * @param nanoTime when, in terms of {@link TimeSource#nanoTime()} of the time source
     * @param priority tells which of several actions at the same moment comes first: the smallest
     * @param action what to do
     * @return to cancel it, or to wait for its end
     * @throws RejectedExecutionException if the timers are closed, or as much is pending as may be
     */
    public Timeout scheduleAtNanos(long nanoTime, int priority, Runnable action) {
        return core.schedule(core.sinceOrigin(nanoTime), priority, action);
    }

    /**
     * Runs an action again and again, for the first time one period from now.
     *
     * @param period from the moment of one run to that of the next
     * @param action what to do
     * @return to cancel it, or to look how it fares
     * @throws IllegalArgumentException if the period is not positive
     * @throws RejectedExecutionException if the timers are closed, or as much is pending as may be
     */
    public RepeatingTimeout every(Duration period, Runnable action) {
        return every(period, action, RepeatOptions.defaults());
    }

    /**
     * Runs an action again and again.
     *
     * @param period from the moment of one run to that of the next
     * @param action what to do
     * @param options how
     * @return to cancel it, or to look how it fares
     * @throws IllegalArgumentException if the period is not positive, or not longer than the jitter
     * @throws RejectedExecutionException if the timers are closed, or as much is pending as may be
     */
    public RepeatingTimeout every(Duration period, Runnable action, RepeatOptions options) {
        long nanos = WaitQueue.saturatedNanos(period);
        if (nanos <= 0L) {
            throw new IllegalArgumentException("period: " + period + "; expected more than zero");
        }
        if (options.jitter >= nanos) {
            throw new IllegalArgumentException("jitter: " + Duration.ofNanos(options.jitter)
                    + "; expected less than the period, which is " + period);
        }
        return core.every(nanos, Objects.requireNonNull(action, "action"), options);
    }

    // ---- closing ----

    /**
     * Closes the timers, for at most twice the {@linkplain TimerOptions#closeLimit(Duration) limit} chosen for that;
     * otherwise as {@link #close(Duration)}.
     */
    @Override
    public void close() {
        close(closeLimit);
    }

    /**
     * Closes the timers: in one step, whatever has not begun is dropped, and no more is accepted. Then waits for what
     * is under way: for the given time, and once more so long after having interrupted it. The {@link Executor} stays
     * as it is; what it has got and not begun will not begin.
     *
     * <p>A further call waits as the first one does. A call by an action, or by what the thread of the timers calls,
     * does not wait for that thread, nor for actions that are closing too.
     *
     * <p>If there is no memory to list what is pending, that is an {@code OutOfMemoryError}, nothing has changed, and
     * the call may be repeated.
     *
     * @param limit how long to wait; zero or negative means to interrupt at once and not to wait
     * @return true if no action is under way any more, but for those that are not waited for, and the thread has ended
     */
    public boolean close(Duration limit) {
        return new TimerShutdown(core).close(WaitQueue.saturatedNanos(limit));
    }

    /**
     * Whether the timers have been closed; actions may still be under way.
     *
     * @return true once {@link #close()} has begun
     */
    public boolean isClosed() {
        return core.closed;
    }

    // ---- queries ----

    /**
     * The number of actions that have not begun, and of series that are not over.
     *
     * @return the number at some moment during the call
     */
    public int pending() {
        return core.pending();
    }

    /**
     * What waits for its moment, in the order in which it would run; series without a next run come last.
     *
     * @return a list of one moment, which does not change
     */
    public List<Timeout> queue() {
        return core.queue();
    }

    /**
     * What these timers have done.
     *
     * @return figures that are all of one moment during the call
     */
    public TimerStats stats() {
        return core.stats();
    }

    /** The clock that they go by. */
    TimeSource time() {
        return core.time();
    }

    /** Name, and how much is pending and under way, in one line. */
    @Override
    public String toString() {
        TimerStats stats = stats();
        return "Timers@" + Integer.toHexString(System.identityHashCode(this)) + "[" + name + ", " + stats.pending()
                + " pending, " + stats.running() + " running" + (isClosed() ? ", closed]" : "]");
    }
}
