// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The monitor of {@link Guarded}: a value, its lock, and threads that wait until the value fulfils a condition. A
 * superclass and not a field, so that thread dumps and the deadlock detector name what the user has made.
 *
 * @param <T> the type of the value
 */
abstract class GuardedMonitor<T extends Object> extends ReentrantHoldable {
    /*
     * Model. A monitor whose leaving holder does the signalling:
     *
     *   release():        s = the first waiter whose condition holds, chosen = true; free the lock; wake s
     *   await(c):         if c: return; release all levels; sleep; relock
     *   a sleeper wakes:  if chosen and the lock can be taken and c: has it; else if taken: release and sleep on
     *
     * Why not simpler. Waking everybody at each change makes all of them compete for the lock, most of them for nothing.
     * A signal by the user, as with Condition, is forgotten or sent to the wrong one.
     *
     * Invariant. Whenever the lock is free and some waiter's condition holds, a waiter whose condition holds has been
     * chosen and has been, or is just being, woken. Each release establishes it; while the lock is free the value does
     * not change.
     *
     * Lost-wakeup argument. A chosen waiter that wakes takes the lock, or finds it taken. In the first case it leaves
     * through release, with or without success; so does one whose time is up, who was interrupted or whose condition
     * threw. In the second case whoever has the lock releases it later, and chooses anew. The choice is written before
     * the lock is freed and the waiter is woken after that; the waiter's attempt reads the choice, then the lock: see
     * WaitQueue, with chosen and the lock as the state.
     *
     * Errors. Whatever ends a wait, its thread takes the lock again before it goes on. All that this may need is made
     * before the lock is given up.
     *
     * Access modes. value, calling, the list of waiters: plain, guarded by the lock. chosen: volatile, written under the
     * lock, read by its sleeper without.
     *
     * References. Guava's Monitor signals in this way. Differences: one list in the order of arrival instead of guard
     * objects; the woken thread competes for the lock as an attempt of its wait, so that a time-out or an interrupt ends
     * that too.
     */

    private static final long serialVersionUID = 1L;

    private static final int NOTHING = 0;
    private static final int CONDITION = 1;
    private static final int OPERATOR = 2;

    private transient T value;

    /** What the holder is calling: within CONDITION and OPERATOR it may not wait. Guarded by the lock. */
    private transient int calling;

    /** Threads that wait for a condition, in the order of arrival. Guarded by the lock. */
    private transient @Nullable Sleeper<T> oldest;

    private transient @Nullable Sleeper<T> newest;

    /** Where they sleep. Made by the first one, under the lock; read without it. */
    private transient volatile @Nullable WaitQueue sleepers;

    GuardedMonitor(T value, Parker parker) {
        super(parker);
        this.value = value;
    }

    // ---- for Guarded; the calling thread holds the lock ----

    final T value() {
        return value;
    }

    /** Replaces the value by the result of the operator, which may not wait. */
    final T replace(UnaryOperator<T> operator) {
        refuseWhileCalling("update");
        calling = OPERATOR;
        try {
            T next = Objects.requireNonNull(operator.apply(value), "the new value");
            value = next;
            return next;
        } finally {
            calling = NOTHING;
        }
    }

    /** Waits for the condition. Returns under the lock, with as many levels as before. False if the time ran out. */
    final boolean awaitInside(Predicate<? super T> condition, boolean timed, long deadline)
            throws InterruptedException {
        refuseWhileCalling("a wait");
        if (test(condition)) {
            return true;
        }
        long nanos = timed ? deadline - System.nanoTime() : 1L;
        return nanos > 0L && (sleep(new Sleeper<>(this, condition), timed, nanos) || test(condition));
    }

    private void refuseWhileCalling(String what) {
        if (calling != NOTHING) {
            throw new IllegalStateException(what + " from within "
                    + (calling == CONDITION ? "a condition" : "an operator of update") + " of " + this
                    + "; expected to be called after it");
        }
    }

    // ---- waiting ----

    /** True if the condition held when the lock was taken again. */
    private boolean sleep(Sleeper<T> sleeper, boolean timed, long nanos) throws InterruptedException {
        WaitQueue q = sleepers();
        int levels = levels();
        WayBack wayBack = wayBack();
        append(sleeper);
        release(sleeper);
        boolean back = false;
        try {
            if (timed) {
                back = q.await(sleeper, nanos);
            } else {
                q.await(sleeper);
                back = true;
            }
        } finally {
            if (!back) {
                enter(wayBack);
            }
            setLevels(levels);
            remove(sleeper);
        }
        if (sleeper.failure != null) {
            throw GuardedMonitor.<RuntimeException>unchecked(sleeper.failure);
        }
        return back;
    }

