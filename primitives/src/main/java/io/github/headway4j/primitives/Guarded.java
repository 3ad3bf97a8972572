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
 * {@link IllegalStateException} and changes nothing. Changes are seen through every form; the outermost section counts
 * as one.
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
public final class Guarded<T extends Object> extends GuardedMonitor<T> {
    // How threads wait and are chosen is the business of GuardedMonitor; here stand the forms in which it is used.

    private static final long serialVersionUID = 1L;

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
        super(Objects.requireNonNull(value, "value"), parker);
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
            return function.apply(value());
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
            action.accept(value());
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
            return replace(operator);
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
            return function.apply(value());
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
                    return function.apply(value());
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
}
