// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.testing;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.function.ThrowingSupplier;

/**
 * One helper thread of a test, started by {@link TestThreads}.
 *
 * @param <T> the type of its result
 */
public final class TestThread<T> {

    private final TestThreads owner;
    private final Thread thread;

    // Written by the helper before it ends; read by others after they saw that it ended.
    private T result;
    private Throwable failure;

    // The rest belongs to the thread of the test.
    private boolean failureTaken;
    private Object lastBlocker;

    TestThread(TestThreads owner, ThreadKind kind, String name, ThrowingSupplier<T> body) {
        this.owner = owner;
        this.thread = kind.unstarted(name, () -> run(kind, body));
    }

    void start() {
        thread.start();
    }

    private void run(ThreadKind kind, ThrowingSupplier<T> body) {
        if (kind == ThreadKind.VIRTUAL) {
            ThreadDump.add(Thread.currentThread());
        }
        try {
            result = body.get();
        } catch (Throwable e) {
            failure = e;
        } finally {
            if (kind == ThreadKind.VIRTUAL) {
                ThreadDump.remove(Thread.currentThread());
            }
        }
    }

    /**
     * Waits until the helper has ended, and throws what it threw, of whatever type, declared or not.
     *
     * @throws AssertionError if the watchdog expires first
     */
    public void join() {
        awaitEnd();
        Throwable thrown = takeFailure();
        if (thrown != null) {
            throw TestThreads.<RuntimeException>unchecked(thrown);
        }
    }

    /**
     * Waits until the helper has ended, and returns what it returned or throws what it threw.
     *
     * @return the result of the body, null for one that returns nothing
     * @throws AssertionError if the watchdog expires first
     */
    public T result() {
        join();
        return result;
    }

    /**
     * Waits until the helper has ended, and returns what it threw. For tests that expect a failure.
     *
     * @return the failure, or null if there was none
     * @throws AssertionError if the watchdog expires first
     */
    public Throwable failure() {
        awaitEnd();
        failureTaken = true;
        return failure;
    }

    /**
     * Waits until the helper is parked on the given object: until it is in state {@code WAITING} or {@code
     * TIMED_WAITING} and the object is its {@linkplain LockSupport#getBlocker blocker}.
     *
     * @param blocker the very object, compared by identity
     * @throws AssertionError if the helper ends instead, or if the watchdog expires first
     */
    public void awaitParked(Object blocker) {
        awaitParked("on " + blocker.getClass().getName(), found -> found == blocker);
    }

    /**
     * Waits until the helper is parked on any object.
     *
     * @throws AssertionError if the helper ends instead, or if the watchdog expires first
     */
    public void awaitParked() {
        awaitParked("on something", found -> true);
    }

    /**
     * Fails if the helper has left the wait in which {@code awaitParked} found it last. A helper that was woken and is
     * on its way back into that wait gets the time to arrive there.
     *
     * @throws AssertionError if the helper ended or does something else until the watchdog expires
     */
    public void assertStillParked() {
        if (lastBlocker == null) {
            throw new IllegalStateException("awaitParked has not found \"" + name() + "\" parked before");
        }
        awaitParked(lastBlocker);
    }

    /** Interrupts the helper. Any thread may call this. */
    public void interrupt() {
        thread.interrupt();
    }

    /**
     * Whether the helper has not ended yet. Any thread may call this.
     *
     * @return true while it runs or waits
     */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /**
     * The thread itself. Any thread may call this.
     *
     * @return the helper's thread
     */
    public Thread thread() {
        return thread;
    }

    String name() {
        return thread.getName();
    }

    /** The failure of an ended helper that nobody was given yet, or null; the next call returns null. */
    Throwable takeFailure() {
        Throwable thrown = failureTaken ? null : failure;
        failureTaken = true;
        return thrown;
    }

    private void awaitEnd() {
        owner.await("the end of \"" + name() + "\"", () -> !isAlive());
    }

    private void awaitParked(String where, Predicate<Object> expected) {
        owner.await("\"" + name() + "\" to be parked " + where, () -> {
            if (!isAlive()) {
                throw new AssertionError("\"" + name() + "\" ended instead of being parked " + where, takeFailure());
            }
            Object blocker = LockSupport.getBlocker(thread);
            if (blocker == null || !expected.test(blocker) || !isWaiting()) {
                return false;
            }
            lastBlocker = blocker;
            return LockSupport.getBlocker(thread) == blocker;
        });
    }

    private boolean isWaiting() {
        Thread.State state = thread.getState();
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }
}