    /** The given waiter, which has taken the lock because it was chosen, keeps it if its condition holds. */
    private boolean keep(Sleeper<T> sleeper) {
        sleeper.chosen = false;
        try {
            if (test(sleeper.condition)) {
                return true;
            }
        } catch (Throwable failure) {
            sleeper.failure = failure; // thrown under the lock, with all levels, like what the first test throws
            return true;
        }
        release(sleeper);
        return false;
    }

    private WaitQueue sleepers() {
        WaitQueue q = sleepers;
        if (q == null) {
            q = WaitQueue.addressed(this, parker);
            sleepers = q;
        }
        return q;
    }

    // ---- choosing who is woken ----

    @Override
    void release() {
        release(null);
    }

    /** Gives back all levels and wakes the waiter whose turn it is; the given one has just found that it is not its. */
    private void release(@Nullable Sleeper<T> except) {
        Sleeper<T> chosen = oldest == null ? null : choose(except);
        free();
        WaitQueue q = sleepers;
        if (chosen != null && q != null) {
            q.signal(chosen); // after the lock is free, which it needs
        }
    }

    private @Nullable Sleeper<T> choose(@Nullable Sleeper<T> except) {
        for (Sleeper<T> s = oldest; s != null; s = s.later) {
            if (s != except && mayGo(s)) {
                s.chosen = true;
                return s;
            }
        }
        return null;
    }

    private boolean mayGo(Sleeper<T> s) {
        try {
            return test(s.condition);
        } catch (Throwable failure) {
            return true; // its own thread will meet the failure
        }
    }

    private boolean test(Predicate<? super T> condition) {
        int before = calling;
        calling = CONDITION;
        try {
            return condition.test(value);
        } finally {
            calling = before;
        }
    }

    private void append(Sleeper<T> s) {
        Sleeper<T> last = newest;
        s.earlier = last;
        if (last == null) {
            oldest = s;
        } else {
            last.later = s;
        }
        newest = s;
    }

    private void remove(Sleeper<T> s) {
        Sleeper<T> earlier = s.earlier;
        Sleeper<T> later = s.later;
        if (earlier == null) {
            oldest = later;
        } else {
            earlier.later = later;
        }
        if (later == null) {
            newest = earlier;
        } else {
            later.earlier = earlier;
        }
        s.earlier = null; // those that have left must not keep each other
        s.later = null;
    }

    // ---- without the lock ----

    /** The number of threads that wait for a condition. */
    final int sleeping() {
        WaitQueue q = sleepers;
        return q == null ? 0 : q.waiting();
    }

    @Override
    @Nullable
    Object beginWait() {
        return WaitEvents.beginGuardedWait(this, false);
    }

    @Override
    void endWait(@Nullable Object event, boolean success) {
        WaitEvents.endGuardedWait(event, success);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E unchecked(Throwable failure) throws E {
        throw (E) failure;
    }

    /** A thread that waits for its condition. */
    private static final class Sleeper<T extends Object> extends WaitQueue.Waiter {
        private final GuardedMonitor<T> monitor;
        private final Predicate<? super T> condition;

        /** The condition held, or threw, when somebody left. Written under the lock. */
        private volatile boolean chosen;

        // The list. Guarded by the lock.
        private @Nullable Sleeper<T> earlier;
        private @Nullable Sleeper<T> later;

        /** Owner only: what the condition threw. */
        private @Nullable Throwable failure;

        private @Nullable Object event;

        Sleeper(GuardedMonitor<T> monitor, Predicate<? super T> condition) {
            this.monitor = monitor;
            this.condition = condition;
        }

        @Override
        protected boolean attempt() {
            return chosen && monitor.takeIfFree() && monitor.keep(this);
        }

        @Override
        protected boolean more() {
            return false; // who leaves takes the lock, and chooses when it gives it back
        }

        @Override
        protected void parking() {
            event = WaitEvents.beginGuardedWait(monitor, true);
        }

        @Override
        protected void parked(boolean success) {
            WaitEvents.endGuardedWait(event, success);
        }
    }
}
