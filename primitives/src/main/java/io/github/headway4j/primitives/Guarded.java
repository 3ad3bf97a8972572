// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A value that can be reached only under its lock, and waited for: Python's {@code threading.Condition} with
 * {@code wait_for}, without a {@code notify} to forget. Use it for state of several fields or of a collection that
 * threads share and wait for. For one number or reference that nobody waits for an atomic is enough; for a lock alone
 * take {@link Mutex}; for elements handed from thread to thread a {@link java.util.concurrent.BlockingQueue} is made.
 *
 * <pre>{@code
 * Guarded<Deque<String>> letters = Guarded.of(new ArrayDeque<>());
 *
 * letters.use(box -> box.addLast(letter));
 * String next = letters.awaitThen(box -> !box.isEmpty(), Deque::removeFirst);
 * }</pre>
 *
 * <p><b>Do not let the value escape.</b> Nothing keeps a function from returning the value, one of its parts, an
 * iterator or a lazy stream over it, or from storing it elsewhere; what is reached that way later is reached without the
 * lock. Return a copy or something immutable, give the reference that the constructor was given to nobody else, and do
 * not start threads in a function that use its argument.
 *
 * <p><b>Threads.</b> Any thread may call every method. The lock is reentrant: functions may call the methods of the same
 * object again. A {@link Held} must be closed by the thread that got it: another thread's attempt is an
 * {@link IllegalStateException} and changes nothing. Changes are seen through every form; the outermost section counts as
 * one.
 *
 * <p><b>Waiting for a condition.</b> Whenever a thread leaves its outermost section, it tests, still under the lock, the
 * conditions of the threads that wait, in the order of their arrival, and wakes the first one whose condition holds;
 * that one wakes the next when it leaves, in whatever way. Nobody is woken for nothing but by a newcomer that was
 * faster. So a condition must depend on the value alone, must not change it, and should be quick: it is called by other
 * threads too. What it throws there concerns its own thread only, which is woken, calls it itself and lets the exception
 * out. A condition may read through this object, but neither wait nor {@code update}, which is an
 * {@code IllegalStateException}.
 *
 * <p><b>A wait inside a section</b>, that is inside {@code with}, a hold or another {@code awaitThen} of the same
 * object, gives back all levels of the lock while it waits and has them all again when it returns or throws. Others may
 * change the value meanwhile, so what the section knew before the wait may be wrong after it. Inside the operator of
 * {@code update}, whose result would undo such changes, a wait is an {@code IllegalStateException}, and so is a second
 * {@code update}. Locks other than this one are kept, as ever.
 *
 * <p><b>Failures.</b> What a function, operator or condition throws, errors included, reaches the caller. The lock is
 * given back, waiting threads are looked after as ever, since the value may have been changed before, and {@code update}
 * leaves the value as it was.
 *
 * <p><b>Ordering and fairness.</b> Barging: a newcomer may get in before threads that wait, for the lock or for a
 * condition. Waiters for a condition are woken in the order of arrival among those whose condition holds.
 *
 * <p><b>Blocking and interruption.</b> As the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks} says. {@code with}, {@code use}, {@code update} and {@code hold} are uninterruptible. {@code await} and
 * {@code awaitThen} are interruptible, and after a time-out the condition is tested once more. They return under the
 * lock: where another thread holds it, later than their time. {@code awaitThen} tells a time-out by
 * {@link TimeoutException}, since its result may be null.
 *
 * <p><b>Progress.</b> {@code tryHold} never waits.
 *
 * <p><b>Memory consistency.</b> Actions before the end of a section happen-before actions in the next one, and actions
 * in a section, and before it, happen-before the return from a wait that sees its changes.
 *
 * <p><b>Observability.</b> {@link #toString()} tells state, owner and numbers of waiters, but not the value. Waiting
 * threads show this object in thread dumps, and the virtual machine's deadlock detector knows who holds it, as long as
 * owner and waiters are platform threads. A wait that parks emits the JFR event {@code headway.GuardedWait}.
 *
 * <p><b>Nulls.</b> Neither the value nor an argument may be null. Results may.
 *
 * <p><b>Complexity and footprint.</b> 56 bytes and the value; a {@link WaitQueue} each once a thread had to wait for the
 * lock or a condition. Leaving takes time in proportion to the number of waiters whose conditions do not hold.
 *
 * @param <T> the type of the value
 * @since 0.1
 */
public final class Guarded<T extends Object> extends ReentrantHoldable {
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

    /**
     * Guards the given value.
     *
     * @param value the value, which nobody else should use from now on unless it is immutable
     */
    public Guarded(T value) {
        this(value, Parker.system());
    }

    /**
     * Guards the given value; threads sleep in the given way.
     *
     * @param value the value, which nobody else should use from now on unless it is immutable
     * @param parker how threads sleep
     */
    public Guarded(T value, Parker parker) {
        super(parker);
        this.value = Objects.requireNonNull(value, "value");
    }

    /**
     * Guards the given value.
     *
     * @param value the value, which nobody else should use from now on unless it is immutable
     * @param <T> the type of the value
     * @return a new guard
     */
    public static <T extends Object> Guarded<T> of(T value) {
        return new Guarded<>(value);
    }

    // ---- sections ----

    /**
     * Calls the function with the value, under the lock: to read it, or to change a mutable one. Waits for the lock
     * however long it takes; an interrupt stays pending.
     *
     * @param function what to do with the value
     * @param <R> the type of the result
     * @return what the function returns
     */
    public <R extends @Nullable Object> R with(Function<? super T, ? extends R> function) {
        Objects.requireNonNull(function, "function");
        enter();
        try {
            return function.apply(value);
        } finally {
            leave();
        }
    }

    /**
     * {@link #with} for actions without a result.
     *
     * @param action what to do with the value
     */
    public void use(Consumer<? super T> action) {
        Objects.requireNonNull(action, "action");
        enter();
        try {
            action.accept(value);
        } finally {
            leave();
        }
    }

    /**
     * Replaces the value by the result of the operator, under the lock. For immutable values; a mutable one is changed
     * in {@link #use}. Waits for the lock however long it takes; an interrupt stays pending.
     *
     * @param operator makes the new value, not null, from the old one
     * @return the new value
     * @throws IllegalStateException if called from within an operator or a condition of the same object
     */
    public T update(UnaryOperator<T> operator) {
        Objects.requireNonNull(operator, "operator");
        enter();
        try {
            refuseWhileCalling("update");
            calling = OPERATOR;
            try {
                T next = Objects.requireNonNull(operator.apply(value), "the new value");
                value = next;
                return next;
            } finally {
                calling = NOTHING;
            }
        } finally {
            leave();
        }
    }

    // ---- waiting for a condition ----

    /**
     * Waits until the value fulfils the condition, then calls the function with it, before anybody else can change it.
     * To replace an immutable value, call {@link #update} in the function.
     *
     * @param condition what must hold
     * @param function what to do with the value then
     * @param <R> the type of the result
     * @return what the function returns
     * @throws InterruptedException if the thread is interrupted while it waits, also when it already was on entry; the
     *     function has not been called
     * @throws IllegalStateException if called from within an operator or a condition of the same object
     */
    public <R extends @Nullable Object> R awaitThen(
            Predicate<? super T> condition, Function<? super T, ? extends R> function) throws InterruptedException {
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(function, "function");
        enterInterruptibly();
        try {
            awaitInside(condition, false, 0L);
            return function.apply(value);
        } finally {
            leave();
        }
    }

    /**
     * Waits at most the given time until the value fulfils the condition, then calls the function with it, before
     * anybody else can change it.
     *
     * @param condition what must hold
     * @param function what to do with the value then
     * @param timeout the longest wait, for lock and condition together; zero or negative means to try once
     * @param <R> the type of the result
     * @return what the function returns
     * @throws TimeoutException if the time ran out; the function has not been called
     * @throws InterruptedException if the thread is interrupted while it waits, also when it already was on entry; the
     *     function has not been called
     * @throws IllegalStateException if called from within an operator or a condition of the same object
     */
    public <R extends @Nullable Object> R awaitThen(
            Predicate<? super T> condition, Function<? super T, ? extends R> function, Duration timeout)
            throws InterruptedException, TimeoutException {
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(function, "function");
        long nanos = WaitQueue.saturatedNanos(timeout);
        long deadline = System.nanoTime() + Math.max(0L, nanos);
        if (enterWithin(nanos)) {
            try {
                if (awaitInside(condition, true, deadline)) {
                    return function.apply(value);
                }
            } finally {
                leave();
            }
        }
        throw new TimeoutException("waited " + timeout + " for a condition of " + this);
    }

    /**
     * Waits until the value fulfils the condition. Called without a hold, it tells of a moment that may have passed when
     * it returns; called inside a section, the condition holds for the rest of it.
     *
     * @param condition what must hold
     * @throws InterruptedException if the thread is interrupted while it waits, also when it already was on entry
     * @throws IllegalStateException if called from within an operator or a condition of the same object
     */
    public void await(Predicate<? super T> condition) throws InterruptedException {
        Objects.requireNonNull(condition, "condition");
        enterInterruptibly();
        try {
            awaitInside(condition, false, 0L);
        } finally {
            leave();
        }
    }

    /**
     * Waits at most the given time until the value fulfils the condition.
     *
     * @param condition what must hold
     * @param timeout the longest wait, for lock and condition together; zero or negative means to try once
     * @return whether it holds; false if the time ran out
     * @throws InterruptedException if the thread is interrupted while it waits, also when it already was on entry
     * @throws IllegalStateException if called from within an operator or a condition of the same object
     */
    public boolean await(Predicate<? super T> condition, Duration timeout) throws InterruptedException {
        Objects.requireNonNull(condition, "condition");
        long nanos = WaitQueue.saturatedNanos(timeout);
        long deadline = System.nanoTime() + Math.max(0L, nanos);
        if (!enterWithin(nanos)) {
            return false;
        }
        try {
            return awaitInside(condition, true, deadline);
        } finally {
            leave();
        }
    }

    // ---- queries ----

    /**
     * Whether the calling thread is in a section or has a hold: for assertions.
     *
     * @return true if it holds the lock
     */
    public boolean isHeldByCurrentThread() {
        return isMine();
    }

    /**
     * The number of threads that wait, for the lock or for a condition.
     *
     * @return the number at some moment during the call
     */
    public int waiting() {
        return entering() + sleeping();
    }

    /** State, owner and numbers of waiters, in one line. Neither locks nor shows the value. */
    @Override
    public String toString() {
        Thread owner = owner();
        String held = isTaken() ? (owner == null ? "locked" : "locked by " + owner) : "unlocked";
        return "Guarded@" + Integer.toHexString(System.identityHashCode(this)) + "[" + held + ", " + entering()
                + " waiting for the lock, " + sleeping() + " for a condition]";
    }

    private int sleeping() {
        WaitQueue q = sleepers;
        return q == null ? 0 : q.waiting();
    }

    // ---- the monitor; the calling thread holds the lock ----

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

    private void refuseWhileCalling(String what) {
        if (calling != NOTHING) {
            throw new IllegalStateException(what + " from within "
                    + (calling == CONDITION ? "a condition" : "an operator of update") + " of " + this
                    + "; expected to be called after it");
        }
    }

    /** Returns under the lock, with as many levels as before. False if the time ran out. */
    private boolean awaitInside(Predicate<? super T> condition, boolean timed, long deadline)
            throws InterruptedException {
        refuseWhileCalling("a wait");
        if (test(condition)) {
            return true;
        }
        long nanos = timed ? deadline - System.nanoTime() : 1L;
        return nanos > 0L && (sleep(new Sleeper<>(this, condition), timed, nanos) || test(condition));
    }

    /** True if the condition held when the lock was taken again. */
    private boolean sleep(Sleeper<T> sleeper, boolean timed, long nanos) throws InterruptedException {
        WaitQueue q = sleepers();
        int levels = levels();
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
                enter();
            }
            setLevels(levels);
            remove(sleeper);
        }
        if (sleeper.failure != null) {
            throw Guarded.<RuntimeException>unchecked(sleeper.failure);
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
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E unchecked(Throwable failure) throws E {
        throw (E) failure;
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

    /** A thread that waits for its condition. */
    private static final class Sleeper<T extends Object> extends WaitQueue.Waiter {
        private final Guarded<T> guarded;
        private final Predicate<? super T> condition;

        /** The condition held, or threw, when somebody left. Written under the lock. */
        private volatile boolean chosen;

        // The list. Guarded by the lock.
        private @Nullable Sleeper<T> earlier;
        private @Nullable Sleeper<T> later;

        /** Owner only: what the condition threw. */
        private @Nullable Throwable failure;

        private @Nullable Object event;

        Sleeper(Guarded<T> guarded, Predicate<? super T> condition) {
            this.guarded = guarded;
            this.condition = condition;
        }

        @Override
        protected boolean attempt() {
            return chosen && guarded.takeIfFree() && guarded.keep(this);
        }

        @Override
        protected boolean more() {
            return false; // who leaves takes the lock, and chooses when it gives it back
        }

        @Override
        protected void parking() {
            event = WaitEvents.beginGuardedWait(guarded, true);
        }

        @Override
        protected void parked(boolean success) {
            WaitEvents.endGuardedWait(event, success);
        }
    }
}
