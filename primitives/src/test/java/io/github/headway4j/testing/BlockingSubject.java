// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.testing;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * What {@link BlockingContract} has to know about the object under test, seen from the side of operations that wait for
 * one and the same thing (a permit, an element, a free slot).
 *
 * <p>A <em>free</em> object lets exactly one call of each of the operations pass; a <em>busy</em> one lets none pass. A
 * call that passes makes the object busy, as {@link #busy} does, unless {@link #keepsFree} is stated. {@link #free}
 * makes a busy object free again. A lock is the model:
 *
 * <pre>{@code
 * BlockingSubject<Mutex> mutex = BlockingSubject.of(Mutex::new)
 *         .busy(Mutex::lock)
 *         .free(Mutex::unlock)
 *         .state(m -> List.of(m.isLocked(), m.waiting()))
 *         .blocker(m -> m);
 * mutex.uninterruptible("lock()", Mutex::lock);
 * mutex.timed("tryLock(Duration)", Mutex::tryLock);
 * }</pre>
 *
 * <p>The thread that called {@code busy} is the one that calls {@code free} afterwards, and a thread whose operation
 * passed calls {@code free} itself; so an object that belongs to a thread can be a subject too.
 *
 * @param <F> the type of the object under test
 */
public final class BlockingSubject<F> {

    final Supplier<F> creation;
    ThrowingConsumer<F> busy;
    ThrowingConsumer<F> free;
    Function<F, Object> state;
    Function<F, Object> blocker;
    boolean consuming = true;
    ThrowingConsumer<F> closing;
    Class<? extends Throwable> closedException;
    ThrowingConsumer<F> disposal = fixture -> {};

    private BlockingSubject(Supplier<F> creation) {
        this.creation = Objects.requireNonNull(creation);
    }

    /**
     * Starts the description of a subject.
     *
     * @param creation makes a new, free object
     * @param <F> the type of the object under test
     * @return the description; {@link #busy}, {@link #free} and {@link #state} must be added
     */
    public static <F> BlockingSubject<F> of(Supplier<F> creation) {
        return new BlockingSubject<>(creation);
    }

    /**
     * Says how to make a free object busy.
     *
     * @param action does not wait
     * @return this
     */
    public BlockingSubject<F> busy(ThrowingConsumer<F> action) {
        busy = Objects.requireNonNull(action);
        return this;
    }

    /**
     * Says how to make a busy object free, so that one waiting call passes.
     *
     * @param action does not wait
     * @return this
     */
    public BlockingSubject<F> free(ThrowingConsumer<F> action) {
        free = Objects.requireNonNull(action);
        return this;
    }

    /**
     * Says how to look at everything in which a trace of an ended wait could be left, the number of waiting threads
     * included.
     *
     * @param state returns a snapshot; two are compared by {@code equals}
     * @return this
     */
    public BlockingSubject<F> state(Function<F, Object> state) {
        this.state = Objects.requireNonNull(state);
        return this;
    }

    /**
     * Says which object a waiting thread shows as its blocker. Unless stated, any will do.
     *
     * @param blocker returns the object, compared by identity
     * @return this
     */
    public BlockingSubject<F> blocker(Function<F, Object> blocker) {
        this.blocker = Objects.requireNonNull(blocker);
        return this;
    }

    /**
     * States that an operation that passes leaves the object free, as waiting for an event or for the end of something
     * does.
     *
     * @return this
     */
    public BlockingSubject<F> keepsFree() {
        consuming = false;
        return this;
    }

    /**
     * States that the object can be closed, and that then the operations that would wait throw and the {@code try} ones
     * return without success.
     *
     * @param action closes the object
     * @param exception what the operations that would wait throw
     * @return this
     */
    public BlockingSubject<F> closedBy(ThrowingConsumer<F> action, Class<? extends Throwable> exception) {
        closing = Objects.requireNonNull(action);
        closedException = Objects.requireNonNull(exception);
        return this;
    }

    /**
     * Says what to do with an object that is no longer needed. Unless stated, nothing.
     *
     * @param action gives back what the object holds
     * @return this
     */
    public BlockingSubject<F> disposedBy(ThrowingConsumer<F> action) {
        disposal = Objects.requireNonNull(action);
        return this;
    }

    /**
     * An operation that waits until it passes or is interrupted.
     *
     * @param name how the operation appears in the names of the tests
     * @param call the operation; returns when it passed
     * @return the operation
     */
    public BlockingOperation<F> interruptible(String name, ThrowingConsumer<F> call) {
        return new BlockingOperation<>(this, name, BlockingOperation.Form.INTERRUPTIBLE, passing(call));
    }

    /**
     * An operation that waits until it passes, whatever interrupts it.
     *
     * @param name how the operation appears in the names of the tests
     * @param call the operation; returns when it passed
     * @return the operation
     */
    public BlockingOperation<F> uninterruptible(String name, ThrowingConsumer<F> call) {
        return new BlockingOperation<>(this, name, BlockingOperation.Form.UNINTERRUPTIBLE, passing(call));
    }

    /**
     * An operation that never waits.
     *
     * @param name how the operation appears in the names of the tests
     * @param call the operation; returns whether it passed
     * @return the operation
     */
    public BlockingOperation<F> trying(String name, Attempt<F> call) {
        return new BlockingOperation<>(
                this, name, BlockingOperation.Form.TRY, (fixture, timeout) -> call.passes(fixture));
    }

    /**
     * An operation that waits until it passes, is interrupted, or a given time is over.
     *
     * @param name how the operation appears in the names of the tests
     * @param call the operation; returns whether it passed
     * @return the operation
     */
    public BlockingOperation<F> timed(String name, TimedAttempt<F> call) {
        return new BlockingOperation<>(this, name, BlockingOperation.Form.TIMED, call);
    }

    private static <F> TimedAttempt<F> passing(ThrowingConsumer<F> call) {
        Objects.requireNonNull(call);
        return (fixture, timeout) -> {
            call.accept(fixture);
            return true;
        };
    }

    /**
     * A call that passes or not.
     *
     * @param <F> the type of the object under test
     */
    @FunctionalInterface
    public interface Attempt<F> {

        /**
         * Calls the operation.
         *
         * @param fixture the object under test
         * @return whether the call passed
         * @throws Throwable whatever the operation throws
         */
        boolean passes(F fixture) throws Throwable;
    }

    /**
     * A call that passes in time or not.
     *
     * @param <F> the type of the object under test
     */
    @FunctionalInterface
    public interface TimedAttempt<F> {

        /**
         * Calls the operation.
         *
         * @param fixture the object under test
         * @param timeout how long it may wait; may be negative, zero, or too long to count in nanoseconds
         * @return whether the call passed
         * @throws Throwable whatever the operation throws
         */
        boolean passes(F fixture, Duration timeout) throws Throwable;
    }
}
